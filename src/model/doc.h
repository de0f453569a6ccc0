/* doc: a document as readers make it, filters see it and writers take it.
 *
 * A document is a flat list of blocks in reading order. A paragraph holds text; a table, row, cell
 * or box is a container: its blocks follow it, up to its `end`. Each block knows the bytes it was
 * read from, and never forgets the text it was read with; what stands now is `text`. Only
 * model/edit.h changes a block after the reader is done.
 *
 * Everything lives in the document's arena. A failure (memory, a limit) is sticky: it is kept in
 * `why`, and what comes after it does nothing, so that filters need no error paths. */
#ifndef QW_MODEL_DOC_H
#define QW_MODEL_DOC_H

#include "base/arena.h"
#include "base/message.h"

enum block_kind { BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_ROW, BLOCK_CELL, BLOCK_BOX };

/* The story a block belongs to (ECMA-376 part 1, 17.10, 17.11, 17.13, 17.15). */
enum region {
    REGION_BODY,
    REGION_HEADER,
    REGION_FOOTER,
    REGION_FOOTNOTE,
    REGION_ENDNOTE,
    REGION_COMMENT,
    REGION_TEXTBOX,
    REGION_META, /* document properties */
};

/* How a line of a text file ended. */
enum line_end { LINE_END_NONE, LINE_END_LF, LINE_END_CRLF, LINE_END_CR, LINE_ENDS };

enum block_flag {
    BLOCK_REMOVED = 1, /* an edit dropped it */
    BLOCK_HIDDEN = 2,  /* a reader of the page does not see it */
    BLOCK_AUTO = 4,    /* its label is made by the format's own numbering, not typed in the text */
    BLOCK_STAYS = 8,   /* the format needs it: to drop it can only empty it */
    BLOCK_REPEATED = 16, /* a short line that the document repeats: the filter `repeat` */
    BLOCK_PLAIN = 32,    /* the reader, or the filter mojibake, saw that nothing in its text is
                            odd: no mojibake, nothing invisible; changes take it back */
};

enum span_kind {
    SPAN_TEXT,
    SPAN_TAB,
    SPAN_BREAK,
    SPAN_IMAGE,  /* value: description */
    SPAN_SHAPE,  /* value: name */
    SPAN_FIELD,  /* value: instruction */
    SPAN_NOTE,   /* a reference to a note; value: its id */
    SPAN_JOINED, /* a mark that no longer ends a paragraph: what stands before it is part of this */
};

enum span_flag {
    SPAN_HIDDEN = 1,   /* w:vanish, or not to be seen for another reason */
    SPAN_INSERTED = 2, /* tracked insertion */
    SPAN_DELETED = 4,  /* tracked deletion; not part of the text unless asked for */
    SPAN_LINK = 8,     /* value: target */
    SPAN_BOLD = 16,
    SPAN_FAINT = 32,  /* too small or too pale to be read */
    SPAN_UNSEEN = 64, /* transparent, off the page or squeezed: not to be read on any ground */
    SPAN_ROOM = 128,  /* underlined, or in a field or content control: its blanks are no layout */
};

/* A stretch of a block's original text that comes from one place of one part. */
typedef struct span {
    uint32_t at, len; /* in the block's original text */
    uint32_t part;    /* index into doc.parts */
    uint8_t kind, flags;
    uint16_t size; /* half-points; 0: unknown */
    uint64_t off;  /* bytes of the source it was read from */
    uint32_t source_len;
    str value;
} span;

/* A stretch of a block's current text: either a stretch of the original or something put in. */
typedef struct piece {
    uint32_t from; /* in the original text; for inserted text, where it stands */
    uint32_t len;
    const char *inserted; /* NULL: original text */
} piece;

/* What is known of a drawn object (BLOCK_BOX), as far as it tells a watermark from a picture. */
enum box_trait {
    BOX_WORDART = 1, /* letters drawn as a shape */
    BOX_PICTURE = 2,
    BOX_BEHIND = 4, /* behind the text */
    BOX_ROTATED = 8,
    BOX_WASHED = 16, /* washed out, pale, or nearly transparent */
    BOX_FLOATS = 32, /* placed on the page, not in the line */
    BOX_LINKED = 64, /* its picture is fetched from elsewhere */
    BOX_BACKGROUND = 128,
    BOX_NAMED = 256,    /* made by a program's own command for watermarks */
    BOX_REPEATED = 512, /* in a header or footer: on every page */
    BOX_UNSEEN = 1024,  /* a link that does not look like one */
};

/* Whether a cell is one with those under it (ECMA-376 part 1, 17.4.84). */
enum merged_rows { ROWS_SINGLE, ROWS_BEGIN, ROWS_GO_ON };

/* What most blocks do without. */
typedef struct block_more {
    str original; /* the text as it was read */
    str label;    /* list label as the reader of the page sees it */
    str reason;   /* why the block has its role */
    piece *pieces;
    size_t npieces; /* 0: text is the original */
    span *spans;
    size_t nspans;
    uint32_t end;       /* containers: index of the block after their last one */
    uint32_t list;      /* numbering definition; 0: none */
    uint16_t columns;   /* cells: columns spanned */
    uint8_t merged;     /* cells: enum merged_rows */
    uint8_t list_level; /* 0 based */
    uint8_t outline;    /* outline level of the paragraph or its style, 1 based; 0: none */
    uint8_t align;      /* enum align */
    str style;          /* name of the paragraph style */
    str link;           /* anchor or id, where the format has one; REGION_META: what it is,
                           "core:creator", "link:rId5", "active:vbaProject:rId9" */
    uint16_t traits;    /* boxes: enum box_trait */
} block_more;

enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END, ALIGN_JUSTIFY };

typedef struct block {
    str text;         /* as it stands now; no line end in it, but DOCX breaks are '\n' */
    uint64_t off;     /* source bytes it was read from, without the line end */
    uint32_t len;     /* likewise */
    uint16_t part;    /* index into doc.parts */
    uint8_t kind;     /* enum block_kind */
    uint8_t region;   /* enum region */
    uint8_t line_end; /* enum line_end */
    uint8_t role;     /* qw_role */
    uint8_t level;    /* headings: 1 based */
    uint8_t flags;    /* enum block_flag */
    uint32_t lead;    /* run-in headings: bytes of text that are the heading */
    block_more *more; /* NULL: nothing more to say */
} block;

/* A part of the source: the file itself, or an entry of a package. */
typedef struct part {
    str name;     /* "" for a plain file */
    str bytes;    /* what offsets count in: the file's bytes, or the part's after inflation */
    bool foreign; /* it is in another format than the rest, which only holds text, or in `within` */
    str within;   /* the part that is a package of its own and holds this one; mostly empty */
} part;

typedef struct note {
    message_id id;
    uint32_t block; /* NO_BLOCK: the document as a whole */
    uint64_t off, len;
    uint16_t part;
    const str *args;
} note;

#define NO_BLOCK UINT32_MAX

typedef struct edit edit;

struct stretch;

typedef struct qw_doc {
    arena *mem;
    qw_error why; /* the first failure */
    str name;     /* of the input */
    str source;   /* its bytes */

    qw_limits limits; /* that it was read with */
    bool fixed; /* it will not be changed: spans that only say where plain text stands are left
                   out */

    str format;    /* name of the reader */
    void *package; /* what the reader keeps for a writer of the same format */
    /* Adds what only some filters look at, as boxes: properties, targets of links, what loads or
     * runs by itself, traits of drawings. NULL: there is nothing more. */
    void (*read_more)(struct qw_doc *d);
    str encoding;                     /* name; of the largest stretch */
    str language;                     /* "zh-Hans" …; may be empty */
    const struct detection *detected; /* how sure that is; NULL: nothing had to be judged */
    const struct stretch *stretches;
    size_t nstretches;
    uint64_t undecodable; /* bytes */
    bool spelt;           /* they stand as \xNN in the text, not as U+FFFD */
    uint32_t line_ends[LINE_ENDS];
    bool bom;

    part *parts;
    size_t nparts, parts_cap;
    block *blocks;
    size_t nblocks, blocks_cap;
    edit *edits;
    size_t nedits, edits_cap;
    note *notes;
    size_t nnotes, notes_cap;

    struct place_finder *places; /* where places were last looked for, for who asks one by one */

    bool apply_headings; /* a filter was asked to have headings written with heading styles */
    str filter;          /* the filter at work: edits are entered in its name */
    uint32_t group;      /* number of the group that edits are entered in; 0: each is its own */
    uint32_t group_depth;
} doc;

/* False after a failure. */
static inline bool doc_ok(const doc *d) {
    return d->why.code == QW_OK;
}

/* Records a failure; always false. */
bool doc_fail(doc *d, message_id id, str place, const str *args);

/* An empty document in the arena; NULL when memory is out. */
doc *doc_new(arena *mem, str name, str source);

/* Adds a part and returns its index. */
uint16_t doc_add_part(doc *d, str name, str bytes);

/* Adds a block of zeros with text and its place; for readers. The pointer is good until the next
 * one is added. NULL after a failure. text must outlive the document. */
block *doc_add_block(doc *d, enum block_kind kind, str text, uint64_t off, uint32_t len);

/* Room for n more blocks, when a reader can count them beforehand. */
bool doc_reserve_blocks(doc *d, size_t n);

/* The rest of a block, made when it is not there yet. NULL after a failure. */
block_more *block_rest(doc *d, block *b);

/* The text as it was read. */
str block_original(const block *b);

/* Whether the block has room to write in: blanks that are underlined or that a field or a content
 * control holds, or a field of a form. Its blanks are no layout. */
bool block_has_room(const block *b);

/* Whether there is nothing in s but blanks (is_space). */
bool is_blank_text(str s);

/* Whether the paragraph is a blank line: blanks at most, no label, and nothing that works or is
 * drawn in it (a break of the page, a picture, a field, a line to write on). */
bool block_is_blank_line(const block *b);

/* The first line of the text, or the last, that is not blank: a paragraph may hold breaks. */
str block_first_line(const block *b);
str block_last_line(const block *b);

static inline bool block_stands(const block *b) {
    return !(b->flags & BLOCK_REMOVED);
}

/* A paragraph that stands and is seen: what most filters work on and writers write. */
static inline bool block_is_text(const block *b) {
    return b->kind == BLOCK_PARAGRAPH && block_stands(b) && !(b->flags & BLOCK_HIDDEN);
}

/* "lf", "crlf", "cr", "mixed", "none", from how many lines end in each. */
const char *line_ends_name(const uint32_t counts[LINE_ENDS]);

/* Adds a notice about len source bytes at off of a part (len 0: a point; index NO_BLOCK: the
 * whole document). args are copied. */
void doc_note(doc *d, message_id id, uint32_t index, uint16_t part_index, uint64_t off,
              uint64_t len, const str *args);

#endif

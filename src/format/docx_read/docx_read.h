/* docx_read: what the files of the DOCX reader share. Nobody else includes it.
 *
 * A story is one part's run of paragraphs: the body, a header, the notes. docx_read.c finds the
 * parts, docx_read_story.c walks a story's tables and paragraphs, docx_read_paragraph.c what stands
 * in a paragraph, docx_read_drawing.c what is drawn there, docx_read_text.c gathers its text and
 * spans. */
#ifndef QW_FORMAT_DOCX_READ_H
#define QW_FORMAT_DOCX_READ_H

#include "format/format.h"
#include "ooxml/numbering.h"
#include "ooxml/package.h"

enum {
    BOX_DEPTH_MAX = 8,    /* text boxes in text boxes */
    FIELD_DEPTH_MAX = 32, /* fields in fields; deeper ones are not told apart */
    MATH_DEPTH_MAX = 64,  /* objects and operands in a formula; deeper ones are read as they come */
    SEEN_MAX = 4,         /* properties remembered, to be recognized when they come again */
};

/* Text and spans while a paragraph is read. The arrays are used again for the next one. */
typedef struct gatherer {
    str only; /* the first text, while there is no other: a slice of the part */
    char *text;
    size_t n, cap;
    span *spans;
    size_t nspans, spans_cap;
} gatherer;

/* What a run looks like now. */
typedef struct look {
    uint8_t flags; /* enum span_flag, hidden included */
    uint16_t size;
    str link; /* target of the hyperlink it stands in */
} look;

/* One paragraph at work; text boxes in it have their own, one level up. */
typedef struct paragraph {
    gatherer shown, hidden;
    paragraph_properties properties;
    const style *style;
    uint32_t block;    /* index of its block */
    uint32_t inserted; /* how many w:ins are open */
    uint32_t deleted;  /* likewise w:del */
    uint32_t controls; /* … content controls */
    uint32_t simple_fields;
    uint32_t fields; /* that were open when it began */
    str link;
    str drawing; /* name or description of the drawing at work */
    bool holds;  /* something that is no text stands in its runs */
    bool open;   /* its mark does not count: what the next w:p holds belongs to it */
    look run;
} paragraph;

/* Properties that were read before, and where. */
typedef struct seen_run {
    size_t off, n;
    uint32_t epoch;
    run_properties properties;
} seen_run;

typedef struct seen_paragraph {
    size_t off, n;
    uint32_t epoch;
    paragraph_properties properties;
} seen_paragraph;

/* An object of a formula that is open, or an operand of one: see docx_read_math.c. */
typedef struct math_frame {
    gatherer *in;
    size_t start; /* where its text begins, an operand's bracket included */
    size_t lead;  /* operand: where what leads to it begins */
    str before, between, after;
    uint32_t depth; /* of its element */
    uint32_t operands;
    uint16_t name; /* enum xml_name */
    bool bracketed;
    bool stacked, degree, limits; /* object: has no bar, has a degree, has limits */
} math_frame;

/* What stands in brackets, and was the last to. */
typedef struct math_brackets {
    const gatherer *in;
    size_t from, to;
} math_brackets;

/* Where an operand without brackets ends, and was the last to. */
typedef struct math_place {
    const gatherer *in;
    size_t at;
} math_place;

/* A field between its begin and its end. */
enum field_state { FIELD_INSTRUCTION, FIELD_RESULT };

typedef struct story {
    doc *d;
    xml_reader *xml;
    const styles *styles;
    const numbering *numbering;
    numbering_run lists, box_lists;
    const relations *relations;
    package *package;
    qw_revisions revisions;
    uint16_t part;
    str merged;     /* the part that is a document merged in, which the story is of; or empty */
    uint8_t region; /* of what is at work: changes inside a text box */
    str note;       /* id of the note or comment at work */
    bool note_begins;
    seen_run seen_runs[SEEN_MAX];
    seen_paragraph seen_paragraphs[SEEN_MAX];
    unsigned next_run, next_paragraph;
    uint8_t fields[FIELD_DEPTH_MAX]; /* enum field_state */
    unsigned nfields;
    gatherer instruction;
    unsigned nboxes; /* text boxes that are open */
    paragraph paragraphs[BOX_DEPTH_MAX + 1];
    bool taken[XML_DEPTH_MAX + 2]; /* by depth of an mc:AlternateContent: a choice was taken */
    list_label label;
    bool linear; /* formulas are read in linear form */
    math_frame math[MATH_DEPTH_MAX];
    unsigned nmath;
    math_brackets brackets;
    math_place tail;
} story;

/* Reads the blocks of the element just started up to its end: paragraphs, tables, what wraps them.
 */
void story_read_blocks(story *s);

/* After XML_START of w:p: reads it. When its mark was deleted (in the final view; inserted, in the
 * original one), it stays open, and the next w:p goes on with it (ECMA-376 part 1, 17.13.5.15). */
void story_read_paragraph(story *s);

/* What comes next is no w:p beside the last: a paragraph that is open ends. */
void story_end_paragraph(story *s);

/* After XML_START of w:p: reads all that stands in it, up to its end. */
void story_read_contents(story *s);

/* The look of text from here on: that of the paragraph. */
void story_begin_run(story *s);

/* After XML_START of w:pPr: the properties of the paragraph. */
void story_read_paragraph_look(story *s);

/* After XML_START of a tracked change: true when what it holds is read in this view of the
 * document; else it was passed over. */
bool story_enter_revision(story *s);

/* After XML_START of mc:AlternateContent, mc:Choice or mc:Fallback: true when what it holds is to
 * be read; else it was passed over (ECMA-376 part 3, 10.2.1). */
bool story_enter_alternative(story *s);

/* The paragraph at work. */
static inline paragraph *story_now(story *s) {
    return &s->paragraphs[s->nboxes];
}

/* After XML_START: w:hyperlink gives the runs in it a target, wp:docPr the drawing a name. */
void story_read_hyperlink(story *s);
void story_read_drawing_name(story *s);

/* The name or description of the drawing at work; empty when it has none. */
str story_drawing_name(story *s);

/* After XML_START of w:txbxContent, v:textpath, and a w:p in a paragraph, which is not valid but
 * which templates have: what is in it, as blocks of their own. */
void story_read_text_box(story *s);
void story_read_text_path(story *s);
void story_read_nested_paragraph(story *s);

/* The text of the last event as it is meant: references resolved, and line ends are blanks, as Word
 * shows them. A slice of the part where nothing differs. {NULL, 0} after a failure. */
str story_text(story *s);

/* After XML_START of an element of a formula, and after the XML_END of one that stands in s->math.
 * `into` is where text goes now. */
void story_math_start(story *s, gatherer *into);
void story_math_end(story *s);

/* After XML_START of m:t: what would run on with an operand before it, as in x^2 y, is kept apart.
 */
void story_math_text(story *s, gatherer *into);

/* Reads the file that a w:altChunk with this id merges in, as paragraphs. False when that is none
 * that is read, or after a failure. */
bool story_read_chunk(story *s, str id);

/* The id of a note or comment among all of the document. kind: "" for footnotes, "e" for endnotes,
 * "c" for comments. Those of a document that is merged in are told from its own. */
str story_note_id(story *s, const char *kind, str id);

/* Reads the body and notes of a document that is merged in, the part `name`, whose bytes these are.
 * False when it cannot be read: then nothing of it was, or after a failure. */
bool story_read_merged(story *s, str name, str bytes);

/* The text of a page or a plain text in any encoding, the page out of its message if it is MHTML;
 * *html says which it is. Sets the document's encoding. False when it is neither, or after a
 * failure. */
bool page_text(doc *d, str bytes, str *text, bool *html);

/* Reads such text, which is the part at work, as paragraphs. */
void story_read_page(story *s, str text);
void story_read_lines(story *s, str text);

/* Reads a part of a chart or diagram from its beginning. */
void story_read_drawn(story *s);

/* Reads a part of document properties from its beginning; their names get the prefix. */
void story_read_properties(story *s, str prefix);

/* Adds text that stands at [off, off + source_len) of the part; with source_len 0, text that stands
 * for nothing there. */
void gather_text(story *s, gatherer *g, str text, size_t off, size_t source_len,
                 enum span_kind kind, const look *how);

/* Takes n bytes at `at` back that gather_text() put there without a source; the text is no slice of
 * the part. */
void gather_drop(gatherer *g, size_t at, size_t n);

/* Adds a span without text. */
void gather_mark(story *s, gatherer *g, size_t off, size_t source_len, enum span_kind kind,
                 str value, const look *how);

void gather_begin(gatherer *g);

/* Gives the block its text and spans. */
void gather_finish(story *s, gatherer *g, uint32_t index);

#endif

/* prune_parts: what the files of prune share. Nobody else includes it. */
#ifndef QW_OOXML_PRUNE_PARTS_H
#define QW_OOXML_PRUNE_PARTS_H

#include "ooxml/prune.h"

#include <stdlib.h>

enum { PRUNE_FIELDS = 64 }; /* fields in fields; deeper ones are left alone */

/* The last block of a container that stays. */
enum last_block { LAST_NONE, LAST_PARAGRAPH, LAST_TABLE, LAST_OTHER };

enum field_mark { MARK_NONE, MARK_BEGIN, MARK_SEPARATE, MARK_END };

/* An open element. */
typedef struct frame {
    size_t off, len; /* its start tag */
    uint16_t name;
    bool touched;                                  /* something in it was cut */
    bool wished;                                   /* it, or a paragraph in it, was wished away */
    bool goes;                                     /* it goes whatever is in it */
    bool unwrap;                                   /* its tags go */
    bool section;                                  /* w:p: ends a section */
    bool vanished;                                 /* w:p: its mark is hidden */
    bool text_cut, cut_end, blank_edge, blank_end; /* w:t: see text() */
    uint8_t field_mark;                            /* w:fldChar */
    bool holds_code;                               /* of fields, in its runs */
    uint8_t last;                                  /* enum last_block */
    str with;                                      /* goes: what comes in its place */
    uint32_t kept;                                 /* what stays in it and shows */
    uint32_t codes;                                /* what stays in it and is code of fields */
    size_t text_left;                              /* bytes */
    size_t pending; /* the cut of the last paragraph that went after `last` */
} frame;

/* A piece of a field's code: w:fldChar or w:instrText. */
typedef struct code {
    size_t off, end;
    size_t run, run_end; /* its run; run_end 0: still open */
    bool run_keeps;      /* the run holds more */
    bool gone;
} code;

typedef struct field {
    size_t paragraph;   /* where its paragraph starts */
    size_t first;       /* its first code */
    size_t cuts, shown; /* how many there were when its result began */
    bool result, unwrap;
} field;

/* One end of a range. */
typedef struct marker {
    size_t off, len;
    str id;
    uint8_t kind; /* of range */
    bool start;
} marker;

typedef struct pruner {
    arena *mem;
    xml_reader *xml;
    wishes *wishes;
    size_t next; /* wish */
    dead_notes dead;
    splice *to;
    uint32_t depth;
    frame frames[XML_DEPTH_MAX + 2];
    size_t ncuts, shown; /* so far */
    field fields[PRUNE_FIELDS];
    uint32_t nfields;
    code *codes; /* of the fields that are open */
    size_t ncodes, codes_cap, codes_in_run;
    marker *markers; /* of the part so far, in order */
    size_t nmarkers, markers_cap;
} pruner;

/* The element around the one on top. */
static inline frame *prune_outer(pruner *p) {
    return &p->frames[p->depth - 1];
}

/* The innermost paragraph around what is on top, or NULL. */
static inline frame *prune_paragraph(pruner *p) {
    for (uint32_t i = p->depth; i > 0; i--)
        if (p->frames[i].name == XML_W_p) return &p->frames[i];
    return NULL;
}

static inline void prune_cut(pruner *p, size_t off, size_t end) {
    splice_cut(p->to, off, end - off, STR(""));
    p->ncuts++;
}

/* A w:fldChar or w:instrText has ended, which is on top. */
void prune_end_code(pruner *p, const frame *element, size_t end);

/* The run is whole: its codes learn what it holds beside them. */
void prune_end_run_codes(pruner *p, const frame *run, size_t end);

/* Remembers the element just started if it is the end of a range. */
void markers_note(pruner *p);

/* The ends of ranges since byte off whose other end does not stand there too. */
str markers_left(pruner *p, size_t off);

#endif

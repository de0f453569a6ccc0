/* prune: takes text, paragraphs and drawings out of a part of WordprocessingML so that what is left
 * is still valid, and nothing goes that nobody asked for.
 *
 * Callers say what they wish by the byte at which it stands. One pass over the part turns wishes
 * into cuts (splice.h), by these rules (ECMA-376 part 1):
 * - A w:t, run, link or other wrapper that a wish leaves empty goes with its tags. A field whose
 *   result goes, goes with its code, when it begins and ends in one paragraph.
 * - A paragraph goes only if nothing is left in it. One that ends a section (17.6.18), the last one
 *   of a cell (17.4.66), header, note or text box, and one between two tables is emptied instead.
 * - Ends of ranges (bookmarks, comments, permissions, moves) whose other end stays, stay.
 * - A table or content control in which nothing is left goes; so does a text box, with its shape
 *   and both copies of it in mc:AlternateContent.
 * - What is done in one copy of mc:AlternateContent is done in the other; a second copy that is no
 *   copy of the first goes. */
#ifndef QW_OOXML_PRUNE_H
#define QW_OOXML_PRUNE_H

#include "ooxml/splice.h"
#include "ooxml/xml.h"

enum wish_kind {
    WISH_TEXT,      /* bytes [off, off + len) of text, or of an attribute's value, give way */
    WISH_ELEMENT,   /* the element that starts at off goes with all that is in it, and what it is
                       exchanged for, if anything, comes in its place */
    WISH_PARAGRAPH, /* the w:p that starts at off goes if nothing is left in it */
    WISH_OBJECT,    /* the drawing or object goes in which byte off stands */
    WISH_UNWRAP,    /* the tags of the element that starts at off go, what is in it stays, and no
                       longer looks like a link */
    WISH_UNFIELD,   /* the field goes whose mark (w:fldChar) starts at off; its result stays */
};

typedef struct wish {
    size_t off, len; /* in the part; len for WISH_TEXT */
    str with;        /* WISH_TEXT, WISH_ELEMENT: what takes its place, as XML */
    uint8_t kind;    /* enum wish_kind */
    size_t order;    /* of wishes at the same place */
} wish;

typedef struct wishes {
    arena *mem;
    wish *list;
    size_t n, cap;
    bool failed; /* memory was out */
} wishes;

/* Notes and comments that go with all that refers to them: "3" a footnote, "e3" an endnote, "c3" a
 * comment; sorted. */
typedef struct dead_notes {
    const str *ids;
    size_t n;
} dead_notes;

void wishes_begin(wishes *w, arena *mem);
void wishes_add(wishes *w, enum wish_kind kind, size_t off, size_t len, str with);

/* Turns wishes into cuts of the part, which is UTF-8; the splice is settled. Wishes that lead to
 * nothing are passed over. False after fail(). */
bool prune(str part, str bytes, wishes *w, dead_notes dead, splice *to, qw_error *why);

/* Adds to the wishes those that do in the second copy of an mc:AlternateContent what others do in
 * the first. False after fail(). */
bool prune_mirror(str part, str bytes, wishes *w, qw_error *why);

/* Orders wishes by place. */
void wishes_sort(wishes *w);

#endif

/* headings: the path of headings that a block stands under. */
#ifndef QW_FORMAT_HEADINGS_H
#define QW_FORMAT_HEADINGS_H

#include "base/out.h"
#include "model/doc.h"

enum { HEADING_DEPTH = 9 };

/* A path of zeros is the start of a document. */
typedef struct heading_path {
    str text[HEADING_DEPTH];  /* slices of the headings' text; empty where a level was skipped */
    str label[HEADING_DEPTH]; /* a label that is no part of the text */
    unsigned depth;
} heading_path;

/* Whether a block stands under headings: headers, notes and comments stand aside, and a heading
 * among them is none of the path. */
bool heading_path_leads_to(const block *b);

/* Whether a document within the document begins with block `index`: with a title that goes on from
 * none, as that of a plan which a notice sends round, or with 附件1 above one. */
bool heading_part_begins(const doc *d, uint32_t index);

/* A heading (or run-in heading) does not stand under its like: leave those, write it, enter it.
 * What begins a document within the document stands under none. The two do nothing for other
 * blocks. */
void heading_path_leave(heading_path *path, const doc *d, uint32_t index);
void heading_path_enter(heading_path *path, const block *b);

/* ,"headings":["一、…","（一）…"]; nothing when it is empty. Long headings are cut, so that what is
 * written stays in proportion to the input. */
void heading_path_write(const heading_path *path, out *to);

#endif

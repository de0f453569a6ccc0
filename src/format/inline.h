/* inline: what stands in a paragraph, run by run: its current text, cut where the spans it was read
 * with begin and end. Runs come in the order of the text, cover all of it, and cost one pass. */
#ifndef QW_FORMAT_INLINE_H
#define QW_FORMAT_INLINE_H

#include "model/doc.h"

typedef struct run {
    str text;         /* a slice of the block's text; empty for a note, an image, a shape */
    size_t at;        /* where it stands in the block's text */
    const span *from; /* what it was read from; NULL: nothing is known */
} run;

typedef struct runs {
    const block *b;
    size_t piece, span;
    size_t into; /* bytes of the piece that are done */
    size_t at;   /* bytes of the text that are done */
} runs;

void runs_begin(runs *r, const block *b);

/* The next run; false at the end. */
bool runs_next(runs *r, run *out);

/* The label that the format makes itself and that a reader of the page sees before the text; empty
 * when there is none, or when it is typed as part of the text. */
str label_shown(const block *b);

/* What stands between such a label and the text: nothing after 一、 and （一）, else a blank. */
const char *label_gap(str label);

/* Bytes of the marks that Markdown text begins a heading with, ## and a blank: formats that have
 * headings of their own leave them out. 0 when b is no heading, or was not typed so. */
size_t block_hashes(const block *b);

/* Takes off a run what stands before byte `from` of the block's text. */
void run_begin_at(run *r, size_t from);

/* Index of the block after the last one in a container; of the next block for a paragraph. */
uint32_t block_end(const doc *d, uint32_t index);

/* True when the paragraph has nothing to show: no text but blanks, and no note or image. */
bool block_is_blank(const block *b);

/* True for a date that belongs to the title of the document, and not to its signature: it stands
 * under the title, at the head, where nothing is above that but a letterhead. */
bool block_dates_title(const doc *d, uint32_t index);

#endif

/* ads_judge: the ads engine for other filters: how much of an ad is this piece of text? They work
 * with the rules of `ads` (filter.borrows) and prepare their stage with judge_setup(). */
#ifndef QW_ADS_JUDGE_H
#define QW_ADS_JUDGE_H

#include "ads.h"

typedef struct judge {
    ads_work work;
    doc scratch;
    block line;
} judge;

/* The setup() of filters that judge. */
bool judge_setup(stage *s, arena *mem, qw_error *why);

/* Whether a document may hold more than the text of its body: headers, drawings, links, properties.
 * Only those of Word do. */
bool judge_concerns(const doc *d);

/* Prepares to judge for a document. False when memory is out, which is the document's failure. */
bool judge_begin(judge *j, const stage *s, doc *d);

/* Calls look() for each block that is wanted, in order, if the document is of concern; prepares to
 * judge before the first. */
void judge_each(const stage *s, doc *d, bool (*wanted)(const block *b),
                void (*look)(judge *j, const stage *s, doc *d, uint32_t index));

/* The points of the strongest mark in text; 0 when there is none, or it is one that is only
 * reported. The mark, which counts in text, goes to *found if found is not NULL. */
int judge_text(judge *j, str text, mark *found);

/* Whether a mark has more to it than an address or a name, which may be the document's own. */
bool judge_says_more(const mark *m);

/* Why a mark counts, with `points` of a hundred; `where` is put in front: "watermark: …". */
reason judge_reason(judge *j, const mark *m, const char *where, int points);

#endif

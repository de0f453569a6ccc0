/* learn: marks that a batch of documents has in common, written as rules for people to review.
 *
 * What is counted are skeletons (letters and Han; digits and symbols are left out) of short lines
 * and of the first and last sentences of paragraphs, once a document. The first pass counts all of
 * them in a sketch of fixed size; the second counts exactly those that the sketch takes for common,
 * and notes where they stand and what speaks for an ad. Time is linear in the text, memory fixed.
 *
 * Honest repeats are not learned: there must be evidence of an ad in the words, or beside them at
 * the head or tail; official language, headings, signatures and salutations are left alone. */
#ifndef QW_MODEL_LEARN_H
#define QW_MODEL_LEARN_H

#include "base/buf.h"
#include "model/doc.h"
#include "model/rules.h"

typedef struct learner learner;

/* In mem; `rules` are those of `ads` and must live as long. NULL when memory is out. */
learner *learner_new(arena *mem, const ruleset *rules);

/* The first pass: counts what the document holds. */
void learner_count(learner *l, const doc *d);

/* The second pass, over the same documents. False when memory is out. */
bool learner_look(learner *l, const doc *d);

/* Writes what was learned as a rule file, the commonest first; returns the number of rules. */
size_t learner_write(learner *l, buf *out);

#endif

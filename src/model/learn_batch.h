/* learn_batch: what is known of a batch of documents while marks are learned from it. Internal to
 * model/learn.c, which counts, and model/learn_rules.c, which judges. */
#ifndef QW_MODEL_LEARN_BATCH_H
#define QW_MODEL_LEARN_BATCH_H

#include "model/learn.h"

enum {
    ROWS = 2,        /* of the sketch: a count is the least of its rows */
    SLOTS = 1 << 16, /* for candidates */
    COMMON = 3,      /* documents, for what has evidence of its own */
    STRONG = 70,     /* points of evidence that are enough */
    SOME = 40,       /* points that are enough in half of the documents: those of an address */
};

/* One count of the sketch. A document counts once: `last` is its number. */
typedef struct cell {
    uint32_t last;
    uint32_t times;
} cell;

/* What is counted exactly. */
typedef struct candidate {
    uint64_t key; /* 0: a free slot */
    uint32_t documents, last;
    uint32_t noted;                /* the last document for which `beside` counts */
    uint8_t spellings;             /* that were looked at */
    uint32_t heads, tails, beside; /* of these documents */
    uint32_t edges;                /* … where it was not a line of its own */
    uint32_t others;               /* … where the digits in it were not those of the first */
    uint64_t digits;
    int points, odds; /* the highest of its spellings */
    bool named;       /* it begins another mark, up to a word of making or behind it */
    str kinds, skeleton;
    str spelling, run; /* the plainest; its longest run of letters with nothing between them */
} candidate;

struct learner {
    arena *mem;
    const ruleset *rules;
    cell *rows[ROWS];
    candidate *candidates;
    size_t ncandidates;
    uint32_t documents, looked; /* in the first pass, in the second */
    form folded, skeleton;
    bool failed;
};

/* The key of a skeleton; never 0. */
uint64_t learn_key(str skeleton);

/* Where the candidate with a key is, or may be. */
candidate *learn_slot(const learner *l, uint64_t key);

/* Whether a rule speaks for the document in a candidate. */
bool learn_is_spoken_for(learner *l, const candidate *c);

/* Whether a line is one that a text is made of: long, or ended by a full stop. */
bool learn_is_sentence(str s);

#endif

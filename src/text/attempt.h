/* attempt: a text that was decoded in the wrong encoding, once or twice, with that undone. Private
 * to src/text; mojibake.h judges whether the result is better. */
#ifndef QW_TEXT_ATTEMPT_H
#define QW_TEXT_ATTEMPT_H

#include "text/encode.h"
#include "text/encoding.h"
#include "text/score.h"

enum {
    DEPTH = 2,       /* chains on top of one another */
    HOLE = 12 * BIT, /* what U+FFFD costs in a result */
};

/* A text while it is worked on. */
typedef struct attempt {
    str text;
    score score;
    int64_t cost;
    size_t lost;                      /* characters that are U+FFFD */
    const encoding *chain[2 * DEPTH]; /* wrong, right, wrong, right */
    unsigned depth;
} attempt;

/* Sets score, cost and lost from the text. */
void attempt_weigh(attempt *a);

/* The best attempt that can be reached from `from` by one chain, or by two where the first improves
 * the text; *best is what it must be better than. It lives in mem. */
void attempt_search(const encode_tables *tables, arena *mem, const attempt *from, attempt *best);

/* What was undone, in words: "UTF-8 read as windows-1252". */
str attempt_how(arena *mem, const attempt *a);

/* Whether there is a character above U+007F: only such can have been read wrongly. */
bool text_has_wide(str s);

#endif

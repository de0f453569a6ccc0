/* single: which page and language bytes are in, when each byte is a character. Private to src/text.
 *
 * A letter is judged by the letter before it, in each alphabet that the page can write. Where both
 * bytes are ASCII every page says the same, so that only pairs with a high byte are looked at. */
#ifndef QW_TEXT_SINGLE_H
#define QW_TEXT_SINGLE_H

#include "text/score.h"

typedef struct single {
    const encoding *enc; /* NULL: no page fits */
    text_language language;
    int64_t cost; /* of all n bytes, comparable with score.cost; without the page's prior */
    int prior;
} single;

enum { SINGLE_MOST = 4096, SINGLE_BEST = 4 };

/* The best pages for n <= SINGLE_MOST bytes, the best first; no two with the same encoding. The
 * pages of EBCDIC compete among themselves. */
void score_pages(const uint8_t *p, size_t n, bool ebcdic, single best[SINGLE_BEST]);

#endif

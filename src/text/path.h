/* path: the cheapest way to read bytes in which the encoding may change. Private to src/text. */
#ifndef QW_TEXT_PATH_H
#define QW_TEXT_PATH_H

#include "text/encoding.h"

#include <stdint.h>

enum {
    PATH_MOST = 8 * 1024, /* bytes in one window */
    PATH_STATES = 7,      /* encodings that compete */
};

/* Working memory for one window. */
typedef struct path_work {
    const encoding *states[PATH_STATES];
    unsigned count;
    unsigned base;
    unsigned first; /* the state at the start of the window */
    size_t n;
    uint8_t choice[PATH_MOST + 1]
                  [PATH_STATES]; /* the state that a character at a byte is read in */
    uint8_t length[PATH_MOST + 1][PATH_STATES]; /* of that character, and what it is */
    bool drops;                                 /* single bytes may be left out */
} path_work;

/* Can Chinese be written in it? Files in other encodings are only searched for UTF-8. */
bool path_is_chinese(const encoding *e);

/* Cost of one character in an encoding, in eighths of a bit; a page's letters cost alike. */
int path_cost(const encoding *e, uint32_t c);

/* Finds the way through p[0, n), n <= PATH_MOST + 1. `base` is the encoding of the whole, `now` the
 * one before the window; `last` says that nothing follows, otherwise the way back to base counts,
 * and a character may be cut off at the end. */
void path_find(path_work *w, const encoding *base, const encoding *now, const uint8_t *p, size_t n,
               bool last);

typedef struct path_piece {
    size_t len;
    const encoding *enc;
    bool damaged; /* a single byte that is in the way: what follows reads well without it */
} path_piece;

/* The piece of one encoding that starts at byte `at`: 0 or the end of the piece before. A length of
 * 0: what is left is the start of a character that goes on behind the window. */
path_piece path_next(path_work *w, size_t at);

#endif

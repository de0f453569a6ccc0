/* splice: pieces of a part cut out or exchanged, all other bytes untouched.
 *
 * Cuts are entered in any order and count in the part as it was read. Where one lies within
 * another, the outer one counts and the inner one is void; so a run may be entered as cut, then the
 * paragraph that holds it, and when the paragraph's cut is revoked the run's stands. Settling puts
 * them in order; what comes out of it can be applied, and turned round to take everything back. */
#ifndef QW_OOXML_SPLICE_H
#define QW_OOXML_SPLICE_H

#include "base/arena.h"

typedef struct cut {
    size_t off, len; /* bytes of the part */
    str with;        /* what comes in their place */
    size_t order;    /* of entering */
    bool revoked;
} cut;

typedef struct splice {
    arena *mem;
    cut *cuts;
    size_t n, cap;
    bool failed; /* memory was out */
} splice;

/* An empty splice whose cuts live in mem. */
void splice_begin(splice *s, arena *mem);

/* Enters a cut and returns its index, which is good until the splice is settled; STR_NONE when
 * memory is out. with must live as long as the splice. */
size_t splice_cut(splice *s, size_t off, size_t len, str with);

/* Takes a cut back. STR_NONE is fine. */
void splice_revoke(splice *s, size_t index);

/* Puts the cuts in order and leaves out those that are void, revoked or change nothing in bytes.
 * Where two overlap and neither holds the other, the later one keeps what is left to it. */
void splice_settle(splice *s, str bytes);

/* The part with its settled cuts made, in mem; bytes itself when there are none. False when memory
 * is out. */
bool splice_apply(const splice *s, str bytes, str *out);

/* Likewise without a copy: slices that are the part one after another, in mem. None is empty. False
 * when memory is out. */
bool splice_pieces(const splice *s, str bytes, const str **pieces, size_t *n);

/* The settled splice that turns what splice_apply() gave back into bytes: its cuts count in that
 * and hold slices of bytes. False when memory is out. */
bool splice_inverse(const splice *s, str bytes, splice *back);

#endif

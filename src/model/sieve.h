/* sieve: the first look at text, at many hundred MB/s: where might one of these literals begin?
 *
 * Each literal is looked for by one pair of neighbouring characters, the rarest it has, and its
 * first 64 characters are compared. What the sieve passes over holds no literal; where it stops, a
 * real search must look: it is generous about what stands between the letters. */
#ifndef QW_MODEL_SIEVE_H
#define QW_MODEL_SIEVE_H

#include "model/skeleton.h"

typedef struct sieve sieve;

/* A sieve for n literals of at least two characters each, folded or skeletons; shorter ones are
 * never found. faint says which of them are only asked for where any literal is; NULL: none. Lives
 * in mem; f must live as long as it. NULL when memory is out. */
sieve *sieve_new(arena *mem, const folding *f, const str *literals, const bool *faint, size_t n);

/* Offset of the next place in text at or after byte from that a literal may touch, or STR_NONE;
 * firm: one that is not faint. */
size_t sieve_next(const sieve *s, str text, size_t from, bool firm);

#endif

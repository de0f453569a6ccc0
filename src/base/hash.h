/* hash: a fast 64-bit digest, to notice that something changed. Not against forgers. */
#ifndef QW_BASE_HASH_H
#define QW_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

/* The digest of s, going on from seed: hash64(b, hash64(a, 0)) is not hash64(ab, 0). The same on
 * every machine. */
uint64_t hash64(str s, uint64_t seed);

/* The same over text that comes in pieces: what hash_end() gives is hash64() of all of it. */
typedef struct hash_run {
    uint64_t h;
    unsigned char left[8]; /* bytes that fill no word yet */
    size_t nleft;
    size_t n; /* bytes so far */
} hash_run;

hash_run hash_begin(uint64_t seed);
void hash_add(hash_run *r, str s);
uint64_t hash_end(const hash_run *r);

#endif

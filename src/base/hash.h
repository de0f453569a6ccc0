/* hash: a fast 64-bit digest, to notice that something changed. Not against forgers. */
#ifndef QW_BASE_HASH_H
#define QW_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

/* The digest of s, going on from seed: hash64(b, hash64(a, 0)) is not hash64(ab, 0). The same on
 * every machine. */
uint64_t hash64(str s, uint64_t seed);

#endif

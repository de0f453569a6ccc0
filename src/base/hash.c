#include "base/hash.h"

/* Odd constants with no pattern: the golden ratio and two primes of splitmix64. */
#define GOLDEN 0x9E3779B97F4A7C15u
#define MIX_A  0xBF58476D1CE4E5B9u
#define MIX_B  0x94D049BB133111EBu

static uint64_t mix(uint64_t h) {
    h = (h ^ h >> 30) * MIX_A;
    h = (h ^ h >> 27) * MIX_B;
    return h ^ h >> 31;
}

/* Up to eight bytes as a little-endian number. */
static uint64_t word(const unsigned char *p, size_t n) {
    uint64_t v = 0;
    for (size_t i = 0; i < n; i++) v |= (uint64_t)p[i] << 8 * i;
    return v;
}

uint64_t hash64(str s, uint64_t seed) {
    const unsigned char *p = (const unsigned char *)s.p;
    uint64_t h = seed + GOLDEN;
    size_t at = 0;
    for (; s.n - at >= 8; at += 8) h = mix((h ^ word(p + at, 8)) + GOLDEN);
    return mix((h ^ (at < s.n ? word(p + at, s.n - at) : 0)) + s.n);
}

hash_run hash_begin(uint64_t seed) {
    return (hash_run){.h = seed + GOLDEN};
}

void hash_add(hash_run *r, str s) {
    size_t at = 0;
    r->n += s.n;
    while (r->nleft && r->nleft < 8 && at < s.n) r->left[r->nleft++] = (unsigned char)s.p[at++];
    if (r->nleft == 8) r->h = mix((r->h ^ word(r->left, 8)) + GOLDEN), r->nleft = 0;
    const unsigned char *p = (const unsigned char *)s.p;
    for (; s.n - at >= 8; at += 8) r->h = mix((r->h ^ word(p + at, 8)) + GOLDEN);
    while (at < s.n) r->left[r->nleft++] = p[at++];
}

uint64_t hash_end(const hash_run *r) {
    return mix((r->h ^ word(r->left, r->nleft)) + r->n);
}

#include "digest.h"

#include <string.h>

/* Four lanes of eight bytes a step, each multiplied and turned, as fast hashes do. The constants
 * are odd and have about as many ones as zeros. */
#define ODD_1 UINT64_C(0x9E3779B97F4A7C15)
#define ODD_2 UINT64_C(0xC2B2AE3D27D4EB4F)

enum { STEP = 32 };

static uint64_t turn(uint64_t x, unsigned n) {
    return x << n | x >> (64 - n);
}

static uint64_t word(const unsigned char *p) {
    uint64_t x = 0;
    for (unsigned i = 0; i < 8; i++) x |= (uint64_t)p[i] << 8 * i;
    return x;
}

static uint64_t mix(uint64_t x) {
    x ^= x >> 32;
    x *= ODD_2;
    x ^= x >> 29;
    x *= ODD_1;
    return x ^ x >> 32;
}

static void step(digest *d, const unsigned char *p) {
    for (unsigned i = 0; i < 4; i++)
        d->lane[i] = turn(d->lane[i] + word(p + 8 * i) * ODD_2, 31) * ODD_1;
}

void digest_begin(digest *d) {
    memset(d, 0, sizeof *d);
    for (unsigned i = 0; i < 4; i++) d->lane[i] = ODD_1 * (i + 1);
}

void digest_add(digest *d, const void *bytes, size_t n) {
    const unsigned char *p = bytes;
    size_t have = d->total % STEP;
    d->total += n;
    if (have > 0) {
        size_t take = n < STEP - have ? n : STEP - have;
        memcpy(d->tail + have, p, take);
        if (have + take < STEP) return;
        step(d, d->tail);
        p += take;
        n -= take;
    }
    for (; n >= STEP; p += STEP, n -= STEP) step(d, p);
    if (n) memcpy(d->tail, p, n);
}

uint64_t digest_end(const digest *d) {
    uint64_t h = d->total;
    for (unsigned i = 0; i < 4; i++) h = mix(h ^ d->lane[i]) + turn(h, 17);
    for (size_t i = 0; i < d->total % STEP; i++) h = (h ^ d->tail[i]) * ODD_1;
    return mix(h);
}

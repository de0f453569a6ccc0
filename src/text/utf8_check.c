/* Checking UTF-8 at speed.
 *
 * A byte must be a tail (80 to BF) exactly when the one before is a lead (from C0 on), the one
 * before that a lead of three (E0), or the one before that a lead of four (F0). Sixteen bytes are
 * compared with their predecessors at once. The few leads that restrict their first tail or are
 * never valid (C0 C1 E0 ED F0 and on) send their block to the slow check. */
#include "text/codec.h"

enum { BLOCK = 64 };

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i load(const uint8_t *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Lanes of bytes from least on. */
static inline __m128i from(__m128i bytes, int least) {
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)least)), bytes);
}

/* Lanes that are wrong, or for the slow check. Three bytes stand before p. */
static inline __m128i doubts(const uint8_t *p) {
    __m128i c = load(p);
    __m128i tail = _mm_cmplt_epi8(c, _mm_set1_epi8((char)0xC0));
    __m128i wanted = _mm_or_si128(_mm_or_si128(from(load(p - 1), 0xC0), from(load(p - 2), 0xE0)),
                                  from(load(p - 3), 0xF0));
    __m128i rare = _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xE0)),
                                _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xED)));
    __m128i even = _mm_and_si128(c, _mm_set1_epi8((char)0xFE));
    rare = _mm_or_si128(rare, _mm_cmpeq_epi8(even, _mm_set1_epi8((char)0xC0)));
    rare = _mm_or_si128(rare, from(c, 0xF0));
    return _mm_or_si128(rare, _mm_xor_si128(tail, wanted));
}

static bool block_good(const uint8_t *p) {
    __m128i all = _mm_or_si128(_mm_or_si128(doubts(p), doubts(p + 16)),
                               _mm_or_si128(doubts(p + 32), doubts(p + 48)));
    return !_mm_movemask_epi8(all);
}
#else
static bool block_good(const uint8_t *p) {
    uint64_t all = 0, eight;
    for (unsigned i = 0; i < BLOCK; i += 8) memcpy(&eight, p + i, 8), all |= eight;
    for (unsigned i = 1; i < 4; i++) all |= p[-(int)i];
    return !(all & 0x8080808080808080u);
}
#endif

/* The first byte of the character before at, which may not be complete there. */
static size_t char_before(const uint8_t *p, size_t at) {
    if (at) at--;
    for (unsigned i = 0; i < 3 && at && (p[at] & 0xC0) == 0x80; i++) at--;
    return at;
}

/* Checks character by character from *at, where one starts, until at least `to`. */
static bool slow_check(const uint8_t *p, size_t n, size_t *at, size_t to) {
    while (*at < to) {
        uint32_t c;
        size_t length = utf8_read((const char *)p + *at, n - *at, &c);
        if (!length) return false;
        *at += length;
    }
    return true;
}

size_t utf8_good(const uint8_t *p, size_t n) {
    size_t at = 0;
    if (!slow_check(p, n, &at, n < 3 ? n : 3)) return at;
    while (n - at > BLOCK) {
        if (block_good(p + at)) {
            at += BLOCK;
            continue;
        }
        size_t to = at + BLOCK;
        at = char_before(p, at);
        if (!slow_check(p, n, &at, to)) return at;
    }
    at = char_before(p, at);
    slow_check(p, n, &at, n);
    return at;
}

/* UTF-8, UTF-16 and UTF-32. */
#include "text/codec.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

static size_t utf8_next_char(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    return utf8_read((const char *)p, n, c);
}

/* Bytes that the lead byte c asks to follow, and the range of the first of them (table 3-7). */
static unsigned utf8_wanted(uint8_t c, uint8_t *low, uint8_t *high) {
    *low = 0x80, *high = 0xBF;
    if (c < 0xC2 || c > 0xF4) return 0;
    if (c < 0xE0) return 1;
    if (c == 0xE0) *low = 0xA0;
    if (c == 0xED) *high = 0x9F;
    if (c == 0xF0) *low = 0x90;
    if (c == 0xF4) *high = 0x8F;
    return c < 0xF0 ? 2 : 3;
}

/* The maximal subpart of an ill-formed sequence (Unicode 15, section 3.9). */
static size_t utf8_bad(const encoding *e, const uint8_t *p, size_t n) {
    (void)e;
    uint8_t low, high;
    size_t wanted = utf8_wanted(p[0], &low, &high), i = 1;
    while (i <= wanted && i < n && p[i] >= low && p[i] <= high) {
        low = 0x80, high = 0xBF;
        i++;
    }
    return i;
}

static size_t utf8_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    (void)e, (void)npua;
    size_t good = utf8_good(p, n);
    memcpy(*out, p, good);
    *out += good;
    return good;
}

/* ---- UTF-16 ---------------------------------------------------------------------------------- */

static inline uint32_t unit16(const uint8_t *p, bool big) {
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static size_t utf16_next(const uint8_t *p, size_t n, uint32_t *c, bool big) {
    if (n < 2) return 0;
    uint32_t first = unit16(p, big);
    if (first < 0xD800 || first > 0xDFFF) return *c = first, 2;
    if (first > 0xDBFF || n < 4) return 0;
    uint32_t second = unit16(p + 2, big);
    if (second < 0xDC00 || second > 0xDFFF) return 0;
    *c = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

static size_t utf16le_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    return (void)e, utf16_next(p, n, c, false);
}

static size_t utf16be_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    return (void)e, utf16_next(p, n, c, true);
}

static size_t utf16_bad(const encoding *e, const uint8_t *p, size_t n) {
    return (void)e, (void)p, n < 2 ? n : 2;
}

#define EACH(x) ((x)*0x0001000100010001u) /* a 16-bit value in each lane */

/* Four units as the lanes of a word, the first lowest. */
static inline uint64_t four_units(const uint8_t *p, bool big) {
    uint64_t x = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (unsigned i = 0; i < 4; i++) x |= (uint64_t)unit16(p + 2 * i, false) << 16 * i;
#else
    memcpy(&x, p, 8);
#endif
    return big ? (x >> 8 & EACH(0xFF)) | (x & EACH(0xFF)) << 8 : x;
}

/* One character of the BMP, without a branch; 4 bytes are written. */
static inline size_t write_bmp(char *out, uint32_t c) {
    uint32_t two = 0x80C0 | c >> 6 | (c & 63) << 8;
    uint32_t three = 0x8080E0 | c >> 12 | (c << 2 & 0x3F00) | (c & 63) << 16;
    uint32_t w = c < 0x80 ? c : c < 0x800 ? two : three;
    unsigned char bytes[4] = {(unsigned char)w, (unsigned char)(w >> 8), (unsigned char)(w >> 16),
                              0};
    memcpy(out, bytes, 4);
    return 1u + (c >= 0x80) + (c >= 0x800);
}

/* Four units of which none is a surrogate or private. */
static inline bool four_plain(uint64_t x) {
    const uint64_t high = EACH(0x8000);
    uint64_t z = ((x & ~high) + EACH(0x2800)) ^ (x & high);
    return ((z | ((z | high) - EACH(0x2100))) & high) == high;
}

#ifdef __SSE2__
/* Writes four characters of three bytes each, one in each 32 bits: 14 bytes, of which 12 count. */
static inline void write_four_wide(char *out, __m128i c) {
    __m128i high = _mm_srli_epi32(c, 12);
    __m128i middle = _mm_and_si128(_mm_slli_epi32(c, 2), _mm_set1_epi32(0x3F00));
    __m128i low = _mm_and_si128(_mm_slli_epi32(c, 16), _mm_set1_epi32(0x3F0000));
    __m128i w =
        _mm_or_si128(_mm_or_si128(high, middle), _mm_or_si128(low, _mm_set1_epi32(0x8080E0)));
    __m128i first = _mm_and_si128(w, _mm_set1_epi64x(0xFFFFFF));
    __m128i second = _mm_andnot_si128(_mm_set1_epi64x(0xFFFFFF), _mm_srli_epi64(w, 8));
    w = _mm_or_si128(first, second);
    _mm_storel_epi64((__m128i *)(void *)out, w);
    _mm_storel_epi64((__m128i *)(void *)(out + 6), _mm_unpackhi_epi64(w, w));
}

/* Eight units of which each is at least U+0800 and neither a surrogate nor private; false, and
 * nothing written, when they are not. */
static inline bool eight_wide(const uint8_t *p, bool big, char *out) {
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p), zero = _mm_setzero_si128();
    if (big) x = _mm_or_si128(_mm_slli_epi16(x, 8), _mm_srli_epi16(x, 8));
    __m128i narrow = _mm_cmpeq_epi16(_mm_subs_epu16(x, _mm_set1_epi16(0x7FF)), zero);
    __m128i above = _mm_sub_epi16(x, _mm_set1_epi16((short)0xD800));
    __m128i near = _mm_cmpeq_epi16(_mm_subs_epu16(above, _mm_set1_epi16(0x20FF)), zero);
    if (_mm_movemask_epi8(_mm_or_si128(narrow, near))) return false;
    write_four_wide(out, _mm_unpacklo_epi16(x, zero));
    write_four_wide(out + 12, _mm_unpackhi_epi16(x, zero));
    return true;
}
#else
static inline bool eight_wide(const uint8_t *p, bool big, char *out) {
    return (void)p, (void)big, (void)out, false;
}
#endif

static inline size_t utf16_run(const uint8_t *p, size_t n, char **out_end, size_t *npua, bool big) {
    char *out = *out_end;
    size_t at = 0;
    for (;;) {
        while (n - at >= 8) {
            if (n - at >= 16 && eight_wide(p + at, big, out)) {
                out += 24, at += 16;
                continue;
            }
            uint64_t x = four_units(p + at, big);
            if (!four_plain(x)) break;
            for (unsigned i = 0; i < 4; i++) out += write_bmp(out, x >> 16 * i & 0xFFFF);
            at += 8;
        }
        uint32_t c;
        size_t length = utf16_next(p + at, n - at, &c, big);
        if (!length) break;
        *npua += is_private(c);
        out += utf8_write(out, c);
        at += length;
    }
    *out_end = out;
    return at;
}

static size_t utf16le_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return (void)e, utf16_run(p, n, out, npua, false);
}

static size_t utf16be_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return (void)e, utf16_run(p, n, out, npua, true);
}

/* ---- UTF-32 ---------------------------------------------------------------------------------- */

static size_t scalar(uint32_t value, uint32_t *c) {
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    return *c = value, 4;
}

static size_t utf32le_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (n < 4) return 0;
    return scalar((uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0], c);
}

static size_t utf32be_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (n < 4) return 0;
    return scalar((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3], c);
}

static size_t utf32_bad(const encoding *e, const uint8_t *p, size_t n) {
    return (void)e, (void)p, n < 4 ? n : 4;
}

const codec codec_utf8 = {utf8_next_char, utf8_bad, utf8_run};
const codec codec_utf16le = {utf16le_next, utf16_bad, utf16le_run};
const codec codec_utf16be = {utf16be_next, utf16_bad, utf16be_run};
const codec codec_utf32le = {utf32le_next, utf32_bad, NULL};
const codec codec_utf32be = {utf32be_next, utf32_bad, NULL};

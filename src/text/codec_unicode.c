/* UTF-8, UTF-16 and UTF-32. */
#include "text/codec.h"

/* ---- UTF-8 ------------------------------------------------------------------------------------
 */

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
    size_t good = utf8_valid_prefix((str){(const char *)p, n});
    memcpy(*out, p, good);
    *out += good;
    return good;
}

/* ---- UTF-16 -----------------------------------------------------------------------------------
 */

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

/* Four units at p if all of them take three bytes of UTF-8 and none is a surrogate. */
static inline bool four_wide(const uint8_t *p, bool big, uint32_t unit[4]) {
    bool wide = true;
    for (unsigned i = 0; i < 4; i++) {
        unit[i] = unit16(p + 2 * i, big);
        wide &= (unit[i] >= 0x800) & ((unit[i] & 0xF800) != 0xD800);
    }
    return wide;
}

static inline bool four_ascii(const uint8_t *p, bool big, char *out) {
    uint32_t all = 0;
    for (unsigned i = 0; i < 4; i++) {
        uint32_t unit = unit16(p + 2 * i, big);
        all |= unit;
        out[i] = (char)unit;
    }
    return all < 0x80;
}

static inline size_t utf16_run(const uint8_t *p, size_t n, char **out_end, size_t *npua, bool big) {
    char *out = *out_end;
    size_t at = 0;
    for (;;) {
        uint32_t unit[4];
        while (n - at >= 8 && four_wide(p + at, big, unit)) {
            for (unsigned i = 0; i < 4; i++) {
                write_three(out + 3 * i, unit[i]);
                *npua += unit[i] - 0xE000 < 0x1900;
            }
            out += 12, at += 8;
        }
        while (n - at >= 8 && four_ascii(p + at, big, out)) out += 4, at += 8;
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

/* ---- UTF-32 -----------------------------------------------------------------------------------
 */

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

#include "text/plain.h"
#include "text/codec.h"
#include "text/reads.h"
#include "text/tables/plain_codes.h"

/* What a line has shown. */
typedef struct tally {
    uint64_t halves; /* of what its codes count */
    size_t codes;
    bool cr;
} tally;

bool plain_known(const encoding *e) {
    return encoding_id_of(e) == ENC_GB18030 || encoding_id_of(e) == ENC_BIG5;
}

/* The index of a code in the tables. */
static inline unsigned code_at(const uint8_t *p) {
    return ((unsigned)p[0] << 8 | p[1]) & 0x7FFF;
}

/* The three bytes of a value, and one that does not count. */
static inline void write_three(char *out, uint32_t value) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (unsigned i = 0; i < 4; i++) out[i] = (char)(value >> 8 * i);
#else
    memcpy(out, &value, 4);
#endif
}

/* Four plain codes at a time that are not dear; returns bytes read. */
static inline size_t read_fours(const uint32_t *codes, const uint8_t *p, size_t n, char *out,
                                tally *sum) {
    size_t at = 0;
    uint64_t halves = 0;
    for (; n - at >= 8; at += 8, out += 12) {
        const uint8_t *q = p + at;
        uint32_t a = codes[code_at(q)], b = codes[code_at(q + 2)];
        uint32_t c = codes[code_at(q + 4)], d = codes[code_at(q + 6)];
        if (!(q[0] & q[2] & q[4] & q[6] & 0x80)) break;
        if ((a | b | c | d) & (NOT_PLAIN | PLAIN_DEAR)) break;
        write_three(out, a), write_three(out + 3, b);
        write_three(out + 6, c), write_three(out + 9, d);
        halves += (a >> 24) + (b >> 24) + (c >> 24) + (d >> 24);
    }
    sum->halves += halves;
    sum->codes += at / 2;
    return at;
}

/* Plain codes, up to anything else; two dear ones in a row are something else. */
static inline size_t read_codes(const uint32_t *codes, const uint8_t *p, size_t n, char *out,
                                tally *sum) {
    size_t at = 0;
    uint32_t last = 0;
    for (;;) {
        size_t fours = read_fours(codes, p + at, n - at, out, sum);
        if (fours) last = 0;
        at += fours, out += fours / 2 * 3;
        uint32_t value = n - at >= 2 && p[at] >= 0x80 ? codes[code_at(p + at)] : NOT_PLAIN;
        if (value & NOT_PLAIN || value & last & PLAIN_DEAR) return at;
        write_three(out, value);
        sum->halves += value >> 24;
        sum->codes++;
        last = value;
        at += 2, out += 3;
    }
}

/* Whether eight bytes are all from U+0020 to U+007E. */
static inline bool all_printable(uint64_t eight) {
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    return !((eight | (eight + ones) | (eight - 0x20 * ones)) & high);
}

static inline bool is_plain_ascii(uint8_t c) {
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

/* Printable ASCII, tabs and line ends; returns bytes read. */
static inline size_t read_ascii(const uint8_t *p, size_t n, char *out, tally *sum) {
    size_t at = 0;
    for (uint64_t eight; n - at >= 8; at += 8) {
        memcpy(&eight, p + at, 8);
        if (!all_printable(eight)) break;
        memcpy(out + at, &eight, 8);
    }
    for (; at < n && is_plain_ascii(p[at]); at++) {
        out[at] = (char)p[at];
        sum->cr |= p[at] == '\r';
    }
    return at;
}

static inline plain_line read_line(const uint32_t *codes, const uint8_t *p, size_t n, char **out,
                                   bool strays) {
    tally sum = {0, 0, false};
    size_t at = 0;
    while (at < n) {
        size_t read = read_codes(codes, p + at, n - at, *out, &sum);
        at += read, *out += read / 2 * 3;
        read = read_ascii(p + at, n - at, *out, &sum);
        if (!read || (strays && read == 1 && p[at] >= 0x40)) break;
        at += read, *out += read;
    }
    bool plain = at == n && sum.halves <= sum.codes * (PLAIN_EVEN / 2);
    return (plain_line){at, plain && !(sum.codes && reads_as_utf8(p, n)), sum.cr};
}

plain_line plain_read(const encoding *e, const uint8_t *p, size_t n, char **out) {
    /* A single letter between codes of Big5 may be half of one: reads.c looks closer. */
    if (encoding_id_of(e) == ENC_BIG5) return read_line(big5_plain, p, n, out, true);
    return read_line(gb18030_plain, p, n, out, false);
}

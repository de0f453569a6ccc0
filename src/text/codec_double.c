/* Encodings of two bytes and more that go by tables: GB18030, Big5, Shift_JIS, EUC-JP, EUC-KR. */
#include "text/codec.h"
#include "text/tables/double_byte.h"

/* A table's value as next() gives it; 0 for no character. */
static inline uint32_t cell(uint16_t value) {
    if (value >= PRIVATE) return (value + 0xD800u) & 0xFFFF;
    return value ? double_byte_extra[value - 1] : 0;
}

static inline uint32_t two_bytes(const uint16_t *table, uint8_t lead, uint8_t trail) {
    return lead >= 0x80 ? cell(table[(lead << 8 | trail) & 0x7FFF]) : 0;
}

static inline unsigned code_at(const uint8_t *p) {
    return (unsigned)p[0] << 8 | p[1];
}

/* Four codes, the first highest. */
static inline uint64_t four_codes(const uint8_t *p) {
    return (uint64_t)code_at(p) << 48 | (uint64_t)code_at(p + 2) << 32 |
           (uint64_t)code_at(p + 4) << 16 | code_at(p + 6);
}

/* Decodes four two-byte codes of simple characters; false, and nothing said about what is at out,
 * when they are not all that. */
static inline bool four_simple(const uint16_t *table, const uint8_t *p, char *out) {
    uint64_t x = four_codes(p);
    if (~x & 0x8000800080008000u) return false;
    uint32_t a = table[x >> 48 & 0x7FFF], b = table[x >> 32 & 0x7FFF];
    uint32_t c = table[x >> 16 & 0x7FFF], d = table[x & 0x7FFF];
    if (((a - WIDE) | (b - WIDE) | (c - WIDE) | (d - WIDE)) & 0x80000000u) return false;
    const uint64_t origin = 0x0000D8000000D800u, low = 0x0000FFFF0000FFFFu;
    write_two_wide(out, (((uint64_t)b << 32 | a) + origin) & low);
    write_two_wide(out + 6, (((uint64_t)d << 32 | c) + origin) & low);
    return true;
}

/* Decodes two-byte codes of simple characters and ASCII as far as they go; returns bytes read. */
static inline size_t simple_run(const uint16_t *table, const uint8_t *p, size_t n, char **out_end) {
    char *out = *out_end;
    size_t at = 0;
    while (n - at >= 2) {
        while (n - at >= 8 && four_simple(table, p + at, out)) out += 12, at += 8;
        while (n - at >= 2 && p[at] >= 0x80) {
            unsigned c = table[code_at(p + at) & 0x7FFF];
            if (c < WIDE) goto out;
            write_wide(out, (c + 0xD800) & 0xFFFF);
            out += 3, at += 2;
        }
        size_t ascii = copy_ascii(out, p + at, n - at);
        out += ascii, at += ascii;
    }
out:
    *out_end = out;
    return at;
}

/* run() of an encoding with a table; what is not simple goes through next(). */
static inline size_t table_run(const encoding *e, const uint16_t *table, const uint8_t *p, size_t n,
                               char **out, size_t *npua) {
    size_t at = 0;
    for (;;) {
        at += simple_run(table, p + at, n - at, out);
        if (at == n) return at;
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        if (!length) return at;
        *npua += is_private(codec_first(c));
        *out += codec_write(*out, c);
        at += length;
    }
}

/* ---- GB18030 --------------------------------------------------------------------------------- */

uint32_t gb18030_two(uint8_t lead, uint8_t trail) {
    return two_bytes(gb18030_table, lead, trail);
}

static bool gb18030_four_form(const uint8_t *p, size_t n) {
    return n >= 4 && p[0] >= 0x81 && p[0] <= 0xFE && p[1] >= 0x30 && p[1] <= 0x39 && p[2] >= 0x81 &&
           p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39;
}

/* GB 18030-2022: the BMP in runs, the other planes from 90308130 on. 0 when there is none. */
static uint32_t gb18030_four(const uint8_t *p) {
    uint32_t linear =
        ((p[0] - 0x81u) * 10 + (p[1] - 0x30u)) * 1260 + (p[2] - 0x81u) * 10 + p[3] - 0x30u;
    if (linear >= 189000) return linear - 189000 <= 0xFFFFF ? linear - 189000 + 0x10000 : 0;
    if (linear >= gb18030_ranges[gb18030_range_count].linear) return 0;
    unsigned low = 0, high = gb18030_range_count;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;
        if (gb18030_ranges[middle].linear <= linear)
            low = middle;
        else
            high = middle;
    }
    const gb_range *range = &gb18030_ranges[low];
    return range->first ? range->first + (linear - range->linear) : 0;
}

static size_t gb18030_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    if (p[0] == 0x80) return *c = 0x20AC, 1; /* Windows' GBK and the Encoding Standard */
    if (n < 2 || p[0] == 0xFF) return 0;
    if (p[1] >= 0x40) return (*c = gb18030_two(p[0], p[1])) ? 2 : 0;
    if (!gb18030_four_form(p, n)) return 0;
    return (*c = gb18030_four(p)) ? 4 : 0;
}

/* A lead byte whose trail is no trail stands alone, so that nothing behind it is lost. */
static size_t gb18030_bad(const encoding *e, const uint8_t *p, size_t n) {
    (void)e;
    if (gb18030_four_form(p, n)) return 4;
    return n >= 2 && p[0] != 0xFF && p[1] >= 0x80 && p[1] <= 0xFE ? 2 : 1;
}

static size_t gb18030_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return table_run(e, gb18030_table, p, n, out, npua);
}

/* ---- Big5 ------------------------------------------------------------------------------------ */

uint32_t big5_two(uint8_t lead, uint8_t trail) {
    return two_bytes(big5_table, lead, trail);
}

static size_t big5_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    return n >= 2 && (*c = big5_two(p[0], p[1])) ? 2 : 0;
}

static size_t hkscs_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    return n >= 2 && (*c = two_bytes(hkscs_table, p[0], p[1])) ? 2 : 0;
}

static size_t double_bad(const encoding *e, const uint8_t *p, size_t n) {
    (void)e;
    return n >= 2 && p[0] > 0x80 && p[0] < 0xFF && p[1] >= 0xA1 && p[1] < 0xFF ? 2 : 1;
}

static size_t big5_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return table_run(e, big5_table, p, n, out, npua);
}

static size_t hkscs_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return table_run(e, hkscs_table, p, n, out, npua);
}

/* ---- Japanese -------------------------------------------------------------------------------- */

static uint32_t jis(const uint16_t *table, unsigned rows, unsigned row, unsigned column) {
    return row < rows && column < JIS_ROW ? table[row * JIS_ROW + column] : 0;
}

/* Shift_JIS as Windows has it (cp932), user-defined rows included. */
static size_t sjis_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    if (p[0] >= 0xA1 && p[0] <= 0xDF) return *c = 0xFF61 + (p[0] - 0xA1u), 1;
    if (n < 2 || p[0] == 0x80 || p[0] == 0xA0 || p[0] > 0xFC) return 0;
    if (p[1] < 0x40 || p[1] == 0x7F || p[1] > 0xFC) return 0;
    unsigned pair = p[0] - (p[0] < 0xA0 ? 0x81u : 0xC1u);
    unsigned column = p[1] - (p[1] < 0x7F ? 0x40u : 0x41u);
    *c = jis(jis0208_table, 120, 2 * pair + column / JIS_ROW, column % JIS_ROW);
    return *c ? 2 : 0;
}

static size_t sjis_bad(const encoding *e, const uint8_t *p, size_t n) {
    (void)e;
    bool lead = (p[0] > 0x80 && p[0] < 0xA0) || (p[0] >= 0xE0 && p[0] <= 0xFC);
    return n >= 2 && lead && p[1] >= 0x80 && p[1] <= 0xFC ? 2 : 1;
}

static size_t eucjp_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    if (n >= 2 && p[0] == 0x8E && p[1] >= 0xA1 && p[1] <= 0xDF)
        return *c = 0xFF61 + (p[1] - 0xA1u), 2;
    if (n >= 3 && p[0] == 0x8F && p[1] >= 0xA1 && p[2] >= 0xA1)
        return (*c = jis(jis0212_table, 94, p[1] - 0xA1u, p[2] - 0xA1u)) ? 3 : 0;
    if (n < 2 || p[0] < 0xA1 || p[1] < 0xA1) return 0;
    return (*c = jis(jis0208_table, 94, p[0] - 0xA1u, p[1] - 0xA1u)) ? 2 : 0;
}

static size_t eucjp_bad(const encoding *e, const uint8_t *p, size_t n) {
    if (n >= 3 && p[0] == 0x8F && p[1] >= 0xA1 && p[1] < 0xFF && p[2] >= 0xA1 && p[2] < 0xFF)
        return 3;
    return p[0] == 0x8F ? 1 : double_bad(e, p, n);
}

/* ---- Korean ---------------------------------------------------------------------------------- */

static size_t euckr_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)e;
    if (p[0] < 0x80) return *c = p[0], 1;
    return n >= 2 && (*c = two_bytes(korean_table, p[0], p[1])) ? 2 : 0;
}

static size_t euckr_run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return table_run(e, korean_table, p, n, out, npua);
}

const codec codec_gb18030 = {gb18030_next, gb18030_bad, gb18030_run};
const codec codec_big5 = {big5_next, double_bad, big5_run};
const codec codec_hkscs = {hkscs_next, double_bad, hkscs_run};
const codec codec_sjis = {sjis_next, sjis_bad, NULL};
const codec codec_eucjp = {eucjp_next, eucjp_bad, NULL};
const codec codec_euckr = {euckr_next, double_bad, euckr_run};

#include "text/reads.h"
#include "text/codec.h"
#include "text/path.h"
#include "text/score.h"
#include "text/tables/double_byte.h"
#include "text/tables/model.h"

enum {
    WELL_READ = 25 * BIT / 2, /* what a character may cost on average */
    WELL_SLACK = 16 * BIT,    /* and what a short line may cost on top */
    SIGN = 8 * BIT,           /* what punctuation costs, roughly */
};

/* What a line has cost so far. */
typedef struct bill {
    int64_t cost;
    size_t chars;
} bill;

static bool affordable(const bill *b) {
    return b->cost <= (int64_t)b->chars * WELL_READ + WELL_SLACK;
}

static inline void charge(bill *b, const encoding *e, uint32_t c) {
    b->chars++;
    if (c - 0x4E00 < 0x5200)
        b->cost += han_cost(c);
    else
        b->cost += is_chinese_sign(c) ? SIGN : path_cost(e, codec_first(c));
}

static inline bool is_control(uint32_t c) {
    return ascii_cost[c] == COST_CONTROL;
}

/* Any encoding with a codec. */
static bool plain_reads_well(const encoding *e, const uint8_t *p, size_t n) {
    bill b = {0, 0};
    for (size_t at = 0; at < n;) {
        uint32_t c = p[at];
        size_t length = 1;
        if (e->unit > 1 || c >= 0x80) length = e->codec->next(e, p + at, n - at, &c);
        if (!length || (c < 0x80 && is_control(c))) return false;
        if (c >= 0x80) charge(&b, e, c);
        at += length;
    }
    return !path_is_chinese(e) || affordable(&b);
}

/* Ideographs and signs of Chinese from p on, up to anything else; adds to the bill. */
static size_t common_codes(bill *b, const uint16_t *table, const uint8_t *p, size_t n) {
    size_t at = 0, han = 0, steps = 0;
    for (; at + 1 < n && p[at] >= 0x80; at += 2) {
        uint32_t c = (table[(p[at] << 8 | p[at + 1]) & 0x7FFF] + 0xD800u) & 0xFFFF;
        uint32_t i = c - 0x4E00;
        if (i < 0x5200)
            han++, steps += model_han[3][i / 2] >> 4 * (i & 1) & 15;
        else if (!is_chinese_sign(c))
            break;
    }
    b->chars += at / 2;
    b->cost += (int64_t)(han * MODEL_FIRST + steps * MODEL_STEP + (at / 2 - han) * SIGN);
    return at;
}

/* An encoding with a table of two-byte codes. */
static bool codes_read_well(const encoding *e, const uint16_t *table, const uint8_t *p, size_t n) {
    bill b = {0, 0};
    size_t at = 0;
    while (at < n) {
        if (p[at] < 0x80) {
            if (is_control(p[at++])) return false;
            continue;
        }
        at += common_codes(&b, table, p + at, n - at);
        if (at == n || p[at] < 0x80) continue;
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        if (!length) return false;
        charge(&b, e, c);
        at += length;
    }
    return affordable(&b);
}

/* Well-formed UTF-8 with two wide characters or more. */
static bool is_utf8(const uint8_t *p, size_t n) {
    size_t wide = 0;
    for (size_t at = 0; at < n;) {
        uint32_t c;
        size_t length = p[at] < 0x80 ? 1 : utf8_read((const char *)p + at, n - at, &c);
        if (!length) return false;
        wide += length > 1;
        at += length;
    }
    return wide >= 2;
}

bool reads_well(const encoding *e, const uint8_t *p, size_t n) {
    encoding_id id = encoding_id_of(e);
    if (id == ENC_UTF8 || e->unit > 1) return plain_reads_well(e, p, n);
    bool well = id == ENC_GB18030 ? codes_read_well(e, gb18030_table, p, n)
                : id == ENC_BIG5  ? codes_read_well(e, big5_table, p, n)
                                  : plain_reads_well(e, p, n);
    return well && !is_utf8(p, n);
}

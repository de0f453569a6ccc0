#include "text/reads.h"
#include "text/codec.h"
#include "text/path.h"
#include "text/score.h"
#include "text/tables/code_costs.h"
#include "text/tables/model.h"

enum {
    WELL_READ = 25 * BIT / 2, /* what a character may cost on average */
    WELL_SLACK = 16 * BIT,    /* and what a short line may cost on top */
    SIGN = 8 * BIT,           /* what punctuation costs, roughly */
    DEAR = 128,               /* what a rare character costs, roughly */
    TWO_DEAR = 300,           /* and what two in a row hardly ever do */
    UNSEEN = 174,             /* what a character costs that is not known */
    LOOK_ON = 8,              /* characters that tell whether bytes are shifted */
    SHIFT_SAVES = 20 * BIT,   /* what they save if they are */
    TWO_STRANGE = 32 * BIT,   /* what two in a row cost in Japanese or Korean that is shifted */
    TWO_ODD = 26 * BIT,       /* what the two before a stray ASCII character cost then */
};

/* What a line has cost so far. */
typedef struct bill {
    int64_t cost;
    size_t chars;
    int last; /* what the last character cost */
    bool odd; /* two cost so much that bytes may be shifted there */
} bill;

static bool affordable(const bill *b) {
    return !b->odd && b->cost <= (int64_t)b->chars * WELL_READ + WELL_SLACK;
}

static inline int cost_of(const encoding *e, uint32_t c) {
    uint32_t i = c - 0x4E00;
    if (i < 0x5200) return MODEL_FIRST + MODEL_STEP * (model_han[3][i / 2] >> 4 * (i & 1) & 15);
    return is_chinese_sign(c) ? SIGN : path_cost(e, codec_first(c));
}

static inline void pay(bill *b, int cost) {
    b->chars++;
    b->cost += cost;
    b->last = cost;
}

static inline void charge(bill *b, const encoding *e, uint32_t c) {
    pay(b, cost_of(e, c));
}

static inline bool is_control(uint32_t c) {
    return ascii_cost[c] == COST_CONTROL;
}

/* The index of a code in the tables of codes. */
static inline unsigned code_at(const uint8_t *p) {
    return ((unsigned)p[0] << 8 | p[1]) & 0x7FFF;
}

/* Do two characters in a row cost more than Japanese or Korean ever does? */
static bool is_odd(bill *b, const encoding *e, uint32_t c) {
    int before = b->last;
    pay(b, path_cost(e, c));
    return before + b->last >= TWO_STRANGE;
}

/* Any encoding with a codec. */
static bool plain_reads_well(const encoding *e, const uint8_t *p, size_t n) {
    bill b = {0, 0, 0, false};
    bool euc = encoding_id_of(e) == ENC_EUC_JP || encoding_id_of(e) == ENC_EUC_KR;
    for (size_t at = 0; at < n;) {
        uint32_t c = p[at];
        size_t length = 1;
        if (e->unit > 1 || c >= 0x80) length = e->codec->next(e, p + at, n - at, &c);
        if (!length || (c < 0x80 && is_control(c))) return false;
        if (euc && c >= 0x80 && is_odd(&b, e, c)) return false;
        if (!euc && c >= 0x80) charge(&b, e, c);
        at += length;
    }
    return !path_is_chinese(e) || affordable(&b);
}

bool reads_as_utf8(const uint8_t *p, size_t n) {
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

/* Four two-byte codes at a time that are common, and no signs of anything else. */
static inline size_t common_codes(bill *b, const uint8_t *costs, const uint8_t *p, size_t n) {
    size_t at = 0;
    uint32_t sum = 0;
    for (; n - at >= 8; at += 8) {
        const uint8_t *q = p + at;
        uint32_t c = costs[code_at(q)] - 1u, d = costs[code_at(q + 2)] - 1u;
        uint32_t e = costs[code_at(q + 4)] - 1u, f = costs[code_at(q + 6)] - 1u;
        if (!(q[0] & q[2] & q[4] & q[6] & 0x80) || (c | d | e | f) >= DEAR) break;
        sum += c + d + e + f + 4;
    }
    if (at) b->last = 0;
    b->chars += at / 2;
    b->cost += sum;
    return at;
}

static inline int cost_at(const uint8_t *costs, const uint8_t *p) {
    int c = costs[code_at(p)];
    return c ? c : UNSEEN;
}

/* From a dear character at p on: does the text read much better from its second byte on? */
static bool is_shifted(const uint8_t *costs, const uint8_t *p, size_t n) {
    int saved = 0;
    for (size_t at = 0; n - at >= 3 && p[at] >= 0x80 && at < 2 * LOOK_ON; at += 2) {
        if (p[at + 1] < 0x80) break;
        saved += cost_at(costs, p + at) - cost_at(costs, p + at + 1);
        if (saved >= SHIFT_SAVES) return true;
    }
    return false;
}

/* The two-byte codes at p that costs[] knows, up to anything else; adds to the bill. */
static size_t known_codes(bill *b, const uint8_t *costs, const uint8_t *p, size_t n) {
    size_t at = 0;
    b->last = 0;
    for (;; at += 2) {
        at += common_codes(b, costs, p + at, n - at);
        uint32_t c = n - at >= 2 && p[at] >= 0x80 ? costs[code_at(p + at)] : 0;
        if (!c) return at;
        if (b->last + (int)c >= TWO_DEAR) b->odd |= is_shifted(costs, p + at - 2, n - at + 2);
        pay(b, (int)c);
    }
}

/* Bytes from p on that are printable ASCII or blanks. */
static size_t plain_ascii(const uint8_t *p, size_t n) {
    size_t at = 0;
    while (at < n && p[at] < 0x80 && !is_control(p[at])) at++;
    return at;
}

/* At a single ASCII character that could be the second byte of a code, between codes: behind a lost
 * byte it is one, and the codes before it are none that belong together. */
static bool is_stray(const uint8_t *costs, const uint8_t *p, size_t at, size_t n) {
    bool alone = at >= 4 && n - at >= 2 && p[at] >= 0x40 && p[at] < 0x7F && p[at + 1] > 0x80;
    return alone && p[at - 2] > 0x80 && p[at - 4] > 0x80 &&
           cost_at(costs, p + at - 2) + cost_at(costs, p + at - 4) >= TWO_ODD;
}

/* An encoding with a table of two-byte codes. */
static bool codes_read_well(const encoding *e, const uint8_t *costs, const uint8_t *p, size_t n) {
    bill b = {0, 0, 0, false};
    bool big5 = costs == big5_costs;
    for (size_t at = 0; at < n;) {
        if (big5) b.odd |= is_stray(costs, p, at, n);
        at += plain_ascii(p + at, n - at);
        if (at < n) at += known_codes(&b, costs, p + at, n - at);
        if (at == n) break;
        if (p[at] < 0x80 && is_control(p[at])) return false;
        if (p[at] < 0x80) continue;
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        if (!length) return false;
        b.odd |= length == 2 && is_shifted(costs, p + at, n - at);
        charge(&b, e, c);
        at += length;
    }
    return affordable(&b) && !(b.chars && reads_as_utf8(p, n));
}

/* UTF-16; what is no ideograph, sign or ASCII goes through next(). */
static inline bool units_read_well(const encoding *e, const uint8_t *p, size_t n, unsigned low) {
    bill b = {0, 0, 0, false};
    for (size_t at = 0; at < n; at += 2) {
        uint32_t c = at + 1 < n ? (uint32_t)p[at + low] | (uint32_t)p[at + 1 - low] << 8 : 0;
        if (c < 0x80) {
            if (is_control(c)) return false;
            continue;
        }
        if (c - 0x4E00 >= 0x5200 && !is_chinese_sign(c)) {
            size_t length = e->codec->next(e, p + at, n - at, &c);
            if (!length) return false;
            at += length - 2;
        }
        int before = b.last;
        charge(&b, e, c);
        b.odd |= before + b.last >= 2 * UNSEEN;
    }
    return affordable(&b);
}

bool reads_well(const encoding *e, const uint8_t *p, size_t n) {
    switch (encoding_id_of(e)) {
    case ENC_GB18030: return codes_read_well(e, gb18030_costs, p, n);
    case ENC_BIG5:
    case ENC_BIG5_HKSCS: return codes_read_well(e, big5_costs, p, n);
    case ENC_UTF16LE: return units_read_well(e, p, n, 0);
    case ENC_UTF16BE: return units_read_well(e, p, n, 1);
    case ENC_UTF8:
    case ENC_UTF32LE:
    case ENC_UTF32BE: return plain_reads_well(e, p, n);
    default: return plain_reads_well(e, p, n) && !reads_as_utf8(p, n);
    }
}

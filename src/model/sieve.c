#include "model/sieve.h"

#include "base/utf8.h"

enum { BMP = 0x10000, PAIR_BITS = 18, GAP = 4 };

/* What to do with a character: a pair may begin with it, or it may stand between two letters. */
enum { BEGINS = 1, BETWEEN = 2 };

struct sieve {
    const folding *fold;
    uint8_t class[BMP];
    uint32_t pairs[(1u << PAIR_BITS) / 32];
};

static uint32_t pair_bit(uint32_t a, uint32_t b) {
    return (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) >> (32 - PAIR_BITS);
}

/* How common a character is in Chinese prose, roughly: 2, 1 or 0. */
static int commonness(uint32_t c) {
    static const char often[] =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生";
    static const char less[] =
        "能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同"
        "现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实请更书文全最新";
    char p[4];
    size_t n = utf8_write(p, c);
    if (c < 0x80) return c == 'q' || c == 'w' || c == '&' ? 0 : 2;
    if (str_find(str_of(often), str_make(p, n), 0) != STR_NONE) return 2;
    return str_find(str_of(less), str_make(p, n), 0) != STR_NONE;
}

/* Enters the rarest pair of a literal; begins is by folded character. */
static void add(sieve *s, str literal, uint8_t *begins) {
    uint32_t best_a = 0, best_b = 0, a = 0;
    int best = 100;
    for (size_t at = 0; at < literal.n;) {
        uint32_t b = utf8_next(literal, &at);
        int cost = commonness(a) + commonness(b);
        if (a && a < BMP && cost < best) best = cost, best_a = a, best_b = b;
        a = b;
    }
    if (!best_a) return;
    uint32_t bit = pair_bit(best_a, best_b);
    s->pairs[bit / 32] |= 1u << bit % 32;
    begins[best_a] = 1;
}

sieve *sieve_new(arena *mem, const folding *f, const str *literals, size_t n) {
    sieve *s = arena_zalloc(mem, 1, sizeof *s);
    uint8_t *begins = arena_zalloc(mem, BMP, 1);
    if (!s || !begins) return NULL;
    s->fold = f;
    for (size_t i = 0; i < n; i++) add(s, literals[i], begins);
    for (uint32_t c = 0; c < BMP; c++) {
        uint32_t one = folding_char(f, c);
        bool han = c >= 0x3400 && c < 0xA000;
        if (!han && (!one || !skeleton_holds(one))) s->class[c] |= BETWEEN;
        if (begins[one]) s->class[c] |= BEGINS;
    }
    return s;
}

static bool is_pair(const sieve *s, uint32_t a, uint32_t b) {
    uint32_t bit = pair_bit(a, b);
    return s->pairs[bit / 32] >> bit % 32 & 1;
}

/* Whether a pair begins with c, which ends before byte at. */
static bool begins_pair(const sieve *s, str text, uint32_t c, size_t at) {
    uint32_t a = folding_char(s->fold, c);
    for (int gap = 0; at < text.n && gap <= GAP; gap++) {
        uint32_t next = utf8_next(text, &at);
        bool between = next < BMP && s->class[next] & BETWEEN;
        /* What stands between letters may also be part of a folded literal, such as ".cn". */
        if ((!between || gap == 0) && is_pair(s, a, folding_char(s->fold, next))) return true;
        if (!between) return false;
    }
    return false;
}

size_t sieve_next(const sieve *s, str text, size_t from) {
    const unsigned char *p = (const unsigned char *)text.p;
    for (size_t at = from, start = from; at < text.n; start = at) {
        uint32_t c;
        if (p[at] < 0x80)
            c = p[at++];
        else
            c = utf8_next(text, &at);
        if (c < BMP && s->class[c] & BEGINS && begins_pair(s, text, c, at)) return start;
    }
    return STR_NONE;
}

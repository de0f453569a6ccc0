#include "text/glance.h"
#include "base/utf8.h"

/* A look is EVEN and what a character leaves of the READS_BADLY that it may cost, in bits / 8; for
 * one that ordinary Chinese has seldom and never in a row, ODD more; STRANGE for one that it does
 * not have. */
enum { EVEN = 64, ODD = 0x80, STRANGE = 0xFF };

static uint8_t evened(int left) {
    return (uint8_t)(left < -EVEN ? 0 : left > EVEN - 1 ? 2 * EVEN - 1 : EVEN + left);
}

static uint8_t look_of(uint32_t c) {
    if (c == 0x951F) return STRANGE; /* 锟 of 锟斤拷 */
    /* 烫烫烫, 屯屯屯, 葺葺葺: what is left of text that was destroyed. */
    if (c == 0x70EB || c == 0x5C6F || c == 0x847A) return ODD | EVEN;
    if (c - 0x4E00 < 0x5200) return evened(READS_BADLY - han_cost(c));
    if (c < 0x80) return ascii_cost[c] == COST_CONTROL ? STRANGE : EVEN;
    if (is_chinese_sign(c)) return EVEN;
    bool text = (c >= 0xA0 && c < 0xD800 && c != 0xAD) || (c >= 0xF900 && c < 0xFFFD);
    return text && c != 0xFEFF ? ODD | evened(-4 * BIT) : STRANGE;
}

void glance_fill(glance_table *t) {
    for (uint32_t c = 0; c < GLANCE_CHARS; c++) t->look[c] = look_of(c);
}

/* The look of the character of three bytes at p. */
static inline unsigned look_wide(const uint8_t *look, const unsigned char *p) {
    return look[((unsigned)p[0] << 12) + ((unsigned)p[1] << 6) + p[2] - 0xE2080u];
}

/* What a row of text has shown. */
typedef struct row {
    size_t sum, chars;
    bool odd;   /* the last character was one */
    bool plain; /* none was, nor a control */
} row;

/* Passes over characters of three bytes, four at a time, as long as none is odd. */
static inline size_t pass_wide(row *r, const uint8_t *look, const unsigned char *p, size_t n) {
    size_t at = 0;
    for (; n - at >= 12; at += 12) {
        const unsigned char *q = p + at;
        if (((q[0] ^ 0xE0) | (q[3] ^ 0xE0) | (q[6] ^ 0xE0) | (q[9] ^ 0xE0)) & 0xF0) break;
        unsigned a = look_wide(look, q), b = look_wide(look, q + 3);
        unsigned c = look_wide(look, q + 6), d = look_wide(look, q + 9);
        if ((a | b | c | d) & ODD) break;
        r->sum += a + b + c + d;
        r->chars += 4;
    }
    if (at) r->odd = false;
    return at;
}

/* One character; false when it calls for a closer look. */
static inline bool pass_one(row *r, uint32_t c, unsigned look) {
    bool odd = look & ODD;
    if (look == STRANGE || (odd && r->odd)) return false;
    r->odd = odd;
    if (odd || (c < 0x20 && c != '\t')) r->plain = false;
    r->sum += look & ~(unsigned)ODD;
    r->chars++;
    return true;
}

mojibake_sight glance(const glance_table *t, str text) {
    const unsigned char *p = (const unsigned char *)text.p;
    row r = {0, 0, false, true};
    for (size_t at = 0; at < text.n;) {
        at += pass_wide(&r, t->look, p + at, text.n - at);
        if (at == text.n) break;
        uint32_t c = utf8_next(text, &at);
        if (!pass_one(&r, c, c < GLANCE_CHARS ? t->look[c] : STRANGE)) return MOJIBAKE_SUSPECTED;
    }
    if (r.sum < r.chars * EVEN) return MOJIBAKE_SUSPECTED;
    return r.plain ? MOJIBAKE_PLAIN : MOJIBAKE_NONE;
}

bool glance_is_odd(str text) {
    row r = {0, 0, false, true};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!pass_one(&r, c, look_of(c))) return true;
    }
    return r.sum < r.chars * EVEN;
}

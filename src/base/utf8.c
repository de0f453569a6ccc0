#include "base/utf8.h"

uint32_t utf8_prev(str s, size_t *at) {
    size_t i = *at - 1;
    while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80) i--;
    *at = i;
    size_t step = i;
    return utf8_next(s, &step);
}

static bool follows(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at p, 0 when there is none (Unicode table 3-7). */
static size_t sequence(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2) return 0;
    if (p[0] < 0xE0) return n >= 2 && follows(p[1]) ? 2 : 0;
    if (p[0] < 0xF0) {
        if (n < 3 || !follows(p[1]) || !follows(p[2])) return 0;
        if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
        if (p[0] == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (p[0] > 0xF4 || n < 4 || !follows(p[1]) || !follows(p[2]) || !follows(p[3])) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

size_t utf8_read(const char *p, size_t n, uint32_t *c) {
    size_t length = n ? sequence((const unsigned char *)p, n) : 0;
    size_t at = 0;
    if (length) *c = utf8_next((str){p, n}, &at);
    return length;
}

size_t utf8_write(char *p, uint32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = UTF8_REPLACEMENT;
    if (c < 0x80) return p[0] = (char)c, 1;
    if (c < 0x800) {
        p[0] = (char)(0xC0 | c >> 6);
        p[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 63));
        p[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    p[0] = (char)(0xF0 | c >> 18);
    p[1] = (char)(0x80 | (c >> 12 & 63));
    p[2] = (char)(0x80 | (c >> 6 & 63));
    p[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* Eight bytes at once, and what is looked at in them: two sequences of three bytes, and no more. */
static uint64_t load(const unsigned char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Leads E0 and ED allow only some continuations; all other E1 … EF allow any. */
static bool free_lead(unsigned char c) {
    return 0xDFFEu >> (c & 15) & 1;
}

/* Two sequences of three bytes with such leads: what most of Chinese text is made of. */
static bool two_of_three(const unsigned char *p) {
    static const unsigned char mask[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0, 0};
    static const unsigned char want[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0, 0};
    return (load(p) & load(mask)) == load(want) && free_lead(p[0]) && free_lead(p[3]);
}

static bool eight_ascii(const unsigned char *p) {
    return (load(p) & 0x8080808080808080u) == 0;
}

size_t utf8_valid_prefix(str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 0;
    while (at < s.n) {
        while (s.n - at >= 14 && two_of_three(p + at) && two_of_three(p + at + 6)) at += 12;
        while (s.n - at >= 8 && eight_ascii(p + at)) at += 8;
        if (at == s.n) break;
        size_t length = sequence(p + at, s.n - at);
        if (!length) return at;
        at += length;
    }
    return s.n;
}

str utf8_shown(arena *a, str s) {
    static const char digits[] = "0123456789ABCDEF";
    size_t bad = 0, n = 0;
    for (size_t at = 0; (at += utf8_valid_prefix(str_cut(s, at, s.n))) < s.n; at++) bad++;
    if (!bad) return arena_str(a, s);
    char *p = arena_alloc(a, s.n + 3 * bad + 1);
    if (!p) return (str){NULL, 0};
    for (size_t at = 0; at < s.n; at++) {
        size_t good = utf8_valid_prefix(str_cut(s, at, s.n));
        memcpy(p + n, s.p + at, good);
        n += good;
        at += good;
        if (at == s.n) break;
        unsigned char c = (unsigned char)s.p[at];
        const char shown[4] = {'\\', 'x', digits[c >> 4], digits[c & 15]};
        memcpy(p + n, shown, sizeof shown);
        n += sizeof shown;
    }
    p[n] = '\0';
    return (str){p, n};
}

size_t utf8_count(str s) {
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++) count += !follows((unsigned char)s.p[i]);
    return count;
}

size_t utf8_offset(str s, size_t i) {
    size_t at = 0;
    while (at < s.n && i--) utf8_next(s, &at);
    return at;
}

#include "model/skeleton.h"

#include "base/unicode.h"
#include "base/utf8.h"

/* What a character of the BMP folds to is looked up: 0 for those that fold to several. */
enum { BMP = 0x10000 };

struct folding {
    uint16_t one[BMP];
};

/* Blocks of the BMP whose characters all fold to themselves; and ！（），：；？, which are Chinese
 * marks before they are wide forms of Latin ones: "，" parts clauses where "," may part digits. */
static bool folds_to_itself(uint32_t c) {
    return (c >= 0x3400 && c < 0xA640) || (c >= 0xAC00 && c < 0xF900) || c == 0xFF01 ||
           c == 0xFF08 || c == 0xFF09 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}

/* The letter in white on black, round or square, that NFKC has no other form of; 0: none. */
static uint32_t letter_in_black(uint32_t c) {
    enum { ROUND = 0x1F150, SQUARE = 0x1F170, LETTERS = 26 };
    if (c - ROUND < LETTERS) return 'a' + c - ROUND;
    return c - SQUARE < LETTERS ? 'a' + c - SQUARE : 0;
}

uint32_t folding_char(const folding *f, uint32_t c) {
    uint32_t out[UNICODE_FOLD_MAX];
    if (c < BMP) return f->one[c];
    if (letter_in_black(c)) return letter_in_black(c);
    return unicode_fold_char(c, out) == 1 ? out[0] : 0;
}

static bool add_pair(folding *f, const fold_pair *pair) {
    size_t i = 0, k = 0;
    while (i < pair->from.n && k < pair->to.n) {
        uint32_t from = utf8_next(pair->from, &i), to = utf8_next(pair->to, &k);
        if (from >= BMP || to >= BMP) return false;
        f->one[from] = (uint16_t)to;
    }
    return i == pair->from.n && k == pair->to.n;
}

folding *folding_new(arena *mem, const fold_pair *pairs, size_t n, size_t *which) {
    folding *f = arena_alloc(mem, sizeof *f);
    if (!f) return NULL;
    uint32_t out[UNICODE_FOLD_MAX];
    for (uint32_t c = 0; c < BMP; c++) {
        if (c >= 0xD800 && c < 0xE000)
            f->one[c] = 0;
        else if (folds_to_itself(c))
            f->one[c] = (uint16_t)c;
        else
            f->one[c] = unicode_fold_char(c, out) == 1 && out[0] < BMP ? (uint16_t)out[0] : 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (add_pair(f, &pairs[i])) continue;
        if (which) *which = i;
        return NULL;
    }
    return f;
}

bool skeleton_holds(uint32_t c) {
    if (c < 0x80) return is_ascii_letter(c);
    return is_han(c) || unicode_is_letter(c);
}

bool form_init(form *f, arena *mem, size_t cap) {
    f->n = 0;
    f->cap = cap + cap / 2 + 64;
    f->p = arena_alloc(mem, f->cap);
    f->from = arena_alloc(mem, f->cap * sizeof *f->from);
    f->to = arena_alloc(mem, f->cap * sizeof *f->to);
    return f->p && f->from && f->to;
}

static void put(form *f, uint32_t c, size_t from, size_t to) {
    if (f->cap - f->n < 4) return;
    size_t n = utf8_write(f->p + f->n, c);
    for (size_t i = 0; i < n; i++) {
        f->from[f->n + i] = (uint32_t)from;
        f->to[f->n + i] = (uint32_t)to;
    }
    f->n += n;
}

static void put_both(form *folded, form *skeleton, uint32_t c, size_t from, size_t to) {
    if (folded) put(folded, c, from, to);
    if (skeleton && skeleton_holds(c)) put(skeleton, c, from, to);
}

/* A unified ideograph, of which nearly all Chinese text is made: three bytes in both forms. */
static inline bool is_common_han(uint32_t c) {
    return c - 0x4E00 < 0x5200;
}

static inline void write_han(char *p, uint32_t c) {
    p[0] = (char)(0xE0 | c >> 12), p[1] = (char)(0x80 | (c >> 6 & 63)),
    p[2] = (char)(0x80 | (c & 63));
}

static inline void put_han(form *f, uint32_t c, size_t from) {
    if (f->cap - f->n < 4) return;
    write_han(f->p + f->n, c);
    for (size_t i = f->n; i < f->n + 3; i++)
        f->from[i] = (uint32_t)from, f->to[i] = (uint32_t)from + 3;
    f->n += 3;
}

/* Folds a character that is not one to one. */
static void fold_several(const folding *f, uint32_t c, form *folded) {
    uint32_t out[UNICODE_FOLD_MAX];
    size_t n = unicode_fold_char(c, out);
    for (size_t i = 0; i < n && folded->cap - folded->n >= 4; i++) {
        uint32_t one = folding_char(f, out[i]);
        folded->n += utf8_write(folded->p + folded->n, one ? one : out[i]);
    }
}

void skeleton_fold(const folding *f, str text, form *folded) {
    folded->n = 0;
    for (size_t at = 0; at < text.n && folded->cap - folded->n >= 4;) {
        uint32_t c = utf8_next(text, &at), one = folding_char(f, c);
        if (is_common_han(one))
            write_han(folded->p + folded->n, one), folded->n += 3;
        else if (one)
            folded->n += utf8_write(folded->p + folded->n, one);
        else
            fold_several(f, c, folded);
    }
}

void skeleton_make(const folding *f, str text, form *folded, form *skeleton) {
    uint32_t out[UNICODE_FOLD_MAX];
    if (folded) folded->n = 0;
    if (skeleton) skeleton->n = 0;
    for (size_t at = 0, from = 0; at < text.n; from = at) {
        uint32_t c = utf8_next(text, &at), one = folding_char(f, c);
        if (is_common_han(c) && is_common_han(one)) {
            if (folded) put_han(folded, one, from);
            if (skeleton) put_han(skeleton, one, from);
            continue;
        }
        if (one) {
            put_both(folded, skeleton, one, from, at);
            continue;
        }
        size_t n = unicode_fold_char(c, out);
        for (size_t i = 0; i < n; i++) {
            one = folding_char(f, out[i]);
            put_both(folded, skeleton, one ? one : out[i], from, at);
        }
    }
}

#include "base/unicode.h"

#include "base/utf8.h"

#include <utf8proc.h>

static bool is_control(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
}

static bool is_noncharacter(uint32_t c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/* Selectors of a glyph's form: Mongolian, the sixteen of the BMP, ideographic ones. */
static bool is_selector(uint32_t c) {
    return (c >= 0x180B && c <= 0x180D) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

/* Format characters without a glyph. Interlinear annotation marks and tags are left alone. */
static bool is_formatting(uint32_t c) {
    return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

bool is_invisible(uint32_t c) {
    if (c < 0xA0 || (c >= 0x3001 && c <= 0x3163) || (c >= 0x3165 && c < 0xFDD0))
        return is_control(c);
    return is_formatting(c) || is_selector(c) || is_noncharacter(c);
}

bool is_sentence_end(uint32_t c) {
    switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049: /* ‼ ⁇ ⁈ ⁉ */
    case 0x3002: /* 。 */
    case 0xFE52:
    case 0xFE56:
    case 0xFE57: /* small . ? ! */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61: /* ！ ． ？ ｡ */ return true;
    default: return false;
    }
}

bool is_punctuation(uint32_t c) {
    if (c < 0x80) return c > ' ' && c < 0x7F && !is_ascii_digit(c) && !is_ascii_letter(c);
    if (is_han(c)) return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_SO;
}

/* Where nearly all the marks of Chinese text stand, and no letters. */
static bool is_block_of_marks(uint32_t c) {
    return (c >= 0x2010 && c < 0x2070) || (c >= 0x3000 && c <= 0x3004) ||
           (c >= 0x3008 && c <= 0x3020) || (c >= 0xFF00 && c <= 0xFF20);
}

bool unicode_is_letter(uint32_t c) {
    if (c < 0x80) return is_ascii_letter(c);
    if (is_han(c)) return true;
    if (is_block_of_marks(c)) return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

uint32_t unicode_lower(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

size_t unicode_fold_char(uint32_t c, uint32_t out[UNICODE_FOLD_MAX]) {
    if (c < 0x80) return out[0] = unicode_lower(c), 1;
    utf8proc_int32_t folded[UNICODE_FOLD_MAX];
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, folded, UNICODE_FOLD_MAX,
                                UTF8PROC_COMPAT | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
    if (n > 0 && n <= UNICODE_FOLD_MAX)
        n = utf8proc_normalize_utf32(folded, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n <= 0 || n > UNICODE_FOLD_MAX) return out[0] = c, 1;
    for (utf8proc_ssize_t i = 0; i < n; i++) out[i] = unicode_lower((uint32_t)folded[i]);
    return (size_t)n;
}

/* The code points of s in NFKC; their number in *n. NULL when memory is out. */
static utf8proc_int32_t *decompose(arena *a, str s, size_t *n) {
    utf8proc_option_t options =
        (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
    utf8proc_ssize_t need = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, NULL, 0, options);
    if (need < 0) return NULL;
    /* utf8proc writes one element more in places; it asks for room for it. */
    utf8proc_int32_t *points = arena_alloc(a, ((size_t)need + 1) * sizeof *points);
    if (!points) return NULL;
    need = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, points, need, options);
    if (need >= 0) need = utf8proc_normalize_utf32(points, need, options);
    if (need < 0) return NULL;
    *n = (size_t)need;
    return points;
}

str unicode_fold(arena *a, str s) {
    size_t n = 0, at = 0;
    if (!s.n) return (str){"", 0};
    utf8proc_int32_t *points = decompose(a, s, &n);
    char *p = points ? arena_alloc(a, 4 * n + 1) : NULL;
    if (!p) return (str){NULL, 0};
    for (size_t i = 0; i < n; i++) at += utf8_write(p + at, unicode_lower((uint32_t)points[i]));
    p[at] = '\0';
    arena_shrink(a, p, 4 * n + 1, at + 1);
    return (str){p, at};
}

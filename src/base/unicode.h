/* unicode: what characters are. The classes that text is judged by are our own; folding and
 * normalization come from utf8proc. */
#ifndef QW_BASE_UNICODE_H
#define QW_BASE_UNICODE_H

#include "base/arena.h"

#include <stdint.h>

/* Han ideographs: the unified blocks, their extensions, compatibility ideographs and 〇. */
static inline bool is_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

static inline bool is_ascii_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static inline bool is_ascii_letter(uint32_t c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Blanks that are seen as empty space in a line: space, tab, no-break and the other wide and narrow
 * spaces, U+3000. Not zero-width ones. */
static inline bool is_space(uint32_t c) {
    if (c > 0x3000) return false; /* most text */
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Characters that leave no mark on the page and do not belong in clean text: zero-width spaces and
 * joiners, BOMs, directional marks, soft hyphens, variation selectors after Han, C0 and C1 controls
 * but tab and line feed, and noncharacters. */
bool is_invisible(uint32_t c);

/* Chinese and ASCII marks that end a sentence: 。！？…. ! ? and their kin. */
bool is_sentence_end(uint32_t c);

/* Punctuation and symbols of any script. */
bool is_punctuation(uint32_t c);

/* Letters of any script, ideographs too; no marks, no numbers. */
bool unicode_is_letter(uint32_t c);

/* The lower-case form of c, or c. */
uint32_t unicode_lower(uint32_t c);

/* The most code points that one folds to (U+FDFA). */
enum { UNICODE_FOLD_MAX = 18 };

/* NFKC, then lower case, of one character on its own; returns the number of code points, which is
 * never 0. For text this is unicode_fold() but for marks that compose with what stands before. */
size_t unicode_fold_char(uint32_t c, uint32_t out[UNICODE_FOLD_MAX]);

/* NFKC, then lower case, of s; {NULL, 0} when memory is out. */
str unicode_fold(arena *a, str s);

#endif

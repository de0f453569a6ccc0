/* str: a slice of bytes, usually UTF-8, that somebody else owns.
 *
 * A str is passed by value and never freed. It need not end in NUL. */
#ifndef QW_BASE_STR_H
#define QW_BASE_STR_H

#include "qingwen.h"

#include <string.h>

typedef qw_str str;

/* A str of a string literal, usable in constant initializers. */
#define STR_INIT(literal)                                                                          \
    { "" literal, sizeof(literal) - 1 }
#define STR(literal) ((str)STR_INIT(literal))

static inline str str_make(const char *p, size_t n) {
    return (str){p, n};
}

static inline str str_of(const char *z) {
    return (str){z, z ? strlen(z) : 0};
}

static inline bool str_eq(str a, str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(str s, str head) {
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

static inline bool str_ends(str s, str tail) {
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

/* The bytes [from, to) of s; both ends are clamped to s. */
static inline str str_cut(str s, size_t from, size_t to) {
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (str){s.p ? s.p + from : s.p, to - from};
}

#define STR_NONE ((size_t)-1)

/* Offset of the first needle in s at or after from, or STR_NONE. */
size_t str_find(str s, str needle, size_t from);

/* Offset of the first byte c in s at or after from, or STR_NONE. */
size_t str_find_byte(str s, char c, size_t from);

/* Is no byte above 0x7F in it? */
bool str_is_ascii(str s);

/* s without ASCII blanks (space, tab, CR, LF, FF, VT) at both ends. */
str str_trim(str s);

/* Takes the text up to the separator off the front of *rest. Returns false when *rest is used up.
 * "a,,b" gives "a", "", "b"; the empty string gives nothing. */
bool str_next(str *rest, char separator, str *field);

/* Compares as bytes: <0, 0, >0. */
int str_cmp(str a, str b);

/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(str a, str b);

#endif

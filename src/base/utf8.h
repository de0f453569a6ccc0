/* utf8: stepping through, checking and writing UTF-8 (RFC 3629: no surrogates, no overlong forms,
 * nothing above U+10FFFF). */
#ifndef QW_BASE_UTF8_H
#define QW_BASE_UTF8_H

#include "base/arena.h"

#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* The code point at s.p[*at]; moves *at past it. s must be valid UTF-8 and *at < s.n. This is the
 * fast step for text inside a document, which is always valid. */
static inline uint32_t utf8_next(str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (p[0] < 0x80) return *at += 1, p[0];
    if (p[0] < 0xE0) return *at += 2, (uint32_t)(p[0] & 31) << 6 | (p[1] & 63);
    if (p[0] < 0xF0)
        return *at += 3, (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    *at += 4;
    return (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 63) << 12 | (uint32_t)(p[2] & 63) << 6 |
           (p[3] & 63);
}

/* The code point that ends just before *at; moves *at back to its start. *at > 0. */
uint32_t utf8_prev(str s, size_t *at);

/* Reads one code point from bytes that may be anything. Returns its length in bytes, or 0 when the
 * bytes at p are not the start of a well-formed sequence of at most n bytes. */
size_t utf8_read(const char *p, size_t n, uint32_t *c);

/* Writes c to p (room for 4 bytes) and returns the bytes written. c must be a Unicode scalar
 * value; anything else is written as U+FFFD. */
size_t utf8_write(char *p, uint32_t c);

/* Length of the longest prefix of s that is well-formed UTF-8; s.n when all of it is. */
size_t utf8_valid_prefix(str s);

/* A name that may be any bytes, as UTF-8: itself when it is; otherwise a copy in the arena in which
 * each byte that is ill-formed reads "\\xNN". {NULL, 0} when memory is out. NUL-terminated. */
str utf8_shown(arena *a, str s);

/* Number of code points in valid UTF-8. */
size_t utf8_count(str s);

/* Offset of the code point with index i (0 based), or s.n when there are fewer. */
size_t utf8_offset(str s, size_t i);

#endif

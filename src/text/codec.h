/* codec: what a family of encodings can do. Private to src/text.
 *
 * next() reads one character, run() as many as it can at speed, bad() says how long the ill-formed
 * piece is at which both stopped. None of them keeps state; encodings that need state have no codec
 * (state.h). */
#ifndef QW_TEXT_CODEC_H
#define QW_TEXT_CODEC_H

#include "base/utf8.h"
#include "text/encoding.h"
#include "text/wide.h"

#include <stdint.h>

typedef struct codec {
    /* The character at p: returns its length in bytes and sets *c, or 0 when p does not start a
     * well-formed one within n bytes. n > 0. */
    size_t (*next)(const encoding *e, const uint8_t *p, size_t n, uint32_t *c);
    /* Length of the ill-formed piece at p, where next() gave 0. At least 1, holds no line end. */
    size_t (*bad)(const encoding *e, const uint8_t *p, size_t n);
    /* Decodes up to the first ill-formed piece or the end. Returns bytes read; moves *out past what
     * was written (room for 3 bytes an input byte, and 16 more); adds to *npua. NULL: by next(). */
    size_t (*run)(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua);
} codec;

struct encoding {
    const char *name;
    const char *labels;
    const codec *codec; /* NULL: state.h */
    unsigned unit;
    int page; /* of codec_single */
};

/* A character that next() gives may be two code points (Big5-HKSCS): the second stands above bit
 * 21. */
static inline uint32_t codec_first(uint32_t c) {
    return c & 0x1FFFFF;
}
static inline uint32_t codec_second(uint32_t c) {
    return c >> 21;
}

/* Writes what next() gave; at most 8 bytes. */
size_t codec_write(char *out, uint32_t c);

static inline bool is_private(uint32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFF);
}

/* codec_double.c: two bytes and more, by tables */
extern const codec codec_gb18030, codec_big5, codec_hkscs, codec_sjis, codec_eucjp, codec_euckr;
/* codec_unicode.c */
extern const codec codec_utf8, codec_utf16le, codec_utf16be, codec_utf32le, codec_utf32be;
/* codec_single.c */
extern const codec codec_single;

/* utf8_check.c: length of the longest prefix that is well-formed UTF-8; as utf8_valid_prefix(), for
 * much text. */
size_t utf8_good(const uint8_t *p, size_t n);

/* The two-byte code of GB18030 as a character, 0 when there is none. trail >= 0x40. */
uint32_t gb18030_two(uint8_t lead, uint8_t trail);
uint32_t big5_two(uint8_t lead, uint8_t trail);

#endif

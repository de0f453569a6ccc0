/* decode: bytes in one encoding to UTF-8.
 *
 * The result is always well-formed UTF-8. A piece that cannot be decoded (maximal, as the Unicode
 * standard recommends for UTF-8) becomes one U+FFFD and is listed. Line feeds and carriage returns
 * survive as they are: no ill-formed piece holds one, so the units 0x0A and 0x0D of the source are
 * as many as those of the text. NUL and control bytes decode to themselves. */
#ifndef QW_TEXT_DECODE_H
#define QW_TEXT_DECODE_H

#include "base/arena.h"
#include "text/detect.h"
#include "text/encoding.h"

#include <stdint.h>

/* Source bytes that stand as U+FFFD. */
typedef struct bad_bytes {
    uint64_t off;
    uint32_t len;
    size_t at; /* where the U+FFFD stands in the text, in bytes */
} bad_bytes;

typedef struct decoded {
    str text;
    bad_bytes *bad;
    size_t nbad;
    size_t npua;   /* code points of private use areas: kept, worth a notice */
    bool borrowed; /* text is the input itself: it was well-formed UTF-8 */
} decoded;

/* Decodes n bytes; base is added to bad[].off. The results live in mem or in p. A BOM is decoded
 * like any other character (U+FEFF): skip stretch.bom bytes first. False when memory is out. */
bool decode(arena *mem, const encoding *e, const uint8_t *p, size_t n, uint64_t base, decoded *out);

/* decode() of a stretch of the source p, without its BOM; bad[].off counts from the start of the
 * source. What detection has validated is not validated again. */
bool decode_stretch(arena *mem, const stretch *s, const uint8_t *p, decoded *out);

/* Puts \xNN for each undecodable byte in place of U+FFFD; bad[].off must count from p on. False
 * when memory is out. */
bool decode_spell_bad(arena *mem, const uint8_t *p, decoded *d);

/* Does p, of n > 0 bytes, start with a character of e? True where only a conversion from the start
 * could tell. */
bool decodable(const encoding *e, const uint8_t *p, size_t n);

/* Source offset (in p) of the character at UTF-8 offset `at` of decode(e, p, n); n at the end.
 * `spelt`: decode_spell_bad() came after it. Exact; linear in n. */
size_t decode_place(const encoding *e, const uint8_t *p, size_t n, size_t at, bool spelt);

#endif

/* detect: which encodings bytes are in.
 *
 * Every candidate decodes the bytes, and one model of characters (score.h) says how many bits the
 * text costs; the cheapest wins, and the margin is what the runner-up costs more. Bytes that hold
 * several encodings are cut into stretches of one each. */
#ifndef QW_TEXT_DETECT_H
#define QW_TEXT_DETECT_H

#include "base/arena.h"
#include "text/encoding.h"

#include <stdint.h>

typedef enum text_language {
    LANG_NONE,
#define LANGUAGE(id, tag) LANG_##id,
#include "text/languages.def"
#undef LANGUAGE
    LANG_COUNT
} text_language;

/* BCP 47: "zh-Hans", "ja", "ru"; "" for LANG_NONE. */
const char *text_language_tag(text_language language);

typedef struct stretch {
    uint64_t off, len; /* bytes */
    const encoding *enc;
    float margin; /* bits over the runner-up */
    uint8_t bom;  /* length of the BOM at its start, part of len */
    bool valid;   /* known to be well-formed in enc; for UTF-8 the bytes are the text */
    bool damaged; /* a single byte that is in the way of what follows, to be U+FFFD */
} stretch;

typedef struct detection {
    const encoding *enc;    /* of the largest part; NULL when binary */
    const encoding *second; /* the runner-up; NULL when nothing else came near */
    const encoding
        *also[3]; /* when unsure: what else is possible, second among it; NULL: no more */
    float margin; /* bits that the runner-up costs more */
    text_language language;
    bool bom;
    bool unsure; /* the margin is small: enc and second are both possible */
    bool binary; /* not text in any encoding */
} detection;

enum { UNDECODABLE_NOTED = 100 }; /* places in a stretch that a notice is given for */

/* Cuts the bytes into stretches of one encoding each: in order, without gaps, every byte in exactly
 * one. Empty input gives none. forced != NULL: one stretch of it, but for a BOM of the same
 * encoding. *out lives in mem. whole may be NULL. Binary input gives one stretch of windows-1252
 * and whole->binary. Linear in n. False when memory is out. */
bool detect_stretches(arena *mem, const uint8_t *p, size_t n, const encoding *forced, stretch **out,
                      size_t *count, detection *whole);

/* Length of the BOM of e that the bytes start with; 0 when they do not. */
unsigned bom_length(const encoding *e, const uint8_t *p, size_t n);

/* The one encoding that fits best; looks at no more than 64 KiB. For names and short strings. */
void detect(const uint8_t *p, size_t n, detection *out);

#endif

/* sample: the bytes that a detection looks at, and what they hold. Private to src/text. */
#ifndef QW_TEXT_SAMPLE_H
#define QW_TEXT_SAMPLE_H

#include "text/single.h"

enum {
    SAMPLE = SINGLE_MOST,
    LOOKED_AT = 64 * 1024, /* bytes in which a sample is looked for */
};

typedef struct sample {
    uint8_t p[SAMPLE];
    size_t n;
    size_t high;     /* bytes from 0x80 on */
    size_t controls; /* control bytes that no text has, NUL among them */
    size_t spaces;   /* of ASCII */
    size_t signs;    /* 0x40: the space of EBCDIC */
    bool escapes;    /* ESC, or ~{ */
    bool cut;        /* the bytes go on */
} sample;

/* The start of the bytes; when those are ASCII for long, the lines in which they are not. */
void sample_take(const uint8_t *p, size_t n, sample *s);

/* Long enough and well-formed UTF-8: no other encoding gets there by chance. */
bool sample_is_utf8(const sample *s);

#endif

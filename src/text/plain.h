/* plain: lines of Chinese in which nothing is odd, decoded and judged in one look at each code.
 * Private to src/text.
 *
 * Nearly all lines of nearly all files are plain: printable ASCII, ideographs, Chinese punctuation,
 * and they cost no more than Chinese does (score.h). A plain line reads well (reads.h), has nothing
 * that mojibake.h would look at, and no invisible character. */
#ifndef QW_TEXT_PLAIN_H
#define QW_TEXT_PLAIN_H

#include "text/encoding.h"

#include <stdint.h>

/* Whether lines in e can be read this way. */
bool plain_known(const encoding *e);

typedef struct plain_line {
    size_t read; /* bytes, up to the first character that is not plain */
    bool plain;  /* all were read, and they cost no more than Chinese */
    bool cr;     /* there are carriage returns in what was read */
} plain_line;

/* Reads a line of n bytes with its line end, and writes what it decodes to *out, which moves past
 * it. Room for 3 bytes an input byte is needed, and 16 more. */
plain_line plain_read(const encoding *e, const uint8_t *p, size_t n, char **out);

#endif

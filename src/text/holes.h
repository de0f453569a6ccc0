/* holes: UTF-8 of which single bytes were lost. Private to src/text. */
#ifndef QW_TEXT_HOLES_H
#define QW_TEXT_HOLES_H

#include "base/arena.h"

#include <stdint.h>

enum { HOLE_BYTE = 0x100 };

/* Bytes, of which some are not known. */
typedef struct holed {
    uint16_t *p;
    size_t n;
} holed;

/* Decodes UTF-8 with holes. Where one byte of a character is missing, the character that fits best
 * between its neighbours is put in if it is far ahead of the second best, U+FFFD otherwise. *bad
 * counts ill-formed pieces that are no holes. by_1252: a hole is one of the bytes that windows-1252
 * does not define. NULL when memory is out. */
str holes_fill(arena *mem, const holed *bytes, bool by_1252, size_t *bad);

#endif

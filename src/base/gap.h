/* gap: text with a gap, for many replacements near one another. A replacement costs its own bytes
 * and the way from the last one. */
#ifndef QW_BASE_GAP_H
#define QW_BASE_GAP_H

#include "base/arena.h"

typedef struct gap {
    char *p;
    size_t start, end; /* the gap: no text stands there */
    size_t cap;
} gap;

/* A copy of text with room for `room` more bytes. False when memory is out. */
bool gap_begin(gap *g, arena *mem, str text, size_t room);

/* Puts `with` in the place of `what`, which must stand at byte `at`. False when it does not, or
 * when the room is used up; then nothing is changed. */
bool gap_replace(gap *g, size_t at, str what, str with);

/* The text; good until the next replacement. */
str gap_text(gap *g);

#endif

/* mojibake: text that was decoded in the wrong encoding, put right again.
 *
 * A chain (wrong, right) is undone by encoding the text in the wrong encoding and decoding it in
 * the right one; at most two chains lie on top of one another. It is done where the result costs
 * fewer bits than the text by a wide margin (score.h) and reads well by itself, for each piece of a
 * line on its own. What was lost on the way is filled in only when one character stands out, and is
 * U+FFFD otherwise. Clean text is not touched, and no character is ever normalized. */
#ifndef QW_TEXT_MOJIBAKE_H
#define QW_TEXT_MOJIBAKE_H

#include "base/arena.h"
#include "base/str.h"

typedef struct mojibake_tools mojibake_tools;

/* What the repair needs; immutable, for any number of threads. NULL when memory is out. */
const mojibake_tools *mojibake_tools_new(arena *mem);

typedef enum mojibake_kind {
    MOJIBAKE_REPAIRED,
    MOJIBAKE_PARTLY,    /* repaired, with U+FFFD where bytes were lost */
    MOJIBAKE_DESTROYED, /* nothing can be done: 锟斤拷, 烫烫烫, a run of U+FFFD */
} mojibake_kind;

typedef struct mojibake {
    size_t from, to; /* bytes of the line */
    mojibake_kind kind;
    str text;    /* what should stand there; empty when destroyed */
    str how;     /* "UTF-8 read as windows-1252", or what destroyed it */
    size_t lost; /* characters that are U+FFFD in text */
    float gain;  /* bits that the text costs less */
} mojibake;

/* What one look at each character of a line shows. */
typedef enum mojibake_sight {
    MOJIBAKE_PLAIN, /* no mojibake, and no invisible character either: Chinese, its punctuation,
                       printable ASCII and tabs */
    MOJIBAKE_NONE,
    MOJIBAKE_SUSPECTED,
} mojibake_sight;

/* A look at well-formed UTF-8. All that most clean lines cost. */
mojibake_sight mojibake_look(const mojibake_tools *tools, str line);

/* The same without tools, slowly: false for clean Chinese and ASCII. */
bool mojibake_possible(str line);

/* Finds the mojibake in one line (or any short text) of well-formed UTF-8 that mojibake_look()
 * suspects: *count findings in order, in mem. False when memory is out. */
bool mojibake_search(const mojibake_tools *tools, arena *mem, str line, mojibake **out,
                     size_t *count);

/* mojibake_search() where mojibake_look() suspects something. */
bool mojibake_find(const mojibake_tools *tools, arena *mem, str line, mojibake **out,
                   size_t *count);

#endif

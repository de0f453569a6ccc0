/* kinds: of how many different characters a text consists. Private to src/text.
 *
 * A row of one character (a sound, a rule, a line of boxes) proves no more than one of them does:
 * what a reading saves on it is no evidence for that reading. */
#ifndef QW_TEXT_KINDS_H
#define QW_TEXT_KINDS_H

#include "base/str.h"

typedef struct kinds {
    size_t kinds; /* different characters, of those that count */
    size_t chars; /* that count: neither ASCII nor punctuation of Chinese */
} kinds;

/* Counts those of well-formed UTF-8; beyond the Basic Multilingual Plane each is of its own kind.
 */
kinds kinds_of(str text);

/* Is all that is not ASCII or punctuation of Chinese box drawing or blocks, and is there some? */
bool is_drawing(str text);

#endif

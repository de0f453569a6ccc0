/* glance: the look that spares clean text the search for mojibake. Private to src/text.
 *
 * Clean Chinese is ASCII, ideographs that are common, its punctuation, and now and then something
 * else by itself. All that most text of most files costs is one look at each of its characters. */
#ifndef QW_TEXT_GLANCE_H
#define QW_TEXT_GLANCE_H

#include "text/mojibake.h"
#include "text/score.h"

/* What a wide character of a line costs, on average, from where on the line is suspicious. */
enum { READS_BADLY = 25 * BIT / 2 };

enum { GLANCE_CHARS = 0x10000 };

typedef struct glance_table {
    uint8_t look[GLANCE_CHARS]; /* by character */
} glance_table;

void glance_fill(glance_table *t);

/* A look at well-formed UTF-8. */
mojibake_sight glance(const glance_table *t, str text);

/* The same without a table, slowly; false for clean text. */
bool glance_is_odd(str text);

#endif

/* summary: what came of a run, counted by encoding, filter and rule. */
#ifndef QW_CLI_SUMMARY_H
#define QW_CLI_SUMMARY_H

#include "say.h"

/* Names with how often they came. Bounded: what comes after is not told apart. */
typedef struct counted {
    char *name;
    uint64_t n;
} counted;

typedef struct counts {
    counted *all;
    size_t n, cap;
    uint64_t others;
} counts;

typedef struct summary {
    counts encodings, filters, rules;
} summary;

/* Takes in the facts of a document (facts.h), packed. */
void summary_add(summary *s, const text *facts);

/* Adds lines for people, or members of an object for programs, each after a comma; the most
 * frequent first. */
void summary_say(summary *s, text *t, qw_language language);
void summary_put(summary *s, text *t);

void summary_free(summary *s);

#endif

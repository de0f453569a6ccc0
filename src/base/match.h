/* match: all occurrences of many literals in one pass over bytes (Aho–Corasick).
 *
 * A matcher is immutable once built and may serve any number of threads. Time is linear in the text
 * and in what is found, whatever the literals are; building is linear in the literals. */
#ifndef QW_BASE_MATCH_H
#define QW_BASE_MATCH_H

#include "base/arena.h"

#include <stdint.h>

typedef struct matcher matcher;

/* A matcher for n literals, which are not copied and must live as long as it; empty ones are never
 * found. n may be 0. Lives in mem; NULL when memory is out or the literals have
 * more than 64 MiB. */
matcher *matcher_new(arena *mem, const str *literals, size_t n);

/* An occurrence: bytes [at, at + n) are the literal with that index. */
typedef struct match {
    size_t at, n;
    uint32_t literal;
} match;

/* A walk through the occurrences in a text. */
typedef struct match_scan {
    const matcher *of;
    str text;
    size_t at;
    uint32_t state;   /* after the bytes before `at` */
    uint32_t ending;  /* state whose literals are being reported; 0: none */
    uint32_t literal; /* the next to report there, or UINT32_MAX */
} match_scan;

/* Starts a walk; the text must outlive it. */
match_scan match_begin(const matcher *m, str text);

/* The next occurrence, in order of where they end, longer ones first. Occurrences may overlap;
 * equal literals are each reported. False when there are no more. */
bool match_next(match_scan *scan, match *out);

#endif

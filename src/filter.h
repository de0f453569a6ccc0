/* filter: what a filter is, and all that it may see.
 *
 * A filter reads text and structure and enters edits in the journal; it knows nothing of XML,
 * files, encodings or threads. It is one file, filters/NAME.c, with a const descriptor
 * `filter_NAME` at its bottom and a line in filters/filters.def; its rules, if any, are data in
 * filters/NAME.rules beside it. See docs/FILTERS.md. */
#ifndef QW_FILTER_H
#define QW_FILTER_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/match.h"
#include "base/regex.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "model/doc.h"
#include "model/edit.h"
#include "model/label.h"
#include "model/numeral.h"
#include "model/rules.h"
#include "model/wording.h"
#include "text/mojibake.h"
#include "text/place.h"

/* A filter in its place in a chain: immutable and shared by all threads that run the chain. */
typedef struct stage {
    const struct filter *filter;
    const long *options;  /* in the order of the descriptor's table */
    const ruleset *rules; /* shipped and users' rules for this filter; NULL when it has none */
    const void *state;    /* what setup() made; NULL without */
} stage;

typedef struct filter {
    qw_filter_info info;

    /* Prepares what the stage needs, in mem, which lives as long as the chain. Returns false after
     * fail(). May be NULL. */
    bool (*setup)(stage *s, arena *mem, qw_error *why);

    /* One of the two; the other is NULL. block() is called for each paragraph that stands, in
     * order; block filters that follow one another run paragraph by paragraph. document() sees the
     * whole, and must take no more than a constant number of passes over it. */
    void (*block)(const stage *s, doc *d, uint32_t index);
    void (*document)(const stage *s, doc *d);

    /* Looks at what is beside the text: doc.read_more is called before the chain runs. */
    bool beyond;

    /* The filter whose rules it works with, when it has none of its own; NULL: none. */
    const char *borrows;
} filter;

/* The value of the option with index i in the descriptor's table. */
static inline long stage_option(const stage *s, size_t i) {
    return s->options[i];
}

/* For descriptors: an option table and its length. */
#define FILTER_OPTIONS(table) .options = (table), .noptions = sizeof(table) / sizeof *(table)

#endif

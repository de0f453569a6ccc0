/* numbering: what the parts of the filter share.
 *
 *   numbering_runs.c        collects the labels, ties them into runs, counts
 *   numbering_references.c  whom what the text says of numbers (见第三条) means
 *   numbering_forms.c, numbering_spoken.c  how the text says it
 *   numbering_renumber.c    new numbers and labels, and the changes they ask for
 *   numbering.c             the filter: reports, fixes, renumbers
 *
 * Everything lives in the document's arena. */
#ifndef QW_FILTERS_NUMBERING_H
#define QW_FILTERS_NUMBERING_H

#include "filter.h"

enum numbering_scheme { SCHEME_KEEP, SCHEME_GONGWEN, SCHEME_DECIMAL, SCHEME_LEGAL };

#define NO_ITEM UINT32_MAX

/* Kinds beyond the schemes of labels. */
#define KIND_FORMAL  31u /* 壹、 */
#define KIND_UNIT    32u
#define KIND_DECIMAL 48u
#define KIND_FIGURE  60u
#define KIND_TABLE   61u
#define KINDS        64

/* A label in its run. */
typedef struct item {
    uint32_t block;
    label label;
    uint32_t expected; /* its number in a run that is in order */
    uint32_t run;
    uint32_t next;               /* of the same run */
    uint32_t parent;             /* the item it stands under; NO_ITEM: none */
    uint32_t parts[LABEL_PARTS]; /* decimals: the new number */
    str written;                 /* the new label, when the scheme changes; else {NULL, 0} */
    uint8_t level;               /* 0: a list item */
    uint8_t kind;
} item;

typedef struct run {
    uint32_t first, last; /* items */
    uint32_t count;
    uint32_t wrong;      /* items whose number is not the expected one */
    uint32_t odd;        /* the last of them */
    const char *refused; /* why its numbers stay; NULL: they may change */
} run;

/* What a place in the text says of an item. */
typedef struct reference {
    uint32_t block;
    uint32_t at, n; /* the number in the block's text; `whole`: the label and the blank after it */
    uint32_t target;
    bool whole;
} reference;

typedef struct listing {
    doc *d;
    item *items;
    size_t nitems, items_cap;
    run *runs;
    size_t nruns;
    const item **sorted; /* by kind, number and parent */
    reference *references;
    size_t nreferences, references_cap;
    const char *refused[KINDS]; /* why no run of a kind may change; NULL: they may */
} listing;

/* Collects labelled headings and list items, and captions when asked; finds parents. */
void collect_items(listing *x, bool captions);

/* Ties the items into runs, and counts in each what number an item should have. */
void make_runs(listing *x);

/* Members from which on a run shows how its labels are spelled. */
#define RUN_LEAST 3

/* How a label is spelled, as a number below SPELLINGS: what labels of one run should share. */
enum { SPELLINGS = 64 };
unsigned label_spelling(const label *l);

/* Which labels may be of one run: a number below KINDS. */
unsigned label_kind(const label *l);

/* The spelling that most of the run has. */
unsigned run_spelling(const listing *x, const run *r);

/* Enters a finding at the label of an item. */
void numbering_report(const listing *x, const item *it, const char *id, int score, str why);

/* Reports what differs between runs: spellings, and kinds that stand under one another both ways.
 */
void numbering_report_styles(const listing *x);

/* The label of an item as it stands. */
str item_label(const listing *x, const item *it);

/* Finds references to items whose number or label is to change, and their lines in a table of
 * contents. Where it cannot be told which item is meant, the runs in question are refused; so are
 * those that would bring up a number that the text speaks of and no label has. `relabelled`: labels
 * change altogether, and every run that a sentence refers to is refused. One pass over the text. */
void find_references(listing *x, bool relabelled);

/* Why the numbers of an item's run stay as they are; NULL: they may change. */
const char *item_refused(const listing *x, const item *it);

/* Whether four of five headings have labels of the scheme: then the document is in it, and its
 * numbers are only counted anew. */
bool has_scheme(const listing *x, enum numbering_scheme scheme);

/* Renumbers all runs that are not refused, and rewrites what refers to them. */
void renumber_items(listing *x, enum numbering_scheme scheme);

/* The number in the spelling of the label's own; its bytes, 0 when it has none for it. to has
 * 3 * NUMERAL_ROOM bytes. */
size_t respell_number(const listing *x, const item *it, char *to);

/* The same for a number that stands in text. */
size_t respell(str old, uint32_t value, char *to);

/* An array with room for one more element: the old one, or a copy of twice its size. NULL after a
 * failure. */
void *numbering_room(doc *d, void *array, size_t n, size_t *cap, size_t size);

#endif

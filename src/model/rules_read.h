/* rules_read: the text of rule files. Internal to model/rules.c. */
#ifndef QW_MODEL_RULES_READ_H
#define QW_MODEL_RULES_READ_H

#include "model/rules.h"

/* A growing list in an arena. */
typedef struct list {
    void *items;
    size_t n, cap;
} list;

/* Room for one more item of size bytes at the list's end, zeroed; NULL when memory is out. */
void *list_add(arena *mem, list *l, size_t size);

/* A rule as it is written, before its expression is compiled. */
typedef struct draft {
    rule rule;
    str expression;    /* empty: none */
    list alternatives; /* of str: further ones */
    str letters;       /* all letters of what it finds, instead of an expression; empty: none */
    unsigned regex_options;
    list literals, unless; /* of str, as written */
    list gone, stays;      /* of str: examples */
    bool foreign; /* written for another program: refused alone when it is not understood */
    str refusal;  /* why it is refused; empty: it is not */
} draft;

/* What some files say. */
typedef struct rule_texts {
    list drafts;   /* of draft */
    list folds;    /* of fold_pair */
    list silenced; /* of str: ids */
} rule_texts;

/* Reads one file and adds what it says about a filter. `owner` is the filter of rules that do not
 * name one. All strings are slices of text or in mem. False after fail(): also when two rules of
 * the file have one id, whatever their filters are. */
bool rules_read(arena *mem, str name, str text, str owner, str filter, rule_texts *out,
                qw_error *why);

#endif

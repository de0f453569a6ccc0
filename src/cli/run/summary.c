#include "run/summary.h"

#include "pipe/json.h"
#include "state/facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTS_MOST = 500 };

/* ---- Counting ------------------------------------------------------------------------------ */

static counted *find(counts *c, const char *name) {
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->all[i].name, name) == 0) return &c->all[i];
    return NULL;
}

static counted *append(counts *c, const char *name) {
    if (c->n == COUNTS_MOST) return NULL;
    if (c->n == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 16;
        counted *p = realloc(c->all, cap * sizeof *p);
        if (!p) return NULL;
        c->all = p;
        c->cap = cap;
    }
    text own = {0};
    if (!text_put(&own, name)) return NULL;
    c->all[c->n] = (counted){own.p, 0};
    return &c->all[c->n++];
}

static void count(counts *c, const char *name, uint64_t n) {
    counted *one = find(c, name);
    if (!one) one = append(c, name);
    if (one)
        one->n += n;
    else
        c->others += n;
}

void summary_add(summary *s, const text *packed) {
    unpacker u = {text_z(packed), text_z(packed) + packed->n, false};
    facts f;
    rule_fact r;
    text name = {0};
    if (packed->n == 0) return;
    facts_unpack(&u, &f);
    text_add(&name, f.encoding.p, f.encoding.n);
    if (name.n) count(&s->encodings, text_z(&name), 1);
    for (uint32_t i = 0; i < f.nrules && !u.failed; i++) {
        facts_unpack_rule(&u, &r);
        if (r.done == 0) continue;
        text_clear(&name);
        text_add(&name, r.filter.p, r.filter.n);
        count(&s->filters, text_z(&name), r.done);
        if (r.rule.n == 0) continue;
        text_put(&name, "/");
        text_add(&name, r.rule.p, r.rule.n);
        count(&s->rules, text_z(&name), r.done);
    }
    text_free(&name);
}

/* ---- Telling ------------------------------------------------------------------------------- */

static int by_count(const void *a, const void *b) {
    const counted *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp(x->name, y->name);
}

static void sort(counts *c) {
    if (c->n) qsort(c->all, c->n, sizeof *c->all, by_count);
}

static void say_counts(counts *c, text *t, qw_language language, say_id what) {
    text list = {0};
    if (c->n == 0) return;
    sort(c);
    for (size_t i = 0; i < c->n; i++)
        text_printf(&list, "%s%s %" PRIu64, i ? ", " : "", c->all[i].name, c->all[i].n);
    if (c->others) text_printf(&list, ", … %" PRIu64, c->others);
    say_error(t, language, NULL, what, WORDS(text_z(&list)));
    text_free(&list);
}

void summary_say(summary *s, text *t, qw_language language) {
    say_counts(&s->encodings, t, language, SAY_SUM_ENCODINGS);
    say_counts(&s->filters, t, language, SAY_SUM_FILTERS);
    say_counts(&s->rules, t, language, SAY_SUM_RULES);
}

static void put_counts(counts *c, text *t, const char *name) {
    text_printf(t, ",\"%s\":{", name);
    sort(c);
    for (size_t i = 0; i < c->n; i++) {
        if (i) text_put(t, ",");
        json_put_string(t, str_z(c->all[i].name), false);
        text_printf(t, ":%" PRIu64, c->all[i].n);
    }
    text_put(t, "}");
}

void summary_put(summary *s, text *t) {
    put_counts(&s->encodings, t, "encodings");
    put_counts(&s->filters, t, "filters");
    put_counts(&s->rules, t, "rules");
}

static void counts_free(counts *c) {
    for (size_t i = 0; i < c->n; i++) free(c->all[i].name);
    free(c->all);
}

void summary_free(summary *s) {
    counts_free(&s->encodings);
    counts_free(&s->filters);
    counts_free(&s->rules);
    *s = (summary){.encodings = {0}};
}

/* Styles: what differs between the runs of one document: labels of one kind that are spelled in two
 * ways (1. here and 1、 there), and kinds that stand under one another in both orders. */
#include "numbering.h"

/* Labels of one kind that show how it is spelled in the document. */
#define USUAL_LEAST 3

unsigned label_spelling(const label *l) {
    unsigned mark = l->separator == '.'      ? 1
                    : l->separator == 0xFF0E ? 2
                    : l->separator == 0x3001 ? 3
                    : l->separator == ')'    ? 4
                    : l->separator == 0xFF09 ? 5
                    : l->separator           ? 6
                                             : 0;
    return mark * 8u + l->brackets * 2u + (l->scheme != LABEL_UNIT && l->wide);
}

unsigned run_spelling(const listing *x, const run *r) {
    uint32_t counts[SPELLINGS] = {0};
    unsigned best = 0;
    for (uint32_t i = r->first; i != NO_ITEM; i = x->items[i].next) {
        unsigned s = label_spelling(&x->items[i].label);
        if (++counts[s] > counts[best]) best = s;
    }
    return best;
}

/* ---- Spelling -------------------------------------------------------------------------------- */

typedef struct usual {
    uint32_t counts[LABEL_SCHEMES][SPELLINGS];
    uint32_t all[LABEL_SCHEMES];
    unsigned best[LABEL_SCHEMES];
} usual;

static void count_spellings(const listing *x, usual *u) {
    for (uint32_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        unsigned scheme = it->label.scheme, s = label_spelling(&it->label);
        if (!it->level) continue;
        u->all[scheme]++;
        if (++u->counts[scheme][s] > u->counts[scheme][u->best[scheme]]) u->best[scheme] = s;
    }
}

static void report_unlike(const listing *x, const item *it) {
    str l = item_label(x, it);
    numbering_report(
        x, it, "spelling", 60,
        arena_printf(x->d->mem, "%.*s is spelled unlike others of its kind", (int)l.n, l.p));
}

/* A long run that is spelled in its own way is reported once; what stands alone in a run has been
 * compared with nothing yet. */
static void report_run_spelling(const listing *x, const usual *u, const run *r) {
    const item *first = &x->items[r->first];
    unsigned scheme = first->label.scheme, best = u->best[scheme];
    uint32_t alike = u->counts[scheme][best];
    if (!first->level || alike < USUAL_LEAST || alike * 3 < u->all[scheme] * 2) return;
    if (r->count >= RUN_LEAST) {
        unsigned own = run_spelling(x, r);
        if (own != best && label_spelling(&first->label) == own) report_unlike(x, first);
        return;
    }
    for (uint32_t i = r->first; i != NO_ITEM; i = x->items[i].next) {
        const label *l = &x->items[i].label;
        if (label_spelling(l) != best && l->brackets != BRACKETS_MIXED)
            report_unlike(x, &x->items[i]);
    }
}

/* ---- Order of kinds -------------------------------------------------------------------------- */

/* 一、 （一） 1. （1）: in this order, the first of these is 1; 0: another kind. */
static unsigned place_in_order(const item *it) {
    switch (it->label.scheme) {
    case LABEL_HAN: return 1;
    case LABEL_HAN_BRACKET: return 2;
    case LABEL_DIGIT: return 3;
    case LABEL_DIGIT_BRACKET: return 4;
    default: return 0;
    }
}

#define DEEPEST 9

/* The headings that are open, by level. */
typedef struct open_headings {
    const item *at[DEEPEST + 1];
} open_headings;

/* The heading that the next one stands under, which is then opened; NULL: none. */
static const item *step_under(open_headings *o, const item *it) {
    const item *above = NULL;
    if (!it->level || it->level > DEEPEST) return NULL;
    for (unsigned level = 1; level < it->level; level++)
        if (o->at[level]) above = o->at[level];
    o->at[it->level] = it;
    for (unsigned level = it->level + 1u; level <= DEEPEST; level++) o->at[level] = NULL;
    return above;
}

/* （一） under 1., where 1. stands under （一） elsewhere: one of them has the wrong level. A
 * document that keeps to an order of its own is left alone. */
static void report_order_of_kinds(const listing *x) {
    bool under[5][5] = {{false}};
    open_headings o = {{NULL}}, again = o;
    for (uint32_t i = 0; i < x->nitems; i++) {
        const item *above = step_under(&o, &x->items[i]);
        if (above) under[place_in_order(&x->items[i])][place_in_order(above)] = true;
    }
    for (uint32_t i = 0; i < x->nitems && doc_ok(x->d); i++) {
        const item *it = &x->items[i], *above = step_under(&again, it);
        unsigned own = place_in_order(it), upper = above ? place_in_order(above) : 0;
        bool begins = x->runs[it->run].first == i;
        if (!begins || !own || own >= upper || !under[upper][own]) continue;
        str l = item_label(x, it), u = item_label(x, above);
        numbering_report(x, it, "level", 60,
                         arena_printf(x->d->mem,
                                      "%.*s stands under %.*s; elsewhere it is the other way round",
                                      (int)l.n, l.p, (int)u.n, u.p));
    }
}

void numbering_report_styles(const listing *x) {
    usual *u = arena_zalloc(x->d->mem, 1, sizeof *u);
    if (!u) {
        fail_memory(&x->d->why);
        return;
    }
    count_spellings(x, u);
    for (size_t k = 0; k < x->nruns && doc_ok(x->d); k++) report_run_spelling(x, u, &x->runs[k]);
    report_order_of_kinds(x);
}

/* numbering: looks at the numbers of headings and list items: gaps, repeats, numbers out of order,
 * levels left out, and spellings that differ inside one run or between runs. By itself it only
 * reports.
 *
 * `mode=fix` changes a label only where that one change puts its whole run in order and nothing in
 * the text speaks of its number. `mode=renumber`
 * counts every run anew and rewrites what the text says of the numbers (见第三条), or refuses a run
 * and says why; with `scheme` it gives all headings the labels of one scheme.
 *
 * Numbers that run on through several parts (（一） to （二十一） under 一、 二、 三、) are in
 * order, and so are inserted articles (第九条之一). It needs the roles that `headings` gave, and
 * leaves alone what the format numbers itself. */
#include "numbering.h"

enum { OPTION_MODE, OPTION_SCHEME };
enum { MODE_REPORT, MODE_FIX, MODE_RENUMBER };

/* ---- Reporting ------------------------------------------------------------------------------- */

void numbering_report(const listing *x, const item *it, const char *id, int score, str why) {
    edit_finding(x->d, it->block, it->label.at, it->label.size, (reason){str_of(id), why, score});
}

/* One number against the one before it. */
static void report_step(listing *x, const item *a, const item *b) {
    arena *mem = x->d->mem;
    uint32_t from = a->label.value, to = b->label.value;
    str before = item_label(x, a), now = item_label(x, b);
    if (to == from + 1 || b->label.inserted) return;
    if (to == from)
        numbering_report(
            x, b, "repeat", 90,
            arena_printf(mem, "%.*s stands twice; %u is expected", (int)now.n, now.p, from + 1));
    else if (to > from)
        numbering_report(x, b, "gap", 80,
                         arena_printf(mem, "%.*s follows %.*s; %u is expected", (int)now.n, now.p,
                                      (int)before.n, before.p, from + 1));
    else
        numbering_report(
            x, b, "order", 75,
            arena_printf(mem, "%.*s comes after %.*s", (int)now.n, now.p, (int)before.n, before.p));
}

/* A run of headings that does not begin at 1. */
static void report_start(listing *x, const run *r) {
    const item *it = &x->items[r->first];
    str l = item_label(x, it);
    if (it->label.value < 2 || r->count < 2 || !it->level || it->label.unit) return;
    numbering_report(x, it, "start", 60,
                     arena_printf(x->d->mem, "the run begins with %.*s", (int)l.n, l.p));
}

static void report_spelling(listing *x, const run *r) {
    unsigned usual = run_spelling(x, r);
    for (uint32_t i = r->first; i != NO_ITEM; i = x->items[i].next) {
        const item *it = &x->items[i];
        str l = item_label(x, it);
        if (it->label.brackets == BRACKETS_MIXED)
            numbering_report(x, it, "brackets", 80,
                             arena_printf(x->d->mem,
                                          "%.*s mixes full-width and half-width brackets", (int)l.n,
                                          l.p));
        else if (r->count >= RUN_LEAST && label_spelling(&it->label) != usual)
            numbering_report(x, it, "spelling", 65,
                             arena_printf(x->d->mem, "%.*s is spelled unlike the others of its run",
                                          (int)l.n, l.p));
    }
}

/* Headings whose level is more than one below the last one's. */
static void report_levels(listing *x) {
    unsigned last = 0;
    for (uint32_t i = 0; i < x->nitems && doc_ok(x->d); i++) {
        const item *it = &x->items[i];
        if (!it->level) continue;
        if (last && it->level > last + 1)
            numbering_report(x, it, "level", 60,
                             arena_printf(x->d->mem, "level %u follows level %u: one is left out",
                                          it->level, last));
        last = it->level;
    }
}

/* ---- Changing -------------------------------------------------------------------------------- */

static bool fix(listing *x, const item *it, int score) {
    char text[3 * NUMERAL_ROOM];
    if (it->label.scheme == LABEL_DECIMAL || it->label.scheme == LABEL_ROMAN) return false;
    size_t n = respell_number(x, it, text);
    if (!n) return false;
    str was = item_label(x, it);
    str why =
        arena_printf(x->d->mem, "%.*s is number %u of its run", (int)was.n, was.p, it->expected);
    return edit_replace(x->d, it->block, it->label.number, it->label.number_size, str_make(text, n),
                        (reason){STR("renumber"), why, score});
}

/* Whether one change puts the run in order: one number is wrong, and it is a repeat of the one
 * before it, or out of place between two that fit. */
static bool has_one_fault(const listing *x, const run *r) {
    if (r->wrong != 1 || r->count < 3) return false;
    const item *odd = &x->items[r->odd];
    return odd->label.value == odd->expected - 1 || odd->next != NO_ITEM;
}

/* Whether nothing in the text speaks of the number that is to change. */
static bool is_free(listing *x, const item *it) {
    if (!x->sorted) find_references(x, false);
    if (!doc_ok(x->d) || item_refused(x, it)) return false;
    for (size_t i = 0; i < x->nreferences; i++)
        if (&x->items[x->references[i].target] == it) return false;
    return true;
}

static void report_run(listing *x, const run *r, bool steps) {
    for (uint32_t i = r->first; steps && x->items[i].next != NO_ITEM; i = x->items[i].next)
        report_step(x, &x->items[i], &x->items[x->items[i].next]);
    report_start(x, r);
    report_spelling(x, r);
}

/* Puts a run in order when one change does it. */
static bool repair(listing *x, const run *r) {
    if (!has_one_fault(x, r)) return false;
    const item *odd = &x->items[r->odd];
    return is_free(x, odd) && fix(x, odd, 75);
}

static void numbering_document(const stage *s, doc *d) {
    long mode = stage_option(s, OPTION_MODE);
    enum numbering_scheme scheme = (enum numbering_scheme)stage_option(s, OPTION_SCHEME);
    listing x = {.d = d};
    collect_items(&x, mode == MODE_RENUMBER && scheme == SCHEME_KEEP);
    if (!doc_ok(d) || !x.nitems) return;
    make_runs(&x);
    for (size_t k = 0; k < x.nruns && doc_ok(d); k++) {
        const run *r = &x.runs[k];
        bool repaired = mode == MODE_FIX && repair(&x, r);
        report_run(&x, r, mode != MODE_RENUMBER && !repaired);
    }
    report_levels(&x);
    if (doc_ok(d)) numbering_report_styles(&x);
    if (mode != MODE_RENUMBER || !doc_ok(d)) return;
    if (scheme != SCHEME_KEEP && has_scheme(&x, scheme)) scheme = SCHEME_KEEP;
    find_references(&x, scheme != SCHEME_KEEP);
    if (doc_ok(d)) renumber_items(&x, scheme);
}

static const qw_option options[] = {
    {"mode",
     {"report only, fix a run's single fault, or renumber every run",
      "report 只报告；fix 修正仅有一处的错号；renumber 全部重新编号"},
     QW_OPTION_CHOICE,
     MODE_REPORT,
     0,
     2,
     "report|fix|renumber"},
    {"scheme",
     {"what renumber writes: each label's own spelling, or the labels of one scheme",
      "重新编号的写法：keep 保持原样；gongwen 一、（一）1.（1）；decimal 1 1.1；legal 章节条"},
     QW_OPTION_CHOICE,
     SCHEME_KEEP,
     0,
     3,
     "keep|gongwen|decimal|legal"},
};

const filter filter_numbering = {
    .info =
        {
            .name = "numbering",
            .summary =
                {"report gaps, repeats and mixed spellings in numbering; renumber on request",
                 "检查编号的缺漏、重复和混用；可按要求重新编号"},
            FILTER_OPTIONS(options),
        },
    .document = numbering_document,
};

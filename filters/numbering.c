/* numbering: looks at the numbers of headings and list items: gaps, repeats, numbers out of order,
 * levels left out, and spellings that differ inside one run. By default it only reports.
 *
 * `mode=fix` changes a label where that one change puts its whole run in order. `mode=renumber`
 * counts every run anew; a run whose numbers other text refers to (见第三条) is refused.
 *
 * Numbers that run on through several parts (（一） to （二十一） under 一、 二、 三、) are in
 * order, and so are inserted articles (第九条之一). It needs the roles that `headings` gave, and
 * leaves alone what the format numbers itself. */
#include "filter.h"

enum { OPTION_MODE };
enum { MODE_REPORT, MODE_FIX, MODE_RENUMBER };

#define NO_ITEM UINT32_MAX
#define KINDS   64

/* A label in its run. */
typedef struct item {
    uint32_t block;
    label label;
    uint32_t expected; /* its number in a run that is in order */
    uint32_t run;
    uint32_t next; /* of the same run */
    uint8_t level; /* 0: a list item */
} item;

typedef struct run {
    uint32_t first, last; /* items */
    uint32_t count;
    uint32_t wrong; /* items whose number is not the expected one */
    uint32_t odd;   /* the last of them */
} run;

typedef struct listing {
    doc *d;
    item *items;
    size_t nitems, cap;
    run *runs;
    size_t nruns;
} listing;

/* ---- Collecting ------------------------------------------------------------------------------ */

/* Which labels may be of one run. */
static unsigned kind_of(const label *l) {
    if (l->scheme == LABEL_UNIT) return 32u + l->unit;
    if (l->scheme == LABEL_DECIMAL) return 48u + l->nparts;
    return l->scheme == LABEL_DIGIT_BARE ? LABEL_DIGIT : l->scheme;
}

/* How deep a label usually stands, where roles do not tell. */
static unsigned depth_of(const item *x) {
    static const uint8_t depths[LABEL_SCHEMES] = {
        [LABEL_HAN] = 10,           [LABEL_HAN_BARE] = 10,
        [LABEL_HAN_BRACKET] = 20,   [LABEL_DIGIT] = 30,
        [LABEL_DIGIT_BARE] = 30,    [LABEL_DECIMAL] = 31,
        [LABEL_DIGIT_BRACKET] = 40, [LABEL_DIGIT_HALF] = 41,
        [LABEL_CIRCLED] = 50,       [LABEL_LETTER_BRACKET] = 51,
        [LABEL_LETTER_HALF] = 51,
    };
    if (x->label.scheme == LABEL_UNIT) return x->label.unit;
    unsigned depth = depths[x->label.scheme];
    return depth + (x->label.scheme == LABEL_DECIMAL ? x->label.nparts : 0);
}

static bool is_numbered(const doc *d, uint32_t i, label *l) {
    const block *b = &d->blocks[i];
    bool role = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN || b->role == QW_ROLE_LIST;
    if (!role || !block_is_text(b) || b->region != REGION_BODY || (b->flags & BLOCK_AUTO))
        return false;
    if (!label_read(b->text, l)) return false;
    return l->value && l->scheme != LABEL_BULLET && l->scheme != LABEL_ORDINAL;
}

static item *add_item(listing *x) {
    if (x->nitems == x->cap) {
        size_t cap = x->cap ? x->cap * 2 : 128;
        item *wider = arena_alloc(x->d->mem, cap * sizeof *wider);
        if (!wider) return fail_memory(&x->d->why), NULL;
        if (x->nitems) memcpy(wider, x->items, x->nitems * sizeof *wider);
        x->items = wider;
        x->cap = cap;
    }
    return &x->items[x->nitems++];
}

static void collect(listing *x) {
    doc *d = x->d;
    label l;
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        if (b->role == QW_ROLE_BODY || !is_numbered(d, i, &l)) continue;
        item *it = add_item(x);
        if (it) *it = (item){.block = i, .label = l, .level = b->level, .next = NO_ITEM};
    }
}

/* ---- Runs ------------------------------------------------------------------------------------ */

static bool same_prefix(const label *a, const label *b) {
    for (unsigned i = 0; i + 1 < a->nparts; i++)
        if (a->parts[i] != b->parts[i]) return false;
    return true;
}

/* Whether item b belongs to the run that a ends: unless it is a 1, which begins a new one, or list
 * items stand apart. `closed`: a label that stands higher came between. */
static bool goes_on(const item *a, const item *b, bool closed) {
    uint32_t x = a->label.value, y = b->label.value;
    if (a->label.scheme == LABEL_DECIMAL && !same_prefix(&a->label, &b->label)) return false;
    if (y == x + 1 || (b->label.inserted && y == x)) return true;
    return y != 1 && !closed && (a->level != 0) == (b->level != 0);
}

/* Ties items into runs, and counts in each what number an item should have. */
static void make_runs(listing *x) {
    uint32_t tails[KINDS];
    bool closed[KINDS];
    memset(tails, 0xFF, sizeof tails);
    memset(closed, 0, sizeof closed);
    x->runs = arena_alloc(x->d->mem, x->nitems * sizeof *x->runs);
    if (!x->runs) {
        fail_memory(&x->d->why);
        return;
    }
    unsigned depths[KINDS] = {0};
    for (uint32_t i = 0; i < x->nitems; i++) {
        item *it = &x->items[i];
        unsigned kind = kind_of(&it->label);
        uint32_t tail = tails[kind];
        depths[kind] = depth_of(it);
        if (tail != NO_ITEM && goes_on(&x->items[tail], it, closed[kind])) {
            run *r = &x->runs[it->run = x->items[tail].run];
            x->items[tail].next = i;
            it->expected = x->items[tail].expected + !it->label.inserted;
            r->last = i;
            r->count++;
        } else {
            it->run = (uint32_t)x->nruns;
            /* A run that goes on under another heading, or a part of a document, may begin later;
             * what does not begin at 1 at all is judged by report_start(). */
            it->expected = it->label.value;
            x->runs[x->nruns++] = (run){i, i, 1, 0, NO_ITEM};
        }
        if (it->label.value != it->expected) {
            x->runs[it->run].wrong++;
            x->runs[it->run].odd = i;
        }
        tails[kind] = i;
        closed[kind] = false;
        for (unsigned k = 0; k < KINDS; k++)
            if (tails[k] != NO_ITEM && depths[k] > depths[kind]) closed[k] = true;
    }
}

/* ---- Reporting ------------------------------------------------------------------------------- */

static str label_text_of(const listing *x, const item *it) {
    return str_cut(x->d->blocks[it->block].text, it->label.at, it->label.at + it->label.size);
}

static void report(listing *x, const item *it, const char *id, int score, str why) {
    edit_finding(x->d, it->block, it->label.at, it->label.size, (reason){str_of(id), why, score});
}

/* One number against the one before it. */
static void report_step(listing *x, const item *a, const item *b) {
    arena *mem = x->d->mem;
    uint32_t from = a->label.value, to = b->label.value;
    str before = label_text_of(x, a), now = label_text_of(x, b);
    if (to == from + 1 || b->label.inserted) return;
    if (to == from)
        report(x, b, "repeat", 90,
               arena_printf(mem, "%.*s stands twice; %u is expected", (int)now.n, now.p, from + 1));
    else if (to > from)
        report(x, b, "gap", 80,
               arena_printf(mem, "%.*s follows %.*s; %u is expected", (int)now.n, now.p,
                            (int)before.n, before.p, from + 1));
    else
        report(
            x, b, "order", 75,
            arena_printf(mem, "%.*s comes after %.*s", (int)now.n, now.p, (int)before.n, before.p));
}

/* A run of headings that does not begin at 1. */
static void report_start(listing *x, const run *r) {
    const item *it = &x->items[r->first];
    str l = label_text_of(x, it);
    if (it->label.value < 2 || r->count < 2 || !it->level || it->label.unit) return;
    report(x, it, "start", 60, arena_printf(x->d->mem, "the run begins with %.*s", (int)l.n, l.p));
}

/* How a label is spelled, as a number: what labels of one run should share. */
static unsigned spelling(const label *l) {
    unsigned mark = l->separator == '.'      ? 1
                    : l->separator == 0xFF0E ? 2
                    : l->separator == 0x3001 ? 3
                    : l->separator == ')'    ? 4
                    : l->separator == 0xFF09 ? 5
                    : l->separator           ? 6
                                             : 0;
    return mark * 8u + l->brackets * 2u + (l->scheme != LABEL_UNIT && l->wide);
}

/* The spelling that most of the run has. */
static unsigned usual_spelling(const listing *x, const run *r) {
    uint32_t counts[64] = {0};
    unsigned best = 0;
    for (uint32_t i = r->first; i != NO_ITEM; i = x->items[i].next) {
        unsigned s = spelling(&x->items[i].label);
        if (++counts[s] > counts[best]) best = s;
    }
    return best;
}

static void report_spelling(listing *x, const run *r) {
    unsigned usual = usual_spelling(x, r);
    for (uint32_t i = r->first; i != NO_ITEM; i = x->items[i].next) {
        const item *it = &x->items[i];
        str l = label_text_of(x, it);
        if (it->label.brackets == BRACKETS_MIXED)
            report(x, it, "brackets", 80,
                   arena_printf(x->d->mem, "%.*s mixes full-width and half-width brackets",
                                (int)l.n, l.p));
        else if (r->count >= 3 && spelling(&it->label) != usual)
            report(x, it, "spelling", 65,
                   arena_printf(x->d->mem, "%.*s is spelled unlike the others of its run", (int)l.n,
                                l.p));
    }
}

/* Headings whose level is more than one below the last one's. */
static void report_levels(listing *x) {
    unsigned last = 0;
    for (uint32_t i = 0; i < x->nitems && doc_ok(x->d); i++) {
        const item *it = &x->items[i];
        if (!it->level) continue;
        if (last && it->level > last + 1)
            report(x, it, "level", 60,
                   arena_printf(x->d->mem, "level %u follows level %u: one is left out", it->level,
                                last));
        last = it->level;
    }
}

/* ---- Changing -------------------------------------------------------------------------------- */

/* The number in the spelling of the label's own; its bytes, 0 when it has none for it. */
static size_t respell(const listing *x, const item *it, char *to) {
    const label *l = &it->label;
    const char *p = x->d->blocks[it->block].text.p + l->number;
    uint32_t old;
    if (l->scheme == LABEL_CIRCLED) return numeral_write_circled(it->expected, to);
    if (l->scheme == LABEL_DECIMAL || l->scheme == LABEL_ROMAN || l->scheme == LABEL_LETTER ||
        l->scheme == LABEL_LETTER_HALF || l->scheme == LABEL_LETTER_BRACKET)
        return 0;
    if (numeral_read_han(str_make(p, l->number_size), &old) == l->number_size)
        return numeral_write_han(it->expected, to);
    if (numeral_read_digits(str_make(p, l->number_size), &old) != l->number_size) return 0;
    char plain[NUMERAL_ROOM];
    size_t n = numeral_write_digits(it->expected, plain);
    if (*p >= '0' && *p <= '9') return memcpy(to, plain, n), n;
    for (size_t i = 0; i < n; i++) utf8_write(to + 3 * i, 0xFF10u + (uint32_t)(plain[i] - '0'));
    return 3 * n;
}

static bool renumber(listing *x, const item *it, int score) {
    char text[NUMERAL_ROOM];
    size_t n = respell(x, it, text);
    if (!n) return false;
    str was = label_text_of(x, it);
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

/* Whether the text speaks of a numbered unit by its number: 第三条, 第（二）项. One pass. */
static bool has_references(const doc *d) {
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b)) continue;
        for (size_t at = 1; (at = str_find(b->text, STR("第"), at)) != STR_NONE; at += 3) {
            label l;
            str rest = str_cut(b->text, at, at + 48);
            if (label_read(rest, &l) && l.scheme == LABEL_UNIT) return true;
            if (rest.n > 6 && label_read(str_cut(rest, 3, rest.n), &l) &&
                (l.scheme == LABEL_HAN_BRACKET || l.scheme == LABEL_DIGIT_BRACKET))
                return true;
        }
    }
    return false;
}

static void renumber_all(listing *x) {
    bool referred = has_references(x->d);
    for (uint32_t i = 0; i < x->nitems && doc_ok(x->d); i++) {
        const item *it = &x->items[i];
        if (it->label.value == it->expected) continue;
        if (referred && (it->label.scheme == LABEL_UNIT || it->label.brackets))
            report(x, it, "refused", 70,
                   STR("not renumbered: the text refers to such numbers, and they would be wrong"));
        else
            renumber(x, it, 80);
    }
}

static void numbering_document(const stage *s, doc *d) {
    long mode = stage_option(s, OPTION_MODE);
    listing x = {.d = d};
    collect(&x);
    if (!doc_ok(d) || !x.nitems) return;
    make_runs(&x);
    if (!doc_ok(d)) return;
    for (size_t k = 0; k < x.nruns && doc_ok(d); k++) {
        const run *r = &x.runs[k];
        bool repaired =
            mode == MODE_FIX && has_one_fault(&x, r) && renumber(&x, &x.items[r->odd], 75);
        if (mode != MODE_RENUMBER && !repaired)
            for (uint32_t i = r->first; x.items[i].next != NO_ITEM; i = x.items[i].next)
                report_step(&x, &x.items[i], &x.items[x.items[i].next]);
        report_start(&x, r);
        report_spelling(&x, r);
    }
    report_levels(&x);
    if (mode == MODE_RENUMBER) renumber_all(&x);
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

#include "model/rules_read.h"

#include "model/legado.h"
#include "model/rules_pieces.h"

#include <stdint.h>
#include <stdlib.h>

enum { MOST_RULES = 100000, MOST_ALTERNATIVES = 100, LONGEST_LINE = 8192 };

void *list_add(arena *mem, list *l, size_t size) {
    if (l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 8;
        void *wider = arena_alloc(mem, cap * size);
        if (!wider) return NULL;
        if (l->n) memcpy(wider, l->items, l->n * size);
        l->items = wider;
        l->cap = cap;
    }
    void *item = (char *)l->items + l->n++ * size;
    memset(item, 0, size);
    return item;
}

/* Where a file is being read. */
typedef struct reading {
    arena *mem;
    str name, owner, filter;
    rule_texts *out;
    draft *now;  /* the rule that lines belong to; NULL before the first */
    list pieces; /* of expressions, which this file defines */
    size_t line;
    qw_error *why;
} reading;

static str place_of(const reading *r) {
    return arena_printf(r->mem, "%.*s:%zu", (int)r->name.n, r->name.p, r->line);
}

static bool wrong(reading *r, str line) {
    return fail(r->why, MSG_BAD_RULE_LINE, place_of(r), ARGS(line));
}

static bool add_str(reading *r, list *l, str s) {
    str *slot = list_add(r->mem, l, sizeof *slot);
    if (!slot) return fail_memory(r->why);
    *slot = s;
    return true;
}

/* The words of a line, parted by blanks. */
static bool add_words(reading *r, list *l, str words) {
    str word;
    while (str_next(&words, ' ', &word))
        if (word.n && !add_str(r, l, word)) return false;
    return true;
}

static bool begin_rule(reading *r, str id) {
    r->now = NULL;
    if (!id.n || r->out->drafts.n >= MOST_RULES) return false;
    draft *d = list_add(r->mem, &r->out->drafts, sizeof *d);
    if (!d) return fail_memory(r->why);
    d->rule.id = id;
    d->rule.filter = r->owner;
    d->rule.kind = STR("mark");
    d->rule.origin = r->name;
    d->rule.score = 100;
    d->rule.file = r->name;
    d->rule.line = r->line;
    r->now = d;
    return true;
}

static bool read_score(rule *of, str value) {
    char digits[8] = "", *end;
    if (!value.n || value.n >= sizeof digits) return false;
    memcpy(digits, value.p, value.n);
    long score = strtol(digits, &end, 10);
    of->score = (int)score;
    return !*end && score >= -100 && score <= 100;
}

/* An expression of a rule; each further one is an alternative. */
static bool add_expression(reading *r, draft *d, str written) {
    str place = place_of(r), expression = piece_expand(r->mem, &r->pieces, written, place, r->why);
    if (!expression.p || d->alternatives.n == MOST_ALTERNATIVES) return false;
    if (d->expression.n) return add_str(r, &d->alternatives, expression);
    d->rule.pattern = written;
    d->expression = expression;
    return true;
}

/* The index of a word in a list that ends with NULL; false when it is not there. */
static bool read_choice(const char *const *names, str value, uint8_t *choice) {
    for (uint8_t i = 0; names[i]; i++)
        if (str_eq(value, str_of(names[i]))) return *choice = i, true;
    return false;
}

static bool read_field(reading *r, str key, str value) {
    static const char *const forms[] = {"skeleton", "folded", "raw", NULL};
    static const char *const scopes[] = {"anywhere", "line", "edge", NULL};
    draft *d = r->now;
    if (str_eq(key, STR("weak")) && !value.n) return d->rule.weak = true;
    if (str_eq(key, STR("replace"))) return d->rule.replacement = value, true;
    if (!value.n) return false;
    if (str_eq(key, STR("kind"))) return d->rule.kind = value, true;
    if (str_eq(key, STR("score"))) return read_score(&d->rule, value);
    if (str_eq(key, STR("form"))) return read_choice(forms, value, &d->rule.form);
    if (str_eq(key, STR("scope"))) return read_choice(scopes, value, &d->rule.scope);
    if (str_eq(key, STR("find"))) return add_words(r, &d->literals, value);
    if (str_eq(key, STR("unless"))) return add_words(r, &d->unless, value);
    if (str_eq(key, STR("regex"))) return add_expression(r, d, value);
    if (str_eq(key, STR("letters"))) return d->letters = value, true;
    if (str_eq(key, STR("gone"))) return add_str(r, &d->gone, value);
    if (str_eq(key, STR("stays"))) return add_str(r, &d->stays, value);
    if (str_eq(key, STR("seen"))) return d->rule.origin = value, true;
    if (str_eq(key, STR("within"))) return d->rule.within = value, true;
    if (str_eq(key, STR("without"))) return d->rule.without = value, true;
    if (str_eq(key, STR("filter"))) return d->rule.filter = value, true;
    return false;
}

static bool read_fold(reading *r, str value) {
    str from, to;
    if (!str_next(&value, ' ', &from) || !str_next(&value, ' ', &to) || value.p) return false;
    fold_pair *pair = list_add(r->mem, &r->out->folds, sizeof *pair);
    if (!pair) return fail_memory(r->why);
    *pair = (fold_pair){from, to};
    return true;
}

static bool read_line(reading *r, str line) {
    str value = line, key = {NULL, 0};
    str_next(&value, ' ', &key);
    value = str_trim(value);
    if (str_eq(key, STR("rule"))) return begin_rule(r, value);
    if (str_eq(key, STR("silence"))) return add_words(r, &r->out->silenced, value);
    if (str_eq(key, STR("fold"))) return read_fold(r, value);
    if (str_eq(key, STR("define")))
        return piece_define(r->mem, &r->pieces, value, place_of(r), r->why);
    return r->now && read_field(r, key, value);
}

static int by_id(const void *a, const void *b) {
    const draft *x = *(const draft *const *)a, *y = *(const draft *const *)b;
    size_t n = x->rule.id.n < y->rule.id.n ? x->rule.id.n : y->rule.id.n;
    int order = memcmp(x->rule.id.p, y->rule.id.p, n);
    if (!order) order = (x->rule.id.n > y->rule.id.n) - (x->rule.id.n < y->rule.id.n);
    return order ? order : (x->rule.line > y->rule.line) - (x->rule.line < y->rule.line);
}

/* Whether no two rules of the file, which are those from index `from` on, have one id: who silences
 * a rule, or asks why something went, means one. */
static bool ids_differ(reading *r, size_t from) {
    size_t n = r->out->drafts.n - from;
    const draft *drafts = (const draft *)r->out->drafts.items + from;
    const draft **sorted = arena_alloc(r->mem, (n + 1) * sizeof *sorted);
    if (!sorted) return fail_memory(r->why);
    for (size_t i = 0; i < n; i++) sorted[i] = &drafts[i];
    qsort(sorted, n, sizeof *sorted, by_id);
    for (size_t i = 1; i < n; i++) {
        if (!str_eq(sorted[i - 1]->rule.id, sorted[i]->rule.id)) continue;
        r->line = sorted[i]->rule.line;
        return fail(r->why, MSG_BAD_RULE, place_of(r),
                    ARGS(sorted[i]->rule.id, STR("another rule of the file has that name"),
                         STR("文件中已有同名规则")));
    }
    return true;
}

/* Takes out the rules of other filters, which a user's file may hold too. */
static void keep_own(rule_texts *out, size_t from, str filter) {
    draft *drafts = out->drafts.items;
    size_t n = from;
    for (size_t i = from; i < out->drafts.n; i++)
        if (str_eq(drafts[i].rule.filter, filter)) drafts[n++] = drafts[i];
    out->drafts.n = n;
}

bool rules_read(arena *mem, str name, str text, str owner, str filter, rule_texts *out,
                qw_error *why) {
    reading r = {
        .mem = mem, .name = name, .owner = owner, .filter = filter, .out = out, .why = why};
    size_t from = out->drafts.n;
    str line;
    if (legado_is(text)) {
        bool ok = legado_read(mem, name, text, out, why);
        keep_own(out, from, filter);
        return ok;
    }
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.n);
    while (str_next(&text, '\n', &line)) {
        r.line++;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#') continue;
        if (line.n > LONGEST_LINE || !read_line(&r, line)) return wrong(&r, str_cut(line, 0, 80));
    }
    if (out->drafts.n > from && !ids_differ(&r, from)) return false;
    keep_own(out, from, filter);
    return true;
}

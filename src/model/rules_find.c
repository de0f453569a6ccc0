/* rules_find: what the rules of a set find in a stretch of text. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "model/rules_set.h"

enum { MOST_TRIED = 64, MOST_MATCHES = 16 };

size_t ruleset_count(const ruleset *set) {
    return set->n;
}

const rule *ruleset_at(const ruleset *set, size_t i) {
    return i < set->n ? &set->rules[i] : NULL;
}

const folding *ruleset_folding(const ruleset *set) {
    return set->fold;
}

size_t ruleset_suspect(const ruleset *set, str text, size_t from) {
    if (set->nbare) return from < text.n ? from : STR_NONE;
    return sieve_next(set->quick, text, from, false);
}

size_t ruleset_suspect_firmly(const ruleset *set, str text, size_t from) {
    if (set->nbare) return from < text.n ? from : STR_NONE;
    return sieve_next(set->quick, text, from, true);
}

/* A search in one stretch of text. */
typedef struct search {
    const ruleset *set;
    const rule *only; /* the one that is searched for; NULL: all are */
    str text;
    const form *form;   /* being searched */
    const form *folded; /* what expressions look at */
    finding *out;
    size_t n, cap;
    const rule *tried[MOST_TRIED]; /* whose expressions were run */
    size_t ntried;
} search;

static void add_finding(search *s, finding f) {
    if (s->n == s->cap) return;
    size_t at = s->n++;
    while (at > 0 && s->out[at - 1].from > f.from) s->out[at] = s->out[at - 1], at--;
    s->out[at] = f;
}

/* Marks that part words in Chinese text: a literal does not go over a single one of them. */
static bool parts_words(str gap) {
    for (size_t at = 0; at < gap.n;) {
        uint32_t c = utf8_next(gap, &at);
        if (c == '\n' || (c >= 0x3001 && c <= 0x300F) || c == 0xFF0C || c == 0xFF1A ||
            c == 0xFF1B || c == 0xFF01 || c == 0xFF1F || (c >= 0x2018 && c <= 0x201D) ||
            c == 0xFF08 || c == 0xFF09 || c == 0x2026 || c == ',' || c == ';' || c == '!' ||
            c == '?')
            return true;
    }
    return false;
}

static bool only_spaces(str gap) {
    for (size_t at = 0; at < gap.n;)
        if (!is_space(utf8_next(gap, &at))) return false;
    return true;
}

/* Counts the gaps in a literal; false when it is not one word but the end of one and the start of
 * another: "…书，网…" is no 书网, while "书.网.小,说" is somebody's disguise. */
static bool is_one_word(const search *s, size_t at, size_t n, unsigned *breaks) {
    unsigned letters = 1, parted = 0;
    *breaks = 0;
    for (size_t i = at + 1; i < at + n; i++) {
        if (s->form->from[i] == s->form->from[i - 1]) continue;
        str gap = str_cut(s->text, s->form->to[i - 1], s->form->from[i]);
        letters++;
        if (!gap.n || only_spaces(gap)) continue;
        *breaks += 1;
        parted += parts_words(gap);
    }
    return !parted || (*breaks >= 2 && 2 * *breaks + 1 >= letters);
}

/* Whether a literal shares letters with one of the words it is not: 本站 with 根本站. */
static bool is_part_of(const search *s, const rule *r, size_t at, size_t n) {
    str all = form_str(s->form);
    for (size_t i = 0; i < r->nunless; i++) {
        str word = r->unless[i];
        if (!word.n) continue;
        size_t from = at >= word.n ? at - word.n + 1 : 0, end = at + n + word.n - 1;
        for (size_t hit = from; (hit = str_find(str_cut(all, 0, end), word, hit)) != STR_NONE;
             hit++)
            if (hit < at || hit + word.n > at + n) return true;
    }
    return false;
}

static void add_literal(search *s, const rule *r, size_t at, size_t n) {
    finding f = {.rule = r};
    form_range(s->form, at, n, &f.from, &f.to);
    if (is_one_word(s, at, n, &f.breaks)) add_finding(s, f);
}

static bool was_tried(search *s, const rule *r) {
    for (size_t i = 0; i < s->ntried; i++)
        if (s->tried[i] == r) return true;
    if (s->ntried == MOST_TRIED) return true;
    s->tried[s->ntried++] = r;
    return false;
}

static void add_match(search *s, const rule *r, size_t from, size_t to) {
    finding f = {.rule = r, .from = from, .to = to};
    if (from == to) return;
    if (r->form != RULE_RAW) form_range(s->folded, from, to - from, &f.from, &f.to);
    add_finding(s, f);
}

static void run_expression(search *s, const rule *r) {
    str all = r->form == RULE_RAW ? s->text : form_str(s->folded);
    regex_match m;
    size_t from = 0;
    for (int i = 0; i < MOST_MATCHES && from <= all.n; i++) {
        if (regex_find(r->confirm, all, from, &m) != REGEX_FOUND) return;
        add_match(s, r, m.from[0], m.to[0]);
        from = m.to[0];
        if (from == m.from[0] && from < all.n)
            utf8_next(all, &from);
        else if (from == all.n)
            return;
    }
}

static void search_form(search *s, int which, const form *f) {
    match hit;
    s->form = f;
    const literal_index *x = &s->set->of[which];
    for (match_scan scan = match_begin(x->find, form_str(f)); match_next(&scan, &hit);) {
        const rule *r = &s->set->rules[x->owner[hit.literal]];
        if ((s->only && r != s->only) || is_part_of(s, r, hit.at, hit.n)) continue;
        if (!r->confirm)
            add_literal(s, r, hit.at, hit.n);
        else if (!was_tried(s, r))
            run_expression(s, r);
    }
}

size_t ruleset_find_one(const ruleset *set, const rule *one, str text, const form *folded,
                        const form *skeleton, finding *out, size_t cap) {
    search s = {.set = set, .only = one, .text = text, .folded = folded, .out = out, .cap = cap};
    search_form(&s, RULE_SKELETON, skeleton);
    search_form(&s, RULE_FOLDED, folded);
    for (size_t i = 0; i < set->nbare; i++) {
        const rule *r = &set->rules[set->bare[i]];
        if (!one || r == one) run_expression(&s, r);
    }
    return s.n;
}

size_t ruleset_find(const ruleset *set, str text, const form *folded, const form *skeleton,
                    finding *out, size_t cap) {
    return ruleset_find_one(set, NULL, text, folded, skeleton, out, cap);
}

/* Whether one of the names in a list is part of s. */
static bool names_part_of(str names, str s) {
    while (names.n) {
        size_t end = 0;
        while (end < names.n && names.p[end] != ',' && names.p[end] != ';') end++;
        str name = str_trim(str_cut(names, 0, end));
        if (name.n && str_find(s, name, 0) != STR_NONE) return true;
        names = str_cut(names, end + 1, names.n);
    }
    return false;
}

bool rule_is_for(const rule *r, str document) {
    if (str_trim(r->within).n && !names_part_of(r->within, document)) return false;
    return !names_part_of(r->without, document);
}

/* ads_pieces: the pieces of evidence that the rules find in a stretch of text, and their sum. */
#include "ads_look.h"

enum {
    PHRASE = 8,      /* letters: a longer piece is a sentence, in which others count */
    PLAIN_SITE = 40, /* points of an address that nothing disguises */
};

const ads_state *ads_kinds(arena *mem, const ruleset *rules, qw_error *why) {
    size_t n = ruleset_count(rules);
    ads_state *state = arena_zalloc(mem, 1, sizeof *state);
    uint8_t *kinds = arena_alloc(mem, n + 1);
    if (!state || !kinds) return fail_memory(why), NULL;
    for (size_t i = 0; i < n; i++) {
        const rule *r = ruleset_at(rules, i);
        uint8_t k = 0;
        while (k < ADS_KINDS && !str_eq(r->kind, str_of(ads_kind_names[k]))) k++;
        if (str_eq(r->kind, STR("refused"))) k = ADS_HINT;
        if (k == ADS_KINDS) {
            str place = arena_printf(mem, "%.*s:%zu", (int)r->file.n, r->file.p, r->line);
            fail(why, MSG_BAD_RULE, place, ARGS(r->id, STR("no such kind"), STR("没有这种类别")));
            return NULL;
        }
        kinds[i] = k;
        if (k == ADS_WORDING) state->wording = r;
    }
    state->first = ruleset_at(rules, 0);
    state->kinds = kinds;
    return state;
}

bool ads_counts(uint32_t c) {
    if (c < 0x80) return is_ascii_letter(c) || is_ascii_digit(c);
    return is_han(c) || unicode_is_letter(c) || (c >= 0xFF10 && c <= 0xFF19);
}

/* Whether the character at byte *at counts; moves *at past it. */
static inline bool counts_next(str s, size_t *at) {
    unsigned char first = (unsigned char)s.p[*at];
    if (first >= 0xE5 && first <= 0xE9) return *at += 3, true; /* U+5000 to U+9FFF: ideographs */
    return ads_counts(utf8_next(s, at));
}

size_t ads_weight(str text, size_t from, size_t to) {
    size_t n = 0;
    while (from < to) n += counts_next(text, &from);
    return n;
}

bool ads_holds_more(str s, size_t letters) {
    size_t n = 0;
    if (s.n <= letters) return false;
    for (size_t at = 0; at < s.n && n <= letters;) n += counts_next(s, &at);
    return n > letters;
}

/* The end of a piece that began within brackets: where they close. What stands behind them is the
 * text's own. */
static size_t end_in_brackets(const look *l, size_t from, size_t to) {
    static const char *const pairs[][2] = {{"【", "】"}, {"（", "）"}, {"(", ")"},
                                           {"[", "]"},   {"〖", "〗"}, {"［", "］"}};
    str inside = str_cut(l->text, from, to);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t close = str_find(inside, str_of(pairs[i][1]), 0);
        size_t open = str_find(inside, str_of(pairs[i][0]), 0);
        if (close != STR_NONE && close > 0 && (open == STR_NONE || open > close))
            inside = str_cut(inside, 0, close);
    }
    return from + inside.n;
}

/* Where the number of a section, （三）, begins behind all pieces of a sentence: what follows is a
 * heading that an ad was put before. The sentence's end if nowhere. */
static size_t before_section(const look *l) {
    size_t at = l->from;
    label read;
    for (size_t i = 0; i < l->n; i++)
        if (l->found[i].to > at) at = l->found[i].to;
    while ((at = str_find(l->text, STR("（"), at)) < l->to) {
        if (label_read(str_cut(l->text, at, l->to), &read) && read.scheme == LABEL_HAN_BRACKET)
            return at;
        at += strlen("（");
    }
    return l->to;
}

/* What stands before a section is judged by itself, if it is worded like an ad. */
static void leave_section(look *l) {
    enum { LIKELY = 200 }; /* hundredths */
    size_t end = before_section(l);
    if (end == l->to) return;
    int odds = ads_odds(l->w, str_cut(l->text, l->from, end));
    if (odds >= LIKELY) l->odds = odds;
}

void look_find(look *l) {
    ads_work *w = l->w;
    str s = str_cut(l->text, l->from, l->to);
    finding found[MOST_FOUND];
    size_t n = ads_read(w, s, found, &l->odds);
    const rule *counted[8] = {0};
    size_t ncounted = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t kind = ads_kind_of(w, &found[i]);
        if (found[i].rule->scope == RULE_LINE && !l->own_line) continue;
        if (kind >= ADS_AGAINST) {
            bool again = ncounted == 8;
            for (size_t k = 0; k < ncounted; k++) again |= counted[k] == found[i].rule;
            if (kind == ADS_OFFICIAL) {
                if (l->nofficial < MOST_FOUND)
                    l->official[l->nofficial++] = found[i].from + l->from;
                continue;
            }
            if (!again) l->against += found[i].rule->score;
            if (!again) counted[ncounted++] = found[i].rule;
            continue;
        }
        found[i].from += l->from;
        found[i].to += l->from;
        if (!l->own_line) found[i].to = end_in_brackets(l, found[i].from, found[i].to);
        l->kind[l->n] = kind;
        l->points[l->n] = found[i].rule->score;
        l->found[l->n++] = found[i];
    }
    if (l->n && !l->own_line) leave_section(l);
    if (!w->apart) look_wording(l);
}

/* Full and half width in one address, or what is no part of any. */
static bool is_disguised(str s) {
    bool wide = false, narrow = false, odd = false;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        wide |= c >= 0xFF21 && c <= 0xFF5A;
        narrow |= is_ascii_letter(c);
        odd |= c > 0x7F && (c < 0xFF01 || c > 0xFF5E);
    }
    return odd || (wide && narrow);
}

/* Whether a better piece of the mark says the same words: one of the same kind, or one no longer
 * than a phrase. */
static bool is_said(const look *l, const draft_mark *m, size_t i) {
    const finding *f = &l->found[i];
    for (size_t k = m->first; k <= m->last; k++) {
        const finding *g = &l->found[k];
        bool better = l->points[k] > l->points[i] || (l->points[k] == l->points[i] && k < i);
        size_t from = f->from > g->from ? f->from : g->from, to = f->to < g->to ? f->to : g->to;
        if (k == i || !better || to <= from || 2 * (to - from) < f->to - f->from) continue;
        if (l->kind[k] == ADS_WORDING) continue;
        if (l->kind[k] == l->kind[i] || ads_weight(l->text, g->from, g->to) <= PHRASE) return true;
    }
    return false;
}

/* Whether piece i is made of the letters of an address: "a01p0p" of a path hides no "app". */
static bool is_in_address(const look *l, const draft_mark *m, size_t i) {
    if (l->kind[i] == ADS_SITE) return false;
    for (size_t k = m->first; k <= m->last; k++)
        if (l->kind[k] == ADS_SITE && l->found[k].from <= l->found[i].from &&
            l->found[k].to >= l->found[i].to)
            return true;
    return false;
}

int look_sum(const look *l, draft_mark *m) {
    int best[ADS_KINDS] = {0}, second[ADS_KINDS] = {0}, top = 0, sum = 0;
    uint32_t firm = 0;
    for (size_t i = m->first; i <= m->last; i++) {
        const finding *f = &l->found[i];
        int k = l->kind[i], score = l->points[i];
        m->strong |= !f->rule->weak || (l->w->apart && f->rule->scope == RULE_LINE);
        if (f->breaks >= 2 && !is_in_address(l, m, i)) m->signs |= ADS_DISGUISED;
        if (k == ADS_SITE && is_disguised(str_cut(l->text, f->from, f->to)))
            m->signs |= ADS_DISGUISED;
        if (is_said(l, m, i)) continue;
        m->kinds |= 1u << k;
        if (!f->rule->weak) firm |= 1u << k;
        if (score > best[k])
            second[k] = best[k], best[k] = score;
        else if (score > second[k])
            second[k] = score;
        if (k != ADS_WORDING && score > top) top = score, m->rule = f->rule->id;
    }
    if (!top && m->kinds >> ADS_WORDING & 1) m->rule = l->w->state->wording->id;
    /* A second address says no more than that there are two. */
    if (best[ADS_SITE] <= PLAIN_SITE) second[ADS_SITE] = 0;
    static const uint32_t address = 1u << ADS_SITE, mere = 1u << ADS_SITE | 1u << ADS_WORDING;
    if (firm & address && !(firm & ~mere) && best[ADS_SITE] <= PLAIN_SITE) m->signs |= ADS_ADDRESS;
    m->why = (grounds){0};
    for (int k = 0; k < ADS_KINDS; k++) ads_give(&sum, &m->why, k, best[k] + 3 * second[k] / 4);
    uint32_t others = m->kinds & ~(1u << ADS_WORDING);
    if (firm == 1u << ADS_WORDING && !(others & (others - 1)))
        m->common = sum - best[ADS_WORDING], m->alone = true;
    return sum;
}

size_t look_covered(const look *l, const draft_mark *m) {
    size_t n = 0, at = m->from;
    for (size_t i = m->first; i <= m->last; i++) {
        if (l->kind[i] == ADS_WORDING) continue;
        size_t from = l->found[i].from > at ? l->found[i].from : at;
        if (l->found[i].to > from) n += ads_weight(l->text, from, l->found[i].to);
        if (l->found[i].to > at) at = l->found[i].to;
    }
    return n;
}

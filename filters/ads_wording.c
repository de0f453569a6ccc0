/* ads_wording: the piece of evidence that needs no rule: how a stretch is worded. */
#include "ads_look.h"

enum {
    ODDS_LEAST = 50, /* hundredths: e to the 0.5 to one that it is an ad */
    ODDS_PROSE = -300,
    LETTERS_LEAST = 4,
    PART_LEAST = 2,   /* letters that have a wording of their own */
    POINTS = 30,      /* at even odds */
    POINTS_EACH = 15, /* for a factor of e */
};

bool look_is_worded(ads_work *w, str s) {
    return w->state->wording && ads_read_odds(w, s) >= ODDS_LEAST;
}

/* Whether a part of the stretch, outside of what the rules found, is somebody's prose. */
static bool is_prose(const look *l, size_t from, size_t to) {
    return to > from && ads_weight(l->text, from, to) >= PART_LEAST &&
           ads_odds(l->w, str_cut(l->text, from, to)) < ODDS_PROSE;
}

/* Whether somebody speaks: 甲：“…” */
static bool is_speech(str s) {
    return str_find(s, STR("：“"), 0) != STR_NONE && str_ends(str_trim(s), STR("”"));
}

/* Whether a mark was put before or behind prose: then the stretch is not of one making. */
static bool is_joined(const look *l) {
    size_t first = l->to, last = l->from;
    for (size_t i = 0; i < l->n; i++) {
        if (l->found[i].rule->weak) continue;
        if (l->found[i].from < first) first = l->found[i].from;
        if (l->found[i].to > last) last = l->found[i].to;
    }
    if (first >= last) return false;
    size_t to = l->own_line ? l->to : look_item(l, first, l->to);
    return is_speech(str_cut(l->text, l->from, first)) || is_prose(l, l->from, first) ||
           is_prose(l, last, to);
}

/* Whether a stretch is a row of a table: with tabs, or | at both ends and between. */
static bool is_row(str s) {
    str line = str_trim(s);
    if (str_find_byte(s, '\t', 0) != STR_NONE) return true;
    return str_starts(line, STR("|")) && str_ends(line, STR("|")) &&
           str_find_byte(line, '|', 1) + 1 < line.n;
}

void look_wording(look *l) {
    const rule *r = l->w->state->wording;
    int points = POINTS + POINTS_EACH * l->odds / 100;
    if (!r || l->odds < ODDS_LEAST || l->n == MOST_FOUND) return;
    if (ads_weight(l->text, l->from, l->to) < LETTERS_LEAST) return;
    if (is_row(str_cut(l->text, l->from, l->to))) return;
    if (is_joined(l)) return;
    for (size_t i = l->n++; i > 0; i--)
        l->found[i] = l->found[i - 1], l->kind[i] = l->kind[i - 1], l->points[i] = l->points[i - 1];
    l->found[0] = (finding){.rule = r, .from = l->from, .to = l->to};
    l->kind[0] = ADS_WORDING;
    l->points[0] = points < r->score ? points : r->score;
}

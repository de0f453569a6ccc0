/* ads_wording: the piece of evidence that needs no rule: how a stretch is worded. */
#include "ads_look.h"

enum {
    ODDS_LEAST = 50, /* hundredths: e to the 0.5 to one that it is an ad */
    ODDS_PROSE = -300,
    LETTERS_LEAST = 4,
    LINE_LEAST = 7,   /* letters of a whole line: the wording of fewer tells little */
    HAN_LEAST = 4,    /* ideographs, where nothing else was found */
    PART_LEAST = 2,   /* letters that have a wording of their own */
    POINTS = 42,      /* at even odds */
    POINTS_EACH = 15, /* for a factor of e */
    SURE = 400,
    SURE_MORE = 15, /* points beyond the rule's */
};

bool ads_is_likely(ads_work *w, str s, int odds) {
    return wording_is_likely(ruleset_folding(w->stage->rules), s, &w->folded, odds);
}

bool look_is_worded(ads_work *w, str s) {
    return w->state->wording && ads_is_likely(w, s, ODDS_LEAST);
}

bool ads_is_worded(ads_work *w, str line) {
    enum { LEAST = 12, MOST = 150, LIKELY = 200 }; /* bytes; hundredths */
    static const char ends[][4] = {"。", "；", "：", "，", "”", "、"};
    if (line.n < LEAST || line.n > MOST || !w->state->wording) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (memcmp(line.p + line.n - 3, ends[i], 3) == 0) return false;
    return ads_is_likely(w, line, LIKELY);
}

/* Ideographs in bytes [from, to) of a text. */
static size_t count_han(str text, size_t from, size_t to) {
    size_t n = 0;
    while (from < to) n += is_han(utf8_next(text, &from));
    return n;
}

/* Whether any piece that was found says something by itself. */
static bool has_firm(const look *l) {
    for (size_t i = 0; i < l->n; i++)
        if (!l->found[i].rule->weak && l->points[i] > 0) return true;
    return false;
}

/* Whether a part of the stretch, outside of what the rules found, is somebody's prose. */
static bool is_prose(const look *l, size_t from, size_t to) {
    return to > from && count_han(l->text, from, to) >= PART_LEAST &&
           ads_odds(l->w, str_cut(l->text, from, to)) < ODDS_PROSE;
}

/* Whether bytes [from, to) are a few letters that run into what the rules found, at byte `seam`,
 * in a stretch that is surely worded like an ad: 甲乙|免费阅读, …关注|即可. */
static bool is_fringe(const look *l, size_t from, size_t to, size_t seam) {
    enum { FEW = 4, SURELY = 300 };
    size_t before = seam, behind = seam;
    if (l->odds < SURELY || ads_weight(l->text, from, to) > FEW) return false;
    return seam > l->from && seam < l->to && ads_counts(utf8_prev(l->text, &before)) &&
           ads_counts(utf8_next(l->text, &behind));
}

/* Whether somebody speaks: 甲：“…” */
static bool is_speech(str s) {
    return str_find(s, STR("：“"), 0) != STR_NONE && str_ends(str_trim(s), STR("”"));
}

/* Whether a mark was put before or behind prose, or marks around it: then the stretch is not of one
 * making. */
static bool is_joined(const look *l) {
    enum { BETWEEN = 8 };
    size_t first = l->to, last = l->from;
    for (size_t i = 0; i < l->n; i++) {
        if (l->found[i].rule->weak) continue;
        size_t from = l->found[i].from;
        if (last > l->from && from > last && ads_weight(l->text, last, from) >= BETWEEN &&
            is_prose(l, last, from))
            return true;
        if (from < first) first = from;
        if (l->found[i].to > last) last = l->found[i].to;
    }
    if (first >= last) return false;
    size_t to = l->own_line ? l->to : look_item(l, first, l->to);
    if (is_speech(str_cut(l->text, l->from, first))) return true;
    return (is_prose(l, l->from, first) && !is_fringe(l, l->from, first, first)) ||
           (is_prose(l, last, to) && !is_fringe(l, last, to, last));
}

/* Whether a stretch is a row of words: 甲,乙丙,丁; no mark stands in it but a comma that is not
 * wide. */
static bool is_list(str line) {
    enum { LEAST = 3, LETTERS = 12 };
    size_t items = 1, letters = 0;
    for (size_t at = 0; at < line.n;) {
        uint32_t c = utf8_next(line, &at);
        if (c == ',') {
            if (!letters) return false;
            items++, letters = 0;
        } else if (is_space(c) || c > 0xFF00 || (c > 0x2000 && c < 0x3100) || ++letters > LETTERS) {
            return false;
        }
    }
    return items >= LEAST && letters;
}

/* Whether a stretch is a row of a table: with tabs, or | at both ends and between. */
static bool is_row(str s) {
    str line = str_trim(s);
    if (str_find_byte(s, '\t', 0) != STR_NONE || is_list(line)) return true;
    return str_starts(line, STR("|")) && str_ends(line, STR("|")) &&
           str_find_byte(line, '|', 1) + 1 < line.n;
}

/* Whether a stretch begins with what somebody says. */
static bool is_said_aloud(str s) {
    s = str_trim(s);
    return str_starts(s, STR("“")) || str_starts(s, STR("「")) || str_starts(s, STR("‘")) ||
           str_starts(s, STR("『"));
}

void look_wording(look *l) {
    const rule *r = l->w->state->wording;
    int points = POINTS + POINTS_EACH * l->odds / 100;
    if (!r || l->odds < ODDS_LEAST || l->n == MOST_FOUND) return;
    if (ads_weight(l->text, l->from, l->to) < (l->from ? LETTERS_LEAST : LINE_LEAST)) return;
    if (count_han(l->text, l->from, l->to) < HAN_LEAST && !has_firm(l)) return;
    if (is_row(str_cut(l->text, l->from, l->to))) return;
    if (is_joined(l)) return;
    for (size_t i = l->n++; i > 0; i--)
        l->found[i] = l->found[i - 1], l->kind[i] = l->kind[i - 1], l->points[i] = l->points[i - 1];
    l->found[0] = (finding){.rule = r, .from = l->from, .to = l->to};
    l->kind[0] = ADS_WORDING;
    bool sure = l->odds >= SURE && !is_said_aloud(str_cut(l->text, l->from, l->to));
    int most = r->score + (sure ? SURE_MORE : 0);
    l->points[0] = points < most ? points : most;
}

/* ads_aside: brackets in a paragraph that hold an ad and nothing else: （写作社会员下载）. Where in
 * the sentence they stand tells nothing, and no rule has to know a word in them: what is in
 * brackets is read by itself, and the wording of an aside of the text's own is far from an ad's. */
#include "ads_look.h"

enum {
    LETTERS_LEAST = 5,
    LETTERS_MOST = 40,
    WORDED = 340,    /* hundredths: odds */
    WORDED_ID = 400, /* if it holds a number or an account, as honest ones that tell a contact do */
    ASIDES = 32,     /* in a paragraph */
    POINTS = 85,
};

/* What closes a bracket that holds a note; 0 for other characters. */
static uint32_t closing_of_note(uint32_t c) {
    static const uint32_t pairs[][2] = {
        {0xFF08, 0xFF09}, {'(', ')'}, {0x3010, 0x3011}, {'[', ']'}, {0x3014, 0x3015}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (c == pairs[i][0]) return pairs[i][1];
    return 0;
}

/* Where the bracket that opens before byte at closes, behind it; 0 when it does not soon, or holds
 * another. */
static size_t end_of_note(str text, size_t at, uint32_t closing) {
    for (size_t letters = 0; at < text.n && letters <= LETTERS_MOST;) {
        uint32_t c = utf8_next(text, &at);
        if (c == closing) return at;
        if (closing_of_note(c)) return 0;
        letters += ads_counts(c);
    }
    return 0;
}

static bool holds_id(str s) {
    size_t run = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        run = is_ascii_digit(c) || is_ascii_letter(c) ? run + 1 : 0;
        if (run > 4) return true;
    }
    return false;
}

/* Whether a text names an office, of which it is then. */
static bool names_office(str s) {
    static const char *const words[] = {"办公室", "科室",   "处",     "委员会", "局",   "会务组",
                                        "组委会", "编辑部", "学院",   "学校",   "本校", "我校",
                                        "本院",   "我院",   "图书馆", "支部",   "公司", "单位",
                                        "截图",   "照片",   "供图",   "摄影",   "配图", "制图"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(s, str_of(words[i]), 0) != STR_NONE) return true;
    return false;
}

/* Whether what a bracket holds is an ad by its wording, and nothing speaks against. */
static bool is_ad(ads_work *w, str s) {
    finding found[MOST_FOUND];
    int odds;
    size_t letters = ads_weight(s, 0, s.n);
    if (letters < LETTERS_LEAST || letters > LETTERS_MOST || names_office(s)) return false;
    if (ads_odds(w, s) < (holds_id(s) ? WORDED_ID : WORDED)) return false;
    size_t n = ads_read(w, s, found, &odds);
    for (size_t i = 0; i < n; i++)
        if (ads_kind_of(w, &found[i]) >= ADS_AGAINST) return false;
    return true;
}

/* Whether byte at stands between quotation marks: somebody's words. */
static bool is_quoted(str text, size_t at) {
    int open = 0;
    for (size_t i = 0; i < at;) {
        uint32_t c = utf8_next(text, &i);
        open += c == 0x201C || c == 0x300C;
        open -= open > 0 && (c == 0x201D || c == 0x300D);
    }
    return open > 0;
}

/* Whether a mark from index `first` on shares bytes with the bracket. One that begins in it becomes
 * all of it and nothing more, and what its wording says is added to what it has. */
static bool widen(ads_work *w, size_t first, size_t from, size_t to) {
    bool met = false;
    for (size_t i = first; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (m->from >= to || m->to <= from) continue;
        if (!met && !m->exact && m->from >= from) {
            m->from = (uint32_t)from, m->to = (uint32_t)to;
            m->signs |= ADS_BRACKETED;
            m->kinds &= ~(1u << ADS_PROMO); /* authors put theirs into no brackets */
            if (m->score < POINTS) ads_give(&m->score, &m->why, ADS_WORDING, POINTS - m->score);
        }
        met = true;
    }
    return met;
}

static void add_aside(ads_work *w, uint32_t index, size_t from, size_t to) {
    mark m = {.block = index,
              .from = (uint32_t)from,
              .to = (uint32_t)to,
              .kinds = 1u << ADS_WORDING,
              .signs = ADS_BRACKETED,
              .rule = w->state->wording->id};
    ads_give(&m.score, &m.why, ADS_WORDING, POINTS);
    ads_add(w, m);
}

void ads_look_at_asides(ads_work *w, uint32_t index, size_t first) {
    str text = w->d->blocks[index].text;
    size_t seen = 0;
    if (!w->state->wording) return;
    for (size_t at = 0; (at = ads_skip_han(text, at)) < text.n && seen < ASIDES;) {
        size_t from = at;
        uint32_t closing = closing_of_note(utf8_next(text, &at));
        size_t to = closing ? end_of_note(text, at, closing) : 0;
        if (!to) continue;
        seen++;
        str inner = str_cut(text, at, to - (closing < 0x80 ? 1 : 3));
        bool alone = from == 0 && to == text.n;
        at = to;
        if (alone || !is_ad(w, inner) || is_quoted(text, from) || ads_closes_text(text)) continue;
        if (!widen(w, first, from, to)) add_aside(w, index, from, to);
    }
}

/* ads_rest: what of its stretch goes with a mark, because on its own it would be a scrap: a few
 * letters, a call, half of a line that is of one piece. */
#include "ads_look.h"

enum {
    NAME = 6, /* letters before 书屋, 小说网 that are its name */
};

/* Whether a sentence, however short, ends outside the mark. */
static bool leaves_sentence(const look *l, const draft_mark *m) {
    str before = str_cut(l->text, l->from, m->from), after = str_cut(l->text, m->to, l->to);
    return (ads_weight(before, 0, before.n) > 1 && str_ends(before, STR("。"))) ||
           (ads_weight(after, 0, after.n) > 1 && str_find(after, STR("。"), 0) != STR_NONE);
}

/* Kinds that are said in words: what else such a line holds belongs to the saying. */
enum {
    SAID = 1u << ADS_ORIGIN | 1u << ADS_INVITE | 1u << ADS_CONTACT | 1u << ADS_LIMIT |
           1u << ADS_DISCLAIM | 1u << ADS_OFFER | 1u << ADS_PAGE | 1u << ADS_BEG
};

/* The odds of a part of the stretch: model/wording.h. */
static int odds_of_part(const look *l, size_t from, size_t to) {
    if (!ads_weight(l->text, from, to)) return 0;
    return ads_odds(l->w, str_cut(l->text, from, to));
}

/* Whether half of a short line is enough to take all of it: page furniture, and what is said in
 * words where nothing speaks the language of documents; but not the half of what stands behind the
 * last full stop of a paragraph, which may be the paragraph's own. */
static bool is_of_one_piece(const look *l, const draft_mark *m, size_t all) {
    enum { SHORT_LINE = 80 };
    if (!l->own_line || all > SHORT_LINE) return false;
    return m->kinds >> ADS_PAGE & 1 ||
           (l->from == 0 && m->kinds & SAID && !l->against && !l->nofficial);
}

/* Whether no mark parts what stands outside the mark from it. */
static bool is_one_clause(const look *l, const draft_mark *m) {
    for (size_t at = l->from; at < l->to; at = at < m->from || at >= m->to ? at : m->to)
        if (ads_parts_clauses(utf8_next(l->text, &at)) && (at <= m->from || at > m->to))
            return false;
    return true;
}

bool ads_is_note(str s) {
    s = str_trim(s);
    return str_starts(s, STR("（")) && str_ends(s, STR("负责）"));
}

/* Leaves the note at the end of a paragraph that a mark was put before. */
static void leave_note(const look *l, draft_mark *m) {
    size_t open = str_find(str_cut(l->text, m->from, m->to), STR("（"), 0);
    if (m->to != l->text.n || !open || open == STR_NONE) return;
    if (ads_is_note(str_cut(l->text, m->from + open, m->to))) m->to = m->from + open;
}

/* Whether what stands outside the mark is of one making with it: the stretch as a whole is worded
 * like an ad, and neither part of the rest like prose. */
static bool is_of_one_making(const look *l, const draft_mark *m) {
    enum { LIKELY = 150, PROSE = -150 };
    if (l->odds < LIKELY || !(m->kinds & SAID)) return false;
    if (ads_is_note(str_cut(l->text, m->to, l->to))) return false;
    return odds_of_part(l, l->from, m->from) >= PROSE && odds_of_part(l, m->to, l->to) >= PROSE;
}

/* Whether what stands before the mark leads to text that is not there: 现提出以下意见： */
static bool is_led_to(const look *l, const draft_mark *m) {
    enum { PROSE = -100 };
    str before = str_trim(str_cut(l->text, l->from, m->from));
    return str_ends(before, STR("：")) && odds_of_part(l, l->from, m->from) < PROSE;
}

/* In a line of its own: what little would be left, a few letters or a quarter; half of a line of
 * one piece, and of what is disguised. */
static void take_rest_of_line(const look *l, draft_mark *m) {
    size_t all = ads_weight(l->text, l->from, l->to), held = ads_weight(l->text, m->from, m->to);
    bool one = is_of_one_piece(l, m, all), most = 4 * held >= 3 * all;
    bool disguised = m->signs & ADS_DISGUISED && 2 * held >= all && is_one_clause(l, m);
    if (all - held <= FRAGMENT || (one && 2 * held >= all) ||
        ((most || disguised) && all - held <= REACH) || is_of_one_making(l, m)) {
        if (!is_led_to(l, m)) m->from = l->from;
        m->to = l->to;
    }
}

/* The start of the name whose last letters are found at byte at: "甲乙" of "甲乙书屋", if something
 * other than a letter stands a few letters before. What stands before it in one piece is text. */
static size_t name_start(const look *l, size_t at) {
    size_t letters = 0, i = at;
    while (i > l->from && letters <= NAME) {
        size_t before = i;
        if (!ads_counts(utf8_prev(l->text, &i))) return before;
        letters++;
    }
    return letters <= NAME && l->from > 0 ? l->from : at;
}

/* Whether what a sentence begins with, before the mark, is a call ("注意，") or what is left of a
 * disguise, and no text. */
static bool is_stray(const look *l, const draft_mark *m) {
    enum { CALL = 3 };
    size_t han = 0, letters = 0;
    for (size_t i = l->from; i < m->from;) {
        uint32_t c = utf8_next(l->text, &i);
        if (c == 0xFF1A || c == 0xFF09) return false;
        letters += ads_counts(c);
        han += is_han(c);
    }
    if (m->signs & ADS_DISGUISED) return letters <= ASIDE;
    return letters <= CALL && (han == 0 || han == letters);
}

/* Whether nothing but a label stands before the mark: "PS：". */
static bool is_label(const look *l, const draft_mark *m) {
    enum { LABEL = 2 };
    str before = str_trim(str_cut(l->text, l->from, m->from));
    size_t n = ads_weight(before, 0, before.n);
    return n && n <= LABEL && (str_ends(before, STR("：")) || str_ends(before, STR(":")));
}

/* A few letters at the end of a paragraph, unless they lead to the next, "… as follows:", or say
 * who is responsible. */
static bool is_fragment(str s) {
    return ads_weight(s, 0, s.n) <= FRAGMENT && !str_ends(str_trim(s), STR("：")) &&
           !ads_is_note(s);
}

/* In a paragraph the rest is somebody's text. A few letters at its end go, and what stands alone
 * before words of advertising. */
static void take_rest_of_sentence(const look *l, draft_mark *m) {
    if (l->kind[m->first] == ADS_NAME && m->from == l->found[m->first].from)
        m->from = name_start(l, m->from);
    if (l->to == l->text.n && is_fragment(str_cut(l->text, m->to, l->to))) m->to = l->to;
    if (l->from > 0 && m->to == l->to && (is_stray(l, m) || is_label(l, m))) m->from = l->from;
    if (l->from > 0 && is_of_one_making(l, m)) m->from = l->from, m->to = l->to;
}

/* Whether text speaks to those who may care for what follows: 想学写字的同学可以 */
static bool is_call(str text) {
    static const char *const whom[] = {"的同学", "的朋友", "的小伙伴", "的伙伴", "的书友",
                                       "的读者", "的家长", "的老师",   "的亲",   "的网友"};
    static const char *const ends[] = {"可以", "请", "欢迎", "可", "就", "们"};
    enum { MOST = 16 };
    bool called = false;
    str s = str_trim(text);
    if (ads_holds_more(s, MOST)) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) s.n -= strlen(ends[i]);
    for (size_t i = 0; i < sizeof whom / sizeof *whom; i++) called |= str_ends(s, str_of(whom[i]));
    return called;
}

/* Whether a cut at byte at leaves one letter of a word before the sentence's end. */
static bool leaves_letter(const look *l, size_t at) {
    size_t before = at, behind = at;
    return at > l->from && at < l->to && ads_weight(l->text, at, l->to) == 1 &&
           is_han(utf8_prev(l->text, &before)) && is_han(utf8_next(l->text, &behind));
}

void look_take_ends(const look *l, draft_mark *m) {
    if (leaves_letter(l, m->to)) m->to = l->to;
    if (m->from > l->from && is_call(str_cut(l->text, l->from, m->from))) m->from = l->from;
}

bool ads_ends_as_text(str text) {
    static const char *const ends[] = {"。", "！", "？", "”", "…", "」", "』", "...", "!\"", "?\""};
    str s = str_trim(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) return ads_holds_more(s, 0);
    return false;
}

bool look_is_continued(str s) {
    static const char *const words[] = {"的", "等", "和", "及", "、", "是", "为", "将",
                                        "应", "并", "与", "或", "了", "，", "才", "方可"};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(s, str_of(words[i]))) return true;
    return false;
}

bool look_is_in_heading(const look *l, size_t at) {
    label read;
    return l->from == 0 && label_read(l->text, &read) && read.scheme == LABEL_UNIT &&
           read.unit != UNIT_ARTICLE && at >= read.at + read.size;
}

bool look_is_glued_to_prose(const look *l, size_t at) {
    enum { PROSE = -200 };
    size_t before = at;
    return at > l->from && is_han(utf8_prev(l->text, &before)) &&
           str_starts(str_cut(l->text, at, l->to), STR("http")) &&
           ads_weight(l->text, l->from, at) > FRAGMENT && odds_of_part(l, l->from, at) < PROSE;
}

/* Whether what stands around the mark is somebody's text, however little it is: a sentence before
 * it, a sentence that a bracket was put into, a heading; words before the address of a page. */
static bool is_set_in_text(const look *l, const draft_mark *m) {
    const finding *f = &l->found[m->first];
    str before = str_cut(l->text, l->from, m->from);
    size_t left = ads_weight(before, 0, before.n), right = ads_weight(l->text, m->to, l->to);
    if (ads_ends_as_text(before) || look_is_in_heading(l, m->from)) return true;
    bool bracketed = m->signs & ADS_BRACKETED || look_starts_bracketed(l, m);
    static const uint32_t source = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_ORIGIN;
    bool words = m->kinds & ~source || !l->own_line;
    if (bracketed && words && left && (right || left > FRAGMENT)) return true;
    return l->kind[m->first] == ADS_SITE && left > FRAGMENT &&
           (!ads_is_bare(str_cut(l->text, f->from, f->to)) || look_is_glued_to_prose(l, f->from));
}

/* Calls of a page's script that are left between a sentence and the mark, with addresses among
 * them, count to the mark, so that the sentence is seen to end before it: …不说话了。app2(); */
static void take_script(const look *l, draft_mark *m) {
    size_t start = m->from;
    for (size_t at = start; at > l->from; start = at) {
        uint32_t c = utf8_prev(l->text, &at);
        if (c >= 0x80 && c != 0x3000) break;
    }
    bool script = str_find(str_cut(l->text, start, m->from), STR("();"), 0) != STR_NONE;
    if (script && ads_ends_as_text(str_cut(l->text, l->from, start))) m->from = start;
}

void look_take_rest(const look *l, draft_mark *m) {
    leave_note(l, m);
    take_script(l, m);
    if (str_eq(str_trim(str_cut(l->text, m->to, l->to)), STR("："))) m->to = l->to;
    if ((m->signs & ADS_BRACKETED && leaves_sentence(l, m)) || is_set_in_text(l, m)) return;
    if (!ads_weight(l->text, l->from, m->from)) m->from = l->from;
    if (!ads_weight(l->text, m->to, l->to)) m->to = l->to;
    if (l->own_line)
        take_rest_of_line(l, m);
    else
        take_rest_of_sentence(l, m);
}

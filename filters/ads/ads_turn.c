/* ads_turn: where an ad turns into the text that it was put before or behind, when no mark says so.
 *
 * "…领取全套资料各地区要认真落实": rules know words of the ad, but not where its last one ends. The
 * letters of both differ (model/wording.h), so of all places behind the ad's last piece, the one is
 * taken at which what stands before is most like an ad and what stands behind most like prose. A
 * bracket, a quotation mark, the end of an address or of a piece makes a place likelier. Behind a
 * heading likewise, with the sides exchanged. */
#include "ads_look.h"

enum {
    CLEAN = 180,  /* hundredths: for a mark or the end of an address between both */
    NUMBER = 240, /* for a number of the text's own behind it */
    PIECE = 90,   /* for the end of a piece */
    SURE = 60,    /* by how much the best place must be better than any other */
};

static bool opens(uint32_t c) {
    return ads_closing_of(c) || c == 0x201C || c == 0x300C || c == 0x2018;
}

static bool shuts(uint32_t c) {
    return ads_is_closing(c) || c == 0x201D || c == 0x300D || c == 0x2019;
}

/* Whether byte at stands in brackets or quotation marks that open in the text. */
static bool is_enclosed(str s, size_t at) {
    int open = 0;
    for (size_t i = 0; i < at;) {
        uint32_t c = utf8_next(s, &i);
        open += opens(c);
        open -= open > 0 && shuts(c);
    }
    return open > 0;
}

/* Marks that open before the letter at byte at belong to what it begins. */
static size_t before_openings(str s, size_t at) {
    for (size_t here = at; here > 0; at = here)
        if (!opens(utf8_prev(s, &here))) break;
    return at;
}

/* Symbols and blanks before an ad, which it is dressed up with. */
static size_t before_symbols(str s, size_t at) {
    for (size_t here = at; here > 0; at = here) {
        uint32_t c = utf8_prev(s, &here);
        if (ads_counts(c) || ads_parts_clauses(c) || shuts(c) || c == '?' || c == '!') break;
    }
    return at;
}

/* Whether a mark, or the end of an address, parts what stands before byte at from the rest. */
static bool is_clean(str s, size_t at) {
    size_t before = at, behind = at;
    uint32_t a = utf8_prev(s, &before), b = utf8_next(s, &behind);
    return !ads_counts(a) || (!is_han(a) && is_han(b)) || !ads_counts(b);
}

/* What makes a place likelier than its letters do. */
static int bonus_at(const look *l, const draft_mark *m, size_t at) {
    int bonus = is_clean(l->text, at) ? CLEAN : 0;
    for (size_t i = m->first; i <= m->last && !bonus; i++)
        if (l->kind[i] != ADS_WORDING && l->found[i].to == at)
            bonus = l->kind[i] == ADS_SITE ? CLEAN : PIECE;
    return bonus;
}

/* Whether a number of the text's own begins at byte at: （三） 3. 3.1 三、 */
static bool starts_number(str s, size_t at) {
    static const unsigned schemes = 1u << LABEL_HAN | 1u << LABEL_HAN_BRACKET |
                                    1u << LABEL_DIGIT_BRACKET | 1u << LABEL_CIRCLED |
                                    1u << LABEL_DIGIT | 1u << LABEL_DECIMAL;
    label read;
    size_t before = at;
    str rest = str_cut(s, at, s.n);
    if (!at || !label_read(rest, &read) || read.at || !(schemes >> read.scheme & 1)) return false;
    size_t behind = read.size;
    if (read.scheme == LABEL_DECIMAL && !(behind < rest.n && is_space(utf8_next(rest, &behind))))
        return false;
    uint32_t c = utf8_prev(s, &before);
    return c > 0x7F || !is_ascii_digit(utf8_next(rest, &behind)) || !is_ascii_digit(c);
}

/* Whether no cut can be made at byte at: it is within an account, between a number and its measure,
 * or the word before it leads to what follows. */
static bool joins(str s, size_t at) {
    static const char *const measures[] = {"年", "月", "日", "个", "项", "条", "名", "元",
                                           "万", "亿", "人", "家", "次", "届", "%",  "％"};
    static const char *const leads[] = {"请", "在", "把", "将", "由", "向", "与", "和"};
    str before = str_cut(s, 0, at), behind = str_cut(s, at, s.n);
    size_t last = at, next = at;
    uint32_t a = utf8_prev(s, &last), b = utf8_next(s, &next);
    if (ads_is_in_run(a) && ads_is_in_run(b) && (is_ascii_digit(a) || !is_ascii_digit(b)))
        return true;
    for (size_t i = 0; is_ascii_digit(a) && i < sizeof measures / sizeof *measures; i++)
        if (str_starts(behind, str_of(measures[i]))) return true;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (str_ends(before, str_of(leads[i]))) return true;
    return false;
}

/* Where the mark, which begins at byte start, ends and text of the document's own begins: between
 * bytes least and most; 0 if no place will do. *sure: no other place is nearly as good. */
static size_t find_turn(const look *l, const draft_mark *m, size_t start, size_t least, size_t most,
                        bool *sure) {
    wording_place places[WORDING_PLACES];
    str s = str_cut(l->text, start, l->to);
    form *folded = &l->w->folded;
    int best = 0, second = 0;
    size_t end = 0;
    bool number = false; /* of the text's own: no ad goes on behind it */
    skeleton_make(ruleset_folding(l->w->stage->rules), s, folded, NULL);
    size_t n = wording_places(form_str(folded), true, places);
    *sure = false;
    for (size_t i = 0; i < n && !number; i++) {
        size_t at = before_openings(s, folded->from[places[i].at]);
        if (start + at < least || start + at > most || !at) continue;
        bool numbered = starts_number(s, at);
        int gain = places[i].gain + (numbered ? NUMBER : bonus_at(l, m, start + at));
        if ((end && !numbered && gain <= second) || is_enclosed(s, at) || joins(s, at)) continue;
        number = numbered;
        if (!end || gain > best)
            second = end ? best : gain - SURE, best = gain, end = start + at;
        else if (gain > second)
            second = gain;
    }
    *sure = end && best - second >= SURE;
    return end;
}

/* Whether the mark ends with a letter, though the stretch goes on. */
static bool ends_in_letter(const look *l, size_t at) {
    return at > l->from && at < l->to && ads_counts(utf8_prev(l->text, &at));
}

/* The end of a name between quotation marks that stands at byte at: “甲乙”; at if there is none. */
static size_t name_end(const look *l, size_t at) {
    enum { NAME = 12 };
    size_t letters = 0, i = at;
    uint32_t open = at < l->to ? utf8_next(l->text, &i) : 0;
    uint32_t close = open == 0x201C   ? 0x201D
                     : open == 0x300C ? 0x300D
                     : open == 0x3010 ? 0x3011
                                      : 0;
    while (close && i < l->to && letters <= NAME) {
        uint32_t c = utf8_next(l->text, &i);
        if (c == close) return i;
        if (!ads_counts(c)) return at;
        letters++;
    }
    return at;
}

/* Whether what is left beside a mark would be a scrap of the ad that both are. */
static bool is_scrap(const look *l, size_t from, size_t to, size_t ad_from, size_t ad_to) {
    enum { AD = 150, BEFORE = -150, BEHIND = -400 }; /* a sentence of its own has lower odds */
    int least = from == ad_from ? BEFORE : BEHIND;
    str scrap = str_cut(l->text, from, to);
    size_t letters = ads_weight(scrap, 0, scrap.n);
    label read;
    if (!letters || letters > REACH || label_read(scrap, &read) || ads_is_note(scrap)) return false;
    return ads_odds(l->w, scrap) >= least && ads_odds(l->w, str_cut(l->text, ad_from, ad_to)) >= AD;
}

/* Whether no clause of an ad is worded like prose: the ad would hold text of the document's own. */
static bool is_ad_throughout(ads_work *w, str ad) {
    enum { CLAUSE = 4, PROSE = -300 };
    for (size_t from = 0, at = 0; at < ad.n;) {
        bool pause = ads_parts_clauses(utf8_next(ad, &at));
        if (!pause && at < ad.n) continue;
        if (ads_weight(ad, from, at) >= CLAUSE && ads_odds(w, str_cut(ad, from, at)) < PROSE)
            return false;
        from = at;
    }
    return true;
}

void look_find_turn(look *l, draft_mark *m, size_t least) {
    enum { AD = 100 };
    bool sure;
    if (!(m->kinds & ~ADS_EXACT)) return;
    if (ends_in_letter(l, m->to)) {
        size_t name = name_end(l, m->to);
        if (name > m->to) least = m->to = name;
        size_t to = find_turn(l, m, m->from, least, l->to, &sure);
        str ad = str_cut(l->text, m->from, to);
        sure = sure && to && !look_is_continued(str_cut(l->text, to, l->to)) &&
               ads_odds(l->w, ad) >= AD && (to <= m->to || is_ad_throughout(l->w, ad));
        if (sure) m->to = name_end(l, to), m->unsure = false, m->parted |= m->to < l->to;
    }
    if (l->own_line) return;
    if (is_scrap(l, m->to, l->to, m->from, l->to)) m->to = l->to;
    if (is_scrap(l, l->from, m->from, l->from, m->to)) m->from = l->from;
}

/* Whether text ends as a sentence does, and does not begin as the rest of one. */
static bool is_sentence(str s) {
    str last = str_trim(s);
    bool told = str_ends(last, STR("。")) || str_ends(last, STR("！")) ||
                str_ends(last, STR("？")) || str_ends(last, STR("；")) ||
                str_ends(last, STR("”")) || str_ends(last, STR("："));
    return told && !look_is_continued(s);
}

/* Whether nothing parts what stands before byte at from what stands behind it, or brackets do that
 * all of the former stands in: no honest sentence goes on like that. */
static bool is_glued(str s, size_t from, size_t at) {
    size_t before = at, behind = at, first = from;
    uint32_t a = utf8_prev(s, &before), b = utf8_next(s, &behind);
    if (!is_han(b)) return false;
    return ads_counts(a) || ads_closing_of(utf8_next(s, &first)) == a;
}

/* Whether a sentence may begin with an ad, at first sight: most that hold some word of a rule begin
 * as prose does. */
static bool may_begin_with_ad(ads_work *w, str s) {
    enum { HEAD = 48, HOPE = -200 };
    size_t at = 0;
    while (at < s.n && at < HEAD) utf8_next(s, &at);
    return ads_odds(w, str_cut(s, 0, at)) >= HOPE;
}

size_t ads_part_end(ads_work *w, str text, size_t from, size_t to) {
    enum { AD = 450, PROSE = -300, AD_LETTERS = 6, PROSE_LETTERS = 8, LONGEST = 600 };
    if (to - from > LONGEST || !w->state->wording) return to;
    if (!may_begin_with_ad(w, str_cut(text, from, to))) return to;
    look l = {.w = w, .text = text, .from = from, .to = to};
    draft_mark none = {.first = 1};
    bool sure;
    size_t turn = find_turn(&l, &none, from, from, to, &sure);
    if (!turn || !sure || turn >= to) return to;
    str ad = str_cut(text, from, turn), own = str_cut(text, turn, to);
    if (ads_weight(ad, 0, ad.n) < AD_LETTERS || ads_weight(own, 0, own.n) < PROSE_LETTERS)
        return to;
    if (!is_glued(text, from, turn) || !is_sentence(own)) return to;
    if (ruleset_suspect_firmly(w->stage->rules, ad, 0) == STR_NONE) return to;
    if (ads_odds(w, ad) < AD || ads_odds(w, own) > PROSE) return to;
    return is_ad_throughout(w, ad) ? turn : to;
}

/* ---- Behind a heading ------------------------------------------------------------------------ */

/* Where the title begins of a heading that text begins with; 0 if it begins with none. */
static size_t title_start(str text) {
    label read;
    if (!label_read(text, &read) || !ads_is_section(&read)) return 0;
    if (read.scheme == LABEL_UNIT && read.unit == UNIT_ARTICLE) return 0;
    return read.at + read.size;
}

/* A title has a word in it and is no sentence. */
static bool is_title(str s) {
    enum { MOST = 24 };
    size_t han = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c == 0x3002 || c == 0xFF1B) return false;
        han += is_han(c);
    }
    return han > 0 && han <= MOST;
}

/* Whether an ad stands in s, and none before it in the title. A title may have two parts, so more
 * is asked of the second one's wording where nothing else tells. */
static bool is_ad_behind(ads_work *w, str title, str s) {
    enum { AD = 150, AD_FAINT = 300, TITLE = 100, LEAST = 4 };
    if (ads_weight(s, 0, s.n) < LEAST || !is_title(title)) return false;
    int odds = ads_odds(w, s);
    if (odds < AD || ads_odds(w, title) >= TITLE) return false;
    return odds >= AD_FAINT || ruleset_suspect_firmly(w->stage->rules, s, 0) != STR_NONE;
}

/* Where an ad begins that a blank parts from the title before it. */
static size_t ad_behind_blank(ads_work *w, str text, size_t title) {
    enum { MOST = 6 };
    size_t tried = 0;
    for (size_t at = title, here = at; at < text.n && tried < MOST; here = at) {
        if (!is_space(utf8_next(text, &at))) continue;
        size_t next = at;
        if (next < text.n && is_space(utf8_next(text, &next))) continue;
        tried += here > title;
        if (is_ad_behind(w, str_cut(text, title, here), str_cut(text, at, text.n))) return at;
    }
    return 0;
}

/* Where one begins that nothing parts from it. */
static size_t ad_behind_letter(ads_work *w, str text, size_t title) {
    enum { LETTERS = 2 };
    wording_place places[WORDING_PLACES];
    size_t best = 0, n;
    int most = 0, second = 0;
    str s = str_cut(text, title, text.n);
    skeleton_make(ruleset_folding(w->stage->rules), s, &w->folded, NULL);
    n = wording_places(form_str(&w->folded), false, places);
    for (size_t i = 0; i < n; i++) {
        size_t at = before_symbols(s, w->folded.from[places[i].at]);
        int gain = places[i].gain + (is_clean(s, at) ? CLEAN : 0);
        if (best && gain <= second) continue;
        if (ads_weight(s, 0, at) < LETTERS || is_enclosed(s, at)) continue;
        if (!best || gain > most)
            second = best ? most : gain - SURE, most = gain, best = at;
        else if (gain > second)
            second = gain;
    }
    str before = str_cut(s, 0, best);
    if (!best || most - second < SURE || str_find(before, STR("，"), 0) != STR_NONE) return 0;
    return is_ad_behind(w, before, str_cut(s, best, s.n)) ? title + best : 0;
}

size_t ads_heading_end(ads_work *w, str text) {
    enum { LONGEST = 400, HOPELESS = -1000 };
    size_t title = text.n <= LONGEST ? title_start(text) : 0;
    if (!title || !w->state->wording || ads_read_odds(w, text) < HOPELESS) return 0;
    size_t at = ad_behind_blank(w, text, title);
    return at ? at : ad_behind_letter(w, text, title);
}

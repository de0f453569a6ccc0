/* ads_turn: where an ad turns into the text that it was put before or behind, when no mark says so.
 *
 * "…领取全套资料各地区要认真落实": rules know words of the ad, but not where its last one ends. The
 * letters of both differ (model/wording.h), so of all places behind the ad's last piece, the one is
 * taken at which what stands before is most like an ad and what stands behind most like prose. A
 * bracket, a quotation mark, the end of an address or of a piece makes a place likelier. */
#include "ads_look.h"

enum {
    CLEAN = 120, /* hundredths: for a mark or the end of an address between both */
    PIECE = 40,  /* for the end of a piece */
    SURE = 60,   /* by how much the best place must be better than any other */
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

/* What makes a place likelier than its letters do. */
static int bonus_at(const look *l, const draft_mark *m, size_t at) {
    size_t before = at, behind = at;
    uint32_t a = utf8_prev(l->text, &before), b = utf8_next(l->text, &behind);
    if (!ads_counts(a) || (!is_han(a) && is_han(b)) || !ads_counts(b)) return CLEAN;
    for (size_t i = m->first; i <= m->last; i++)
        if (l->kind[i] != ADS_WORDING && l->found[i].to == at) return PIECE;
    return 0;
}

size_t look_turn(const look *l, const draft_mark *m, size_t start, size_t least, size_t most,
                 bool *sure) {
    wording_place places[WORDING_PLACES];
    str s = str_cut(l->text, start, l->to);
    form *folded = &l->w->folded;
    int best = 0, second = 0;
    size_t end = 0;
    skeleton_make(ruleset_folding(l->w->stage->rules), s, folded, NULL);
    size_t n = wording_places(form_str(folded), true, places);
    *sure = false;
    for (size_t i = 0; i < n; i++) {
        size_t at = before_openings(s, folded->from[places[i].at]);
        if (start + at < least || start + at > most || !at || is_enclosed(s, at)) continue;
        int gain = places[i].gain + bonus_at(l, m, start + at);
        if (!end || gain > best)
            second = end ? best : gain - SURE, best = gain, end = start + at;
        else if (gain > second)
            second = gain;
    }
    *sure = end && best - second >= SURE;
    return end;
}

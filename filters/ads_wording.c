/* ads_wording: the piece of evidence that needs no rule: how a stretch is worded. */
#include "ads_look.h"

enum {
    ODDS_LEAST = 50, /* hundredths: e to the 0.5 to one that it is an ad */
    LETTERS_LEAST = 4,
    POINTS = 30,      /* at even odds */
    POINTS_EACH = 15, /* for a factor of e */
};

bool look_is_worded(look *l) {
    ads_work *w = l->w;
    skeleton_make(ruleset_folding(w->stage->rules), str_cut(l->text, l->from, l->to), &w->folded,
                  NULL);
    return w->state->wording && wording_odds(form_str(&w->folded)) >= ODDS_LEAST;
}

void look_wording(look *l) {
    l->odds = wording_odds(form_str(&l->w->folded));
    const rule *r = l->w->state->wording;
    int points = POINTS + POINTS_EACH * l->odds / 100;
    if (!r || l->odds < ODDS_LEAST || l->n == MOST_FOUND) return;
    if (ads_weight(l->text, l->from, l->to) < LETTERS_LEAST) return;
    for (size_t i = l->n++; i > 0; i--)
        l->found[i] = l->found[i - 1], l->kind[i] = l->kind[i - 1], l->points[i] = l->points[i - 1];
    l->found[0] = (finding){.rule = r, .from = l->from, .to = l->to};
    l->kind[0] = ADS_WORDING;
    l->points[0] = points < r->score ? points : r->score;
}

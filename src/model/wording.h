/* wording: how much a line is worded like an ad, whoever it is for.
 *
 * A linear model over the n-grams of one to three letters that the line holds, and over pairs of
 * letters with one or two between: each has a weight, learnt from ads and from prose of many kinds
 * (tables/make_wording.py). An address, one of a page, one of mail, the name of an account and a
 * long number are a letter each, whichever they are; a small number is one digit or two; symbols
 * count one by one, by what they are and whether the line ends with them. It knows no names, and
 * nothing of where the line stands: it is evidence beside others. */
#ifndef QW_MODEL_WORDING_H
#define QW_MODEL_WORDING_H

#include "model/skeleton.h"

/* The logarithm of the odds that a line is an ad rather than prose, in hundredths; of the first 120
 * letters, or of so many that e to the -15 leaves no doubt. The line is folded (model/skeleton.h).
 * Negative for nearly all prose. */
int wording_odds(str folded);

/* Whether the odds of a line as it stands are at least so high, at first sight: one that begins as
 * nearly no ad does is read no further, and not folded. For lines that nothing else makes
 * suspicious. `folded` is for its use. */
bool wording_is_likely(const folding *fold, str line, form *folded, int odds);

/* A place between two letters of a line, where an ad and prose may meet. */
typedef struct wording_place {
    uint32_t at; /* the byte of the folded line at which the letter behind it begins */
    int gain;    /* hundredths: how much the odds of both sides differ, less what speaks against
                    tearing n-grams that are known */
} wording_place;

enum { WORDING_PLACES = 124 };

/* The places of a line, in order, of which the one with the most gain parts an ad from prose behind
 * it best; or, if ad_first is false, prose from an ad. What the ad or the prose is as a whole does
 * not count, only which of the places it is: their gains compare with one another. Returns how many
 * there are. */
size_t wording_places(str folded, bool ad_first, wording_place places[WORDING_PLACES]);

#endif

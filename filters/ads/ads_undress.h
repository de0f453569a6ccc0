/* ads_undress: how a stretch reads to somebody who passes over what was put between its letters:
 * 公-众-号：砚-溪, ｛微｝｛信｝, and character references of HTML. */
#ifndef QW_ADS_UNDRESS_H
#define QW_ADS_UNDRESS_H

#include "filter.h"

/* Makes the forms of a stretch what they would be without symbols between its letters and without
 * character references, in place: they are never longer then. Where the letters stand in the text
 * is still told. False when there is nothing of the kind. */
bool ads_undress(const folding *fold, form *folded, form *skeleton);

/* Widens the range of bytes [*from, *to) of s to the ends of the runs of letters that it touches in
 * which each letter stands apart, and of the symbols around them. */
void ads_take_runs(str s, size_t *from, size_t *to);

#endif

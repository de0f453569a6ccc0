/* ads_loss: how much of a document goes with its ads, and whether that can be borne. An ad is
 * often longer than all the lines of a short notice: of such a text the letters alone say too much.
 * Short ads between long paragraphs are no great loss, however many: so the paragraphs alone say
 * too much, too. */
#include "ads.h"

enum { WHOLE = 1000000 /* the unit of shares */ };

static uint64_t share(uint64_t some, uint64_t of) {
    return of ? (some * WHOLE + of - 1) / of : 0;
}

void ads_lose(ads_loss *l, size_t had, size_t left) {
    if (!had) return;
    size_t gone = left < had ? had - left : 0;
    l->had += had;
    l->gone += gone;
    l->paragraphs++;
    l->touched += gone > 0;
    l->shares += share(gone, had);
}

bool ads_can_bear(const ads_loss *l, int64_t most) {
    enum { FEW = 1024 }; /* bytes */
    if (!l->had) return true;
    uint64_t bound = (uint64_t)most * (WHOLE / 100);
    if (l->touched == 1 && l->had < FEW) bound += bound / 2;
    uint64_t text = share(l->gone, l->had), paragraphs = l->shares / l->paragraphs;
    return text <= bound || text + paragraphs <= 2 * bound;
}

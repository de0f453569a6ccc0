/* header: ads in headers and footers. What stands there is on every page, so little is needed to
 * tell; page numbers, document numbers and titles stay, and so do fields. An address or a name
 * alone may be that of the document's own house: whether it is a distributor's, `ads` sees from the
 * rest of the document. */
#include "ads/ads_judge.h"

enum {
    LIMIT = 80,
    HEADER = 30, /* points that the place brings along */
    SHORT = 120, /* letters: a longer line is a text of its own */
};

/* Where the result of a field begins in [from, to), or to. */
static size_t field_in(const block_more *more, size_t from, size_t to) {
    for (size_t i = 0; more && i < more->nspans; i++) {
        const span *s = &more->spans[i];
        if (s->kind == SPAN_FIELD && s->at >= from && s->at < to) to = s->at;
    }
    return to;
}

static bool says_nothing(str text, size_t from, size_t to) {
    return ads_weight(text, 0, from) == 0 && ads_weight(text, to, text.n) == 0;
}

static void look_at(judge *j, const stage *s, doc *d, uint32_t index) {
    (void)s;
    const block *b = &d->blocks[index];
    mark m = {0};
    int points = judge_text(j, b->text, &m);
    if (points + HEADER < LIMIT || !points || b->more == NULL || !judge_says_more(&m)) return;
    if (b->more->npieces || ads_weight(b->text, 0, b->text.n) > SHORT) return;
    reason why = judge_reason(j, &m, "header or footer", points + HEADER);
    size_t to = field_in(b->more, m.from, m.to);
    bool whole = to == m.to && says_nothing(b->text, m.from, m.to) &&
                 field_in(b->more, 0, b->text.n + 1) == b->text.n + 1;
    if (whole)
        edit_drop(d, index, why);
    else if (to > m.from)
        edit_remove(d, index, m.from, to - m.from, why);
}

static bool is_wanted(const block *b) {
    return block_is_text(b) && (b->region == REGION_HEADER || b->region == REGION_FOOTER);
}

static void document(const stage *s, doc *d) {
    judge_each(s, d, is_wanted, look_at);
}

const filter filter_header = {
    .info =
        {
            .name = "header",
            .summary = {"remove ads from headers and footers", "去除页眉、页脚中的广告"},
        },
    .setup = judge_setup,
    .document = document,
    .borrows = "ads",
};

/* links: hyperlinks to distributors lose their target; their text stays, for what is an ad in it is
 * the business of `ads`.
 *
 * An address says nothing about who is behind it. A link goes when the text that it stands under is
 * an ad, when its host stands in something that was removed from this document, and when it is what
 * link farms put in: a common word within a sentence that leads to a web site and does not look
 * like a link. With `links:all` every link to somewhere else goes. */
#include "ads/ads_judge.h"

enum { WHICH };
enum { WHICH_ADS, WHICH_ALL };

enum { LIMIT = 80, SHORT_WORD = 6 /* letters */ };

static const reason asked = {STR_INIT("all"), STR_INIT("a link to somewhere else"), 100};
static const reason known = {STR_INIT("known-host"),
                             STR_INIT("leads to an address that was removed from this document"),
                             90};
static const reason planted = {STR_INIT("planted"),
                               STR_INIT("a word within a sentence leads to a web site unseen"), 85};

/* "http://www.example.com/x" is example.com. */
static str host_of(str address) {
    size_t at = str_find(address, STR("://"), 0);
    str host = str_cut(address, at == STR_NONE ? 0 : at + 3, address.n);
    size_t end = 0;
    while (end < host.n && !strchr("/?#:", host.p[end])) end++;
    host = str_cut(host, 0, end);
    return str_starts(host, STR("www.")) ? str_cut(host, 4, host.n) : host;
}

static bool was_removed(const doc *d, str host) {
    if (host.n < 5) return false;
    for (size_t i = 0; i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        bool made = e->state == QW_EDIT_DONE && e->kind <= QW_EDIT_DROP && !e->after.n;
        bool link = d->blocks[e->block].kind == BLOCK_BOX;
        if (made && !link && str_find(e->before, host, 0) != STR_NONE) return true;
    }
    return false;
}

/* Whether a span shows the link whose target this is. */
static bool shows(const span *s, str target) {
    return s->flags & SPAN_LINK && s->len && str_starts(s->value, target);
}

/* What stands on the page for a link: its longest text, and whether that is a word in a sentence.
 */
typedef struct shown {
    str text;
    bool within;
} shown;

static void look_for(const doc *d, str target, shown *out) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        const block_more *more = b->more;
        for (size_t k = 0; more && k < more->nspans; k++) {
            const span *s = &more->spans[k];
            if (!shows(s, target)) continue;
            str text = str_cut(more->original, s->at, s->at + s->len);
            if (text.n <= out->text.n) continue;
            size_t letters = ads_weight(text, 0, text.n);
            size_t all = ads_weight(more->original, 0, more->original.n);
            *out = (shown){text, letters <= SHORT_WORD && all > 2 * letters + 2 &&
                                     (unsigned char)text.p[0] >= 0x80};
        }
    }
}

static void look_at(judge *j, const stage *s, doc *d, uint32_t index, shown text) {
    str target = d->blocks[index].text;
    bool unseen = d->blocks[index].more->traits & BOX_UNSEEN;
    mark m = {0};
    if (stage_option(s, WHICH) == WHICH_ALL) {
        edit_drop(d, index, asked);
    } else if (judge_text(j, text.text, &m) >= LIMIT && judge_says_more(&m)) {
        edit_drop(d, index, judge_reason(j, &m, "link", m.score));
    } else if (was_removed(d, host_of(target))) {
        edit_drop(d, index, known);
    } else if (text.within && unseen && str_starts(target, STR("http"))) {
        edit_drop(d, index, planted);
    }
}

static void document(const stage *s, doc *d) {
    enum { MOST_LOOKED_FOR = 200 }; /* each is a pass over the document */
    judge j;
    bool begun = false;
    size_t n = 0;
    for (uint32_t i = 0; judge_concerns(d) && i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        bool link = b->kind == BLOCK_BOX && b->region == REGION_META && b->more &&
                    str_starts(b->more->link, STR("link:"));
        if (!link || !block_stands(b)) continue;
        if (!begun && !judge_begin(&j, s, d)) return;
        begun = true;
        shown text = {0};
        if (n++ < MOST_LOOKED_FOR) look_for(d, b->text, &text);
        look_at(&j, s, d, i, text);
    }
}

static const qw_option options[] = {
    {"which",
     {"which links lose their target: those to distributors, or all",
      "去除哪些超链接：仅指向发布者的，或全部"},
     QW_OPTION_CHOICE,
     WHICH_ADS,
     0,
     0,
     "ads|all"},
};

const filter filter_links = {
    .info =
        {
            .name = "links",
            .summary = {"take hyperlinks to distributors off the text they stand under",
                        "去除指向发布者的超链接，保留文字"},
            FILTER_OPTIONS(options),
        },
    .setup = judge_setup,
    .document = document,
    .beyond = true,
    .borrows = "ads",
};

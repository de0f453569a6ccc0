/* tail: takes the rest of a block of ads at the end of a document: what stands between and after
 * the lines that `ads` took there. Such blocks hold lines without a word of advertising, "daily
 * and for all", which nothing but their place gives away.
 *
 * A block of ads is the lines after the last real paragraph. Its lines are short phrases of Han;
 * whatever else stands there, a date, a number, a name, a signature, ends it. The filter follows
 * `ads` in a chain and goes by what that removed; on its own it has nothing to go by. What it may
 * take counts as no line when `ads` looks for the head and tail (ads_is_phrase()), so that a second
 * run finds nothing new. */
#include "ads/ads.h"

enum { MAX_REMOVAL };

enum {
    GAP = 3,     /* lines between two ads */
    BEHIND = 2,  /* lines after the last, when several ads stand before them */
    SEVERAL = 2, /* ads */
    FAR = 60,    /* lines looked at from the end */
};

static const reason between = {STR_INIT("tail-block"),
                               STR_INIT("within the block of ads at the tail"), 80};

static bool is_blank(const block *b) {
    return !ads_holds_more(b->text, 0);
}

/* Whether an earlier filter took the block as an ad. */
static bool was_taken(const uint8_t *taken, uint32_t i) {
    return taken[i];
}

/* By block: whether `ads` dropped it. */
static uint8_t *list_taken(doc *d) {
    uint8_t *taken = arena_zalloc(d->mem, d->nblocks + 1, 1);
    for (size_t i = 0; taken && i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        if (e->kind == QW_EDIT_DROP && e->state == QW_EDIT_DONE && str_eq(e->filter, STR("ads")) &&
            !block_stands(&d->blocks[e->block]))
            taken[e->block] = 1;
    }
    return taken;
}

/* The lines of the block, last first; returns the number of those to take, in `lines`. */
static size_t find_lines(const doc *d, const uint8_t *taken, uint32_t *lines) {
    uint32_t waiting[GAP + 1];
    size_t nwaiting = 0, n = 0, ads = 0, seen = 0;
    bool behind = true, signature = false;
    for (uint32_t i = (uint32_t)d->nblocks; i-- > 0 && seen < FAR;) {
        const block *b = &d->blocks[i];
        if (was_taken(taken, i)) {
            if (signature || nwaiting > (behind ? BEHIND : GAP)) break;
            for (size_t k = 0; k < nwaiting; k++) lines[n++] = waiting[k];
            nwaiting = 0;
            behind = false;
            ads++;
            seen++;
        } else if (block_is_text(b) && b->region == REGION_BODY && !is_blank(b)) {
            if (nwaiting == GAP || !ads_is_phrase(b->text)) break;
            signature |= ads_may_sign(b->text);
            waiting[nwaiting++] = i;
            seen++;
        } else if (b->kind != BLOCK_PARAGRAPH && b->region == REGION_BODY && block_stands(b)) {
            break;
        }
    }
    return ads >= SEVERAL ? n : 0;
}

/* Whether no more than max_removal per cent of the document would be gone with the lines, and with
 * what `ads` took: ads_loss.c. */
static bool is_bearable(const stage *s, const doc *d, const uint8_t *taken, const uint32_t *lines,
                        size_t n) {
    ads_loss loss = {0};
    for (uint32_t i = (uint32_t)d->nblocks; i-- > 0;) {
        const block *b = &d->blocks[i];
        bool goes = n && lines[0] == i;
        if (goes) lines++, n--;
        if (!was_taken(taken, i) && (!block_is_text(b) || is_blank(b))) continue;
        size_t left = was_taken(taken, i) || goes ? 0 : b->text.n, had = block_original(b).n;
        ads_lose(&loss, goes || had < left ? b->text.n : had, left);
    }
    return ads_can_bear(&loss, stage_option(s, MAX_REMOVAL));
}

static void document(const stage *s, doc *d) {
    uint32_t lines[FAR + GAP + 1];
    uint8_t *taken = list_taken(d);
    if (!taken) {
        doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
        return;
    }
    size_t n = find_lines(d, taken, lines);
    if (!n || !is_bearable(s, d, taken, lines, n)) return;
    for (size_t i = n; i-- > 0;) edit_drop(d, lines[i], between);
}

static const qw_option options[] = {
    {"max_removal",
     {"when more per cent of the document would be gone, nothing more goes",
      "连同已删内容超过全文的百分之几即不再删"},
     QW_OPTION_INT,
     33,
     0,
     100,
     NULL},
};

const filter filter_tail = {
    .info =
        {
            .name = "tail",
            .summary = {"take the rest of a block of ads at the end; follows ads",
                        "去除文末广告块中的其余各行，置于 ads 之后"},
            FILTER_OPTIONS(options),
        },
    .document = document,
};

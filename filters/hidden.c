/* hidden: text that no reader of the page sees, or only one who looks for it: hidden by its format,
 * white, tiny, in ruby or in tracked deletions. What advertises goes, the rest is reported; with
 * `hidden:all` all hidden text goes. Authors delete and annotate too: of those two only ads go. */
#include "ads/ads_judge.h"

enum { WHICH };
enum { WHICH_ADS, WHICH_ALL };

enum { LIMIT = 80, HIDDEN = 40 /* points that hiding brings along */ };

static const reason asked = {STR_INIT("all"), STR_INIT("hidden text"), 100};
static const reason seen = {STR_INIT("hidden-text"), STR_INIT("text that the page does not show"),
                            30};

static int points_of(judge *j, str text, mark *found) {
    int points = judge_text(j, text, found);
    return points ? points + HIDDEN : 0;
}

/* A paragraph's hidden text, which the reader keeps apart. */
static void look_at_block(judge *j, const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    mark found = {0};
    int points = points_of(j, b->text, &found);
    if (points >= LIMIT)
        edit_drop(d, index, judge_reason(j, &found, "hidden", points));
    else if (stage_option(s, WHICH) == WHICH_ALL)
        edit_drop(d, index, asked);
    else if (str_trim(b->text).n)
        edit_finding(d, index, 0, b->text.n, seen);
}

/* Bytes [from, to) of the text cannot be read on the page. */
static bool look_at_stretch(judge *j, const stage *s, doc *d, uint32_t index, size_t from,
                            size_t to, change *c) {
    str text = str_cut(d->blocks[index].text, from, to);
    mark found = {0};
    if (!str_trim(text).n) return false;
    int points = points_of(j, text, &found);
    bool all = stage_option(s, WHICH) == WHICH_ALL;
    if (points < LIMIT && !all) edit_finding(d, index, from, to - from, seen);
    if (points < LIMIT && !all) return false;
    reason why = points >= LIMIT ? judge_reason(j, &found, "hidden", points) : asked;
    *c = (change){from, to - from, STR(""), why};
    return true;
}

static bool is_faint(const span *s) {
    return s->kind == SPAN_TEXT && s->flags & (SPAN_FAINT | SPAN_UNSEEN);
}

/* Stretches of faint text in a paragraph that was not changed yet, for spans count in the text as
 * it was read. */
static void look_at_faint(judge *j, const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    const block_more *more = b->more;
    size_t n = 0, letters = 0;
    bool any = false;
    for (size_t i = 0; more && i < more->nspans; i++) any |= is_faint(&more->spans[i]);
    if (!any || more->npieces) return;
    change *changes = arena_alloc(d->mem, more->nspans * sizeof *changes);
    if (!changes) {
        doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
        return;
    }
    for (size_t i = 0, end; i < more->nspans; i = end) {
        end = i + 1;
        if (!is_faint(&more->spans[i])) continue;
        while (end < more->nspans && (is_faint(&more->spans[end]) || !more->spans[end].len)) end++;
        const span *last = &more->spans[end - 1];
        size_t from = more->spans[i].at, to = last->at + last->len;
        if (look_at_stretch(j, s, d, index, from, to, &changes[n])) letters += changes[n++].n;
    }
    if (n && letters == b->text.n)
        edit_drop(d, index, changes[0].why);
    else if (n)
        edit_apply(d, index, changes, n);
}

static bool is_beside_text(const block *b) {
    return b->kind == BLOCK_BOX && b->region == REGION_META && b->more &&
           (str_eq(b->more->link, STR("ruby:")) || str_eq(b->more->link, STR("deleted:")));
}

static void look_at_beside(judge *j, doc *d, uint32_t index) {
    mark found = {0};
    int points = points_of(j, d->blocks[index].text, &found);
    if (points >= LIMIT) edit_drop(d, index, judge_reason(j, &found, "hidden", points));
}

static void document(const stage *s, doc *d) {
    judge j;
    if (!judge_concerns(d) || !judge_begin(&j, s, d)) return;
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        if (!block_stands(b)) continue;
        if (is_beside_text(b))
            look_at_beside(&j, d, i);
        else if (b->region == REGION_META || b->kind != BLOCK_PARAGRAPH)
            continue;
        else if (b->flags & BLOCK_HIDDEN)
            look_at_block(&j, s, d, i);
        else
            look_at_faint(&j, s, d, i);
    }
}

static const qw_option options[] = {
    {"which",
     {"which hidden text goes: ads, or all", "去除哪些隐藏文字：仅广告，或全部"},
     QW_OPTION_CHOICE,
     WHICH_ADS,
     0,
     0,
     "ads|all"},
};

const filter filter_hidden = {
    .info =
        {
            .name = "hidden",
            .summary = {"remove ads in hidden, white or tiny text, and report the rest of it",
                        "去除隐藏、白色、极小文字中的广告，其余隐藏文字予以报告"},
            FILTER_OPTIONS(options),
        },
    .setup = judge_setup,
    .document = document,
    .beyond = true,
    .borrows = "ads",
};

/* ads: takes out distributors' marks and ads.
 *
 * A quick sieve finds the few places that may hold one; only there the rules are looked for,
 * stretch by stretch (ads_stretch.c) and piece by piece (ads_pieces.c). The points of pieces that
 * stand together add up (ads_mark.c); circumstances in the document add more (ads_weigh.c). A mark
 * with `limit` points goes, one with `report` points is reported, the rest stays. When more than
 * `max_removal` per cent of the document would go (ads_loss.c), nothing does: what earlier turns
 * took is given back. */
#include "ads.h"

enum { LIMIT, REPORT, MAX_REMOVAL };

static bool reserve(ads_work *w, marks *all, size_t n) {
    if (n <= all->cap) return true;
    size_t cap = n > 32 ? 2 * n : 64, size = sizeof(mark);
    mark *wider = arena_resize(w->d->mem, all->items, all->cap * size, cap * size);
    if (!wider) return w->failed = true, false;
    all->items = wider;
    all->cap = cap;
    return true;
}

bool ads_add(ads_work *w, mark m) {
    if (!reserve(w, &w->marks, w->marks.n + 1)) return false;
    w->marks.items[w->marks.n++] = m;
    return true;
}

void ads_add_idle(ads_work *w, mark m) {
    marks *all = &w->idle;
    if (!w->turn && reserve(w, all, all->n + 1)) all->items[all->n++] = m;
}

/* Leaves out those whose text has changed. */
static void drop_idle(ads_work *w) {
    marks *all = &w->idle;
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!w->stale[all->items[i].block]) all->items[n++] = all->items[i];
    all->n = n;
}

static void report(ads_work *w, const mark *m, qw_edit_state state) {
    edit_proposal(w->d, m->block, m->from, m->to - m->from, state, ads_reason(w, m));
}

static uint32_t bytes_of(const block *b) {
    return block_is_text(b) && str_trim(b->text).n ? (uint32_t)b->text.n : 0;
}

static bool takes_something(const ads_work *w) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].gone) return true;
    return false;
}

static bool is_bearable(const ads_work *w) {
    ads_loss loss = {0};
    if (!takes_something(w)) return true;
    for (size_t i = 0; !w->turn && i < w->d->nblocks; i++) w->had[i] = bytes_of(&w->d->blocks[i]);
    const mark *m = w->marks.items, *end = m + w->marks.n;
    for (uint32_t i = 0; i < w->d->nblocks; i++) {
        size_t left = bytes_of(&w->d->blocks[i]), gone = 0;
        for (; m < end && m->block == i; m++) {
            if (!m->gone) continue;
            gone += m->to - m->from;
            left += m->after.n;
        }
        ads_lose(&loss, w->had[i], left > gone ? left - gone : 0);
    }
    return ads_can_bear(&loss, stage_option(w->stage, MAX_REMOVAL));
}

static void report_all(ads_work *w) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].score >= stage_option(w->stage, REPORT))
            report(w, &w->marks.items[i], QW_EDIT_PROPOSED);
    for (size_t i = 0; i < w->idle.n; i++) report(w, &w->idle.items[i], QW_EDIT_PROPOSED);
}

static void refuse_all(ads_work *w) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].gone) report(w, &w->marks.items[i], QW_EDIT_REFUSED);
    doc_note(w->d, MSG_ADS_REFUSED, NO_BLOCK, 0, 0, 0,
             ARGS(NUM((uint64_t)stage_option(w->stage, MAX_REMOVAL))));
}

static void look_at(ads_work *w, uint32_t index) {
    const block *b = &w->d->blocks[index];
    if (!block_is_text(b) || !b->text.n) return;
    size_t suspect = ruleset_suspect(w->stage->rules, b->text, 0);
    w->apart = ads_is_interleaved(b->text);
    if (suspect == STR_NONE && (b->flags & BLOCK_REPEATED || w->apart || ads_is_worded(w, b->text)))
        suspect = 0;
    if (suspect != STR_NONE) {
        size_t first = w->marks.n;
        ads_look_through(w, index, suspect);
        ads_look_at_asides(w, index, first);
    }
    ads_look_for_noise(w, index);
}

/* Looks at each block whose text is new, and takes what was seen before of the others. */
static void look_at_all(ads_work *w) {
    const mark *m = w->seen.items, *end = m ? m + w->seen.n : m;
    w->marks.n = 0;
    drop_idle(w);
    for (uint32_t i = 0; i < w->d->nblocks && !w->failed; i++) {
        if (w->stale[i]) look_at(w, i);
        for (; m < end && m->block == i; m++)
            if (!w->stale[i] && !m->after.n) ads_add(w, *m);
    }
    if (w->failed || !reserve(w, &w->seen, w->marks.n)) return;
    if (w->marks.n) memcpy(w->seen.items, w->marks.items, w->marks.n * sizeof(mark));
    w->seen.n = w->marks.n;
    memset(w->stale, 0, w->d->nblocks);
}

static bool look_and_weigh(ads_work *w) {
    w->part = (str){NULL, 0}; /* the last turn may have changed it */
    look_at_all(w);
    if (!w->failed) ads_weigh(w);
    return !w->failed;
}

/* Gives back what earlier turns took, and says of what the first would take that it stays. */
static void refuse(ads_work *w) {
    if (w->turn) {
        edit_take_back(w->d, w->nedits, w->before, w->nbefore);
        memset(w->stale, 1, w->d->nblocks);
        w->turn = 0;
        w->idle.n = 0;
        if (!look_and_weigh(w)) return;
    }
    refuse_all(w);
}

/* Looks, weighs and changes once; says whether something changed. */
static bool take_turn(ads_work *w) {
    if (!look_and_weigh(w)) return false;
    if (!is_bearable(w)) {
        refuse(w);
        return false;
    }
    if (ads_change_all(w)) return true;
    report_all(w);
    return false;
}

/* What goes lets the rest be seen in another light: the zones at head and tail reach further, half
 * a line becomes a line. So it is all done again until nothing changes; cleaning what was cleaned
 * then finds nothing. */
static void document(const stage *s, doc *d) {
    enum { ROOM = 4000, TURNS = 6, ALL = 1 /* point */ };
    ads_work w = {.stage = s, .state = s->state, .d = d, .nedits = d->nedits};
    w.all = stage_option(s, REPORT) <= ALL;
    w.stale = arena_alloc(d->mem, d->nblocks + 1);
    w.had = arena_alloc(d->mem, (d->nblocks + 1) * sizeof *w.had);
    if (!w.stale || !w.had || !form_init(&w.folded, d->mem, ROOM) ||
        !form_init(&w.skeleton, d->mem, ROOM)) {
        doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
        return;
    }
    memset(w.stale, 1, d->nblocks);
    while (w.turn < TURNS && take_turn(&w)) w.turn++;
    if (w.failed) doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
}

static bool setup(stage *s, arena *mem, qw_error *why) {
    return (s->state = ads_kinds(mem, s->rules, why)) != NULL;
}

static const qw_option options[] = {
    {"limit",
     {"points from which a mark is removed", "达到多少分即删除"},
     QW_OPTION_INT,
     80,
     1,
     500,
     NULL},
    {"report",
     {"points from which a mark is reported", "达到多少分即报告"},
     QW_OPTION_INT,
     50,
     1,
     500,
     NULL},
    {"max_removal",
     {"when more per cent of the document would go, nothing does",
      "拟删内容超过全文的百分之几即不删"},
     QW_OPTION_INT,
     33,
     0,
     100,
     NULL},
};

const filter filter_ads = {
    .info =
        {
            .name = "ads",
            .summary = {"take out ads and distributors' marks", "去除广告和分发者的标记"},
            FILTER_OPTIONS(options),
            .has_rules = true,
        },
    .setup = setup,
    .document = document,
};

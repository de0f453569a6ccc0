/* ads_read: what the rules and the model of wording say of a stretch's text by itself. Ads and
 * their kin are repeated, so what was read last is remembered by its words: of a text that comes
 * again, nothing is looked up again. */
#include "ads_look.h"
#include "ads_undress.h"

enum {
    FEW = 16, /* findings that are remembered; texts with more are read each time */
    UNREAD = FEW + 1,
    LEAST_SLOTS = 16,
    MOST_SLOTS = 256,
};

/* A text that was read. */
typedef struct reading {
    str text; /* empty: none */
    int odds;
    uint32_t n; /* UNREAD: only the odds are known */
    finding found[FEW];
} reading;

struct readings {
    reading **slots; /* NULL: nothing was read that belongs there */
    size_t mask;
};

static struct readings *new_readings(const ads_work *w) {
    struct readings *r = arena_alloc(w->d->mem, sizeof *r);
    size_t slots = LEAST_SLOTS;
    while (slots < MOST_SLOTS && slots < w->d->nblocks / 2) slots *= 2;
    if (!r) return NULL;
    r->mask = slots - 1;
    r->slots = arena_zalloc(w->d->mem, slots, sizeof *r->slots);
    return r->slots ? r : NULL;
}

/* Where a text is remembered, or may be; NULL when memory is out. */
static reading *slot_of(ads_work *w, str s) {
    if (!w->readings) w->readings = new_readings(w);
    reading **slot = w->readings ? &w->readings->slots[hash64(s, 0) & w->readings->mask] : NULL;
    if (slot && !*slot) *slot = arena_zalloc(w->d->mem, 1, sizeof **slot);
    if (!slot || !*slot) return w->failed = true, NULL;
    return *slot;
}

/* Several tests in a row ask for the same part of a stretch. */
int ads_odds(ads_work *w, str s) {
    if (w->part.p == s.p && w->part.n == s.n && s.n) return w->part_odds;
    skeleton_fold(ruleset_folding(w->stage->rules), s, &w->folded);
    w->part = s;
    return w->part_odds = wording_odds(form_str(&w->folded));
}

int ads_read_odds(ads_work *w, str s) {
    reading *r = slot_of(w, s);
    if (!r || !s.n) return 0;
    if (!str_eq(r->text, s)) *r = (reading){.text = s, .odds = ads_odds(w, s), .n = UNREAD};
    return r->odds;
}

/* Findings without those that only say where to look. */
static size_t drop_hints(const ads_work *w, finding *found, size_t n) {
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t kind = ads_kind_of(w, &found[i]);
        if (kind != ADS_HINT && kind != ADS_WORDING) found[left++] = found[i];
    }
    return left;
}

/* How many gaps there are between the letters of bytes [from, to) of s that an undressed form
 * shows side by side. */
static unsigned count_breaks(const form *f, str s, size_t from, size_t to) {
    unsigned breaks = 0;
    for (size_t i = 1; i < f->n; i++) {
        if (f->from[i - 1] < from || f->to[i] > to || f->from[i] <= f->to[i - 1]) continue;
        breaks += str_trim(str_cut(s, f->to[i - 1], f->from[i])).n > 0;
    }
    return breaks;
}

static bool was_found(const finding *found, size_t n, const finding *f) {
    for (size_t i = 0; i < n; i++)
        if (found[i].rule == f->rule && found[i].from == f->from && found[i].to == f->to)
            return true;
    return false;
}

/* Adds what the rules find in s, which is undressed in the work's forms now; returns how many
 * findings there are then. */
static size_t read_undressed(ads_work *w, str s, finding *out, size_t n) {
    const ruleset *rules = w->stage->rules;
    finding more[MOST_FOUND];
    size_t nmore = ruleset_find(rules, s, &w->folded, &w->skeleton, more, MOST_FOUND);
    for (size_t i = 0; i < nmore && n < MOST_FOUND; i++) {
        if (was_found(out, n, &more[i])) continue;
        unsigned breaks = count_breaks(&w->folded, s, more[i].from, more[i].to);
        if (breaks > more[i].breaks) more[i].breaks = breaks;
        size_t at = n++;
        while (at > 0 && out[at - 1].from > more[i].from) out[at] = out[at - 1], at--;
        out[at] = more[i];
    }
    return n;
}

size_t ads_read(ads_work *w, str s, finding *out, int *odds) {
    const ruleset *rules = w->stage->rules;
    reading *r = slot_of(w, s);
    if (!r) return 0;
    if (r->n != UNREAD && str_eq(r->text, s)) {
        memcpy(out, r->found, r->n * sizeof *out);
        *odds = r->odds;
        return r->n;
    }
    skeleton_make(ruleset_folding(rules), s, &w->folded, &w->skeleton);
    size_t n = ruleset_find(rules, s, &w->folded, &w->skeleton, out, MOST_FOUND);
    bool undressed = ads_undress(ruleset_folding(rules), &w->folded, &w->skeleton);
    if (undressed) n = read_undressed(w, s, out, n);
    n = drop_hints(w, out, n);
    *odds = !undressed && str_eq(r->text, s) ? r->odds : wording_odds(form_str(&w->folded));
    *r = (reading){.text = s, .odds = *odds, .n = n <= FEW ? (uint32_t)n : UNREAD};
    if (n <= FEW) memcpy(r->found, out, n * sizeof *out);
    return n;
}

/* ads_change: from marks that are settled to changes of the text: marks that touch are one cut, the
 * seam is mended, and a scrap goes with what it is left of. */
#include "ads.h"

enum { ALMOST_NOTHING = 2 /* letters left over that go with the rest of a line */ };

reason ads_reason(const ads_work *w, const mark *m) {
    int score = m->score < 0 ? 0 : m->score > 100 ? 100 : m->score;
    return (reason){m->rule, ads_why(w->d->mem, m), score};
}

/* The marks of one block, in order, made into ranges that do not touch. */
typedef struct cuts {
    change *items;
    size_t n;
    bool exact;  /* some of it is a user's */
    bool parted; /* some of it stood beside the document's own */
} cuts;

/* Whether what lies between two marks is nothing to be left behind: a letter or two. */
static bool is_gap(str text, size_t from, size_t to) {
    if (to <= from) return true;
    return to - from < 24 && ads_weight(text, from, to) <= ALMOST_NOTHING;
}

/* Whether a mark is part of the cut before it. What a user's rule finds is cut as it says. */
static bool is_part_of(const change *cut, const mark *m, str text) {
    size_t end = cut->at + cut->n;
    return m->exact || cut->after.n ? m->from < end : is_gap(text, end, m->from);
}

static void add_cut(ads_work *w, cuts *c, const mark *m) {
    change *last = c->n ? &c->items[c->n - 1] : NULL;
    c->parted |= m->parted;
    if (last && is_part_of(last, m, w->d->blocks[m->block].text)) {
        bool replaced = last->after.n || m->after.n; /* then the first alone */
        if (!replaced && m->to > last->at + last->n) last->n = m->to - last->at;
        return;
    }
    c->items[c->n++] = (change){m->from, m->to - m->from, m->after, ads_reason(w, m)};
    c->exact |= m->exact;
}

static uint32_t char_before(str s, size_t at) {
    return at ? utf8_prev(s, &at) : 0;
}

static uint32_t char_at(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

static bool is_pause(uint32_t c) {
    return c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == ',' || c == ';';
}

/* Whether a 。 before byte at is one too many: it stands twice, and not three times, or behind a
 * colon. */
static bool is_doubled_stop(str s, size_t at) {
    s = str_cut(s, 0, at);
    return str_ends(s, STR("：。")) || (str_ends(s, STR("。。")) && !str_ends(s, STR("。。。"))) ||
           str_ends(s, STR("。”。"));
}

/* Mends the seam: no two pauses or stops in a row, no space where the text ends. */
static void mend(str text, change *c) {
    uint32_t before = char_before(text, c->at), after = char_at(text, c->at + c->n);
    uint32_t last = c->n ? char_before(text, c->at + c->n) : 0;
    if (is_doubled_stop(text, c->at)) {
        c->at -= 3, c->n += 3; /* "…。。AD": the mark brought its own */
    } else if (is_pause(before) && ads_is_stop(last) &&
               (!after || after == 0x201D || after == 0x300D)) {
        /* "…，AD。" at the end of what is said keeps the full stop and gives up the comma */
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
        c->after = str_cut(text, c->at + c->n - (last < 0x80 ? 1 : 3), c->at + c->n);
    } else if (((is_pause(before) || c->at == 0) && is_pause(after)) ||
               ((ads_is_stop(before) || c->at == 0) &&
                (is_pause(after) || ads_is_stop(after) || after == 0xFF1A))) {
        size_t at = c->at + c->n;
        utf8_next(text, &at);
        c->n = at - c->at;
    } else if (is_pause(before) && ads_is_stop(after)) {
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
    }
}

/* Takes the spaces at an end of the paragraph that a mark leaves behind; at its start those that
 * are no indent. */
static void take_end_spaces(str text, change *c) {
    while (c->at == 0 && c->n < text.n && text.p[c->n] == ' ') c->n++;
    while (c->at + c->n == text.n && c->at > 0 && is_space(char_before(text, c->at))) {
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
    }
}

/* Whether what is left of a short paragraph is a scrap of what was taken: no heading, before it or
 * behind it, and no sentence before it. */
static bool is_scrap(str text, const change *first, size_t left) {
    enum { SHORT = 120 };
    label read;
    size_t all = ads_weight(text, 0, text.n);
    if (all > SHORT || 4 * left > all || label_read(text, &read)) return false;
    return first->at || !label_read(str_cut(text, first->n, text.n), &read) ||
           !ads_is_section(&read);
}

/* Keeps the block as it stands, for the case that a later turn is refused. */
static bool keep(ads_work *w, uint32_t index) {
    if (w->nbefore == w->before_cap) {
        size_t cap = w->before_cap ? 2 * w->before_cap : 16, size = sizeof *w->before;
        block_copy *wider = arena_resize(w->d->mem, w->before, w->before_cap * size, cap * size);
        if (!wider) return w->failed = true, false;
        w->before = wider;
        w->before_cap = cap;
    }
    edit_keep(w->d, index, &w->before[w->nbefore++]);
    return true;
}

/* Whether what stands before a mark ends as text does; a note in brackets may stand behind it. */
static bool ends_as_text(str before) {
    before = str_trim(before);
    if (ads_ends_as_text(before)) return true;
    size_t at = before.n;
    uint32_t last = at ? utf8_prev(before, &at) : 0;
    uint32_t open = last == ')' ? '(' : last == 0xFF09 ? 0xFF08 : 0;
    while (open && at > 0)
        if (utf8_prev(before, &at) == open) return ads_ends_as_text(str_cut(before, 0, at));
    return false;
}

static void change_block(ads_work *w, uint32_t index, cuts *c) {
    str text = w->d->blocks[index].text;
    size_t left = ads_weight(text, 0, text.n);
    for (size_t i = 0; i < c->n; i++)
        left -= ads_weight(text, c->items[i].at, c->items[i].at + c->items[i].n);
    for (size_t i = 0; i < c->n; i++)
        if (str_trim(c->items[i].after).n) left += ALMOST_NOTHING + 1;
    bool told = ends_as_text(str_cut(text, 0, c->items[0].at));
    if (!left || (!told && (left <= ALMOST_NOTHING ||
                            (!c->exact && !c->parted && is_scrap(text, c->items, left))))) {
        edit_drop(w->d, index, c->items[0].why);
        return;
    }
    for (size_t i = 0; i < c->n && !c->exact; i++) {
        mend(text, &c->items[i]);
        take_end_spaces(text, &c->items[i]);
    }
    size_t n = 1;
    for (size_t i = 1; i < c->n; i++) {
        change *last = &c->items[n - 1];
        if (c->items[i].at < last->at + last->n) {
            size_t end = c->items[i].at + c->items[i].n;
            if (end > last->at + last->n) last->n = end - last->at, last->after = STR("");
        } else {
            c->items[n++] = c->items[i];
        }
    }
    edit_apply(w->d, index, c->items, n);
}

bool ads_change_all(ads_work *w) {
    size_t before = w->d->nedits;
    change *room = arena_alloc(w->d->mem, (w->marks.n + 1) * sizeof *room);
    const mark *m = w->marks.items;
    if (!room) {
        w->failed = true;
        return false;
    }
    for (size_t i = 0; i < w->marks.n;) {
        cuts c = {.items = room};
        uint32_t index = m[i].block;
        for (; i < w->marks.n && m[i].block == index; i++)
            if (m[i].gone) add_cut(w, &c, &m[i]);
        if (c.n && keep(w, index)) change_block(w, index, &c), w->stale[index] = 1;
    }
    return w->d->nedits > before;
}

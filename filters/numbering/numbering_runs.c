/* The labels of a document and the runs they make. */
#include "numbering.h"

/* ---- Collecting ------------------------------------------------------------------------------ */

void *numbering_room(doc *d, void *array, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return array;
    size_t more = *cap ? *cap * 2 : 128;
    void *wider = arena_alloc(d->mem, more * size);
    if (!wider) return fail_memory(&d->why), NULL;
    if (n) memcpy(wider, array, n * size);
    *cap = more;
    return wider;
}

unsigned label_kind(const label *l) {
    if (l->formal) return KIND_FORMAL;
    if (l->scheme == LABEL_UNIT) return KIND_UNIT + l->unit;
    if (l->scheme == LABEL_DECIMAL) return KIND_DECIMAL + l->nparts;
    return l->scheme == LABEL_DIGIT_BARE ? LABEL_DIGIT : l->scheme;
}

/* How deep an item stands: headings by their level, list items below them by their label. */
static unsigned depth_of(const item *it) {
    static const uint8_t depths[LABEL_SCHEMES] = {
        [LABEL_HAN] = 10,           [LABEL_HAN_BARE] = 10,
        [LABEL_HAN_BRACKET] = 20,   [LABEL_DIGIT] = 30,
        [LABEL_DIGIT_BARE] = 30,    [LABEL_DECIMAL] = 31,
        [LABEL_DIGIT_BRACKET] = 40, [LABEL_DIGIT_HALF] = 41,
        [LABEL_CIRCLED] = 50,       [LABEL_LETTER_BRACKET] = 51,
        [LABEL_LETTER_HALF] = 51,
    };
    if (it->level) return it->level;
    if (it->label.scheme == LABEL_UNIT) return 100u + it->label.unit;
    unsigned depth = 100u + depths[it->label.scheme];
    return depth + (it->label.scheme == LABEL_DECIMAL ? it->label.nparts : 0);
}

static bool is_numbered(const block *b, label *l) {
    bool role = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN || b->role == QW_ROLE_LIST;
    if (!role || (b->flags & BLOCK_AUTO)) return false;
    if (!label_read(b->text, l) && (b->role != QW_ROLE_HEADING || !label_read_chapter(b->text, l)))
        return false;
    return l->value && l->scheme != LABEL_BULLET && l->scheme != LABEL_ORDINAL;
}

/* 图3, 表 2: one number, not that of a chapter and a figure. */
static bool is_caption(const block *b, label *l, unsigned *kind) {
    static const char *const names[] = {"图", "圖", "表"};
    str s = b->text;
    size_t at = 0;
    if (b->role != QW_ROLE_CAPTION) return false;
    while (at < s.n && (s.p[at] == ' ' || str_starts(str_cut(s, at, s.n), STR("　"))))
        at += s.p[at] == ' ' ? 1 : 3;
    for (size_t i = 0; i < 3; i++) {
        str name = str_of(names[i]);
        if (!str_starts(str_cut(s, at, s.n), name)) continue;
        size_t from = at + name.n + (at + name.n < s.n && s.p[at + name.n] == ' ');
        size_t n = numeral_read_digits(str_cut(s, from, s.n), &l->value);
        if (!n || !l->value || (from + n < s.n && memchr("-.", s.p[from + n], 2))) return false;
        l->at = (uint32_t)at;
        l->number = (uint32_t)from;
        l->number_size = (uint32_t)n;
        l->size = (uint32_t)(from + n - at);
        l->nparts = 1;
        *kind = i < 2 ? KIND_FIGURE : KIND_TABLE;
        return true;
    }
    return false;
}

static item *add_item(listing *x, uint32_t index, const label *l) {
    item *room = numbering_room(x->d, x->items, x->nitems, &x->items_cap, sizeof *room);
    if (!room) return NULL;
    x->items = room;
    item *it = &x->items[x->nitems++];
    *it = (item){.block = index, .label = *l, .next = NO_ITEM, .parent = NO_ITEM};
    it->level = x->d->blocks[index].level;
    it->kind = (uint8_t)label_kind(l);
    return it;
}

static void find_parents(listing *x) {
    struct {
        uint32_t index;
        unsigned depth;
    } stack[24];
    unsigned n = 0;
    for (uint32_t i = 0; i < x->nitems; i++) {
        item *it = &x->items[i];
        unsigned depth = depth_of(it);
        if (it->kind >= KIND_FIGURE) continue;
        while (n && stack[n - 1].depth >= depth) n--;
        it->parent = n ? stack[n - 1].index : NO_ITEM;
        if (n == sizeof stack / sizeof *stack) n--;
        stack[n].index = i;
        stack[n++].depth = depth;
    }
}

void collect_items(listing *x, bool captions) {
    doc *d = x->d;
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        label l = {0};
        unsigned kind;
        if (b->role == QW_ROLE_BODY || !block_is_text(b) || b->region != REGION_BODY) continue;
        if (is_numbered(b, &l)) {
            add_item(x, i, &l);
        } else if (captions && is_caption(b, &l, &kind)) {
            item *it = add_item(x, i, &l);
            if (it) it->kind = (uint8_t)kind;
        }
    }
    find_parents(x);
}

/* ---- Runs ------------------------------------------------------------------------------------ */

static bool same_prefix(const label *a, const label *b) {
    for (unsigned i = 0; i + 1 < a->nparts; i++)
        if (a->parts[i] != b->parts[i]) return false;
    return true;
}

/* Whether item b belongs to the run that a ends: unless it is a 1, which begins a new one, or list
 * items stand apart. `closed`: a label that stands higher came between. */
static bool goes_on(const item *a, const item *b, bool closed) {
    uint32_t last = a->label.value, now = b->label.value;
    if (a->kind >= KIND_FIGURE) return true;
    if (a->label.scheme == LABEL_DECIMAL && !same_prefix(&a->label, &b->label)) return false;
    if (now == last + 1 || (b->label.inserted && now == last)) return true;
    return now != 1 && !closed && (a->level != 0) == (b->level != 0);
}

/* Adds item i to the run that `tail` ends, or begins one. */
static void place(listing *x, uint32_t i, uint32_t tail, bool closed) {
    item *it = &x->items[i];
    if (tail != NO_ITEM && goes_on(&x->items[tail], it, closed)) {
        run *r = &x->runs[it->run = x->items[tail].run];
        x->items[tail].next = i;
        it->expected = x->items[tail].expected + !it->label.inserted;
        r->last = i;
        r->count++;
    } else {
        it->run = (uint32_t)x->nruns;
        /* A run that goes on under another heading, or a part of a document, may begin later; what
         * does not begin at 1 at all is reported. */
        it->expected = it->label.value;
        x->runs[x->nruns++] = (run){i, i, 1, 0, NO_ITEM, NULL};
    }
    if (it->label.value != it->expected) {
        x->runs[it->run].wrong++;
        x->runs[it->run].odd = i;
    }
}

void make_runs(listing *x) {
    uint32_t tails[KINDS];
    bool closed[KINDS] = {false};
    unsigned depths[KINDS] = {0};
    memset(tails, 0xFF, sizeof tails);
    x->runs = arena_alloc(x->d->mem, x->nitems * sizeof *x->runs);
    if (!x->runs) {
        fail_memory(&x->d->why);
        return;
    }
    for (uint32_t i = 0; i < x->nitems; i++) {
        unsigned kind = x->items[i].kind;
        place(x, i, tails[kind], closed[kind]);
        depths[kind] = depth_of(&x->items[i]);
        tails[kind] = i;
        closed[kind] = false;
        if (kind >= KIND_FIGURE) continue;
        for (unsigned k = 0; k < KIND_FIGURE; k++)
            if (tails[k] != NO_ITEM && depths[k] > depths[kind]) closed[k] = true;
    }
}

str item_label(const listing *x, const item *it) {
    return str_cut(x->d->blocks[it->block].text, it->label.at, it->label.at + it->label.size);
}

#include "model/edit.h"

/* Room for n more entries. */
static bool reserve(doc *d, size_t n) {
    if (!doc_ok(d)) return false;
    if (d->nedits + n <= d->edits_cap) return true;
    size_t cap = d->edits_cap ? d->edits_cap * 2 : 64;
    while (cap < d->nedits + n) cap *= 2;
    size_t had = d->edits_cap * sizeof(edit), want = cap * sizeof(edit);
    edit *wider = cap < UINT32_MAX ? arena_resize(d->mem, d->edits, had, want) : NULL;
    if (!wider) return fail_memory(&d->why);
    d->edits = wider;
    d->edits_cap = cap;
    return true;
}

/* Enters an edit that reserve() made room for. */
static edit *enter(doc *d, qw_edit_kind kind, uint32_t index, reason why) {
    edit *e = &d->edits[d->nedits++];
    int score = why.score < 0 ? 0 : why.score > 100 ? 100 : why.score;
    *e = (edit){
        .kind = kind,
        .block = index,
        .group = d->group_depth ? d->group : (uint32_t)d->nedits,
        .filter = d->filter,
        .rule = why.rule,
        .why = why.why,
        .score = (uint8_t)score,
    };
    return e;
}

void edit_group_begin(doc *d) {
    if (d->group_depth++ == 0) d->group = (uint32_t)d->nedits + 1;
}

void edit_group_end(doc *d) {
    if (d->group_depth) d->group_depth--;
}

/* ---- The piece table ------------------------------------------------------------------------- */

/* Walks over the pieces of a block's text from front to back. */
typedef struct walk {
    const piece *pieces;
    size_t npieces, i;
    size_t start; /* where piece i starts in the current text */
    piece whole;  /* the one piece of a block that was never changed */
} walk;

static void walk_begin(walk *w, const block *b) {
    bool changed = b->more && b->more->npieces;
    w->whole = (piece){0, (uint32_t)b->text.n, NULL};
    w->pieces = changed ? b->more->pieces : &w->whole;
    w->npieces = changed ? b->more->npieces : 1;
    w->i = w->start = 0;
}

/* Moves on to the piece that holds byte `at`, or to the last one. */
static const piece *walk_to(walk *w, size_t at) {
    while (w->i + 1 < w->npieces && w->start + w->pieces[w->i].len <= at)
        w->start += w->pieces[w->i++].len;
    return &w->pieces[w->i];
}

static size_t walk_original(walk *w, size_t at) {
    const piece *p = walk_to(w, at);
    return p->inserted ? p->from : p->from + (at - w->start);
}

/* Where the bytes before `end` stop in the original text; end > where the walk stands. */
static size_t walk_original_end(walk *w, size_t end) {
    const piece *p = walk_to(w, end - 1);
    return p->inserted ? p->from : p->from + (end - w->start);
}

size_t edit_original_offset(const block *b, size_t at) {
    walk w;
    walk_begin(&w, b);
    return walk_original(&w, at);
}

/* The text and pieces that come out of edit_apply(). */
typedef struct result {
    char *text;
    size_t n;
    piece *pieces;
    size_t npieces;
} result;

/* Takes bytes [from, to) of the old text over, with their pieces. */
static void take(result *r, walk *w, str old, size_t from, size_t to) {
    if (from == to) return;
    if (r->text + r->n != old.p + from) memcpy(r->text + r->n, old.p + from, to - from);
    r->n += to - from;
    while (from < to) {
        const piece *p = walk_to(w, from);
        size_t skip = from - w->start, end = w->start + p->len < to ? w->start + p->len : to;
        r->pieces[r->npieces++] = (piece){
            p->inserted ? p->from : (uint32_t)(p->from + skip),
            (uint32_t)(end - from),
            p->inserted ? p->inserted + skip : NULL,
        };
        from = end;
    }
}

static void insert(result *r, str after, size_t original) {
    if (!after.n) return;
    memcpy(r->text + r->n, after.p, after.n);
    r->pieces[r->npieces++] = (piece){(uint32_t)original, (uint32_t)after.n, r->text + r->n};
    r->n += after.n;
}

static bool changes_nothing(const block *b, const change *c) {
    return str_eq(str_cut(b->text, c->at, c->at + c->n), c->after);
}

/* Where a lead that ends at byte `lead` ends after a change at byte `at` of the new text. */
static size_t moved_lead(size_t lead, size_t at, size_t n, size_t after) {
    if (lead <= at) return lead;
    return lead >= at + n ? lead - n + after : at + after;
}

/* Whether the changes only take bytes off the ends; *head: those off the front. Then what is left
 * stands in the old text already: indents go from most paragraphs of most files, and need no copy.
 */
static bool only_trims(str text, const change *changes, size_t count, size_t *head) {
    *head = 0;
    for (size_t i = 0; i < count; i++) {
        const change *c = &changes[i];
        if (c->after.n || (c->at && c->at + c->n != text.n)) return false;
        if (!c->at) *head = c->n;
    }
    return true;
}

static bool make_room(doc *d, const block *b, const change *changes, size_t count, result *r) {
    size_t bytes = b->text.n, pieces = (b->more ? b->more->npieces : 0) + 1;
    for (size_t i = 0; i < count; i++) bytes += changes[i].after.n;
    if (bytes > UINT32_MAX) return doc_fail(d, MSG_LONG_BLOCK, STR(""), NO_ARGS);
    size_t head;
    bool in_place = only_trims(b->text, changes, count, &head) && b->text.p;
    r->text = in_place ? (char *)b->text.p + head : arena_alloc(d->mem, bytes + 1);
    r->pieces = arena_alloc(d->mem, (pieces + 2 * count) * sizeof *r->pieces);
    if (!r->text || !r->pieces) return fail_memory(&d->why);
    return true;
}

/* Where the label stands in the block's text; false when it is none of it. */
static bool label_range(const block *b, size_t *from, size_t *to) {
    str label = b->more->label;
    uintptr_t text = (uintptr_t)b->text.p, at = (uintptr_t)label.p;
    if (!label.n || at < text || at + label.n > text + b->text.n) return false;
    *from = at - text;
    *to = *from + label.n;
    return true;
}

size_t edit_apply(doc *d, uint32_t index, const change *changes, size_t count) {
    block *b = &d->blocks[index];
    result r = {0};
    if (!block_stands(b) || !count || !block_rest(d, b) || !reserve(d, count)) return 0;
    if (!make_room(d, b, changes, count, &r)) return 0;
    walk w;
    walk_begin(&w, b);
    size_t at = 0, made = 0, label_from = 0, label_to = 0;
    bool labelled = label_range(b, &label_from, &label_to);
    for (size_t i = 0; i < count; i++) {
        const change *c = &changes[i];
        if (changes_nothing(b, c)) continue;
        take(&r, &w, b->text, at, c->at);
        size_t from = walk_original(&w, c->at);
        size_t to = c->n ? walk_original_end(&w, c->at + c->n) : from;
        edit *e = enter(d, QW_EDIT_REPLACE, index, c->why);
        e->at = (uint32_t)r.n;
        e->from = (uint32_t)from;
        e->to = (uint32_t)(to > from ? to : from);
        e->before = str_cut(b->text, c->at, c->at + c->n);
        b->lead = (uint32_t)moved_lead(b->lead, r.n, c->n, c->after.n);
        label_from = moved_lead(label_from, r.n, c->n, c->after.n);
        label_to = moved_lead(label_to, r.n, c->n, c->after.n);
        insert(&r, c->after, from);
        e->after = str_make(r.text + r.n - c->after.n, c->after.n);
        at = c->at + c->n;
        made++;
    }
    if (!made) return 0;
    take(&r, &w, b->text, at, b->text.n);
    if (!r.npieces) r.pieces[r.npieces++] = (piece){0, 0, NULL};
    b->text = str_make(r.text, r.n);
    b->flags &= (uint8_t)~BLOCK_PLAIN;
    if (labelled) b->more->label = str_cut(b->text, label_from, label_to);
    b->more->pieces = r.pieces;
    b->more->npieces = r.npieces;
    return made;
}

bool edit_replace(doc *d, uint32_t index, size_t at, size_t n, str after, reason why) {
    return edit_apply(d, index, &(change){at, n, after, why}, 1) == 1;
}

bool edit_remove(doc *d, uint32_t index, size_t at, size_t n, reason why) {
    return edit_replace(d, index, at, n, STR(""), why);
}

/* ---- Whole blocks ---------------------------------------------------------------------------- */

static bool drop_one(doc *d, uint32_t index, reason why) {
    block *b = &d->blocks[index];
    if (!block_stands(b) || !reserve(d, 1)) return false;
    edit *e = enter(d, QW_EDIT_DROP, index, why);
    e->before = b->text;
    e->to = (uint32_t)block_original(b).n;
    b->flags |= BLOCK_REMOVED;
    return true;
}

bool edit_drop(doc *d, uint32_t index, reason why) {
    const block *b = &d->blocks[index];
    uint32_t end = b->kind != BLOCK_PARAGRAPH && b->more ? b->more->end : index + 1;
    edit_group_begin(d);
    bool dropped = drop_one(d, index, why);
    for (uint32_t i = index + 1; dropped && i < end && i < d->nblocks; i++) drop_one(d, i, why);
    edit_group_end(d);
    return dropped;
}

bool edit_role(doc *d, uint32_t index, block_role role, reason why) {
    block *b = &d->blocks[index];
    if (!block_stands(b) || (b->role == role.role && b->level == role.level)) return false;
    if (!block_rest(d, b) || !reserve(d, 1)) return false;
    edit *e = enter(d, QW_EDIT_ROLE, index, why);
    e->role = b->role = (uint8_t)role.role;
    e->level = b->level = (uint8_t)role.level;
    b->lead = (uint32_t)role.lead;
    if (role.label.n) b->more->label = role.label;
    b->more->reason = why.why;
    return true;
}

static void enter_unchanged(doc *d, qw_edit_kind kind, qw_edit_state state, uint32_t index,
                            size_t at, size_t n, reason why) {
    const block *b = &d->blocks[index];
    if (!block_stands(b) || !reserve(d, 1)) return;
    walk w;
    walk_begin(&w, b);
    edit *e = enter(d, kind, index, why);
    e->state = state;
    e->at = (uint32_t)at;
    e->before = str_cut(b->text, at, at + n);
    e->after = e->before;
    e->from = (uint32_t)walk_original(&w, at);
    e->to = e->before.n ? (uint32_t)walk_original_end(&w, at + e->before.n) : e->from;
}

void edit_finding(doc *d, uint32_t index, size_t at, size_t n, reason why) {
    enter_unchanged(d, QW_EDIT_FINDING, QW_EDIT_DONE, index, at, n, why);
}

void edit_proposal(doc *d, uint32_t index, size_t at, size_t n, qw_edit_state state, reason why) {
    enter_unchanged(d, QW_EDIT_REPLACE, state, index, at, n, why);
}

/* ---- Taking back ----------------------------------------------------------------------------- */

void edit_keep(const doc *d, uint32_t index, block_copy *out) {
    *out = (block_copy){.index = index, .block = d->blocks[index]};
    if (out->block.more) out->more = *out->block.more;
}

void edit_take_back(doc *d, size_t nedits, const block_copy *copies, size_t n) {
    while (n-- > 0) {
        block *b = &d->blocks[copies[n].index];
        *b = copies[n].block;
        if (b->more) *b->more = copies[n].more;
    }
    if (d->nedits > nedits) d->nedits = nedits;
}

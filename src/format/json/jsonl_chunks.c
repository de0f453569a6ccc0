#include "format/json/jsonl_chunks.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/headings.h"
#include "format/inline.h"
#include "format/json/fields.h"
#include "model/edit.h"
#include "text/place.h"

/* A stretch of the document: from a byte of one block to a byte of the same or a later one. */
typedef struct chunk {
    uint32_t first, last; /* blocks */
    size_t from, to;      /* in their texts */
    size_t n;             /* bytes of text, and of what parts it; 0: nothing is in it yet */
    bool labelled;        /* the label of the first block stands in the chunk before */
} chunk;

/* An id, and how many chunks would have it. */
typedef struct use {
    uint64_t id;
    uint32_t n; /* 0: the place is free */
} use;

typedef struct chunker {
    doc *d;
    out *to;
    size_t most;
    chunk now;
    heading_path path, none;
    use *uses; /* by id, open addressing; of twice as many places as there are ids at least */
    size_t nuses, uses_cap;
    bool memory;
    place_finder finder;
    uint64_t *removed; /* by block: bytes removed before it in the document */
    uint32_t counted;  /* blocks whose removed bytes are told */
    size_t number;
    bool labelled; /* the label of the block that is added is written */
    bool ending;   /* the last chunk tells what is removed after it, too */
} chunker;

/* ---- What is removed ------------------------------------------------------------------------- */

static bool count_removed(chunker *c) {
    const doc *d = c->d;
    c->removed = arena_zalloc(d->mem, d->nblocks + 1, sizeof *c->removed);
    if (!c->removed) return false;
    for (size_t i = 0; i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        bool made = e->state == QW_EDIT_DONE && e->kind <= QW_EDIT_DROP;
        if (made && e->before.n > e->after.n) c->removed[e->block + 1] += e->before.n - e->after.n;
    }
    for (size_t i = 0; i < d->nblocks; i++) c->removed[i + 1] += c->removed[i];
    return true;
}

/* ---- The text of a chunk --------------------------------------------------------------------- */

static bool is_in_text(const block *b) {
    return block_is_text(b) && !block_is_blank(b) && b->region != REGION_META;
}

static str part_of_block(const chunk *c, const doc *d, uint32_t i) {
    str text = d->blocks[i].text;
    size_t to = i == c->last ? c->to : text.n;
    return str_cut(text, i == c->first ? c->from : 0, to);
}

/* Calls give() with each stretch of the text; cells of a row are parted by tabs. */
static void each_stretch(const chunk *c, const doc *d, void (*give)(void *self, str s),
                         void *self) {
    bool cell = false, row = false, begun = false;
    for (uint32_t i = c->first; i <= c->last; i++) {
        const block *b = &d->blocks[i];
        cell = cell || b->kind == BLOCK_CELL;
        row = row || b->kind == BLOCK_ROW || b->kind == BLOCK_TABLE;
        if (!is_in_text(b)) continue;
        if (begun) give(self, cell && !row ? STR("\t") : STR("\n"));
        bool told = i == c->first && (c->from || c->labelled);
        str label = told ? STR("") : label_shown(b);
        give(self, label);
        give(self, str_of(label_gap(label)));
        give(self, part_of_block(c, d, i));
        begun = true;
        cell = row = false;
    }
}

static void give_json(void *self, str s) {
    out_json_inside(self, s);
}

static void give_hash(void *self, str s) {
    uint64_t *h = self;
    *h = hash64(s, *h);
}

static const heading_path *path_of(const chunker *c) {
    return heading_path_leads_to(&c->d->blocks[c->now.first]) ? &c->path : &c->none;
}

static use *use_of(use *uses, size_t cap, uint64_t id) {
    size_t at = (size_t)id & (cap - 1);
    while (uses[at].n && uses[at].id != id) at = (at + 1) & (cap - 1);
    return &uses[at];
}

static bool widen_uses(chunker *c) {
    size_t cap = c->uses_cap ? c->uses_cap * 2 : 64;
    use *wider = arena_zalloc(c->d->mem, cap, sizeof *wider);
    if (!wider) return false;
    for (size_t i = 0; i < c->uses_cap; i++)
        if (c->uses[i].n) *use_of(wider, cap, c->uses[i].id) = c->uses[i];
    c->uses = wider;
    c->uses_cap = cap;
    return true;
}

/* How many chunks before this one would have the id. */
static uint32_t count_use(chunker *c, uint64_t id) {
    if (2 * c->nuses >= c->uses_cap && !widen_uses(c)) return c->memory = false, 0;
    use *u = use_of(c->uses, c->uses_cap, id);
    c->nuses += !u->n;
    u->id = id;
    return u->n++;
}

/* The same text under the same headings of the same input has the same id; where it stands there
 * more than once, the second has one of its own, and so on. */
static uint64_t identify(chunker *c) {
    const heading_path *path = path_of(c);
    uint64_t h = hash64(c->d->name, 0);
    for (unsigned i = 0; i < path->depth; i++) h = hash64(path->text[i], h);
    each_stretch(&c->now, c->d, give_hash, &h);
    uint32_t before = count_use(c, h);
    char count[4];
    for (int i = 0; i < 4; i++) count[i] = (char)(before >> 8 * i & 0xFF);
    return before ? hash64(str_make(count, sizeof count), h) : h;
}

/* ---- One object ------------------------------------------------------------------------------ */

static qw_place place_of(chunker *c) {
    const block *first = &c->d->blocks[c->now.first], *last = &c->d->blocks[c->now.last];
    size_t from = edit_original_offset(first, c->now.from);
    size_t to =
        c->now.to < last->text.n ? edit_original_offset(last, c->now.to) : block_original(last).n;
    if (c->now.first == c->now.last) return place_find(&c->finder, c->now.first, from, to);
    qw_place begin = place_find(&c->finder, c->now.first, from, from);
    qw_place end = place_find(&c->finder, c->now.last, to, to);
    bool together = str_eq(begin.part, end.part) && end.offset >= begin.offset;
    begin.length = together ? end.offset - begin.offset : 0;
    return begin;
}

static void write_chunk(chunker *c) {
    const block *first = &c->d->blocks[c->now.first];
    char id[16];
    uint64_t h = identify(c);
    for (int i = 0; i < 16; i++) id[i] = "0123456789abcdef"[h >> (60 - 4 * i) & 15];
    object_begin(c->to, "id", str_make(id, sizeof id));
    field_str(c->to, "path", c->d->name);
    field_number(c->to, "chunk", ++c->number);
    field_str(c->to, "format", c->d->format);
    field_str(c->to, "encoding", c->d->encoding);
    field_str(c->to, "language", c->d->language);
    if (!heading_path_leads_to(first)) field_region(c->to, first);
    heading_path_write(path_of(c), c->to);
    if (first->more && first->more->label.n && !c->now.from && !c->now.labelled)
        field_str(c->to, "label", first->more->label);
    out_text(c->to, ",\"text\":\"");
    each_stretch(&c->now, c->d, give_json, c->to);
    out_byte(c->to, '"');
    qw_place place = place_of(c);
    field_place(c->to, &place);
    uint32_t told = c->ending ? (uint32_t)c->d->nblocks : c->now.last + 1;
    field_number(c->to, "removed_bytes", c->removed[told] - c->removed[c->counted]);
    c->counted = told;
    object_end(c->to);
}

static void flush(chunker *c) {
    if (c->now.n) write_chunk(c);
    c->now.n = 0;
}

/* ---- Cutting --------------------------------------------------------------------------------- */

/* Where to cut text that is too long: after the last sentence end in the second half of what may
 * stay, else at the last character that fits. */
static size_t cut_place(str text, size_t from, size_t most) {
    size_t limit = from + most, at = limit;
    while (at > from && ((unsigned char)text.p[at] & 0xC0) == 0x80) at--;
    limit = at;
    while (at > from + most / 2) {
        size_t end = at;
        if (is_sentence_end(utf8_prev(text, &at))) return end;
    }
    return limit;
}

static void add(chunker *c, uint32_t index, size_t from, size_t to) {
    if (!c->now.n) c->now = (chunk){.first = index, .from = from, .labelled = c->labelled};
    c->now.last = index;
    c->now.to = to;
    c->now.n += to - from + 1;
}

static void add_block(chunker *c, uint32_t index) {
    const block *b = &c->d->blocks[index];
    size_t label = label_shown(b).n + 1, from = 0;
    c->labelled = false;
    if (label > c->most / 2) { /* leaves too little room for text: a chunk of its own */
        flush(c);
        add(c, index, 0, 0);
        flush(c);
        c->labelled = true;
        label = 1;
    }
    if (c->now.n + b->text.n + label > c->most) flush(c);
    while (b->text.n - from + label > c->most) {
        size_t cut = cut_place(b->text, from, c->most - label);
        add(c, index, from, cut);
        flush(c);
        from = cut;
        label = 1;
    }
    add(c, index, from, b->text.n);
    c->now.n += label;
}

/* Text and what stands aside are never in one chunk, nor are notes and headers. */
static bool parts(const block *a, const block *b) {
    bool text = heading_path_leads_to(a);
    return text != heading_path_leads_to(b) || (!text && a->region != b->region);
}

bool jsonl_chunks_write(doc *d, size_t most, out *to) {
    chunker c = {.d = d, .to = to, .memory = true, .most = most < CHUNK_LEAST ? CHUNK_LEAST : most};
    c.finder.d = d;
    if (!count_removed(&c)) return false;
    for (uint32_t i = 0; i < d->nblocks && c.memory; i++) {
        const block *b = &d->blocks[i];
        if (!is_in_text(b)) continue;
        bool heads =
            b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN || heading_part_begins(d, i);
        if (c.now.n && parts(&d->blocks[c.now.last], b)) flush(&c);
        if (heads && heading_path_leads_to(b)) {
            flush(&c);
            heading_path_leave(&c.path, d, i);
            heading_path_enter(&c.path, b);
        }
        add_block(&c, i);
    }
    c.ending = true;
    flush(&c);
    return c.memory;
}

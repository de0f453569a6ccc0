#include "format/jsonl_chunks.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/fields.h"
#include "format/headings.h"
#include "format/inline.h"
#include "model/edit.h"
#include "text/place.h"

/* A stretch of the document: from a byte of one block to a byte of the same or a later one. */
typedef struct chunk {
    uint32_t first, last; /* blocks */
    size_t from, to;      /* in their texts */
    size_t n;             /* bytes of text; 0: nothing is in it yet */
} chunk;

typedef struct chunker {
    doc *d;
    out *to;
    size_t most;
    chunk now;
    heading_path path;
    place_finder finder;
    uint64_t *removed; /* by block: bytes removed before it in the document */
    uint32_t counted;  /* blocks whose removed bytes are told */
    size_t number;
    bool ending; /* the last chunk tells what is removed after it, too */
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
        str label = i == c->first && c->from ? STR("") : label_shown(b);
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

/* The same text under the same headings of the same input has the same id. */
static uint64_t identify(const chunker *c) {
    uint64_t h = hash64(c->d->name, 0);
    for (unsigned i = 0; i < c->path.depth; i++) h = hash64(c->path.text[i], h);
    each_stretch(&c->now, c->d, give_hash, &h);
    return h;
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
    heading_path_write(&c->path, c->to);
    if (first->more && first->more->label.n && !c->now.from)
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
    if (!c->now.n) c->now = (chunk){.first = index, .from = from};
    c->now.last = index;
    c->now.to = to;
    c->now.n += to - from + 1;
}

static void add_block(chunker *c, uint32_t index) {
    const block *b = &c->d->blocks[index];
    size_t label = label_shown(b).n + 1, from = 0;
    if (label > c->most / 2) label = c->most / 2;
    if (c->now.n + b->text.n + label > c->most) flush(c);
    while (b->text.n - from + label > c->most) {
        size_t cut = cut_place(b->text, from, c->most - label);
        add(c, index, from, cut);
        flush(c);
        from = cut;
    }
    add(c, index, from, b->text.n);
    c->now.n += label;
}

bool jsonl_chunks_write(doc *d, size_t most, out *to) {
    chunker c = {.d = d, .to = to, .most = most < CHUNK_LEAST ? CHUNK_LEAST : most};
    c.finder.d = d;
    if (!count_removed(&c)) return false;
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!is_in_text(b)) continue;
        bool begins = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN;
        if (begins) {
            flush(&c);
            heading_path_leave(&c.path, b);
            heading_path_enter(&c.path, b);
        }
        add_block(&c, i);
    }
    c.ending = true;
    flush(&c);
    return true;
}

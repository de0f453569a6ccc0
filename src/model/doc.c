#include "model/doc.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "model/edit.h"

bool doc_fail(doc *d, message_id id, str place, const str *args) {
    return fail(&d->why, id, place, args);
}

doc *doc_new(arena *mem, str name, str source) {
    doc *d = arena_zalloc(mem, 1, sizeof *d);
    if (!d) return NULL;
    d->mem = mem;
    d->name = name;
    d->source = source;
    return d;
}

/* Makes room in a growing array. */
static bool grow(doc *d, void **array, size_t *cap, size_t size, size_t want) {
    if (!doc_ok(d)) return false;
    if (want <= *cap) return true;
    size_t wider = *cap ? *cap * 2 : 64;
    if (wider < want) wider = want;
    void *p = NULL;
    if (wider < UINT32_MAX) p = arena_resize(d->mem, *array, *cap * size, wider * size);
    if (!p) return fail_memory(&d->why);
    *array = p;
    *cap = wider;
    return true;
}

#define GROW(d, array, cap, want) grow(d, (void **)&(d)->array, &(d)->cap, sizeof *(d)->array, want)

uint16_t doc_add_part(doc *d, str name, str bytes) {
    if (d->nparts >= UINT16_MAX) doc_fail(d, MSG_TOO_MANY_PARTS, STR(""), NO_ARGS);
    if (!GROW(d, parts, parts_cap, d->nparts + 1)) return 0;
    d->parts[d->nparts] = (part){.name = name, .bytes = bytes};
    return (uint16_t)d->nparts++;
}

bool doc_reserve_blocks(doc *d, size_t n) {
    return GROW(d, blocks, blocks_cap, d->nblocks + n);
}

block *doc_add_block(doc *d, enum block_kind kind, str text, uint64_t off, uint32_t len) {
    if (!GROW(d, blocks, blocks_cap, d->nblocks + 1)) return NULL;
    block *b = &d->blocks[d->nblocks++];
    *b = (block){.text = text, .off = off, .len = len, .kind = (uint8_t)kind};
    return b;
}

block_more *block_rest(doc *d, block *b) {
    if (b->more || !doc_ok(d)) return b->more;
    b->more = arena_zalloc(d->mem, 1, sizeof *b->more);
    if (!b->more) return fail_memory(&d->why), NULL;
    b->more->original = b->text;
    return b->more;
}

str block_original(const block *b) {
    return b->more ? b->more->original : b->text;
}

static bool is_room(const span *s, str original) {
    if (s->kind == SPAN_FIELD) return str_starts(s->value, STR("FORM"));
    if (s->kind != SPAN_TEXT && s->kind != SPAN_TAB) return false;
    if (!(s->flags & SPAN_ROOM) || !s->len) return false;
    size_t first = s->at, last = (size_t)s->at + s->len;
    return is_space(utf8_next(original, &first)) || is_space(utf8_prev(original, &last));
}

bool block_has_room(const block *b) {
    str original = block_original(b);
    for (size_t i = 0; b->more && i < b->more->nspans; i++)
        if (is_room(&b->more->spans[i], original)) return true;
    return false;
}

bool is_blank_text(str s) {
    for (size_t at = 0; at < s.n;)
        if (!is_space(utf8_next(s, &at))) return false;
    return true;
}

bool block_is_blank_line(const block *b) {
    if (!is_blank_text(b->text) || block_has_room(b)) return false;
    const block_more *more = b->more;
    for (size_t i = 0; more && i < more->nspans; i++)
        if (more->spans[i].kind != SPAN_TEXT && more->spans[i].kind != SPAN_TAB) return false;
    return !more || !more->label.n;
}

str block_first_line(const block *b) {
    str rest = b->text;
    while (b->more && rest.n) {
        const char *end = memchr(rest.p, '\n', rest.n);
        if (!end) break;
        str line = str_make(rest.p, (size_t)(end - rest.p));
        if (!is_blank_text(line)) return line;
        rest = str_cut(rest, line.n + 1, rest.n);
    }
    return rest;
}

str block_last_line(const block *b) {
    str rest = b->text;
    while (b->more && rest.n) {
        size_t at = rest.n;
        while (at && rest.p[at - 1] != '\n') at--;
        if (!at) break;
        str line = str_cut(rest, at, rest.n);
        if (!is_blank_text(line)) return line;
        rest = str_cut(rest, 0, at - 1);
    }
    return rest;
}

static const str *copy_args(doc *d, const str *args) {
    size_t n = 0;
    while (args[n].p) n++;
    str *copy = arena_zalloc(d->mem, n + 1, sizeof *copy);
    if (!copy) return fail_memory(&d->why), NULL;
    for (size_t i = 0; i < n; i++) copy[i] = arena_str(d->mem, args[i]);
    return copy;
}

void doc_note(doc *d, message_id id, uint32_t index, uint16_t part_index, uint64_t off,
              uint64_t len, const str *args) {
    if (!GROW(d, notes, notes_cap, d->nnotes + 1)) return;
    const str *copy = copy_args(d, args);
    if (copy) d->notes[d->nnotes++] = (note){id, index, off, len, part_index, copy};
}

const char *line_ends_name(const uint32_t counts[LINE_ENDS]) {
    static const char *const names[LINE_ENDS] = {"none", "lf", "crlf", "cr"};
    unsigned found = LINE_END_NONE;
    for (unsigned k = LINE_END_LF; k < LINE_ENDS; k++) {
        if (!counts[k]) continue;
        if (found) return "mixed";
        found = k;
    }
    return names[found];
}

const char *qw_role_name(qw_role role) {
    static const char *const names[QW_ROLES] = {
        "body", "title",   "subtitle",   "salutation", "heading", "runin-heading",
        "list", "caption", "attachment", "signature",  "date",    "note",
    };
    return (unsigned)role < QW_ROLES ? names[role] : "";
}

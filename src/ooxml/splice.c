#include "ooxml/splice.h"

#include <stdlib.h>

void splice_begin(splice *s, arena *mem) {
    *s = (splice){.mem = mem};
}

static bool make_room(splice *s) {
    if (s->n < s->cap) return true;
    size_t cap = s->cap ? 2 * s->cap : 32;
    cut *wider = arena_zalloc(s->mem, cap, sizeof *wider);
    if (!wider) return s->failed = true, false;
    if (s->n) memcpy(wider, s->cuts, s->n * sizeof *wider);
    s->cuts = wider;
    s->cap = cap;
    return true;
}

size_t splice_cut(splice *s, size_t off, size_t len, str with) {
    if (s->failed || !make_room(s)) return STR_NONE;
    s->cuts[s->n] = (cut){.off = off, .len = len, .with = with, .order = s->n};
    return s->n++;
}

void splice_revoke(splice *s, size_t index) {
    if (index < s->n) s->cuts[index].revoked = true;
}

/* By place; an outer cut before those it holds; insertions before the cut at the same place. */
static int by_place(const void *x, const void *y) {
    const cut *a = x, *b = y;
    if (a->off != b->off) return a->off < b->off ? -1 : 1;
    bool put_a = a->len == 0, put_b = b->len == 0;
    if (put_a != put_b) return put_a ? -1 : 1;
    if (a->len != b->len) return a->len > b->len ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* Moves the bytes before `to` out of a cut. */
static cut clip(cut c, size_t to) {
    size_t gone = to - c.off;
    c.off = to;
    c.len -= gone;
    return c;
}

void splice_settle(splice *s, str bytes) {
    size_t n = 0, end = 0;
    if (s->n) qsort(s->cuts, s->n, sizeof *s->cuts, by_place);
    for (size_t i = 0; i < s->n; i++) {
        cut c = s->cuts[i];
        if (c.revoked || c.off > bytes.n) continue;
        if (c.len > bytes.n - c.off) c.len = bytes.n - c.off;
        bool inside = n && (c.len ? c.off + c.len <= end : c.off < end);
        if (inside || str_eq(str_cut(bytes, c.off, c.off + c.len), c.with)) continue;
        if (n && c.off < end) c = clip(c, end);
        s->cuts[n++] = c;
        if (c.off + c.len > end) end = c.off + c.len;
    }
    s->n = n;
}

static size_t size_after(const splice *s, size_t n) {
    for (size_t i = 0; i < s->n; i++) n = n - s->cuts[i].len + s->cuts[i].with.n;
    return n;
}

static char *copy(char *to, str s) {
    if (s.n) memcpy(to, s.p, s.n);
    return to + s.n;
}

bool splice_apply(const splice *s, str bytes, str *out) {
    *out = bytes;
    if (s->failed) return false;
    if (s->n == 0) return true;
    size_t size = size_after(s, bytes.n), at = 0;
    char *start = arena_alloc(s->mem, size + 1), *to = start;
    if (!start) return false;
    for (size_t i = 0; i < s->n; i++) {
        to = copy(to, str_cut(bytes, at, s->cuts[i].off));
        to = copy(to, s->cuts[i].with);
        at = s->cuts[i].off + s->cuts[i].len;
    }
    copy(to, str_cut(bytes, at, bytes.n));
    start[size] = '\0';
    *out = str_make(start, size);
    return true;
}

static size_t add_piece(str *pieces, size_t n, str piece) {
    if (piece.n) pieces[n++] = piece;
    return n;
}

bool splice_pieces(const splice *s, str bytes, const str **pieces, size_t *n) {
    str *list = s->failed ? NULL : arena_alloc(s->mem, (2 * s->n + 1) * sizeof *list);
    size_t at = 0;
    *n = 0;
    *pieces = list;
    if (!list) return false;
    for (size_t i = 0; i < s->n; i++) {
        *n = add_piece(list, *n, str_cut(bytes, at, s->cuts[i].off));
        *n = add_piece(list, *n, s->cuts[i].with);
        at = s->cuts[i].off + s->cuts[i].len;
    }
    *n = add_piece(list, *n, str_cut(bytes, at, bytes.n));
    return true;
}

bool splice_inverse(const splice *s, str bytes, splice *back) {
    size_t at = 0, new_at = 0;
    splice_begin(back, s->mem);
    for (size_t i = 0; i < s->n; i++) {
        const cut *c = &s->cuts[i];
        new_at += c->off - at;
        splice_cut(back, new_at, c->with.n, str_cut(bytes, c->off, c->off + c->len));
        new_at += c->with.n;
        at = c->off + c->len;
    }
    return !back->failed && !s->failed;
}

/* docx_read_text: gathers the text and the spans of a paragraph. A paragraph of one piece of text
 * is that slice of the part; only several pieces are copied together. */
#include "format/docx_read/docx_read.h"

void gather_begin(gatherer *g) {
    g->only = (str){NULL, 0};
    g->n = g->nspans = 0;
}

static bool wider(story *s, void **array, size_t *cap, size_t n, size_t size, size_t want) {
    if (want <= *cap) return true;
    size_t room = want < 32 ? 64 : want * 2;
    if (want > UINT32_MAX / 2) return doc_fail(s->d, MSG_LONG_BLOCK, STR(""), NO_ARGS);
    void *p = arena_alloc(s->d->mem, room * size);
    if (!p) return fail_memory(&s->d->why);
    if (n) memcpy(p, *array, n * size);
    *array = p;
    *cap = room;
    return true;
}

/* Appends to the copied text; the piece that stood alone so far goes before. */
static bool append(story *s, gatherer *g, str text) {
    size_t want = g->n + g->only.n + text.n;
    if (!wider(s, (void **)&g->text, &g->cap, g->n, 1, want)) return false;
    if (g->only.n) memcpy(g->text, g->only.p, g->only.n), g->n = g->only.n;
    g->only = (str){NULL, 0};
    if (text.n) memcpy(g->text + g->n, text.p, text.n);
    g->n += text.n;
    return true;
}

static bool is_in_part(const story *s, str text) {
    const char *begin = s->xml->bytes.p;
    return text.p >= begin && text.p < begin + s->xml->bytes.n;
}

/* Text that looks like any other needs a span only to be found again in its part. */
static bool says_nothing(const story *s, const span *p) {
    return s->d->fixed && p->kind == SPAN_TEXT && p->len && !p->flags && !p->value.n;
}

static void add_span(story *s, gatherer *g, span new_span) {
    if (says_nothing(s, &new_span)) return;
    if (!wider(s, (void **)&g->spans, &g->spans_cap, g->nspans, sizeof *g->spans, g->nspans + 1))
        return;
    g->spans[g->nspans++] = new_span;
}

void gather_text(story *s, gatherer *g, str text, size_t off, size_t source_len,
                 enum span_kind kind, const look *how) {
    if (text.n == 0 || !doc_ok(s->d)) return;
    size_t at = g->n + g->only.n;
    if (at == 0 && source_len && is_in_part(s, text))
        g->only = text;
    else if (!append(s, g, text))
        return;
    add_span(s, g,
             (span){
                 .at = (uint32_t)at,
                 .len = (uint32_t)text.n,
                 .part = s->part,
                 .kind = (uint8_t)kind,
                 .flags = how->flags,
                 .size = how->size,
                 .off = off,
                 .source_len = (uint32_t)source_len,
                 .value = how->link,
             });
}

void gather_drop(gatherer *g, size_t at, size_t n) {
    memmove(g->text + at, g->text + at + n, g->n - at - n);
    g->n -= n;
    size_t first = g->nspans, kept;
    while (first && g->spans[first - 1].at >= at) first--;
    kept = first;
    for (size_t i = first; i < g->nspans; i++) {
        span moved = g->spans[i];
        if (moved.len && moved.at < at + n) continue;
        moved.at -= moved.at < at + n ? moved.at - (uint32_t)at : (uint32_t)n;
        g->spans[kept++] = moved;
    }
    g->nspans = kept;
}

void gather_mark(story *s, gatherer *g, size_t off, size_t source_len, enum span_kind kind,
                 str value, const look *how) {
    if (!doc_ok(s->d)) return;
    add_span(s, g,
             (span){
                 .at = (uint32_t)(g->n + g->only.n),
                 .part = s->part,
                 .kind = (uint8_t)kind,
                 .flags = how->flags,
                 .off = off,
                 .source_len = (uint32_t)source_len,
                 .value = value,
             });
}

void gather_finish(story *s, gatherer *g, uint32_t index) {
    doc *d = s->d;
    if (!doc_ok(d)) return;
    str text = g->only;
    if (g->n) {
        text = arena_str(d->mem, str_make(g->text, g->n));
        if (!text.p) fail_memory(&d->why);
    }
    block *b = &d->blocks[index];
    b->text = text.p ? text : STR("");
    if (b->more) b->more->original = b->text;
    if (g->nspans == 0) return;
    block_more *more = block_rest(d, b);
    span *spans = more ? arena_alloc(d->mem, g->nspans * sizeof *spans) : NULL;
    if (!spans) {
        fail_memory(&d->why);
        return;
    }
    memcpy(spans, g->spans, g->nspans * sizeof *spans);
    more->spans = spans;
    more->nspans = g->nspans;
}

#include "text/place.h"

#include "base/utf8.h"
#include "text/decode.h"

static void start_block(place_finder *f, uint32_t index) {
    f->block = index;
    f->within = NULL;
    f->at = f->counted = f->column = 0;
    f->source = f->d->blocks[index].off;
    f->started = true;
}

/* Where a byte of a text file is; NULL when the source is no text. */
static const stretch *stretch_of(const doc *d, uint64_t off) {
    size_t low = 0, high = d->nstretches;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (d->stretches[middle].off <= off)
            low = middle;
        else
            high = middle;
    }
    return high ? &d->stretches[low] : NULL;
}

/* The last span that begins at or before a byte; NULL when there is none. What was joined to is a
 * place before all that, and none of the text. */
static const span *span_of(const block_more *more, size_t at) {
    size_t low = 0, high = more ? more->nspans : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (more->spans[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    while (low && more->spans[low - 1].kind == SPAN_JOINED) low--;
    return low ? &more->spans[low - 1] : NULL;
}

/* In a package's part: exact where the text stands there as it is, else the start or the end. */
static uint64_t package_delta(const span *s, size_t in) {
    if (!s) return 0;
    if (s->len == s->source_len) return in;
    return in >= s->len ? s->source_len : 0;
}

/* Source offset of byte `at` of the original text. Goes on from the last look-up when it can. */
static uint64_t source_of(place_finder *f, size_t at) {
    const doc *d = f->d;
    const block *b = &d->blocks[f->block];
    const span *s = span_of(b->more, at);
    size_t start = s ? s->at : 0;
    uint64_t off = s ? s->off : b->off, end = s ? s->off + s->source_len : b->off + b->len;
    const stretch *in = stretch_of(d, off);
    if (!in) return off + package_delta(s, at - start);
    bool go_on = f->within == s && at >= f->at && f->at >= start;
    if (go_on) off = f->source, start = f->at;
    const uint8_t *p = (const uint8_t *)d->source.p;
    f->source = off + decode_place(in->enc, p + off, end - off, at - start, d->spelt);
    f->within = s;
    f->at = at;
    return f->source;
}

static size_t column_of(place_finder *f, str text, size_t at) {
    if (at < f->counted) f->counted = f->column = 0;
    f->column += utf8_count(str_cut(text, f->counted, at));
    f->counted = at;
    return f->column + 1;
}

qw_place place_find(place_finder *f, uint32_t index, size_t from, size_t to) {
    const block *b = &f->d->blocks[index];
    if (!f->started || f->block != index) start_block(f, index);
    qw_place place = {.line = (size_t)index + 1};
    if (b->part < f->d->nparts) place.part = f->d->parts[b->part].name;
    place.column = column_of(f, block_original(b), from);
    place.offset = source_of(f, from);
    place.length = to > from ? source_of(f, to) - place.offset : 0;
    return place;
}

bool place_undecodable(const doc *d, uint32_t index, size_t at) {
    place_finder f = {.d = d};
    if (!d->undecodable || !d->nstretches) return false;
    start_block(&f, index);
    uint64_t off = source_of(&f, at);
    const stretch *s = stretch_of(d, off);
    return off < s->off + s->len &&
           !decodable(s->enc, (const uint8_t *)d->source.p + off, (size_t)(s->off + s->len - off));
}

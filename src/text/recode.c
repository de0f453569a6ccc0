#include "text/recode.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/decode.h"
#include "text/segment.h"
#include "text/state.h"

#include <stdlib.h>

enum { CHUNK = 1 << 20, KEPT = 8 << 20 };

struct recoder {
    const encoding *forced;
    segmenter segmenter; /* .now is NULL before the first chunk */
    state_decoder *state;
    arena *mem;
    size_t held; /* bytes in the chunk */
    recode_summary sum;
    uint8_t chunk[CHUNK];
};

recoder *recoder_new(const encoding *forced) {
    recoder *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->forced = forced;
    r->mem = arena_new(0);
    if (r->mem) return r;
    free(r);
    return NULL;
}

void recoder_free(recoder *r) {
    if (!r) return;
    state_close(r->state);
    arena_free(r->mem);
    free(r);
}

recode_summary recoder_summary(const recoder *r) {
    return r->sum;
}

/* The first chunk decides what is expected. */
static bool begin(recoder *r) {
    detection d = {.enc = r->forced};
    if (!r->forced) detect(r->chunk, r->held, &d);
    r->sum.binary = d.binary;
    if (d.binary) return false;
    r->segmenter = (segmenter){.base = d.enc, .now = d.enc};
    r->sum.encoding = d.enc;
    if (!d.enc->codec) r->state = state_open(d.enc);
    return d.enc->codec || r->state;
}

static void note_bad(recoder *r, uint64_t off, uint64_t len) {
    if (!r->sum.undecodable) r->sum.first_bad = off;
    r->sum.undecodable += len;
}

/* A stateful encoding goes through one decoder from start to end. Returns bytes read; SIZE_MAX when
 * the sink refused. */
static size_t run_state(recoder *r, bool last, recode_sink sink, void *self) {
    char text[16 * 1024];
    const uint8_t *p = r->chunk;
    size_t left = r->held;
    while (left) {
        char *end = text;
        size_t room = sizeof text - 4;
        state_result result = state_run(r->state, &p, &left, &end, &room);
        if (result == STATE_BAD || (result == STATE_MORE && last)) {
            size_t bad = result == STATE_BAD ? 1 : left;
            note_bad(r, r->sum.read + (uint64_t)(p - r->chunk), bad);
            end += utf8_write(end, UTF8_REPLACEMENT);
            p += bad, left -= bad;
        }
        if (!sink(self, (str){text, (size_t)(end - text)})) return SIZE_MAX;
        if (result == STATE_MORE) break;
    }
    return (size_t)(p - r->chunk);
}

/* How much of the last stretch of a chunk can be decoded now: up to its last line feed, or when
 * there is none up to its last whole character. */
static size_t ready(const stretch *s, const uint8_t *p) {
    const encoding *e = s->enc;
    size_t n = (size_t)s->len, at = n;
    while (e->unit == 1 && at && p[at - 1] != '\n') at--;
    if (e->unit == 1 && at) return at;
    at = 0;
    while (n - at >= 8) {
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        at += length ? length : e->codec->bad(e, p + at, n - at);
    }
    return at;
}

/* Length of the BOM that the stretch starts with, at the very start of all bytes. */
static size_t bom_length(const recoder *r, const stretch *s) {
    uint32_t c = 0;
    if (r->sum.read || s->off || !s->len || !s->enc->codec) return 0;
    size_t length = s->enc->codec->next(s->enc, r->chunk, (size_t)s->len, &c);
    return c == 0xFEFF ? length : 0;
}

static bool write_stretch(recoder *r, stretch *s, recode_sink sink, void *self) {
    decoded d;
    s->bom = (uint8_t)bom_length(r, s);
    if (!decode_stretch(r->mem, s, r->chunk, &d)) return false;
    for (size_t i = 0; i < d.nbad; i++) note_bad(r, r->sum.read + d.bad[i].off, d.bad[i].len);
    r->sum.private += d.npua;
    return sink(self, d.text);
}

/* Decodes what the chunk holds. Returns bytes read; SIZE_MAX on failure. */
static size_t run_stretches(recoder *r, bool last, recode_sink sink, void *self) {
    stretch_list list = {.mem = r->mem};
    segmenter *s = &r->segmenter;
    bool ok = r->forced ? stretch_add(&list, 0, r->held, r->forced, false)
                        : segment(s, r->chunk, r->held, 0, last, &list);
    size_t read = 0;
    for (size_t i = 0; ok && i < list.n; i++) {
        stretch *now = &list.p[i];
        if (i + 1 == list.n && !last) now->len = ready(now, r->chunk + now->off);
        r->sum.changes += i > 0;
        ok = write_stretch(r, now, sink, self);
        read = (size_t)(now->off + now->len);
    }
    arena_reset(r->mem, KEPT);
    return ok ? read : SIZE_MAX;
}

static bool run_chunk(recoder *r, bool last, recode_sink sink, void *self) {
    if (!r->segmenter.now && !begin(r)) return false;
    size_t read = r->state ? run_state(r, last, sink, self) : run_stretches(r, last, sink, self);
    if (read == SIZE_MAX) return false;
    r->sum.read += read;
    r->held -= read;
    memmove(r->chunk, r->chunk + read, r->held);
    return true;
}

bool recoder_feed(recoder *r, const uint8_t *p, size_t n, bool last, recode_sink sink, void *self) {
    while (n) {
        size_t room = CHUNK - r->held, take = n < room ? n : room;
        memcpy(r->chunk + r->held, p, take);
        r->held += take;
        p += take, n -= take;
        if (r->held == CHUNK && (n || !last) && !run_chunk(r, false, sink, self)) return false;
    }
    return !last || !r->held || run_chunk(r, true, sink, self);
}

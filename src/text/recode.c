#include "text/recode.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/decode.h"
#include "text/segment.h"
#include "text/state.h"
#include "text/tape.h"

#include <stdlib.h>

enum { CHUNK = 256 << 10, KEPT = 4 << 20 };

/* The chunk holds what has not been decoded yet. The first `open.len` bytes of it are known to be
 * in a stretch that may go on; how it goes on is found out when more has come. */
struct recoder {
    const encoding *forced;
    bool spelt;
    bool begun;
    segmenter segmenter;
    tape tape;  /* of this chunk, */
    size_t run; /* and which of its runs comes next */
    state_decoder *state;
    arena *mem;
    stretch open;     /* off: in the chunk, 0 */
    uint64_t started; /* where it started in all bytes */
    size_t private;   /* characters in it so far */
    uint64_t sums[ENC_COUNT];
    size_t held; /* bytes in the chunk */
    recode_summary sum;
    uint8_t chunk[CHUNK];
};

recoder *recoder_new(const encoding *forced, bool spelt) {
    recoder *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->forced = forced;
    r->spelt = spelt;
    r->mem = arena_new(0);
    if (r->mem) return r;
    free(r);
    return NULL;
}

void recoder_free(recoder *r) {
    if (!r) return;
    state_decoder_close(r->state);
    arena_free(r->mem);
    free(r);
}

recode_summary recoder_summary(const recoder *r) {
    recode_summary sum = r->sum;
    uint64_t most = 0;
    for (size_t i = 0; i < ENC_COUNT; i++)
        if (r->sums[i] > most) most = r->sums[i], sum.encoding = encoding_at((encoding_id)i);
    return sum;
}

/* The first chunk decides what is expected. */
static bool begin(recoder *r) {
    detection d = {.enc = r->forced};
    r->begun = true;
    if (!r->forced) detect(r->chunk, r->held, &d);
    r->sum.binary = d.binary;
    if (d.binary) return false;
    r->segmenter = (segmenter){.base = d.enc, .now = d.enc, .tape = &r->tape};
    r->sum.encoding = d.enc;
    if (!d.enc->codec) r->state = state_decoder_open(d.enc);
    return d.enc->codec || r->state;
}

static void note_bad(recoder *r, const recode_client *to, const encoding *e, uint64_t off,
                     uint64_t len) {
    r->sum.undecodable += len;
    if (to->bad) to->bad(to->self, e, off, len);
}

static void end_stretch(recoder *r, const recode_client *to, const stretch *s, uint64_t end) {
    stretch whole = *s;
    whole.off = r->started;
    whole.len = end - r->started;
    if (to->stretch && whole.len) to->stretch(to->self, &whole, r->private);
    r->sum.stretches += whole.len > 0;
    r->sums[encoding_id_of(s->enc)] += whole.len;
    r->started = end;
    r->private = 0;
}

/* ---- One decoder for all bytes --------------------------------------------------------------- */

static bool write_bad(recoder *r, const recode_client *to, const uint8_t *p, size_t n) {
    char text[3] = {0};
    bad_bytes bad = {.off = 0, .len = (uint32_t)n};
    decoded d = {.text = {text, utf8_write(text, UTF8_REPLACEMENT)}, .bad = &bad, .nbad = 1};
    note_bad(r, to, r->segmenter.now, r->sum.read + (uint64_t)(p - r->chunk), n);
    return (!r->spelt || decode_spell_bad(r->mem, p, &d)) && to->text(to->self, d.text);
}

/* A stateful encoding goes through one decoder from start to end. Returns bytes read; SIZE_MAX when
 * the client refused or memory was out. */
static size_t run_state(recoder *r, bool last, const recode_client *to) {
    char text[16 * 1024];
    const uint8_t *p = r->chunk;
    size_t left = r->held;
    while (left) {
        char *end = text;
        size_t room = sizeof text - 4;
        state_result result = state_run(r->state, &p, &left, last, &end, &room);
        if (!to->text(to->self, (str){text, (size_t)(end - text)})) return SIZE_MAX;
        if (result == STATE_BAD || (result == STATE_MORE && last)) {
            size_t bad = result == STATE_BAD ? 1 : left;
            if (!write_bad(r, to, p, bad)) return SIZE_MAX;
            p += bad, left -= bad;
        }
        if (result == STATE_MORE) break;
    }
    if (last) end_stretch(r, to, &(stretch){.enc = r->segmenter.now}, r->sum.read + r->held);
    arena_reset(r->mem, KEPT);
    return (size_t)(p - r->chunk);
}

/* ---- Stretches ------------------------------------------------------------------------------- */

/* How much of a stretch that may go on can be decoded now: up to its last line feed, or when there
 * is none up to its last whole character. */
static size_t ready(const stretch *s, const uint8_t *p) {
    const encoding *e = s->enc;
    size_t n = (size_t)s->len, at = n;
    if (s->damaged) return n;
    while (e->unit == 1 && encoding_is_ascii(e) && at && p[at - 1] != '\n') at--;
    if (e->unit == 1 && encoding_is_ascii(e) && at) return at;
    at = 0;
    while (n - at >= 8) {
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        at += length ? length : e->codec->bad(e, p + at, n - at);
    }
    return at;
}

/* A part of a stretch that was not taped. */
static bool write_part(recoder *r, const stretch *s, const recode_client *to) {
    decoded d;
    if (!decode_stretch(r->mem, s, r->chunk, &d)) return false;
    for (size_t i = 0; i < d.nbad; i++)
        note_bad(r, to, s->enc, r->sum.read + d.bad[i].off, d.bad[i].len);
    r->private += d.npua;
    return (!r->spelt || decode_spell_bad(r->mem, r->chunk, &d)) && to->text(to->self, d.text);
}

static bool write_run(recoder *r, const tape_run *run, const recode_client *to) {
    r->private += run->npua;
    return to->text(to->self, str_make(r->tape.text + run->text, run->text_n));
}

static bool write_stretch(recoder *r, stretch *s, const recode_client *to) {
    if (!r->sum.read && s->off == 0) s->bom = (uint8_t)bom_length(s->enc, r->chunk, (size_t)s->len);
    r->sum.bom |= s->bom > 0;
    uint64_t end = s->off + s->len;
    for (stretch left = *s; left.off < end; left.off += left.len, left.bom = 0) {
        const tape_run *run = tape_next(&r->tape, &r->run, end, &left);
        if (!(run ? write_run(r, run, to) : write_part(r, &left, to))) return false;
    }
    return true;
}

/* Writes the last stretch as far as it is ready; what follows of it stays open. */
static bool write_open(recoder *r, stretch *s, const recode_client *to, size_t *read) {
    size_t all = (size_t)s->len;
    stretch part = *s;
    part.len = ready(s, r->chunk + s->off);
    if (part.len && !write_stretch(r, &part, to)) return false;
    *read = (size_t)(part.off + part.len);
    r->open = *s;
    r->open.off = 0;
    r->open.len = all - part.len;
    return true;
}

/* Decodes what the chunk holds. Returns bytes read; SIZE_MAX on failure. */
static size_t run_stretches(recoder *r, bool last, const recode_client *to) {
    stretch_list list = {.mem = r->mem};
    size_t read = 0;
    r->tape = (tape){.mem = r->mem};
    r->run = 0;
    bool ok = true;
    if (r->forced) r->open = (stretch){.len = r->held, .enc = r->forced};
    if (r->open.enc) ok = stretch_open(&list, &r->open);
    if (ok && !r->forced) ok = segment(&r->segmenter, r->chunk, r->held, last, &list) != SIZE_MAX;
    for (size_t i = 0; ok && i < list.n; i++) {
        stretch *now = &list.p[i];
        if (i + 1 == list.n && !last) {
            ok = write_open(r, now, to, &read);
            break;
        }
        ok = now->len == 0 || write_stretch(r, now, to);
        read = (size_t)(now->off + now->len);
        if (ok) end_stretch(r, to, now, r->sum.read + read);
    }
    arena_reset(r->mem, KEPT);
    return ok ? read : SIZE_MAX;
}

static bool run_chunk(recoder *r, bool last, const recode_client *to) {
    if (!r->begun && !begin(r)) return false;
    size_t read = r->state ? run_state(r, last, to) : run_stretches(r, last, to);
    if (read == SIZE_MAX) return false;
    r->sum.read += read;
    r->held -= read;
    memmove(r->chunk, r->chunk + read, r->held);
    return true;
}

bool recoder_feed(recoder *r, const uint8_t *p, size_t n, bool last, const recode_client *to) {
    while (n) {
        size_t room = CHUNK - r->held, take = n < room ? n : room;
        memcpy(r->chunk + r->held, p, take);
        r->held += take;
        p += take, n -= take;
        if (r->held == CHUNK && (n || !last) && !run_chunk(r, false, to)) return false;
    }
    return !last || (!r->held && !r->begun) || run_chunk(r, true, to);
}

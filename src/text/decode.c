#include "text/decode.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/state.h"

/* Input is decoded in blocks, and room for a whole block's worst case is made before each. */
enum { BLOCK = 16 * 1024, BLOCK_ROOM = 3 * BLOCK + 64 };

/* The output of one decode(): text and the list of what was ill-formed, growing in the arena. */
typedef struct output {
    arena *mem;
    char *text;
    size_t n, cap;
    bad_bytes *bad;
    size_t nbad, bad_cap;
    size_t npua;
} output;

static bool grow(output *o, size_t room) {
    if (o->cap - o->n >= room) return true;
    size_t cap = o->cap + o->cap / 2 + room;
    char *text = arena_alloc(o->mem, cap);
    if (!text) return false;
    if (o->n) memcpy(text, o->text, o->n);
    o->text = text;
    o->cap = cap;
    return true;
}

/* U+FFFD for len bytes at off; the text has room. */
static bool add_bad(output *o, uint64_t off, size_t len) {
    if (o->nbad == o->bad_cap) {
        size_t cap = o->bad_cap ? 2 * o->bad_cap : 16;
        bad_bytes *bad = arena_alloc(o->mem, cap * sizeof *bad);
        if (!bad) return false;
        if (o->nbad) memcpy(bad, o->bad, o->nbad * sizeof *bad);
        o->bad = bad;
        o->bad_cap = cap;
    }
    o->bad[o->nbad++] = (bad_bytes){off, (uint32_t)len, o->n};
    o->n += utf8_write(o->text + o->n, UTF8_REPLACEMENT);
    return true;
}

size_t codec_write(char *out, uint32_t c) {
    size_t n = utf8_write(out, codec_first(c));
    return codec_second(c) ? n + utf8_write(out + n, codec_second(c)) : n;
}

/* run() for codecs that have none. */
static size_t run_by_next(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    size_t at = 0, length;
    for (uint32_t c; at < n && (length = e->codec->next(e, p + at, n - at, &c)); at += length) {
        *npua += is_private(c);
        *out += codec_write(*out, c);
    }
    return at;
}

static size_t run(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return e->codec->run ? e->codec->run(e, p, n, out, npua) : run_by_next(e, p, n, out, npua);
}

/* One block: run() may stop at its end in the middle of a character, which is then read with what
 * follows the block in sight. Returns bytes read. */
static size_t decode_block(const encoding *e, const uint8_t *p, size_t n, uint64_t base,
                           output *o) {
    size_t block = n < BLOCK ? n : BLOCK;
    char *end = o->text + o->n;
    size_t at = run(e, p, block, &end, &o->npua);
    o->n = (size_t)(end - o->text);
    if (at == block) return at;
    uint32_t c;
    size_t length = e->codec->next(e, p + at, n - at, &c);
    if (length) {
        o->npua += is_private(c);
        o->n += codec_write(o->text + o->n, c);
        return at + length;
    }
    length = e->codec->bad(e, p + at, n - at);
    return add_bad(o, base + at, length) ? at + length : 0;
}

/* Room for what a block of n bytes, or as much of it as is read at once, decodes to. */
static size_t block_room(size_t n) {
    return n < BLOCK ? 3 * n + 64 : BLOCK_ROOM;
}

static bool decode_blocks(const encoding *e, const uint8_t *p, size_t n, uint64_t base, output *o) {
    if (!grow(o, n + n / 2 + block_room(n))) return false;
    for (size_t at = 0; at < n;) {
        if (!grow(o, block_room(n - at))) return false;
        size_t read = decode_block(e, p + at, n - at, base + at, o);
        if (!read) return false;
        at += read;
    }
    return true;
}

/* Bytes in one ill-formed piece that a state decoder met: one, or the cut-off rest. */
static size_t state_bad(state_result result, size_t n) {
    return result == STATE_MORE ? n : 1;
}

static bool decode_by_state(const encoding *e, const uint8_t *p, size_t n, uint64_t base,
                            output *o) {
    state_decoder *d = state_decoder_open(e);
    bool ok = d != NULL;
    const uint8_t *at = p;
    for (size_t left = n; ok && left;) {
        if (!(ok = grow(o, BLOCK_ROOM))) break;
        char *end = o->text + o->n;
        size_t room = o->cap - o->n - 16;
        state_result result = state_run(d, &at, &left, true, &end, &room);
        o->n = (size_t)(end - o->text);
        if (result != STATE_BAD && result != STATE_MORE) continue;
        size_t bad = state_bad(result, left);
        ok = add_bad(o, base + (uint64_t)(at - p), bad);
        at += bad, left -= bad;
    }
    state_decoder_close(d);
    return ok;
}

bool decode(arena *mem, const encoding *e, const uint8_t *p, size_t n, uint64_t base,
            decoded *out) {
    *out = (decoded){.text = {(const char *)p, n}, .borrowed = true};
    if (encoding_id_of(e) == ENC_UTF8 && utf8_good(p, n) == n) return true;
    output o = {.mem = mem};
    bool ok = e->codec ? decode_blocks(e, p, n, base, &o) : decode_by_state(e, p, n, base, &o);
    arena_shrink(mem, o.text, o.cap, o.n);
    *out = (decoded){.text = {o.text, o.n}, .bad = o.bad, .nbad = o.nbad, .npua = o.npua};
    return ok;
}

bool decode_stretch(arena *mem, const stretch *s, const uint8_t *p, decoded *out) {
    const uint8_t *from = p + s->off + s->bom;
    size_t n = (size_t)(s->len - s->bom);
    if (!s->valid || encoding_id_of(s->enc) != ENC_UTF8)
        return decode(mem, s->enc, from, n, s->off + s->bom, out);
    *out = (decoded){.text = {(const char *)from, n}, .borrowed = true};
    return true;
}

enum { SPELT = 4 }; /* what a byte takes as \xNN */

static size_t spell(char *out, const uint8_t *p, size_t n) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < n; i++) {
        const char four[SPELT] = {'\\', 'x', digits[p[i] >> 4], digits[p[i] & 15]};
        memcpy(out + SPELT * i, four, SPELT);
    }
    return SPELT * n;
}

bool decode_spell_bad(arena *mem, const uint8_t *p, decoded *d) {
    size_t room = d->text.n, n = 0, at = 0;
    if (!d->nbad) return true;
    for (size_t i = 0; i < d->nbad; i++) room += SPELT * (size_t)d->bad[i].len;
    char *text = arena_alloc(mem, room);
    if (!text) return false;
    for (size_t i = 0; i < d->nbad; i++) {
        const bad_bytes *b = &d->bad[i];
        memcpy(text + n, d->text.p + at, b->at - at);
        n += b->at - at;
        n += spell(text + n, p + b->off, b->len);
        at = b->at + 3;
    }
    memcpy(text + n, d->text.p + at, d->text.n - at);
    d->text = (str){text, n + d->text.n - at};
    return true;
}

bool decodable(const encoding *e, const uint8_t *p, size_t n) {
    uint32_t c;
    return !e->codec || e->codec->next(e, p, n, &c) > 0;
}

/* ---- Places ---------------------------------------------------------------------------------- */

/* Reads the character or ill-formed piece at p; *made is what it takes in the text. */
static size_t step(const encoding *e, const uint8_t *p, size_t n, bool spelt, size_t *made) {
    uint32_t c;
    char room[8];
    size_t length = e->codec->next(e, p, n, &c);
    *made = length ? codec_write(room, c) : 3;
    if (length) return length;
    length = e->codec->bad(e, p, n);
    if (spelt) *made = SPELT * length;
    return length;
}

static size_t place_by_codec(const encoding *e, const uint8_t *p, size_t n, size_t at, bool spelt) {
    enum { PIECE = 1024 };
    char room[3 * PIECE + 64];
    size_t from = 0;
    while (from < n && at) {
        size_t block = n - from < PIECE ? n - from : PIECE, npua = 0;
        char *end = room;
        size_t read = run(e, p + from, block, &end, &npua), made = (size_t)(end - room);
        if (read && made <= at) {
            from += read, at -= made;
            continue;
        }
        read = step(e, p + from, n - from, spelt, &made);
        if (made > at) break;
        from += read, at -= made;
    }
    return from;
}

static size_t place_by_state(const encoding *e, const uint8_t *p, size_t n, size_t at, bool spelt) {
    char out[1024];
    state_decoder *d = state_decoder_open(e);
    const uint8_t *from = p;
    while (d && n && at) {
        char *end = out;
        size_t asked = at < sizeof out ? at : sizeof out, room = asked;
        state_result result = state_run(d, &from, &n, true, &end, &room);
        size_t made = asked - room;
        at -= made;
        if (result == STATE_FULL && !made) break;
        if (result != STATE_BAD && result != STATE_MORE) continue;
        size_t bad = state_bad(result, n), taken = spelt ? SPELT * bad : 3;
        if (at < taken) break;
        from += bad, n -= bad, at -= taken;
    }
    state_decoder_close(d);
    return (size_t)(from - p);
}

size_t decode_place(const encoding *e, const uint8_t *p, size_t n, size_t at, bool spelt) {
    return e->codec ? place_by_codec(e, p, n, at, spelt) : place_by_state(e, p, n, at, spelt);
}

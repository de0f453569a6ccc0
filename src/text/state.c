#include "text/state.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/iconv.h"

#include <stdlib.h>

struct state_decoder {
    void *iconv; /* NULL for HZ, and when the system's iconv does not know the encoding */
    bool hz;
    bool chinese; /* HZ: after ~{ */
};

state_decoder *state_decoder_open(const encoding *e) {
    state_decoder *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    d->hz = encoding_id_of(e) == ENC_HZ;
    if (!d->hz) d->iconv = iconv_door_open(e->name);
    return d;
}

void state_decoder_close(state_decoder *d) {
    if (d) iconv_door_close(d->iconv);
    free(d);
}

/* HZ (RFC 1843): ~{ and ~} go in and out of GB 2312, ~~ is a tilde; a line end goes out as well. A
 * tilde before a line end, which the RFC drops together with it, leaves the line end where it is.
 * Returns the length of what stands at p, 0 when ill-formed; *c = 0: nothing to write. */
static size_t hz_next(state_decoder *d, const uint8_t *p, size_t n, uint32_t *c) {
    *c = 0;
    if (p[0] == '~' && n >= 2) {
        if (p[1] == '{' || p[1] == '}') return d->chinese = p[1] == '{', 2;
        if (p[1] == '~') return *c = '~', 2;
        if (p[1] == '\n' || p[1] == '\r') return d->chinese = false, 1;
        return 0;
    }
    if (p[0] == '\n') d->chinese = false;
    if (!d->chinese || p[0] <= 0x20) return p[0] < 0x80 ? (*c = p[0], 1) : 0;
    if (n < 2 || p[0] > 0x7E || p[1] <= 0x20 || p[1] > 0x7E) return 0;
    *c = gb18030_two(p[0] | 0x80, p[1] | 0x80);
    return *c ? 2 : 0;
}

static state_result hz_run(state_decoder *d, const uint8_t **p, size_t *n, bool last, char **out,
                           size_t *room) {
    while (*n) {
        if (*n < 2 && !last) return STATE_MORE;
        uint32_t c;
        bool before = d->chinese, nul = **p == 0;
        size_t length = hz_next(d, *p, *n, &c);
        if (!length) return STATE_BAD;
        char text[8];
        size_t made = c || nul ? utf8_write(text, c) : 0;
        if (made > *room) return d->chinese = before, STATE_FULL;
        memcpy(*out, text, made);
        *out += made, *room -= made;
        *p += length, *n -= length;
    }
    return STATE_DONE;
}

/* When iconv lacks the encoding: ASCII stands for itself, the rest is ill-formed. */
static state_result ascii_run(const uint8_t **p, size_t *n, char **out, size_t *room) {
    for (; *n; ++*p, --*n, --*room) {
        if (**p >= 0x80) return STATE_BAD;
        if (!*room) return STATE_FULL;
        *(*out)++ = (char)**p;
    }
    return STATE_DONE;
}

state_result state_run(state_decoder *d, const uint8_t **p, size_t *n, bool last, char **out,
                       size_t *room) {
    if (d->hz) return hz_run(d, p, n, last, out, room);
    return d->iconv ? iconv_door_run(d->iconv, p, n, last, out, room) : ascii_run(p, n, out, room);
}

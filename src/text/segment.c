#include "text/segment.h"
#include "text/codec.h"
#include "text/path.h"
#include "text/reads.h"
#include "text/tape.h"

enum { LINE_MOST = 4096 }; /* a longer line is judged in pieces */

static bool append(stretch_list *list, stretch s) {
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        stretch *p = arena_zalloc(list->mem, cap, sizeof *p);
        if (!p) return false;
        if (list->n) memcpy(p, list->p, list->n * sizeof *p);
        list->p = p;
        list->cap = cap;
    }
    list->p[list->n++] = s;
    return true;
}

bool stretch_open(stretch_list *list, const stretch *s) {
    return append(list, *s);
}

bool stretch_add(stretch_list *list, uint64_t off, uint64_t len, const encoding *e, bool damaged) {
    if (!len) return true;
    stretch *last = list->n ? &list->p[list->n - 1] : NULL;
    if (last && last->enc == e && !damaged && !last->damaged && last->off + last->len == off) {
        last->len += len;
        return true;
    }
    return append(list, (stretch){.off = off, .len = len, .enc = e, .damaged = damaged});
}

/* Offset of the first line feed of UTF-16 in n bytes at p, n when there is none. */
static size_t wide_line_feed(const encoding *e, const uint8_t *p, size_t n) {
    size_t low = encoding_id_of(e) == ENC_UTF16BE; /* where a unit has its low byte */
    for (size_t at = 0; at < n;) {
        const uint8_t *hit = memchr(p + at, '\n', n - at);
        if (!hit) break;
        at = (size_t)(hit - p);
        size_t unit = at - low;
        if (at % 2 == low && unit + 2 <= n && p[unit + 1 - low] == 0) return unit;
        at++;
    }
    return n;
}

/* Length of the line at p with its line feed; a long one is cut at a character. */
static size_t line_length(const encoding *e, const uint8_t *p, size_t n) {
    size_t most = n < LINE_MOST ? n : LINE_MOST;
    if (e->unit == 1) {
        const uint8_t *lf = memchr(p, '\n', most);
        if (lf) return (size_t)(lf - p) + 1;
    } else if (e->unit == 2) {
        size_t lf = wide_line_feed(e, p, most);
        if (lf < most) return lf + 2;
    } else {
        for (size_t i = 0; i + e->unit <= most; i += e->unit) {
            uint32_t c;
            if (e->codec->next(e, p + i, n - i, &c) && c == '\n') return i + e->unit;
        }
    }
    if (most == n) return n;
    size_t at = 0;
    for (uint32_t c; at < most;) {
        size_t length = e->codec->next(e, p + at, n - at, &c);
        at += length ? length : e->codec->bad(e, p + at, n - at);
    }
    return at;
}

/* Bytes while they are cut. */
typedef struct cursor {
    const uint8_t *p;
    size_t at, n;
    bool last;  /* nothing follows p[n) */
    bool waits; /* too little follows `at` to go on, and there is more to come */
} cursor;

/* Are `want` bytes in sight, or all there are? */
static bool in_sight(cursor *c, size_t want) {
    c->waits = !c->last && c->n - c->at < want;
    return !c->waits;
}

/* UTF-8 that has met nothing else: well-formed and without NUL is enough. False at what is not. */
static bool pass_utf8(cursor *c) {
    enum { BLOCK = 16 * 1024 };
    while (c->at < c->n && in_sight(c, BLOCK + 4)) {
        const uint8_t *p = c->p + c->at;
        size_t left = c->n - c->at, block = left < BLOCK ? left : BLOCK;
        size_t good = utf8_good(p, block);
        if (memchr(p, 0, good)) return false;
        uint32_t ignored;
        size_t length = good < block ? utf8_read((const char *)p + good, left - good, &ignored) : 0;
        if (good < block && !length) return false;
        c->at += good + length;
    }
    return true;
}

/* Whole lines that read well in the present encoding. False at one that does not. */
static bool pass_lines(const encoding *e, cursor *c) {
    while (c->at < c->n && in_sight(c, LINE_MOST + 16)) {
        size_t line = line_length(e, c->p + c->at, c->n - c->at);
        if (!reads_well(e, c->p + c->at, line)) return false;
        c->at += line;
    }
    return true;
}

/* The same, with their text taped. */
static bool tape_lines(tape *t, const encoding *e, cursor *c) {
    tape_begin(t, c->at);
    while (c->at < c->n && !t->failed && in_sight(c, LINE_MOST + 16)) {
        size_t left = c->n - c->at, line = line_length(e, c->p + c->at, left);
        if (!tape_add(t, e, c->p + c->at, line, left - line)) return false;
        c->at += line;
    }
    return true;
}

static bool pass(segmenter *s, cursor *c) {
    if (!s->now->codec) return c->at = c->n, true;
    if (s->tape && tape_takes(s->now)) return tape_lines(s->tape, s->now, c);
    if (encoding_id_of(s->now) != ENC_UTF8 || s->mixed) return pass_lines(s->now, c);
    if (pass_utf8(c)) return true;
    s->mixed = true; /* valid UTF-8 is no proof any more */
    return pass_lines(s->now, c);
}

/* Where a window from p on ends: after the doubtful line there and those that follow, and two good
 * ones; at PATH_MOST after a line, if there is one. */
static size_t window_length(const encoding *e, const uint8_t *p, size_t n) {
    size_t at = 0;
    unsigned good = 0;
    while (at < n && good < 2) {
        size_t line = line_length(e, p + at, n - at);
        if (at + line > PATH_MOST) return at > PATH_MOST / 2 ? at : n < PATH_MOST ? n : PATH_MOST;
        good = reads_well(e, p + at, line) ? good + 1 : 0;
        at += line;
    }
    bool half = e->unit == 1 && at < n && p[at] == 0; /* the line feed may be UTF-16LE's */
    return half ? at + 1 : at;
}

/* One window: its stretches are added, and the last one's encoding is what is expected next. False
 * when memory is out. */
static bool segment_window(segmenter *s, path_work *work, cursor *c, stretch_list *out) {
    const uint8_t *p = c->p + c->at;
    size_t n = window_length(s->now, p, c->n - c->at), at = 0;
    path_find(work, s->base, s->now, p, n, c->last && n == c->n - c->at);
    while (at < n) {
        path_piece piece = path_next(work, at);
        if (!piece.len && at) break;
        if (!piece.len) piece.len = n;
        if (!stretch_add(out, c->at + at, piece.len, piece.enc, piece.damaged)) return false;
        if (piece.enc != s->now) s->mixed = true;
        s->now = piece.enc;
        at += piece.len;
    }
    c->at += at;
    return true;
}

static size_t list_end(const stretch_list *list) {
    const stretch *last = list->n ? &list->p[list->n - 1] : NULL;
    return last ? (size_t)(last->off + last->len) : 0;
}

size_t segment(segmenter *s, const uint8_t *p, size_t n, bool last, stretch_list *out) {
    path_work *work = NULL;
    cursor c = {.p = p, .at = list_end(out), .n = n, .last = last};
    while (c.at < n && !c.waits) {
        size_t from = c.at;
        bool doubt = !pass(s, &c);
        if (s->tape && s->tape->failed) return SIZE_MAX;
        if (!stretch_add(out, from, c.at - from, s->now, false)) return SIZE_MAX;
        if (!doubt || !in_sight(&c, PATH_MOST + LINE_MOST + 16)) continue;
        if (!work) work = arena_alloc(out->mem, sizeof *work);
        if (!work || !segment_window(s, work, &c, out)) return SIZE_MAX;
    }
    return c.at;
}

#include "text/segment.h"
#include "text/codec.h"
#include "text/path.h"
#include "text/reads.h"

enum { LINE_MOST = 4096 }; /* a longer line is judged in pieces */

bool stretch_add(stretch_list *list, uint64_t off, uint64_t len, const encoding *e, bool damaged) {
    if (!len) return true;
    stretch *last = list->n ? &list->p[list->n - 1] : NULL;
    if (last && last->enc == e && !damaged && !last->damaged && last->off + last->len == off) {
        last->len += len;
        return true;
    }
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        stretch *p = arena_zalloc(list->mem, cap, sizeof *p);
        if (!p) return false;
        if (list->n) memcpy(p, list->p, list->n * sizeof *p);
        list->p = p;
        list->cap = cap;
    }
    list->p[list->n++] = (stretch){.off = off, .len = len, .enc = e, .damaged = damaged};
    return true;
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

/* UTF-8 that has met nothing else: well-formed and without NUL is enough. */
static size_t plain_utf8(const uint8_t *p, size_t n) {
    enum { BLOCK = 16 * 1024 };
    size_t at = 0;
    while (at < n) {
        size_t block = n - at < BLOCK ? n - at : BLOCK;
        size_t good = utf8_good(p + at, block);
        if (memchr(p + at, 0, good)) return at;
        if (good == block) {
            at += block;
            continue;
        }
        uint32_t c;
        size_t length = utf8_read((const char *)p + at + good, n - at - good, &c);
        if (!length) return at;
        at += good + length;
    }
    return n;
}

/* Bytes from p on, whole lines, that read well in e. */
static size_t well_read(const segmenter *s, const uint8_t *p, size_t n) {
    const encoding *e = s->now;
    size_t at = 0;
    if (encoding_id_of(e) == ENC_UTF8 && !s->mixed) return plain_utf8(p, n);
    while (at < n) {
        size_t line = line_length(e, p + at, n - at);
        if (!reads_well(e, p + at, line)) return at;
        at += line;
    }
    return n;
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

/* One window: its stretches are added, and the last one's encoding is what is expected next.
 * Returns the bytes read, 0 when memory is out. */
static size_t segment_window(segmenter *s, path_work *work, const uint8_t *p, size_t n,
                             uint64_t base, bool last, stretch_list *out) {
    size_t at = 0;
    path_find(work, s->base, s->now, p, n, last);
    while (at < n) {
        path_piece piece = path_next(work, at);
        if (!piece.len && at) break;
        if (!piece.len) piece.len = n;
        bool ok = stretch_add(out, base + at, piece.len, piece.enc, piece.damaged);
        if (!ok) return 0;
        if (piece.enc != s->now) s->mixed = true;
        s->now = piece.enc;
        at += piece.len;
    }
    return at;
}

bool segment(segmenter *s, const uint8_t *p, size_t n, uint64_t base, bool last,
             stretch_list *out) {
    path_work *work = NULL;
    bool began_mixed = s->mixed;
    for (size_t at = 0; at < n;) {
        size_t good = s->now->codec ? well_read(s, p + at, n - at) : n - at;
        if (good < n - at && !s->mixed && encoding_id_of(s->now) == ENC_UTF8 && !began_mixed) {
            s->mixed = began_mixed = true;
            good = well_read(s, p + at, n - at);
        }
        if (!stretch_add(out, base + at, good, s->now, false)) return false;
        at += good;
        if (at == n) break;
        if (!work) work = arena_alloc(out->mem, sizeof *work);
        if (!work) return false;
        size_t window = window_length(s->now, p + at, n - at);
        window = segment_window(s, work, p + at, window, base + at, last && window == n - at, out);
        if (!window) return false;
        at += window;
    }
    return true;
}

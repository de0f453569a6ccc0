/* txt_read: plain text in any encoding, or in several: a block a line.
 *
 * The bytes are cut into stretches of one encoding each, which tapes most lines of Chinese
 * (text/tape.h). The rest of each stretch is decoded in one piece, and lines are then found in
 * source and text in step: a line end is as many units in the one as in the other. LF, CRLF and CR
 * end a line; what follows the last one is a line too, unless it is empty. A BOM at the very start
 * is a signature and no text; elsewhere it is U+FEFF. */
#include "format/format.h"
#include "text/decode.h"
#include "text/tape.h"

/* One stretch while lines are taken from it. */
typedef struct scan {
    const uint8_t *source;
    uint64_t at, end; /* in the source */
    unsigned unit;    /* bytes a line feed takes */
    bool big_endian;
    str text;            /* decoded, what is left of it */
    const char *lf, *cr; /* the next of each in text, or its end; found anew once text is past it */
} scan;

/* The first part of a line whose end has not come yet, because a stretch ended. */
typedef struct pending {
    char *text;
    size_t n, cap;
    span *spans;
    size_t nspans, spans_cap;
    bool open;
} pending;

static int probe(str bytes, str name) {
    (void)bytes;
    return str_ends(name, STR(".txt")) || str_ends(name, STR(".text")) ? 20 : 10;
}

static uint32_t unit_at(const scan *s, uint64_t at) {
    const uint8_t *p = s->source + at;
    uint32_t c = 0;
    for (unsigned i = 0; i < s->unit; i++)
        c |= (uint32_t)p[s->big_endian ? s->unit - 1 - i : i] << 8 * i;
    return c;
}

/* Source offset of the next unit c at or after `at`, or the end of the stretch. */
static uint64_t find_unit(const scan *s, uint64_t at, char c) {
    if (s->unit == 1) {
        const uint8_t *hit = memchr(s->source + at, c, s->end - at);
        return hit ? (uint64_t)(hit - s->source) : s->end;
    }
    uint64_t low = s->big_endian ? s->unit - 1 : 0; /* where a unit has its low byte */
    for (uint64_t from = at; s->end - from >= s->unit;) {
        const uint8_t *hit = memchr(s->source + from, c, s->end - from);
        if (!hit) break;
        uint64_t found = (uint64_t)(hit - s->source), start = found - low;
        bool whole = found >= at + low && (start - at) % s->unit == 0 && s->end - start >= s->unit;
        if (whole && unit_at(s, start) == (unsigned char)c) return start;
        from = found + 1;
    }
    return s->end;
}

/* The next byte c in the text: what is known of it, or, when that is behind, a new search. */
static const char *next_mark(str text, const char *known, char c) {
    if (known && known >= text.p) return known;
    const char *hit = text.n ? memchr(text.p, c, text.n) : NULL;
    return hit ? hit : text.p + text.n;
}

/* The next line end in the text, and where it is. Each byte is searched once for either mark,
 * whichever of them the file uses. */
static size_t find_line_end(scan *s, enum line_end *kind) {
    const char *end = s->text.p + s->text.n;
    s->lf = next_mark(s->text, s->lf, '\n');
    s->cr = next_mark(s->text, s->cr, '\r');
    if (s->lf <= s->cr) {
        *kind = s->lf < end ? LINE_END_LF : LINE_END_NONE;
        return (size_t)(s->lf - s->text.p);
    }
    *kind = s->cr + 1 == s->lf && s->lf < end ? LINE_END_CRLF : LINE_END_CR;
    return (size_t)(s->cr - s->text.p);
}

static bool wider(doc *d, void **array, size_t *cap, size_t n, size_t size, size_t want) {
    if (want <= *cap) return true;
    size_t room = want * 2;
    void *p = arena_alloc(d->mem, room * size);
    if (!p) return fail_memory(&d->why);
    if (n) memcpy(p, *array, n * size);
    *array = p;
    *cap = room;
    return true;
}

/* Adds what one stretch holds of a line. */
static bool add_span(doc *d, pending *p, str text, uint64_t off, uint64_t end) {
    p->open = true;
    if (!wider(d, (void **)&p->text, &p->cap, p->n, 1, p->n + text.n) ||
        !wider(d, (void **)&p->spans, &p->spans_cap, p->nspans, sizeof *p->spans, p->nspans + 1))
        return false;
    if (text.n) memcpy(p->text + p->n, text.p, text.n);
    p->spans[p->nspans++] = (span){
        .at = (uint32_t)p->n,
        .len = (uint32_t)text.n,
        .off = off,
        .source_len = (uint32_t)(end - off),
    };
    p->n += text.n;
    return true;
}

static void add_line(doc *d, str text, uint64_t off, uint64_t end, enum line_end kind) {
    if (end - off > UINT32_MAX) doc_fail(d, MSG_LONG_BLOCK, STR(""), NO_ARGS);
    block *b = doc_add_block(d, BLOCK_PARAGRAPH, text, off, (uint32_t)(end - off));
    if (!b) return;
    b->line_end = (uint8_t)kind;
    d->line_ends[kind]++;
}

/* A line ends; what stands of it in this stretch is text. */
static void finish_line(doc *d, pending *p, str text, uint64_t off, uint64_t end,
                        enum line_end kind) {
    if (!p->open) {
        add_line(d, text, off, end, kind);
        return;
    }
    if (end > off && !add_span(d, p, text, off, end)) return;
    add_line(d, str_make(p->text, p->n), p->spans[0].off, end, kind);
    block_more *more = doc_ok(d) ? block_rest(d, &d->blocks[d->nblocks - 1]) : NULL;
    if (more) more->spans = p->spans, more->nspans = p->nspans;
    *p = (pending){0};
}

/* A CR that ends a stretch and an LF that starts the next belong together. */
static void join_split_crlf(doc *d, scan *s, const pending *p) {
    block *last = d->nblocks && !p->open ? &d->blocks[d->nblocks - 1] : NULL;
    if (!last || last->line_end != LINE_END_CR || !str_starts(s->text, STR("\n"))) return;
    last->line_end = LINE_END_CRLF;
    d->line_ends[LINE_END_CR]--;
    d->line_ends[LINE_END_CRLF]++;
    s->text = str_cut(s->text, 1, s->text.n);
    s->at += s->unit;
}

static void take_lines(doc *d, scan *s, pending *p) {
    static const unsigned marks[LINE_ENDS] = {0, 1, 2, 1};
    join_split_crlf(d, s, p);
    while (doc_ok(d) && s->at < s->end) {
        enum line_end kind;
        size_t n = find_line_end(s, &kind);
        str line = str_cut(s->text, 0, n);
        if (kind == LINE_END_NONE) {
            add_span(d, p, line, s->at, s->end); /* it may go on in the next stretch */
            return;
        }
        uint64_t end = find_unit(s, s->at, kind == LINE_END_LF ? '\n' : '\r');
        finish_line(d, p, line, s->at, end, kind);
        s->at = end + (uint64_t)marks[kind] * s->unit;
        s->text = str_cut(s->text, n + marks[kind], s->text.n);
    }
}

/* ---- Stretches -------------------------------------------------------------------------------
 */

/* A file while its stretches are read. */
typedef struct reading {
    doc *d;
    tape tape;
    size_t run; /* of the tape: the next one */
    pending line;
    /* Of the present stretch: */
    str encoding;
    size_t nbad, npua;
} reading;

/* Of a stretch's ill-formed pieces the first are noted one by one. */
static void note_bad_bytes(reading *r, const decoded *text) {
    doc *d = r->d;
    message_id what = d->spelt ? MSG_UNDECODABLE_HEX : MSG_UNDECODABLE;
    for (size_t i = 0; i < text->nbad; i++) {
        const bad_bytes *bad = &text->bad[i];
        d->undecodable += bad->len;
        if (r->nbad++ < UNDECODABLE_NOTED)
            doc_note(d, what, NO_BLOCK, 0, bad->off, bad->len, ARGS(NUM(bad->len), r->encoding));
    }
    r->npua += text->npua;
}

static void note_sums(reading *r, const stretch *s, uint64_t undecodable) {
    if (r->nbad > UNDECODABLE_NOTED)
        doc_note(r->d, MSG_UNDECODABLE_SUM, NO_BLOCK, 0, s->off, s->len,
                 ARGS(NUM(undecodable), NUM(r->nbad), r->encoding));
    if (r->npua)
        doc_note(r->d, MSG_PRIVATE_USE, NO_BLOCK, 0, s->off, s->len,
                 ARGS(NUM(r->npua), r->encoding));
}

static bool decode_one(doc *d, const stretch *s, decoded *text) {
    const uint8_t *p = (const uint8_t *)d->source.p;
    /* A BOM that is not at the start of the file is text: the filters are to see it. */
    bool ok = s->off == 0 ? decode_stretch(d->mem, s, p, text)
                          : decode(d->mem, s->enc, p + s->off, s->len, s->off, text);
    if (ok && d->spelt) ok = decode_spell_bad(d->mem, p, text);
    return ok || fail_memory(&d->why);
}

static scan scan_of(const reading *r, const stretch *s, str text) {
    return (scan){
        .source = (const uint8_t *)r->d->source.p,
        .at = s->off + (s->off == 0 ? s->bom : 0),
        .end = s->off + s->len,
        .unit = encoding_unit(s->enc),
        .big_endian = str_ends(r->encoding, STR("BE")),
        .text = text,
    };
}

/* Reads a part of a stretch, or all of it, that was not taped. */
static void read_part(reading *r, const stretch *s) {
    decoded text;
    if (!decode_one(r->d, s, &text)) return;
    note_bad_bytes(r, &text);
    scan lines = scan_of(r, s, text.text);
    take_lines(r->d, &lines, &r->line);
}

/* The line end of a taped line that has no other; LINE_END_NONE when one must look closer. */
static enum line_end only_line_end(const tape_line *l, str text) {
    if (!str_ends(text, STR("\n")) || text.n == 1) return LINE_END_NONE;
    if (!l->cr) return LINE_END_LF;
    const char *cr = memchr(text.p, '\r', text.n);
    if (!cr) return LINE_END_LF;
    return cr + 2 == text.p + text.n && text.n > 2 ? LINE_END_CRLF : LINE_END_NONE;
}

/* A taped line, or the piece of one. */
static void take_taped(reading *r, const stretch *s, const tape_line *l, uint64_t at, str text) {
    enum line_end kind = only_line_end(l, text);
    if (kind == LINE_END_NONE) {
        stretch one = *s;
        one.off = at;
        one.len = l->source;
        scan lines = scan_of(r, &one, text);
        take_lines(r->d, &lines, &r->line);
        return;
    }
    bool plain = l->plain && !r->line.open;
    size_t end = kind == LINE_END_CRLF ? 2 : 1;
    finish_line(r->d, &r->line, str_cut(text, 0, text.n - end), at, at + l->source - end, kind);
    if (plain && doc_ok(r->d)) r->d->blocks[r->d->nblocks - 1].flags |= BLOCK_PLAIN;
}

static void read_run(reading *r, const stretch *s, const tape_run *run) {
    uint64_t at = run->off;
    const char *text = r->tape.text + run->text;
    r->npua += run->npua;
    for (size_t i = 0; i < run->nlines && doc_ok(r->d); i++) {
        const tape_line *l = &r->tape.lines[run->line + i];
        take_taped(r, s, l, at, str_make(text, l->text));
        at += l->source;
        text += l->text;
    }
}

/* The runs of a stretch, and what is between them. */
static void read_stretch(reading *r, const stretch *s) {
    uint64_t before = r->d->undecodable, end = s->off + s->len;
    r->encoding = str_of(encoding_name(s->enc));
    r->nbad = r->npua = 0;
    for (stretch left = *s; left.off < end && doc_ok(r->d); left.off += left.len) {
        const tape_run *run = tape_next(&r->tape, &r->run, end, &left);
        if (run)
            read_run(r, s, run);
        else
            read_part(r, &left);
    }
    note_sums(r, s, r->d->undecodable - before);
}

static const encoding *asked_encoding(doc *d, const qw_read_options *o) {
    if (!o->encoding) return NULL;
    const encoding *e = encoding_find(str_of(o->encoding));
    if (!e) doc_fail(d, MSG_NO_ENCODING, STR(""), ARGS(str_of(o->encoding)));
    return e;
}

static void describe(doc *d, const detection *whole, bool judged) {
    detection *kept = judged ? arena_alloc(d->mem, sizeof *kept) : NULL;
    if (kept) *kept = *whole, d->detected = kept;
    d->encoding = str_of(whole->enc ? encoding_name(whole->enc) : "");
    d->language = str_of(text_language_tag(whole->language));
    d->bom = d->nstretches && d->stretches[0].bom > 0;
}

static void read(doc *d, const qw_read_options *o) {
    const encoding *forced = asked_encoding(d, o);
    stretch *stretches = NULL;
    detection whole = {0};
    const uint8_t *p = (const uint8_t *)d->source.p;
    reading r = {.d = d, .tape = {.mem = d->mem}};
    doc_add_part(d, STR(""), d->source);
    d->spelt = o->undecodable == QW_HEX_UNDECODABLE;
    if (!doc_ok(d)) return;
    if (!tape_stretches(&r.tape, p, d->source.n, forced, &stretches, &d->nstretches, &whole)) {
        fail_memory(&d->why);
        return;
    }
    if (whole.binary && !forced) {
        doc_fail(d, MSG_NO_READER, STR(""), NO_ARGS);
        return;
    }
    d->stretches = stretches;
    describe(d, &whole, !forced);
    doc_reserve_blocks(d, r.tape.nlines);
    for (size_t i = 0; i < d->nstretches && doc_ok(d); i++) read_stretch(&r, &stretches[i]);
    if (r.line.open) finish_line(d, &r.line, STR(""), d->source.n, d->source.n, LINE_END_NONE);
    if (d->undecodable && o->undecodable == QW_FAIL_UNDECODABLE)
        doc_fail(d, MSG_NOT_DECODABLE, STR(""), ARGS(NUM(d->undecodable), d->encoding));
}

const reader reader_txt = {probe, read};

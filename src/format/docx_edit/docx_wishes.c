/* docx_wishes: from what stands in the document now to the bytes of its parts that have to go. */
#include "base/buf.h"
#include "format/docx_edit/docx_plan.h"

#include <stdlib.h>

/* ---- From text to bytes ---------------------------------------------------------------------- */

/* Bytes of the source, and of the text it means, that the next character takes: a reference, a line
 * end, or a byte. */
static void next_unit(str source, bool cdata, size_t *in_source, size_t *in_text) {
    char decoded[16];
    size_t end = source.p[0] == '&' && !cdata ? str_find_byte(source, ';', 0) : STR_NONE;
    *in_source = *in_text = 1;
    if (end != STR_NONE && end < 12) {
        *in_source = end + 1;
        *in_text = xml_decode(str_cut(source, 0, end + 1), false, decoded);
    } else if (source.p[0] == '\r' && source.n > 1 && source.p[1] == '\n') {
        *in_source = 2;
    }
}

/* In a CDATA section nothing is escaped. */
static bool in_cdata(str xml, const span *s) {
    return str_ends(str_cut(xml, 0, s->off), STR("<![CDATA["));
}

/* Where byte `in` of a span's text stands in the part. Goes on from *source and *text, which count
 * from the start of the span. */
static size_t source_offset(str xml, const span *s, size_t in, size_t *source, size_t *text) {
    if (s->len == s->source_len) return s->off + in;
    str all = str_cut(xml, s->off, s->off + s->source_len);
    while (*text < in && *source < all.n) {
        size_t in_source, in_text;
        next_unit(str_cut(all, *source, all.n), in_cdata(xml, s), &in_source, &in_text);
        *source += in_source;
        *text += in_text;
    }
    return s->off + *source;
}

/* Spans are of text, or of an element that stands for a character. */
static bool is_element(str xml, const span *s) {
    return s->off < xml.n && xml.p[s->off] == '<';
}

str docx_as_xml(arena *mem, str text) {
    size_t more = 0;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '&' || text.p[i] == '<' || text.p[i] == '>' || text.p[i] == '"') more += 5;
    char *escaped = more ? arena_alloc(mem, text.n + more) : NULL;
    if (!escaped) return text;
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *with = text.p[i] == '&'   ? "&amp;"
                           : text.p[i] == '<' ? "&lt;"
                           : text.p[i] == '>' ? "&gt;"
                           : text.p[i] == '"' ? "&quot;"
                                              : NULL;
        size_t length = with ? strlen(with) : 1;
        memcpy(escaped + n, with ? with : text.p + i, length);
        n += length;
    }
    return str_make(escaped, n);
}

/* Text of runs as XML: a line feed is a w:br (17.3.3.1). {NULL, 0} when memory is out. */
static str with_breaks(arena *mem, str text, str prefix) {
    str escaped = docx_as_xml(mem, text);
    if (str_find_byte(escaped, '\n', 0) == STR_NONE) return escaped;
    buf parts = BUF_INIT(UINT32_MAX);
    for (size_t from = 0, end; from <= escaped.n; from = end + 1) {
        end = str_find_byte(escaped, '\n', from);
        bool last = end == STR_NONE;
        if (last) end = escaped.n;
        buf_add(&parts, str_cut(escaped, from, end));
        if (!last)
            buf_printf(&parts, "</%.*st><%.*sbr/><%.*st xml:space=\"preserve\">", (int)prefix.n,
                       prefix.p, (int)prefix.n, prefix.p, (int)prefix.n, prefix.p);
    }
    str done = parts.failed ? (str){NULL, 0} : arena_str(mem, buf_str(&parts));
    buf_free(&parts);
    return done;
}

/* What comes into a span of text. Other elements of text than w:t, as m:t and a:t, know no w:br and
 * keep a line feed as it is. */
static str as_text(arena *mem, str xml, const span *s, str text) {
    if (in_cdata(xml, s)) return text;
    size_t tag = s->off;
    while (tag > 0 && xml.p[--tag] != '<') {}
    str before = str_cut(xml, tag, s->off);
    bool of_run = str_starts(before, STR("<w:t>")) || str_starts(before, STR("<w:t "));
    return of_run ? with_breaks(mem, text, STR("w:")) : docx_as_xml(mem, text);
}

/* ---- Paragraphs ------------------------------------------------------------------------------ */

/* A stretch of a block's original text that gives way. */
typedef struct gap_in_text {
    size_t from, to;
    str with;
} gap_in_text;

static bool touches(const span *s, const gap_in_text *g) {
    if (g->from == g->to) return s->at <= g->from && g->from <= s->at + s->len;
    return s->at < g->to && g->from < s->at + s->len;
}

/* The first span that ends at or after the gap's start: none before it is touched. */
static size_t first_span(const block_more *more, const gap_in_text *g) {
    size_t low = 0, high = more->nspans;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((size_t)more->spans[middle].at + more->spans[middle].len < g->from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A w:t with this text for the place of an element of a run, under the prefix that one has. */
static str as_element(arena *mem, str xml, const span *s, str text) {
    size_t end = s->off + 1;
    while (end < xml.n && xml.p[end] != ':' && !strchr(" />", xml.p[end])) end++;
    bool prefixed = end < xml.n && xml.p[end] == ':';
    str prefix = prefixed ? str_cut(xml, s->off + 1, end + 1) : STR("");
    str head = arena_printf(mem, "<%.*st xml:space=\"preserve\">", (int)prefix.n, prefix.p);
    str inner = with_breaks(mem, text, prefix);
    if (!inner.p) return inner;
    str body = arena_join(mem, head, inner);
    str tail = arena_printf(mem, "</%.*st>", (int)prefix.n, prefix.p);
    return arena_join(mem, body, tail);
}

/* Whether some text stands in the gap, to be exchanged; else an element must be. */
static bool holds_text(str xml, const block_more *more, const gap_in_text *g) {
    for (size_t i = first_span(more, g); i < more->nspans && more->spans[i].at <= g->to; i++) {
        const span *s = &more->spans[i];
        if (s->source_len && touches(s, g) && !is_element(xml, s)) return true;
    }
    return false;
}

/* Wishes for the gap in each span that it touches; what comes in its place goes to the first of
 * text. */
static void wish_for_gap(wishes *w, str xml, const block_more *more, gap_in_text g) {
    bool placed = g.with.n == 0, text_in_it = placed || holds_text(xml, more, &g);
    for (size_t i = first_span(more, &g); i < more->nspans && more->spans[i].at <= g.to; i++) {
        const span *s = &more->spans[i];
        if (!s->len || !s->source_len || !touches(s, &g)) continue;
        if (is_element(xml, s)) {
            str element = text_in_it || placed ? STR("") : as_element(w->mem, xml, s, g.with);
            w->failed |= !element.p;
            if (g.from < g.to) wishes_add(w, WISH_ELEMENT, s->off, 0, element);
            placed |= !text_in_it && g.from < g.to;
            continue;
        }
        size_t from = g.from > s->at ? g.from - s->at : 0, to = g.to - s->at;
        size_t source = 0, text = 0;
        if (to > s->len) to = s->len;
        size_t off = source_offset(xml, s, from, &source, &text);
        size_t end = source_offset(xml, s, to, &source, &text);
        str with = placed ? STR("") : as_text(w->mem, xml, s, g.with);
        w->failed |= !with.p;
        if (end > off || !placed) wishes_add(w, WISH_TEXT, off, end - off, with);
        placed = true;
        if (g.from == g.to) return;
    }
}

/* What gave way between the pieces that stand: gaps, in order. */
static void wish_for_changes(wishes *w, str xml, const block *b) {
    const block_more *more = b->more;
    size_t at = 0;
    gap_in_text g = {0};
    buf with = BUF_INIT(UINT32_MAX);
    for (size_t i = 0; i <= more->npieces; i++) {
        const piece *p = i < more->npieces ? &more->pieces[i] : NULL;
        if (p && p->inserted) {
            buf_add(&with, str_make(p->inserted, p->len));
            continue;
        }
        size_t from = p ? p->from : more->original.n;
        g.from = at;
        g.to = from > at ? from : at;
        if (g.to > g.from || with.n) {
            g.with = with.n ? arena_str(w->mem, buf_str(&with)) : STR("");
            if (with.n && !g.with.p) w->failed = true;
            wish_for_gap(w, xml, more, g);
        }
        with.n = 0;
        if (p) at = p->from + p->len;
    }
    w->failed |= with.failed;
    buf_free(&with);
}

/* All that the block shows goes, and its paragraph if that leaves nothing. */
static void wish_away(wishes *w, str xml, const block *b) {
    const block_more *more = b->more;
    wishes_add(w, WISH_PARAGRAPH, b->off, 0, STR(""));
    for (size_t i = 0; more && i < more->nspans; i++) {
        const span *s = &more->spans[i];
        if (s->kind == SPAN_JOINED)
            wishes_add(w, WISH_PARAGRAPH, s->off, 0, STR(""));
        else if (!s->source_len)
            continue; /* stands for nothing in the part */
        else if (s->kind == SPAN_SHAPE && s->len)
            wishes_add(w, WISH_OBJECT, s->off, 0, STR(""));
        else if (s->len && is_element(xml, s))
            wishes_add(w, WISH_ELEMENT, s->off, 0, STR(""));
        else if (s->len)
            wishes_add(w, WISH_TEXT, s->off, s->source_len, STR(""));
    }
}

wishes *docx_wishes(doc *d) {
    wishes *all = arena_zalloc(d->mem, d->nparts + 1, sizeof *all);
    if (!all) return NULL;
    for (size_t i = 0; i < d->nparts; i++) wishes_begin(&all[i], d->mem);
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (b->part >= d->nparts || (b->region == REGION_META && b->kind == BLOCK_BOX)) continue;
        str xml = d->parts[b->part].bytes;
        wishes *w = &all[b->part];
        bool gone = b->flags & BLOCK_REMOVED;
        bool background = b->more && b->more->traits & BOX_BACKGROUND;
        if (b->kind == BLOCK_BOX && gone)
            wishes_add(w, background ? WISH_ELEMENT : WISH_OBJECT, b->off, 0, STR(""));
        else if (b->kind == BLOCK_PARAGRAPH && gone)
            wish_away(w, xml, b);
        else if (b->kind == BLOCK_PARAGRAPH && b->more && b->more->npieces)
            wish_for_changes(w, xml, b);
    }
    for (size_t i = 0; i < d->nparts; i++)
        if (all[i].failed) return NULL;
    return all;
}

/* ---- Notes ----------------------------------------------------------------------------------- */

static bool is_note(const block *b) {
    return b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE ||
           b->region == REGION_COMMENT;
}

static int by_bytes(const void *x, const void *y) {
    return str_cmp(*(const str *)x, *(const str *)y);
}

bool docx_dead_notes(doc *d, dead_notes *dead) {
    size_t n = 0, room = 0;
    for (size_t i = 0; i < d->nblocks; i++) room += is_note(&d->blocks[i]);
    *dead = (dead_notes){0};
    if (!room) return true;
    str *ids = arena_alloc(d->mem, room * sizeof *ids);
    if (!ids) return false;
    str id = {NULL, 0};
    bool all_gone = false;
    for (size_t i = 0; i <= d->nblocks; i++) {
        const block *b = i < d->nblocks ? &d->blocks[i] : NULL;
        if (b && !is_note(b)) continue;
        if (!b || (b->more && b->more->link.n)) {
            if (id.n && all_gone) ids[n++] = id;
            if (b) id = b->more->link;
            all_gone = true;
        }
        if (b && b->kind == BLOCK_PARAGRAPH) all_gone &= !block_stands(b);
    }
    if (n) qsort(ids, n, sizeof *ids, by_bytes);
    *dead = (dead_notes){ids, n};
    return true;
}

#include "format/inline.h"

#include "base/unicode.h"
#include "base/utf8.h"

void runs_begin(runs *r, const block *b) {
    *r = (runs){.b = b};
}

/* Piece i of the block's text; false past the last one. */
static bool piece_at(const block *b, size_t i, piece *out) {
    size_t n = b->more ? b->more->npieces : 0;
    if (n == 0 && i == 0) {
        *out = (piece){0, (uint32_t)b->text.n, NULL};
        return true;
    }
    if (i >= n) return false;
    *out = b->more->pieces[i];
    return true;
}

/* The span at or after byte `at` of the original text; NULL when there is none. Spans whose text is
 * gone are passed over; those without text of their own are not, or images would go with it. */
static const span *span_at(runs *r, size_t at) {
    const block_more *more = r->b->more;
    for (; more && r->span < more->nspans; r->span++) {
        const span *s = &more->spans[r->span];
        if (s->len == 0 || (size_t)s->at + s->len > at) return s;
    }
    return NULL;
}

static bool give(runs *r, size_t n, const span *from, run *out) {
    *out = (run){str_cut(r->b->text, r->at, r->at + n), r->at, from};
    r->at += n;
    r->into += n;
    return true;
}

bool runs_next(runs *r, run *out) {
    piece p;
    while (piece_at(r->b, r->piece, &p) && r->into >= p.len) r->piece++, r->into = 0;
    bool more_text = piece_at(r->b, r->piece, &p);
    size_t original = !more_text ? SIZE_MAX : p.inserted ? p.from : p.from + r->into;
    const span *s = span_at(r, original);
    if (s && s->len == 0 && s->at <= original) {
        r->span++;
        *out = (run){str_cut(r->b->text, r->at, r->at), r->at, s};
        return true;
    }
    if (!more_text) return false;
    bool inside = s && s->at <= original;
    if (p.inserted) return give(r, p.len, inside ? s : NULL, out);
    size_t left = p.len - r->into, n = left;
    if (s) n = inside ? s->at + s->len - original : s->at - original;
    return give(r, n < left ? n : left, inside ? s : NULL, out);
}

str label_shown(const block *b) {
    return b->flags & BLOCK_AUTO && b->more ? b->more->label : STR("");
}

const char *label_gap(str label) {
    if (!label.n || str_ends(label, STR("、")) || str_ends(label, STR("）"))) return "";
    return " ";
}

uint32_t block_end(const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    bool known = b->kind != BLOCK_PARAGRAPH && b->more && b->more->end > index;
    if (!known) return index + 1;
    return b->more->end < d->nblocks ? b->more->end : (uint32_t)d->nblocks;
}

size_t block_hashes(const block *b) {
    size_t n = 0;
    if (b->role != QW_ROLE_HEADING && b->role != QW_ROLE_TITLE) return 0;
    while (n < b->text.n && n < 7 && b->text.p[n] == '#') n++;
    if (!n || n == 7 || n == b->text.n || b->text.p[n] != ' ') return 0;
    while (n < b->text.n && b->text.p[n] == ' ') n++;
    return n < b->text.n ? n : 0;
}

void run_begin_at(run *r, size_t from) {
    if (r->at >= from) return;
    size_t skip = from - r->at < r->text.n ? from - r->at : r->text.n;
    r->text = str_cut(r->text, skip, r->text.n);
    r->at += skip;
}

bool block_is_blank(const block *b) {
    for (size_t at = 0; at < b->text.n;) {
        uint32_t c = utf8_next(b->text, &at);
        if (c > ' ' && !is_space(c)) return false;
    }
    const block_more *more = b->more;
    for (size_t i = 0; more && i < more->nspans; i++)
        if (more->spans[i].kind == SPAN_NOTE || more->spans[i].kind == SPAN_IMAGE) return false;
    return true;
}

bool block_dates_title(const doc *d, uint32_t index) {
    enum { HEAD_BLOCKS = 24, LETTERHEAD_BYTES = 90 };
    bool titled = false;
    if (d->blocks[index].role != QW_ROLE_DATE || index > HEAD_BLOCKS) return false;
    for (uint32_t i = 0; i < index; i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b) || block_is_blank(b)) continue;
        bool title = b->role == QW_ROLE_TITLE || b->role == QW_ROLE_SUBTITLE;
        bool above = !titled && b->role == QW_ROLE_BODY && b->text.n <= LETTERHEAD_BYTES;
        if (!title && !above) return false;
        titled |= title;
    }
    return titled;
}

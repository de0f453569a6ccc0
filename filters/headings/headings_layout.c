/* Layout: headings that only their looks tell, in documents of a word processor that have neither
 * outline levels nor numbered headings: short paragraphs, bold throughout, with text under them.
 * Their sizes rank them. */
#include "headings.h"

#define SIZES     3
#define LEAST     2  /* one bold line is no structure */
#define MOST_TEXT 40 /* characters */

/* Whether all text of the block that shows is bold; the size of its first text in *size. */
static bool is_bold(const block *b, uint16_t *size) {
    const block_more *more = b->more;
    bool any = false;
    for (size_t i = 0; i < more->nspans; i++) {
        const span *s = &more->spans[i];
        if (s->kind != SPAN_TEXT || (s->flags & (SPAN_HIDDEN | SPAN_DELETED))) continue;
        if (!(s->flags & SPAN_BOLD)) return false;
        if (!any) *size = s->size;
        any = true;
    }
    return any;
}

static bool stands_out(const doc *d, uint32_t i, uint16_t *size) {
    const block *b = &d->blocks[i];
    if (!b->more || !b->more->nspans || b->role != QW_ROLE_BODY || !is_bold(b, size)) return false;
    uint32_t mark = last_mark(b->text);
    return count_chars(b->text, MOST_TEXT) < MOST_TEXT && !ends_sentence(b->text) &&
           mark != 0xFF0C && mark != 0x3001 && mark != ',';
}

/* Whether plain text follows block i. */
static bool has_text_under(const doc *d, uint32_t i) {
    uint16_t size;
    uint32_t next = next_text(d, i + 1);
    return next != NO_BLOCK && d->blocks[next].role == QW_ROLE_BODY && !stands_out(d, next, &size);
}

/* The sizes of such paragraphs from great to small, and how many there are. */
typedef struct sizes {
    uint16_t at[SIZES];
    unsigned n;
    uint32_t count;
} sizes;

static void add_size(sizes *x, uint16_t size) {
    unsigned at = 0;
    x->count++;
    while (at < x->n && x->at[at] > size) at++;
    if (at == SIZES || (at < x->n && x->at[at] == size)) return;
    if (x->n < SIZES) x->n++;
    memmove(x->at + at + 1, x->at + at, (x->n - at - 1) * sizeof *x->at);
    x->at[at] = size;
}

static unsigned level_for(const sizes *x, uint16_t size) {
    unsigned level = 1;
    while (level < x->n && x->at[level - 1] > size) level++;
    return level;
}

void find_layout(outline *o) {
    doc *d = o->d;
    sizes x = {0};
    uint16_t size = 0;
    if (o->first_text == NO_BLOCK) return;
    uint32_t begin = next_text(d, o->first_text + 1);
    for (uint32_t i = begin; i != NO_BLOCK; i = next_text(d, i + 1))
        if (stands_out(d, i, &size) && has_text_under(d, i)) add_size(&x, size);
    if (x.count < LEAST) return;
    for (uint32_t i = begin; i != NO_BLOCK && doc_ok(d); i = next_text(d, i + 1)) {
        if (!stands_out(d, i, &size)) continue;
        edit_role(d, i, (block_role){.role = QW_ROLE_HEADING, .level = level_for(&x, size)},
                  (reason){STR("layout"), STR("a short line, bold throughout"), 60});
    }
}

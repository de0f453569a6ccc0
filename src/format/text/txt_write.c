/* txt_write: UTF-8 text, a line a paragraph.
 *
 * Lines end in LF, the last one too, unless the lines' own ends are asked for. A list label that
 * the format makes itself is written before the text, as a reader of the page sees it.
 *
 * A blank line of text is written as it stands. What other formats keep empty paragraphs for, a
 * cell, a box, a header, the end of a section, is nothing to a reader of text: of those only blank
 * lines between two paragraphs of the body are written. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/format.h"

static void write_label(const block *b, out *to) {
    if (!(b->flags & BLOCK_AUTO) || !b->more || !b->more->label.n) return;
    str label = b->more->label;
    out_str(to, label);
    /* Chinese labels carry their own distance: 一、（一） */
    if (!str_ends(label, STR("、")) && !str_ends(label, STR("）"))) out_byte(to, ' ');
}

static void write_line_end(const block *b, bool keep, out *to) {
    static const char *const ends[LINE_ENDS] = {"", "\n", "\r\n", "\r"};
    out_text(to, keep ? ends[b->line_end] : "\n");
}

/* Nothing but blanks, in a block without a label. */
static bool is_blank(const block *b) {
    if (b->more && b->more->label.n) return false;
    for (size_t at = 0; at < b->text.n;)
        if (!is_space(utf8_next(b->text, &at))) return false;
    return true;
}

/* Where a table, a row, a cell or a box that begins with the block ends; 0 when none does. */
static size_t container_end(const block *b) {
    return b->kind != BLOCK_PARAGRAPH && b->more ? b->more->end : 0;
}

/* Blank lines that wait for a paragraph to stand before. */
typedef struct gap_lines {
    size_t waiting;
    size_t container; /* the block that the outermost container ends at */
    bool begun;       /* something was written */
} gap_lines;

/* Whether the block is a blank line that is not to be written now. */
static bool holds_back(gap_lines *g, const block *b, size_t index) {
    size_t end = container_end(b);
    if (end > g->container) g->container = end;
    if (!block_is_text(b) || !is_blank(b)) return false;
    bool counts = b->region == REGION_BODY && index >= g->container && !(b->flags & BLOCK_STAYS);
    g->waiting += counts && g->begun;
    return true;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)why;
    bool text = str_eq(d->format, STR("txt"));
    gap_lines gap = {0};
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if ((!text && holds_back(&gap, b, i)) || !block_is_text(b)) continue;
        for (; gap.waiting; gap.waiting--) out_byte(to, '\n');
        gap.begun = true;
        write_label(b, to);
        out_str(to, b->text);
        write_line_end(b, o->keep_line_ends, to);
    }
    return true;
}

const writer writer_txt = {write};

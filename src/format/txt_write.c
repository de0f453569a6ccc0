/* txt_write: UTF-8 text, a line a paragraph.
 *
 * Lines end in LF, the last one too, unless the lines' own ends are asked for. A list label that
 * the format makes itself is written before the text, as a reader of the page sees it. */
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

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)why;
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b)) continue;
        write_label(b, to);
        out_str(to, b->text);
        write_line_end(b, o->keep_line_ends, to);
    }
    return true;
}

const writer writer_txt = {write};

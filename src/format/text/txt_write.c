/* txt_write: UTF-8 text, a line a paragraph.
 *
 * Lines end in LF, the last one too, unless the lines' own ends are asked for. A list label that
 * the format makes itself is written before the text, as a reader of the page sees it.
 *
 * A blank line of text is written as it stands. What other formats keep empty paragraphs for, a
 * cell, a box, a header, the end of a section, is nothing to a reader of text: of those only blank
 * lines between two paragraphs of the body are written. Nor are lines without text that breaks make
 * in a paragraph. So what the filters `blank` and `spaces` left is what they leave in the text. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/format.h"

#include <string.h>

/* Blanks and breaks at most. */
static bool shows_nothing(str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c != '\n' && !is_space(c)) return false;
    }
    return true;
}

static void write_label(const block *b, out *to) {
    if (!(b->flags & BLOCK_AUTO) || !b->more || !b->more->label.n) return;
    str label = b->more->label;
    out_str(to, label);
    if (shows_nothing(b->text)) return;
    /* Chinese labels carry their own distance: 一、（一） */
    if (!str_ends(label, STR("、")) && !str_ends(label, STR("）"))) out_byte(to, ' ');
}

static void write_line_end(const block *b, bool keep, out *to) {
    static const char *const ends[LINE_ENDS] = {"", "\n", "\r\n", "\r"};
    out_text(to, keep ? ends[b->line_end] : "\n");
}

/* Where a table, a row, a cell or a box that begins with the block ends; 0 when none does. */
static size_t container_end(const block *b) {
    return b->kind != BLOCK_PARAGRAPH && b->more ? b->more->end : 0;
}

/* Blank lines that wait for a paragraph to stand before. What is not written, such as a picture,
 * may stand among them: of the runs at its two sides the longer one counts. */
typedef struct gap_lines {
    size_t waiting;   /* the longest run so far */
    size_t run;       /* the run that may go on */
    size_t container; /* the block that the outermost container ends at */
    bool begun;       /* what was written last is of the body */
} gap_lines;

static void end_run(gap_lines *g) {
    if (g->run > g->waiting) g->waiting = g->run;
    g->run = 0;
}

/* Whether the block shows no text, and is at most a blank line that is not to be written now. */
static bool holds_back(gap_lines *g, const block *b, size_t index) {
    size_t end = container_end(b);
    if (end > g->container) g->container = end;
    if (!block_is_text(b) || (b->more && b->more->label.n) || !shows_nothing(b->text)) return false;
    bool counts = b->region == REGION_BODY && index >= g->container && !(b->flags & BLOCK_STAYS);
    if (counts && block_is_blank_line(b))
        g->run += g->begun;
    else
        end_run(g);
    return true;
}

/* Before the block is written. Blank lines on either side of a note, a header or a text box part
 * nothing in text. */
static void write_gap(gap_lines *g, const block *b, out *to) {
    bool body = b->region == REGION_BODY;
    end_run(g);
    if (!body) g->waiting = 0;
    for (; g->waiting; g->waiting--) out_byte(to, '\n');
    g->begun = body;
}

/* Blanks at the ends of a line show when they are underlined, but not in text. */
static str without_blank_ends(str line) {
    while (line.n) {
        size_t at = line.n;
        if (!is_space(utf8_prev(line, &at))) break;
        line.n = at;
    }
    for (size_t at = 0; at < line.n;) {
        if (!is_space(utf8_next(line, &at))) break;
        line = str_cut(line, at, line.n);
        at = 0;
    }
    return line;
}

/* The text of a paragraph of another format: lines between its breaks, those that show text. */
static void write_lines(const block *b, out *to) {
    bool room = block_has_room(b), written = false;
    for (size_t at = 0; at <= b->text.n;) {
        const char *end = at < b->text.n ? memchr(b->text.p + at, '\n', b->text.n - at) : NULL;
        size_t stop = end ? (size_t)(end - b->text.p) : b->text.n;
        str line = str_cut(b->text, at, stop);
        if (room) line = without_blank_ends(line);
        at = stop + 1;
        if (is_blank_text(line)) continue;
        if (written) out_byte(to, '\n');
        out_str(to, line);
        written = true;
    }
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)why;
    bool text = str_eq(d->format, STR("txt"));
    gap_lines gap = {0};
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if ((!text && holds_back(&gap, b, i)) || !block_is_text(b)) continue;
        write_gap(&gap, b, to);
        write_label(b, to);
        if (text)
            out_str(to, b->text);
        else
            write_lines(b, to);
        write_line_end(b, o->keep_line_ends, to);
    }
    return true;
}

const writer writer_txt = {write};

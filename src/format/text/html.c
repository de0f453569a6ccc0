#include "format/text/html.h"

#include "format/inline.h"

enum {
    DEEPEST = 64
}; /* containers within containers; deeper ones lose their tags, not their text */

/* The elements that are open, from the outermost. */
typedef struct tree {
    const doc *d;
    const html_pictures *pictures;
    out *to;
    struct {
        uint32_t end;    /* index of the first block after it */
        unsigned column; /* rows: of the cell that comes next */
        uint8_t kind;
    } open[DEEPEST];
    unsigned depth;
    unsigned lists; /* list elements that are open */
} tree;

bool link_is_safe(str target) {
    static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:", "#"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        str scheme = str_of(schemes[i]);
        if (str_eq_nocase(str_cut(target, 0, scheme.n), scheme)) return true;
    }
    return false;
}

/* ---- Within a paragraph ---------------------------------------------------------------------- */

static void write_text(out *to, str s) {
    str line;
    bool first = true;
    for (; str_next(&s, '\n', &line); first = false) {
        if (!first) out_text(to, "<br>");
        out_xml(to, line);
    }
}

static void write_note_reference(out *to, str id) {
    out_text(to, "<sup><a href=\"#note-");
    out_xml(to, id);
    out_text(to, "\">");
    out_xml(to, id);
    out_text(to, "</a></sup>");
}

static void write_picture(const tree *t, const span *s) {
    if (!t->pictures->has(t->pictures->self, s)) return;
    out_text(t->to, "<img alt=\"");
    out_xml(t->to, s->value);
    out_text(t->to, "\" src=\"");
    t->pictures->write_source(t->pictures->self, s, t->to);
    out_text(t->to, "\">");
}

static void write_run(const tree *t, const run *r) {
    const span *s = r->from;
    out *to = t->to;
    if (s && s->kind == SPAN_IMAGE) {
        if (t->pictures) write_picture(t, s);
        return;
    }
    if (s && s->kind == SPAN_NOTE) {
        write_note_reference(to, s->value);
        return;
    }
    bool link = s && s->flags & SPAN_LINK && link_is_safe(s->value);
    bool bold = s && s->flags & SPAN_BOLD && r->text.n;
    if (link) {
        out_text(to, "<a href=\"");
        out_xml(to, s->value);
        out_text(to, "\">");
    }
    if (bold) out_text(to, "<b>");
    write_text(to, r->text);
    if (bold) out_text(to, "</b>");
    if (link) out_text(to, "</a>");
}

/* The text with its lead, if it has one, as an element of its own. */
static void write_inline(const tree *t, const block *b) {
    out *to = t->to;
    size_t lead = b->role == QW_ROLE_RUNIN ? b->lead : 0;
    str label = label_shown(b);
    if (lead) out_text(to, "<strong class=\"lead\">");
    out_xml(to, label);
    out_text(to, label_gap(label));
    runs all;
    runs_begin(&all, b);
    for (run r; runs_next(&all, &r);) {
        run_begin_at(&r, block_hashes(b));
        size_t end = r.at + r.text.n;
        if (lead > r.at && lead <= end) {
            run head = {str_cut(r.text, 0, lead - r.at), r.at, r.from};
            write_run(t, &head);
            out_text(to, "</strong>");
            r.text = str_cut(r.text, lead - r.at, r.text.n);
            if (r.text.n) write_run(t, &r);
        } else {
            write_run(t, &r);
        }
    }
}

/* ---- Paragraphs ------------------------------------------------------------------------------ */

static void close_lists(tree *t, unsigned keep) {
    for (; t->lists > keep; t->lists--) out_text(t->to, "</li></ul>\n");
}

static void write_list_item(tree *t, const block *b) {
    unsigned level = b->more && b->more->list_level < 8 ? b->more->list_level + 1u : 1;
    close_lists(t, level);
    if (t->lists == level) out_text(t->to, "</li>\n");
    for (; t->lists < level; t->lists++)
        out_text(t->to, t->lists + 1 < level ? "<ul><li>" : "<ul>\n");
    out_text(t->to, "<li>");
    write_inline(t, b);
}

static void write_heading(tree *t, const block *b) {
    unsigned level = b->role == QW_ROLE_TITLE ? 1 : b->level + 1u;
    if (level > 6) level = 6;
    out_printf(t->to, "<h%u>", level);
    write_inline(t, b);
    out_printf(t->to, "</h%u>\n", level);
}

static void write_paragraph(tree *t, const block *b) {
    static const char *const align[] = {"", "", " centre", " end", ""};
    if (b->role == QW_ROLE_LIST) {
        write_list_item(t, b);
        return;
    }
    close_lists(t, 0);
    if (b->role == QW_ROLE_TITLE || (b->role == QW_ROLE_HEADING && b->level)) {
        write_heading(t, b);
        return;
    }
    unsigned way = b->more && b->more->align <= ALIGN_JUSTIFY ? b->more->align + 1u : 0;
    out_printf(t->to, "<p class=\"%s%s\"", qw_role_name((qw_role)b->role), align[way]);
    if ((b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE) && b->more &&
        b->more->link.n) {
        out_text(t->to, " id=\"note-");
        out_xml(t->to, b->more->link);
        out_byte(t->to, '"');
    }
    out_byte(t->to, '>');
    write_inline(t, b);
    out_text(t->to, "</p>\n");
}

/* ---- Containers ------------------------------------------------------------------------------ */

static unsigned columns_of(const block *cell) {
    return cell->more && cell->more->columns > 1 ? cell->more->columns : 1;
}

/* Whether a cell is part of the one above it and holds nothing of its own. */
static bool goes_on(const doc *d, uint32_t index) {
    const block *cell = &d->blocks[index];
    if (!cell->more || cell->more->merged != ROWS_GO_ON) return false;
    for (uint32_t i = index + 1; i < block_end(d, index); i++)
        if (block_stands(&d->blocks[i]) && !block_is_blank(&d->blocks[i])) return false;
    return true;
}

/* The cell of a row that begins at a column; NO_BLOCK when none does. */
static uint32_t cell_at(const doc *d, uint32_t row, unsigned column) {
    unsigned at = 0;
    for (uint32_t i = row + 1; i < block_end(d, row); i = block_end(d, i)) {
        if (d->blocks[i].kind != BLOCK_CELL || !block_stands(&d->blocks[i])) continue;
        if (at == column) return i;
        at += columns_of(&d->blocks[i]);
    }
    return NO_BLOCK;
}

/* How many rows a cell spans, from its own row and column on. */
static unsigned rows_of(const tree *t, uint32_t index, unsigned column) {
    unsigned rows = 1;
    if (!t->d->blocks[index].more || t->d->blocks[index].more->merged != ROWS_BEGIN) return rows;
    uint32_t row = t->open[t->depth - 2].end, end = t->depth > 2 ? t->open[t->depth - 3].end : row;
    while (row < end && rows < 1000) {
        if (t->d->blocks[row].kind == BLOCK_ROW && block_stands(&t->d->blocks[row])) {
            uint32_t below = cell_at(t->d, row, column);
            if (below == NO_BLOCK || !goes_on(t->d, below)) break;
            rows++;
        }
        row = block_end(t->d, row);
    }
    return rows;
}

static void open_container(tree *t, uint32_t index) {
    static const char *const tags[] = {"", "<table>\n", "<tr>", "<td", "<div class=\"box\">\n"};
    const block *b = &t->d->blocks[index];
    if (t->depth == DEEPEST) return;
    close_lists(t, 0);
    t->open[t->depth].column = 0;
    t->open[t->depth].end = block_end(t->d, index);
    t->open[t->depth++].kind = b->kind;
    out_text(t->to, tags[b->kind]);
    if (b->kind != BLOCK_CELL) return;
    unsigned column = t->depth > 1 ? t->open[t->depth - 2].column : 0;
    unsigned rows = t->depth > 1 ? rows_of(t, index, column) : 1;
    if (t->depth > 1) t->open[t->depth - 2].column += columns_of(b);
    if (rows > 1) out_printf(t->to, " rowspan=\"%u\"", rows);
    if (b->more && b->more->columns > 1) out_printf(t->to, " colspan=\"%u\"", b->more->columns);
    out_byte(t->to, '>');
}

static void close_containers(tree *t, uint32_t index) {
    static const char *const tags[] = {"", "</table>\n", "</tr>\n", "</td>", "</div>\n"};
    while (t->depth && t->open[t->depth - 1].end <= index) {
        close_lists(t, 0);
        out_text(t->to, tags[t->open[--t->depth].kind]);
    }
}

void html_blocks(const doc *d, uint32_t from, uint32_t end, unsigned regions,
                 const html_pictures *pictures, out *to) {
    tree t = {.d = d, .pictures = pictures, .to = to};
    for (uint32_t i = from; i < end; i++) {
        const block *b = &d->blocks[i];
        close_containers(&t, i);
        if (!block_stands(b) || !(regions & 1u << b->region)) continue;
        if (b->flags & BLOCK_HIDDEN) continue; /* what the page does not show */
        if (b->kind == BLOCK_CELL && t.depth && goes_on(d, i)) {
            t.open[t.depth - 1].column += columns_of(b);
            i = block_end(d, i) - 1;
        } else if (b->kind != BLOCK_PARAGRAPH)
            open_container(&t, i);
        else if (!block_is_blank(b))
            write_paragraph(&t, b);
    }
    close_containers(&t, end);
    close_lists(&t, 0);
}

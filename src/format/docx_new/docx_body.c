/* docx_body: word/document.xml: tables, and paragraphs in and between them. */
#include "format/docx_new/docx_body.h"

#include "format/inline.h"

/* ---- Tables (17.4) --------------------------------------------------------------------------- */

enum { DEEPEST_TABLE = 16 }; /* tables within tables; deeper ones give their text alone */

typedef struct table {
    uint32_t end, row_end, cell_end; /* 0: not open */
    unsigned columns;
    unsigned column;    /* of the row that is open */
    bool ended_in_text; /* a cell must end in a paragraph */
} table;

static unsigned columns_of(const block *cell) {
    return cell->more && cell->more->columns > 1 ? cell->more->columns : 1;
}

/* The most columns that a row of the table has. What is inside its cells is passed over. */
static unsigned count_columns(const doc *d, uint32_t index, uint32_t end) {
    unsigned most = 1, columns = 0;
    for (uint32_t i = index + 1; i < end;) {
        const block *b = &d->blocks[i];
        if (b->kind == BLOCK_ROW) columns = 0;
        if (b->kind == BLOCK_CELL && block_stands(b)) columns += columns_of(b);
        if (columns > most) most = columns;
        i = b->kind == BLOCK_ROW ? i + 1 : block_end(d, i);
    }
    return most < 1000 ? most : 1000;
}

static unsigned column_width(const docx_body *b, const table *t) {
    const docx_layout *l = b->parts->layout;
    return (unsigned)(A4_WIDTH - l->left - l->right) / t->columns;
}

static void close_cell(docx_body *b, table *t) {
    if (!t->cell_end) return;
    if (!t->ended_in_text)
        out_text(b->to, "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
    out_text(b->to, "</w:tc>");
    t->cell_end = 0;
}

static void open_cell(docx_body *b, table *t, uint32_t index) {
    unsigned columns = columns_of(&b->d->blocks[index]);
    close_cell(b, t);
    out_printf(b->to, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>",
               column_width(b, t) * columns);
    const block_more *more = b->d->blocks[index].more;
    if (columns > 1) out_printf(b->to, "<w:gridSpan w:val=\"%u\"/>", columns);
    if (more && more->merged)
        out_text(b->to,
                 more->merged == ROWS_BEGIN ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
    out_text(b->to, "</w:tcPr>");
    t->cell_end = block_end(b->d, index);
    t->column += columns;
    t->ended_in_text = false;
}

/* A row needs a cell, and a table a row. */
static void close_row(docx_body *b, table *t) {
    if (!t->row_end) return;
    close_cell(b, t);
    if (!t->column)
        out_text(b->to, "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p/></w:tc>");
    out_text(b->to, "</w:tr>");
    t->row_end = 0;
}

static void open_row(docx_body *b, table *t, uint32_t index) {
    close_row(b, t);
    out_text(b->to, "<w:tr>");
    t->row_end = block_end(b->d, index);
    t->column = 0;
}

static void open_table(docx_body *b, table *t, uint32_t index) {
    *t = (table){.end = block_end(b->d, index)};
    t->columns = count_columns(b->d, index, t->end);
    out_text(b->to, "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>"
                    "<w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>");
    for (unsigned i = 0; i < t->columns; i++)
        out_printf(b->to, "<w:gridCol w:w=\"%u\"/>", column_width(b, t));
    out_text(b->to, "</w:tblGrid>");
}

static void close_table(docx_body *b, table *t) {
    close_row(b, t);
    out_text(b->to, "</w:tbl>");
}

/* ---- The body -------------------------------------------------------------------------------- */

typedef struct tables {
    table open[DEEPEST_TABLE];
    unsigned depth;
} tables;

/* Two tables with nothing between them would become one. */
static void part_tables(docx_body *b, bool after_table) {
    if (after_table) out_text(b->to, "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
}

/* Opens what block i opens and ends what ends before it. Returns whether it was a container. */
static bool enter_container(docx_body *b, tables *t, uint32_t i, bool after_table) {
    const block *k = &b->d->blocks[i];
    table *top = t->depth ? &t->open[t->depth - 1] : NULL;
    if (k->kind != BLOCK_PARAGRAPH) docx_imprint_close(b);
    if (k->kind == BLOCK_TABLE && t->depth < DEEPEST_TABLE && (!top || top->cell_end)) {
        part_tables(b, after_table);
        open_table(b, &t->open[t->depth++], i);
    } else if (k->kind == BLOCK_ROW && top && i >= top->row_end) {
        open_row(b, top, i);
    } else if (k->kind == BLOCK_CELL && top && top->row_end && i >= top->cell_end) {
        open_cell(b, top, i);
    }
    return k->kind != BLOCK_PARAGRAPH;
}

/* Whether a paragraph may stand here: within a table, only in a cell. */
static bool may_write(tables *t) {
    table *top = t->depth ? &t->open[t->depth - 1] : NULL;
    return !top || top->cell_end;
}

static bool is_shown(const docx_body *b, const block *k) {
    if (!block_stands(k)) return false;
    if (k->flags & BLOCK_HIDDEN) return false; /* it would be seen in the new document */
    if (k->region != REGION_BODY && k->region != REGION_TEXTBOX) return false;
    bool drop_blank = b->parts->layout->official && k->kind == BLOCK_PARAGRAPH;
    return !drop_blank || !block_is_blank(k);
}

static void write_blocks(docx_body *b) {
    const doc *d = b->d;
    tables t = {.depth = 0};
    bool after_table = false;
    for (uint32_t i = 0; i < d->nblocks; i++) {
        while (t.depth && t.open[t.depth - 1].end <= i) {
            close_table(b, &t.open[--t.depth]);
            after_table = true;
            if (t.depth) t.open[t.depth - 1].ended_in_text = false;
        }
        const block *k = &d->blocks[i];
        if (!is_shown(b, k) || enter_container(b, &t, i, after_table)) {
            if (k->kind != BLOCK_PARAGRAPH) after_table = false;
            continue;
        }
        if (!may_write(&t)) continue;
        docx_paragraph_write(b, i, t.depth > 0, false);
        after_table = false;
        if (t.depth) t.open[t.depth - 1].ended_in_text = true;
    }
    while (t.depth) {
        close_table(b, &t.open[--t.depth]);
        if (t.depth) t.open[t.depth - 1].ended_in_text = false;
    }
}

void docx_document_write(docx_body *b) {
    out_text(b->to, DOCX_PROLOG "<w:document" DOCX_NAMESPACES "><w:body>");
    write_blocks(b);
    docx_imprint_close(b);
    docx_section_write(b->parts, b->to);
    out_text(b->to, "</w:body></w:document>");
}

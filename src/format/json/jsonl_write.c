/* jsonl_write: the document as one JSON object on one line, for search and for corpora: what it was
 * read from, and every paragraph that stands with its role, its heading path, and its place in the
 * undecoded source. A table is one block with its rows and cells. docs/FORMATS.md has the fields.
 */
#include "format/format.h"
#include "format/headings.h"
#include "format/inline.h"
#include "format/json/fields.h"
#include "format/json/jsonl_chunks.h"
#include "text/place.h"

static void write_head(const doc *d, out *to) {
    uint64_t blocks = 0, bytes = 0;
    for (size_t i = 0; i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        if (e->state != QW_EDIT_DONE || e->kind > QW_EDIT_DROP) continue;
        blocks += e->kind == QW_EDIT_DROP;
        if (e->before.n > e->after.n) bytes += e->before.n - e->after.n;
    }
    object_begin(to, "path", d->name);
    field_str(to, "format", d->format);
    field_str(to, "encoding", d->encoding);
    field_str(to, "language", d->language);
    field_number(to, "bytes", d->source.n);
    field_number(to, "removed_blocks", blocks);
    field_number(to, "removed_bytes", bytes);
    field_number(to, "undecodable_bytes", d->undecodable);
}

static void write_origin(const doc *d, uint32_t index, place_finder *finder, out *to) {
    const block *b = &d->blocks[index];
    qw_place place = place_find(finder, index, 0, block_original(b).n);
    out_text(to, ",\"origin\":{");
    if (place.part.n) {
        out_text(to, "\"part\":");
        out_json(to, place.part);
        out_byte(to, ',');
    }
    out_printf(to, "\"offset\":%llu", (unsigned long long)place.offset);
    field_number(to, "length", place.length);
    field_number(to, "line", place.line);
    out_byte(to, '}');
}

static void write_paragraph(const doc *d, uint32_t index, const heading_path *path,
                            place_finder *finder, out *to) {
    const block *b = &d->blocks[index];
    out_printf(to, "{\"role\":\"%s\"", qw_role_name((qw_role)b->role));
    if (b->level) field_number(to, "level", b->level);
    field_region(to, b);
    if (b->more && b->more->label.n) field_str(to, "label", b->more->label);
    if (b->more && b->more->label.n) field_bool(to, "label_typed", !(b->flags & BLOCK_AUTO));
    if (b->lead) field_number(to, "lead", b->lead);
    if (b->flags & BLOCK_HIDDEN) field_bool(to, "hidden", true);
    field_str(to, "text", b->text);
    if (heading_path_leads_to(b)) heading_path_write(path, to);
    write_origin(d, index, finder, to);
    out_byte(to, '}');
}

/* The rows of a table, each a list of cells; the paragraphs of a cell are joined by line feeds.
 * What stands in a table within a cell is text of that cell. */
static void write_rows(const doc *d, uint32_t from, uint32_t end, out *to) {
    uint32_t row_end = 0, cell_end = 0;
    bool row = false, cell = false, text = false;
    out_text(to, ",\"rows\":[");
    for (uint32_t i = from; i < end; i++) {
        const block *b = &d->blocks[i];
        if (!block_stands(b)) continue;
        if (b->kind == BLOCK_ROW && i >= row_end) {
            out_text(to, cell ? "\"],[" : row ? "],[" : "[");
            row = true, cell = false, row_end = block_end(d, i);
        } else if (b->kind == BLOCK_CELL && i >= cell_end && row) {
            out_text(to, cell ? "\",\"" : "\"");
            cell = true, text = false, cell_end = block_end(d, i);
        } else if (b->kind == BLOCK_PARAGRAPH && cell) {
            str label = label_shown(b);
            if (text) out_text(to, "\\n");
            out_json_inside(to, label);
            out_text(to, label_gap(label));
            out_json_inside(to, b->text);
            text = true;
        }
    }
    out_text(to, cell ? "\"]" : row ? "]" : "");
    out_byte(to, ']');
}

static void write_table(const doc *d, uint32_t index, uint32_t end, const heading_path *path,
                        place_finder *finder, out *to) {
    out_text(to, "{\"role\":\"table\"");
    write_rows(d, index + 1, end, to);
    heading_path_write(path, to);
    write_origin(d, index, finder, to);
    out_byte(to, '}');
}

static void write_blocks(doc *d, out *to) {
    place_finder finder = {.d = d};
    heading_path path = {0};
    const char *comma = "";
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        bool table = b->kind == BLOCK_TABLE && block_stands(b);
        if (!table && (!block_is_text(b) || block_is_blank(b))) continue;
        out_text(to, comma);
        comma = ",";
        if (table) {
            write_table(d, i, block_end(d, i), &path, &finder, to);
            i = block_end(d, i) - 1;
            continue;
        }
        heading_path_leave(&path, d, i);
        write_paragraph(d, i, &path, &finder, to);
        heading_path_enter(&path, b);
    }
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    if (o->chunk) return jsonl_chunks_write(d, o->chunk, to) || fail_memory(why);
    write_head(d, to);
    out_text(to, ",\"blocks\":[");
    write_blocks(d, to);
    out_byte(to, ']');
    object_end(to);
    return true;
}

const writer writer_jsonl = {write};

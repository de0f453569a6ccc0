/* report_write: the journal as JSON Lines: for each document one record that describes it, one for
 * each edit, one for each notice. qw_undo() reads it back (src/undo.c); docs/REPORT.md says what
 * the fields mean.
 *
 * Places are those of the undecoded input. `at` is the byte offset of an edit in the UTF-8 text of
 * its line at the time it was made: with it, taking the edits back from last to first gives the
 * text as it was read. */
#include "base/hash.h"
#include "base/utf8.h"
#include "format/docx_edit/docx_report.h"
#include "format/json/fields.h"
#include "text/detect.h"
#include "text/place.h"

static const char *const kind_names[] = {"replace", "drop", "role", "finding"};
static const char *const state_names[] = {"done", "proposed", "refused"};
static const char *const end_names[LINE_ENDS] = {"none", "lf", "crlf", "cr"};

/* What is removed of the text, in bytes, by edits that were made. */
static uint64_t removed_bytes(const doc *d) {
    uint64_t sum = 0;
    for (size_t i = 0; i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        if (e->state == QW_EDIT_DONE && e->kind <= QW_EDIT_DROP && e->before.n > e->after.n)
            sum += e->before.n - e->after.n;
    }
    return sum;
}

/* A digest over the lines that stand, by which undo knows the output again. */
static uint64_t digest(const doc *d) {
    uint64_t h = 0;
    for (size_t i = 0; i < d->nblocks; i++)
        if (block_is_text(&d->blocks[i])) h = hash64(d->blocks[i].text, h);
    return h;
}

static enum line_end usual_line_end(const doc *d) {
    enum line_end best = LINE_END_LF;
    for (enum line_end k = LINE_END_LF; k < LINE_ENDS; k++)
        if (d->line_ends[k] > d->line_ends[best]) best = k;
    return best;
}

/* Lines that end otherwise than most: [[7,"cr"],…]. */
static void write_odd_line_ends(const doc *d, enum line_end usual, out *to) {
    const char *comma = "";
    if (str_eq(d->format, STR("docx"))) return; /* its blocks are no lines */
    out_text(to, ",\"odd_line_ends\":[");
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH || b->line_end == usual) continue;
        out_printf(to, "%s[%zu,\"%s\"]", comma, i + 1, end_names[b->line_end]);
        comma = ",";
    }
    out_byte(to, ']');
}

static void write_document(const doc *d, const qw_write_options *o, out *to) {
    enum line_end usual = usual_line_end(d);
    object_begin(to, "type", STR("document"));
    field_str(to, "path", d->name);
    if (o->output) field_str(to, "output", utf8_shown(d->mem, str_of(o->output)));
    field_str(to, "version", str_of(qw_version()));
    field_str(to, "format", d->format);
    field_str(to, "encoding", d->encoding);
    if (d->bom) field_str(to, "bom", str_of(encoding_name(d->stretches[0].enc)));
    field_number(to, "bytes", d->source.n);
    field_number(to, "lines", d->nblocks);
    field_str(to, "line_ends", str_of(end_names[usual]));
    write_odd_line_ends(d, usual, to);
    field_number(to, "edits", d->nedits);
    field_number(to, "removed_bytes", removed_bytes(d));
    field_number(to, "undecodable_bytes", d->undecodable);
    out_printf(to, ",\"digest\":\"%016llx\"", (unsigned long long)digest(d));
    if (d->apply_headings) out_text(to, ",\"heading_styles\":true");
    object_end(to);
}

static void write_edit(const doc *d, size_t i, place_finder *finder, out *to) {
    const edit *e = &d->edits[i];
    qw_place place = place_find(finder, e->block, e->from, e->to);
    object_begin(to, "type", STR("edit"));
    field_str(to, "path", d->name);
    field_number(to, "edit", i + 1);
    field_number(to, "group", e->group);
    field_str(to, "kind", str_of(kind_names[e->kind]));
    field_str(to, "state", str_of(state_names[e->state]));
    field_place(to, &place);
    field_str(to, "filter", e->filter);
    field_str(to, "rule", e->rule);
    field_number(to, "score", e->score);
    field_str(to, "why", e->why);
    if (e->kind == QW_EDIT_ROLE) {
        field_str(to, "role", str_of(qw_role_name((qw_role)e->role)));
        field_number(to, "level", e->level);
    } else {
        field_number(to, "at", e->at);
        field_str(to, "before", e->before);
        field_str(to, "after", e->after);
    }
    object_end(to);
}

static void write_note(const doc *d, const note *n, out *to) {
    char text[QW_LANGUAGES][384];
    for (int l = 0; l < QW_LANGUAGES; l++)
        message_text(n->id, (qw_language)l, n->args, text[l], sizeof text[l]);
    object_begin(to, "type", STR("notice"));
    field_str(to, "path", d->name);
    field_str(to, "id", str_of(message_name(n->id)));
    field_str(to, "level", str_of(message_level(n->id) == QW_WARNING ? "warning" : "info"));
    if (n->part < d->nparts && d->parts[n->part].name.n)
        field_str(to, "part", d->parts[n->part].name);
    field_number(to, "offset", n->off);
    field_number(to, "length", n->len);
    field_str(to, "text", str_of(text[QW_ENGLISH]));
    field_str(to, "text_zh", str_of(text[QW_CHINESE]));
    object_end(to);
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    place_finder finder = {.d = d};
    write_document(d, o, to);
    if (!docx_report_write(d, o, to, why)) return false;
    for (size_t i = 0; i < d->nedits; i++) write_edit(d, i, &finder, to);
    for (size_t i = 0; i < d->nnotes; i++) write_note(d, &d->notes[i], to);
    return true;
}

const writer writer_report = {write};

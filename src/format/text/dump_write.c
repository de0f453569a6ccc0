/* dump_write: the model as text to read and to compare: a line for the document, one for each
 * block, edit and notice. What has its usual value is left out. Texts are written as JSON strings,
 * and invisible characters by number. Source offsets are left out on purpose: the dump of the
 * same text in two encodings differs in its first line only. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/format.h"

static const char *const kinds[] = {"paragraph", "table", "row", "cell", "box"};
static const char *const regions[] = {
    "body", "header", "footer", "footnote", "endnote", "comment", "textbox", "meta",
};
static const char *const ends[LINE_ENDS] = {"none", "lf", "crlf", "cr"};
static const char *const span_kinds[] = {"text", "tab", "break", "image", "shape", "field", "note"};
static const char *const edit_kinds[] = {"replace", "drop", "role", "finding"};
static const char *const edit_states[] = {"done", "proposed", "refused"};

/* s as a JSON string, with what leaves no mark on the page written as \u. */
static void visible(out *to, str s) {
    size_t from = 0;
    out_byte(to, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c < 0x80 || !is_invisible(c)) continue;
        out_json_inside(to, str_cut(s, from, start));
        out_printf(to, "\\u{%04X}", c);
        from = at;
    }
    out_json_inside(to, str_cut(s, from, s.n));
    out_byte(to, '"');
}

static void item(out *to, const char *name, str value) {
    if (!value.n) return;
    out_printf(to, " %s=", name);
    visible(to, value);
}

static void number(out *to, const char *name, uint64_t value) {
    if (value) out_printf(to, " %s=%llu", name, (unsigned long long)value);
}

static void flag(out *to, bool set, const char *name) {
    if (set) out_printf(to, " %s", name);
}

static void write_document(const doc *d, out *to) {
    out_text(to, "document");
    item(to, "format", d->format);
    item(to, "encoding", d->encoding);
    item(to, "language", d->language);
    flag(to, d->bom, "bom");
    number(to, "blocks", d->nblocks);
    number(to, "undecodable", d->undecodable);
    out_byte(to, '\n');
}

static void write_spans(const block_more *more, out *to) {
    for (size_t i = 0; i < more->nspans; i++) {
        const span *s = &more->spans[i];
        if (s->kind == SPAN_TEXT && !s->flags && !s->value.n) continue;
        out_printf(to, "    span %u+%u %s", s->at, s->len, span_kinds[s->kind]);
        flag(to, s->flags & SPAN_HIDDEN, "hidden");
        flag(to, s->flags & SPAN_INSERTED, "inserted");
        flag(to, s->flags & SPAN_DELETED, "deleted");
        flag(to, s->flags & SPAN_LINK, "link");
        flag(to, s->flags & SPAN_BOLD, "bold");
        flag(to, s->flags & SPAN_FAINT, "faint");
        flag(to, s->flags & SPAN_UNSEEN, "unseen");
        flag(to, s->flags & SPAN_ROOM, "room");
        item(to, "value", s->value);
        out_byte(to, '\n');
    }
}

static void write_more(const block_more *more, out *to) {
    item(to, "label", more->label);
    item(to, "style", more->style);
    number(to, "outline", more->outline);
    number(to, "list", more->list);
    number(to, "list-level", more->list_level);
    number(to, "columns", more->columns);
    number(to, "merged-rows", more->merged);
    number(to, "align", more->align);
    item(to, "link", more->link);
    number(to, "end", more->end);
}

/* The line end is told only where it is not the document's usual one. */
static void write_block(const block *b, enum line_end usual, out *to) {
    out_printf(to, "  %s", kinds[b->kind]);
    if (b->region != REGION_BODY) out_printf(to, " in-%s", regions[b->region]);
    if (b->role != QW_ROLE_BODY) out_printf(to, " %s", qw_role_name((qw_role)b->role));
    if (b->level) out_printf(to, " %u", b->level);
    number(to, "lead", b->lead);
    flag(to, b->flags & BLOCK_REMOVED, "removed");
    flag(to, b->flags & BLOCK_HIDDEN, "hidden");
    flag(to, b->flags & BLOCK_AUTO, "auto");
    if (b->more) write_more(b->more, to);
    if (b->line_end != usual) out_printf(to, " end-%s", ends[b->line_end]);
    if (b->kind == BLOCK_PARAGRAPH) {
        out_byte(to, ' ');
        visible(to, b->text);
    }
    out_byte(to, '\n');
    if (b->more) write_spans(b->more, to);
}

static void write_edit(const edit *e, out *to) {
    out_printf(to, "  %s block=%u", edit_kinds[e->kind], e->block + 1);
    if (e->state != QW_EDIT_DONE) out_printf(to, " %s", edit_states[e->state]);
    out_byte(to, ' ');
    out_str(to, e->filter);
    if (e->rule.n) out_byte(to, '/');
    out_str(to, e->rule);
    out_printf(to, " %u", e->score);
    if (e->kind == QW_EDIT_ROLE) {
        out_printf(to, " %s %u", qw_role_name((qw_role)e->role), e->level);
    } else {
        out_printf(to, " at=%u ", e->at);
        visible(to, e->before);
    }
    if (e->kind == QW_EDIT_REPLACE && e->state == QW_EDIT_DONE) {
        out_text(to, " -> ");
        visible(to, e->after);
    }
    item(to, "why", e->why);
    out_byte(to, '\n');
}

static void write_note(const note *n, out *to) {
    char text[384];
    message_text(n->id, QW_ENGLISH, n->args, text, sizeof text);
    out_printf(to, "  %s ", message_name(n->id));
    visible(to, str_of(text));
    out_byte(to, '\n');
}

static enum line_end usual_line_end(const doc *d) {
    enum line_end best = LINE_END_NONE;
    for (enum line_end k = LINE_END_NONE; k < LINE_ENDS; k++)
        if (d->line_ends[k] > d->line_ends[best]) best = k;
    return best;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o, (void)why;
    enum line_end usual = usual_line_end(d);
    write_document(d, to);
    for (size_t i = 0; i < d->nblocks; i++) write_block(&d->blocks[i], usual, to);
    if (d->nedits) out_text(to, "edits\n");
    for (size_t i = 0; i < d->nedits; i++) write_edit(&d->edits[i], to);
    if (d->nnotes) out_text(to, "notices\n");
    for (size_t i = 0; i < d->nnotes; i++) write_note(&d->notes[i], to);
    return true;
}

const writer writer_dump = {write};

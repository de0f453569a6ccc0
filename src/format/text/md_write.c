/* md_write: Markdown that CommonMark parses back to the same structure: title and headings, with
 * their labels; the lead of a run-in heading in bold; lists; tables, as pipe tables (GFM) where
 * their shape allows and as HTML where cells merge; notes as [^id]. Headers, footers, comments and
 * properties are the page's, not the text's: left out. */
#include "format/format.h"
#include "format/inline.h"
#include "format/text/html.h"
#include "format/text/md_text.h"

enum { DEEPEST_LIST = 9 };

/* The lists that the last block stood in, one in another. */
typedef struct list {
    unsigned indent;  /* columns before the marker */
    unsigned content; /* columns before the text */
    uint32_t id;      /* numbering definition */
    char mark;        /* '-' or '+', '.' or ')' */
    uint32_t number;  /* of the last item; 0 in bullet lists */
} list;

typedef struct md {
    doc *d;
    out *to;
    md_media *media; /* NULL: pictures are left out */
    list lists[DEEPEST_LIST];
    unsigned depth;
    bool begun; /* something is written */
    bool ok;    /* memory has not run out */
} md;

/* A blank line parts blocks. */
static void begin_block(md *m) {
    m->depth = 0;
    if (m->begun) out_byte(m->to, '\n');
    m->begun = true;
}

static void write_paragraph(md *m, const block *b, enum md_place place, bool start) {
    md_line line = {.to = m->to, .media = m->media, .place = place, .start = start};
    if (!md_paragraph(&line, m->d, b, block_hashes(b))) m->ok = false;
}

/* ---- Headings -------------------------------------------------------------------------------- */

/* A row of # at the end of a heading would be taken for its closing. */
static void end_heading(md *m, const block *b) {
    if (str_ends(md_shown(b->text), STR("#"))) out_text(m->to, " #");
    out_byte(m->to, '\n');
}

static void write_heading(md *m, const block *b) {
    unsigned level = b->role == QW_ROLE_TITLE ? 1 : b->level + 1u;
    begin_block(m);
    out_str(m->to, str_cut(STR("######"), 0, level));
    out_byte(m->to, ' ');
    write_paragraph(m, b, MD_HEADING, false);
    end_heading(m, b);
}

/* ---- Lists ----------------------------------------------------------------------------------- */

/* What a list item starts with. */
typedef struct marker {
    uint32_t number; /* 0: a bullet */
    char mark;
    size_t skip; /* bytes of the text that say the same */
} marker;

static bool is_bullet(str label) {
    static const char *const bullets[] = {"-", "*", "+", "•", "·", "●",
                                          "○", "■", "□", "◆", "▪", "–"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (str_eq(label, str_of(bullets[i]))) return true;
    return false;
}

/* "12." and "12)" are what Markdown has itself; 0 for other labels. */
static uint32_t decimal(str label) {
    uint32_t n = 0;
    if (label.n < 2 || label.n > 10) return 0;
    for (size_t i = 0; i + 1 < label.n; i++) {
        if (label.p[i] < '0' || label.p[i] > '9') return 0;
        n = n * 10 + (uint32_t)(label.p[i] - '0');
    }
    return label.p[label.n - 1] == '.' || label.p[label.n - 1] == ')' ? n : 0;
}

/* Bytes of a typed label and the blanks after it. */
static size_t typed_label(const block *b, str label) {
    size_t n = label.n;
    if (b->flags & BLOCK_AUTO || !str_starts(b->text, label)) return 0;
    while (n < b->text.n && b->text.p[n] == ' ') n++;
    return n;
}

/* Labels that Markdown has no form for are kept as text of a bullet item. */
static marker choose_marker(const block *b) {
    str label = b->more ? b->more->label : STR("");
    uint32_t number = decimal(label);
    bool typed = !(b->flags & BLOCK_AUTO);
    size_t skip = typed_label(b, label);
    if (number && (!typed || skip)) return (marker){number, label.p[label.n - 1], skip};
    if (is_bullet(label) && (!typed || skip > label.n)) return (marker){0, '-', skip};
    return (marker){0, '-', 0};
}

static bool continues(const list *l, const marker *m, uint32_t id) {
    if (m->number) return l->number + 1 == m->number && l->number;
    return !l->number && l->id == id;
}

/* The item's list: the one it continues, or a new one, whose mark differs from that before it. */
static list *enter_list(md *m, const block *b, const marker *mark) {
    unsigned level = b->more ? b->more->list_level : 0;
    uint32_t id = b->more ? b->more->list : 0;
    if (level > m->depth) level = m->depth;
    if (level >= DEEPEST_LIST) level = DEEPEST_LIST - 1;
    list *l = &m->lists[level];
    bool sibling = level < m->depth, same = sibling && continues(l, mark, id);
    if (!m->depth)
        begin_block(m);
    else if (!same)
        out_byte(m->to, '\n'); /* or it might be read as text of the item before */
    char other = mark->number ? (l->mark == '.' ? ')' : '.') : (l->mark == '-' ? '+' : '-');
    char usual = mark->number ? mark->mark : '-';
    if (!same) l->mark = sibling && l->mark == usual ? other : usual;
    l->indent = level ? m->lists[level - 1].content : 0;
    l->id = id;
    l->number = mark->number;
    m->depth = level + 1;
    return l;
}

static void write_list_item(md *m, const block *b) {
    marker mark = choose_marker(b);
    list *l = enter_list(m, b, &mark);
    uint64_t before = m->to->written;
    for (unsigned i = 0; i < l->indent; i++) out_byte(m->to, ' ');
    if (mark.number) out_printf(m->to, "%u", mark.number);
    out_byte(m->to, l->mark);
    out_byte(m->to, ' ');
    l->content = (unsigned)(m->to->written - before);
    md_line line = {.to = m->to, .media = m->media, .indent = l->content, .start = true};
    bool own_label = mark.number || (b->more && is_bullet(b->more->label));
    block plain = *b; /* Markdown shows the label: the text must not */
    if (own_label) plain.flags &= (uint8_t)~BLOCK_AUTO;
    if (!md_paragraph(&line, m->d, &plain, mark.skip)) m->ok = false;
    out_byte(m->to, '\n');
}

/* ---- Tables ---------------------------------------------------------------------------------- */

/* The columns of a table that a pipe table can hold: rows of as many cells each, no cell merged,
 * nothing in a cell but paragraphs. 0 for others. */
static unsigned simple_columns(const doc *d, uint32_t from, uint32_t end) {
    unsigned columns = 0, cells = 0, rows = 0;
    for (uint32_t i = from; i < end; i++) {
        const block *b = &d->blocks[i];
        if (!block_stands(b)) continue;
        if (b->kind == BLOCK_TABLE || b->kind == BLOCK_BOX) return 0;
        if (b->kind == BLOCK_CELL) cells++;
        if (b->kind == BLOCK_CELL && b->more && (b->more->columns > 1 || b->more->merged)) return 0;
        if (b->kind != BLOCK_ROW) continue;
        if (rows == 1) columns = cells;
        if (rows && cells != columns) return 0;
        rows++, cells = 0;
    }
    return rows <= 1 ? cells : cells == columns ? columns : 0;
}

static void write_rule(md *m, unsigned columns) {
    for (unsigned i = 0; i < columns; i++) out_text(m->to, "| --- ");
    out_text(m->to, "|\n");
}

static void write_pipe_table(md *m, uint32_t from, uint32_t end, unsigned columns) {
    unsigned rows = 0;
    bool in_row = false, in_cell = false;
    for (uint32_t i = from; i < end; i++) {
        const block *b = &m->d->blocks[i];
        if (!block_stands(b)) continue;
        if (b->kind == BLOCK_ROW) {
            if (in_row) out_text(m->to, " |\n");
            if (rows++ == 1) write_rule(m, columns);
            in_row = true;
        } else if (b->kind == BLOCK_CELL) {
            out_text(m->to, in_cell && in_row ? " | " : "| ");
        }
        if (b->kind != BLOCK_PARAGRAPH) {
            in_cell = false;
            continue;
        }
        if (block_is_blank(b)) continue;
        if (in_cell) out_text(m->to, "<br>");
        write_paragraph(m, b, MD_CELL, false);
        in_cell = true;
    }
    out_text(m->to, " |\n");
    if (rows == 1) write_rule(m, columns);
}

static bool has_picture(void *self, const span *s) {
    return md_media_take(self, s) != NULL;
}

static void write_source(void *self, const span *s, out *to) {
    md_media_target(self, md_media_take(self, s), to);
}

static void write_table(md *m, uint32_t index, uint32_t end) {
    const html_pictures pictures = {has_picture, write_source, m->media};
    begin_block(m);
    unsigned columns = simple_columns(m->d, index + 1, end);
    if (columns)
        write_pipe_table(m, index + 1, end, columns);
    else
        html_blocks(m->d, index, end, ~0u, m->media ? &pictures : NULL, m->to);
}

/* ---- The document ---------------------------------------------------------------------------- */

static void write_block(md *m, const block *b) {
    if (b->role == QW_ROLE_TITLE || (b->role == QW_ROLE_HEADING && b->level)) {
        write_heading(m, b);
    } else if (b->role == QW_ROLE_LIST) {
        write_list_item(m, b);
    } else {
        begin_block(m);
        write_paragraph(m, b, MD_FLOW, true);
        out_byte(m->to, '\n');
    }
}

static bool is_shown(const block *b) {
    if (b->flags & BLOCK_HIDDEN) return false; /* what the page does not show */
    return b->region == REGION_BODY || b->region == REGION_TEXTBOX;
}

static bool is_note(const block *b) {
    return b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE;
}

static void write_blocks(md *m) {
    const doc *d = m->d;
    for (uint32_t i = 0; i < d->nblocks && m->ok; i++) {
        const block *b = &d->blocks[i];
        if (!block_stands(b) || !is_shown(b)) continue;
        if (b->kind == BLOCK_TABLE) {
            write_table(m, i, block_end(d, i));
            i = block_end(d, i) - 1;
        } else if (b->kind == BLOCK_PARAGRAPH && !block_is_blank(b)) {
            write_block(m, b);
        }
    }
}

/* Notes stand at the end. A further paragraph of the same note, which has no id, is indented. */
static void write_notes(md *m) {
    const doc *d = m->d;
    for (uint32_t i = 0; i < d->nblocks && m->ok; i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b) || !is_note(b) || block_is_blank(b)) continue;
        begin_block(m);
        if (b->more && b->more->link.n) {
            out_text(m->to, "[^");
            out_str(m->to, b->more->link);
            out_text(m->to, "]: ");
        } else {
            out_text(m->to, "    ");
        }
        md_line line = {.to = m->to, .media = m->media, .indent = 4, .start = true};
        if (!md_paragraph(&line, m->d, b, 0)) m->ok = false;
        out_byte(m->to, '\n');
    }
}

static bool write_with(doc *d, md_media *media, out *to, qw_error *why) {
    md m = {.d = d, .to = to, .media = media, .ok = true};
    write_blocks(&m);
    write_notes(&m);
    if (media && media->refused) return md_media_refused(media, why);
    return m.ok || fail_memory(why);
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    md_media media;
    if (!o->media || !str_eq(d->format, STR("docx"))) return write_with(d, NULL, to, why);
    bool ok = md_media_open(&media, d, o->media, why) && write_with(d, &media, to, why);
    md_media_close(&media);
    return ok;
}

const writer writer_md = {write};

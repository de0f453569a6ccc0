/* docx_read_story: walks what holds paragraphs: tables, content controls, notes, alternatives. */
#include "format/docx_read/docx_read.h"

/* What stands last in an element so far, as far as it decides whether a paragraph must stay. */
enum last { LAST_OTHER, LAST_TABLE, LAST_PARAGRAPH_AFTER_TABLE };

/* Containers that are open, by the depth of their element. */
typedef struct open_blocks {
    uint32_t index[XML_DEPTH_MAX + 2];     /* NO_BLOCK: the element at this depth is none */
    uint32_t paragraph[XML_DEPTH_MAX + 2]; /* the one that stands last in it */
    uint32_t first[XML_DEPTH_MAX + 2]; /* w:sdtContent: the block it begins with; else NO_BLOCK */
    uint8_t last[XML_DEPTH_MAX + 2];   /* enum last */
} open_blocks;

static uint32_t open_container(story *s, enum block_kind kind) {
    block *b = doc_add_block(s->d, kind, STR(""), s->xml->off, 0);
    if (!b) return NO_BLOCK;
    b->part = s->part;
    b->region = s->region;
    block_more *more = block_rest(s->d, b);
    if (more) more->columns = 1;
    return (uint32_t)s->d->nblocks - 1;
}

/* A table of which no row is read is none, nor is a row of which no cell is. */
static void close_container(story *s, uint32_t index) {
    if (!doc_ok(s->d) || index == NO_BLOCK) return;
    block *b = &s->d->blocks[index];
    bool empty = s->d->nblocks == (size_t)index + 1;
    if (empty && (b->kind == BLOCK_TABLE || b->kind == BLOCK_ROW)) {
        s->d->nblocks--;
        return;
    }
    b->more->end = (uint32_t)s->d->nblocks;
    b->len = (uint32_t)(s->xml->off + s->xml->len - b->off);
}

/* The row or cell that was opened last is not read: passes over the rest of its element. */
static void leave_out(story *s, uint32_t index, uint32_t depth) {
    if (index == NO_BLOCK || s->d->nblocks != (size_t)index + 1) return;
    while (!s->xml->failed && s->xml->depth >= depth) xml_next(s->xml);
    s->d->nblocks--;
}

/* w:trPr of the row that was opened last: a row that was deleted as a whole is none of the final
 * view's, and one that was inserted none of the original's (17.13.5.12, 17.13.5.16). */
static void read_row_properties(story *s, uint32_t row) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1, gone_with = s->revisions == QW_REVISIONS_FINAL ? XML_W_del
                                                   : s->revisions == QW_REVISIONS_ORIGINAL
                                                       ? XML_W_ins
                                                       : XML_OTHER;
    bool gone = false;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START || xml->depth != outside + 2) continue;
        gone |= xml->name == gone_with && gone_with != XML_OTHER;
    }
    if (gone) leave_out(s, row, outside);
}

/* w:cellMerge: cells were merged or parted, in the new state and the old one (17.13.5.3). */
static uint8_t tracked_merge(story *s) {
    bool old = s->revisions == QW_REVISIONS_ORIGINAL;
    str state = xml_attr(s->xml, XML_NS_W, old ? "vMergeOrig" : "vMerge");
    if (!state.n) return ROWS_SINGLE;
    return str_eq(state, STR("cont")) ? ROWS_GO_ON : ROWS_BEGIN;
}

static void read_cell_property(story *s, block_more *cell) {
    xml_reader *xml = s->xml;
    switch (xml->name) {
    case XML_W_vMerge: {
        bool begins = str_eq(xml_attr(xml, XML_NS_W, "val"), STR("restart"));
        cell->merged = begins ? ROWS_BEGIN : ROWS_GO_ON;
        break;
    }
    case XML_W_cellMerge: cell->merged = tracked_merge(s); break;
    case XML_W_gridSpan: {
        long columns = xml_attr_int(xml, XML_NS_W, "val", 1);
        if (columns > 0 && columns <= UINT16_MAX) cell->columns = (uint16_t)columns;
        break;
    }
    case XML_W_tcPrChange: /* what the cell was like before */
        if (s->revisions != QW_REVISIONS_ORIGINAL) {
            xml_skip(xml);
        } else {
            cell->columns = 1;
            cell->merged = ROWS_SINGLE;
        }
        break;
    default: break;
    }
}

/* w:tcPr of the cell that was opened last. One that was deleted is none of the final view's, one
 * that was inserted none of the original's (17.13.5.1, 17.13.5.2). */
static void read_cell_properties(story *s, uint32_t cell) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1;
    bool gone = false;
    if (cell == NO_BLOCK) {
        xml_skip(xml);
        return;
    }
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        gone |= xml->name == XML_W_cellDel && s->revisions == QW_REVISIONS_FINAL;
        gone |= xml->name == XML_W_cellIns && s->revisions == QW_REVISIONS_ORIGINAL;
        read_cell_property(s, s->d->blocks[cell].more);
    }
    if (gone) leave_out(s, cell, outside);
}

/* ---- Alternatives ---------------------------------------------------------------------------- */

static bool is_understood(story *s) {
    str requires = str_trim(xml_attr(s->xml, XML_NS_NONE, "Requires")), prefix;
    while (str_next(&requires, ' ', &prefix))
        if (prefix.n && xml_prefix(s->xml, prefix) == XML_NS_OTHER) return false;
    return true;
}

bool story_enter_alternative(story *s) {
    xml_reader *xml = s->xml;
    bool *taken = &s->taken[xml->depth - (xml->name != XML_MC_AlternateContent)];
    if (xml->name == XML_MC_AlternateContent) {
        *taken = false;
        return true;
    }
    if (*taken || (xml->name == XML_MC_Choice && !is_understood(s))) return xml_skip(xml), false;
    return *taken = true;
}

/* ---- Tracked changes ------------------------------------------------------------------------- */

bool story_enter_revision(story *s) {
    bool inserts = s->xml->name == XML_W_ins || s->xml->name == XML_W_moveTo;
    qw_revisions without = inserts ? QW_REVISIONS_ORIGINAL : QW_REVISIONS_FINAL;
    if (s->revisions != without) return true;
    xml_skip(s->xml);
    return false;
}

/* ---- Blocks ---------------------------------------------------------------------------------- */

str story_note_id(story *s, const char *kind, str id) {
    str whole = arena_join(s->d->mem, str_of(kind), id);
    if (!s->merged.n) return whole;
    whole = arena_join(s->d->mem, STR("!"), whole);
    return arena_join(s->d->mem, arena_join(s->d->mem, STR("!"), s->merged), whole);
}

/* A note's or comment's text begins. Word keeps its separator lines among the notes. */
static void begin_note(story *s, const char *prefix) {
    str type = xml_attr(s->xml, XML_NS_W, "type"), id = xml_attr(s->xml, XML_NS_W, "id");
    if (type.n && !str_eq(type, STR("normal"))) {
        xml_skip(s->xml);
        return;
    }
    s->note = id.p ? story_note_id(s, prefix, id) : STR("");
    s->note_begins = true;
}

static void read_alternative_chunk(story *s) {
    size_t off = s->xml->off, len = s->xml->len;
    story_end_paragraph(s);
    if (!story_read_chunk(s, xml_attr(s->xml, XML_NS_R, "id")) && doc_ok(s->d))
        doc_note(s->d, MSG_DOCX_ALT_CHUNK, NO_BLOCK, s->part, off, len, NO_ARGS);
    xml_skip(s->xml);
}

/* A paragraph alone between two tables parts them, and after the last table of what holds it one
 * has to stand (17.2.2, 17.4.38). */
static void must_stay(story *s, const open_blocks *open, uint32_t around) {
    uint32_t i = open->paragraph[around];
    bool alone = open->last[around] == LAST_PARAGRAPH_AFTER_TABLE;
    if (alone && i < s->d->nblocks && s->d->blocks[i].kind == BLOCK_PARAGRAPH)
        s->d->blocks[i].flags |= BLOCK_STAYS;
}

/* A content control that is empty is there to be filled in: it would go with its only paragraph. */
static void keep_in_control(story *s, const open_blocks *open, uint32_t depth) {
    uint32_t first = open->first[depth];
    if (first == NO_BLOCK || !doc_ok(s->d) || s->d->nblocks != (size_t)first + 1) return;
    block *b = &s->d->blocks[first];
    if (b->kind == BLOCK_PARAGRAPH && block_is_blank_line(b)) b->flags |= BLOCK_STAYS;
}

/* Before the element just started is read. */
static void note_sibling(story *s, open_blocks *open) {
    uint32_t depth = s->xml->depth, around = depth - 1;
    open->last[depth] = LAST_OTHER;
    open->first[depth] = s->xml->name == XML_W_sdtContent ? (uint32_t)s->d->nblocks : NO_BLOCK;
    switch (s->xml->name) {
    case XML_W_p:
        open->last[around] =
            open->last[around] == LAST_TABLE ? LAST_PARAGRAPH_AFTER_TABLE : LAST_OTHER;
        open->paragraph[around] = (uint32_t)s->d->nblocks;
        break;
    case XML_W_tbl:
        must_stay(s, open, around);
        open->last[around] = LAST_TABLE;
        break;
    case XML_W_sectPr: must_stay(s, open, around); break;
    default: break;
    }
}

static void read_start(story *s, open_blocks *open) {
    xml_reader *xml = s->xml;
    uint32_t depth = xml->depth;
    open->index[depth] = NO_BLOCK;
    note_sibling(s, open);
    if (xml->name == XML_W_tbl) story_end_paragraph(s);
    switch (xml->name) {
    case XML_W_p: story_read_paragraph(s); break;
    case XML_W_tbl: open->index[depth] = open_container(s, BLOCK_TABLE); break;
    case XML_W_tr: open->index[depth] = open_container(s, BLOCK_ROW); break;
    case XML_W_tc: open->index[depth] = open_container(s, BLOCK_CELL); break;
    case XML_W_trPr: read_row_properties(s, open->index[depth - 1]); break;
    case XML_W_tcPr: read_cell_properties(s, open->index[depth - 1]); break;
    case XML_W_footnote: begin_note(s, ""); break;
    case XML_W_endnote: begin_note(s, "e"); break;
    case XML_W_comment: begin_note(s, "c"); break;
    case XML_W_altChunk: read_alternative_chunk(s); break;
    case XML_MC_AlternateContent:
    case XML_MC_Choice:
    case XML_MC_Fallback: story_enter_alternative(s); break;
    case XML_W_ins:
    case XML_W_moveTo:
    case XML_W_del:
    case XML_W_moveFrom: story_enter_revision(s); break;
    case XML_W_sdt:
    case XML_W_sdtContent:
    case XML_W_customXml:
    case XML_W_smartTag:
    case XML_W_body: break; /* what they hold is read */
    default: xml_skip(xml); break;
    }
}

void story_read_blocks(story *s) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1;
    open_blocks open;
    open.last[xml->depth] = LAST_OTHER;
    open.first[xml->depth] = NO_BLOCK;
    while (!xml->failed && doc_ok(s->d) && xml->depth > outside) {
        xml_event e = xml_next(xml);
        if (e == XML_START) {
            read_start(s, &open);
        } else if (e == XML_END) {
            story_end_paragraph(s);
            if (xml->depth <= outside) break;
            must_stay(s, &open, xml->depth + 1);
            keep_in_control(s, &open, xml->depth + 1);
            close_container(s, open.index[xml->depth + 1]);
        }
    }
}

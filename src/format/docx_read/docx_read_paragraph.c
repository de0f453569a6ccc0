/* docx_read_paragraph: paragraphs as blocks: their properties and labels, what is hidden in them,
 * and those that a deletion takes away or joins. What stands in them: docx_read_contents.c. */
#include "format/docx_read/docx_read.h"

/* ---- Paragraph properties -------------------------------------------------------------------- */

static void take_paragraph_properties(story *s, const paragraph_properties *properties) {
    paragraph *p = story_now(s);
    p->properties = *properties;
    p->style = styles_of_paragraph(s->styles, properties->style);
}

void story_read_paragraph_look(story *s) {
    xml_reader *xml = s->xml;
    for (unsigned i = 0; i < SEEN_MAX; i++) {
        const seen_paragraph *seen = &s->seen_paragraphs[i];
        if (!seen->n || !xml_skip_same(xml, seen->off, seen->n, seen->epoch)) continue;
        take_paragraph_properties(s, &seen->properties);
        return;
    }
    seen_paragraph *seen = &s->seen_paragraphs[s->next_paragraph++ % SEEN_MAX];
    seen->off = xml->off;
    if (!read_paragraph_properties(xml, &seen->properties)) return;
    seen->n = xml->at - seen->off;
    seen->epoch = xml->epoch;
    take_paragraph_properties(s, &seen->properties);
}

/* ---- The paragraph itself ------------------------------------------------------------------- */

static void set_label(story *s, block *b) {
    numbering_run *run = s->nboxes ? &s->box_lists : &s->lists;
    paragraph *p = story_now(s);
    bool ok;
    if (!numbering_next(run, s->d->mem, &p->properties, p->style, &s->label, &ok)) {
        if (!ok) fail_memory(&s->d->why);
        return;
    }
    block_more *more = block_rest(s->d, b);
    if (!more) return;
    more->list = (uint32_t)s->label.num_id;
    more->list_level = (uint8_t)s->label.level;
    if (s->label.n == 0) return;
    more->label = arena_str(s->d->mem, str_make(s->label.text, s->label.n));
    if (more->label.p) b->flags |= BLOCK_AUTO;
}

static uint8_t align_of(uint8_t alignment) {
    static const uint8_t aligns[] = {ALIGN_START, ALIGN_START, ALIGN_CENTRE, ALIGN_END,
                                     ALIGN_JUSTIFY};
    return aligns[alignment];
}

static void set_properties(story *s, block *b) {
    const paragraph *p = story_now(s);
    uint8_t align = p->properties.align, outline = p->properties.outline;
    if (p->style && !align) align = p->style->align;
    if (p->style && !outline) outline = p->style->outline;
    bool styled = p->style && p->style != s->styles->paragraph && p->style->name.n;
    if (align <= ALIGNED_START && !outline && !styled) return;
    block_more *more = block_rest(s->d, b);
    if (!more) return;
    more->align = align_of(align);
    more->outline = outline;
    if (styled) more->style = p->style->name;
}

/* Hidden text makes a block of its own. */
static void add_hidden(story *s) {
    paragraph *p = story_now(s);
    if (p->hidden.nspans == 0) return;
    const span *first = p->hidden.spans, *last = first + p->hidden.nspans - 1;
    uint64_t end = last->off + last->source_len;
    block *b =
        doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), first->off, (uint32_t)(end - first->off));
    if (!b) return;
    b->part = s->part;
    b->region = s->region;
    b->flags = BLOCK_HIDDEN;
    gather_finish(s, &p->hidden, (uint32_t)s->d->nblocks - 1);
}

/* Whether the paragraph's mark is there in this view of the document. */
static bool has_mark(const story *s, const paragraph *p) {
    const run_properties *mark = &p->properties.mark;
    return !(mark->deleted && s->revisions == QW_REVISIONS_FINAL) &&
           !(mark->inserted && s->revisions == QW_REVISIONS_ORIGINAL);
}

static bool shows(const paragraph *p) {
    return p->shown.n || p->shown.only.n || p->shown.nspans;
}

/* A paragraph that a tracked deletion takes away, or that is hidden with its mark, leaves nothing:
 * no empty line, and no number is counted for it. */
static void finish_paragraph(story *s) {
    paragraph *p = story_now(s);
    doc *d = s->d;
    if (!doc_ok(d)) return;
    bool hidden = p->properties.mark.vanish == TOGGLE_ON && p->hidden.nspans;
    bool gone = !shows(p) && (hidden || !has_mark(s, p));
    if (gone && d->nblocks == (size_t)p->block + 1) {
        d->nblocks--;
    } else {
        gather_finish(s, &p->shown, p->block);
        block *b = &d->blocks[p->block];
        if (p->holds || p->properties.section) b->flags |= BLOCK_STAYS;
        if (!gone) set_label(s, b);
        set_properties(s, b);
        block_more *more = s->note_begins && s->note.p ? block_rest(d, b) : NULL;
        if (more) more->link = s->note;
        s->note_begins = false;
    }
    if (doc_ok(d)) add_hidden(s);
}

void story_end_paragraph(story *s) {
    paragraph *p = story_now(s);
    if (p->open) finish_paragraph(s);
    p->open = false;
}

static void begin_paragraph(story *s) {
    paragraph *p = story_now(s);
    gather_begin(&p->shown);
    gather_begin(&p->hidden);
    p->holds = false;
    block *b = doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), s->xml->off, 0);
    if (!b) return;
    b->part = s->part;
    b->region = s->region;
    p->block = (uint32_t)s->d->nblocks - 1;
}

void story_read_paragraph(story *s) {
    xml_reader *xml = s->xml;
    paragraph *p = story_now(s);
    size_t off = xml->off;
    if (!p->open) begin_paragraph(s);
    p->open = false;
    p->inserted = p->deleted = p->controls = p->simple_fields = 0;
    p->fields = s->nfields;
    p->link = p->drawing = (str){NULL, 0};
    take_paragraph_properties(s, &(paragraph_properties){.num_id = -1, .num_level = -1});
    story_begin_run(s);
    if (!doc_ok(s->d)) return;
    story_read_contents(s);
    if (!doc_ok(s->d)) return;
    block *b = &s->d->blocks[p->block];
    b->off = off;
    b->len = (uint32_t)(xml->at - off);
    p->open = shows(p) && !has_mark(s, p);
    if (p->open)
        gather_mark(s, &p->shown, off, 0, SPAN_JOINED, STR(""), &(look){0});
    else
        finish_paragraph(s);
}

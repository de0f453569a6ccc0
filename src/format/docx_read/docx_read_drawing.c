/* docx_read_drawing: links, and what is drawn in a paragraph: names of pictures, text boxes,
 * letters of WordArt. */
#include "format/docx_read/docx_read.h"

void story_read_hyperlink(story *s) {
    str id = xml_attr(s->xml, XML_NS_R, "id"), anchor = xml_attr(s->xml, XML_NS_W, "anchor");
    const relation *r = id.p ? relations_by_id(s->relations, id) : NULL;
    str to = r ? r->target : STR("");
    if (anchor.n)
        to = arena_printf(s->d->mem, "%.*s#%.*s", (int)to.n, to.p ? to.p : "", (int)anchor.n,
                          anchor.p);
    story_now(s)->link = to.p ? to : STR("");
}

void story_read_drawing_name(story *s) {
    str description = xml_attr(s->xml, XML_NS_NONE, "descr");
    story_now(s)->drawing = description.n ? description : xml_attr(s->xml, XML_NS_NONE, "name");
}

str story_drawing_name(story *s) {
    return story_now(s)->drawing.p ? story_now(s)->drawing : STR("");
}

/* Adds a container block for a text box. */
static uint32_t open_box(story *s) {
    block *b = doc_add_block(s->d, BLOCK_BOX, STR(""), s->xml->off, 0);
    if (!b) return NO_BLOCK;
    b->part = s->part;
    b->region = REGION_TEXTBOX;
    block_rest(s->d, b);
    return (uint32_t)s->d->nblocks - 1;
}

static void close_box(story *s, uint32_t box) {
    if (!doc_ok(s->d) || box == NO_BLOCK) return;
    block *b = &s->d->blocks[box];
    b->more->end = (uint32_t)s->d->nblocks;
    b->len = (uint32_t)(s->xml->at - b->off);
}

void story_read_text_box(story *s) {
    uint8_t region = s->region;
    if (s->nboxes >= BOX_DEPTH_MAX) {
        xml_skip(s->xml);
        return;
    }
    uint32_t box = open_box(s);
    s->nboxes++;
    s->region = REGION_TEXTBOX;
    story_read_blocks(s);
    s->region = region;
    s->nboxes--;
    close_box(s, box);
}

/* A paragraph in a paragraph is not valid, but templates have it, and Word opens them. */
void story_read_nested_paragraph(story *s) {
    if (s->nboxes >= BOX_DEPTH_MAX) {
        xml_skip(s->xml);
        return;
    }
    size_t index = s->d->nblocks;
    s->nboxes++;
    story_read_paragraph(s);
    story_end_paragraph(s);
    s->nboxes--;
    if (doc_ok(s->d) && index < s->d->nblocks) s->d->blocks[index].flags |= BLOCK_STAYS;
}

/* WordArt of VML: its text stands in an attribute. Watermarks are made so. */
void story_read_text_path(story *s) {
    xml_reader *xml = s->xml;
    str raw = xml_attr_raw(xml, XML_NS_NONE, "string");
    str text = xml_attr(xml, XML_NS_NONE, "string");
    if (!raw.p || str_trim(text).n == 0 || s->nboxes >= BOX_DEPTH_MAX) return;
    size_t off = (size_t)(raw.p - xml->bytes.p);
    uint32_t box = open_box(s);
    block *b = doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), off, (uint32_t)raw.n);
    if (!b || box == NO_BLOCK) return;
    b->part = s->part;
    b->region = REGION_TEXTBOX;
    paragraph *p = &s->paragraphs[s->nboxes + 1];
    gather_begin(&p->shown);
    gather_text(s, &p->shown, text, off, raw.n, SPAN_SHAPE, &(look){0});
    gather_finish(s, &p->shown, (uint32_t)s->d->nblocks - 1);
    close_box(s, box);
}

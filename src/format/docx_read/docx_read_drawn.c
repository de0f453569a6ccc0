/* docx_read_drawn: the words in charts and diagrams (SmartArt), which lie in parts of their own
 * (ECMA-376 part 1, 21.2 and 21.4): titles, names of series and categories, labels, texts of
 * shapes. Each is a paragraph. Numbers are not read: what of them is shown, the program works out.
 */
#include "format/docx_read/docx_read.h"

/* Up to the end of the element just started: the text in it, or in its a:t, as a paragraph. */
static void read_words(story *s) {
    xml_reader *xml = s->xml;
    gatherer *g = &s->paragraphs[0].shown;
    uint32_t outside = xml->depth - 1;
    bool value = xml->name == XML_C_v;
    size_t off = xml->off;
    gather_begin(g);
    while (!xml->failed && doc_ok(s->d) && xml->depth > outside) {
        if (xml_next(xml) != XML_TEXT) continue;
        if (value || xml->open[xml->depth - 1].name == XML_A_t)
            gather_text(s, g, story_text(s), xml->off, xml->len, SPAN_TEXT, &(look){0});
    }
    str text = g->n ? str_make(g->text, g->n) : g->only;
    if (xml->failed || !str_trim(text).n) return;
    block *b = doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), off, (uint32_t)(xml->at - off));
    if (!b) return;
    b->part = s->part;
    b->region = s->region;
    gather_finish(s, g, (uint32_t)s->d->nblocks - 1);
}

void story_read_drawn(story *s) {
    xml_reader *xml = s->xml;
    unsigned series = 0;
    for (xml_event e; doc_ok(s->d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START) continue;
        switch (xml->name) {
        case XML_C_ser: series++; break;
        case XML_C_cat: /* each series repeats the categories */
            if (series > 1) xml_skip(xml);
            break;
        case XML_C_numCache:
        case XML_C_numLit: xml_skip(xml); break;
        case XML_C_v:
        case XML_A_p: read_words(s); break;
        default: break;
        }
    }
}

/* docx_read_meta: the document's properties: core, extended (application) and custom. Each one with
 * text is a hidden paragraph in the region of properties; its anchor says which: "core:creator",
 * "app:Company", "custom:NAME". A reader of the page sees none of them. */
#include "format/docx_read/docx_read.h"

static const struct {
    str prefix, local;
} wanted[] = {
    {STR_INIT("core:"), STR_INIT("title")},         {STR_INIT("core:"), STR_INIT("subject")},
    {STR_INIT("core:"), STR_INIT("creator")},       {STR_INIT("core:"), STR_INIT("description")},
    {STR_INIT("core:"), STR_INIT("keywords")},      {STR_INIT("core:"), STR_INIT("category")},
    {STR_INIT("core:"), STR_INIT("contentStatus")}, {STR_INIT("core:"), STR_INIT("lastModifiedBy")},
    {STR_INIT("app:"), STR_INIT("Template")},       {STR_INIT("app:"), STR_INIT("Manager")},
    {STR_INIT("app:"), STR_INIT("Company")},        {STR_INIT("app:"), STR_INIT("HyperlinkBase")},
};

/* The name under which the property just started is kept; {NULL, 0} when it is not. */
static str property_name(story *s, str prefix) {
    xml_reader *xml = s->xml;
    if (xml->name == XML_CUSTOM_property) {
        str name = xml_attr(xml, XML_NS_NONE, "name");
        return name.p ? arena_join(s->d->mem, prefix, name) : name;
    }
    str local = xml_local(xml->open[xml->depth - 1].qname);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (str_eq(prefix, wanted[i].prefix) && str_eq(local, wanted[i].local))
            return arena_join(s->d->mem, prefix, local);
    return (str){NULL, 0};
}

/* Gathers the text of the property, however deep it lies, up to the property's end. */
static void gather_property(story *s, gatherer *g) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1;
    gather_begin(g);
    while (!xml->failed && doc_ok(s->d) && xml->depth > outside)
        if (xml_next(xml) == XML_TEXT)
            gather_text(s, g, story_text(s), xml->off, xml->len, SPAN_TEXT, &(look){0});
}

static void read_property(story *s, str name) {
    gatherer *g = &s->paragraphs[0].shown;
    size_t off = s->xml->off;
    gather_property(s, g);
    str text = g->n ? str_make(g->text, g->n) : g->only;
    if (s->xml->failed || str_trim(text).n == 0) return;
    block *b = doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), off, (uint32_t)(s->xml->at - off));
    if (!b) return;
    b->part = s->part;
    b->region = REGION_META;
    b->flags = BLOCK_HIDDEN;
    gather_finish(s, g, (uint32_t)s->d->nblocks - 1);
    block_more *more = block_rest(s->d, &s->d->blocks[s->d->nblocks - 1]);
    if (more) more->link = name;
}

void story_read_properties(story *s, str prefix) {
    xml_reader *xml = s->xml;
    for (xml_event e; doc_ok(s->d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START || xml->depth != 2) continue;
        str name = property_name(s, prefix);
        if (name.p)
            read_property(s, name);
        else
            xml_skip(xml);
    }
}

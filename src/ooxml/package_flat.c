/* package_flat: Flat OPC, a package written as one XML file ([MS-DOCX] and Word's "XML document").
 * A part's bytes are the slice between its xmlData tags, so offsets count in that slice. Binary
 * parts are not unpacked: no reader asks for them. */
#include "ooxml/package_parts.h"
#include "ooxml/xml.h"

static size_t count_parts(str text) {
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, STR("part"), at)) != STR_NONE; at += 4) n++;
    return n;
}

/* Between xmlData's tags: *from is where its content begins. */
static bool read_xml_data(package *p, xml_reader *xml, package_part *part, package_entry *entry) {
    size_t from = xml->off + xml->len;
    if (!xml_skip(xml)) return false;
    size_t to = xml->len ? xml->off : from;
    entry->bytes = str_trim(str_cut(xml->bytes, from, to));
    if (!entry->bytes.p) entry->bytes = STR("");
    part->size = part->packed = entry->bytes.n;
    (void)p;
    return true;
}

static bool read_part(package *p, xml_reader *xml, qw_error *why) {
    uint32_t outside = xml->depth - 1;
    package_part *part = &p->parts[p->nparts];
    package_entry *entry = &p->entries[p->nparts];
    str name = package_clean_name(p->mem, xml_attr(xml, XML_NS_PKG, "name"));
    if (!name.p) return fail_memory(why);
    if (!package_good_name(name)) return fail(why, MSG_ZIP_BAD_NAME, name, NO_ARGS);
    if (p->nparts >= p->limits.entries)
        return fail(why, MSG_ZIP_ENTRIES, STR(""),
                    ARGS(NUM(p->nparts + 1), NUM(p->limits.entries)));
    part->name = name;
    entry->bytes = STR("");
    entry->content_type = xml_attr(xml, XML_NS_PKG, "contentType");
    while (!xml->failed && xml->depth > outside)
        if (xml_next(xml) == XML_START && xml->name == XML_PKG_xmlData)
            if (!read_xml_data(p, xml, part, entry)) return false;
    p->nparts++;
    return !xml->failed;
}

bool package_open_flat(package *p, qw_error *why) {
    str text;
    bool transcoded;
    xml_reader *xml = arena_zalloc(p->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(why);
    if (!xml_utf8(p->mem, STR(""), p->source, &text, &transcoded, why)) return false;
    if (!xml_begin(xml, p->mem, STR(""), text, why)) return false;
    if (!package_room(p, count_parts(text))) return fail_memory(why);
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;)
        if (e == XML_START && xml->name == XML_PKG_part)
            if (!read_part(p, xml, why)) return false;
    return !xml->failed;
}

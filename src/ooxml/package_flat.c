/* package_flat: Flat OPC, a package written as one XML file ([MS-DOCX] and Word's "XML document").
 * A part's bytes are the slice between its xmlData tags, so offsets count in that slice. Binary
 * parts are not unpacked: no reader asks for them. */
#include "ooxml/package_parts.h"
#include "ooxml/splice.h"
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
    size_t from = xml->off;
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
    entry->element = str_cut(xml->bytes, from, xml->off + xml->len);
    p->nparts++;
    return !xml->failed;
}

enum { AROUND_PART = 3 }; /* elements around a part's own */

bool package_open_flat(package *p, qw_error *why) {
    str text;
    bool transcoded;
    xml_reader *xml = arena_zalloc(p->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(why);
    xml->deepest = xml_deepest(p->limits.depth) + AROUND_PART;
    if (!xml_utf8(p->mem, STR(""), p->source, &text, &transcoded, why)) return false;
    if (!xml_begin(xml, p->mem, STR(""), text, why)) return false;
    p->flat = text;
    if (!package_room(p, count_parts(text))) return fail_memory(why);
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;)
        if (e == XML_START && xml->name == XML_PKG_part)
            if (!read_part(p, xml, why)) return false;
    return !xml->failed;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void exchange(splice *s, str whole, str old, str new_bytes) {
    if (old.p >= whole.p && old.p <= whole.p + whole.n)
        splice_cut(s, (size_t)(old.p - whole.p), old.n, new_bytes);
}

/* The part's bytes in one piece; {NULL, 0} when memory is out. */
static str whole_part(const package *p, const changed_part *part) {
    size_t n = 0, at = 0;
    if (!part->npieces) return part->bytes;
    for (size_t i = 0; i < part->npieces; i++) n += part->pieces[i].n;
    char *bytes = arena_alloc(p->mem, n);
    for (size_t i = 0; bytes && i < part->npieces; at += part->pieces[i++].n)
        memcpy(bytes + at, part->pieces[i].p, part->pieces[i].n);
    return str_make(bytes, bytes ? n : 0);
}

/* A part that comes back stands where the parts end. */
static bool add_part(const package *p, splice *s, const changed_part *part) {
    size_t at = p->flat.n;
    while (at > 0 && p->flat.p[at - 1] != '<') at--;
    str head = arena_printf(p->mem, "<pkg:part pkg:name=\"/%.*s\"><pkg:xmlData>", (int)part->name.n,
                            part->name.p);
    str body = head.p ? arena_join(p->mem, head, part->bytes) : head;
    str all = body.p ? arena_join(p->mem, body, STR("</pkg:xmlData></pkg:part>")) : body;
    if (all.p) splice_cut(s, at ? at - 1 : 0, 0, all);
    return all.p != NULL;
}

bool package_write_flat(const package *p, const changed_part *parts, size_t n, out *to,
                        qw_error *why) {
    splice s;
    str text;
    splice_begin(&s, p->mem);
    for (size_t k = 0; k < n; k++) {
        size_t i = package_find(p, parts[k].name);
        if (i == STR_NONE) {
            if (!add_part(p, &s, &parts[k])) return fail_memory(why);
        } else if (parts[k].gone) {
            exchange(&s, p->flat, p->entries[i].element, STR(""));
        } else {
            str bytes = whole_part(p, &parts[k]);
            if (!bytes.p) return fail_memory(why);
            exchange(&s, p->flat, p->entries[i].bytes, bytes);
        }
    }
    splice_settle(&s, p->flat);
    if (!splice_apply(&s, p->flat, &text)) return fail_memory(why);
    bool in_source = p->flat.p >= p->source.p && p->flat.p <= p->source.p + p->source.n;
    if (in_source) out_str(to, str_cut(p->source, 0, (size_t)(p->flat.p - p->source.p)));
    out_str(to, in_source ? text : xml_declared_utf8(p->mem, text));
    return true;
}

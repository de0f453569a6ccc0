/* xml_names: what names mean: namespaces by their declarations, elements by namespace and local
 * part. Part of the scanner (xml_scanner.h). */
#include "ooxml/xml_scanner.h"

static const struct {
    const char *transitional, *strict;
} namespaces[XML_NAMESPACES] = {
#define XML_NAMESPACE(id, transitional, strict) [XML_NS_##id] = {transitional, strict},
#define XML_NAME(ns, local)
#include "ooxml/xml_names.def"
#undef XML_NAMESPACE
#undef XML_NAME
};

static const struct {
    uint8_t ns;
    str local;
} names[XML_NAMES] = {
#define XML_NAMESPACE(id, transitional, strict)
#define XML_NAME(ns, local) [XML_##ns##_##local] = {XML_NS_##ns, STR_INIT(#local)},
#include "ooxml/xml_names.def"
#undef XML_NAMESPACE
#undef XML_NAME
};

/* ---- Looking up ------------------------------------------------------------------------------ */

static uint16_t find_namespace(str uri) {
    if (uri.n == 0) return XML_NS_NONE;
    for (uint16_t i = XML_NS_OTHER + 1; i < XML_NAMESPACES; i++)
        if (str_eq(uri, str_of(namespaces[i].transitional)) ||
            str_eq(uri, str_of(namespaces[i].strict)))
            return i;
    return XML_NS_OTHER;
}

static int compare_name(uint16_t ns, str local, size_t i) {
    return ns != names[i].ns ? (int)ns - (int)names[i].ns : str_cmp(local, names[i].local);
}

static uint16_t find_name(uint16_t ns, str local) {
    size_t low = XML_OTHER + 1, high = XML_NAMES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_name(ns, local, middle);
        if (order == 0) return (uint16_t)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return XML_OTHER;
}

/* The newest binding of a prefix; NULL when it has none. */
static const xml_binding *find_binding(const xml_reader *r, str prefix) {
    for (size_t i = r->nbindings; i > 0; i--)
        if (str_eq(r->bindings[i - 1].prefix, prefix)) return &r->bindings[i - 1];
    return NULL;
}

enum xml_namespace xml_prefix(const xml_reader *r, str prefix) {
    const xml_binding *b = find_binding(r, prefix);
    if (b) return (enum xml_namespace)b->ns;
    return prefix.n ? XML_NS_OTHER : XML_NS_NONE;
}

static str prefix_of(str qname) {
    size_t colon = str_find_byte(qname, ':', 0);
    return colon == STR_NONE ? str_cut(qname, 0, 0) : str_cut(qname, 0, colon);
}

bool xml_check_prefix(xml_reader *r, str qname) {
    const char *colon = memchr(qname.p, ':', qname.n);
    if (!colon) return true;
    size_t off = (size_t)(qname.p - r->bytes.p);
    str prefix = str_make(qname.p, (size_t)(colon - qname.p));
    str local = str_cut(qname, prefix.n + 1, qname.n);
    if (!prefix.n || !local.n || memchr(local.p, ':', local.n) ||
        !(xml_class(local.p[0]) & XML_NAME_START))
        return xml_syntax_error(r, off);
    if (str_eq(prefix, r->known_prefix)) return true;
    if (str_eq(prefix, STR("xml")) || str_eq(prefix, STR("xmlns"))) return true;
    if (!find_binding(r, prefix)) return xml_fail(r, MSG_XML_PREFIX, off, ARGS(prefix));
    r->known_prefix = prefix;
    return true;
}

bool xml_look_up(xml_reader *r, str qname, xml_cached *slot) {
    if (!xml_check_prefix(r, qname)) return false;
    uint16_t ns = (uint16_t)xml_prefix(r, prefix_of(qname));
    *slot = (xml_cached){qname, r->epoch, find_name(ns, xml_local(qname)), ns};
    return true;
}

/* ---- Declarations ---------------------------------------------------------------------------- */

/* xml and xmlns stand for what they stand for, and a prefix cannot be taken back (Namespaces in
 * XML 1.0, 3). */
static bool may_declare(str prefix, str uri) {
    bool xml = str_eq(uri, STR("http://www.w3.org/XML/1998/namespace"));
    if (str_eq(prefix, STR("xml"))) return xml;
    if (xml || str_eq(prefix, STR("xmlns"))) return false;
    return !str_eq(uri, STR("http://www.w3.org/2000/xmlns/")) && (!prefix.n || uri.n);
}

bool xml_declare(xml_reader *r) {
    bool declared = false;
    for (size_t i = 0; i < r->nattributes; i++) {
        const xml_attribute *a = &r->attributes[i];
        if (!str_starts(a->name, STR("xmlns"))) continue;
        if (a->name.n > 5 && a->name.p[5] != ':') continue;
        str prefix = str_cut(a->name, 6, a->name.n);
        if (!may_declare(prefix, a->value))
            return xml_syntax_error(r, (size_t)(a->name.p - r->bytes.p));
        if (r->nbindings >= XML_BINDINGS_MAX)
            return xml_fail(r, MSG_XML_TOO_MANY, r->off, ARGS(NUM(XML_BINDINGS_MAX)));
        if (!xml_wider(r, (void **)&r->bindings, &r->bindings_cap, r->nbindings,
                       sizeof *r->bindings))
            return false;
        r->bindings[r->nbindings++] = (xml_binding){prefix, find_namespace(a->value)};
        declared = true;
    }
    if (declared) r->epoch++, r->known_prefix = STR("");
    return true;
}

/* xml_value: what attributes and text of a part mean. */
#include "base/utf8.h"
#include "ooxml/xml.h"

#include <stdlib.h>

str xml_local(str qname) {
    size_t colon = str_find_byte(qname, ':', 0);
    return colon == STR_NONE ? qname : str_cut(qname, colon + 1, qname.n);
}

/* The character that the reference at the front of s stands for; *n is its length. */
static uint32_t reference(str s, size_t *n) {
    size_t end = str_find_byte(s, ';', 0);
    *n = end == STR_NONE ? 1 : end + 1;
    if (s.n > 2 && s.p[1] == '#')
        return (uint32_t)(s.p[2] == 'x' ? strtoul(s.p + 3, NULL, 16) : strtoul(s.p + 2, NULL, 10));
    switch (s.n > 2 ? s.p[1] : 0) {
    case 'l': return '<';
    case 'g': return '>';
    case 'q': return '"';
    case 'a': return s.p[2] == 'm' ? '&' : '\'';
    default: return UTF8_REPLACEMENT;
    }
}

size_t xml_decode(str text, bool cdata, char *out) {
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        char c = text.p[at];
        if (c == '&' && !cdata) {
            size_t length;
            uint32_t character = reference(str_cut(text, at, text.n), &length);
            n += utf8_write(out + n, character);
            at += length;
        } else if (c == '\r') {
            out[n++] = '\n';
            at += at + 1 < text.n && text.p[at + 1] == '\n' ? 2 : 1;
        } else {
            out[n++] = c;
            at++;
        }
    }
    return n;
}

static str decoded(xml_reader *r, const xml_attribute *a) {
    if (a->plain) return a->value.p ? a->value : STR("");
    char *p = arena_alloc(r->mem, a->value.n + 1);
    if (!p) return r->failed = true, fail_memory(r->why), (str){NULL, 0};
    size_t n = xml_decode(a->value, false, p);
    p[n] = '\0';
    return str_make(p, n);
}

static const xml_attribute *find_attribute(const xml_reader *r, enum xml_namespace ns,
                                           const char *local) {
    size_t n = strlen(local);
    for (size_t i = 0; i < r->nattributes; i++) {
        const xml_attribute *a = &r->attributes[i];
        size_t extra = a->name.n - n;
        if (a->name.n < n || memcmp(a->name.p + extra, local, n) != 0) continue;
        if (extra == 0) {
            if (ns == XML_NS_NONE || ns == XML_NS_W) return a;
        } else if (a->name.p[extra - 1] == ':' && ns != XML_NS_NONE &&
                   xml_prefix(r, str_cut(a->name, 0, extra - 1)) == ns) {
            return a;
        }
    }
    return NULL;
}

str xml_attr(xml_reader *r, enum xml_namespace ns, const char *local) {
    const xml_attribute *a = find_attribute(r, ns, local);
    return a ? decoded(r, a) : (str){NULL, 0};
}

str xml_attr_raw(const xml_reader *r, enum xml_namespace ns, const char *local) {
    const xml_attribute *a = find_attribute(r, ns, local);
    return a ? a->value : (str){NULL, 0};
}

long xml_attr_int(xml_reader *r, enum xml_namespace ns, const char *local, long otherwise) {
    str s = str_trim(xml_attr(r, ns, local));
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
    long value = 0;
    if (at == s.n) return otherwise;
    for (size_t i = at; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || value > INT32_MAX) return otherwise;
        value = value * 10 + (s.p[i] - '0');
    }
    return at && s.p[0] == '-' ? -value : value;
}

bool xml_attr_on(xml_reader *r) {
    str s = xml_attr(r, XML_NS_W, "val");
    return !(str_eq(s, STR("0")) || str_eq(s, STR("false")) || str_eq(s, STR("off")));
}

/* xml_scan: the strict scanner behind xml.h.
 *
 * One pass over the part checks its characters; from then on the scanner may look at bytes. Each
 * tag is scanned whole, attributes too, because an error anywhere must be found; what they mean is
 * only worked out for who asks. Names are looked up once and remembered for as long as no namespace
 * is declared anew.
 *
 * Laxer than XML 1.0 in two things that no reader can tell: any character above ASCII may stand in
 * a name, and two attributes that differ in their prefix alone are not refused. */
#include "base/utf8.h"
#include "ooxml/xml.h"

#include <stdio.h>

enum byte_class {
    NAME_START = 1,
    NAME = 2,
    BLANK = 4,
    TEXT_STOP = 8,   /* ends the fast run through text */
    VALUE_STOP = 16, /* likewise through an attribute's value */
    QUOTE = 32,
};

#define LETTER (NAME_START | NAME)

static const uint8_t classes[256] = {
    ['\t'] = BLANK | VALUE_STOP,
    ['\n'] = BLANK | VALUE_STOP,
    ['\r'] = BLANK | VALUE_STOP | TEXT_STOP,
    [' '] = BLANK,
    ['<'] = TEXT_STOP | VALUE_STOP,
    ['&'] = TEXT_STOP | VALUE_STOP,
    [']'] = TEXT_STOP,
    ['"'] = QUOTE | VALUE_STOP,
    ['\''] = QUOTE | VALUE_STOP,
    ['-'] = NAME,
    ['.'] = NAME,
    [':'] = NAME,
    ['_'] = LETTER,
    ['0'] = NAME,
    ['1'] = NAME,
    ['2'] = NAME,
    ['3'] = NAME,
    ['4'] = NAME,
    ['5'] = NAME,
    ['6'] = NAME,
    ['7'] = NAME,
    ['8'] = NAME,
    ['9'] = NAME,
#define L(c) [c] = LETTER, [c + 32] = LETTER
    L('A'),
    L('B'),
    L('C'),
    L('D'),
    L('E'),
    L('F'),
    L('G'),
    L('H'),
    L('I'),
    L('J'),
    L('K'),
    L('L'),
    L('M'),
    L('N'),
    L('O'),
    L('P'),
    L('Q'),
    L('R'),
    L('S'),
    L('T'),
    L('U'),
    L('V'),
    L('W'),
    L('X'),
    L('Y'),
    L('Z'),
#undef L
#define H(c)   [c] = LETTER, [c + 1] = LETTER, [c + 2] = LETTER, [c + 3] = LETTER
#define H16(c) H(c), H(c + 4), H(c + 8), H(c + 12)
    H16(0x80),
    H16(0x90),
    H16(0xA0),
    H16(0xB0),
    H16(0xC0),
    H16(0xD0),
    H16(0xE0),
    H16(0xF0),
#undef H16
#undef H
};

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

static uint8_t class_at(const xml_reader *r, size_t at) {
    return at < r->bytes.n ? classes[(uint8_t)r->bytes.p[at]] : 0;
}

static bool syntax_error(xml_reader *r, size_t off) {
    return xml_fail(r, MSG_XML_SYNTAX, off, NO_ARGS);
}

bool xml_fail(xml_reader *r, message_id id, size_t off, const str *args) {
    char place[128];
    str name = str_cut(r->part, r->part.n > 90 ? r->part.n - 90 : 0, r->part.n);
    int n = snprintf(place, sizeof place, "%.*s @ %zu", (int)name.n, name.p, off);
    r->failed = true;
    r->at = r->bytes.n;
    return fail(r->why, id, str_make(place, (size_t)n), args);
}

/* ---- Namespaces and names -------------------------------------------------------------------- */

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

/* A name has at most one colon, and something on both sides of it; its prefix stands for
 * something. */
static bool check_prefix(xml_reader *r, str qname) {
    const char *colon = memchr(qname.p, ':', qname.n);
    if (!colon) return true;
    size_t off = (size_t)(qname.p - r->bytes.p);
    str prefix = str_make(qname.p, (size_t)(colon - qname.p));
    str local = str_cut(qname, prefix.n + 1, qname.n);
    if (!prefix.n || !local.n || memchr(local.p, ':', local.n) ||
        !(classes[(uint8_t)local.p[0]] & NAME_START))
        return syntax_error(r, off);
    if (str_eq(prefix, r->known_prefix)) return true;
    if (str_eq(prefix, STR("xml")) || str_eq(prefix, STR("xmlns"))) return true;
    if (!find_binding(r, prefix)) return xml_fail(r, MSG_XML_PREFIX, off, ARGS(prefix));
    r->known_prefix = prefix;
    return true;
}

static size_t cache_slot(str qname) {
    const uint8_t *p = (const uint8_t *)qname.p;
    size_t n = qname.n;
    return (n * 7 + p[n - 1] * 31u + p[n / 2] * 5u + p[n > 2 ? 2 : 0] * 3u) % XML_CACHE;
}

static bool resolve_name(xml_reader *r, str qname) {
    xml_cached *slot = &r->cache[cache_slot(qname)];
    if (slot->epoch != r->epoch || slot->qname.n != qname.n ||
        memcmp(slot->qname.p, qname.p, qname.n) != 0) {
        if (!check_prefix(r, qname)) return false;
        uint16_t ns = (uint16_t)xml_prefix(r, prefix_of(qname));
        *slot = (xml_cached){qname, r->epoch, find_name(ns, xml_local(qname)), ns};
    }
    r->name = slot->name;
    r->ns = slot->ns;
    return true;
}

static bool wider(xml_reader *r, void **array, size_t *cap, size_t n, size_t size) {
    if (n < *cap) return true;
    size_t room = *cap ? *cap * 2 : 64;
    void *p = arena_alloc(r->mem, room * size);
    if (!p) return r->failed = true, fail_memory(r->why);
    if (n) memcpy(p, *array, n * size);
    *array = p;
    *cap = room;
    return true;
}

/* xml and xmlns stand for what they stand for, and a prefix cannot be taken back (Namespaces in
 * XML 1.0, 3). */
static bool may_declare(str prefix, str uri) {
    bool xml = str_eq(uri, STR("http://www.w3.org/XML/1998/namespace"));
    if (str_eq(prefix, STR("xml"))) return xml;
    if (xml || str_eq(prefix, STR("xmlns"))) return false;
    return !str_eq(uri, STR("http://www.w3.org/2000/xmlns/")) && (!prefix.n || uri.n);
}

/* Enters the namespaces that the tag just scanned declares. */
static bool declare_namespaces(xml_reader *r) {
    bool declared = false;
    for (size_t i = 0; i < r->nattributes; i++) {
        const xml_attribute *a = &r->attributes[i];
        if (!str_starts(a->name, STR("xmlns"))) continue;
        if (a->name.n > 5 && a->name.p[5] != ':') continue;
        str prefix = str_cut(a->name, 6, a->name.n);
        if (!may_declare(prefix, a->value))
            return syntax_error(r, (size_t)(a->name.p - r->bytes.p));
        if (r->nbindings >= XML_BINDINGS_MAX)
            return xml_fail(r, MSG_XML_TOO_MANY, r->off, ARGS(NUM(XML_BINDINGS_MAX)));
        if (!wider(r, (void **)&r->bindings, &r->bindings_cap, r->nbindings, sizeof *r->bindings))
            return false;
        r->bindings[r->nbindings++] = (xml_binding){prefix, find_namespace(a->value)};
        declared = true;
    }
    if (declared) r->epoch++, r->known_prefix = STR("");
    return true;
}

/* ---- Characters ------------------------------------------------------------------------------ */

static bool forbidden(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

/* Eight bytes at once: true when all are ASCII and none is a control character. */
static bool eight_plain(const char *p) {
    uint64_t w;
    memcpy(&w, p, 8);
    const uint64_t ones = 0x0101010101010101u, tops = ones * 0x80;
    return ((w | (w - ones * 0x20)) & tops) == 0;
}

/* Three bytes that are one character of those that Chinese is written with: U+1000 to U+CFFF and
 * U+E000 to U+FFBF. */
static bool is_three(const char *p) {
    uint8_t lead = (uint8_t)p[0], second = (uint8_t)p[1];
    bool known = (lead >= 0xE1 && lead <= 0xEF && lead != 0xED) && (lead != 0xEF || second != 0xBF);
    return known && (second & 0xC0) == 0x80 && ((uint8_t)p[2] & 0xC0) == 0x80;
}

static bool is_printable(char c) {
    return (uint8_t)c >= 0x20 && (uint8_t)c <= 0x7F;
}

/* Offset of the first byte that may not stand in XML, or s.n. */
static size_t find_forbidden(str s) {
    size_t at = 0;
    for (;;) {
        while (s.n - at >= 8 && eight_plain(s.p + at)) at += 8;
        while (at < s.n && is_printable(s.p[at])) at++;
        while (s.n - at >= 3 && is_three(s.p + at)) at += 3;
        if (at >= s.n) return s.n;
        if (is_printable(s.p[at])) continue;
        uint32_t c;
        size_t n = utf8_read(s.p + at, s.n - at, &c);
        if (n == 0 || forbidden(c)) return at;
        at += n;
    }
}

/* The value of a digit, or 99. */
static uint32_t digit_value(char c, bool hex) {
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    char low = (char)(c | 32);
    return hex && low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a') + 10 : 99;
}

/* Length of the reference that s begins with ("&amp;"), or 0 when there is none that XML knows. */
static size_t reference_length(str s) {
    static const str known[] = {STR_INIT("&lt;"), STR_INIT("&gt;"), STR_INIT("&amp;"),
                                STR_INIT("&quot;"), STR_INIT("&apos;")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(s, known[i])) return known[i].n;
    if (!str_starts(s, STR("&#"))) return 0;
    bool hex = s.n > 2 && s.p[2] == 'x';
    size_t at = hex ? 3 : 2, first = at;
    uint32_t c = 0;
    for (; at < s.n && s.p[at] != ';' && c <= 0x10FFFF; at++) {
        uint32_t value = digit_value(s.p[at], hex);
        if (value == 99) return 0;
        c = c * (hex ? 16 : 10) + value;
    }
    bool scalar = c > 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && !forbidden(c);
    return at < s.n && at > first && scalar ? at + 1 : 0;
}

static bool check_reference(xml_reader *r, size_t *at) {
    size_t n = reference_length(str_cut(r->bytes, *at, *at + 40));
    if (!n) return xml_fail(r, MSG_XML_ENTITY, *at, NO_ARGS);
    *at += n;
    return true;
}

/* ---- Tags ------------------------------------------------------------------------------------ */

static size_t skip_blanks(const xml_reader *r, size_t at) {
    while (class_at(r, at) & BLANK) at++;
    return at;
}

static bool scan_name(xml_reader *r, size_t *at, str *name) {
    size_t from = *at, to = from;
    if (!(class_at(r, to) & NAME_START)) return syntax_error(r, from);
    while (class_at(r, to) & NAME) to++;
    *name = str_cut(r->bytes, from, to);
    *at = to;
    return true;
}

/* The value whose opening quote stands at *at. */
static bool scan_value(xml_reader *r, size_t *at, xml_attribute *a) {
    const char *p = r->bytes.p;
    size_t from = *at + 1, to = from, n = r->bytes.n;
    char quote = p[*at];
    a->plain = true;
    for (;;) {
        while (to < n && !(classes[(uint8_t)p[to]] & VALUE_STOP)) to++;
        if (to >= n || p[to] == '<') return syntax_error(r, to);
        if (p[to] == quote) break;
        if (p[to] == '&') {
            a->plain = false;
            if (!check_reference(r, &to)) return false;
        } else {
            a->plain = a->plain && (p[to] == '"' || p[to] == '\'');
            to++;
        }
    }
    a->value = str_cut(r->bytes, from, to);
    *at = to + 1;
    return true;
}

static bool scan_attribute(xml_reader *r, size_t *at) {
    if (r->nattributes >= XML_ATTRIBUTES_MAX)
        return xml_fail(r, MSG_XML_TOO_MANY, r->off, ARGS(NUM(XML_ATTRIBUTES_MAX)));
    if (!wider(r, (void **)&r->attributes, &r->attributes_cap, r->nattributes,
               sizeof *r->attributes))
        return false;
    xml_attribute *a = &r->attributes[r->nattributes];
    if (!scan_name(r, at, &a->name)) return false;
    size_t to = skip_blanks(r, *at);
    if (to >= r->bytes.n || r->bytes.p[to] != '=') return syntax_error(r, to);
    *at = skip_blanks(r, to + 1);
    if (!(class_at(r, *at) & QUOTE)) return syntax_error(r, *at);
    r->nattributes++;
    return scan_value(r, at, a);
}

/* No attribute may stand twice; and prefixes must be bound, by this very tag perhaps. */
static bool check_attributes(xml_reader *r) {
    for (size_t i = 0; i < r->nattributes; i++) {
        str name = r->attributes[i].name;
        if (!check_prefix(r, name)) return false;
        for (size_t k = 0; k < i; k++)
            if (str_eq(r->attributes[k].name, name))
                return syntax_error(r, (size_t)(name.p - r->bytes.p));
    }
    return true;
}

static xml_event end_element(xml_reader *r) {
    xml_open_tag *tag = &r->open[--r->depth];
    r->name = tag->name;
    if (r->nbindings != tag->bindings) {
        r->nbindings = tag->bindings;
        r->epoch++;
        r->known_prefix = STR("");
    }
    return XML_END;
}

static bool open_element(xml_reader *r, str qname) {
    if (r->depth >= r->deepest) return xml_fail(r, MSG_XML_DEPTH, r->off, ARGS(NUM(r->deepest)));
    if (r->depth == 0 && r->root_seen) return syntax_error(r, r->off);
    r->root_seen = true;
    r->open[r->depth] = (xml_open_tag){qname, r->nbindings, 0};
    if (r->nattributes && (!declare_namespaces(r) || !check_attributes(r))) return false;
    if (!resolve_name(r, qname)) return false;
    r->open[r->depth++].name = r->name;
    return true;
}

static xml_event scan_start(xml_reader *r) {
    size_t at = r->at + 1, n = r->bytes.n;
    const char *p = r->bytes.p;
    str qname;
    r->off = r->at;
    r->nattributes = 0;
    r->empty = false;
    if (!scan_name(r, &at, &qname)) return XML_END_OF_PART;
    for (;;) {
        size_t next = skip_blanks(r, at);
        if (next >= n) return syntax_error(r, r->off), XML_END_OF_PART;
        if (p[next] == '>' || p[next] == '/') {
            at = next;
            break;
        }
        if (next == at) return syntax_error(r, at), XML_END_OF_PART;
        at = next;
        if (!scan_attribute(r, &at)) return XML_END_OF_PART;
    }
    r->empty = p[at] == '/';
    if (r->empty && (++at >= n || p[at] != '>')) return syntax_error(r, at), XML_END_OF_PART;
    if (!open_element(r, qname)) return XML_END_OF_PART;
    r->at = at + 1;
    r->len = r->at - r->off;
    return XML_START;
}

static xml_event scan_end(xml_reader *r) {
    r->off = r->at;
    size_t at = r->at + 2;
    if (r->depth == 0) return syntax_error(r, r->off), XML_END_OF_PART;
    str qname = r->open[r->depth - 1].qname;
    if (r->bytes.n - at < qname.n || memcmp(r->bytes.p + at, qname.p, qname.n) != 0)
        return syntax_error(r, r->off), XML_END_OF_PART;
    at = skip_blanks(r, at + qname.n);
    if (at >= r->bytes.n || r->bytes.p[at] != '>') return syntax_error(r, r->off), XML_END_OF_PART;
    r->at = at + 1;
    r->len = r->at - r->off;
    return end_element(r);
}

/* ---- What stands between tags ---------------------------------------------------------------- */

/* True when nothing in the text has to be looked at: no reference, line end or "]". */
static bool is_plain_text(const char *p, size_t n) {
    return !memchr(p, '&', n) && !memchr(p, '\r', n) && !memchr(p, ']', n);
}

static xml_event scan_text(xml_reader *r) {
    const char *p = r->bytes.p, *tag = memchr(p + r->at, '<', r->bytes.n - r->at);
    size_t n = tag ? (size_t)(tag - p) : r->bytes.n, to = r->at;
    r->off = r->at;
    r->plain = true;
    r->cdata = false;
    if (is_plain_text(p + to, n - to)) to = n;
    while (to < n) {
        if (!(classes[(uint8_t)p[to]] & TEXT_STOP)) {
            to++;
            continue;
        }
        if (p[to] == '&') {
            r->plain = false;
            if (!check_reference(r, &to)) return XML_END_OF_PART;
            continue;
        }
        if (p[to] == '\r') r->plain = false;
        if (str_starts(str_cut(r->bytes, to, to + 3), STR("]]>")))
            return syntax_error(r, to), XML_END_OF_PART;
        to++;
    }
    r->at = to;
    r->len = to - r->off;
    return XML_TEXT;
}

/* <!-- … -->, <? … ?>: passes over them. */
static bool pass_over(xml_reader *r, size_t opening, str closing) {
    size_t end = str_find(r->bytes, closing, r->at + opening);
    if (end == STR_NONE) return syntax_error(r, r->at);
    r->at = end + closing.n;
    return true;
}

static bool pass_comment(xml_reader *r) {
    size_t dashes = str_find(r->bytes, STR("--"), r->at + 4);
    if (dashes == STR_NONE || dashes + 2 >= r->bytes.n || r->bytes.p[dashes + 2] != '>')
        return syntax_error(r, r->at);
    r->at = dashes + 3;
    return true;
}

static bool pass_instruction(xml_reader *r) {
    size_t from = r->at, at = r->at + 2;
    str target;
    if (!scan_name(r, &at, &target)) return false;
    if (str_eq_nocase(target, STR("xml")) && from > 0) return syntax_error(r, from);
    if (!(class_at(r, at) & BLANK) && !str_starts(str_cut(r->bytes, at, at + 2), STR("?>")))
        return syntax_error(r, at);
    return pass_over(r, at - from, STR("?>"));
}

static xml_event scan_cdata(xml_reader *r) {
    if (r->depth == 0) return syntax_error(r, r->at), XML_END_OF_PART;
    r->off = r->at + 9;
    if (!pass_over(r, 9, STR("]]>"))) return XML_END_OF_PART;
    r->len = r->at - 3 - r->off;
    r->cdata = true;
    r->plain = !memchr(r->bytes.p + r->off, '\r', r->len);
    return XML_TEXT;
}

/* Markup that begins with "<!" or "<?". True when reading goes on after it. */
static bool pass_markup(xml_reader *r, xml_event *event) {
    str rest = str_cut(r->bytes, r->at, r->at + 9);
    *event = XML_END_OF_PART;
    if (rest.n > 1 && rest.p[1] == '?') return pass_instruction(r);
    if (str_starts(rest, STR("<!--"))) return pass_comment(r);
    if (str_eq(rest, STR("<![CDATA["))) return *event = scan_cdata(r), false;
    if (str_starts(rest, STR("<!DOCTYPE"))) return xml_fail(r, MSG_XML_DOCTYPE, r->at, NO_ARGS);
    return syntax_error(r, r->at);
}

static xml_event at_end(xml_reader *r) {
    r->off = r->bytes.n;
    r->len = 0;
    if (!r->failed && (r->depth > 0 || !r->root_seen)) syntax_error(r, r->bytes.n);
    return XML_END_OF_PART;
}

xml_event xml_next(xml_reader *r) {
    if (r->empty && !r->failed) {
        r->empty = false;
        r->off = r->at;
        r->len = 0;
        return end_element(r);
    }
    while (r->at < r->bytes.n) {
        const char *p = r->bytes.p + r->at;
        if (*p != '<') {
            if (r->depth > 0) return scan_text(r);
            if (!(classes[(uint8_t)*p] & BLANK)) return syntax_error(r, r->at), at_end(r);
            r->at++;
            continue;
        }
        char next = r->at + 1 < r->bytes.n ? p[1] : '\0';
        if (next == '/') return scan_end(r);
        if (next != '!' && next != '?') return scan_start(r);
        xml_event event;
        if (!pass_markup(r, &event)) return event;
    }
    return at_end(r);
}

bool xml_skip(xml_reader *r) {
    uint32_t outside = r->depth - 1;
    while (!r->failed && r->depth > outside) xml_next(r);
    return !r->failed;
}

bool xml_skip_same(xml_reader *r, size_t off, size_t n, uint32_t epoch) {
    if (r->epoch != epoch || r->bytes.n - r->off < n) return false;
    if (memcmp(r->bytes.p + r->off, r->bytes.p + off, n) != 0) return false;
    r->at = r->off + n;
    r->empty = false;
    end_element(r);
    return true;
}

bool xml_begin(xml_reader *r, arena *mem, str part, str bytes, qw_error *why) {
    r->part = part;
    r->bytes = bytes;
    r->why = why;
    r->failed = r->empty = r->root_seen = false;
    r->at = r->depth = r->nattributes = r->nbindings = 0;
    if (!r->deepest) r->deepest = XML_DEPTH;
    r->epoch++; /* what the cache holds is from another part */
    r->known_prefix = STR("");
    r->mem = mem;
    r->attributes = NULL;
    r->bindings = NULL;
    r->attributes_cap = r->bindings_cap = 0;
    size_t bad = find_forbidden(bytes);
    return bad == bytes.n || xml_fail(r, MSG_XML_CHARACTER, bad, NO_ARGS);
}

/* xml_scan: the strict scanner behind xml.h.
 *
 * One pass over the part checks its characters; from then on the scanner may look at bytes. Each
 * tag is scanned whole, attributes too, because an error anywhere must be found; what they mean is
 * only worked out for who asks. Names are looked up once and remembered for as long as no namespace
 * is declared anew.
 *
 * Laxer than XML 1.0 in two things that no reader can tell: any character above ASCII may stand in
 * a name, and two attributes that differ in their prefix alone are not refused. */
#include "ooxml/xml_scanner.h"

#include <stdio.h>

bool xml_fail(xml_reader *r, message_id id, size_t off, const str *args) {
    char place[128];
    str name = str_cut(r->part, r->part.n > 90 ? r->part.n - 90 : 0, r->part.n);
    int n = snprintf(place, sizeof place, "%.*s @ %zu", (int)name.n, name.p, off);
    r->failed = true;
    r->at = r->bytes.n;
    return fail(r->why, id, str_make(place, (size_t)n), args);
}

bool xml_wider(xml_reader *r, void **array, size_t *cap, size_t n, size_t size) {
    if (n < *cap) return true;
    size_t room = *cap ? *cap * 2 : 64;
    void *p = arena_alloc(r->mem, room * size);
    if (!p) return r->failed = true, fail_memory(r->why);
    if (n) memcpy(p, *array, n * size);
    *array = p;
    *cap = room;
    return true;
}

/* ---- Names ----------------------------------------------------------------------------------- */

static size_t cache_slot(str qname) {
    const uint8_t *p = (const uint8_t *)qname.p;
    size_t n = qname.n;
    return (n * 7 + p[n - 1] * 31u + p[n / 2] * 5u + p[n > 2 ? 2 : 0] * 3u) % XML_CACHE;
}

static bool resolve_name(xml_reader *r, str qname) {
    xml_cached *slot = &r->cache[cache_slot(qname)];
    bool known = slot->epoch == r->epoch && slot->qname.n == qname.n &&
                 memcmp(slot->qname.p, qname.p, qname.n) == 0;
    if (!known && !xml_look_up(r, qname, slot)) return false;
    r->name = slot->name;
    r->ns = slot->ns;
    return true;
}

/* ---- Tags ------------------------------------------------------------------------------------ */

static size_t skip_blanks(const xml_reader *r, size_t at) {
    while (xml_class_at(r, at) & XML_BLANK) at++;
    return at;
}

static bool scan_name(xml_reader *r, size_t *at, str *name) {
    size_t from = *at, to = from;
    if (!(xml_class_at(r, to) & XML_NAME_START)) return xml_syntax_error(r, from);
    while (xml_class_at(r, to) & XML_NAME_PART) to++;
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
        while (to < n && !(xml_class(p[to]) & XML_VALUE_STOP)) to++;
        if (to >= n || p[to] == '<') return xml_syntax_error(r, to);
        if (p[to] == quote) break;
        if (p[to] == '&') {
            a->plain = false;
            if (!xml_check_reference(r, &to)) return false;
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
    if (!xml_wider(r, (void **)&r->attributes, &r->attributes_cap, r->nattributes,
                   sizeof *r->attributes))
        return false;
    xml_attribute *a = &r->attributes[r->nattributes];
    if (!scan_name(r, at, &a->name)) return false;
    size_t to = skip_blanks(r, *at);
    if (to >= r->bytes.n || r->bytes.p[to] != '=') return xml_syntax_error(r, to);
    *at = skip_blanks(r, to + 1);
    if (!(xml_class_at(r, *at) & XML_QUOTE)) return xml_syntax_error(r, *at);
    r->nattributes++;
    return scan_value(r, at, a);
}

/* No attribute may stand twice; and prefixes must be bound, by this very tag perhaps. */
static bool check_attributes(xml_reader *r) {
    for (size_t i = 0; i < r->nattributes; i++) {
        str name = r->attributes[i].name;
        if (!xml_check_prefix(r, name)) return false;
        for (size_t k = 0; k < i; k++)
            if (str_eq(r->attributes[k].name, name))
                return xml_syntax_error(r, (size_t)(name.p - r->bytes.p));
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
    if (r->depth == 0 && r->root_seen) return xml_syntax_error(r, r->off);
    r->root_seen = true;
    r->open[r->depth] = (xml_open_tag){qname, r->nbindings, 0};
    if (r->nattributes && (!xml_declare(r) || !check_attributes(r))) return false;
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
        if (next >= n) return xml_syntax_error(r, r->off), XML_END_OF_PART;
        if (p[next] == '>' || p[next] == '/') {
            at = next;
            break;
        }
        if (next == at) return xml_syntax_error(r, at), XML_END_OF_PART;
        at = next;
        if (!scan_attribute(r, &at)) return XML_END_OF_PART;
    }
    r->empty = p[at] == '/';
    if (r->empty && (++at >= n || p[at] != '>')) return xml_syntax_error(r, at), XML_END_OF_PART;
    if (!open_element(r, qname)) return XML_END_OF_PART;
    r->at = at + 1;
    r->len = r->at - r->off;
    return XML_START;
}

static xml_event scan_end(xml_reader *r) {
    r->off = r->at;
    size_t at = r->at + 2;
    if (r->depth == 0) return xml_syntax_error(r, r->off), XML_END_OF_PART;
    str qname = r->open[r->depth - 1].qname;
    if (r->bytes.n - at < qname.n || memcmp(r->bytes.p + at, qname.p, qname.n) != 0)
        return xml_syntax_error(r, r->off), XML_END_OF_PART;
    at = skip_blanks(r, at + qname.n);
    if (at >= r->bytes.n || r->bytes.p[at] != '>')
        return xml_syntax_error(r, r->off), XML_END_OF_PART;
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
        if (!(xml_class(p[to]) & XML_TEXT_STOP)) {
            to++;
            continue;
        }
        if (p[to] == '&') {
            r->plain = false;
            if (!xml_check_reference(r, &to)) return XML_END_OF_PART;
            continue;
        }
        if (p[to] == '\r') r->plain = false;
        if (str_starts(str_cut(r->bytes, to, to + 3), STR("]]>")))
            return xml_syntax_error(r, to), XML_END_OF_PART;
        to++;
    }
    r->at = to;
    r->len = to - r->off;
    return XML_TEXT;
}

/* <!-- … -->, <? … ?>: passes over them. */
static bool pass_over(xml_reader *r, size_t opening, str closing) {
    size_t end = str_find(r->bytes, closing, r->at + opening);
    if (end == STR_NONE) return xml_syntax_error(r, r->at);
    r->at = end + closing.n;
    return true;
}

static bool pass_comment(xml_reader *r) {
    size_t dashes = str_find(r->bytes, STR("--"), r->at + 4);
    if (dashes == STR_NONE || dashes + 2 >= r->bytes.n || r->bytes.p[dashes + 2] != '>')
        return xml_syntax_error(r, r->at);
    r->at = dashes + 3;
    return true;
}

static bool pass_instruction(xml_reader *r) {
    size_t from = r->at, at = r->at + 2;
    str target;
    if (!scan_name(r, &at, &target)) return false;
    if (str_eq_nocase(target, STR("xml")) && from > 0) return xml_syntax_error(r, from);
    if (!(xml_class_at(r, at) & XML_BLANK) && !str_starts(str_cut(r->bytes, at, at + 2), STR("?>")))
        return xml_syntax_error(r, at);
    return pass_over(r, at - from, STR("?>"));
}

static xml_event scan_cdata(xml_reader *r) {
    if (r->depth == 0) return xml_syntax_error(r, r->at), XML_END_OF_PART;
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
    return xml_syntax_error(r, r->at);
}

static xml_event at_end(xml_reader *r) {
    r->off = r->bytes.n;
    r->len = 0;
    if (!r->failed && (r->depth > 0 || !r->root_seen)) xml_syntax_error(r, r->bytes.n);
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
            if (!(xml_class(*p) & XML_BLANK)) return xml_syntax_error(r, r->at), at_end(r);
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
    size_t bad = xml_find_forbidden(bytes);
    return bad == bytes.n || xml_fail(r, MSG_XML_CHARACTER, bad, NO_ARGS);
}

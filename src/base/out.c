#include "base/out.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void out_begin(out *o, const qw_sink *sink) {
    o->sink = sink;
    o->written = 0;
    o->failed = false;
    o->n = 0;
}

static void pass(out *o, const char *p, size_t n) {
    if (n && !o->failed && !o->sink->write(o->sink->self, p, n)) o->failed = true;
}

bool out_end(out *o) {
    pass(o, o->buffer, o->n);
    o->n = 0;
    return !o->failed;
}

void out_str(out *o, str s) {
    o->written += s.n;
    if (s.n > sizeof o->buffer - o->n) {
        out_end(o);
        if (s.n >= sizeof o->buffer) {
            pass(o, s.p, s.n);
            return;
        }
    }
    if (s.n) memcpy(o->buffer + o->n, s.p, s.n);
    o->n += s.n;
}

void out_text(out *o, const char *z) {
    out_str(o, str_of(z));
}

void out_byte(out *o, char c) {
    out_str(o, (str){&c, 1});
}

void out_printf(out *o, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text) {
        o->failed = true; /* numbers and names only: texts go through out_str() */
        return;
    }
    out_str(o, str_make(text, (size_t)n));
}

/* A byte with which no character starts that any escape() knows. */
static bool is_plain(unsigned char c) {
    if (c >= 0x80) return c != 0xC2 && c != 0xE2 && c != 0xEF;
    return c >= 0x20 && c != 0x7F && c != '"' && c != '\\' && c != '&' && c != '<' && c != '>';
}

/* Writes s with the characters that escape() knows replaced; escape() returns NULL to leave one. */
static void out_escaped(out *o, str s, const char *(*escape)(uint32_t c, char scratch[8])) {
    size_t from = 0;
    for (size_t at = 0; at < s.n;) {
        if (is_plain((unsigned char)s.p[at])) {
            at++;
            continue;
        }
        size_t start = at;
        char scratch[8];
        const char *instead = escape(utf8_next(s, &at), scratch);
        if (!instead) continue;
        out_str(o, str_cut(s, from, start));
        out_text(o, instead);
        from = at;
    }
    out_str(o, str_cut(s, from, s.n));
}

static const char *json_escape(uint32_t c, char scratch[8]) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    if (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F) && c != 0x2028 && c != 0x2029) return NULL;
    snprintf(scratch, 8, "\\u%04x", (unsigned)(c & 0xFFFF));
    return scratch;
}

void out_json_inside(out *o, str s) {
    out_escaped(o, s, json_escape);
}

void out_json(out *o, str s) {
    out_byte(o, '"');
    out_json_inside(o, s);
    out_byte(o, '"');
}

/* A control is shown by its picture, U+2400 and what follows: XML has no way to write it, and
 * leaving it out would lose it without a word. */
static const char *xml_escape(uint32_t c, char scratch[8]) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t':
    case '\n': return NULL;
    case '\r': return "&#13;";
    case 0xFFFE:
    case 0xFFFF: return "\xEF\xBF\xBD";
    default: break;
    }
    if (c >= 0x20) return NULL;
    scratch[utf8_write(scratch, 0x2400 + c)] = '\0';
    return scratch;
}

void out_xml(out *o, str s) {
    out_escaped(o, s, xml_escape);
}

/* mhtml: see mhtml.h. Header fields are those of RFC 822, contents those of RFC 2045 and 2046. */
#include "format/docx_read/mhtml.h"

enum { ENTITIES_MAX = 1000, NESTED_MAX = 4, HEAD_MAX = 64 * 1024 };

/* ---- Header fields --------------------------------------------------------------------------- */

/* Where the contents of an entity begin: behind its first empty line; STR_NONE when it has none. */
static size_t contents_of(str entity) {
    str head = str_cut(entity, 0, HEAD_MAX);
    for (size_t at = 0; (at = str_find_byte(head, '\n', at)) != STR_NONE; at++) {
        str next = str_cut(head, at + 1, at + 3);
        if (str_starts(next, STR("\r\n"))) return at + 3;
        if (str_starts(next, STR("\n"))) return at + 2;
    }
    return STR_NONE;
}

/* Cuts the next field off, the lines that go on with it included. */
static bool next_field(str *fields, str *field) {
    size_t end = 0;
    if (!fields->n) return false;
    do {
        size_t line = str_find_byte(*fields, '\n', end);
        end = line == STR_NONE ? fields->n : line + 1;
    } while (end < fields->n && (fields->p[end] == ' ' || fields->p[end] == '\t'));
    *field = str_cut(*fields, 0, end);
    *fields = str_cut(*fields, end, fields->n);
    return true;
}

static bool is_field(str field, str name) {
    return field.n > name.n && field.p[name.n] == ':' &&
           str_eq_nocase(str_cut(field, 0, name.n), name);
}

/* What a field says; empty when it is not there. */
static str field_of(str fields, str name) {
    str field;
    while (next_field(&fields, &field))
        if (is_field(field, name)) return str_trim(str_cut(field, name.n + 1, field.n));
    return STR("");
}

static bool begins(str s, const char *with) {
    str head = str_of(with);
    return str_eq_nocase(str_cut(s, 0, head.n), head);
}

/* A parameter of a field, name="value" or name=value. */
static str parameter_of(str value, const char *name) {
    size_t n = strlen(name), at = 0;
    while ((at = str_find_byte(value, ';', at)) != STR_NONE) {
        str rest = str_trim(str_cut(value, ++at, value.n));
        if (!begins(rest, name) || rest.n <= n || rest.p[n] != '=') continue;
        rest = str_cut(rest, n + 1, rest.n);
        bool quoted = str_starts(rest, STR("\""));
        size_t end = str_find_byte(rest, quoted ? '"' : ';', quoted);
        return str_trim(str_cut(rest, quoted, end == STR_NONE ? rest.n : end));
    }
    return STR("");
}

/* ---- Contents -------------------------------------------------------------------------------- */

static int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    char low = (char)(c | 32);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* A "=" ends a line that goes on, or stands before the two digits of a byte (RFC 2045, 6.7). */
static size_t decode_quoted(str s, char *to) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        str rest = str_cut(s, i, i + 3);
        int high = rest.n > 2 ? hexadecimal(rest.p[1]) : -1;
        int low = rest.n > 2 ? hexadecimal(rest.p[2]) : -1;
        if (s.p[i] != '=')
            to[n++] = s.p[i];
        else if (str_starts(rest, STR("=\r\n")))
            i += 2;
        else if (str_starts(rest, STR("=\n")))
            i++;
        else if (high >= 0 && low >= 0)
            to[n++] = (char)(high * 16 + low), i += 2;
        else
            to[n++] = '=';
    }
    return n;
}

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t decode_base64(str s, char *to) {
    size_t n = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int digit = digit_of(s.p[i]);
        if (digit < 0) continue;
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        to[n++] = (char)(bits >> have & 255);
    }
    return n;
}

static str decoded_contents(arena *mem, str contents, str way) {
    bool quoted = begins(way, "quoted-printable"), base64 = begins(way, "base64");
    char *to = quoted || base64 ? arena_alloc(mem, contents.n + 1) : NULL;
    if (!quoted && !base64) return contents;
    if (!to) return (str){NULL, 0};
    return str_make(to, quoted ? decode_quoted(contents, to) : decode_base64(contents, to));
}

/* ---- Entities -------------------------------------------------------------------------------- */

static bool find_page(arena *mem, str bytes, size_t from, size_t to, int depth, mhtml *found);

/* The next line that begins with "--" and the boundary. */
static size_t find_delimiter(str bytes, size_t from, size_t to, str mark) {
    for (size_t at = from; (at = str_find(str_cut(bytes, 0, to), mark, at)) != STR_NONE; at++)
        if (at == 0 || bytes.p[at - 1] == '\n') return at;
    return STR_NONE;
}

static bool find_among(arena *mem, str bytes, size_t from, size_t to, str boundary, int depth,
                       mhtml *found) {
    str mark = arena_join(mem, STR("--"), boundary);
    size_t at = boundary.n && mark.p ? find_delimiter(bytes, from, to, mark) : STR_NONE;
    for (int i = 0; i < ENTITIES_MAX && at != STR_NONE; i++) {
        size_t line = str_find_byte(bytes, '\n', at);
        if (line == STR_NONE || line >= to) return false;
        size_t next = find_delimiter(bytes, line, to, mark);
        size_t end = next == STR_NONE ? to : next;
        if (find_page(mem, bytes, line + 1, end, depth + 1, found)) return true;
        at = next;
    }
    return false;
}

static bool find_page(arena *mem, str bytes, size_t from, size_t to, int depth, mhtml *found) {
    str entity = str_cut(bytes, from, to);
    size_t contents = contents_of(entity);
    if (contents == STR_NONE || depth > NESTED_MAX) return false;
    str fields = str_cut(entity, 0, contents), type = field_of(fields, STR("Content-Type"));
    if (begins(type, "multipart/"))
        return find_among(mem, bytes, from + contents, to, parameter_of(type, "boundary"), depth,
                          found);
    if (!begins(type, "text/html")) return false;
    str html = decoded_contents(mem, str_cut(entity, contents, entity.n),
                                field_of(fields, STR("Content-Transfer-Encoding")));
    if (!html.p) return false;
    *found = (mhtml){from, to, fields, parameter_of(type, "charset"), html};
    return true;
}

bool mhtml_is_message(str bytes) {
    size_t contents = contents_of(bytes);
    str fields = contents == STR_NONE ? STR("") : str_cut(bytes, 0, contents);
    return field_of(fields, STR("MIME-Version")).n > 0;
}

bool mhtml_read(arena *mem, str bytes, mhtml *found) {
    return mhtml_is_message(bytes) && find_page(mem, bytes, 0, bytes.n, 0, found);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* Lines of 76 digits. */
static size_t encode_base64(str s, char *to) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = 0;
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned char b[3] = {0};
        size_t left = s.n - i < 3 ? s.n - i : 3;
        memcpy(b, s.p + i, left);
        to[n++] = digits[b[0] >> 2];
        to[n++] = digits[(b[0] & 3) << 4 | b[1] >> 4];
        to[n++] = left > 1 ? digits[(b[1] & 15) << 2 | b[2] >> 6] : '=';
        to[n++] = left > 2 ? digits[b[2] & 63] : '=';
        if (i / 3 % 19 == 18 || i + 3 >= s.n) to[n++] = '\r', to[n++] = '\n';
    }
    return n;
}

str mhtml_with(arena *mem, str bytes, const mhtml *found, str html) {
    static const str ways = STR_INIT("Content-Type: text/html; charset=\"utf-8\"\r\n"
                                     "Content-Transfer-Encoding: base64\r\n");
    char *p = arena_alloc(mem, bytes.n + ways.n + 8 + html.n / 3 * 4 + html.n / 57 * 2 + 8);
    str fields = found->fields, field;
    size_t n = found->from;
    if (!p) return (str){NULL, 0};
    memcpy(p, bytes.p, n);
    memcpy(p + n, ways.p, ways.n);
    n += ways.n;
    while (next_field(&fields, &field)) {
        if (is_field(field, STR("Content-Type")) ||
            is_field(field, STR("Content-Transfer-Encoding")))
            continue;
        memcpy(p + n, field.p, field.n);
        n += field.n;
    }
    n += encode_base64(html, p + n);
    memcpy(p + n, bytes.p + found->to, bytes.n - found->to);
    return str_make(p, n + bytes.n - found->to);
}

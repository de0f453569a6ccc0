#include "pipe/json.h"

#include <string.h>

enum { DEPTH_MOST = 256 };

/* ---- Reading ------------------------------------------------------------------------------- */

static void skip_space(json_reader *r) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r' || *r->p == '\n'))
        r->p++;
}

bool json_sees(json_reader *r, char c) {
    skip_space(r);
    return r->p < r->end && *r->p == c;
}

bool json_read_byte(json_reader *r, char c) {
    if (!json_sees(r, c)) return false;
    r->p++;
    return true;
}

bool json_at_end(json_reader *r) {
    skip_space(r);
    return r->p == r->end;
}

/* Bytes of the well-formed character at p, which is not ASCII; 0 when there is none (Unicode,
 * table 3-7). */
static size_t character(const char *from, const char *end) {
    const unsigned char *p = (const unsigned char *)from;
    size_t left = (size_t)(end - from), n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < n) return 0;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return n;
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool read_unit(json_reader *r, unsigned *unit) {
    *unit = 0;
    if (r->end - r->p < 4) return false;
    for (size_t i = 0; i < 4; i++) {
        int digit = hex(*r->p++);
        if (digit < 0) return false;
        *unit = *unit << 4 | (unsigned)digit;
    }
    return true;
}

/* After \u: one unit, or two that are a pair. */
static bool read_code(json_reader *r, unsigned *c) {
    unsigned low;
    if (!read_unit(r, c)) return false;
    if (*c < 0xD800 || *c > 0xDFFF) return true;
    if (*c > 0xDBFF || r->end - r->p < 6 || r->p[0] != '\\' || r->p[1] != 'u') return false;
    r->p += 2;
    if (!read_unit(r, &low) || low < 0xDC00 || low > 0xDFFF) return false;
    *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

static void put_code(text *t, unsigned c) {
    char p[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c >>= 6) p[i] = (char)(0x80 | (c & 0x3F));
    p[0] = (char)(first[n] | c);
    text_add(t, p, n);
}

/* After a backslash. */
static bool read_escape(json_reader *r, text *t) {
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    unsigned c;
    if (r->p == r->end) return false;
    char name = *r->p++;
    const char *found = name ? strchr(names, name) : NULL;
    if (!found && (name != 'u' || !read_code(r, &c))) return false;
    if (found) c = (unsigned)meanings[found - names];
    if (t) put_code(t, c);
    return true;
}

/* Bytes that are all ASCII and stand for themselves, eight at a time: none of them is below 0x20 or
 * above 0x7F, a quote or a backslash. */
static const char *skip_plain(const char *p, const char *end) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    for (uint64_t w; end - p >= 8; p += 8) {
        memcpy(&w, p, sizeof w);
        uint64_t quotes = w ^ ones * '"', backslashes = w ^ ones * '\\';
        uint64_t stops = (w - ones * 0x20) | (quotes - ones) | (backslashes - ones) | w;
        if (stops & tops) break;
    }
    return p;
}

/* The end of what stands for itself. NULL when there is something that must not stand here. */
static const char *plain_end(const json_reader *r) {
    const char *p = skip_plain(r->p, r->end);
    while (p < r->end && *p != '"' && *p != '\\') {
        size_t n = (unsigned char)*p < 0x80 ? (unsigned char)*p >= 0x20 : character(p, r->end);
        if (n == 0) return NULL;
        p += n;
    }
    return p;
}

/* A string; what it says goes to t, if not NULL. */
static bool string(json_reader *r, text *t) {
    if (!json_read_byte(r, '"')) return false;
    for (;;) {
        const char *end = plain_end(r);
        if (!end || end == r->end) return false;
        if (t) text_add(t, r->p, (size_t)(end - r->p));
        r->p = end + 1;
        if (*end == '"') return !t || !t->failed;
        if (!read_escape(r, t)) return false;
    }
}

bool json_read_string(json_reader *r, text *t) {
    return string(r, t);
}

static bool digits(json_reader *r) {
    const char *start = r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9') r->p++;
    return r->p > start;
}

static bool next_is(json_reader *r, const char *any) {
    if (r->p == r->end || !*r->p || !strchr(any, *r->p)) return false;
    r->p++;
    return true;
}

static bool number(json_reader *r) {
    next_is(r, "-");
    if (!next_is(r, "0") && !digits(r)) return false;
    if (next_is(r, ".") && !digits(r)) return false;
    if (!next_is(r, "eE")) return true;
    next_is(r, "+-");
    return digits(r);
}

static bool word(json_reader *r, const char *z) {
    size_t n = strlen(z);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, z, n) != 0) return false;
    r->p += n;
    return true;
}

static bool value(json_reader *r);

/* An array or an object. */
static bool nest(json_reader *r, char close, bool named) {
    r->p++;
    if (json_read_byte(r, close)) return true;
    do {
        if (named && (!string(r, NULL) || !json_read_byte(r, ':'))) return false;
        if (!value(r)) return false;
    } while (json_read_byte(r, ','));
    return json_read_byte(r, close);
}

static bool value(json_reader *r) {
    skip_space(r);
    if (r->p == r->end || r->depth == DEPTH_MOST) return false;
    r->depth++;
    bool ok = false;
    switch (*r->p) {
    case '{': ok = nest(r, '}', true); break;
    case '[': ok = nest(r, ']', false); break;
    case '"': ok = string(r, NULL); break;
    case 't': ok = word(r, "true"); break;
    case 'f': ok = word(r, "false"); break;
    case 'n': ok = word(r, "null"); break;
    default: ok = number(r);
    }
    r->depth--;
    return ok;
}

bool json_skip(json_reader *r, qw_str *raw) {
    skip_space(r);
    const char *start = r->p;
    if (!value(r)) return false;
    *raw = (qw_str){start, (size_t)(r->p - start)};
    return true;
}

/* ---- Writing ------------------------------------------------------------------------------- */

static void put_unit(text *t, unsigned unit) {
    static const char names[] = "0123456789abcdef";
    char p[6] = {'\\',
                 'u',
                 names[unit >> 12],
                 names[unit >> 8 & 15],
                 names[unit >> 4 & 15],
                 names[unit & 15]};
    text_add(t, p, sizeof p);
}

static void put_escaped(text *t, unsigned c) {
    if (c >= 0x10000) put_unit(t, 0xD800 + ((c - 0x10000) >> 10));
    put_unit(t, c >= 0x10000 ? 0xDC00 + ((c - 0x10000) & 0x3FF) : c);
}

static unsigned code_of(const char *from, size_t n) {
    const unsigned char *p = (const unsigned char *)from;
    unsigned c = n == 2 ? p[0] & 0x1Fu : n == 3 ? p[0] & 0x0Fu : p[0] & 0x07u;
    for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3Fu);
    return c;
}

static bool breaks_lines(unsigned c) {
    return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

/* Whether a byte may stand as it is, without a look at what follows. In JSON that is ready, quotes
 * and backslashes are its own. */
static bool stands(unsigned char c, bool ready, bool ascii) {
    if (c >= 0x80) return !ascii && c != 0xC2 && c != 0xE2;
    return c >= 0x20 && c != 0x7F && (ready || (c != '"' && c != '\\'));
}

/* A character that may have to be escaped. Bytes of it. */
static size_t put_character(text *t, const char *p, const char *end, bool ready, bool ascii) {
    static const char names[] = "btn?fr"; /* U+0008 ... U+000D */
    unsigned char c = (unsigned char)*p;
    if (c >= 0x80) {
        size_t n = character(p, end);
        unsigned code = n ? code_of(p, n) : 0xFFFD;
        if (n && !ascii && !breaks_lines(code))
            text_add(t, p, n);
        else
            put_escaped(t, code);
        return n ? n : 1;
    }
    if (ready && c < 0x20) { /* space between values: a line's end must be none here */
        text_put(t, " ");
    } else if (c == '"' || c == '\\') {
        text_add(t, (char[]){'\\', (char)c}, 2);
    } else if (c >= '\b' && c <= '\r' && c != '\v') {
        text_add(t, (char[]){'\\', names[c - '\b']}, 2);
    } else
        put_escaped(t, c);
    return 1;
}

static void put(text *t, qw_str s, bool ready, bool ascii) {
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        const char *start = p;
        while (p < end && stands((unsigned char)*p, ready, ascii)) p++;
        if (p > start) text_add(t, start, (size_t)(p - start));
        if (p < end) p += put_character(t, p, end, ready, ascii);
    }
}

void json_put_string(text *t, qw_str s, bool ascii) {
    text_put(t, "\"");
    put(t, s, false, ascii);
    text_put(t, "\"");
}

void json_put_name(text *t, qw_str s) {
    const char *p = s.p, *end = s.p + s.n;
    text_put(t, "\"");
    while (p < end) {
        const char *start = p;
        for (size_t n; p < end && (n = (unsigned char)*p < 0x80 ? 1 : character(p, end)) > 0;)
            p += n;
        put(t, (qw_str){start, (size_t)(p - start)}, false, false);
        for (; p < end && (unsigned char)*p >= 0x80 && !character(p, end); p++)
            text_printf(t, "\\\\x%02X", (unsigned)(unsigned char)*p);
    }
    text_put(t, "\"");
}

void json_put_raw(text *t, qw_str json, bool ascii) {
    put(t, json, true, ascii);
}

/* ---- base64 -------------------------------------------------------------------------------- */

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void json_put_base64(text *t, qw_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    for (size_t at = 0; at < bytes.n; at += 3) {
        size_t n = bytes.n - at < 3 ? bytes.n - at : 3;
        unsigned v = (unsigned)p[at] << 16 | (n > 1 ? (unsigned)p[at + 1] << 8 : 0) |
                     (n > 2 ? (unsigned)p[at + 2] : 0);
        char four[4] = {letters[v >> 18], letters[v >> 12 & 63], n > 1 ? letters[v >> 6 & 63] : '=',
                        n > 2 ? letters[v & 63] : '='};
        text_add(t, four, sizeof four);
    }
}

/* What a letter stands for, and 1; 0: it is none. */
static const unsigned char values[256] = {
    ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
    ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
    ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
    ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
    ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
    ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
    ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
    ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64};

/* Four letters are three bytes. Their number is in *v. */
static bool take_four(const char *p, unsigned *v) {
    unsigned a = values[(unsigned char)p[0]], b = values[(unsigned char)p[1]],
             c = values[(unsigned char)p[2]], d = values[(unsigned char)p[3]];
    if (!a || !b || !c || !d) return false;
    *v = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
    return true;
}

/* Bits that are left over at the end must be 0, and padding that is there complete. */
bool json_take_base64(char *p, size_t *n) {
    size_t length = *n, got = 0, at = 0;
    unsigned v;
    while (length > 0 && *n - length < 2 && p[length - 1] == '=') length--;
    if (length % 4 == 1 || (*n > length && *n % 4 != 0)) return false;
    for (; length - at >= 4; at += 4, got += 3) {
        if (!take_four(p + at, &v)) return false;
        p[got] = (char)(v >> 16), p[got + 1] = (char)(v >> 8), p[got + 2] = (char)v;
    }
    size_t rest = length - at; /* 0, 2 or 3 letters, as if zeros followed */
    if (rest) {
        char last[4] = {p[at], p[at + 1], rest == 3 ? p[at + 2] : 'A', 'A'};
        if (!take_four(last, &v) || v & (rest == 3 ? 0xFFu : 0xFFFFu)) return false;
        for (size_t i = 1; i < rest; i++) p[got++] = (char)(v >> (24 - 8 * i));
    }
    *n = got;
    return true;
}

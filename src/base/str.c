#include "base/str.h"

size_t str_find(str s, str needle, size_t from) {
    if (needle.n == 0) return from <= s.n ? from : STR_NONE;
    while (from + needle.n <= s.n) {
        const char *hit = memchr(s.p + from, needle.p[0], s.n - from - needle.n + 1);
        if (!hit) return STR_NONE;
        from = (size_t)(hit - s.p);
        if (memcmp(hit, needle.p, needle.n) == 0) return from;
        from++;
    }
    return STR_NONE;
}

size_t str_find_byte(str s, char c, size_t from) {
    if (from >= s.n) return STR_NONE;
    const char *hit = memchr(s.p + from, c, s.n - from);
    return hit ? (size_t)(hit - s.p) : STR_NONE;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_is_ascii(str s) {
    uint8_t all = 0;
    for (size_t i = 0; i < s.n; i++) all |= (uint8_t)s.p[i];
    return all < 0x80;
}

str str_trim(str s) {
    while (s.n && is_blank(s.p[0])) s.p++, s.n--;
    while (s.n && is_blank(s.p[s.n - 1])) s.n--;
    return s;
}

bool str_next(str *rest, char separator, str *field) {
    if (!rest->p) return false;
    size_t at = str_find_byte(*rest, separator, 0);
    if (at == STR_NONE) {
        *field = *rest;
        *rest = (str){NULL, 0};
        return field->n > 0;
    }
    *field = str_cut(*rest, 0, at);
    *rest = str_cut(*rest, at + 1, rest->n);
    return true;
}

int str_cmp(str a, str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

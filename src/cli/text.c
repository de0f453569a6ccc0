#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP = 1 << 20 };

void text_free(text *t) {
    free(t->p);
    *t = (text){0};
}

void text_clear(text *t) {
    if (t->cap > KEEP || t->failed) {
        text_free(t);
        return;
    }
    t->n = 0;
    if (t->p) t->p[0] = '\0';
}

static char *room(text *t, size_t n) {
    if (t->failed || n >= SIZE_MAX / 2 - t->n) return t->failed = true, NULL;
    if (t->cap - t->n > n) return t->p + t->n;
    size_t cap = t->cap ? t->cap : 128;
    while (cap - t->n <= n) cap *= 2;
    char *p = realloc(t->p, cap);
    if (!p) return t->failed = true, NULL;
    t->p = p;
    t->cap = cap;
    return p + t->n;
}

bool text_add(text *t, const char *p, size_t n) {
    char *to = room(t, n);
    if (!to) return false;
    if (n) memcpy(to, p, n);
    t->n += n;
    t->p[t->n] = '\0';
    return true;
}

bool text_put(text *t, const char *z) {
    return text_add(t, z, strlen(z));
}

bool text_printf(text *t, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : room(t, (size_t)n);
    if (p) {
        vsnprintf(p, (size_t)n + 1, format, again);
        t->n += (size_t)n;
    }
    va_end(again);
    return p != NULL;
}

/* Length of the well-formed UTF-8 sequence at p and its code point; 0 when there is none. */
static size_t read_character(const unsigned char *p, size_t n, unsigned *c) {
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (length == 0 || length > n || p[0] > 0xF4) return 0;
    *c = length == 1 ? p[0] : p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        *c = *c << 6 | (p[i] & 0x3F);
    }
    bool scalar = *c >= least[length] && *c <= 0x10FFFF && (*c < 0xD800 || *c > 0xDFFF);
    return scalar ? length : 0;
}

/* Characters that nobody sees or that turn a line about: Cc, Cf, Zl and Zp of Unicode that occur
 * in text, and the tags. */
static bool is_invisible(unsigned c) {
    static const unsigned ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x61C, 0x61C},
        {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
        {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
    return false;
}

void text_show(text *t, qw_str s, size_t most) {
    size_t shown = 0;
    for (size_t at = 0; at < s.n; shown++) {
        unsigned c = 0;
        if (most && shown == most) {
            text_put(t, "…");
            return;
        }
        size_t n = read_character((const unsigned char *)s.p + at, s.n - at, &c);
        if (n == 0)
            text_printf(t, "<%02X>", (unsigned char)s.p[at]);
        else if (is_invisible(c))
            text_printf(t, "<U+%04X>", c);
        else
            text_add(t, s.p + at, n);
        at += n ? n : 1;
    }
}

bool text_sink(void *self, const void *bytes, size_t n) {
    return text_add(self, bytes, n);
}

#include "run/font_file.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_FACES = 64,      /* fonts in one collection */
    MOST_TABLES = 64,     /* tables of a font */
    MOST_NAMES = 64 << 10 /* bytes of its table of names */
};

/* A file that is being read, and what is looked for. */
typedef struct font_file {
    FILE *f;
    font_wanted *all;
    size_t n, found;
} font_file;

static unsigned long big(const unsigned char *p, unsigned bytes) {
    unsigned long value = 0;
    for (unsigned i = 0; i < bytes; i++) value = value << 8 | p[i];
    return value;
}

static bool read_at(font_file *x, unsigned long at, void *to, size_t n) {
    return at <= 0x7FFFFFFF && fseek(x->f, (long)at, SEEK_SET) == 0 && fread(to, 1, n, x->f) == n;
}

/* The next character of UTF-8 that is well formed, as the library's strings are. */
static unsigned long next_character(qw_str s, size_t *at) {
    unsigned char c = (unsigned char)s.p[*at];
    unsigned more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    unsigned long value = more ? c & (0x3Fu >> more) : c;
    for (++*at; more && *at < s.n; more--, ++*at)
        value = value << 6 | ((unsigned char)s.p[*at] & 0x3F);
    return value;
}

/* Whether UTF-16 (big-endian) says the same as UTF-8; names of fonts have no case to keep. */
static bool is_name(const unsigned char *p, size_t n, qw_str name) {
    size_t at = 0, i = 0;
    for (; at < name.n && i + 1 < n; i += 2) {
        unsigned long a = next_character(name, &at), b = big(p + i, 2);
        if (a >= 'A' && a <= 'Z') a += 'a' - 'A';
        if (b >= 'A' && b <= 'Z') b += 'a' - 'A';
        if (a != b) return false;
    }
    return at == name.n && i == n;
}

static void take_name(font_file *x, const unsigned char *p, size_t n) {
    for (size_t i = 0; i < x->n; i++) {
        if (x->all[i].found || !is_name(p, n, x->all[i].name)) continue;
        x->all[i].found = true;
        x->found++;
    }
}

/* The table `name`: family (1), full name (4), typographic family (16), in every language. */
static void read_names(font_file *x, unsigned long at, size_t n) {
    unsigned char *table = n >= 6 && n <= MOST_NAMES ? malloc(n) : NULL;
    if (table && read_at(x, at, table, n)) {
        size_t count = big(table + 2, 2), texts = big(table + 4, 2);
        for (size_t i = 0; i < count && 18 + 12 * i <= n; i++) {
            const unsigned char *r = table + 6 + 12 * i;
            unsigned long platform = big(r, 2), id = big(r + 6, 2);
            size_t size = big(r + 8, 2), from = texts + big(r + 10, 2);
            bool wide = platform == 0 || platform == 3;
            if (wide && (id == 1 || id == 4 || id == 16) && from <= n && size <= n - from)
                take_name(x, table + from, size);
        }
    }
    free(table);
}

static void read_face(font_file *x, unsigned long at) {
    unsigned char head[12], record[16];
    if (!read_at(x, at, head, sizeof head)) return;
    unsigned long tables = big(head + 4, 2);
    for (unsigned long i = 0; i < tables && i < MOST_TABLES; i++) {
        if (!read_at(x, at + 12 + 16 * i, record, sizeof record)) return;
        if (memcmp(record, "name", 4) != 0) continue;
        read_names(x, big(record + 8, 4), big(record + 12, 4));
        return;
    }
}

size_t font_file_read(FILE *f, font_wanted *all, size_t n) {
    unsigned char head[12], offset[4];
    font_file x = {.f = f, .all = all, .n = n};
    if (!read_at(&x, 0, head, sizeof head) || memcmp(head, "ttcf", 4) != 0) {
        read_face(&x, 0);
        return x.found;
    }
    unsigned long faces = big(head + 8, 4);
    for (unsigned long i = 0; i < faces && i < MOST_FACES; i++)
        if (read_at(&x, 12 + 4 * i, offset, sizeof offset)) read_face(&x, big(offset, 4));
    return x.found;
}

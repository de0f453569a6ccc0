#include "run/fonts.h"

#include "path.h"
#include "say.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
    DEEPEST = 6,          /* folders in folders */
    MOST_ENTRIES = 50000, /* of all folders */
    MOST_FACES = 64,      /* fonts in one collection */
    MOST_TABLES = 64,     /* tables of a font */
    MOST_NAMES = 64 << 10 /* bytes of its table of names */
};

typedef struct finder {
    font_wanted *all;
    size_t n, missing, entries;
} finder;

/* ---- OpenType -------------------------------------------------------------------------------- */

static unsigned long big(const unsigned char *p, unsigned bytes) {
    unsigned long value = 0;
    for (unsigned i = 0; i < bytes; i++) value = value << 8 | p[i];
    return value;
}

static bool read_at(FILE *f, unsigned long at, void *to, size_t n) {
    return at <= 0x7FFFFFFF && fseek(f, (long)at, SEEK_SET) == 0 && fread(to, 1, n, f) == n;
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

static void take_name(finder *x, const unsigned char *p, size_t n) {
    for (size_t i = 0; i < x->n; i++) {
        if (x->all[i].found || !is_name(p, n, x->all[i].name)) continue;
        x->all[i].found = true;
        x->missing--;
    }
}

/* The table `name`: family (1), full name (4), typographic family (16), in every language. */
static void read_names(finder *x, FILE *f, unsigned long at, size_t n) {
    unsigned char *table = n >= 6 && n <= MOST_NAMES ? malloc(n) : NULL;
    if (table && read_at(f, at, table, n)) {
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

static void read_face(finder *x, FILE *f, unsigned long at) {
    unsigned char head[12], record[16];
    if (!read_at(f, at, head, sizeof head)) return;
    unsigned long tables = big(head + 4, 2);
    for (unsigned long i = 0; i < tables && i < MOST_TABLES; i++) {
        if (!read_at(f, at + 12 + 16 * i, record, sizeof record)) return;
        if (memcmp(record, "name", 4) != 0) continue;
        read_names(x, f, big(record + 8, 4), big(record + 12, 4));
        return;
    }
}

static void read_font(finder *x, const char *path) {
    unsigned char head[12], offset[4];
    FILE *f = fopen(path, "rb");
    if (!f) return;
    if (!read_at(f, 0, head, sizeof head) || memcmp(head, "ttcf", 4) != 0) {
        read_face(x, f, 0);
    } else {
        unsigned long faces = big(head + 8, 4);
        for (unsigned long i = 0; i < faces && i < MOST_FACES; i++)
            if (read_at(f, 12 + 4 * i, offset, sizeof offset)) read_face(x, f, big(offset, 4));
    }
    fclose(f);
}

/* ---- Folders --------------------------------------------------------------------------------- */

static bool is_font(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && (!strcasecmp(dot, ".ttf") || !strcasecmp(dot, ".otf") ||
                   !strcasecmp(dot, ".ttc") || !strcasecmp(dot, ".otc"));
}

static void look_in(finder *x, const char *folder, unsigned depth) {
    DIR *d = depth < DEEPEST ? opendir(folder) : NULL;
    for (struct dirent *e; d && x->missing && x->entries < MOST_ENTRIES && (e = readdir(d));) {
        struct stat info;
        x->entries++;
        if (e->d_name[0] == '.') continue;
        char *path = path_join(folder, e->d_name);
        if (path && stat(path, &info) == 0) {
            if (S_ISDIR(info.st_mode))
                look_in(x, path, depth + 1);
            else if (S_ISREG(info.st_mode) && is_font(e->d_name))
                read_font(x, path);
        }
        free(path);
    }
    if (d) closedir(d);
}

static void look_under(finder *x, const char *home, const char *folder) {
    char *path = home && *home ? path_join(home, folder) : NULL;
    if (path) look_in(x, path, 0);
    free(path);
}

/* The XDG Base Directory Specification says where data lie; fonts lie there in `fonts`. */
static void look_in_data_folders(finder *x) {
    const char *list = getenv("XDG_DATA_DIRS");
    if (!list || !*list) list = "/usr/local/share:/usr/share";
    while (*list) {
        size_t n = strcspn(list, ":");
        char *folder = path_part(list, n);
        look_under(x, folder, "fonts");
        free(folder);
        list += n + (list[n] == ':');
    }
}

void fonts_find(font_wanted *all, size_t n) {
    finder x = {.all = all, .n = n, .missing = n};
    const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");
    for (size_t i = 0; i < n; i++) all[i].found = false;
    if (data && *data)
        look_under(&x, data, "fonts");
    else
        look_under(&x, home, ".local/share/fonts");
    look_under(&x, home, ".fonts");
    look_in_data_folders(&x);
    look_under(&x, home, "Library/Fonts"); /* macOS */
    look_in(&x, "/Library/Fonts", 0);
    look_in(&x, "/System/Library/Fonts", 0);
}

/* ---- What is said ---------------------------------------------------------------------------- */

void fonts_say_missing(text *t, qw_language language, const char *layout) {
    enum { FONTS = 8 };
    font_wanted all[2 * FONTS]; /* a font, and what stands in for it */
    qw_font font;
    size_t n = 0;
    for (; n < FONTS && qw_layout_font(layout, n, &font); n++) {
        all[2 * n].name = font.name;
        all[2 * n + 1].name = font.substitute;
    }
    fonts_find(all, 2 * n);
    text list = {0};
    for (size_t i = 0; i < 2 * n; i += 2) {
        if (all[i].found) continue;
        if (list.n) text_put(&list, language == QW_CHINESE ? "、" : ", ");
        text_show(&list, all[i].name, 0);
        if (!all[i + 1].found) continue;
        text_put(&list, " → ");
        text_show(&list, all[i + 1].name, 0);
    }
    if (list.n) say_error(t, language, NULL, SAY_FONTS_MISSING, WORDS(text_z(&list)));
    text_free(&list);
}

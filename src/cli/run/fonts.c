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
    DEEPEST = 6,         /* folders in folders */
    MOST_ENTRIES = 50000 /* of all folders */
};

typedef struct finder {
    font_wanted *all;
    size_t n, missing, entries;
} finder;

/* ---- Folders --------------------------------------------------------------------------------- */

static void read_font(finder *x, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return;
    x->missing -= font_file_read(f, x->all, x->n);
    fclose(f);
}

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

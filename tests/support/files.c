#include "support/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void give_up(const char *path, const char *doing) {
    fprintf(stderr, "%s: cannot %s: %s\n", path, doing, strerror(errno));
    exit(99);
}

void *need_memory(void *old, size_t n) {
    void *p = realloc(old, n ? n : 1);
    if (!p) give_up("test", "get memory");
    return p;
}

char *text_of(const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t n = (size_t)vsnprintf(NULL, 0, format, args) + 1;
    va_end(args);
    char *p = need_memory(NULL, n);
    vsnprintf(p, n, format, again);
    va_end(again);
    return p;
}

bool content_add(void *self, const void *bytes, size_t n) {
    content *c = self;
    c->p = need_memory(c->p, c->n + n + 1);
    memcpy(c->p + c->n, bytes, n);
    c->n += n;
    c->p[c->n] = '\0';
    return true;
}

content file_read(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return (content){NULL, 0};
    content c = {need_memory(NULL, 4096), 0};
    size_t cap = 4096, got;
    while ((got = fread(c.p + c.n, 1, cap - c.n - 1, f)) > 0) {
        c.n += got;
        if (c.n == cap - 1) c.p = need_memory(c.p, cap *= 2);
    }
    if (ferror(f)) give_up(path, "read");
    fclose(f);
    c.p[c.n] = '\0';
    return c;
}

static void make_parent(const char *path) {
    const char *slash = strrchr(path, '/');
    char *parent = text_of("%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    folder_make(parent);
    free(parent);
}

void file_write(const char *path, const void *bytes, size_t n) {
    make_parent(path);
    FILE *f = fopen(path, "wb");
    if (!f) give_up(path, "write");
    bool written = n == 0 || fwrite(bytes, 1, n, f) == n;
    if (fclose(f) != 0 || !written) give_up(path, "write");
}

void file_copy(const char *from, const char *to) {
    content c = file_read(from);
    if (!c.p) give_up(from, "read");
    file_write(to, c.p, c.n);
    free(c.p);
}

static mode_t mode_of(const char *path) {
    struct stat s;
    return stat(path, &s) == 0 ? s.st_mode : 0;
}

bool is_folder(const char *path) {
    return S_ISDIR(mode_of(path));
}

bool is_file(const char *path) {
    return S_ISREG(mode_of(path));
}

void names_add(names *list, char *name) {
    list->at = need_memory(list->at, (list->n + 1) * sizeof *list->at);
    list->at[list->n++] = name;
}

void names_free(names *list) {
    for (size_t i = 0; i < list->n; i++) free(list->at[i]);
    free(list->at);
    *list = (names){NULL, 0};
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

names folder_list(const char *path) {
    names list = {NULL, 0};
    DIR *d = opendir(path);
    if (!d) give_up(path, "list");
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            names_add(&list, text_of("%s", e->d_name));
    closedir(d);
    if (list.n) qsort(list.at, list.n, sizeof *list.at, by_bytes);
    return list;
}

static void walk(const char *root, const char *below, names *found) {
    char *here = text_of("%s/%s", root, below);
    names list = folder_list(here);
    for (size_t i = 0; i < list.n; i++) {
        char *path = *below ? text_of("%s/%s", below, list.at[i]) : text_of("%s", list.at[i]);
        char *whole = text_of("%s/%s", root, path);
        if (is_folder(whole)) {
            walk(root, path, found);
            free(path);
        } else {
            names_add(found, path);
        }
        free(whole);
    }
    names_free(&list);
    free(here);
}

names folder_walk(const char *path) {
    names found = {NULL, 0};
    walk(path, "", &found);
    if (found.n) qsort(found.at, found.n, sizeof *found.at, by_bytes);
    return found;
}

void folder_make(const char *path) {
    char *copy = text_of("%s", path);
    for (char *slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(copy, 0777);
        *slash = '/';
    }
    if (mkdir(copy, 0777) != 0 && errno != EEXIST) give_up(path, "make");
    free(copy);
}

void folder_remove(const char *path) {
    if (!is_folder(path)) return;
    names list = folder_list(path);
    for (size_t i = 0; i < list.n; i++) {
        char *below = text_of("%s/%s", path, list.at[i]);
        if (is_folder(below))
            folder_remove(below);
        else if (unlink(below) != 0)
            give_up(below, "remove");
        free(below);
    }
    names_free(&list);
    if (rmdir(path) != 0) give_up(path, "remove");
}

char *folder_scratch(void) {
    const char *under = getenv("TMPDIR");
    char *path = text_of("%s/qingwen-XXXXXX", under && *under ? under : "/tmp");
    if (!mkdtemp(path)) give_up(path, "make");
    return path;
}

const char *extension_of(const char *path) {
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name : path, '.');
    return dot ? dot + 1 : "";
}

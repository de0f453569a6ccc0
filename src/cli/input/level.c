#include "input/level.h"

#include "input/load.h"
#include "output/digest.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

/* ---- Entries ------------------------------------------------------------------------------- */

void level_free(level *l) {
    text_free(&l->names);
    globs_free(&l->ignored);
    free(l->entries);
    free(l->path);
    free(l->name);
    free(l->whole);
    free(l->was);
    qw_names_free(l->fixed);
}

bool level_add(level *l, const char *name, enum entry_kind kind, const struct stat *info) {
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 16;
        entry *p = realloc(l->entries, cap * sizeof *p);
        if (!p) return false;
        l->entries = p;
        l->cap = cap;
    }
    entry *e = &l->entries[l->n];
    *e = (entry){.is.offset = l->names.n, .kind = (unsigned char)kind};
    if (info) {
        e->size = info->st_size < UINT32_MAX ? (uint32_t)info->st_size : UINT32_MAX;
        e->modified = modified_at(info);
    }
    if (!text_add(&l->names, name, strlen(name) + 1)) return false;
    l->n++;
    return true;
}

void level_settle(level *l) {
    for (size_t i = 0; i < l->n; i++) l->entries[i].is.name = l->names.p + l->entries[i].is.offset;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const entry *)a)->is.name, ((const entry *)b)->is.name);
}

void level_sort(level *l) {
    if (l->n) qsort(l->entries, l->n, sizeof *l->entries, by_name);
}

static const char *last_part(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

/* Files by the part of their names that an output keeps. */
static int by_stem(const void *a, const void *b) {
    const char *x = last_part((*(entry *const *)a)->is.name),
               *y = last_part((*(entry *const *)b)->is.name);
    size_t n = path_stem(x), m = path_stem(y);
    int order = memcmp(x, y, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

/* Whether each stem comes behind the one before it, so that no two are the same: names are mostly
 * in this order as they are. */
static bool are_apart(entry *const *files, size_t n) {
    for (size_t i = 1; i < n; i++)
        if (by_stem(&files[i - 1], &files[i]) >= 0) return false;
    return true;
}

bool level_mark_twins(level *l) {
    entry **files = malloc((l->n + 1) * sizeof(entry *));
    size_t n = 0;
    if (!files) return false;
    for (size_t i = 0; i < l->n; i++)
        if (l->entries[i].kind == ENTRY_FILE) files[n++] = &l->entries[i];
    bool apart = are_apart(files, n);
    if (!apart) qsort(files, n, sizeof *files, by_stem);
    for (size_t i = 1; i < n && !apart; i++)
        if (by_stem(&files[i - 1], &files[i]) == 0) files[i - 1]->twin = files[i]->twin = true;
    free(files);
    return true;
}

/* ---- Names --------------------------------------------------------------------------------- */

bool level_fix_names(level *l) {
    qw_str *names = calloc(l->n + 1, sizeof *names);
    for (size_t i = 0; i < l->n && names; i++) names[i] = str_z(l->entries[i].is.name);
    l->fixed = names ? qw_names_fix(names, l->n, NULL) : NULL;
    free(names);
    return l->fixed != NULL;
}

/* ---- All together -------------------------------------------------------------------------- */

/* The same in whatever order entries come. */
walk_folder level_sum(const level *l) {
    walk_folder f = {.number = l->number, .whole = l->whole, .name = l->name};
    for (size_t i = 0; i < l->n; i++) {
        const entry *e = &l->entries[i];
        if (e->kind == ENTRY_FOLDER) continue;
        uint64_t of = digest_of_entry(e->is.name, e->size, e->modified);
        f.digest += of ^ (uint64_t)e->kind << 56;
        f.n++;
        f.bytes += e->size;
        f.archives |= e->kind == ENTRY_FILE && is_archive_name(e->is.name);
    }
    return f;
}

void level_keep_folders(level *l) {
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (l->entries[i].kind == ENTRY_FOLDER) l->entries[n++] = l->entries[i];
    l->n = n;
}

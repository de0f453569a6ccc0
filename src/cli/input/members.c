#include "input/members.h"

#include "interrupt.h"
#include "path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- Names --------------------------------------------------------------------------------- */

/* Longer ones first. A packed file that is no archive inside loses only the last part. */
static const char *const extensions[] = {
    ".tar.gz", ".tar.xz", ".tar.zst", ".tar.bz2", ".tgz", ".txz", ".tzst", ".tbz2",
    ".zip",    ".7z",     ".rar",     ".tar",     ".gz",  ".xz",  ".zst",  ".bz2"};

size_t archive_stem(const char *name) {
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        size_t k = strlen(extensions[i]);
        if (n > k && name[n - k - 1] != '/' && strcasecmp(name + n - k, extensions[i]) == 0)
            return n - k;
    }
    return n;
}

bool is_archive_name(const char *name) {
    return name[archive_stem(name)] != '\0';
}

/* A Word document that is damaged is no archive for that. */
static bool is_word_name(const char *name) {
    static const char *const word[] = {".docx", ".docm", ".dotx", ".dotm"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (n > 5 && strcasecmp(name + n - 5, word[i]) == 0) return true;
    return false;
}

bool may_be_archive(const char *path) {
    char head[QW_ARCHIVE_HEAD];
    struct stat info;
    if (is_word_name(path)) return false;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) return false;
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    if (f) fclose(f);
    return qw_archive_kind(head, n);
}

bool is_archive(const char *path) {
    if (!may_be_archive(path)) return false;
    qw_archive *a = qw_archive_open(&(qw_input){.name = path}, NULL, NULL);
    bool archive = a ? !qw_archive_is_document(a) : is_archive_name(path);
    qw_archive_close(a);
    return archive;
}

/* ---- Reading one member -------------------------------------------------------------------- */

typedef struct filling {
    loaded *to;
    say_id what; /* why it stopped, or SAY_COUNT */
} filling;

static bool fill(void *self, const void *bytes, size_t n) {
    filling *f = self;
    if (interrupted()) return false;
    f->what = load_add(f->to, bytes, n);
    return f->what == SAY_COUNT;
}

static bool read_into(qw_archive *a, uint32_t at, loaded *l, say_id *what, int *error,
                      qw_error *why) {
    filling f = {l, SAY_COUNT};
    l->n = 0;
    bool ok = qw_archive_read(a, at, &(qw_sink){fill, &f}, why);
    *what = f.what;
    *error = 0;
    return ok;
}

/* ---- Open archives ------------------------------------------------------------------------- */

static void close_from(members *m, size_t depth) {
    while (m->depth > depth) {
        m->depth--;
        qw_archive_close(m->open[m->depth]);
        load_free(&m->bytes[m->depth]);
    }
    if (depth == 0) {
        free(m->path);
        m->path = NULL;
    }
}

void members_close(members *m) {
    close_from(m, 0);
}

static bool open_outermost(members *m, const char *path, say_id *what, int *error, qw_error *why) {
    if (m->depth && strcmp(m->path, path) == 0) return true;
    close_from(m, 0);
    *what = SAY_CANNOT_OPEN;
    m->path = path_join("", path);
    if (stat(path, &m->info) != 0 || !m->path) return *error = errno, false;
    *what = SAY_COUNT;
    m->open[0] = qw_archive_open(&(qw_input){.name = path}, m->options, why);
    m->depth = m->open[0] != NULL;
    return m->open[0] != NULL;
}

/* Opens the archive that is member `at` of the innermost one that is open. Its name counts for what
 * is packed alone, when its list is read. */
static bool open_inner(members *m, uint32_t at, say_id *what, int *error, qw_error *why) {
    loaded *l = &m->bytes[m->depth];
    if (!read_into(m->open[m->depth - 1], at, l, what, error, why)) return load_free(l), false;
    qw_member self = {.name = "data"};
    qw_archive_member(m->open[m->depth - 1], at, &self, NULL);
    qw_input input = {.name = self.name, .bytes = l->p ? l->p : "", .n = l->n};
    m->open[m->depth] = qw_archive_open(&input, m->options, why);
    if (!m->open[m->depth]) return load_free(l), false;
    m->at[m->depth++] = at;
    return true;
}

qw_archive *members_open(members *m, const member *at, say_id *what, int *error, qw_error *why) {
    *what = SAY_COUNT;
    if (!open_outermost(m, at->archive, what, error, why)) return NULL;
    for (uint32_t level = 1; level < at->depth; level++) {
        if (m->depth > level && m->at[level] != at->at[level - 1]) close_from(m, level);
        if (m->depth > level) continue;
        if (!open_inner(m, at->at[level - 1], what, error, why)) return NULL;
    }
    return m->open[at->depth - 1];
}

bool members_read(members *m, const member *at, loaded *l, say_id *what, int *error,
                  qw_error *why) {
    qw_archive *a = members_open(m, at, what, error, why);
    if (!a) return false;
    bool ok = read_into(a, at->at[at->depth - 1], l, what, error, why);
    l->info = m->info;
    l->info.st_size = (off_t)l->n;
    return ok;
}

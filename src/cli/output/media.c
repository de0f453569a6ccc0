#include "output/media.h"

#include "input/load.h"
#include "path.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool fail(media *m, say_id what) {
    if (!m->file.error) m->file.error = errno;
    m->what = what;
    m->failed = true;
    return false;
}

/* ---- Links --------------------------------------------------------------------------------- */

/* The path of one folder as seen from another; both whole, without links or "..". */
static char *seen_from(const char *from, const char *to) {
    size_t same = 0, i = 0;
    text t = {0};
    for (; from[i] && from[i] == to[i]; i++)
        if (from[i] == '/') same = i + 1;
    bool at_from = !from[i], at_to = !to[i];
    if (at_from && at_to) return path_join("", "");
    if (at_from && (to[i] == '/' || i == 1)) return path_join("", to + i + (to[i] == '/'));
    bool below = at_to && (from[i] == '/' || i == 1); /* the folder leads to where we are */
    const char *rest = below ? from + i + (from[i] == '/') : from + same;
    text_put(&t, "..");
    for (const char *c = rest; *c; c++)
        if (*c == '/') text_put(&t, "/..");
    if (!below) text_put(&t, "/"), text_put(&t, to + same);
    char *seen = path_join("", text_z(&t));
    text_free(&t);
    return seen;
}

static char *link_to(const char *folder, const char *path) {
    char *home = path ? path_folder(path) : path_join("", ".");
    char *from = home ? realpath(home, NULL) : NULL, *to = realpath(folder, NULL);
    char *seen = from && to ? seen_from(from, to) : NULL;
    int error = errno;
    free(home);
    free(from);
    free(to);
    errno = error;
    return seen;
}

/* ---- One picture --------------------------------------------------------------------------- */

static bool holds(const char *path, const void *bytes, size_t n) {
    loaded l = {0};
    say_id what;
    int error;
    bool same = load(&l, path, &what, &error) && l.n == n && memcmp(l.p, bytes, n) == 0;
    load_free(&l);
    return same;
}

static bool write_file(media *m, const void *bytes, size_t n) {
    say_id what = SAY_CANNOT_WRITE;
    output *o = &m->file;
    if (!output_begin(o, m->number, &what)) return fail(m, what);
    bool ok = output_sink(o, bytes, n);
    ok = output_end(o) && ok && output_sync(o);
    if (!ok) return fail(m, SAY_CANNOT_WRITE);
    return output_commit(o, &what) || fail(m, what);
}

/* A qw_media.write. What stands there and is no file is never written to. */
static bool take(void *self, const char *name, const void *bytes, size_t n) {
    media *m = self;
    struct stat there;
    say_id what;
    output_drop(&m->file);
    char *path = path_join(m->folder, name);
    bool exists = path && lstat(path, &there) == 0, plain = exists && S_ISREG(there.st_mode);
    if (plain && (size_t)there.st_size == n && holds(path, bytes, n)) return free(path), true;
    bool may = output_prepare(&m->file, path, path_join("", name), &m->rules, NULL, NULL, &what);
    if (!may) return fail(m, what);
    if (m->file.special) return fail(m, SAY_IS_FOREIGN);
    return write_file(m, bytes, n);
}

bool media_begin(media *m, const char *folder, const char *path, const output_rules *rules,
                 uint64_t number) {
    *m = (media){.folder = folder, .rules = *rules, .number = number, .file = {.fd = -1}};
    char *inside = path_join(folder, "picture");
    bool made = inside && path_make_folders(inside);
    free(inside);
    m->link = made ? link_to(folder, path) : NULL;
    m->taker = (qw_media){take, m, m->link};
    if (m->link) return true;
    m->file.error = errno;
    m->file.path = path_join("", folder);
    return fail(m, SAY_CANNOT_MAKE_FOLDER);
}

void media_end(media *m) {
    output_drop(&m->file);
    free(m->link);
}

#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static char *copy(const char *p, size_t n) {
    char *z = malloc(n + 1);
    if (!z) return NULL;
    memcpy(z, p, n);
    z[n] = '\0';
    return z;
}

char *path_part(const char *name, size_t n) {
    return copy(name, n);
}

char *path_join(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    if (n == 0) return copy(b, m);
    bool slash = a[n - 1] != '/';
    char *z = malloc(n + slash + m + 1);
    if (!z) return NULL;
    memcpy(z, a, n);
    if (slash) z[n] = '/';
    memcpy(z + n + slash, b, m + 1);
    return z;
}

/* Length without slashes at the end, but that of the root. */
static size_t trimmed(const char *path) {
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    return n;
}

char *path_base(const char *path) {
    size_t n = trimmed(path), from = n;
    while (from > 0 && path[from - 1] != '/') from--;
    return copy(path + from, n - from);
}

char *path_folder(const char *path) {
    size_t n = trimmed(path);
    while (n > 0 && path[n - 1] != '/') n--;
    while (n > 1 && path[n - 1] == '/') n--;
    return n ? copy(path, n) : copy(".", 1);
}

/* ---- Formats ------------------------------------------------------------------------------- */

static bool has_extension(const qw_format_info *f, const char *extension) {
    size_t n = strlen(extension);
    for (const char *p = f->extensions; n && *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == n && strncasecmp(p, extension, n) == 0) return true;
    return false;
}

const qw_format_info *path_format(const char *name) {
    const char *slash = strrchr(name, '/'), *dot = strrchr(slash ? slash : name, '.');
    const qw_format_info *f;
    for (size_t i = 0; dot && (f = qw_format_at(i)); i++)
        if (has_extension(f, dot + 1)) return f;
    return NULL;
}

size_t path_stem(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && dot > name && path_format(name) ? (size_t)(dot - name) : strlen(name);
}

const qw_format_info *format_named(const char *name, size_t n) {
    const qw_format_info *f;
    for (size_t i = 0; (f = qw_format_at(i)); i++)
        if (strlen(f->name) == n && memcmp(f->name, name, n) == 0) return f;
    return NULL;
}

qw_str format_extension(const qw_format_info *format) {
    const char *list = *format->extensions ? format->extensions : format->name;
    return (qw_str){list, strcspn(list, " ")};
}

char *path_output(const char *name, bool twin, const qw_format_info *format) {
    if (path_format(name) == format) return copy(name, strlen(name));
    size_t stem = twin ? strlen(name) : path_stem(name);
    qw_str extension = format_extension(format);
    char *z = malloc(stem + extension.n + 2);
    if (!z) return NULL;
    memcpy(z, name, stem);
    z[stem] = '.';
    memcpy(z + stem + 1, extension.p, extension.n);
    z[stem + 1 + extension.n] = '\0';
    return z;
}

bool path_make_folders(const char *file) {
    char *z = copy(file, strlen(file));
    bool ok = z != NULL;
    for (char *p = z ? strchr(z + 1, '/') : NULL; p && ok; p = strchr(p + 1, '/')) {
        *p = '\0';
        ok = mkdir(z, 0777) == 0 || errno == EEXIST;
        *p = '/';
    }
    int error = errno;
    free(z);
    errno = error;
    return ok;
}

#include "ledger.h"

#include "load.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct line {
    const char *output, *input; /* escaped, in the ledger's bytes */
    uint64_t size, digest;
} line;

struct ledger {
    char *path;
    loaded bytes;
    line *lines; /* by output */
    size_t n;
    int fd; /* to add lines; -1 until there is one to add */
};

/* ---- Lines --------------------------------------------------------------------------------- */

static void escape(text *t, const char *name) {
    for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
        if (*p <= ' ' || *p == '%' || *p == 0x7F)
            text_printf(t, "%%%02X", *p);
        else
            text_add(t, (const char *)p, 1);
    }
}

/* Takes a line apart; its fields end in NUL then. */
static bool parse(char *p, line *l) {
    int n = 0;
    if (sscanf(p, "%16" SCNx64 " %20" SCNu64 " %n", &l->digest, &l->size, &n) != 2 || n == 0)
        return false;
    char *space = strchr(p + n, ' ');
    if (!space) return false;
    *space = '\0';
    l->output = p + n;
    l->input = space + 1;
    return true;
}

static int by_output(const void *a, const void *b) {
    const line *x = a, *y = b;
    int order = strcmp(x->output, y->output);
    return order ? order : (x->output > y->output) - (x->output < y->output);
}

static bool read_lines(ledger *l) {
    size_t lines = 1;
    for (size_t i = 0; i < l->bytes.n; i++) lines += l->bytes.p[i] == '\n';
    l->lines = malloc(lines * sizeof *l->lines);
    if (!l->lines) return false;
    char *p = l->bytes.p, *end = p + l->bytes.n;
    while (p < end) {
        char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) break; /* half a line: the disk was full */
        *stop = '\0';
        if (parse(p, &l->lines[l->n])) l->n++;
        p = stop + 1;
    }
    if (l->n) qsort(l->lines, l->n, sizeof *l->lines, by_output);
    return true;
}

/* ---- Asking -------------------------------------------------------------------------------- */

static size_t first_of(const ledger *l, const char *output) {
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(l->lines[middle].output, output) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool find(const ledger *l, const char *output, const char *input, uint64_t size,
                 const uint64_t *digest) {
    text name = {0}, from = {0};
    bool found = false;
    if (l->n == 0) return false;
    escape(&name, output);
    escape(&from, input);
    for (size_t i = first_of(l, text_z(&name)); i < l->n && !found; i++) {
        const line *at = &l->lines[i];
        if (strcmp(at->output, text_z(&name)) != 0) break;
        found = at->size == size && (!digest || at->digest == *digest) &&
                strcmp(at->input, text_z(&from)) == 0;
    }
    found = found && !name.failed && !from.failed;
    text_free(&name);
    text_free(&from);
    return found;
}

bool ledger_knows(const ledger *l, const char *output, const char *input, uint64_t size) {
    return find(l, output, input, size, NULL);
}

bool ledger_has(const ledger *l, const char *output, const char *input, uint64_t size,
                uint64_t digest) {
    return find(l, output, input, size, &digest);
}

/* ---- Adding -------------------------------------------------------------------------------- */

static bool open_to_add(ledger *l) {
    if (l->fd >= 0) return true;
    l->fd = open(l->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (l->fd < 0) return false;
    /* Half a line that a full disk left is ended, so that it does not swallow the next. */
    if (l->bytes.n && l->bytes.p[l->bytes.n - 1] != '\n' && l->bytes.p[l->bytes.n - 1] != '\0')
        return write(l->fd, "\n", 1) == 1;
    return true;
}

bool ledger_add(ledger *l, const char *output, const char *input, uint64_t size, uint64_t digest) {
    if (ledger_has(l, output, input, size, digest)) return true;
    if (!open_to_add(l)) return false;
    text t = {0};
    text_printf(&t, "%016" PRIx64 " %" PRIu64 " ", digest, size);
    escape(&t, output);
    text_put(&t, " ");
    escape(&t, input);
    text_put(&t, "\n");
    /* One write to a file opened for appending: lines of several processes do not mix. */
    bool ok = !t.failed && write(l->fd, t.p, t.n) == (ssize_t)t.n;
    if (t.failed) errno = ENOMEM;
    text_free(&t);
    return ok;
}

/* ---- The whole ----------------------------------------------------------------------------- */

ledger *ledger_open(const char *folder) {
    say_id what;
    int error;
    ledger *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->fd = -1;
    l->path = path_join(folder, ".qingwen");
    if (l->path && load(&l->bytes, l->path, &what, &error) && !read_lines(l)) {
        ledger_close(l);
        return NULL;
    }
    if (l->path) return l;
    ledger_close(l);
    return NULL;
}

void ledger_close(ledger *l) {
    if (!l) return;
    if (l->fd >= 0) close(l->fd);
    load_free(&l->bytes);
    free(l->lines);
    free(l->path);
    free(l);
}

#include "output/bundle.h"

#include "output/temporary.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };

/* Numbers of temporary files that no input has. */
static const uint64_t WAIT = UINT64_MAX - 1, DRAFT = UINT64_MAX - 2;

static bool complain_at(const planned *made, const char *path, say_id what, int error, text *why) {
    const options *o = made->plan.o;
    single_say(why, o->language, path, o->inputs[0], what, error);
    return false;
}

static bool complain(const planned *made, say_id what, int error, text *why) {
    return complain_at(made, made->plan.bundle, what, error, why);
}

static bool complain_of(const planned *made, const char *path, const qw_error *error, text *why) {
    say_failure(why, made->plan.o->language, path, error);
    return false;
}

/* A temporary file in the folder of the archive. */
static char *beside(const char *path, uint64_t number) {
    char name[TEMPORARY_ROOM];
    char *folder = path_folder(path);
    temporary_name(name, number, 0);
    char *z = folder ? path_join(folder, name) : NULL;
    free(folder);
    return z;
}

bool bundle_open(bundle *b, const planned *made, text *why) {
    const plan *p = &made->plan;
    say_id what;
    qw_error error = {0};
    *b = (bundle){.fd = -1, .made = {.file = {.fd = -1}}};
    if (!p->bundle || p->dry) return true;
    b->open = true;
    if (!single_begin(&b->made, p->bundle, inputs_key("archive", p->o), &p->rules, NULL, NULL, NULL,
                      &what))
        return complain(made, what, b->made.file.error, why);
    b->wait = beside(p->bundle, WAIT);
    b->draft = beside(p->bundle, DRAFT);
    if (!b->wait || !b->draft) return complain(made, SAY_OUT_OF_MEMORY, ENOMEM, why);
    b->fd = open(b->wait, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (b->fd < 0) return complain(made, SAY_CANNOT_WRITE, errno, why);
    b->maker = qw_archive_make(b->draft, &error);
    return b->maker || complain_of(made, p->bundle, &error, why);
}

/* Copies all bytes of a file to the end of another. */
static bool append(int to, const char *path, uint64_t *n) {
    int from = open(path, O_RDONLY | O_CLOEXEC);
    char *piece = malloc(PIECE);
    ssize_t got = -1;
    *n = 0;
    errno = piece ? errno : ENOMEM;
    while (from >= 0 && piece && (got = read(from, piece, PIECE)) > 0) {
        if (!write_all(to, piece, (size_t)got)) break;
        *n += (uint64_t)got;
    }
    int error = errno;
    free(piece);
    if (from >= 0) close(from);
    errno = error;
    return got == 0;
}

bool bundle_add(bundle *b, const planned *made, output *o, int64_t time, text *why) {
    qw_error error = {0};
    uint64_t n;
    if (!o->temp) return true;
    if (!append(b->fd, o->temp, &n))
        return complain_at(made, o->path, SAY_CANNOT_WRITE, errno, why);
    bool ok = qw_archive_add(b->maker, o->listed, b->wait, b->written, n, time, &error);
    b->written += n;
    b->members += ok;
    return ok || complain_of(made, o->path, &error, why);
}

/* Gives the packed bytes to the output. */
static bool copy_draft(bundle *b) {
    int from = open(b->draft, O_RDONLY | O_CLOEXEC);
    char *piece = malloc(PIECE);
    ssize_t got = -1;
    while (from >= 0 && piece && (got = read(from, piece, PIECE)) > 0)
        if (!output_sink(&b->made.file, piece, (size_t)got)) break;
    free(piece);
    if (from >= 0) close(from);
    return got == 0;
}

static bool finish(bundle *b, const planned *made, text *why) {
    qw_error error = {0};
    say_id what;
    if (!qw_archive_finish(b->maker, &error))
        return complain_of(made, made->plan.bundle, &error, why);
    if (!copy_draft(b)) return complain(made, SAY_CANNOT_WRITE, b->made.file.error, why);
    return single_end(&b->made, &what) || complain(made, what, b->made.file.error, why);
}

bool bundle_close(bundle *b, const planned *made, bool whole, text *why) {
    bool ok = !b->open || !whole || b->members == 0 || finish(b, made, why);
    qw_archive_maker_free(b->maker);
    if (b->fd >= 0) close(b->fd);
    if (b->wait) unlink(b->wait);
    if (b->draft) unlink(b->draft);
    free(b->wait);
    free(b->draft);
    if (b->open) single_drop(&b->made);
    *b = (bundle){.fd = -1};
    return ok;
}

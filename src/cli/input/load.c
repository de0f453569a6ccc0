#include "input/load.h"

#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEEP = 4 << 20, STEP = 64 * 1024 };

static const size_t most = UINT32_MAX; /* what the library takes */

static bool fail(say_id *id, say_id what, int *error) {
    *id = what;
    *error = errno;
    return false;
}

static bool grow(loaded *l, size_t want) {
    if (want <= l->cap) return true;
    char *p = realloc(l->p, want);
    if (!p) return false;
    l->p = p;
    l->cap = want;
    return true;
}

/* Room for what the file says it holds, and a byte to see its end. */
static size_t expected(const struct stat *info) {
    return S_ISREG(info->st_mode) && info->st_size > 0 ? (size_t)info->st_size + 1 : STEP;
}

/* A signal may come to another thread and would not end a read, so we look up now and then. */
bool load_wait(const struct stat *info, int fd) {
    struct pollfd one = {.fd = fd, .events = POLLIN};
    if (S_ISREG(info->st_mode)) return true;
    while (!interrupted())
        if (poll(&one, 1, 200) != 0 && (one.revents || errno != EINTR)) return true;
    errno = EINTR;
    return false;
}

/* A file that holds what it said it would; unchanged() sees whether it has come to hold more. */
static bool is_whole(const loaded *l) {
    return S_ISREG(l->info.st_mode) && l->n > 0 && l->n == (size_t)l->info.st_size;
}

/* Up to n bytes more, for which there is room; 0 at the end, -1 with errno. */
static ssize_t read_some(const loaded *l, int fd, size_t n) {
    for (;;) {
        if (!load_wait(&l->info, fd)) return -1;
        ssize_t got = read(fd, l->p + l->n, n);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN) || interrupted()) return got;
    }
}

static bool read_all(loaded *l, int fd, say_id *id, int *error) {
    if (l->info.st_size > (off_t)most) return fail(id, SAY_TOO_LARGE, error);
    size_t want = expected(&l->info);
    for (;;) {
        if (l->n == l->cap || l->cap < want) {
            size_t room = l->n < want ? want : l->cap + l->cap / 2;
            if (!grow(l, room)) return fail(id, SAY_OUT_OF_MEMORY, error);
        }
        ssize_t got = read_some(l, fd, l->cap - l->n);
        if (got < 0) return fail(id, SAY_CANNOT_READ, error);
        if (got == 0) return true;
        l->n += (size_t)got;
        if (l->n > most) return fail(id, SAY_TOO_LARGE, error);
        if (is_whole(l)) return true;
    }
}

static bool unchanged(const loaded *l, int fd) {
    struct stat now;
    if (!S_ISREG(l->info.st_mode)) return true;
    return fstat(fd, &now) == 0 && now.st_size == l->info.st_size && (size_t)now.st_size == l->n &&
           now.st_mtim.tv_sec == l->info.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == l->info.st_mtim.tv_nsec;
}

static bool look_at(loaded *l, int fd, say_id *id, int *error) {
    if (fstat(fd, &l->info) != 0) return fail(id, SAY_CANNOT_READ, error);
    if (S_ISDIR(l->info.st_mode)) return errno = EISDIR, fail(id, SAY_CANNOT_READ, error);
    return true;
}

static bool load_open(loaded *l, int fd, say_id *id, int *error) {
    if (!look_at(l, fd, id, error)) return false;
    if (!read_all(l, fd, id, error)) return false;
    return unchanged(l, fd) || fail(id, SAY_CHANGED_MEANWHILE, error);
}

say_id load_begin(loaded *l, qw_str head) {
    l->n = 0;
    l->begun = true;
    return load_add(l, head.p, head.n);
}

bool load_start(loaded *l, size_t want, bool *whole, say_id *id, int *error) {
    if (!l->begun) l->n = 0;
    l->begun = true;
    *whole = false;
    if (!look_at(l, STDIN_FILENO, id, error)) return false;
    if (!grow(l, want)) return fail(id, SAY_OUT_OF_MEMORY, error);
    while (l->n < want && !*whole) {
        ssize_t got = read_some(l, STDIN_FILENO, want - l->n);
        if (got < 0) return fail(id, SAY_CANNOT_READ, error);
        l->n += (size_t)got;
        *whole = got == 0;
    }
    return true;
}

bool load(loaded *l, const char *path, say_id *id, int *error) {
    if (!l->begun) l->n = 0;
    l->begun = false;
    memset(&l->info, 0, sizeof l->info);
    if (strcmp(path, "-") == 0) return load_open(l, STDIN_FILENO, id, error);
    /* A pipe that nobody writes to yet is waited for below. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail(id, SAY_CANNOT_OPEN, error);
    bool ok = load_open(l, fd, id, error);
    close(fd);
    return ok;
}

say_id load_add(loaded *l, const void *bytes, size_t n) {
    if (n > most - l->n) return SAY_TOO_LARGE;
    size_t room = l->cap + l->cap / 2 + STEP;
    if (l->n + n > l->cap && !grow(l, l->n + n > room ? l->n + n : room)) return SAY_OUT_OF_MEMORY;
    if (n) memcpy(l->p + l->n, bytes, n);
    l->n += n;
    return SAY_COUNT;
}

void load_free(loaded *l) {
    free(l->p);
    *l = (loaded){0};
}

void load_trim(loaded *l) {
    if (l->cap > KEEP) load_free(l);
}

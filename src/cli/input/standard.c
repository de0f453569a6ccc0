#include "input/standard.h"

#include "interrupt.h"
#include "output/output.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 256 * 1024 };

static const uint64_t most = UINT32_MAX; /* bytes that are kept of an archive */

static bool wrong(say_id *what, int *error, say_id id) {
    *what = id;
    *error = errno;
    return false;
}

/* Reads, however long that takes to come. 0 at the end; negative on failure or after a signal. */
static ssize_t read_some(char *p, size_t n) {
    struct pollfd one = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!interrupted()) {
        if (poll(&one, 1, 200) == 0) continue;
        ssize_t got = read(STDIN_FILENO, p, n);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
    }
    return errno = EINTR, -1;
}

/* A file that can be opened again, from its beginning. */
static bool is_open_file(void) {
    struct stat info;
    if (fstat(STDIN_FILENO, &info) != 0 || !S_ISREG(info.st_mode)) return false;
    if (lseek(STDIN_FILENO, 0, SEEK_CUR) != 0) return false;
    int fd = open(STANDARD_PATH, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

static bool read_head(standard *s, say_id *what, int *error) {
    char head[QW_ARCHIVE_HEAD];
    ssize_t got = 0;
    for (size_t n = 0; n < sizeof head; n += (size_t)got) {
        got = read_some(head, sizeof head - n);
        if (got < 0) return wrong(what, error, SAY_CANNOT_READ);
        if (got == 0) break;
        if (!text_add(&s->head, head, (size_t)got)) return wrong(what, error, SAY_OUT_OF_MEMORY);
    }
    return true;
}

static int open_unnamed(void) {
    const char *folder = getenv("TMPDIR");
    char *name = path_join(folder && *folder ? folder : "/tmp", "qingwen-stdin-XXXXXX");
    int fd = name ? mkstemp(name) : -1;
    if (fd >= 0) unlink(name);
    free(name);
    return fd;
}

static bool copy_rest(int to, char *room, uint64_t n, say_id *what, int *error) {
    ssize_t got;
    while ((got = read_some(room, STEP)) > 0) {
        n += (uint64_t)got;
        if (n > most) return wrong(what, error, SAY_TOO_LARGE);
        if (!write_all(to, room, (size_t)got)) return wrong(what, error, SAY_CANNOT_KEEP_STDIN);
    }
    return got == 0 || wrong(what, error, SAY_CANNOT_READ);
}

/* Copies stdin to a file, which becomes stdin. */
static bool keep(standard *s, say_id *what, int *error) {
    char *room = malloc(STEP);
    int fd = room ? open_unnamed() : -1;
    bool ok = fd >= 0 && write_all(fd, text_z(&s->head), s->head.n);
    if (!ok) wrong(what, error, room ? SAY_CANNOT_KEEP_STDIN : SAY_OUT_OF_MEMORY);
    ok = ok && copy_rest(fd, room, s->head.n, what, error);
    if (ok && (lseek(fd, 0, SEEK_SET) != 0 || dup2(fd, STDIN_FILENO) < 0))
        ok = wrong(what, error, SAY_CANNOT_KEEP_STDIN);
    if (fd >= 0) close(fd);
    free(room);
    text_clear(&s->head);
    return s->file = ok;
}

bool standard_look(standard *s, say_id *what, int *error) {
    char head[QW_ARCHIVE_HEAD];
    if (is_open_file()) {
        ssize_t n = pread(STDIN_FILENO, head, sizeof head, 0);
        s->file = n > 0 && qw_archive_kind(head, (size_t)n);
        return true;
    }
    if (!read_head(s, what, error)) return false;
    return !qw_archive_kind(text_z(&s->head), s->head.n) || keep(s, what, error);
}

void standard_free(standard *s) {
    text_free(&s->head);
}

#include "run/stream.h"

#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 64 * 1024, LONG = 8 << 20, LONG_STANDARD = 1 << 20 };

static bool starts_as_text(int fd, const char *path) {
    char head[HEAD];
    ssize_t n = pread(fd, head, sizeof head, 0);
    return n > 0 && strcmp(qw_sniff(head, (size_t)n, path), "txt") == 0;
}

bool stream_open(stream *s, const char *path, uint64_t size) {
    *s = (stream){.fd = -1};
    if (size < LONG || strcmp(path, "-") == 0) return false;
    s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (s->fd < 0) return false;
    bool ok = fstat(s->fd, &s->info) == 0 && S_ISREG(s->info.st_mode) && s->info.st_size >= LONG &&
              starts_as_text(s->fd, path) && digest_begin(&s->digest);
    if (!ok) stream_close(s);
    return ok;
}

bool stream_open_standard(stream *s, loaded *head) {
    say_id what;
    bool whole;
    *s = (stream){.fd = -1};
    if (!load_start(head, LONG_STANDARD, &whole, &what, &s->error) || whole) return false;
    size_t n = head->n < HEAD ? head->n : HEAD;
    if (strcmp(qw_sniff(head->p, n, "-"), "txt") != 0 || !digest_begin(&s->digest)) return false;
    s->fd = STDIN_FILENO;
    s->info = head->info;
    s->head = head->p;
    s->left = head->n;
    return true;
}

void stream_close(stream *s) {
    if (s->fd >= 0 && s->fd != STDIN_FILENO) close(s->fd);
    digest_free(&s->digest);
    s->fd = -1;
}

static ssize_t take_head(stream *s, void *bytes, size_t n) {
    size_t part = n < s->left ? n : s->left;
    memcpy(bytes, s->head, part);
    s->head += part;
    s->left -= part;
    return (ssize_t)part;
}

static ssize_t read_on(const stream *s, void *bytes, size_t n) {
    for (;;) {
        if (interrupted()) return errno = EINTR, -1;
        if (!load_wait(&s->info, s->fd)) return -1;
        ssize_t got = read(s->fd, bytes, n);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
    }
}

size_t stream_read(void *self, void *bytes, size_t n) {
    stream *s = self;
    ssize_t got = s->left ? take_head(s, bytes, n) : read_on(s, bytes, n);
    if (got < 0) return s->error = errno, SIZE_MAX;
    s->n += (uint64_t)got;
    digest_add(&s->digest, bytes, (size_t)got);
    return (size_t)got;
}

bool stream_digest(stream *s, uint64_t *out) {
    char piece[HEAD];
    size_t n;
    while ((n = stream_read(s, piece, sizeof piece)) != 0)
        if (n == SIZE_MAX) return false;
    *out = digest_end(&s->digest);
    s->n = 0;
    if (lseek(s->fd, 0, SEEK_SET) == 0 && digest_begin(&s->digest)) return true;
    s->error = errno;
    return false;
}

bool stream_unchanged(const stream *s) {
    struct stat now;
    if (!S_ISREG(s->info.st_mode)) return true;
    return fstat(s->fd, &now) == 0 && now.st_size == s->info.st_size &&
           (uint64_t)now.st_size == s->n && modified_at(&now) == modified_at(&s->info);
}

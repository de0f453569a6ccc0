#include "pool/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STEP = 64 * 1024 };

bool channel_pair(channel *parent, channel *child) {
    int ends[2];
    *parent = *child = (channel){.fd = -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
    for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    parent->fd = ends[0];
    child->fd = ends[1];
    return true;
}

void channel_close(channel *c) {
    if (c->fd >= 0) close(c->fd);
    text_free(&c->in);
    text_free(&c->out);
    *c = (channel){.fd = -1};
}

void channel_end(channel *c) {
    if (c->fd >= 0) shutdown(c->fd, SHUT_RDWR);
    channel_close(c);
}

bool channel_put(channel *c, const text *message) {
    uint64_t length = message->n;
    return text_add(&c->out, (const char *)&length, sizeof length) &&
           text_add(&c->out, text_z(message), message->n);
}

void channel_drop_unsent(channel *c) {
    text_clear(&c->out);
    c->sent = 0;
}

bool channel_flush(channel *c) {
    while (c->sent < c->out.n) {
        ssize_t n = send(c->fd, c->out.p + c->sent, c->out.n - c->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
        c->sent += (size_t)n;
    }
    channel_drop_unsent(c);
    return true;
}

bool channel_has_unsent(const channel *c) {
    return c->sent < c->out.n;
}

/* Forgets messages that were handed out; what is left of an incomplete one moves to the front. */
static void forget(channel *c) {
    size_t left = c->in.n - c->used;
    if (c->used == 0) return;
    if (left == 0)
        text_clear(&c->in);
    else
        memmove(c->in.p, c->in.p + c->used, left), c->in.n = left;
    c->used = 0;
}

bool channel_fill(channel *c) {
    char step[STEP];
    forget(c);
    for (;;) {
        ssize_t n = read(c->fd, step, sizeof step);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
        return n > 0 && text_add(&c->in, step, (size_t)n);
    }
}

bool channel_next(channel *c, const char **p, size_t *n) {
    uint64_t length;
    size_t have = c->in.n - c->used;
    if (have < sizeof length) return false;
    memcpy(&length, c->in.p + c->used, sizeof length);
    if (have - sizeof length < length) return false;
    *p = c->in.p + c->used + sizeof length;
    *n = (size_t)length;
    c->used += sizeof length + (size_t)length;
    return true;
}

/* channel: messages between two processes over a socket. A message is its length and its bytes; the
 * two processes are one program, so both are written as memory holds them.
 *
 * The parent's end does not block: what cannot be sent yet waits in `out`. The child's end does. */
#ifndef QW_CLI_CHANNEL_H
#define QW_CLI_CHANNEL_H

#include "text.h"

typedef struct channel {
    int fd; /* -1: there is none */
    text in, out;
    size_t used, sent; /* bytes of `in` that were handed out, of `out` that were sent */
} channel;

/* Makes two ends that are joined; the first does not block. False with errno set. */
bool channel_pair(channel *parent, channel *child);
void channel_close(channel *c);

/* Closes it for the other side too, when other processes hold copies of this end. */
void channel_end(channel *c);

/* Queues a message. False when memory was out. */
bool channel_put(channel *c, const text *message);

/* Sends what is queued, as much as can be sent now. False when the other side is gone. */
bool channel_flush(channel *c);
bool channel_has_unsent(const channel *c);
void channel_drop_unsent(channel *c);

/* Reads once. False at the end, on failure, and when memory was out. */
bool channel_fill(channel *c);

/* The next message that has come completely; its bytes stay until the next channel_fill(). */
bool channel_next(channel *c, const char **p, size_t *n);

#endif

/* aside: one thing at a time that is done in a process of its own while this one goes on: what
 * waits for the disk, or what another processor can do as well. A question is a string, an answer
 * is a number. */
#ifndef QW_CLI_ASIDE_H
#define QW_CLI_ASIDE_H

#include "pool/channel.h"

#include <stdint.h>
#include <sys/types.h>

typedef uint64_t aside_work(const void *self, const char *question);

typedef struct aside {
    aside_work *work;
    const void *self;
    pid_t process; /* 0: none, what is asked for is done here and at once */
    channel channel;
    bool asked;      /* an answer is being waited for */
    uint64_t answer; /* the last one; 0 when the process is gone */
} aside;

/* Starts the process. To be called before there are others, which would keep it from seeing that
 * this one is gone. */
void aside_open(aside *a, aside_work *work, const void *self);

/* Works without a process. */
void aside_open_here(aside *a, aside_work *work, const void *self);
void aside_close(aside *a);

void aside_ask(aside *a, const char *question);

/* Whether the answer is there; with `wait`, when it is. */
bool aside_answered(aside *a, bool wait);

#endif

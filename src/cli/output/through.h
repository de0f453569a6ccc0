/* through: writes what was written to a file system through to the disk, in a process of its own:
 * that takes milliseconds, in which others go on. */
#ifndef QW_CLI_THROUGH_H
#define QW_CLI_THROUGH_H

#include "pool/channel.h"

#include <sys/types.h>

typedef struct through {
    pid_t process; /* 0: none, what is asked for is done here and at once */
    channel channel;
    bool asked, ok; /* an answer is being waited for; the last one that came */
} through;

/* Starts the process. To be called before there are others, which would keep it from seeing that
 * this one is gone. One that was zeroed and not opened works without a process. */
void through_open(through *t);
void through_close(through *t);

/* Asks for what lies on the file system of this path, as system_sync() does. */
void through_ask(through *t, const char *path);

/* Whether it is done, or has failed; with `wait`, when it is. Then t->ok tells which. */
bool through_answered(through *t, bool wait);

#endif

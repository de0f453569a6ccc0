/* standard: stdin, looked at before it is read. An archive must be gone about in: one that comes
 * through a pipe is kept in a temporary file, which has no name and is gone with the process. All
 * else is read on as if nobody had looked. */
#ifndef QW_CLI_STANDARD_H
#define QW_CLI_STANDARD_H

#include "say.h"

/* What stdin is opened by. */
#define STANDARD_PATH "/dev/stdin"

typedef struct standard {
    text head; /* what was read of it, and comes before the rest */
    bool file; /* it starts as an archive does, and can be opened at STANDARD_PATH */
} standard;

/* Looks at stdin. False when that failed: *what is the sentence for it, with strerror(*error) as
 * its argument. */
bool standard_look(standard *s, say_id *what, int *error);

void standard_free(standard *s);

#endif

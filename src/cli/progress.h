/* progress: a line on the terminal that tells how far a run is; nothing where stderr is none. */
#ifndef QW_CLI_PROGRESS_H
#define QW_CLI_PROGRESS_H

#include "say.h"

typedef struct progress {
    bool on, shown;
    qw_language language;
    double began, last; /* seconds */
} progress;

void progress_begin(progress *p, bool wanted, qw_language language);

/* Shows the line, at most some times a second. */
void progress_show(progress *p, uint64_t done, uint64_t failed);

/* Takes the line away, so that something else can be said. */
void progress_clear(progress *p);

#endif

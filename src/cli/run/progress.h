/* progress: how far a run is: a line on the terminal, or objects for programs, one a line, on
 * stderr. How much there is in all is counted by a child while the work goes on, so that nothing
 * waits for it. */
#ifndef QW_CLI_PROGRESS_H
#define QW_CLI_PROGRESS_H

#include "input/walk.h"

#include <sys/types.h>

typedef enum progress_kind { PROGRESS_NONE, PROGRESS_LINE, PROGRESS_JSON } progress_kind;

typedef struct progress {
    progress_kind kind;
    qw_language language;
    bool shown;         /* there is a line to take away */
    double began, last; /* seconds */
    uint64_t items, bytes;
    struct {
        pid_t child; /* 0: none, or it is done */
        int from;
        bool known; /* the sums are there: */
        uint64_t items, bytes;
    } all;
    bool open; /* members of archives came, which are not in the sums */
} progress;

/* Begins to show; the inputs and rules are those of the run's walk. */
void progress_begin(progress *p, progress_kind kind, qw_language language,
                    const char *const *inputs, size_t n, const walk_rules *rules);

/* An input is finished; `failed` have failed by now. Shows how things stand, some times a second.
 */
void progress_step(progress *p, const walk_item *item, uint64_t failed);

/* Likewise all that lies in a folder. */
void progress_pass(progress *p, const walk_folder *folder, uint64_t failed);

/* Writes messages, lines of text, to stderr, and empties them. */
void progress_say(progress *p, text *lines);

/* Takes the line away, so that something else can be written to the terminal. */
void progress_clear(progress *p);

/* The run is over; `sum` has members of an object, without braces. */
void progress_end(progress *p, const text *sum);

#endif

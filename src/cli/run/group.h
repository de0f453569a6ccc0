/* group: jobs that are done and wait for their outputs to get their names, some at a time: to write
 * a file through to the disk costs milliseconds, and many at once hardly more than one. First the
 * state knows of the outputs; then both are on the disk, these under their temporary names; then
 * they get their names. Jobs leave in the order they came. */
#ifndef QW_CLI_GROUP_H
#define QW_CLI_GROUP_H

#include "pool/aside.h"
#include "run/plan.h"

typedef struct group {
    job *jobs;
    size_t n;
    double since; /* when the first came, in seconds */
    text place;   /* of the one that is being stored */
    bool stored;  /* the state knows of them */
    bool asked;   /* they are being written through, all at once */
} group;

/* Takes a job over; an empty one is left in its place. False when memory is out. */
bool group_add(group *g, job *j);

/* Milliseconds until the jobs should wait no longer; -1 when there are none. */
int group_wait(const group *g);
bool group_is_full(const group *g);

/* What to do about an output that could not be written, or named; the job has failed then. */
typedef struct group_failure {
    void (*tell)(void *self, job *j, output *o, say_id what);
    void *self;
} group_failure;

/* An aside_work: writes through what lies on the file system of a path; 0 when it could not. */
uint64_t group_sync(const void *self, const char *path);

/* Enters all jobs in the state and has `disk`, which does group_sync(), write them through if one
 * call can do it. */
void group_begin(group *g, const planned *made, aside *disk, const group_failure *failure);

/* Gives the outputs their names when they are on the disk; false when they are not yet, and `wait`
 * is not set. They stay in the group, each as it came out, until group_clear(). */
bool group_end(group *g, const planned *made, aside *disk, const group_failure *failure, bool wait);
void group_clear(group *g);
void group_free(group *g);

#endif

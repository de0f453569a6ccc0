/* group: jobs that are done and wait for their outputs to get their names, some at a time: to write
 * a file through to the disk costs milliseconds, and many at once hardly more than one. First the
 * outputs are on the disk, under their temporary names; then the state knows of them; then they get
 * their names. Jobs leave in the order they came. */
#ifndef QW_CLI_GROUP_H
#define QW_CLI_GROUP_H

#include "run/plan.h"

typedef struct group {
    job *jobs;
    size_t n;
    double since; /* when the first came, in seconds */
    text place;   /* of the one that is being stored */
} group;

/* Takes a job over; an empty one is left in its place. False when memory is out. */
bool group_add(group *g, job *j);

/* Milliseconds until the jobs should wait no longer; -1 when there are none. */
int group_wait(const group *g);

/* What to do about an output that could not be written, or named; the job has failed then. */
typedef struct group_failure {
    void (*tell)(void *self, job *j, output *o, say_id what);
    void *self;
} group_failure;

/* Stores all jobs. They stay in the group, each as it came out, until group_clear(). */
void group_store(group *g, const planned *made, const group_failure *failure);
void group_clear(group *g);
void group_free(group *g);

#endif

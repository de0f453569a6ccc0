/* pool: the same work on many jobs by several threads, with results in the order of the jobs.
 *
 * A job lives in one of a fixed number of slots from the time it is taken until it is finished, so
 * memory does not grow with the number of jobs. The calling thread works too: with one worker there
 * are no threads at all, and the same code runs. */
#ifndef QW_CLI_POOL_H
#define QW_CLI_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pool_work {
    void *self;
    size_t slot_size;   /* bytes of a job; zeroed before its first use, kept between jobs */
    size_t worker_size; /* bytes that each worker has for itself; zeroed */

    /* Fills in the next job, in a thread of its own time; false when there are no more. */
    bool (*take)(void *self, void *job);
    /* Works on a job, in any thread. */
    void (*work)(void *self, void *worker, void *job);
    /* Finishes a job, in the order they were taken, one at a time. */
    void (*finish)(void *self, void *job);
    /* Frees what a job or a worker holds. */
    void (*drop_job)(void *job);
    void (*drop_worker)(void *worker);
} pool_work;

/* Runs all jobs. False when memory was out before the first. */
bool pool_run(const pool_work *work, size_t workers);

#endif

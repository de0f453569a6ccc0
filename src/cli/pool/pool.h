/* pool: the same work on many jobs by several processes, with results in the order of the jobs.
 *
 * The caller's process is the supervisor. It alone takes jobs and finishes them; workers are its
 * children, made by fork() before and during the run, and get one job after another over a channel.
 * A job whose worker crashes, or takes more time or memory than it may, is lost; its worker is
 * replaced and the run goes on. A worker whose supervisor is gone ends too.
 *
 * A job lives in one of a fixed number of slots from the time it is taken until it is finished, so
 * memory does not grow with the number of jobs. There are no threads. */
#ifndef QW_CLI_POOL_H
#define QW_CLI_POOL_H

#include "pool/pack.h"

#include <sys/types.h>

typedef enum pool_taken {
    POOL_END,   /* there are no more jobs */
    POOL_JOB,   /* work for a worker */
    POOL_READY, /* a job that needs no work: it is finished in its turn */
    POOL_LATER, /* none yet; `input` will tell */
} pool_taken;

/* What became of a worker and the job it was at. */
typedef struct pool_loss {
    pid_t worker; /* the process that was */
    int status;   /* what waitpid() says of it; a worker that lacks memory for a result exits */
} pool_loss;

typedef struct pool_work {
    void *self;
    size_t slot_size;   /* bytes of a job; zeroed before its first use, kept between jobs */
    size_t worker_size; /* bytes that each worker has for itself; zeroed */
    unsigned seconds;   /* that a job may take; 0: any */
    size_t memory;      /* bytes that a worker may have; 0: any */
    int input; /* a descriptor that POOL_LATER waits for, which take() may change; -1: none */

    /* In the supervisor. take() also tells how heavy a job is, about bytes to read: a worker gets
     * light jobs ahead, so that it need not wait, but not heavy ones. */
    pool_taken (*take)(void *self, void *job, uint64_t *weight);
    void (*send)(void *self, const void *job, text *t);         /* packs what a worker must know */
    bool (*receive)(void *self, void *job, unpacker *u);        /* takes in what it found out */
    void (*lose)(void *self, void *job, const pool_loss *loss); /* there will be no result */
    void (*finish)(void *self, void *job);                      /* in the order they were taken */

    /* In the supervisor, before it waits: the milliseconds after which it wants to be called again;
     * -1: it need not. May be NULL. */
    int (*rest)(void *self);

    /* In a worker, on a job of its own. reply() packs the result. When it has been sent,
     * hand_over() is called: what the job made (files) belongs to the supervisor then. */
    bool (*accept)(void *self, void *job, unpacker *u);
    void (*work)(void *self, void *worker, void *job);
    void (*reply)(void *self, const void *job, text *t);
    void (*hand_over)(void *self, void *job);

    /* Frees what a job or a worker holds. */
    void (*drop_job)(void *job);
    void (*drop_worker)(void *worker);
} pool_work;

/* Runs all jobs with so many workers; with none, in this process, without send() and receive().
 * 0, or the errno of what kept the last worker from starting; jobs that were taken are lost then.
 */
int pool_run(const pool_work *work, size_t workers);

#endif

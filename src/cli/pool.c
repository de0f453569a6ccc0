#include "pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

/* Jobs that may wait behind a slow one, for each worker. */
enum { SLOTS_PER_WORKER = 16 };

typedef struct pool {
    const pool_work *work;
    char *jobs;
    bool *ready; /* worked on, to be finished */
    size_t slots;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Jobs are numbered as they are taken; those in first … next - 1 hold slots. */
    uint64_t first, next;
    bool ended;     /* there are no more jobs */
    bool taking;    /* a thread is in take() */
    bool finishing; /* a thread is in finish() */
} pool;

static void *slot(const pool *p, uint64_t number) {
    return p->jobs + number % p->slots * p->work->slot_size;
}

/* Waits for room, and takes a job. The lock is held; take() runs without it. */
static bool take(pool *p, uint64_t *number) {
    while (!p->ended && (p->taking || p->next - p->first == p->slots))
        pthread_cond_wait(&p->changed, &p->lock);
    if (p->ended) return false;
    p->taking = true;
    *number = p->next;
    pthread_mutex_unlock(&p->lock);
    bool got = p->work->take(p->work->self, slot(p, *number));
    pthread_mutex_lock(&p->lock);
    p->taking = false;
    if (got)
        p->next++;
    else
        p->ended = true;
    pthread_cond_broadcast(&p->changed);
    return got;
}

/* Finishes what is ready, in order, unless another thread is at it: that one will see ours too. */
static void finish(pool *p) {
    if (p->finishing) return;
    p->finishing = true;
    while (p->first < p->next && p->ready[p->first % p->slots]) {
        pthread_mutex_unlock(&p->lock);
        p->work->finish(p->work->self, slot(p, p->first));
        pthread_mutex_lock(&p->lock);
        p->ready[p->first % p->slots] = false;
        p->first++;
        pthread_cond_broadcast(&p->changed);
    }
    p->finishing = false;
}

static void *run(void *self) {
    pool *p = self;
    uint64_t number;
    void *worker = calloc(1, p->work->worker_size);
    pthread_mutex_lock(&p->lock);
    while (worker && take(p, &number)) {
        pthread_mutex_unlock(&p->lock);
        p->work->work(p->work->self, worker, slot(p, number));
        pthread_mutex_lock(&p->lock);
        p->ready[number % p->slots] = true;
        finish(p);
    }
    pthread_mutex_unlock(&p->lock);
    if (worker) p->work->drop_worker(worker);
    free(worker);
    return worker ? p : NULL;
}

/* Starts the workers but the first, which is the caller. They leave signals to it. */
static size_t start(pool *p, pthread_t *threads, size_t n) {
    sigset_t all, before;
    size_t started = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started < n && pthread_create(&threads[started], NULL, run, p) == 0) started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static bool run_all(pool *p, size_t workers) {
    pthread_t *threads = calloc(workers, sizeof *threads);
    if (!threads) return false;
    size_t started = start(p, threads, workers - 1);
    bool ok = run(p) != NULL;
    for (size_t i = 0; i < started; i++) {
        void *result;
        pthread_join(threads[i], &result);
        ok = ok || result;
    }
    free(threads);
    return ok;
}

bool pool_run(const pool_work *work, size_t workers) {
    pool p = {.work = work, .slots = workers * SLOTS_PER_WORKER};
    p.jobs = calloc(p.slots, work->slot_size);
    p.ready = calloc(p.slots, sizeof *p.ready);
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.changed, NULL);
    bool ok = p.jobs && p.ready && run_all(&p, workers);
    for (size_t i = 0; i < p.slots && p.jobs; i++) work->drop_job(slot(&p, i));
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    free(p.jobs);
    free(p.ready);
    return ok;
}

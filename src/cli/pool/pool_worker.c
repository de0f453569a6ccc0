#include "pool/pool_worker.h"

#include "interrupt.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Linux counts all private memory as data, also what malloc() maps; shared libraries do not. */
static void limit_memory(size_t bytes) {
    struct rlimit limit;
    if (!bytes || getrlimit(RLIMIT_DATA, &limit) != 0) return;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > bytes) limit.rlim_cur = bytes;
    setrlimit(RLIMIT_DATA, &limit);
}

void worker_begin(pid_t supervisor, size_t memory) {
    interrupt_serve(supervisor);
    limit_memory(memory);
}

/* Works on one job and sends the result. False when it could not be sent: what the job made is
 * taken back by dropping it. */
static bool serve(const pool_work *work, channel *c, void *worker, void *job, unpacker *u) {
    text result = {0};
    if (!work->accept(work->self, job, u) || u->failed) return false;
    work->work(work->self, worker, job);
    if (interrupted()) return false;
    work->reply(work->self, job, &result);
    bool ok = !result.failed && channel_put(c, &result) && channel_flush(c);
    text_free(&result);
    if (ok) work->hand_over(work->self, job);
    return ok;
}

static bool serve_next(const pool_work *work, channel *c, void *worker, void *job) {
    const char *bytes;
    size_t n;
    while (!channel_next(c, &bytes, &n)) {
        alarm(0);
        if (!channel_fill(c)) _exit(WORKER_IDLE);
    }
    unpacker u = {bytes, bytes + n, false};
    /* The signal's default ends a worker that nothing else would; it tells the supervisor why, and
     * comes also when there is no supervisor any more. */
    alarm(work->seconds);
    return serve(work, c, worker, job, &u);
}

_Noreturn void pool_worker(const pool_work *work, channel *c, pid_t supervisor) {
    worker_begin(supervisor, work->memory);
    void *worker = calloc(1, work->worker_size + 1), *job = calloc(1, work->slot_size + 1);
    if (!worker || !job) _exit(WORKER_MEMORY);
    while (serve_next(work, c, worker, job)) {}
    work->drop_job(job);
    interrupt_end();
    _exit(WORKER_MEMORY);
}

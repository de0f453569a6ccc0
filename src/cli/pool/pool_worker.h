/* pool_worker: the life of a worker process of a pool. It ends by _exit(), always: what the
 * supervisor had buffered for its streams is its own to write. */
#ifndef QW_CLI_POOL_WORKER_H
#define QW_CLI_POOL_WORKER_H

#include "pool/channel.h"
#include "pool/pool.h"

/* How it ends when nothing went wrong, and when memory was out. */
enum { WORKER_IDLE = 0, WORKER_MEMORY = 1 };

/* Makes the process one that works for another: `memory` is how many bytes it may have; 0: any. */
void worker_begin(pid_t supervisor, size_t memory);

/* Serves jobs that come over the channel until it ends, then ends the process. `supervisor` is the
 * process that the worker belongs to. */
_Noreturn void pool_worker(const pool_work *work, channel *c, pid_t supervisor);

#endif

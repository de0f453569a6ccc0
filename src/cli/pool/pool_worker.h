/* pool_worker: the life of a worker process of a pool. */
#ifndef QW_CLI_POOL_WORKER_H
#define QW_CLI_POOL_WORKER_H

#include "pool/channel.h"
#include "pool/pool.h"

/* Serves jobs that come over the channel until it ends, then ends the process. `supervisor` is the
 * process that the worker belongs to. */
_Noreturn void pool_worker(const pool_work *work, channel *c, pid_t supervisor);

#endif

/* chain: a compiled chain of filters, immutable and shared by all threads. */
#ifndef QW_CHAIN_H
#define QW_CHAIN_H

#include "filter.h"

struct qw_chain {
    arena *mem;
    stage *stages;
    str *names; /* of their filters */
    size_t nstages;
    uint64_t digest; /* see qw_chain_digest() */
};

/* Runs the chain over the document; failures are left in d->why. */
void chain_run(const struct qw_chain *c, doc *d);

#endif

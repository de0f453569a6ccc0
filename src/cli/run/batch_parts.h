/* batch_parts: what the files of a batch share: batch.c takes the inputs and runs the pool,
 * batch_finish.c gives outputs their names, batch_end.c says the last words. All of it is the
 * supervisor's. */
#ifndef QW_CLI_BATCH_PARTS_H
#define QW_CLI_BATCH_PARTS_H

#include "input/inputs.h"
#include "input/naming.h"
#include "output/bundle.h"
#include "output/claims.h"
#include "pool/pool.h"
#include "run/group.h"
#include "run/ledger.h"
#include "run/progress.h"
#include "run/report.h"
#include "run/summary.h"

/* What was done. */
typedef struct tally {
    uint64_t done, changed, found, failed, skipped, given_up, before, undecoded;
    uint64_t renamed;
    uint64_t as_asked; /* of those skipped */
    uint64_t passing;  /* failed for a reason that may pass */
    uint64_t removed, removed_bytes, findings;
} tally;

typedef struct batch {
    planned *made;
    const plan *p;
    walk *walk;
    naming naming;
    inputs_rules opening;
    inputs *inputs; /* what is walked over, archives opened */
    pool_work jobs;
    uint64_t taken;
    /* Changed by finish() alone, which runs once at a time. */
    tally sum;
    claims claims;
    claims swept;     /* folders that leftovers were removed from */
    text last_folder; /* the last of them, relative to what all are in */
    group groups[2];  /* one takes jobs, the other waits for the disk */
    unsigned taking;  /* the index of the former */
    aside disk;
    ledger ledger; /* of folders that are gone through; */
    bool keeps;    /* … if one is kept */
    report report;
    bundle bundle;
    progress progress;
    summary summary;
    text say;
    bool stdout_failed, memory;
    bool incomplete; /* the workers could not do all */
} batch;

/* ---- batch_finish.c ------------------------------------------------------------------------ */

/* The pool's finish() and rest(): jobs come in the order of the inputs, and their outputs get their
 * names and what they have to say is said in that order. */
void batch_finish(void *self, void *slot);
int batch_rest(void *self);

/* Stores the jobs that wait for others, and for the disk. */
void batch_settle(batch *b);

/* ---- batch_end.c --------------------------------------------------------------------------- */

/* What a run notes of itself, in a state that there is. The state of a shard that has no inputs
 * tells that its task was there; another one that nothing was done for is not left behind. */
void batch_note(batch *b, bool ended);

/* Ends the run: the report, the archive, the last words. Returns the exit code. */
int batch_end(batch *b);

#endif

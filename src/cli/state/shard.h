/* shard: the part of the inputs that one of several runs works on, without a word between them. An
 * input belongs to the shard that a digest of its name says, so another input that comes or goes
 * moves no others. */
#ifndef QW_CLI_SHARD_H
#define QW_CLI_SHARD_H

#include "say.h"

enum { SHARDS_MOST = 1000 * 1000 };

typedef struct shard {
    unsigned index; /* from 0 */
    unsigned count; /* 0: there is one run for all */
    unsigned first; /* the number that people and schedulers give to index 0 */
} shard;

/* Reads "I/N" (I from 1), "auto" or "auto/N". For the latter the number of the task, and of tasks,
 * comes from Slurm (SLURM_ARRAY_TASK_ID, _MIN, _MAX, _COUNT), Kubernetes (JOB_COMPLETION_INDEX) or
 * AWS Batch (AWS_BATCH_JOB_ARRAY_INDEX, _SIZE). An array that was submitted again in part does not
 * tell how many tasks the whole had: then N, or the states in the output folder, do. False with a
 * message in *why. */
bool shard_read(shard *s, const char *word, const char *folder, qw_language language, text *why);

/* Whether the input of that name belongs to it. */
bool shard_holds(const shard *s, const char *name);

/* The name of the state of a shard, or of a run for all: ".qingwen-3-of-8.db", always from 1. */
void shard_state_name(const shard *s, text *t);

/* Takes such a name apart, but for `first`. False for other names; count is 0 for ".qingwen.db". */
bool shard_of_state(const char *name, shard *s);

/* The number of index 0, as the state of that name notes it. */
unsigned shard_noted_first(const char *folder, const char *name);

/* Adds those of `count` numbers from `first` whose flag is not set, as job arrays want them:
 * "3,7-9". */
void shard_list_missing(text *t, const bool *there, unsigned count, unsigned first);

#endif

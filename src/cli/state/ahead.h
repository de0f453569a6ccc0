/* ahead: what a state knows of inputs, read in the order in which they were put in, some before
 * they are asked for. A run that is started again asks for its inputs in the order in which the
 * last one put them in, so that most answers are there already; for the others the caller asks by
 * name, and says where that was. Entries are read many at a time only while they are the right
 * ones. */
#ifndef QW_CLI_AHEAD_H
#define QW_CLI_AHEAD_H

#include "state/database.h"
#include "state/state.h"

typedef struct ahead ahead;

/* NULL when memory is out. The database must outlive it. */
ahead *ahead_new(database *d);
void ahead_free(ahead *a);

/* Whether the entry of an input is among the next ones; then *k, which must be empty, has it. The
 * database keeps a failure. */
bool ahead_find(ahead *a, const char *path, const char *name, known *k);

/* The entry with this row was found by name: what follows it comes next. */
void ahead_go(ahead *a, int64_t row);

/* Entries have changed: those that were read are read again. */
void ahead_forget(ahead *a);

/* Columns of a query that says what is known of an input, in this order from 0 on: id, status,
 * size, digest, work, modified, undecodable, whether there is a report. */
known known_from(query *q);

/* Adds an output, of which the columns from `at` on are: name, current, size, digest, written,
 * was_size, was_digest. False with errno set. */
bool known_add_output(known *k, query *q, int at);

#endif

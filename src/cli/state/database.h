/* database: an SQLite file, and questions to it. The only file that knows SQLite.
 *
 * A query is compiled once and may be asked any number of times: bind its arguments (numbered from
 * 1), then query_next() until it says that there is no more, or query_run() where no rows come. A
 * failure is kept by the database until database_error() is asked; a query that failed can be asked
 * again. One process uses a database that it opened; its children leave it alone. */
#ifndef QW_CLI_DATABASE_H
#define QW_CLI_DATABASE_H

#include "qingwen.h"

typedef struct database database;
typedef struct query query;

typedef enum database_mode {
    DATABASE_READ,   /* it exists and is not written to */
    DATABASE_WRITE,  /* it is made if need be */
    DATABASE_PRIVATE /* one that nobody else sees and that is gone at the end; path is "" */
} database_mode;

/* Opens a database; one that others write to at that moment is waited for, some seconds. NULL with
 * errno set: EBUSY for one that is in use, EILSEQ for what is no database, or the system's word. */
database *database_open(const char *path, database_mode mode);

/* In a child of the process that opened it, only the memory is given back. */
void database_close(database *d);

/* Runs statements, parted by ';', that give no rows. */
bool database_run(database *d, const char *statements);

/* NULL when it makes no sense or memory is out. */
query *query_new(database *d, const char *statement);
void query_free(query *q);

/* Arguments. Strings must last until the query has come to its end or was stopped. */
void query_set_number(query *q, int i, int64_t value);
void query_set_real(query *q, int i, double value);
void query_set_text(query *q, int i, qw_str s);
void query_set_bytes(query *q, int i, qw_str s);
void query_set_nothing(query *q, int i);

/* The next row, good until the next call; false at the end, where the query can be asked anew, and
 * on failure. */
bool query_next(query *q);

/* Carries out a statement without rows; or leaves off reading those that were left. */
bool query_run(query *q);
void query_stop(query *q);

/* Columns of a row, from 0. */
int64_t query_number(query *q, int i);
double query_real(query *q, int i);
qw_str query_text(query *q, int i);
bool query_is_nothing(query *q, int i);

/* The number that a question is answered by; 0 when there is none. */
int64_t database_number(database *d, const char *question);

/* The number of the row that was put in last. */
int64_t database_last_row(const database *d);

/* What went wrong since the last time this was asked, as errno; 0: nothing. */
int database_error(database *d);
bool database_failed(const database *d); /* whether there is something to ask */

#endif

#include "state/database.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct database {
    sqlite3 *handle;
    pid_t owner;
    int error; /* errno of the first failure */
};

struct query {
    database *of;
    sqlite3_stmt *statement;
};

enum { WAIT_MILLISECONDS = 30 * 1000 };

/* ---- Failure ------------------------------------------------------------------------------- */

static int error_of(sqlite3 *handle, int code) {
    int system = handle ? sqlite3_system_errno(handle) : 0;
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return ENOMEM;
    case SQLITE_FULL: return system == EDQUOT || system == EFBIG ? system : ENOSPC;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return EBUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM: return EACCES;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA: return EILSEQ;
    default: return system ? system : EIO;
    }
}

static bool fail(database *d, int code) {
    if (!d->error) d->error = error_of(d->handle, code);
    return false;
}

int database_error(database *d) {
    int error = d->error;
    d->error = 0;
    return error;
}

bool database_failed(const database *d) {
    return d->error != 0;
}

/* ---- Opening ------------------------------------------------------------------------------- */

static int flags_of(database_mode mode) {
    int common = SQLITE_OPEN_NOMUTEX;
    return mode == DATABASE_READ ? common | SQLITE_OPEN_READONLY
                                 : common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

database *database_open(const char *path, database_mode mode) {
    database *d = calloc(1, sizeof *d);
    if (!d) return errno = ENOMEM, NULL;
    d->owner = getpid();
    int code = sqlite3_open_v2(path, &d->handle, flags_of(mode), NULL);
    if (code == SQLITE_OK) code = sqlite3_busy_timeout(d->handle, WAIT_MILLISECONDS);
    /* What is no database shows when it is first read. */
    if (code == SQLITE_OK)
        code = sqlite3_exec(d->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    if (code == SQLITE_OK) return d;
    int error = error_of(d->handle, code);
    database_close(d);
    errno = error;
    return NULL;
}

void database_close(database *d) {
    if (!d) return;
    if (d->owner == getpid()) sqlite3_close(d->handle);
    free(d);
}

bool database_run(database *d, const char *statements) {
    int code = sqlite3_exec(d->handle, statements, NULL, NULL, NULL);
    return code == SQLITE_OK || fail(d, code);
}

int64_t database_last_row(const database *d) {
    return sqlite3_last_insert_rowid(d->handle);
}

/* ---- Queries ------------------------------------------------------------------------------- */

query *query_new(database *d, const char *statement) {
    query *q = calloc(1, sizeof *q);
    int code = SQLITE_NOMEM;
    if (q)
        code = sqlite3_prepare_v3(d->handle, statement, -1, SQLITE_PREPARE_PERSISTENT,
                                  &q->statement, NULL);
    if (code == SQLITE_OK) return q->of = d, q;
    free(q);
    fail(d, code);
    return NULL;
}

void query_free(query *q) {
    if (!q) return;
    if (q->of->owner == getpid()) sqlite3_finalize(q->statement);
    free(q);
}

static void bound(query *q, int code) {
    if (code != SQLITE_OK) fail(q->of, code);
}

void query_set_number(query *q, int i, int64_t value) {
    bound(q, sqlite3_bind_int64(q->statement, i, value));
}

void query_set_real(query *q, int i, double value) {
    bound(q, sqlite3_bind_double(q->statement, i, value));
}

void query_set_text(query *q, int i, qw_str s) {
    bound(q, sqlite3_bind_text64(q->statement, i, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8));
}

void query_set_bytes(query *q, int i, qw_str s) {
    bound(q, sqlite3_bind_blob64(q->statement, i, s.n ? s.p : "", s.n, SQLITE_STATIC));
}

void query_set_nothing(query *q, int i) {
    bound(q, sqlite3_bind_null(q->statement, i));
}

void query_stop(query *q) {
    sqlite3_reset(q->statement);
}

bool query_next(query *q) {
    int code = q->of->error ? SQLITE_DONE : sqlite3_step(q->statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(q->of, code);
    query_stop(q);
    return false;
}

bool query_run(query *q) {
    while (query_next(q)) {}
    return !q->of->error;
}

int64_t query_number(query *q, int i) {
    return sqlite3_column_int64(q->statement, i);
}

double query_real(query *q, int i) {
    return sqlite3_column_double(q->statement, i);
}

qw_str query_text(query *q, int i) {
    const void *p = sqlite3_column_blob(q->statement, i); /* bytes as they are */
    int n = sqlite3_column_bytes(q->statement, i);
    return p ? (qw_str){p, (size_t)n} : (qw_str){"", 0};
}

bool query_is_nothing(query *q, int i) {
    return sqlite3_column_type(q->statement, i) == SQLITE_NULL;
}

int64_t database_number(database *d, const char *question) {
    query *q = query_new(d, question);
    int64_t n = q && query_next(q) ? query_number(q, 0) : 0;
    if (q) query_stop(q);
    query_free(q);
    return n;
}

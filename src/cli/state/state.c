#include "state/state_parts.h"

#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const statements[QUERIES] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [FIND] = "SELECT id, status, size, digest, work, modified, undecodable,"
             " EXISTS (SELECT 1 FROM report WHERE report.input = id)"
             " FROM input WHERE path = ? AND name = ?",
    [ROW_OF] = "SELECT id FROM input WHERE path = ? AND name = ?",
    [OUTPUTS] = "SELECT name, current, size, digest, written, was_size, was_digest"
                " FROM output WHERE input = ?",
    [REPORT_OF] = "SELECT records FROM report WHERE input = ?",
    [PUT] = "INSERT INTO input (path, name, shown, place, status, size, modified, digest, work,"
            " format, encoding, bom, line_ends, changed, edits, removed, removed_bytes,"
            " undecodable, error, why, why_zh)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (path, name) DO UPDATE SET shown = excluded.shown,"
            " place = excluded.place, status = excluded.status, size = excluded.size,"
            " modified = excluded.modified, digest = excluded.digest, work = excluded.work,"
            " format = excluded.format, encoding = excluded.encoding, bom = excluded.bom,"
            " line_ends = excluded.line_ends, changed = excluded.changed, edits = excluded.edits,"
            " removed = excluded.removed, removed_bytes = excluded.removed_bytes,"
            " undecodable = excluded.undecodable, error = excluded.error, why = excluded.why,"
            " why_zh = excluded.why_zh",
    [PUT_NEW] = "INSERT OR IGNORE INTO input (path, name, shown, place, status, size, modified,"
                " digest, work, error, why, why_zh)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?19, ?20, ?21) RETURNING id",
    [RETIRE] = "UPDATE output SET current = 0 WHERE input = ?",
    [PUT_OUTPUT] = "INSERT OR REPLACE INTO output (input, name, current, size, digest, written,"
                   " was_size, was_digest) VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
    [PUT_RULE] = "INSERT OR REPLACE INTO rule VALUES (?, ?, ?, ?, ?, ?)",
    [PUT_EDIT] =
        "INSERT OR REPLACE INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_REPORT] = "INSERT OR REPLACE INTO report VALUES (?, ?)",
    [PUT_TIME] = "INSERT OR REPLACE INTO timing VALUES (?, ?, ?)",
    [DROP_RULES] = "DELETE FROM rule WHERE input = ?",
    [DROP_EDITS] = "DELETE FROM edit WHERE input = ?",
    [DROP_REPORT] = "DELETE FROM report WHERE input = ?",
    [TOUCH] = "UPDATE input SET modified = ? WHERE id = ?",
    [NOTE] = "INSERT OR REPLACE INTO run VALUES (?, ?)",
    [NOTED] = "SELECT value FROM run WHERE key = ?",
    [FOLDER] = "SELECT work, inputs, outputs, items, left_out, undecoded FROM folder"
               " WHERE path = ?",
    [PUT_FOLDER] = "INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?, ?, ?, ?)",
};

/* ---- Opening ------------------------------------------------------------------------------- */

bool state_fail_with(int error) {
    errno = error;
    return false;
}

bool state_fail(state *s) {
    int error = database_error(s->db);
    if (s->begun) database_run(s->db, "ROLLBACK");
    database_error(s->db);
    s->begun = false;
    return state_fail_with(error ? error : EIO);
}

static bool prepare(state *s) {
    size_t n = s->mode == STATE_LOOK ? FOLDER : QUERIES;
    for (size_t i = 0; i < n; i++)
        if (!(s->ask[i] = query_new(s->db, statements[i]))) return state_fail(s);
    s->ahead = ahead_new(s->db);
    return s->ahead || state_fail(s);
}

static bool is_ours(database *db) {
    return database_number(db, "PRAGMA application_id") == STATE_APPLICATION &&
           database_number(db, "PRAGMA user_version") == STATE_VERSION;
}

static bool is_empty(database *db) {
    return database_number(db, "SELECT count(*) FROM sqlite_schema") == 0;
}

static bool make_tables(state *s) {
    char mark[100];
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             (int)STATE_APPLICATION, (int)STATE_VERSION);
    return database_run(s->db, "BEGIN") && database_run(s->db, state_schema) &&
           database_run(s->db, mark) && database_run(s->db, "COMMIT");
}

/* The journal is a file of its own until the state is closed: to commit is one write, and others
 * can read meanwhile. While there is nothing in the state, there is nothing to be lost. */
static bool begin_writing(state *s) {
    return database_run(s->db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL") &&
           (!s->fresh || make_tables(s)) && database_run(s->db, state_folders) &&
           database_run(s->db, "PRAGMA synchronous = NORMAL");
}

/* All of the journal goes into the state and is written through; that there is no journal any more
 * is a byte of the state, which either way is right. */
static void finish_writing(state *s) {
    database_run(s->db, "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
    database_run(s->db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE");
    database_run(s->db, "PRAGMA synchronous = NORMAL");
}

static bool open_old(state *s) {
    s->db = database_open(s->path, s->mode == STATE_LOOK ? DATABASE_READ : DATABASE_WRITE);
    if (!s->db) return false;
    /* A run was killed as it made this? */
    s->fresh = s->mode != STATE_LOOK && is_empty(s->db);
    if (!s->fresh && !is_ours(s->db)) return state_fail_with(EILSEQ);
    if (s->mode != STATE_LOOK && !begin_writing(s)) return state_fail(s);
    return prepare(s);
}

static void drop_queries(state *s) {
    for (size_t i = 0; i < QUERIES; i++) query_free(s->ask[i]);
    memset(s->ask, 0, sizeof s->ask);
    ahead_free(s->ahead);
    s->ahead = NULL;
}

static void close_database(state *s) {
    drop_queries(s);
    database_close(s->db);
    s->db = NULL;
}

static void remove_files(const state *s) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        text t = {0};
        text_put(&t, s->path);
        text_put(&t, ends[i]);
        if (!t.failed) unlink(t.p);
        text_free(&t);
    }
}

state *state_open(const char *folder, const char *name, state_mode mode) {
    state *s = calloc(1, sizeof *s);
    if (!s) return errno = ENOMEM, NULL;
    s->mode = mode;
    s->folder = path_join("", folder);
    s->path = path_join(folder, name);
    bool ok = s->folder && s->path;
    if (ok && access(s->path, F_OK) == 0) ok = open_old(s);
    if (!ok && s->path && mode == STATE_ANEW && errno == EILSEQ) {
        close_database(s);
        remove_files(s);
        ok = true;
    }
    if (ok) return s;
    int error = errno;
    state_close(s);
    errno = error;
    return NULL;
}

/* Makes the state when the first entry is to be put in. */
static bool make(state *s) {
    struct stat info;
    if (s->mode == STATE_LOOK) return state_fail_with(EROFS);
    s->made_folder = stat(s->folder, &info) != 0;
    if (!path_make_folders(s->path)) return false;
    s->db = database_open(s->path, DATABASE_WRITE);
    if (!s->db) return false;
    s->fresh = is_empty(s->db); /* another run may have made it since */
    if (!begin_writing(s) || !prepare(s)) {
        int error = database_error(s->db);
        if (!error) error = errno;
        close_database(s);
        return state_fail_with(error);
    }
    return true;
}

bool state_exists(const state *s) {
    return s->db != NULL;
}

void state_close(state *s) {
    if (!s) return;
    if (s->db) {
        if (s->begun) database_run(s->db, "ROLLBACK");
        drop_queries(s);
        if (s->mode != STATE_LOOK) finish_writing(s);
    }
    close_database(s);
    free(s->folder);
    free(s->path);
    free(s);
}

void state_discard(state *s) {
    if (!s->db || !s->fresh) return;
    close_database(s);
    remove_files(s);
    if (s->made_folder) rmdir(s->folder);
}

/* ---- Asking -------------------------------------------------------------------------------- */

static bool find_outputs(state *s, known *k) {
    query *q = s->ask[OUTPUTS];
    bool ok = true;
    query_set_number(q, 1, k->row);
    while (ok && query_next(q)) ok = known_add_output(k, q, 0);
    if (!ok) query_stop(q);
    return ok;
}

/* What is not among the entries that come next is asked for by name. */
static bool ask_for(state *s, const char *path, const char *name, known *k) {
    query *q = s->ask[FIND];
    query_set_text(q, 1, name_of(path));
    query_set_text(q, 2, name_of(name));
    if (!query_next(q)) return true;
    *k = known_from(q);
    query_stop(q);
    ahead_go(s->ahead, k->row);
    return find_outputs(s, k);
}

bool state_find(state *s, const char *path, const char *name, known *k) {
    known_free(k);
    if (!s->db || s->fresh) return true;
    if (!ahead_find(s->ahead, path, name, k) && !ask_for(s, path, name, k)) return false;
    int error = database_error(s->db);
    return !error || state_fail_with(error);
}

bool state_report(state *s, int64_t row, text *t) {
    query *q = s->ask[REPORT_OF];
    query_set_number(q, 1, row);
    if (query_next(q)) {
        qw_str records = query_text(q, 0);
        text_add(t, records.p, records.n);
        query_stop(q);
    }
    int error = database_error(s->db);
    if (t->failed) error = ENOMEM;
    return !error || state_fail_with(error);
}

bool state_noted(state *s, const char *key, text *t) {
    if (!s->db) return false;
    query *q = s->ask[NOTED];
    query_set_text(q, 1, name_of(key));
    bool found = query_next(q);
    if (!found) return false;
    qw_str value = query_text(q, 0);
    text_add(t, value.p, value.n);
    query_stop(q);
    return true;
}

bool state_find_folder(state *s, const char *path, state_folder *f) {
    if (!s->db || s->fresh || s->mode == STATE_LOOK) return false;
    query *q = s->ask[FOLDER];
    query_set_text(q, 1, name_of(path));
    if (!query_next(q)) return false;
    uint64_t *columns[] = {&f->work,  &f->inputs,   &f->outputs,
                           &f->items, &f->left_out, &f->undecoded};
    for (int i = 0; i < 6; i++) *columns[i] = (uint64_t)query_number(q, i);
    query_stop(q);
    return true;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

bool state_begin(state *s) {
    if (!s->db && !make(s)) return false;
    if (s->begun) return true;
    if (!query_run(s->ask[BEGIN])) return state_fail(s);
    return s->begun = true;
}

bool state_commit(state *s) {
    if (!s->begun) return true;
    if (!query_run(s->ask[COMMIT])) return state_fail(s);
    s->begun = false;
    return true;
}

bool state_sync(state *s) {
    text t = {0};
    if (!s->db) return true;
    text_put(&t, s->path);
    text_put(&t, "-wal");
    int fd = t.failed ? -1 : open(t.p, O_RDWR | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int error = t.failed ? ENOMEM : errno;
    if (fd >= 0) close(fd);
    text_free(&t);
    return ok || state_fail_with(error);
}

bool state_lies_on(const state *s, dev_t device) {
    struct stat info;
    return stat(s->path, &info) == 0 && info.st_dev == device;
}

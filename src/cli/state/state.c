#include "state/state.h"

#include "path.h"
#include "state/ahead.h"
#include "state/database.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Every question that is asked of every input, compiled once. */
enum {
    BEGIN,
    COMMIT,
    FIND,
    ROW_OF,
    OUTPUTS,
    REPORT_OF,
    PUT,
    PUT_NEW,
    RETIRE,
    PUT_OUTPUT,
    PUT_RULE,
    PUT_EDIT,
    PUT_REPORT,
    PUT_TIME,
    DROP_RULES,
    DROP_EDITS,
    DROP_REPORT,
    TOUCH,
    NOTE,
    NOTED,
    QUERIES
};

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
};

struct state {
    char *folder, *path;
    state_mode mode;
    database *db; /* NULL: there is none yet */
    query *ask[QUERIES];
    ahead *ahead;
    bool fresh, made_folder; /* made since state_open() */
    bool begun;              /* a transaction */
};

static const char *const status_names[] = {"done", "failed", "skipped", "other"};
static const char *const kind_names[] = {"replace", "drop", "role", "finding"};
static const char *const state_names[] = {"done", "proposed", "refused"};

/* ---- Opening ------------------------------------------------------------------------------- */

static bool fail_with(int error) {
    errno = error;
    return false;
}

/* After something went wrong with the database: false with errno set. What was not committed is
 * lost, whatever of it the database still holds. */
static bool fail(state *s) {
    int error = database_error(s->db);
    if (s->begun) database_run(s->db, "ROLLBACK");
    database_error(s->db);
    s->begun = false;
    return fail_with(error ? error : EIO);
}

static bool prepare(state *s) {
    for (size_t i = 0; i < QUERIES; i++)
        if (!(s->ask[i] = query_new(s->db, statements[i]))) return fail(s);
    s->ahead = ahead_new(s->db);
    return s->ahead || fail(s);
}

static int64_t number_of(database *db, const char *question) {
    query *q = query_new(db, question);
    int64_t value = q && query_next(q) ? query_number(q, 0) : 0;
    if (q) query_stop(q);
    query_free(q);
    return value;
}

static bool is_ours(database *db) {
    return number_of(db, "PRAGMA application_id") == STATE_APPLICATION &&
           number_of(db, "PRAGMA user_version") == STATE_VERSION;
}

static bool make_tables(state *s) {
    char mark[100];
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             (int)STATE_APPLICATION, (int)STATE_VERSION);
    return database_run(s->db, "BEGIN") && database_run(s->db, state_schema) &&
           database_run(s->db, mark) && database_run(s->db, "COMMIT");
}

/* The journal is a file of its own until the state is closed: to commit is one write and one sync,
 * and others can read meanwhile. */
static bool begin_writing(state *s) {
    return database_run(s->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

static bool open_old(state *s) {
    s->db = database_open(s->path, s->mode == STATE_LOOK ? DATABASE_READ : DATABASE_WRITE);
    if (!s->db) return false;
    if (number_of(s->db, "SELECT count(*) FROM sqlite_schema") == 0 && s->mode != STATE_LOOK) {
        s->fresh = true; /* a run was killed as it made this */
        if (!make_tables(s)) return fail(s);
    }
    if (!is_ours(s->db)) return fail_with(EILSEQ);
    if (s->mode != STATE_LOOK && !begin_writing(s)) return fail(s);
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
    if (s->mode == STATE_LOOK) return fail_with(EROFS);
    s->made_folder = stat(s->folder, &info) != 0;
    if (!path_make_folders(s->path)) return false;
    s->db = database_open(s->path, DATABASE_WRITE);
    if (!s->db) return false;
    s->fresh = true;
    /* Another run may have made it since. */
    if (number_of(s->db, "SELECT count(*) FROM sqlite_schema") > 0) s->fresh = false;
    if ((s->fresh && !make_tables(s)) || !begin_writing(s) || !prepare(s)) {
        int error = database_error(s->db);
        if (!error) error = errno;
        close_database(s);
        return fail_with(error);
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
        if (s->mode != STATE_LOOK)
            database_run(s->db, "PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
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

static qw_str z(const char *s) {
    return str_z(s ? s : "");
}

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
    query_set_text(q, 1, z(path));
    query_set_text(q, 2, z(name));
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
    return !error || fail_with(error);
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
    return !error || fail_with(error);
}

bool state_noted(state *s, const char *key, text *t) {
    if (!s->db) return false;
    query *q = s->ask[NOTED];
    query_set_text(q, 1, z(key));
    bool found = query_next(q);
    if (!found) return false;
    qw_str value = query_text(q, 0);
    text_add(t, value.p, value.n);
    query_stop(q);
    return true;
}

/* ---- Putting in ---------------------------------------------------------------------------- */

static bool begin(state *s) {
    if (!s->db && !make(s)) return false;
    if (s->begun) return true;
    if (!query_run(s->ask[BEGIN])) return fail(s);
    return s->begun = true;
}

bool state_commit(state *s) {
    if (!s->begun) return true;
    if (!query_run(s->ask[COMMIT])) return fail(s);
    s->begun = false;
    return true;
}

/* A digest is 64 bits without a sign, which SQLite has not. */
static void set_number(query *q, int i, uint64_t value) {
    query_set_number(q, i, (int64_t)value);
}

static void set_names(query *q, const state_entry *e) {
    query_set_text(q, 1, z(e->path));
    query_set_text(q, 2, z(e->name));
    query_set_text(q, 3, z(e->shown));
    query_set_bytes(q, 4, e->place);
    query_set_text(q, 5, z(status_names[e->status]));
    set_number(q, 6, e->size);
    query_set_number(q, 7, e->modified);
    set_number(q, 8, e->digest);
    set_number(q, 9, e->work);
    for (int i = 0; i < 3; i++) {
        const char *text_of[] = {e->error, e->why[QW_ENGLISH], e->why[QW_CHINESE]};
        if (e->error)
            query_set_text(q, 19 + i, z(text_of[i]));
        else
            query_set_nothing(q, 19 + i);
    }
}

static void set_facts(query *q, const facts *f) {
    query_set_text(q, 10, f->format);
    query_set_text(q, 11, f->encoding);
    query_set_number(q, 12, f->bom);
    query_set_text(q, 13, f->line_ends);
    query_set_number(q, 14, f->changed);
    set_number(q, 15, f->edits);
    set_number(q, 16, f->removed);
    set_number(q, 17, f->removed_bytes);
    set_number(q, 18, f->undecodable);
}

/* The row of the only answer, or 0. */
static int64_t answer_of(query *q) {
    int64_t row = query_next(q) ? query_number(q, 0) : 0;
    return query_run(q) ? row : 0; /* to its end: only then is it done */
}

static int64_t row_of(state *s, const state_entry *e) {
    query *q = s->ask[ROW_OF];
    query_set_text(q, 1, z(e->path));
    query_set_text(q, 2, z(e->name));
    return answer_of(q);
}

/* To have SQLite return the row costs a table in memory each time: of a new one it tells the number
 * by itself, and no row has that of another. */
static int64_t put_or_replace(state *s, const state_entry *e) {
    int64_t before = database_last_row(s->db);
    if (!query_run(s->ask[PUT])) return 0;
    int64_t row = database_last_row(s->db);
    return row != before ? row : row_of(s, e);
}

static int64_t put_input(state *s, const state_entry *e, const facts *f) {
    query *q = s->ask[e->unless_there ? PUT_NEW : PUT];
    set_names(q, e);
    if (f)
        set_facts(q, f);
    else
        for (int i = 10; i <= 18; i++) query_set_nothing(q, i);
    return e->unless_there ? answer_of(q) : put_or_replace(s, e);
}

static bool run_for(state *s, int which, int64_t row) {
    query_set_number(s->ask[which], 1, row);
    return query_run(s->ask[which]);
}

static bool put_outputs(state *s, int64_t row, const state_entry *e) {
    bool ok = true;
    for (size_t i = 0; i < e->noutputs && ok; i++) {
        const state_output *o = &e->outputs[i];
        query *q = s->ask[PUT_OUTPUT];
        query_set_number(q, 1, row);
        query_set_text(q, 2, z(o->name));
        set_number(q, 3, o->size);
        set_number(q, 4, o->digest);
        query_set_number(q, 5, o->written);
        query_set_nothing(q, 6);
        query_set_nothing(q, 7);
        if (o->replaced) set_number(q, 6, o->was_size), set_number(q, 7, o->was_digest);
        ok = query_run(q);
    }
    return ok;
}

static bool put_rules(state *s, int64_t row, unpacker *u, uint32_t n) {
    bool ok = true;
    for (uint32_t i = 0; i < n && ok; i++) {
        rule_fact r;
        query *q = s->ask[PUT_RULE];
        facts_unpack_rule(u, &r);
        query_set_number(q, 1, row);
        query_set_text(q, 2, r.filter);
        query_set_text(q, 3, r.rule);
        set_number(q, 4, r.done);
        set_number(q, 5, r.kept);
        set_number(q, 6, r.bytes);
        ok = query_run(q);
    }
    return ok;
}

static bool put_edits(state *s, int64_t row, unpacker *u, uint32_t n) {
    bool ok = true;
    for (uint32_t i = 0; i < n && ok; i++) {
        edit_fact e;
        query *q = s->ask[PUT_EDIT];
        facts_unpack_edit(u, &e);
        query_set_number(q, 1, row);
        set_number(q, 2, e.number);
        query_set_text(q, 3, z(kind_names[e.kind]));
        query_set_text(q, 4, z(state_names[e.state]));
        query_set_text(q, 5, e.part);
        set_number(q, 6, e.line);
        set_number(q, 7, e.column);
        query_set_text(q, 8, e.filter);
        query_set_text(q, 9, e.rule);
        query_set_number(q, 10, e.score);
        const qw_str texts[] = {e.why, e.ahead, e.before, e.after, e.behind};
        for (int k = 0; k < 5; k++) query_set_text(q, 11 + k, texts[k]);
        query_set_number(q, 16, e.clipped);
        ok = query_run(q);
    }
    return ok;
}

static bool put_report(state *s, int64_t row, const text *records) {
    if (!records) return true;
    query *q = s->ask[PUT_REPORT];
    query_set_number(q, 1, row);
    query_set_bytes(q, 2, (qw_str){text_z(records), records->n});
    return query_run(q);
}

static bool put_time(state *s, int64_t row, double seconds) {
    query *q = s->ask[PUT_TIME];
    query_set_number(q, 1, row);
    query_set_real(q, 2, seconds);
    query_set_number(q, 3, (int64_t)time(NULL));
    return query_run(q);
}

/* What an older entry left. In a state that was made by this run there is none. */
static bool drop_older(state *s, int64_t row) {
    return s->fresh || (run_for(s, RETIRE, row) && run_for(s, DROP_RULES, row) &&
                        run_for(s, DROP_EDITS, row) && run_for(s, DROP_REPORT, row));
}

bool state_put(state *s, const state_entry *e) {
    facts f;
    const char *packed = e->facts.n ? e->facts.p : ""; /* NULL takes no sums, not even + 0 */
    unpacker u = {packed, packed + e->facts.n, false};
    if (!begin(s)) return false;
    ahead_forget(s->ahead);
    if (e->facts.n) facts_unpack(&u, &f);
    int64_t row = put_input(s, e, e->facts.n ? &f : NULL);
    if (!row && e->unless_there && !database_failed(s->db)) return true;
    bool ok = row && drop_older(s, row) && put_outputs(s, row, e) && put_time(s, row, e->seconds) &&
              put_report(s, row, e->report);
    if (ok && e->facts.n) ok = put_rules(s, row, &u, f.nrules) && put_edits(s, row, &u, f.nkept);
    return ok || fail(s);
}

bool state_note(state *s, const char *key, const char *value) {
    if (!begin(s)) return false;
    query_set_text(s->ask[NOTE], 1, z(key));
    query_set_text(s->ask[NOTE], 2, z(value));
    return query_run(s->ask[NOTE]) || fail(s);
}

bool state_touch(state *s, int64_t row, int64_t modified) {
    if (!begin(s)) return false;
    ahead_forget(s->ahead);
    query_set_number(s->ask[TOUCH], 1, modified);
    query_set_number(s->ask[TOUCH], 2, row);
    return query_run(s->ask[TOUCH]) || fail(s);
}

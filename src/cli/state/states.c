#include "state/states.h"

#include "path.h"
#include "state/state.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct reader {
    states *s;
    qw_language language;
    text *why;
} reader;

static bool wrong(reader *r, const char *path, say_id id, int error) {
    say_error(r->why, r->language, path, id, WORDS(say_errno(r->language, error)));
    return false;
}

/* ---- One more state ------------------------------------------------------------------------ */

/* Rows get new numbers: those of the state after the ones that are there. What an older run says of
 * the same input goes. */
static const char take_rows[] =
    "CREATE TEMP TABLE news AS SELECT n.id AS old,"
    "  n.id + (SELECT coalesce(max(id), 0) FROM main.input) AS new, o.id AS gone"
    " FROM more.input n LEFT JOIN main.input o ON o.path = n.path AND o.name = n.name"
    " LEFT JOIN more.timing nt ON nt.input = n.id LEFT JOIN main.timing ot ON ot.input = o.id"
    " WHERE n.status <> 'other' AND"
    "  (o.id IS NULL OR coalesce(nt.finished, 0) > coalesce(ot.finished, 0));"
    "CREATE INDEX temp.by_old ON news (old);"
    "DELETE FROM main.input WHERE id IN (SELECT gone FROM news);"
    "DELETE FROM main.output WHERE input IN (SELECT gone FROM news);"
    "DELETE FROM main.rule WHERE input IN (SELECT gone FROM news);"
    "DELETE FROM main.edit WHERE input IN (SELECT gone FROM news);"
    "DELETE FROM main.report WHERE input IN (SELECT gone FROM news);"
    "DELETE FROM main.timing WHERE input IN (SELECT gone FROM news);";

/* The tables with the column that numbers an input, and the others. */
static const struct {
    const char *name, *number;
    bool brief; /* it is among what is taken in any case */
    const char *others;
} tables[] = {
    {"input", "id", true,
     "path, name, shown, place, status, size, modified, digest, work, format, encoding, bom,"
     " line_ends, changed, edits, removed, removed_bytes, undecodable, error, why, why_zh"},
    {"output", "input", false, "name, current, size, digest, written, was_size, was_digest"},
    {"rule", "input", true, "filter, rule, done, kept, bytes"},
    {"edit", "input", false,
     "number, kind, state, part, line, column, filter, rule, score, why, ahead, before, after,"
     " behind, clipped"},
    {"report", "input", false, "records"},
    {"timing", "input", true, "seconds, finished"},
};

/* Copies the tables of `from` into those of `to`, with the numbers that `news` gives. */
static bool copy_tables(const states *s, const char *from, const char *to, const char *order) {
    bool ok = true;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && ok; i++) {
        if (s->brief && !tables[i].brief) continue;
        text t = {0};
        text_printf(&t, "INSERT INTO %s.%s (%s, %s) SELECT news.new, ", to, tables[i].name,
                    tables[i].number, tables[i].others);
        for (const char *p = tables[i].others; *p;) { /* a name may stand in news as well */
            size_t n = strcspn(p, ",");
            text_printf(&t, "r.%.*s", (int)n, p);
            p += n;
            if (*p) text_put(&t, ", "), p++, p += strspn(p, " ");
        }
        text_printf(&t, " FROM news CROSS JOIN %s.%s r ON r.%s = news.old%s", from, tables[i].name,
                    tables[i].number, order);
        ok = !t.failed && database_run(s->all, text_z(&t));
        text_free(&t);
    }
    return ok;
}

static bool attach(database *d, const char *path, const char *as) {
    text t = {0};
    text_printf(&t, "ATTACH ? AS %s", as);
    query *q = t.failed ? NULL : query_new(d, text_z(&t));
    if (q) query_set_text(q, 1, str_z(path));
    bool ok = q && query_run(q);
    query_free(q);
    text_free(&t);
    return ok;
}

int64_t states_number(states *s, const char *question) {
    return database_number(s->all, question);
}

/* A run that was killed as it made its state: nothing is known of it, and it is to be run again. */
static bool is_empty(database *d) {
    return database_number(d, "SELECT count(*) FROM more.sqlite_schema") == 0 &&
           !database_failed(d);
}

static bool add_state(reader *r, const char *path) {
    database *d = r->s->all;
    if (!attach(d, path, "more")) {
        int error = database_error(d);
        return wrong(r, path, error == EILSEQ ? SAY_NO_STATE_OF_OURS : SAY_STATE_FAILED, error);
    }
    if (is_empty(d)) {
        r->s->complete = false;
        return database_run(d, "DETACH more") ||
               wrong(r, path, SAY_STATE_FAILED, database_error(d));
    }
    bool ours = database_number(d, "PRAGMA more.application_id") == STATE_APPLICATION &&
                database_number(d, "PRAGMA more.user_version") == STATE_VERSION;
    int error = database_error(d);
    bool ok = ours && database_run(d, "BEGIN") && database_run(d, take_rows) &&
              copy_tables(r->s, "more", "main", "") &&
              database_run(d, "DROP TABLE temp.news; COMMIT");
    r->s->complete &=
        database_number(d, "SELECT value = '1' FROM more.run WHERE key = 'complete'") == 1;
    if (ok) ok = database_run(d, "DETACH more");
    if (ours && !ok) error = database_error(d);
    return ok || wrong(r, path, ours || error ? SAY_STATE_FAILED : SAY_NO_STATE_OF_OURS, error);
}

/* ---- The states of a folder ---------------------------------------------------------------- */

typedef struct family {
    unsigned count; /* 0: one state for all */
    struct timespec newest;
    bool any;
} family;

static bool is_later(const struct timespec *a, const struct timespec *b) {
    return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

/* Which of the arrays that wrote to the folder was there last. */
static bool find_family(const char *folder, family *f) {
    DIR *d = opendir(folder);
    struct dirent *file;
    *f = (family){.any = false};
    while (d && (file = readdir(d))) {
        shard s;
        struct stat info;
        if (!shard_of_state(file->d_name, &s)) continue;
        if (fstatat(dirfd(d), file->d_name, &info, 0) != 0) continue;
        if (f->any && !is_later(&info.st_mtim, &f->newest)) continue;
        *f = (family){s.count, info.st_mtim, true};
    }
    if (d) closedir(d);
    return f->any;
}

static bool add_shards(reader *r, const char *folder, unsigned count) {
    bool ok = true;
    states *s = r->s;
    free(s->there);
    s->array = (shard){0, count, 1};
    s->there = calloc(count, sizeof *s->there);
    if (!s->there) return wrong(r, NULL, SAY_OUT_OF_MEMORY, ENOMEM);
    for (unsigned i = 0; i < count && ok; i++) {
        shard one = {i, count, 1};
        text name = {0};
        struct stat info;
        shard_state_name(&one, &name);
        char *path = path_join(folder, text_z(&name));
        if (path && stat(path, &info) == 0) {
            bool before = s->complete;
            s->complete = true;
            ok = add_state(r, path);
            s->there[i] = s->complete;
            s->complete &= before;
            s->array.first = shard_noted_first(folder, text_z(&name));
        } else
            s->complete = false;
        free(path);
        text_free(&name);
    }
    return ok;
}

static bool add_folder(reader *r, const char *folder) {
    family f;
    if (!find_family(folder, &f)) return wrong(r, folder, SAY_NO_STATE, 0);
    if (f.count) return add_shards(r, folder, f.count);
    char *path = path_join(folder, STATE_NAME);
    bool ok = path && add_state(r, path);
    free(path);
    return ok;
}

bool states_open(states *s, const char *const *paths, size_t n, bool brief, qw_language language,
                 text *why) {
    reader r = {s, language, why};
    struct stat info;
    *s = (states){.complete = true, .brief = brief, .all = database_open("", DATABASE_PRIVATE)};
    if (!s->all || !database_run(s->all, state_schema))
        return wrong(&r, NULL, SAY_OUT_OF_MEMORY, ENOMEM);
    for (size_t i = 0; i < n; i++) {
        if (stat(paths[i], &info) != 0) return wrong(&r, paths[i], SAY_CANNOT_OPEN, errno);
        bool ok = S_ISDIR(info.st_mode) ? add_folder(&r, paths[i]) : add_state(&r, paths[i]);
        if (!ok) return false;
    }
    return true;
}

void states_close(states *s) {
    database_close(s->all);
    free(s->there);
    *s = (states){.complete = false};
}

/* ---- Writing ------------------------------------------------------------------------------- */

static bool write_tables(states *s, const char *path) {
    char mark[120];
    snprintf(mark, sizeof mark, "PRAGMA one.application_id = %d; PRAGMA one.user_version = %d;",
             (int)STATE_APPLICATION, (int)STATE_VERSION);
    text note = {0};
    text_printf(
        &note, "INSERT INTO one.run VALUES ('complete', '%d'), ('merged', '1'), ('version', '%s');",
        s->complete, qw_version());
    bool ok =
        !note.failed && attach(s->all, path, "one") && database_run(s->all, mark) &&
        database_run(s->all, "BEGIN; CREATE TEMP TABLE news AS SELECT id AS old, row_number() OVER"
                             " (ORDER BY place, path, name) AS new FROM main.input") &&
        database_run(s->all, "CREATE INDEX temp.by_new ON news (new)") &&
        copy_tables(s, "main", "one", " ORDER BY news.new") &&
        database_run(s->all, text_z(&note)) &&
        database_run(s->all, "COMMIT; DROP TABLE temp.news; DETACH one");
    text_free(&note);
    return ok;
}

bool states_write(states *s, const char *path) {
    database *to = database_open(path, DATABASE_WRITE);
    bool ok = to && database_run(to, state_schema);
    int error = to ? database_error(to) : errno;
    database_close(to);
    if (ok && write_tables(s, path)) return true;
    if (!error) error = database_error(s->all);
    errno = error ? error : EIO;
    return false;
}

#include "state/ahead.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST = 4,   /* entries that are read at first, and after an answer was not among them, */
    MOST = 256,  /* and at most: each time all were asked for, twice as many */
    LOOKED = 8,  /* entries that an answer is looked for in; others may have been left out */
    OUTPUT = 10, /* the first column of an output */
};

static const char statement[] =
    "SELECT i.id, i.status, i.size, i.digest, i.work, i.modified, i.undecodable,"
    " EXISTS (SELECT 1 FROM report WHERE report.input = i.id), i.path, i.name,"
    " o.name, o.current, o.size, o.digest, o.written, o.was_size, o.was_digest"
    " FROM input AS i LEFT JOIN output AS o ON o.input = i.id WHERE i.id > ? ORDER BY i.id";

typedef struct entry {
    known k;
    size_t path, name; /* where they start in `names` */
} entry;

struct ahead {
    database *database;
    query *next;
    entry entries[MOST];
    size_t n, at, want;
    int64_t behind; /* the row that the next ones follow */
    text names;
};

/* ---- Rows ---------------------------------------------------------------------------------- */

static state_status status_of(qw_str name) {
    static const char initials[] = {
        [STATE_DONE] = 'd', [STATE_FAILED] = 'f', [STATE_SKIPPED] = 's'};
    for (state_status i = STATE_DONE; i < STATE_OTHER; i++)
        if (name.n && name.p[0] == initials[i]) return i;
    return STATE_OTHER;
}

known known_from(query *q) {
    return (known){
        .row = query_number(q, 0),
        .status = status_of(query_text(q, 1)),
        .size = (uint64_t)query_number(q, 2),
        .digest = (uint64_t)query_number(q, 3),
        .work = (uint64_t)query_number(q, 4),
        .modified = query_number(q, 5),
        .undecodable = (uint64_t)query_number(q, 6),
        .has_report = query_number(q, 7) != 0,
    };
}

static char *copy(qw_str s) {
    char *p = malloc(s.n + 1);
    if (!p) return errno = ENOMEM, NULL;
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

bool known_add_output(known *k, query *q, int at) {
    state_output *more = realloc(k->outputs, (k->noutputs + 1) * sizeof *more);
    if (!more) return errno = ENOMEM, false;
    k->outputs = more;
    more[k->noutputs] = (state_output){
        .name = copy(query_text(q, at)),
        .current = query_number(q, at + 1) != 0,
        .size = (uint64_t)query_number(q, at + 2),
        .digest = (uint64_t)query_number(q, at + 3),
        .written = query_number(q, at + 4),
        .replaced = !query_is_nothing(q, at + 5),
        .was_size = (uint64_t)query_number(q, at + 5),
        .was_digest = (uint64_t)query_number(q, at + 6),
    };
    return more[k->noutputs++].name != NULL;
}

/* ---- Reading ------------------------------------------------------------------------------- */

ahead *ahead_new(database *d) {
    ahead *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    *a = (ahead){.database = d, .next = query_new(d, statement), .want = LEAST};
    if (a->next) return a;
    ahead_free(a);
    return NULL;
}

static void drop(ahead *a) {
    for (size_t i = a->at; i < a->n; i++) known_free(&a->entries[i].k);
    a->n = a->at = 0;
    text_clear(&a->names);
}

void ahead_free(ahead *a) {
    if (!a) return;
    drop(a);
    query_free(a->next);
    text_free(&a->names);
    free(a);
}

static size_t keep(ahead *a, qw_str s) {
    size_t at = a->names.n;
    text_add(&a->names, s.p, s.n);
    text_add(&a->names, "", 1);
    return at;
}

/* Takes a row in: an entry, or one more output of the last. False when there are enough. */
static bool take(ahead *a, query *q, bool *ok) {
    entry *last = a->n ? &a->entries[a->n - 1] : NULL;
    if (!last || last->k.row != query_number(q, 0)) {
        if (a->n == a->want) return false;
        last = &a->entries[a->n++];
        last->k = known_from(q);
        last->path = keep(a, query_text(q, 8));
        last->name = keep(a, query_text(q, 9));
    }
    if (!query_is_nothing(q, OUTPUT)) *ok = known_add_output(&last->k, q, OUTPUT);
    return *ok;
}

static void fill(ahead *a) {
    bool ok = true, more = false;
    drop(a);
    query_set_number(a->next, 1, a->behind);
    while (ok && (more = query_next(a->next)))
        if (!take(a, a->next, &ok)) break;
    if (more) query_stop(a->next);
    if (!ok || a->names.failed) drop(a); /* to ask by name may go better */
    if (a->n == a->want && a->want < MOST) a->want *= 2;
}

static bool is_that(const ahead *a, const entry *e, const char *path, const char *name) {
    return strcmp(a->names.p + e->path, path) == 0 && strcmp(a->names.p + e->name, name) == 0;
}

static void skip_to(ahead *a, size_t at) {
    for (; a->at < at; a->at++) {
        a->behind = a->entries[a->at].k.row;
        known_free(&a->entries[a->at].k);
    }
}

bool ahead_find(ahead *a, const char *path, const char *name, known *k) {
    if (a->at == a->n) fill(a);
    for (size_t i = a->at; i < a->n && i < a->at + LOOKED; i++) {
        if (!is_that(a, &a->entries[i], path, name)) continue;
        skip_to(a, i);
        *k = a->entries[i].k;
        a->entries[i].k = (known){0};
        a->behind = k->row;
        a->at++;
        return true;
    }
    return false;
}

void ahead_go(ahead *a, int64_t row) {
    size_t i = a->at;
    while (i < a->n && a->entries[i].k.row <= row) i++;
    bool inside = i > a->at && i < a->n;
    if (inside) {
        skip_to(a, i);
    } else {
        drop(a);
        a->want = LEAST;
    }
    a->behind = row;
}

void ahead_forget(ahead *a) {
    if (a) drop(a);
}

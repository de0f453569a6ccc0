/* state_put: entries of a state: an input with its outputs, what the rules did, the first of its
 * edits, its records and how long it took. */
#include "state/state_parts.h"

#include <time.h>

static const char *const status_names[] = {"done", "failed", "skipped", "other"};
static const char *const kind_names[] = {"replace", "drop", "role", "finding"};
static const char *const state_names[] = {"done", "proposed", "refused"};

/* A digest is 64 bits without a sign, which SQLite has not. */
static void set_number(query *q, int i, uint64_t value) {
    query_set_number(q, i, (int64_t)value);
}

static void set_names(query *q, const state_entry *e) {
    query_set_text(q, 1, name_of(e->path));
    query_set_text(q, 2, name_of(e->name));
    query_set_text(q, 3, name_of(e->shown));
    query_set_bytes(q, 4, e->place);
    query_set_text(q, 5, name_of(status_names[e->status]));
    set_number(q, 6, e->size);
    query_set_number(q, 7, e->modified);
    set_number(q, 8, e->digest);
    set_number(q, 9, e->work);
    for (int i = 0; i < 3; i++) {
        const char *text_of[] = {e->error, e->why[QW_ENGLISH], e->why[QW_CHINESE]};
        if (e->error)
            query_set_text(q, 19 + i, name_of(text_of[i]));
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
    query_set_text(q, 1, name_of(e->path));
    query_set_text(q, 2, name_of(e->name));
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
        query_set_text(q, 2, name_of(o->name));
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
        query_set_text(q, 3, name_of(kind_names[e.kind]));
        query_set_text(q, 4, name_of(state_names[e.state]));
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
    if (!state_begin(s)) return false;
    ahead_forget(s->ahead);
    if (e->facts.n) facts_unpack(&u, &f);
    int64_t row = put_input(s, e, e->facts.n ? &f : NULL);
    if (!row && e->unless_there && !database_failed(s->db)) return true;
    bool ok = row && drop_older(s, row) && put_outputs(s, row, e) && put_time(s, row, e->seconds) &&
              put_report(s, row, e->report);
    if (ok && e->facts.n) ok = put_rules(s, row, &u, f.nrules) && put_edits(s, row, &u, f.nkept);
    return ok || state_fail(s);
}

bool state_put_folder(state *s, const char *path, const state_folder *f) {
    const uint64_t columns[] = {f->work,  f->inputs,   f->outputs,
                                f->items, f->left_out, f->undecoded};
    if (!state_begin(s)) return false;
    query *q = s->ask[PUT_FOLDER];
    query_set_text(q, 1, name_of(path));
    for (int i = 0; i < 6; i++) set_number(q, i + 2, columns[i]);
    return query_run(q) || state_fail(s);
}

bool state_note(state *s, const char *key, const char *value) {
    if (!state_begin(s)) return false;
    query_set_text(s->ask[NOTE], 1, name_of(key));
    query_set_text(s->ask[NOTE], 2, name_of(value));
    return query_run(s->ask[NOTE]) || state_fail(s);
}

bool state_touch(state *s, int64_t row, int64_t modified) {
    if (!state_begin(s)) return false;
    ahead_forget(s->ahead);
    query_set_number(s->ask[TOUCH], 1, modified);
    query_set_number(s->ask[TOUCH], 2, row);
    return query_run(s->ask[TOUCH]) || state_fail(s);
}

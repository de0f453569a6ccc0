#include "run/group.h"

#include "run/resume.h"

#include "output/inplace.h"
#include "output/system.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum {
    GROUP_MOST = 256,
    GROUP_WAIT = 100,   /* milliseconds */
    TOGETHER_LEAST = 4, /* outputs for which others on the file system may be waited for */
};

static double now(void) {
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool group_add(group *g, job *j) {
    if (!g->jobs) g->jobs = calloc(GROUP_MOST, sizeof *g->jobs);
    if (!g->jobs) return false;
    if (g->n == 0) g->since = now();
    job *place = &g->jobs[g->n++], left = *place;
    *place = *j;
    *j = left; /* its buffers serve again */
    return true;
}

int group_wait(const group *g) {
    if (g->n == 0) return -1;
    double left = GROUP_WAIT - (now() - g->since) * 1000;
    return group_is_full(g) || left <= 0 ? 0 : (int)left + 1;
}

bool group_is_full(const group *g) {
    return g->n == GROUP_MOST;
}

/* ---- Storing ------------------------------------------------------------------------------- */

/* Where a single file is written there is no list of what was not. */
static bool is_stored(const plan *p, const job *j) {
    if (j->is.status == JOB_GIVEN_UP || j->is.status == JOB_BEFORE) return false;
    return p->home || (j->is.status == JOB_DONE && j->noutputs && j->outputs[0].temp);
}

static state_status status_of(const job *j) {
    return j->is.status == JOB_DONE     ? STATE_DONE
           : j->is.status == JOB_FAILED ? STATE_FAILED
                                        : STATE_SKIPPED;
}

/* What is known of an input: of one that was replaced, what stands there now. */
static void describe(const planned *made, const job *j, state_entry *e) {
    const output *o = &j->outputs[0];
    bool read = j->is.source.st_nlink > 0;
    bool replaced = made->plan.o->backup && j->is.status == JOB_DONE && o->temp;
    e->size = replaced ? o->size : read ? (uint64_t)j->is.source.st_size : j->item.size;
    e->modified = replaced ? o->written : read ? modified_at(&j->is.source) : j->item.modified;
    e->digest = replaced ? o->digest : j->is.digest;
}

static bool put(group *g, const planned *made, const job *j) {
    state_output outputs[FORMATS_MOST];
    bool done = j->is.status == JOB_DONE, apart = !made->plan.o->backup;
    resume_place(&j->item, &g->place);
    if (g->place.failed) return errno = ENOMEM, false;
    state_entry e = {
        .path = j->item.whole,
        .name = j->name,
        .shown = j->item.path,
        .place = {text_z(&g->place), g->place.n},
        .status = status_of(j),
        .work = made->work,
        .facts = {text_z(&j->facts), done ? j->facts.n : 0},
        .error = done ? NULL : j->fault.id,
        .why = {text_z(&j->fault.why[QW_ENGLISH]), text_z(&j->fault.why[QW_CHINESE])},
        .outputs = outputs,
        .noutputs = done && apart ? j->noutputs : 0,
        .report = done && made->plan.report ? &j->report : NULL,
        .seconds = j->is.seconds,
        .unless_there = j->taken,
    };
    describe(made, j, &e);
    for (size_t i = 0; i < j->noutputs; i++) outputs[i] = output_entry(&j->outputs[i]);
    return state_put(made->state, &e);
}

static bool put_jobs(group *g, const planned *made) {
    bool ok = true;
    for (size_t i = 0; i < g->n && ok; i++) {
        const job *j = &g->jobs[i];
        if (is_stored(&made->plan, j))
            ok = put(g, made, j);
        else if (j->is.status == JOB_BEFORE && j->item.modified != j->before.modified)
            ok = state_touch(made->state, j->before.row, j->item.modified);
    }
    return ok && state_commit(made->state);
}

/* The state could not take the jobs in: what they wrote does not get its name. */
static void fail_all(const group *g, const group_failure *f, int error) {
    for (size_t i = 0; i < g->n; i++) {
        job *j = &g->jobs[i];
        if (j->is.status != JOB_DONE || j->noutputs == 0) continue;
        j->outputs[0].error = error;
        f->tell(f->self, j, &j->outputs[0], error == EBUSY ? SAY_STATE_FAILED : SAY_CANNOT_WRITE);
    }
}

/* ---- To the disk --------------------------------------------------------------------------- */

typedef struct cursor {
    size_t job, output;
} cursor;

/* The next output that is to be written through, from the first one on; NULL when there is none. */
static output *next_output(const group *g, cursor *c) {
    for (; c->job < g->n; c->job++, c->output = 0) {
        job *j = &g->jobs[c->job];
        while (c->output < j->noutputs && j->is.status == JOB_DONE) {
            output *o = &j->outputs[c->output++];
            if (output_needs_sync(o)) return o;
        }
    }
    return NULL;
}

/* An output whose file system is that of all of them and of the state, if they are several. */
static const output *one_of_all(const group *g, const state *s) {
    cursor c = {0, 0};
    const output *first = next_output(g, &c), *o = first;
    size_t n = 0;
    for (; o; o = next_output(g, &c), n++)
        if (o->device != first->device) return NULL;
    return n >= TOGETHER_LEAST && state_lies_on(s, first->device) ? first : NULL;
}

/* The state, and the outputs one after another; all are begun before the first is waited for. */
static bool sync_singly(const group *g, state *s, const group_failure *f) {
    cursor c = {0, 0};
    bool all = state_sync(s);
    if (!all) fail_all(g, f, errno);
    for (output *o; (o = next_output(g, &c));) output_begin_sync(o);
    c = (cursor){0, 0};
    for (output *o; (o = next_output(g, &c));) {
        if (output_sync(o)) continue;
        f->tell(f->self, &g->jobs[c.job], o, SAY_CANNOT_WRITE);
        all = false;
    }
    return all;
}

uint64_t group_sync(const void *self, const char *path) {
    (void)self;
    return system_sync(path);
}

/* ---- Names --------------------------------------------------------------------------------- */

static bool name_outputs(const plan *p, job *j, const group_failure *f) {
    say_id what;
    for (size_t i = 0; i < j->noutputs; i++) {
        output *o = &j->outputs[i];
        bool force = p->rules.force;
        if (p->o->backup ? inplace_commit(o, &j->is.source, p->o->backup, force, &what)
                         : output_commit(o, &what))
            continue;
        f->tell(f->self, j, &j->outputs[i], what);
        return false;
    }
    return true;
}

/* False when one could not get its name. */
static bool name_all(group *g, const plan *p, const group_failure *f) {
    bool all = true;
    for (size_t i = 0; i < g->n; i++)
        if (g->jobs[i].is.status == JOB_DONE) all &= name_outputs(p, &g->jobs[i], f);
    return all;
}

/* What failed since the state was told is told again. If that fails too, the times of the outputs
 * tell that they have no names. */
static void put_failed(group *g, const planned *made) {
    for (size_t i = 0; i < g->n; i++)
        if (g->jobs[i].is.status == JOB_FAILED && is_stored(&made->plan, &g->jobs[i]))
            put(g, made, &g->jobs[i]);
    state_commit(made->state);
}

void group_begin(group *g, const planned *made, aside *disk, const group_failure *f) {
    g->stored = put_jobs(g, made);
    if (!g->stored) fail_all(g, f, errno);
    const output *o = g->stored ? one_of_all(g, made->state) : NULL;
    g->asked = o != NULL;
    if (o) aside_ask(disk, o->temp);
}

bool group_end(group *g, const planned *made, aside *disk, const group_failure *f, bool wait) {
    if (g->n == 0 || !g->stored) return true;
    if (g->asked && !aside_answered(disk, wait)) return false;
    bool synced = (g->asked && disk->answer) || sync_singly(g, made->state, f);
    bool named = name_all(g, &made->plan, f);
    if (!synced || !named) put_failed(g, made);
    return true;
}

void group_clear(group *g) {
    for (size_t i = 0; i < g->n; i++) job_clear(&g->jobs[i]);
    g->n = 0;
    g->stored = g->asked = false;
}

void group_free(group *g) {
    for (size_t i = 0; g->jobs && i < GROUP_MOST; i++) job_free(&g->jobs[i]);
    free(g->jobs);
    text_free(&g->place);
    *g = (group){.n = 0};
}

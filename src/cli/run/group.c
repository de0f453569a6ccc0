#include "run/group.h"

#include "run/resume.h"

#include "output/inplace.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum { GROUP_MOST = 256, GROUP_WAIT = 100 /* milliseconds */ };

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
    return g->n == GROUP_MOST || left <= 0 ? 0 : (int)left + 1;
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

static void sync_outputs(const group *g, const group_failure *f) {
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->jobs[i].noutputs && g->jobs[i].is.status == JOB_DONE; k++)
            output_begin_sync(&g->jobs[i].outputs[k]);
    for (size_t i = 0; i < g->n; i++) {
        job *j = &g->jobs[i];
        for (size_t k = 0; k < j->noutputs && j->is.status == JOB_DONE; k++)
            if (!output_sync(&j->outputs[k])) f->tell(f->self, j, &j->outputs[k], SAY_CANNOT_WRITE);
    }
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

void group_store(group *g, const planned *made, const group_failure *f) {
    bool all = true;
    if (g->n == 0) return;
    sync_outputs(g, f);
    if (!put_jobs(g, made)) {
        fail_all(g, f, errno);
        return;
    }
    for (size_t i = 0; i < g->n; i++) {
        job *j = &g->jobs[i];
        if (j->is.status != JOB_DONE || name_outputs(&made->plan, j, f)) continue;
        all = false;
        if (is_stored(&made->plan, j)) put(g, made, j);
    }
    if (!all) state_commit(made->state); /* if not, their times tell that they have no names */
}

void group_clear(group *g) {
    for (size_t i = 0; i < g->n; i++) job_clear(&g->jobs[i]);
    g->n = 0;
}

void group_free(group *g) {
    for (size_t i = 0; g->jobs && i < GROUP_MOST; i++) job_free(&g->jobs[i]);
    free(g->jobs);
    text_free(&g->place);
    *g = (group){.n = 0};
}

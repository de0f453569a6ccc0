/* batch_finish: what becomes of jobs whose work is done, one after another in the order of the
 * inputs: outputs are claimed, stored and named, what there is to say is said and counted. */
#include "run/batch_parts.h"

#include "interrupt.h"
#include "output/inplace.h"
#include "path.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An output that may not be written, or could not get its name. Nothing else is said of its input:
 * how far the work had come by then depends on other threads. */
static void fail_output(batch *b, job *j, const output *o, say_id what) {
    qw_language language = b->p->o->language;
    bool taken = what == SAY_IS_TAKEN;
    const char *word = taken                    ? o->path
                       : what == SAY_IS_FOREIGN ? j->item.path
                                                : say_errno(language, o->error);
    j->is.status = JOB_FAILED;
    j->taken = taken;
    text_clear(&j->log);
    say_error(&j->log, language, taken ? j->item.path : o->path, what, WORDS(word));
    fault_say(&j->fault, what, taken || what == SAY_IS_FOREIGN ? word : NULL, o->error);
}

/* What is replaced in place is claimed by its real path: inputs may name one file in two ways. */
static bool claim(batch *b, job *j, const output *o) {
    const char *path = b->p->o->backup && j->item.whole ? j->item.whole : o->path;
    if (o->special || claims_add(&b->claims, path, &b->memory)) return true;
    fail_output(b, j, o, b->memory ? SAY_OUT_OF_MEMORY : SAY_IS_TAKEN);
    return false;
}

static void say_refused(batch *b, job *j) {
    const output *o = &j->outputs[j->noutputs - 1];
    bool taken = j->is.refused == SAY_IS_FOREIGN && claims_has(&b->claims, o->path);
    fail_output(b, j, o, taken ? SAY_IS_TAKEN : j->is.refused);
}

/* What stands from an earlier run is no other input's to write. */
static void claim_before(batch *b, const job *j) {
    const char *folder = b->p->folder;
    for (size_t i = 0; i < j->before.noutputs; i++) {
        const state_output *o = &j->before.outputs[i];
        char *path = folder ? path_join(folder, o->name) : path_join("", b->p->file);
        if (path && o->current) claims_add(&b->claims, path, &b->memory);
        free(path);
    }
}

/* All outputs of a job are claimed before the first is named. */
static void claim_outputs(batch *b, job *j) {
    if (j->noutputs && j->is.refused != SAY_COUNT) say_refused(b, j);
    if (j->is.status == JOB_BEFORE) claim_before(b, j);
    for (size_t i = 0; i < j->noutputs && j->is.status == JOB_DONE; i++)
        claim(b, j, &j->outputs[i]);
}

static void commit_in_place(batch *b, job *j) {
    say_id what;
    const options *o = b->p->o;
    bool force = option_given(o, OPTION_FORCE);
    if (j->is.status != JOB_DONE || !j->noutputs) return;
    if (!output_sync(&j->outputs[0]))
        fail_output(b, j, &j->outputs[0], SAY_CANNOT_WRITE);
    else if (!inplace_commit(&j->outputs[0], &j->is.source, o->backup, force, &what))
        fail_output(b, j, &j->outputs[0], what);
}

/* A closed pipe ends the run as it ends other programs: without a word. */
static void stop_stdout(batch *b, int error) {
    if (b->stdout_failed) return;
    b->stdout_failed = true;
    if (error == EPIPE) {
        interrupt_with(SIGPIPE);
        return;
    }
    interrupt_stop();
    say_error(&b->say, b->p->o->language, NULL, SAY_CANNOT_WRITE_STDOUT,
              WORDS(say_errno(b->p->o->language, error)));
}

static void put_stdout(batch *b, const text *t) {
    if (!b->stdout_failed && !write_all(STDOUT_FILENO, text_z(t), t->n)) stop_stdout(b, errno);
}

/* Memory that --max-memory does not allow will be as little another time. */
static bool may_pass(const batch *b, const fault *f) {
    return f->passing && !(b->p->memory && strcmp(f->id, "out-of-memory") == 0);
}

static void count(batch *b, const job *j) {
    tally *s = &b->sum;
    s->failed += j->is.status == JOB_FAILED;
    s->skipped += j->is.status == JOB_SKIPPED;
    s->as_asked += j->is.as_asked;
    s->given_up += j->is.status == JOB_GIVEN_UP;
    s->before += j->is.status == JOB_BEFORE;
    s->passing += j->is.status == JOB_FAILED && may_pass(b, &j->fault);
    if (j->is.status == JOB_DONE || j->is.status == JOB_BEFORE)
        s->undecoded += j->is.undecodable > 0;
    if (j->is.status != JOB_DONE) return;
    s->done++;
    s->changed += j->is.changed;
    s->found += j->is.findings > 0;
    s->removed += j->is.removed;
    s->removed_bytes += j->is.removed_bytes;
    s->findings += j->is.findings;
}

/* Puts the outputs of a job into the archive. */
static void bundle_outputs(batch *b, job *j) {
    int64_t time = j->item.timed ? j->item.time : (int64_t)j->is.source.st_mtim.tv_sec;
    for (size_t i = 0; i < j->noutputs && j->is.status == JOB_DONE; i++) {
        text why = {0};
        if (!bundle_add(&b->bundle, b->made, &j->outputs[i], time, &why)) {
            j->is.status = JOB_FAILED;
            text_clear(&j->log);
            text_add(&j->log, text_z(&why), why.n);
        }
        text_free(&why);
    }
}

/* What there is to say of a job whose outputs have their names, or never will. */
static void conclude(batch *b, job *j) {
    if (j->is.status == JOB_BEFORE && b->p->report)
        state_report(b->made->state, j->before.row, &j->report);
    if (j->out.n) progress_clear(&b->progress);
    if (j->is.stdout_error) stop_stdout(b, j->is.stdout_error);
    if (j->is.status == JOB_DONE || j->is.status == JOB_BEFORE) {
        put_stdout(b, &j->out);
        if (!report_add(&b->report, &j->report, &j->is.source)) stop_stdout(b, errno);
    }
    count(b, j);
    if (j->is.status == JOB_DONE) summary_add(&b->summary, &j->facts);
    if (j->log.n) progress_say(&b->progress, &j->log);
    progress_step(&b->progress, &j->item, b->sum.failed);
    if (b->keeps) ledger_note(&b->ledger, j);
}

static void tell_output(void *self, job *j, output *o, say_id what) {
    fail_output(self, j, o, what);
}

/* Jobs whose outputs are on the disk are concluded. False when they are not there yet. */
static bool let_go(batch *b, bool wait) {
    group *g = &b->groups[!b->taking];
    group_failure failure = {tell_output, b};
    if (!group_end(g, b->made, &b->disk, &failure, wait)) return false;
    for (size_t i = 0; i < g->n; i++) conclude(b, &g->jobs[i]);
    group_clear(g);
    return true;
}

/* The jobs that were taken begin to wait for the disk; those that do have to leave first. */
static void send_on(batch *b) {
    group *g = &b->groups[b->taking];
    if (g->n == 0) return;
    let_go(b, true);
    group_begin(g, b->made, &b->disk, &(group_failure){tell_output, b});
    b->taking = !b->taking;
}

void batch_settle(batch *b) {
    send_on(b);
    let_go(b, true);
}

int batch_rest(void *self) {
    enum { SOON = 2 /* milliseconds */ };
    batch *b = self;
    bool gone = let_go(b, false);
    const group *g = &b->groups[b->taking];
    if (group_is_full(g) || (gone && group_wait(g) == 0)) {
        send_on(b);
        gone = let_go(b, false);
    }
    return gone ? group_wait(&b->groups[b->taking]) : SOON;
}

/* Nothing is to be stored of the job, and no other is to come before it. */
static bool is_as_before(const batch *b, const job *j) {
    return b->groups[0].n + b->groups[1].n == 0 && j->is.status == JOB_BEFORE &&
           j->item.modified == j->before.modified;
}

void batch_finish(void *self, void *slot) {
    batch *b = self;
    job *j = slot;
    if (j->out.failed || j->log.failed || j->report.failed || j->facts.failed) {
        text_clear(&j->log);
        job_fail(b->p, j, SAY_OUT_OF_MEMORY, 0);
    }
    if (b->p->report && j->is.status == JOB_DONE) naming_record(&j->item, &j->report);
    b->sum.renamed += j->is.status == JOB_DONE && j->item.was;
    claim_outputs(b, j);
    bool stores = b->made->state && !b->p->dry && !is_as_before(b, j);
    if (stores && group_add(&b->groups[b->taking], j)) {
        batch_rest(b);
        return;
    }
    if (stores) {
        job_drop(j);
        job_fail(b->p, j, SAY_OUT_OF_MEMORY, 0);
    } else {
        if (b->bundle.open) bundle_outputs(b, j);
        if (b->p->o->backup && !b->p->dry) commit_in_place(b, j);
    }
    conclude(b, j);
    job_clear(j);
}

#include "run/batch.h"

#include "commands.h"
#include "input/inputs.h"
#include "input/naming.h"
#include "interrupt.h"
#include "output/bundle.h"
#include "output/claims.h"
#include "output/inplace.h"
#include "output/temporary.h"
#include "path.h"
#include "pool/pool.h"
#include "run/group.h"
#include "run/parcel.h"
#include "run/progress.h"
#include "run/report.h"
#include "run/resume.h"
#include "run/summary.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What was done. */
typedef struct tally {
    uint64_t done, changed, found, failed, skipped, given_up, before, undecoded;
    uint64_t renamed;
    uint64_t as_asked; /* of those skipped */
    uint64_t passing;  /* failed for a reason that may pass */
    uint64_t removed, removed_bytes, findings;
} tally;

typedef struct batch {
    planned *made;
    const plan *p;
    walk *walk;
    naming naming;
    inputs_rules opening;
    inputs *inputs; /* what is walked over, archives opened */
    pool_work jobs;
    uint64_t taken;
    /* Changed by finish() alone, which runs once at a time. */
    tally sum;
    claims claims;
    claims swept; /* folders that leftovers were removed from */
    group group;
    report report;
    bundle bundle;
    progress progress;
    summary summary;
    text say;
    bool stdout_failed, memory;
    bool incomplete; /* the workers could not do all */
} batch;

/* ---- Jobs ---------------------------------------------------------------------------------- */

/* The folder that the output of an item goes to; NULL when there is none. */
static char *output_folder(const plan *p, const walk_item *item) {
    if (p->file) return path_folder(p->file);
    if (p->bundle) return path_folder(p->bundle);
    if (p->o->backup) return path_folder(item->path);
    char *path = p->folder && item->name ? path_join(p->folder, item->name) : NULL;
    char *folder = path ? path_folder(path) : NULL;
    free(path);
    return folder;
}

/* Before anything is written to a folder, removes what a run that was killed left there. */
static void sweep(batch *b, const walk_item *item) {
    bool memory = false;
    if (!b->p->writes || b->p->dry) return;
    char *folder = output_folder(b->p, item);
    if (folder && claims_add(&b->swept, folder, &memory)) temporary_sweep(folder);
    free(folder);
}

static pool_taken take(void *self, void *slot, uint64_t *weight) {
    batch *b = self;
    job *j = slot;
    do {
        inputs_answer next = interrupted() ? INPUTS_END : inputs_next(b->inputs, &j->item);
        b->jobs.input = inputs_wait(b->inputs);
        if (next != INPUTS_ITEM) return next == INPUTS_LATER ? POOL_LATER : POOL_END;
    } while (!shard_holds(&b->made->shard, j->item.name));
    j->number = b->taken++;
    *weight = j->item.size;
    if (!naming_apply(&b->naming, &j->item) || !resume_name(b->made, j))
        return job_fail(b->p, j, SAY_OUT_OF_MEMORY, 0), POOL_READY;
    if (!job_admit(b->p, j)) return POOL_READY;
    sweep(b, &j->item);
    return resume_admit(b->made, j) ? POOL_JOB : POOL_READY;
}

static void send_job(void *self, const void *slot, text *t) {
    (void)self;
    parcel_send(slot, t);
}

static bool receive(void *self, void *slot, unpacker *u) {
    (void)self;
    return parcel_receive(slot, u);
}

static void lose(void *self, void *slot, const pool_loss *loss) {
    batch *b = self;
    job *j = slot;
    char *folder = loss->worker ? output_folder(b->p, &j->item) : NULL;
    uint64_t number = j->number * FORMATS_MOST;
    if (folder) temporary_drop(folder, number, number + FORMATS_MOST);
    if (b->p->media && loss->worker) temporary_drop(b->p->media, number, number + FORMATS_MOST);
    free(folder);
    job_lose(b->p, j, loss->status);
}

static bool accept_job(void *self, void *slot, unpacker *u) {
    (void)self;
    return parcel_accept(slot, u);
}

static void work(void *self, void *worker_self, void *slot) {
    batch *b = self;
    job_work(b->p, worker_self, slot);
}

static void reply(void *self, const void *slot, text *t) {
    (void)self;
    parcel_reply(slot, t);
}

static void hand_over(void *self, void *slot) {
    (void)self;
    parcel_hand_over(slot);
}

static void drop_job(void *slot) {
    job_free(slot);
}

static void drop_worker(void *self) {
    worker_free(self);
}

/* ---- Finishing ----------------------------------------------------------------------------- */

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
    job_clear(j);
}

static void tell_output(void *self, job *j, output *o, say_id what) {
    fail_output(self, j, o, what);
}

static void settle(batch *b) {
    group_store(&b->group, b->made, &(group_failure){tell_output, b});
    for (size_t i = 0; i < b->group.n; i++) conclude(b, &b->group.jobs[i]);
    group_clear(&b->group);
}

static int rest(void *self) {
    batch *b = self;
    if (group_wait(&b->group) == 0) settle(b);
    return group_wait(&b->group);
}

static void finish(void *self, void *slot) {
    batch *b = self;
    job *j = slot;
    if (j->out.failed || j->log.failed || j->report.failed || j->facts.failed) {
        text_clear(&j->log);
        job_fail(b->p, j, SAY_OUT_OF_MEMORY, 0);
    }
    if (b->p->report && j->is.status == JOB_DONE) naming_record(&j->item, &j->report);
    b->sum.renamed += j->is.status == JOB_DONE && j->item.was;
    claim_outputs(b, j);
    if (!b->made->state || b->p->dry) {
        if (b->bundle.open) bundle_outputs(b, j);
        if (b->p->o->backup && !b->p->dry) commit_in_place(b, j);
        conclude(b, j);
    } else if (group_add(&b->group, j)) {
        rest(b);
    } else {
        job_drop(j);
        job_fail(b->p, j, SAY_OUT_OF_MEMORY, 0);
        conclude(b, j);
    }
}

/* ---- The end ------------------------------------------------------------------------------- */

static say_id sum_sentence(const plan *p) {
    if (p->dry) return SAY_WOULD_SUM;
    if (p->writes) return SAY_SUM;
    return p->o->command == COMMAND_CHECK ? SAY_SUM_CHECKED : SAY_SUM_LOOKED;
}

static void say_sum(batch *b) {
    const tally *s = &b->sum;
    qw_language language = b->p->o->language;
    text files = {0}, skipped = {0};
    uint64_t all = s->done + s->before + s->failed;
    bool check = b->p->o->command == COMMAND_CHECK;
    uint64_t hit = check ? s->found : s->changed;
    if (!b->made->several || b->p->o->volume < 0) return;
    if (s->skipped) say(&skipped, language, SAY_SUM_SKIPPED, WORDS(NUM(s->skipped)));
    if (s->before) say(&skipped, language, SAY_SUM_BEFORE, WORDS(NUM(s->before)));
    say(&files, language, all == 1 ? SAY_ONE_FILE : SAY_FILES, WORDS(NUM(all)));
    text_put(&b->say, "qingwen: ");
    say(&b->say, language, sum_sentence(b->p),
        WORDS(text_z(&files), NUM(hit), NUM(s->done - hit), NUM(s->failed), text_z(&skipped),
              NUM(check ? s->findings : s->removed), NUM(s->removed_bytes)));
    text_put(&b->say, "\n");
    if (s->renamed) {
        text_put(&b->say, "qingwen: ");
        say(&b->say, language, SAY_SUM_RENAMED, WORDS(NUM(s->renamed)));
        text_put(&b->say, "\n");
    }
    if (b->p->o->volume > 0) summary_say(&b->summary, &b->say, language);
    text_free(&files);
    text_free(&skipped);
}

static int exit_code(const batch *b, bool report_ok) {
    const tally *s = &b->sum;
    if (b->stdout_failed) return EXIT_NOTHING;
    if (b->p->home && !b->p->dry && (s->passing || b->incomplete)) return EXIT_AGAIN;
    if (s->done + s->before + s->as_asked == 0 && (s->failed || !b->made->shard.count))
        return EXIT_NOTHING;
    if (s->failed || s->undecoded || !report_ok || inputs_failed(b->inputs) || b->incomplete)
        return EXIT_SOME;
    return b->p->o->command == COMMAND_CHECK && s->findings ? EXIT_FOUND : EXIT_DONE;
}

/* What a run notes of itself, in a state that there is. The state of a shard that has no inputs
 * tells that its task was there; another one that nothing was done for is not left behind. */
static void note_run(batch *b, bool ended) {
    const tally *s = &b->sum;
    state *to = b->made->state;
    const shard *part = &b->made->shard;
    if (!to || b->p->dry) return;
    if (ended && !part->count && s->done + s->before + s->failed == 0) state_discard(to);
    if (!part->count && !state_exists(to)) return;
    bool complete = ended && !interrupted() && !inputs_failed(b->inputs) && !b->incomplete;
    bool ok =
        state_note(to, "complete", complete ? "1" : "0") && state_note(to, "version", qw_version());
    if (part->count)
        ok = ok && state_note(to, "shard", NUM(part->index + 1)) &&
             state_note(to, "shards", NUM(part->count)) &&
             state_note(to, "first", NUM(part->first));
    if (!ok || !state_commit(to)) b->incomplete = true;
}

/* The last words, and the sum for programs. */
static void end_progress(batch *b, int code) {
    const tally *t = &b->sum;
    text sum = {0};
    if (b->say.n) progress_say(&b->progress, &b->say);
    text_printf(
        &sum,
        "\"done\":%" PRIu64 ",\"changed\":%" PRIu64 ",\"failed\":%" PRIu64 ",\"skipped\":%" PRIu64
        ",\"before\":%" PRIu64 ",\"removals\":%" PRIu64 ",\"findings\":%" PRIu64 ",\"code\":%d",
        t->done, t->changed, t->failed, t->skipped, t->before, t->removed, t->findings, code);
    summary_put(&b->summary, &sum);
    progress_end(&b->progress, &sum);
    text_free(&sum);
}

static int end(batch *b) {
    const options *o = b->p->o;
    note_run(b, true);
    bool report_ok = report_close(&b->report, b->made, &b->say);
    bool whole = !interrupted() && !b->stdout_failed;
    if (!bundle_close(&b->bundle, b->made, whole, &b->say)) b->incomplete = true;
    const tally *s = &b->sum;
    progress_clear(&b->progress);
    if (inputs_failed(b->inputs))
        say_error(&b->say, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    bool none = s->done + s->before + s->as_asked + s->failed + s->given_up == 0;
    if (none && !b->made->shard.count && !interrupted())
        say_error(&b->say, o->language, o->inputs[0], SAY_NOTHING_FOUND, NO_WORDS);
    else if (!b->stdout_failed)
        say_sum(b);
    if (interrupted() && !b->stdout_failed)
        say_error(&b->say, o->language, NULL, SAY_INTERRUPTED, NO_WORDS);
    if (b->p->dry && b->p->report) {
        say_error(&b->say, o->language, NULL, SAY_WOULD_WRITE_REPORT,
                  WORDS(o->value[OPTION_REPORT]));
    }
    int code = exit_code(b, report_ok);
    end_progress(b, code);
    return code;
}

/* Whether some input may hold several: a folder or an archive. */
static bool has_folder(const batch *b) {
    struct stat info;
    const options *o = b->p->o;
    bool opens = !option_given(o, OPTION_NO_ARCHIVES);
    if (b->made->standard_archive) return true;
    for (size_t i = 0; i < o->ninputs; i++) {
        if (stat(o->inputs[i], &info) != 0) continue;
        if (S_ISDIR(info.st_mode) || (opens && may_be_archive(o->inputs[i]))) return true;
    }
    return false;
}

/* No more workers than there can be documents. One document without a limit is worked on in this
 * process. */
static size_t count_workers(const batch *b) {
    const options *o = b->p->o;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!b->made->several && !option_given(o, OPTION_MAX_TIME) && !b->p->memory) return 0;
    size_t n = o->jobs ? o->jobs : processors > 0 ? (size_t)processors : 1;
    return !has_folder(b) && n > o->ninputs ? o->ninputs : n;
}

/* How far it is, is shown on a terminal, or where it is asked for. */
static progress_kind progress_asked(const batch *b) {
    const char *asked = b->p->o->value[OPTION_PROGRESS];
    if (!b->made->several) return PROGRESS_NONE;
    if (asked && *asked == 'j') return PROGRESS_JSON;
    if (asked && *asked == 'n') return PROGRESS_NONE;
    bool shown = asked || (isatty(STDERR_FILENO) && b->p->o->volume >= 0);
    return shown ? PROGRESS_LINE : PROGRESS_NONE;
}

static bool begin(batch *b) {
    const options *o = b->p->o;
    walk_rules rules = {
        .skip = {b->p->folder ? b->p->folder : b->p->bundle, o->value[OPTION_REPORT]},
        .include = &o->include,
        .exclude = &o->exclude,
        .fix_names = option_given(o, OPTION_FIX_NAMES),
    };
    b->walk = walk_new(o->inputs, o->ninputs, &rules);
    b->opening = (inputs_rules){
        .closed = option_given(o, OPTION_NO_ARCHIVES) || o->backup,
        .standard = b->made->standard_archive ? STANDARD_PATH : NULL,
        .seconds = b->p->seconds,
        .memory = b->p->memory,
        .archives = {.hidden = b->p->copies,
                     .bare = o->ninputs == 1 && (b->p->bundle || strcmp(o->inputs[0], "-") == 0),
                     .include = &o->include,
                     .exclude = &o->exclude,
                     .archives = b->p->archives},
    };
    if (!naming_open(&b->naming, o, &b->say)) return false;
    b->inputs = b->walk ? inputs_new(b->walk, &b->opening) : NULL;
    if (!b->inputs)
        return say_error(&b->say, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS), false;
    if (!report_open(&b->report, b->made, &b->say)) return false;
    if (!bundle_open(&b->bundle, b->made, &b->say)) return false;
    if (b->report.open) claims_add(&b->claims, b->report.made.file.path, &b->memory);
    note_run(b, false);
    progress_begin(&b->progress, progress_asked(b), o->language, o->inputs, o->ninputs, &rules);
    return true;
}

static void run(batch *b) {
    b->jobs = (pool_work){
        .self = b,
        .slot_size = sizeof(job),
        .worker_size = sizeof(worker),
        .seconds = b->p->seconds,
        .memory = b->p->memory,
        .input = -1,
        .take = take,
        .send = send_job,
        .receive = receive,
        .lose = lose,
        .finish = finish,
        .rest = rest,
        .accept = accept_job,
        .work = work,
        .reply = reply,
        .hand_over = hand_over,
        .drop_job = drop_job,
        .drop_worker = drop_worker,
    };
    int error = pool_run(&b->jobs, count_workers(b));
    settle(b);
    qw_language language = b->p->o->language;
    if (error) {
        b->incomplete = true;
        say_error(&b->say, language, NULL, SAY_NO_WORKER, WORDS(say_errno(language, error)));
    }
}

int batch_run(planned *made) {
    batch b = {.made = made, .p = &made->plan};
    int code = EXIT_NOTHING;
    if (begin(&b)) {
        run(&b);
        code = end(&b);
    } else {
        text ignored = {0};
        report_close(&b.report, made, &ignored);
        bundle_close(&b.bundle, made, false, &ignored);
        text_free(&ignored);
    }
    say_now(&b.say);
    text_free(&b.say);
    claims_free(&b.claims);
    claims_free(&b.swept);
    summary_free(&b.summary);
    group_free(&b.group);
    naming_close(&b.naming);
    inputs_free(b.inputs);
    walk_free(b.walk);
    return code;
}

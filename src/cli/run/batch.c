#include "run/batch.h"

#include "commands.h"
#include "interrupt.h"
#include "output/temporary.h"
#include "path.h"
#include "run/batch_parts.h"
#include "run/parcel.h"
#include "run/resume.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Whether the output of an item goes to the folder that the last one's went to. */
static bool has_last_folder(batch *b, const walk_item *item) {
    const char *name = b->p->o->backup ? item->path : b->p->folder ? item->name : "";
    const char *slash = strrchr(name, '/');
    size_t n = slash ? (size_t)(slash - name) + 1 : 0;
    text *last = &b->last_folder;
    if (last->p && last->n == n && memcmp(last->p, name, n) == 0) return true;
    text_clear(last);
    text_add(last, name, n);
    return false;
}

/* Before anything is written to a folder, removes what a run that was killed left there. */
static void sweep(batch *b, const walk_item *item) {
    bool memory = false;
    if (!b->p->writes || b->p->dry || has_last_folder(b, item)) return;
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
    if (!b->made->several && !option_given(o, OPTION_MAX_TIME) && !b->p->memory) return 0;
    size_t n = plan_workers(o);
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

/* What was done before need not be looked at one by one when nothing is to be said or reported of
 * it, and no two inputs can have one output. */
static bool keeps_ledger(const batch *b) {
    const plan *p = b->p;
    const options *o = p->o;
    bool renames = option_given(o, OPTION_CLEAN_NAMES) || option_given(o, OPTION_FIX_NAMES);
    return b->made->state && p->folder && p->home && !p->dry && !p->report && !p->rules.force &&
           !p->media && !b->made->shard.count && o->ninputs == 1 && o->volume <= 0 && !renames;
}

/* Asked by the walk: whether a folder can be passed over. */
static bool is_done(void *self, const walk_folder *f) {
    batch *b = self;
    state_folder is;
    if (!ledger_knows(&b->ledger, f, &is)) return false;
    b->sum.before += is.items - is.left_out;
    b->sum.skipped += is.left_out;
    b->sum.undecoded += is.undecoded;
    progress_pass(&b->progress, f, b->sum.failed);
    return true;
}

static bool begin(batch *b) {
    const options *o = b->p->o;
    b->keeps = keeps_ledger(b);
    b->ledger.made = b->made;
    walk_rules rules = {
        .skip = {b->p->folder ? b->p->folder : b->p->bundle, o->value[OPTION_REPORT]},
        .include = &o->include,
        .exclude = &o->exclude,
        .fix_names = option_given(o, OPTION_FIX_NAMES),
    };
    walk_rules asking = rules;
    asking.begin = b->keeps ? ledger_begin : NULL;
    asking.begin_self = &b->ledger;
    asking.is_done = b->keeps ? is_done : NULL;
    asking.self = b;
    b->walk = walk_new(o->inputs, o->ninputs, &asking);
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
    b->naming.any_length = !b->p->folder;
    b->inputs = b->walk ? inputs_new(b->walk, &b->opening) : NULL;
    if (!b->inputs)
        return say_error(&b->say, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS), false;
    if (!report_open(&b->report, b->made, &b->say)) return false;
    if (!bundle_open(&b->bundle, b->made, &b->say)) return false;
    if (b->report.open) claims_add(&b->claims, b->report.made.file.path, &b->memory);
    batch_note(b, false);
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
        .finish = batch_finish,
        .rest = batch_rest,
        .accept = accept_job,
        .work = work,
        .reply = reply,
        .hand_over = hand_over,
        .drop_job = drop_job,
        .drop_worker = drop_worker,
    };
    size_t workers = count_workers(b);
    bool waits = workers && b->made->several && b->made->state && !b->p->dry;
    (waits ? aside_open : aside_open_here)(&b->disk, group_sync, NULL);
    (waits && b->keeps ? aside_open : aside_open_here)(&b->ledger.lister, ledger_list, b->p);
    int error = pool_run(&b->jobs, workers);
    batch_settle(b);
    aside_close(&b->disk);
    aside_close(&b->ledger.lister);
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
        code = batch_end(&b);
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
    text_free(&b.last_folder);
    summary_free(&b.summary);
    for (unsigned i = 0; i < 2; i++) group_free(&b.groups[i]);
    ledger_free(&b.ledger);
    naming_close(&b.naming);
    inputs_free(b.inputs);
    walk_free(b.walk);
    return code;
}

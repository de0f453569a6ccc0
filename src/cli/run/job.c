#include "run/job.h"

#include "interrupt.h"
#include "path.h"
#include "run/job_parts.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void sum_up(const plan *p, job *j, const qw_doc *d) {
    qw_summary sum;
    qw_summarize(d, &sum);
    j->is.changed = sum.changed;
    j->is.removed = sum.removed_edits;
    j->is.removed_bytes = sum.removed;
    j->is.undecodable = sum.undecodable;
    if (job_has_state(p) || p->counts) facts_pack(&j->facts, d);
}

/* Whether a name ends in a dot and up to five ASCII letters and digits, a letter among them. */
static bool has_extension(const char *name) {
    const char *dot = strrchr(name, '.');
    bool letter = false;
    if (!dot || dot == name || strlen(dot + 1) > 5) return false;
    for (const char *c = dot + 1; *c; c++) {
        bool lower = (*c | 32) >= 'a' && (*c | 32) <= 'z', digit = *c >= '0' && *c <= '9';
        if (!lower && !digit) return false;
        letter |= lower;
    }
    return letter;
}

/* In a folder, tables, programs and web pages are text too, but no documents to clean: their
 * extension tells. What is named is taken as it is, and decoding is for text of every kind. */
bool job_is_document(const plan *p, const walk_item *item) {
    bool decodes = p->o->command == COMMAND_CONVERT || p->o->command == COMMAND_DETECT;
    const char *slash = strrchr(item->path, '/'), *name = slash ? slash + 1 : item->path;
    bool archive = option_given(p->o, OPTION_NO_ARCHIVES) && is_archive_name(name);
    if (item->named || (decodes && !archive) || !has_extension(name)) return true;
    const qw_format_info *format = path_format(name);
    return format && format->reads;
}

/* Writes what is no document as it is. */
static void copy_input(const plan *p, const worker *w, job *j) {
    output *o = &j->outputs[0];
    say_id what = SAY_CANNOT_WRITE;
    j->nformats = 1;
    if (!job_prepare_output(p, j, NULL, o) || p->dry) return;
    bool ok = output_begin(o, j->number * FORMATS_MOST, &what);
    if (ok) output_sink(o, w->input.p, w->input.n);
    if (ok) ok = output_end(o), what = SAY_CANNOT_WRITE;
    if (!ok) job_fail_output(p, j, o, what);
}

static void leave_out(const plan *p, const worker *w, job *j) {
    if (p->copies)
        copy_input(p, w, j);
    else
        job_skip(p, j, SAY_SKIPPED_FORMAT);
}

/* NULL when there is nothing more to do. */
static qw_doc *read_document(const plan *p, worker *w, job *j) {
    qw_error why = {0};
    qw_input input = {.name = j->item.path, .bytes = w->input.p, .n = w->input.n};
    if (!w->space) w->space = qw_workspace_new();
    if (!w->space) return job_fail(p, j, SAY_OUT_OF_MEMORY, ENOMEM), NULL;
    qw_doc *d = qw_read(w->space, &input, &p->read, &why);
    if (d) return d;
    if (j->item.named || !why.id || strcmp(why.id, "unknown-format") != 0)
        return job_fail_with(p, j, &why), NULL;
    leave_out(p, w, j);
    return NULL;
}

/* What convert --skip-utf8 leaves out. */
static bool is_utf8_already(const plan *p, const qw_doc *d) {
    qw_summary sum;
    if (!option_given(p->o, OPTION_SKIP_UTF8)) return false;
    qw_summarize(d, &sum);
    return strcmp(sum.format, "txt") == 0 && strcmp(sum.encoding, "UTF-8") == 0 && !sum.bom &&
           !sum.changed && sum.undecodable == 0;
}

static void process(const plan *p, worker *w, job *j) {
    qw_error why = {0};
    if (!job_is_document(p, &j->item)) {
        copy_input(p, w, j);
        return;
    }
    qw_doc *d = read_document(p, w, j);
    if (!d || (p->writes && !job_prepare(p, j, d))) return;
    if (p->chain && !qw_run(p->chain, d, &why)) {
        job_fail_with(p, j, &why);
        return;
    }
    sum_up(p, j, d);
    if (is_utf8_already(p, d)) {
        job_skip(p, j, SAY_SKIPPED_UTF8);
        j->is.as_asked = true;
        return;
    }
    job_say_notes(p, j, d);
    if (p->writes)
        job_write_document(p, w, j, d);
    else if (!p->show(p, w, j, d, &why))
        job_fail_with(p, j, &why);
}

bool job_admit(const plan *p, job *j) {
    const walk_item *item = &j->item;
    j->is.refused = SAY_COUNT;
    if (item->kind == WALK_SKIPPED)
        job_skip(p, j, item->what);
    else if (item->kind == WALK_LOST)
        job_lose(p, j, item->error);
    else if (item->why)
        job_fail_with(p, j, item->why);
    else if (item->kind == WALK_FAILED)
        job_fail(p, j, item->what, item->error);
    else if (!p->copies && !job_is_document(p, item))
        job_skip(p, j, SAY_SKIPPED_FORMAT);
    else
        return true;
    return false;
}

static double now(void) {
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The input has another date than when it was worked on, and is the same all the same. */
static bool is_same(const plan *p, const worker *w, job *j) {
    if (!job_has_state(p)) return false;
    j->is.digest = digest_of(w->input.p, w->input.n);
    if (!j->before.same || w->input.n != j->before.size || j->is.digest != j->before.digest)
        return false;
    j->is.status = JOB_BEFORE;
    j->is.undecodable = j->before.undecodable;
    return true;
}

/* Reads the input, a file or what lies in an archive. */
static bool take_in(const plan *p, worker *w, job *j) {
    say_id what = SAY_COUNT;
    int error = 0;
    qw_error why = {0};
    const member *at = &j->item.member;
    w->archives.options = &p->archives;
    bool ok = at->archive ? members_read(&w->archives, at, &w->input, &what, &error, &why)
                          : load(&w->input, j->item.path, &what, &error);
    if (ok) return true;
    if (interrupted())
        j->is.status = JOB_GIVEN_UP;
    else if (what == SAY_COUNT)
        job_fail_with(p, j, &why);
    else
        job_fail(p, j, what, error);
    return false;
}

/* Of stdin something was read to see what it is. */
static bool begin(const plan *p, worker *w, const job *j) {
    if (strcmp(j->item.path, "-") != 0 || !p->head.n) return true;
    return load_begin(&w->input, p->head) == SAY_COUNT;
}

void job_work(const plan *p, worker *w, job *j) {
    double began = now();
    j->is.refused = SAY_COUNT;
    if (interrupted()) {
        j->is.status = JOB_GIVEN_UP;
    } else if (!begin(p, w, j)) {
        job_fail(p, j, SAY_OUT_OF_MEMORY, ENOMEM);
    } else if (!job_stream(p, w, j) && take_in(p, w, j)) {
        j->is.source = w->input.info;
        if (!is_same(p, w, j)) process(p, w, j);
    }
    j->is.seconds = now() - began;
    load_trim(&w->input);
}

void job_lose(const plan *p, job *j, int status) {
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    say_id what = number == 0         ? SAY_OUT_OF_MEMORY
                  : number == SIGALRM ? SAY_TOO_SLOW
                  : number == SIGKILL ? SAY_WORKER_KILLED
                                      : SAY_WORKER_CRASHED;
    job_drop(j);
    j->is.refused = SAY_COUNT;
    j->is.status = interrupted() ? JOB_GIVEN_UP : JOB_FAILED;
    if (j->is.status != JOB_FAILED) return;
    const char *word = NUM(number == SIGALRM ? p->seconds : (unsigned)number);
    job_complain(p, j, what, WORDS(word));
    fault_say(&j->fault, what, word, 0);
}

void job_drop(job *j) {
    for (size_t i = 0; i < j->noutputs; i++) output_drop(&j->outputs[i]);
    j->noutputs = 0;
    text_clear(&j->out);
    text_clear(&j->log);
    text_clear(&j->report);
    text_clear(&j->facts);
    fault_clear(&j->fault);
    j->is = (job_result){.status = JOB_DONE};
}

void job_clear(job *j) {
    job_drop(j);
    known_free(&j->before);
    free(j->name);
    *j = (job){.item = j->item,
               .out = j->out,
               .log = j->log,
               .report = j->report,
               .facts = j->facts,
               .fault = j->fault};
}

void job_free(job *j) {
    job_clear(j);
    text_free(&j->out);
    text_free(&j->log);
    text_free(&j->report);
    text_free(&j->facts);
    fault_free(&j->fault);
    walk_item_free(&j->item);
}

void worker_free(worker *w) {
    qw_workspace_free(w->space);
    qw_workspace_free(w->second);
    load_free(&w->input);
    members_close(&w->archives);
}

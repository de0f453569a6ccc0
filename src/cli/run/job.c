#include "run/job.h"

#include "interrupt.h"
#include "output/inplace.h"
#include "output/media.h"
#include "path.h"
#include "run/stream.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void job_complain(const plan *p, job *j, say_id id, const char *const *words) {
    say_error(&j->log, p->o->language, j->item.path, id, words);
}

void job_fail(const plan *p, job *j, say_id id, int error) {
    job_complain(p, j, id, WORDS(say_errno(p->o->language, error)));
    fault_say(&j->fault, id, NULL, error);
    j->is.status = JOB_FAILED;
}

static void fail_with(const plan *p, job *j, const qw_error *why) {
    j->is.status = interrupted() ? JOB_GIVEN_UP : JOB_FAILED;
    if (j->is.status != JOB_FAILED) return;
    say_failure(&j->log, p->o->language, j->item.path, why);
    fault_take(&j->fault, why);
}

/* An output that could not be written, or may not. */
static void fail_output(const plan *p, job *j, const output *o, say_id what) {
    const char *input = what == SAY_IS_FOREIGN ? j->item.path : NULL,
               *word = input ? input : say_errno(p->o->language, o->error);
    j->is.status = interrupted() ? JOB_GIVEN_UP : JOB_FAILED;
    if (j->is.status != JOB_FAILED) return;
    say_error(&j->log, p->o->language, o->path, what, WORDS(word));
    fault_say(&j->fault, what, input, o->error);
}

/* ---- Outputs ------------------------------------------------------------------------------- */

/* The formats to write this document in. */
static size_t choose_formats(const plan *p, const qw_doc *d,
                             const qw_format_info *formats[FORMATS_MOST]) {
    if (p->nformats > 0) {
        memcpy(formats, p->formats, p->nformats * sizeof *formats);
        return p->nformats;
    }
    qw_summary sum;
    qw_summarize(d, &sum);
    const qw_format_info *same = format_named(sum.format, strlen(sum.format));
    bool together = p->folder || p->bundle,
         keep = p->o->backup || (together && p->o->command == COMMAND_CLEAN);
    formats[0] = keep && same && same->writes ? same : format_named("txt", 3);
    return 1;
}

/* What becomes of inputs is kept where their outputs go. */
static bool has_state(const plan *p) {
    return p->file || p->folder;
}

static bool has_outputs(const plan *p) {
    return has_state(p) || p->bundle || p->o->backup;
}

/* An output that goes into an archive. */
static bool draft_output(const plan *p, job *j, char *listed, output *o) {
    char *path = listed ? path_join(p->bundle, listed) : NULL;
    return output_draft(o, path, listed, path_folder(p->bundle)) ||
           (job_fail(p, j, SAY_OUT_OF_MEMORY, ENOMEM), false);
}

/* Without a format it is a copy. */
static bool prepare_output(const plan *p, job *j, const qw_format_info *format, output *o) {
    say_id what;
    char *listed = !p->folder && !p->bundle ? path_base(p->file)
                   : format                 ? path_output(j->item.name, j->item.twin, format)
                                            : path_join("", j->item.name);
    if (p->bundle) return j->noutputs++, draft_output(p, j, listed, o);
    char *path = p->folder && listed ? path_join(p->folder, listed)
                                     : path_join("", p->folder ? "" : p->file);
    const struct stat *source = j->is.source.st_nlink ? &j->is.source : NULL;
    j->noutputs++;
    bool ok = output_prepare(o, path, listed, &p->rules, source, &j->before, &what);
    o->timed = j->item.timed;
    o->time = j->item.time;
    if (ok) return true;
    /* batch.c says why: it may be there because another input of this run has the same output. */
    j->is.refused = what;
    j->is.status = JOB_FAILED;
    return false;
}

/* The one output takes the place of the input, or of what a link on the command line leads to. */
static bool prepare_in_place(const plan *p, job *j) {
    struct stat entry;
    say_id what;
    const char *path = j->item.path;
    if (lstat(path, &entry) == 0 && S_ISLNK(entry.st_mode)) path = j->item.whole;
    if (!S_ISREG(j->is.source.st_mode)) {
        job_fail(p, j, SAY_IN_PLACE_FILES, 0);
        return false;
    }
    j->noutputs = 1;
    if (inplace_prepare(&j->outputs[0], path_join("", path), &what)) return true;
    job_fail(p, j, what, ENOMEM);
    return false;
}

static bool prepare_outputs(const plan *p, job *j) {
    if (p->o->backup) return prepare_in_place(p, j);
    for (size_t i = 0; i < j->nformats; i++)
        if (!prepare_output(p, j, j->formats[i], &j->outputs[i])) return false;
    return true;
}

/* The profile for official documents brings their layout with it. */
static qw_write_options write_settings(const options *o, const char *path) {
    const char *profile = o->value[OPTION_PROFILE], *layout = o->value[OPTION_LAYOUT];
    if (!layout && profile && strcmp(profile, "official") == 0) layout = "gongwen";
    return (qw_write_options){
        .output = path,
        .layout = layout,
        .chunk = o->chunk,
        .break_signature = option_given(o, OPTION_FORCE),
    };
}

/* Writes the document, and its pictures if that is asked for; path is NULL for stdout. A picture
 * that could not be written is told of here: then why->code is 0. */
static bool write_with_media(const plan *p, job *j, qw_doc *d, const qw_format_info *format,
                             const char *path, const qw_sink *sink, qw_error *why) {
    qw_write_options settings = write_settings(p->o, path);
    media m;
    if (!p->media || strcmp(format->name, "md") != 0)
        return qw_write(d, format->name, &settings, sink, why);
    bool ok = media_begin(&m, p->media, path, &p->rules, j->number * FORMATS_MOST);
    settings.media = &m.taker;
    ok = ok && qw_write(d, format->name, &settings, sink, why);
    if (m.failed) fail_output(p, j, &m.file, m.what), *why = (qw_error){0};
    media_end(&m);
    return ok;
}

static bool write_output(const plan *p, job *j, qw_doc *d, const qw_format_info *format,
                         output *o) {
    qw_error why = {0};
    say_id what;
    if (!output_begin(o, j->number * FORMATS_MOST + j->noutputs, &what)) {
        fail_output(p, j, o, what);
        return false;
    }
    qw_sink sink = {output_sink, o};
    bool ok = write_with_media(p, j, d, format, o->path, &sink, &why);
    if (output_end(o) && ok) return true;
    if (o->error)
        fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (why.code)
        fail_with(p, j, &why);
    return false;
}

/* ---- Standard output ----------------------------------------------------------------------- */

static bool stdout_sink(void *self, const void *bytes, size_t n) {
    job *j = self;
    if (interrupted()) return false;
    if (!write_all(STDOUT_FILENO, bytes, n)) j->is.stdout_error = errno;
    return !j->is.stdout_error;
}

/* The one document of the run goes to stdout as it is written. */
static bool write_stdout(const plan *p, job *j, qw_doc *d, const qw_format_info *format) {
    qw_error why = {0};
    qw_sink sink = {stdout_sink, j};
    if (write_with_media(p, j, d, format, NULL, &sink, &why)) return true;
    if (j->is.stdout_error)
        j->is.status = JOB_FAILED; /* batch.c says so */
    else if (why.code)
        fail_with(p, j, &why);
    return false;
}

bool job_write_view(job *j, qw_doc *d, const char *view, qw_error *why) {
    qw_sink sink = {text_sink, &j->out};
    return qw_write(d, view, NULL, &sink, why);
}

/* ---- What is said -------------------------------------------------------------------------- */

/* Warnings that are shown of one document without -v. */
enum { WARNINGS_SHOWN = 3 };

static void say_note(const plan *p, job *j, const qw_note_info *note) {
    text place = {0};
    if (note->place.line)
        text_printf(&place, "%zu:%zu", note->place.line,
                    note->place.column ? note->place.column : 1);
    else if (note->place.length)
        text_printf(&place, "byte %llu", (unsigned long long)note->place.offset);
    say_line(&j->log, j->item.path, text_z(&place), note->text[p->o->language]);
    text_free(&place);
}

static void say_notes(const plan *p, job *j, const qw_doc *d) {
    qw_note_info note;
    size_t shown = 0;
    if (p->o->volume < 0) return;
    for (size_t i = 0; qw_note_get(d, i, &note); i++) {
        if (p->o->volume == 0 && (note.level < QW_WARNING || shown == WARNINGS_SHOWN)) continue;
        shown++;
        say_note(p, j, &note);
    }
}

/* What happened to the text, in words. */
static void describe(const plan *p, const job *j, text *t) {
    qw_language language = p->o->language;
    if (j->is.removed)
        say(t, language, p->dry ? SAY_WOULD_REMOVE : SAY_REMOVED,
            WORDS(NUM(j->is.removed), NUM(j->is.removed_bytes)));
    else if (j->is.changed)
        say(t, language, p->dry ? SAY_WOULD_CHANGE : SAY_CHANGED, NO_WORDS);
    else
        say(t, language, SAY_UNCHANGED, NO_WORDS);
}

/* A line for each output, on stdout when nothing else is written there. */
static void say_outputs(const plan *p, job *j) {
    text done = {0}, line = {0}, from = {0}, to = {0};
    describe(p, j, &done);
    text_show(&from, str_z(j->item.path), 0);
    for (size_t i = 0; i < j->noutputs || i == 0; i++) {
        text_clear(&to);
        text_show(&to, str_z(j->noutputs ? j->outputs[i].path : "stdout"), 0);
        say(&line, p->o->language, p->dry ? SAY_WOULD : SAY_DONE,
            WORDS(text_z(&from), text_z(&to), text_z(&done)));
        text_put(&line, "\n");
    }
    if (p->dry)
        text_add(&j->out, text_z(&line), line.n);
    else if (p->o->volume > 0)
        text_put(&j->log, "qingwen: "), text_add(&j->log, text_z(&line), line.n);
    text_free(&done);
    text_free(&line);
    text_free(&from);
    text_free(&to);
}

/* ---- The work ------------------------------------------------------------------------------ */

static bool write_report(const plan *p, job *j, qw_doc *d) {
    qw_error why = {0};
    qw_sink sink = {text_sink, &j->report};
    qw_write_options settings = write_settings(p->o, j->noutputs ? j->outputs[0].path : NULL);
    if (!p->report || p->dry || qw_write(d, "report", &settings, &sink, &why)) return true;
    fail_with(p, j, &why);
    return false;
}

/* What goes to stdout needs no output. */
static bool prepare(const plan *p, job *j, const qw_doc *d) {
    j->nformats = choose_formats(p, d, j->formats);
    return !has_outputs(p) || prepare_outputs(p, j);
}

static void write_document(const plan *p, const worker *w, job *j, qw_doc *d) {
    for (size_t i = 0; i < j->nformats && !p->dry; i++) {
        bool ok = j->noutputs ? write_output(p, j, d, j->formats[i], &j->outputs[i])
                              : write_stdout(p, j, d, j->formats[i]);
        if (!ok) return;
    }
    output *o = &j->outputs[0];
    if (p->o->backup && !inplace_end(o, &j->is.source, w->input.p, w->input.n))
        fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (write_report(p, j, d))
        say_outputs(p, j);
}

static void sum_up(const plan *p, job *j, const qw_doc *d) {
    qw_summary sum;
    qw_summarize(d, &sum);
    j->is.changed = sum.changed;
    j->is.removed = sum.removed_edits;
    j->is.removed_bytes = sum.removed;
    j->is.undecodable = sum.undecodable;
    if (has_state(p) || p->counts) facts_pack(&j->facts, d);
}

static void skip(const plan *p, job *j, say_id what) {
    j->is.status = JOB_SKIPPED;
    fault_say(&j->fault, what, NULL, 0);
    if (p->o->volume > 0) job_complain(p, j, what, NO_WORDS);
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
static bool is_document(const plan *p, const walk_item *item) {
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
    if (!prepare_output(p, j, NULL, o) || p->dry) return;
    bool ok = output_begin(o, j->number * FORMATS_MOST, &what);
    if (ok) output_sink(o, w->input.p, w->input.n);
    if (ok) ok = output_end(o), what = SAY_CANNOT_WRITE;
    if (!ok) fail_output(p, j, o, what);
}

static void leave_out(const plan *p, const worker *w, job *j) {
    if (p->copies)
        copy_input(p, w, j);
    else
        skip(p, j, SAY_SKIPPED_FORMAT);
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
        return fail_with(p, j, &why), NULL;
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
    if (!is_document(p, &j->item)) {
        copy_input(p, w, j);
        return;
    }
    qw_doc *d = read_document(p, w, j);
    if (!d || (p->writes && !prepare(p, j, d))) return;
    if (p->chain && !qw_run(p->chain, d, &why)) {
        fail_with(p, j, &why);
        return;
    }
    sum_up(p, j, d);
    if (is_utf8_already(p, d)) {
        skip(p, j, SAY_SKIPPED_UTF8);
        j->is.as_asked = true;
        return;
    }
    say_notes(p, j, d);
    if (p->writes)
        write_document(p, w, j, d);
    else if (!p->show(p, w, j, d, &why))
        fail_with(p, j, &why);
}

bool job_admit(const plan *p, job *j) {
    const walk_item *item = &j->item;
    j->is.refused = SAY_COUNT;
    if (item->kind == WALK_SKIPPED)
        skip(p, j, item->what);
    else if (item->why)
        fail_with(p, j, item->why);
    else if (item->kind == WALK_FAILED)
        job_fail(p, j, item->what, item->error);
    else if (!p->copies && !is_document(p, item))
        skip(p, j, SAY_SKIPPED_FORMAT);
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
    if (!has_state(p)) return false;
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
        fail_with(p, j, &why);
    else
        job_fail(p, j, what, error);
    return false;
}

/* ---- Long text ----------------------------------------------------------------------------- */

/* What convert makes of plain text needs no document, if text is all that is asked for. */
static bool may_stream(const plan *p, const job *j) {
    bool plain = p->nformats == 0 || (p->nformats == 1 && strcmp(p->formats[0]->name, "txt") == 0);
    bool filters = option_given(p->o, OPTION_FILTERS) || option_given(p->o, OPTION_PROFILE);
    return p->o->command == COMMAND_CONVERT && plain && !filters && !p->report && !p->dry &&
           !p->bundle && !p->o->backup && !p->copies && !option_given(p->o, OPTION_SKIP_UTF8) &&
           !j->item.member.archive && is_document(p, &j->item);
}

typedef struct note_taker {
    const plan *p;
    job *j;
    size_t shown;
} note_taker;

static void take_note(void *self, const qw_note_info *note) {
    note_taker *t = self;
    if (t->p->o->volume < 0) return;
    if (t->p->o->volume == 0 && (note->level < QW_WARNING || t->shown == WARNINGS_SHOWN)) return;
    t->shown++;
    say_note(t->p, t->j, note);
}

static void fail_stream(const plan *p, job *j, const stream *s, output *o, const qw_error *why) {
    bool unknown = why->id && strcmp(why->id, "unknown-format") == 0;
    if (s->error)
        job_fail(p, j, SAY_CANNOT_READ, s->error);
    else if (o && o->error)
        fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (j->is.stdout_error)
        j->is.status = JOB_FAILED; /* batch.c says so */
    else if (unknown && !j->item.named)
        skip(p, j, SAY_SKIPPED_FORMAT);
    else
        fail_with(p, j, why);
    if (interrupted()) j->is.status = JOB_GIVEN_UP;
    if (o) output_drop(o);
    j->noutputs = 0;
}

static bool run_stream(const plan *p, job *j, stream *s, output *o, qw_summary *sum,
                       qw_error *why) {
    qw_sink sink = {o ? output_sink : stdout_sink, o ? (void *)o : (void *)j};
    note_taker notes = {p, j, 0};
    qw_write_options settings = write_settings(p->o, NULL);
    bool ok = qw_convert(&(qw_source){stream_read, s}, &sink, &p->read, &settings,
                         &(qw_notice_sink){take_note, &notes}, sum, why);
    return (!o || output_end(o)) && ok;
}

static void convert_stream(const plan *p, job *j, stream *s) {
    qw_summary sum;
    qw_error why = {0};
    say_id what;
    output *o = has_outputs(p) ? &j->outputs[0] : NULL;
    j->formats[0] = format_named("txt", 3);
    j->nformats = 1;
    if (o && !prepare_outputs(p, j)) return;
    if (o && !output_begin(o, j->number * FORMATS_MOST + j->noutputs, &what)) {
        fail_output(p, j, o, what);
    } else if (!run_stream(p, j, s, o, &sum, &why)) {
        fail_stream(p, j, s, o, &why);
    } else if (!stream_unchanged(s)) {
        job_fail(p, j, SAY_CHANGED_MEANWHILE, 0);
    } else {
        j->is.digest = digest_end(&s->digest);
        j->is.undecodable = sum.undecodable;
        if (has_state(p) || p->counts) facts_pack_converted(&j->facts, &sum);
        say_outputs(p, j);
    }
}

/* An earlier run made the same of the same bytes. */
static bool is_same_stream(const plan *p, job *j, stream *s) {
    if (!has_state(p) || !j->before.same || (uint64_t)s->info.st_size != j->before.size)
        return false;
    if (!stream_digest(s, &j->is.digest) || j->is.digest != j->before.digest) return false;
    j->is.status = JOB_BEFORE;
    j->is.undecodable = j->before.undecodable;
    return true;
}

/* False when the input is to be worked on in the usual way. */
static bool stream_input(const plan *p, job *j) {
    stream s;
    if (!may_stream(p, j) || !stream_open(&s, j->item.path, j->item.size)) return false;
    j->is.source = s.info;
    if (!is_same_stream(p, j, &s)) convert_stream(p, j, &s);
    stream_close(&s);
    return true;
}

void job_work(const plan *p, worker *w, job *j) {
    double began = now();
    j->is.refused = SAY_COUNT;
    if (interrupted()) {
        j->is.status = JOB_GIVEN_UP;
    } else if (!stream_input(p, j) && take_in(p, w, j)) {
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
    text_clear(&j->place);
    known_free(&j->before);
    free(j->name);
    *j = (job){.item = j->item,
               .out = j->out,
               .log = j->log,
               .report = j->report,
               .place = j->place,
               .facts = j->facts,
               .fault = j->fault};
}

void job_free(job *j) {
    job_clear(j);
    text_free(&j->out);
    text_free(&j->log);
    text_free(&j->report);
    text_free(&j->place);
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

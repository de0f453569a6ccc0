/* job_write: the outputs of a job: where they go, whether they may, and what is written. */
#include "run/job_parts.h"

#include "interrupt.h"
#include "output/inplace.h"
#include "output/media.h"
#include "path.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The format that the document was read in, if what is written in it is the same document: of a
 * page of HTML only the text is read. Else NULL. */
static const qw_format_info *own_format(const qw_doc *d) {
    qw_summary sum;
    qw_summarize(d, &sum);
    const qw_format_info *f = format_named(sum.format, strlen(sum.format));
    return f && f->writes && strcmp(f->name, "html") != 0 ? f : NULL;
}

/* The formats to write this document in. */
static size_t choose_formats(const plan *p, const qw_doc *d,
                             const qw_format_info *formats[FORMATS_MOST]) {
    if (p->nformats > 0) {
        memcpy(formats, p->formats, p->nformats * sizeof *formats);
        return p->nformats;
    }
    const qw_format_info *same = own_format(d);
    bool together = p->folder || p->bundle,
         keep = p->o->backup || (together && p->o->command == COMMAND_CLEAN);
    formats[0] = keep && same ? same : format_named("txt", 3);
    return 1;
}

/* What becomes of inputs is kept where their outputs go. */
bool job_has_state(const plan *p) {
    return p->file || p->home;
}

bool job_has_outputs(const plan *p) {
    return job_has_state(p) || p->bundle || p->o->backup;
}

/* An output that goes into an archive. */
static bool draft_output(const plan *p, job *j, char *listed, output *o) {
    char *path = listed ? path_join(p->bundle, listed) : NULL;
    return output_draft(o, path, listed, path_folder(p->bundle)) ||
           (job_fail(p, j, SAY_OUT_OF_MEMORY, ENOMEM), false);
}

/* Without a format it is a copy. */
bool job_prepare_output(const plan *p, job *j, const qw_format_info *format, output *o) {
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
    /* batch_finish.c says why: it may be there because another input of this run has the same
     * output. */
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

bool job_prepare_outputs(const plan *p, job *j) {
    if (p->o->backup) return prepare_in_place(p, j);
    for (size_t i = 0; i < j->nformats; i++)
        if (!job_prepare_output(p, j, j->formats[i], &j->outputs[i])) return false;
    return true;
}

/* What goes to stdout needs no output. */
bool job_prepare(const plan *p, job *j, const qw_doc *d) {
    j->nformats = choose_formats(p, d, j->formats);
    if (p->o->backup && !own_format(d)) {
        job_fail(p, j, SAY_IN_PLACE_PAGE, 0);
        return false;
    }
    return !job_has_outputs(p) || job_prepare_outputs(p, j);
}

/* The profile for official documents brings their layout with it. */
qw_write_options job_write_settings(const options *o, const char *path) {
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
    qw_write_options settings = job_write_settings(p->o, path);
    media m;
    if (!p->media || strcmp(format->name, "md") != 0)
        return qw_write(d, format->name, &settings, sink, why);
    bool ok = media_begin(&m, p->media, path, &p->rules, j->number * FORMATS_MOST);
    settings.media = &m.taker;
    ok = ok && qw_write(d, format->name, &settings, sink, why);
    if (m.failed) job_fail_output(p, j, &m.file, m.what), *why = (qw_error){0};
    media_end(&m);
    return ok;
}

static bool write_output(const plan *p, job *j, qw_doc *d, const qw_format_info *format,
                         output *o) {
    qw_error why = {0};
    say_id what;
    if (!output_begin(o, j->number * FORMATS_MOST + j->noutputs, &what)) {
        job_fail_output(p, j, o, what);
        return false;
    }
    qw_sink sink = {output_sink, o};
    bool ok = write_with_media(p, j, d, format, o->path, &sink, &why);
    if (output_end(o) && ok) return true;
    if (o->error)
        job_fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (why.code)
        job_fail_with(p, j, &why);
    return false;
}

bool job_stdout_sink(void *self, const void *bytes, size_t n) {
    job *j = self;
    if (interrupted()) return false;
    if (!write_all(STDOUT_FILENO, bytes, n)) j->is.stdout_error = errno;
    return !j->is.stdout_error;
}

/* The one document of the run goes to stdout as it is written. */
static bool write_stdout(const plan *p, job *j, qw_doc *d, const qw_format_info *format) {
    qw_error why = {0};
    qw_sink sink = {job_stdout_sink, j};
    if (write_with_media(p, j, d, format, NULL, &sink, &why)) return true;
    if (j->is.stdout_error)
        j->is.status = JOB_FAILED; /* batch_finish.c says so */
    else if (why.code)
        job_fail_with(p, j, &why);
    return false;
}

bool job_write_view(job *j, qw_doc *d, const char *view, qw_error *why) {
    qw_sink sink = {text_sink, &j->out};
    return qw_write(d, view, NULL, &sink, why);
}

static bool write_report(const plan *p, job *j, qw_doc *d) {
    qw_error why = {0};
    qw_sink sink = {text_sink, &j->report};
    qw_write_options settings = job_write_settings(p->o, j->noutputs ? j->outputs[0].path : NULL);
    if (!p->report || p->dry || qw_write(d, "report", &settings, &sink, &why)) return true;
    job_fail_with(p, j, &why);
    return false;
}

void job_write_document(const plan *p, const worker *w, job *j, qw_doc *d) {
    for (size_t i = 0; i < j->nformats && !p->dry; i++) {
        bool ok = j->noutputs ? write_output(p, j, d, j->formats[i], &j->outputs[i])
                              : write_stdout(p, j, d, j->formats[i]);
        if (!ok) return;
    }
    output *o = &j->outputs[0];
    if (p->o->backup && !inplace_end(o, &j->is.source, w->input.p, w->input.n))
        job_fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (write_report(p, j, d))
        job_say_outputs(p, j);
}

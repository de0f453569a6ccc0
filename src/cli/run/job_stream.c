/* job_stream: long text that is converted as it is read: no document is made, and memory does not
 * grow with it. */
#include "run/job_parts.h"

#include "interrupt.h"
#include "path.h"
#include "run/stream.h"

#include <string.h>

/* What convert makes of plain text needs no document, if text is all that is asked for. */
static bool may_stream(const plan *p, const job *j) {
    bool plain = p->nformats == 0 || (p->nformats == 1 && strcmp(p->formats[0]->name, "txt") == 0);
    bool filters = option_given(p->o, OPTION_FILTERS) || option_given(p->o, OPTION_PROFILE);
    return p->o->command == COMMAND_CONVERT && plain && !filters && !p->report && !p->dry &&
           !p->bundle && !p->o->backup && !p->copies && !option_given(p->o, OPTION_SKIP_UTF8) &&
           !j->item.member.archive && job_is_document(p, &j->item);
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
    job_say_note(t->p, t->j, note);
}

static void fail_stream(const plan *p, job *j, const stream *s, output *o, const qw_error *why) {
    bool unknown = why->id && strcmp(why->id, "unknown-format") == 0;
    if (s->error)
        job_fail(p, j, SAY_CANNOT_READ, s->error);
    else if (o && o->error)
        job_fail_output(p, j, o, SAY_CANNOT_WRITE);
    else if (j->is.stdout_error)
        j->is.status = JOB_FAILED; /* batch_finish.c says so */
    else if (unknown && !j->item.named)
        job_skip(p, j, SAY_SKIPPED_FORMAT);
    else
        job_fail_with(p, j, why);
    if (interrupted()) j->is.status = JOB_GIVEN_UP;
    if (o) output_drop(o);
    j->noutputs = 0;
}

static bool run_stream(const plan *p, job *j, stream *s, output *o, qw_summary *sum,
                       qw_error *why) {
    qw_sink sink = {o ? output_sink : job_stdout_sink, o ? (void *)o : (void *)j};
    note_taker notes = {p, j, 0};
    qw_write_options settings = job_write_settings(p->o, NULL);
    bool ok = qw_convert(&(qw_source){stream_read, s}, &sink, &p->read, &settings,
                         &(qw_notice_sink){take_note, &notes}, sum, why);
    return (!o || output_end(o)) && ok;
}

static void convert_stream(const plan *p, job *j, stream *s) {
    qw_summary sum;
    qw_error why = {0};
    say_id what;
    output *o = job_has_outputs(p) ? &j->outputs[0] : NULL;
    j->formats[0] = format_named("txt", 3);
    j->nformats = 1;
    if (o && !job_prepare_outputs(p, j)) return;
    if (o && !output_begin(o, j->number * FORMATS_MOST + j->noutputs, &what)) {
        job_fail_output(p, j, o, what);
    } else if (!run_stream(p, j, s, o, &sum, &why)) {
        fail_stream(p, j, s, o, &why);
    } else if (!stream_unchanged(s)) {
        job_fail(p, j, SAY_CHANGED_MEANWHILE, 0);
    } else {
        j->is.digest = digest_end(&s->digest);
        j->is.undecodable = sum.undecodable;
        if (job_has_state(p) || p->counts) facts_pack_converted(&j->facts, &sum);
        job_say_outputs(p, j);
    }
}

/* An earlier run made the same of the same bytes. */
static bool is_same_stream(const plan *p, job *j, stream *s) {
    if (!job_has_state(p) || !j->before.same || (uint64_t)s->info.st_size != j->before.size)
        return false;
    if (!stream_digest(s, &j->is.digest) || j->is.digest != j->before.digest) return false;
    j->is.status = JOB_BEFORE;
    j->is.undecodable = j->before.undecodable;
    return true;
}

/* stdin cannot be read twice, nor can be taken back what went to stdout: what an earlier run may
 * have made, and what is refused for one bad byte, is read as a whole. */
static bool open_standard(const plan *p, worker *w, const job *j, stream *s) {
    bool fails = p->read.undecodable == QW_FAIL_UNDECODABLE && !job_has_outputs(p);
    return !j->before.same && !fails && stream_open_standard(s, &w->input);
}

/* False when the input is to be worked on in the usual way. */
bool job_stream(const plan *p, worker *w, job *j) {
    stream s;
    bool standard = strcmp(j->item.path, "-") == 0;
    if (!may_stream(p, j)) return false;
    if (standard ? !open_standard(p, w, j, &s) : !stream_open(&s, j->item.path, j->item.size))
        return false;
    j->is.source = s.info;
    if (standard || !is_same_stream(p, j, &s)) convert_stream(p, j, &s);
    stream_close(&s);
    return true;
}

/* job_say: what is said of a job: failures, notices, and what became of its outputs. */
#include "run/job_parts.h"

#include "interrupt.h"

void job_complain(const plan *p, job *j, say_id id, const char *const *words) {
    say_error(&j->log, p->o->language, j->item.path, id, words);
}

void job_fail(const plan *p, job *j, say_id id, int error) {
    job_complain(p, j, id, WORDS(say_errno(p->o->language, error)));
    fault_say(&j->fault, id, NULL, error);
    j->is.status = JOB_FAILED;
}

void job_fail_with(const plan *p, job *j, const qw_error *why) {
    j->is.status = interrupted() ? JOB_GIVEN_UP : JOB_FAILED;
    if (j->is.status != JOB_FAILED) return;
    say_failure(&j->log, p->o->language, j->item.path, why);
    fault_take(&j->fault, why);
}

/* An output that could not be written, or may not. */
void job_fail_output(const plan *p, job *j, const output *o, say_id what) {
    const char *input = what == SAY_IS_FOREIGN ? j->item.path : NULL,
               *word = input ? input : say_errno(p->o->language, o->error);
    j->is.status = interrupted() ? JOB_GIVEN_UP : JOB_FAILED;
    if (j->is.status != JOB_FAILED) return;
    say_error(&j->log, p->o->language, o->path, what, WORDS(word));
    fault_say(&j->fault, what, input, o->error);
}

void job_skip(const plan *p, job *j, say_id what) {
    j->is.status = JOB_SKIPPED;
    fault_say(&j->fault, what, NULL, 0);
    if (p->o->volume > 0) job_complain(p, j, what, NO_WORDS);
}

void job_say_note(const plan *p, job *j, const qw_note_info *note) {
    text place = {0};
    if (note->place.line)
        text_printf(&place, "%zu:%zu", note->place.line,
                    note->place.column ? note->place.column : 1);
    else if (note->place.length)
        text_printf(&place, "byte %llu", (unsigned long long)note->place.offset);
    say_line(&j->log, j->item.path, text_z(&place), note->text[p->o->language]);
    text_free(&place);
}

void job_say_notes(const plan *p, job *j, const qw_doc *d) {
    qw_note_info note;
    size_t shown = 0;
    if (p->o->volume < 0) return;
    for (size_t i = 0; qw_note_get(d, i, &note); i++) {
        if (p->o->volume == 0 && (note.level < QW_WARNING || shown == WARNINGS_SHOWN)) continue;
        shown++;
        job_say_note(p, j, &note);
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
void job_say_outputs(const plan *p, job *j) {
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

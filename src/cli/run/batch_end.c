/* batch_end: the end of a run: what the state notes of it, the report and the archive, the sum, and
 * the exit code. */
#include "run/batch_parts.h"

#include "commands.h"
#include "interrupt.h"

#include <inttypes.h>

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

void batch_note(batch *b, bool ended) {
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

/* Without the archive nothing of what was done is left. */
static void lose_archive(batch *b) {
    tally *s = &b->sum;
    s->failed += s->done;
    s->done = s->changed = s->removed = s->removed_bytes = s->renamed = 0;
    b->incomplete = true;
}

int batch_end(batch *b) {
    const options *o = b->p->o;
    batch_note(b, true);
    bool report_ok = report_close(&b->report, b->made, &b->say);
    bool whole = !interrupted() && !b->stdout_failed;
    if (!bundle_close(&b->bundle, b->made, whole, &b->say)) lose_archive(b);
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

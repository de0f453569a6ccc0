/* learn: `qingwen learn DIR... -o learned.rules`: marks that many documents have in common, as a
 * rule file for people to review. All inputs are read twice, one after the other: to count, and to
 * look closer at what is common. */
#include "commands.h"
#include "input/load.h"
#include "input/walk.h"
#include "interrupt.h"
#include "path.h"
#include "run/single.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct learning {
    const options *o;
    qw_learner *learner;
    qw_workspace *space;
    loaded input;
    size_t documents, failed, rules;
    bool counted; /* the second pass; what fails was told in the first */
    text say;
} learning;

static bool wrong(learning *x, const char *path, say_id id, const char *const *words) {
    say_error(&x->say, x->o->language, path, id, words);
    return false;
}

/* What cannot be read does not keep the others from being learned from. */
static void note_failure(learning *x, const walk_item *item, const qw_error *why) {
    bool no_document = why->id && strcmp(why->id, "unknown-format") == 0;
    if (x->counted || (no_document && !item->named)) return;
    say_failure(&x->say, x->o->language, item->path, why);
    say_now(&x->say);
    x->failed++;
}

static void take_document(learning *x, const walk_item *item) {
    qw_error why = {0};
    qw_input input = {.name = item->name, .bytes = x->input.p, .n = x->input.n};
    qw_read_options read = {.encoding = x->o->value[OPTION_ENCODING], .limits = x->o->limits};
    qw_doc *d = qw_read(x->space, &input, &read, &why);
    bool ok = d && (x->counted ? qw_learner_look(x->learner, d, &why)
                               : qw_learner_count(x->learner, d, &why));
    if (!ok) note_failure(x, item, &why);
    if (ok && !x->counted) x->documents++;
}

static void take_item(learning *x, const walk_item *item) {
    say_id what;
    int error;
    if (item->kind == WALK_SKIPPED) return;
    bool ok = item->kind == WALK_FILE && load(&x->input, item->path, &what, &error);
    if (ok) {
        take_document(x, item);
    } else if (!x->counted) {
        if (item->kind != WALK_FILE) what = item->what, error = item->error;
        wrong(x, item->path, what, WORDS(say_errno(x->o->language, error)));
        say_now(&x->say);
        x->failed++;
    }
    load_trim(&x->input);
}

static bool pass(learning *x) {
    walk_rules rules = {.skip = {x->o->value[OPTION_OUTPUT]}};
    walk *w = walk_new(x->o->inputs, x->o->ninputs, &rules);
    walk_item item = {0};
    while (w && !interrupted() && walk_next(w, &item)) take_item(x, &item);
    bool ok = w && !walk_failed(w);
    walk_item_free(&item);
    walk_free(w);
    return ok ? !interrupted() : wrong(x, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
}

/* ---- Writing --------------------------------------------------------------------------------- */

static bool put_rules(learning *x, const qw_sink *sink) {
    qw_error why = {0};
    if (qw_learner_write(x->learner, sink, &x->rules, &why)) return true;
    if (why.code != QW_IO) say_failure(&x->say, x->o->language, NULL, &why);
    return false;
}

static bool to_stdout(learning *x) {
    int error = 0;
    if (put_rules(x, &(qw_sink){stdout_sink, &error})) return true;
    if (error == EPIPE) interrupt_with(SIGPIPE);
    if (error && error != EPIPE)
        wrong(x, NULL, SAY_CANNOT_WRITE_STDOUT, WORDS(say_errno(x->o->language, error)));
    return false;
}

static bool complain(learning *x, const output *to, say_id what) {
    const options *o = x->o;
    single_say(&x->say, o->language, o->value[OPTION_OUTPUT], o->inputs[0], what, to->error);
    return false;
}

static bool put_file(learning *x, output *to) {
    bool ok = put_rules(x, &(qw_sink){output_sink, to});
    return ok || (to->error && complain(x, to, SAY_CANNOT_WRITE));
}

static bool write_file(learning *x, single *to) {
    const options *o = x->o;
    say_id what;
    sources *inputs = sources_new(o->inputs, o->ninputs, NULL);
    if (!inputs) return wrong(x, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    output_rules rules = {.sources = inputs, .force = option_given(o, OPTION_FORCE)};
    bool begun = single_begin(to, o->value[OPTION_OUTPUT], inputs_key("learned", o), &rules, NULL,
                              NULL, NULL, &what);
    sources_free(inputs);
    if (!begun) return complain(x, &to->file, what);
    return put_file(x, &to->file) && (single_end(to, &what) || complain(x, &to->file, what));
}

static bool to_file(learning *x) {
    single to = {0};
    bool ok = write_file(x, &to);
    single_drop(&to);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------- */

static bool begin(learning *x) {
    qw_error why = {0};
    if (!x->o->ninputs) return wrong(x, NULL, SAY_NO_INPUT, NO_WORDS);
    for (size_t i = 0; i < x->o->ninputs; i++)
        if (strcmp(x->o->inputs[i], "-") == 0) return wrong(x, NULL, SAY_LEARN_STDIN, NO_WORDS);
    x->space = qw_workspace_new();
    x->learner = x->space ? qw_learner_new(&why) : NULL;
    if (!x->space) return wrong(x, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    if (!x->learner) say_failure(&x->say, x->o->language, NULL, &why);
    return x->learner != NULL;
}

static bool learn(learning *x) {
    const char *out = x->o->value[OPTION_OUTPUT];
    if (!begin(x) || !pass(x)) return false;
    if (!x->documents) return !x->failed && wrong(x, x->o->inputs[0], SAY_NOTHING_FOUND, NO_WORDS);
    x->counted = true;
    return pass(x) && (out && strcmp(out, "-") != 0 ? to_file(x) : to_stdout(x));
}

int learn_command(const options *o) {
    learning x = {.o = o};
    bool ok = learn(&x);
    if (ok && o->volume >= 0) {
        text sum = {0};
        say(&sum, o->language, SAY_LEARNED, WORDS(NUM(x.rules), NUM(x.documents)));
        say_line(&x.say, NULL, NULL, text_z(&sum));
        text_free(&sum);
    }
    say_now(&x.say);
    text_free(&x.say);
    load_free(&x.input);
    qw_learner_free(x.learner);
    qw_workspace_free(x.space);
    return !ok ? EXIT_NOTHING : x.failed ? EXIT_SOME : EXIT_DONE;
}

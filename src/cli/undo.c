/* undo: put back what a report says was removed. */
#include "commands.h"
#include "input/load.h"
#include "interrupt.h"
#include "path.h"
#include "run/single.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct undoing {
    const options *o;
    loaded report, output;
    size_t *only;
    size_t nonly;
    text say;
} undoing;

static bool wrong(undoing *u, const char *path, say_id id, const char *const *words) {
    say_error(&u->say, u->o->language, path, id, words);
    return false;
}

static bool read_input(undoing *u, loaded *l, const char *path) {
    say_id what;
    int error;
    return load(l, path, &what, &error) ||
           wrong(u, path, what, WORDS(say_errno(u->o->language, error)));
}

/* ---- --only ---------------------------------------------------------------------------------- */

enum { NUMBERS_MOST = 10 * 1000 * 1000 };

static bool add_range(undoing *u, size_t from, size_t to) {
    if (from < 1 || to < from || to - from >= NUMBERS_MOST - u->nonly) return false;
    size_t *p = realloc(u->only, (u->nonly + to - from + 1) * sizeof *p);
    if (!p) return false;
    u->only = p;
    for (size_t i = from; i <= to; i++) u->only[u->nonly++] = i;
    return true;
}

static bool read_number(const char **p, size_t *n) {
    char *end;
    if (**p < '0' || **p > '9') return false;
    *n = strtoul(*p, &end, 10);
    *p = end;
    return true;
}

/* "1,3,7-9" */
static bool read_numbers(undoing *u) {
    const char *list = u->o->value[OPTION_ONLY], *p = list;
    while (p && *p) {
        size_t from, to;
        bool ok = read_number(&p, &from);
        to = from;
        if (ok && *p == '-') p++, ok = read_number(&p, &to);
        if (ok && *p == ',')
            p++;
        else if (ok && *p)
            ok = false;
        if (!ok || !add_range(u, from, to))
            return wrong(u, NULL, SAY_BAD_VALUE, WORDS("--only", list, "1,3,7-9"));
    }
    return true;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static bool put_back(undoing *u, const qw_sink *sink) {
    qw_error why = {0};
    qw_undo_request request = {
        .report = {u->report.p, u->report.n},
        .output = {u->output.p, u->output.n},
        .path = u->o->value[OPTION_INPUT],
        .only = u->only,
        .nonly = u->nonly,
        .limits = u->o->limits,
    };
    bool ok = qw_undo(&request, sink, &why);
    if (!ok && !request.path && why.id && strcmp(why.id, "which-document") == 0) {
        /* Several documents: that whose output was at this path. */
        request.path = u->o->inputs[1];
        why = (qw_error){0};
        ok = qw_undo(&request, sink, &why);
    }
    if (ok) return true;
    bool report =
        why.id && (strcmp(why.id, "bad-report") == 0 || strcmp(why.id, "not-in-report") == 0);
    if (why.code != QW_IO) say_failure(&u->say, u->o->language, u->o->inputs[!report], &why);
    return false;
}

static bool to_stdout(undoing *u) {
    int error = 0;
    qw_sink sink = {stdout_sink, &error};
    if (put_back(u, &sink)) return true;
    if (error == EPIPE) interrupt_with(SIGPIPE);
    if (error && error != EPIPE)
        wrong(u, NULL, SAY_CANNOT_WRITE_STDOUT, WORDS(say_errno(u->o->language, error)));
    return false;
}

static bool complain(undoing *u, const output *to, say_id what) {
    const options *o = u->o;
    single_say(&u->say, o->language, o->value[OPTION_OUTPUT], o->inputs[1], what, to->error);
    return false;
}

static bool write_file(undoing *u, single *to, char *input) {
    const char *path = u->o->value[OPTION_OUTPUT];
    say_id what;
    output_rules rules = {.force = option_given(u->o, OPTION_FORCE)};
    if (!single_begin(to, path, input, &rules, &u->output.info, NULL, NULL, &what))
        return complain(u, &to->file, what);
    if (to->file.exists && u->report.info.st_nlink) {
        struct stat there;
        if (stat(path, &there) == 0 && there.st_ino == u->report.info.st_ino &&
            there.st_dev == u->report.info.st_dev)
            return complain(u, &to->file, SAY_IS_SOURCE);
    }
    qw_sink sink = {output_sink, &to->file};
    bool ok = put_back(u, &sink);
    if (to->file.error) return complain(u, &to->file, SAY_CANNOT_WRITE);
    return ok && (single_end(to, &what) || complain(u, &to->file, what));
}

static bool to_file(undoing *u) {
    single to;
    char *whole = realpath(u->o->inputs[1], NULL);
    bool ok = write_file(u, &to, whole ? whole : path_join("", u->o->inputs[1]));
    single_drop(&to);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------- */

static bool run(undoing *u) {
    const options *o = u->o;
    const char *out = o->value[OPTION_OUTPUT];
    if (o->ninputs != 2) return wrong(u, NULL, SAY_UNDO_WHAT, NO_WORDS);
    if (strcmp(o->inputs[0], "-") == 0 && strcmp(o->inputs[1], "-") == 0)
        return wrong(u, NULL, SAY_STDIN_TWICE, NO_WORDS);
    if (!read_numbers(u) || !read_input(u, &u->report, o->inputs[0]) ||
        !read_input(u, &u->output, o->inputs[1]))
        return false;
    return out && strcmp(out, "-") != 0 ? to_file(u) : to_stdout(u);
}

int undo_command(const options *o) {
    undoing u = {.o = o};
    bool ok = run(&u);
    say_now(&u.say);
    text_free(&u.say);
    load_free(&u.report);
    load_free(&u.output);
    free(u.only);
    return ok ? EXIT_DONE : EXIT_NOTHING;
}

/* merge: the states of several runs become one, and their reports one report. The result does not
 * depend on how the inputs were shared out, but for times. */
#include "commands.h"
#include "path.h"
#include "run/single.h"
#include "state/states.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct merging {
    const options *o;
    states runs;
    text why;
} merging;

static bool wrong(merging *m, const char *path, say_id id, int error) {
    say_error(&m->why, m->o->language, path, id, WORDS(say_errno(m->o->language, error)));
    return false;
}

/* A state that is no result of merging may know more than what is merged here. */
static bool may_replace(merging *m, const char *folder, const char *name, const char *path) {
    if (access(path, F_OK) != 0 || option_given(m->o, OPTION_FORCE)) return true;
    text t = {0};
    state *old = state_open(folder, name, STATE_LOOK);
    bool merged = old && state_noted(old, "merged", &t);
    state_close(old);
    text_free(&t);
    return merged || wrong(m, path, SAY_STATE_THERE, 0);
}

static bool write_state(merging *m, const char *folder, const char *name) {
    char temporary[64];
    snprintf(temporary, sizeof temporary, ".qingwen-merge-%ld", (long)getpid());
    char *path = path_join(folder, name), *made = path_join(folder, temporary);
    bool ok = path && made && may_replace(m, folder, name, path);
    if (ok &&
        (!path_make_folders(path) || !states_write(&m->runs, made) || rename(made, path) != 0)) {
        ok = wrong(m, path, SAY_CANNOT_WRITE, errno);
        unlink(made);
    }
    free(path);
    free(made);
    return ok;
}

/* The target is a folder, whose state it becomes, or a file. */
static bool write_target(merging *m) {
    struct stat info;
    const char *to = m->o->value[OPTION_OUTPUT];
    bool folder = to[strlen(to) - 1] == '/' || (stat(to, &info) == 0 && S_ISDIR(info.st_mode));
    char *place = folder ? path_join("", to) : path_folder(to);
    char *name = folder ? path_join("", STATE_NAME) : path_base(to);
    bool ok = place && name && write_state(m, place, name);
    free(place);
    free(name);
    return ok;
}

/* ---- The report ---------------------------------------------------------------------------- */

static bool put_records(merging *m, const qw_sink *to) {
    query *q = query_new(m->runs.all, "SELECT records FROM report JOIN input ON input = id"
                                      " ORDER BY place, path, name");
    bool ok = q != NULL;
    while (ok && query_next(q)) {
        qw_str records = query_text(q, 0);
        ok = to->write(to->self, records.p, records.n);
    }
    if (q) query_stop(q);
    query_free(q);
    return ok && !database_failed(m->runs.all);
}

static bool write_report(merging *m, const char *path) {
    single to;
    const options *o = m->o;
    say_id what;
    output_rules rules = {.force = option_given(o, OPTION_FORCE)};
    bool ok = single_begin(&to, path, path_join("", "merged"), &rules, NULL, NULL, NULL, &what);
    if (ok && !put_records(m, &(qw_sink){output_sink, &to.file}) && !to.file.error)
        to.file.error = database_error(m->runs.all);
    if (ok) ok = single_end(&to, &what);
    if (!ok) single_say(&m->why, o->language, path, o->inputs[0], what, to.file.error);
    single_drop(&to);
    return ok;
}

/* Inputs that were done without --report have no records. */
static bool has_all_records(merging *m) {
    return states_number(&m->runs, "SELECT count(*) FROM input WHERE status = 'done' AND"
                                   " id NOT IN (SELECT input FROM report)") == 0 ||
           wrong(m, NULL, SAY_NO_RECORDS, 0);
}

static bool merge_reports(merging *m) {
    const char *path = m->o->value[OPTION_REPORT];
    if (!path) return true;
    if (!has_all_records(m)) return false;
    if (strcmp(path, "-") != 0) return write_report(m, path);
    int error = 0;
    if (put_records(m, &(qw_sink){stdout_sink, &error})) return true;
    if (!error) error = database_error(m->runs.all);
    return wrong(m, NULL, SAY_CANNOT_WRITE_STDOUT, error);
}

/* ---- The whole ----------------------------------------------------------------------------- */

static bool run(merging *m) {
    const options *o = m->o;
    if (o->ninputs == 0) return wrong(m, NULL, SAY_NO_RUN, 0);
    if (!o->value[OPTION_OUTPUT] && !o->value[OPTION_REPORT])
        return wrong(m, NULL, SAY_MERGE_WHERE, 0);
    if (!states_open(&m->runs, o->inputs, o->ninputs, false, o->language, &m->why)) return false;
    return (!o->value[OPTION_OUTPUT] || write_target(m)) && merge_reports(m);
}

int merge_command(const options *o) {
    merging m = {.o = o};
    bool ok = run(&m);
    int code = !ok ? EXIT_NOTHING : m.runs.complete ? EXIT_DONE : EXIT_AGAIN;
    if (ok && !m.runs.complete) wrong(&m, NULL, SAY_MERGED_PART, 0);
    say_now(&m.why);
    states_close(&m.runs);
    text_free(&m.why);
    return code;
}

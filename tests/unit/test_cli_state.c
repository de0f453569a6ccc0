/* The state of a run: what is put in is found again, also after a kill; what is no state is refused
 * and left alone. */
#include "check.h"
#include "cli/path.h"
#include "cli/state/database.h"
#include "cli/state/state.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char top[] = "/tmp/qingwen-state-XXXXXX";
static char folder[100];

static state *open_it(state_mode mode) {
    return state_open(folder, STATE_NAME, mode);
}

static bool put(state *s, const char *path, state_status status, uint64_t digest) {
    state_output o = {.name = (char *)"a.txt", .size = 10, .digest = digest, .written = 77};
    const char *error = status == STATE_FAILED ? "broken" : NULL;
    return state_put(s, &(state_entry){
                            .path = path,
                            .name = "a.txt",
                            .shown = "in/a.txt",
                            .place = {"a", 1},
                            .status = status,
                            .size = 20,
                            .digest = digest + 1,
                            .modified = -5,
                            .work = UINT64_MAX,
                            .error = error,
                            .why = {"it is broken", "坏了"},
                            .outputs = &o,
                            .noutputs = status == STATE_DONE,
                            .seconds = 0.5,
                        });
}

static int64_t count(const char *question) {
    char *path = path_join(folder, STATE_NAME);
    database *d = database_open(path, DATABASE_READ);
    query *q = query_new(d, question);
    int64_t n = query_next(q) ? query_number(q, 0) : -1;
    query_stop(q);
    query_free(q);
    database_close(d);
    free(path);
    return n;
}

static void nothing_is_made_without_need(void) {
    known k = {0};
    state *s = open_it(STATE_WRITE);
    CHECK(s && !state_exists(s));
    CHECK(state_find(s, "/x", "a.txt", &k) && k.row == 0);
    CHECK(state_commit(s));
    state_close(s);
    CHECK(access(folder, F_OK) != 0);
    s = open_it(STATE_LOOK);
    CHECK(!put(s, "/x", STATE_DONE, 1) && errno == EROFS);
    state_close(s);
    CHECK(access(folder, F_OK) != 0);
}

static void what_is_put_in_is_found(void) {
    known k = {0};
    state *s = open_it(STATE_WRITE);
    CHECK(put(s, "/x", STATE_DONE, UINT64_MAX - 3) && put(s, "/y", STATE_FAILED, 4));
    CHECK(state_note(s, "shard", "3") && state_commit(s));
    state_close(s);
    s = open_it(STATE_LOOK);
    CHECK(state_find(s, "/x", "a.txt", &k));
    CHECK(k.row > 0 && k.status == STATE_DONE && k.size == 20 && k.modified == -5);
    CHECK(k.work == UINT64_MAX && k.digest == UINT64_MAX - 2 && !k.has_report);
    const state_output *o = known_find(&k, "a.txt");
    CHECK(o && o->current && o->written == 77 && !o->replaced);
    CHECK(o && known_holds(o, 10, UINT64_MAX - 3) && !known_holds(o, 11, UINT64_MAX - 3));
    CHECK(!known_find(&k, "b.txt"));
    CHECK(state_find(s, "/y", "a.txt", &k) && k.status == STATE_FAILED && k.noutputs == 0);
    CHECK(state_find(s, "/x", "b.txt", &k) && k.row == 0);
    state_close(s);
    CHECK_INT(count("SELECT count(*) FROM input WHERE error = 'broken' AND why_zh = '坏了'"), 1);
    known_free(&k);
}

static void a_child_leaves_it_alone(void) {
    state *s = open_it(STATE_WRITE);
    CHECK(put(s, "/child", STATE_DONE, 1));
    pid_t child = fork();
    if (child == 0) {
        state_close(s);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    CHECK(state_commit(s));
    state_close(s);
    CHECK_INT(count("SELECT count(*) FROM input WHERE path = '/child'"), 1);
}

/* What was committed is there after a kill, what was not is not. */
static void a_kill_loses_no_commit(void) {
    int ends[2];
    char ready;
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        state *s = open_it(STATE_WRITE);
        bool ok =
            put(s, "/kept", STATE_DONE, 8) && state_commit(s) && put(s, "/lost", STATE_DONE, 9);
        ready = ok ? 'y' : 'n';
        if (write(ends[1], &ready, 1) != 1) _exit(1);
        pause();
    }
    CHECK(read(ends[0], &ready, 1) == 1 && ready == 'y');
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    known k = {0};
    state *s = open_it(STATE_WRITE);
    CHECK(state_find(s, "/kept", "a.txt", &k) && k.row > 0);
    CHECK(state_find(s, "/lost", "a.txt", &k) && k.row == 0);
    state_close(s);
    known_free(&k);
}

static void later_work_takes_the_place(void) {
    known k = {0};
    state *s = open_it(STATE_WRITE);
    CHECK(put(s, "/x", STATE_FAILED, 4) && state_commit(s));
    CHECK(state_find(s, "/x", "a.txt", &k) && k.status == STATE_FAILED && k.noutputs == 1);
    CHECK(k.noutputs == 1 && !k.outputs[0].current); /* remembered */
    CHECK(state_touch(s, k.row, 99) && state_commit(s));
    CHECK(state_find(s, "/x", "a.txt", &k) && k.modified == 99);
    state_close(s);
    known_free(&k);
}

static uint64_t output_digest(state *s, const char *path) {
    known k = {0};
    bool found = state_find(s, path, "a.txt", &k) && k.noutputs == 1;
    uint64_t digest = found ? k.outputs[0].digest : 0;
    known_free(&k);
    return digest;
}

/* Old entries and new ones in one run, in any order: each keeps its own outputs. */
static void outputs_go_to_their_inputs(void) {
    state *s = open_it(STATE_WRITE);
    CHECK(put(s, "/p", STATE_DONE, 1) && put(s, "/q", STATE_DONE, 2) && state_commit(s));
    CHECK(put(s, "/p", STATE_DONE, 3) && put(s, "/r", STATE_DONE, 4));
    CHECK(put(s, "/r", STATE_DONE, 5) && put(s, "/q", STATE_DONE, 6) && state_commit(s));
    state_close(s);
    s = open_it(STATE_WRITE);
    CHECK(output_digest(s, "/p") == 3 && output_digest(s, "/q") == 6);
    CHECK(output_digest(s, "/r") == 5);
    CHECK(put(s, "/q", STATE_DONE, 7) && put(s, "/t", STATE_DONE, 8) && state_commit(s));
    CHECK(output_digest(s, "/q") == 7 && output_digest(s, "/t") == 8);
    CHECK(output_digest(s, "/p") == 3 && output_digest(s, "/r") == 5);
    state_close(s);
    CHECK_INT(count("SELECT count(DISTINCT id) FROM input WHERE path IN ('/p','/q','/r','/t')"), 4);
}

static void values_go_from_process_to_process(void) {
    state_output list[] = {{.name = (char *)"ä.txt", .size = 1, .replaced = true, .was_digest = 9},
                           {.name = (char *)"b", .current = true}};
    known k = {.row = 3, .work = 5, .outputs = list, .noutputs = 2}, back = {0};
    text t = {0};
    known_pack(&t, &k);
    unpacker u = {t.p, t.p + t.n, false};
    CHECK(known_unpack(&u, &back) && u.p == u.end);
    CHECK(back.row == 3 && back.work == 5 && back.noutputs == 2);
    const state_output *o = known_find(&back, "ä.txt");
    CHECK(o && o->replaced && known_holds(o, 0, 9) && !o->current);
    u = (unpacker){t.p, t.p + t.n - 1, false};
    CHECK(!known_unpack(&u, &back));
    known_free(&back);
    text_free(&t);
}

static void damage_is_refused(void) {
    char *path = path_join(folder, STATE_NAME);
    FILE *f = fopen(path, "w");
    fputs("this is somebody's diary and no database, long enough to be looked at as one", f);
    fclose(f);
    CHECK(!open_it(STATE_WRITE) && errno == EILSEQ);
    CHECK(!open_it(STATE_LOOK) && errno == EILSEQ);
    unlink(path);
    database *d = database_open(path, DATABASE_WRITE);
    CHECK(database_run(d, "CREATE TABLE input (id)")); /* another program's */
    database_close(d);
    CHECK(!open_it(STATE_WRITE) && errno == EILSEQ);
    state *s = open_it(STATE_ANEW);
    CHECK(s && !state_exists(s) && put(s, "/x", STATE_DONE, 1) && state_commit(s));
    state_close(s);
    unlink(path);
    free(path);
}

static void what_was_made_in_vain_goes(void) {
    rmdir(folder);
    state *s = open_it(STATE_WRITE);
    CHECK(put(s, "/x", STATE_SKIPPED, 1) && state_commit(s));
    state_discard(s);
    state_close(s);
    CHECK(access(folder, F_OK) != 0);
}

int main(void) {
    if (!mkdtemp(top)) return 1;
    snprintf(folder, sizeof folder, "%s/out/put", top);
    RUN(nothing_is_made_without_need);
    RUN(what_is_put_in_is_found);
    RUN(a_child_leaves_it_alone);
    RUN(a_kill_loses_no_commit);
    RUN(later_work_takes_the_place);
    RUN(outputs_go_to_their_inputs);
    RUN(values_go_from_process_to_process);
    RUN(damage_is_refused);
    RUN(what_was_made_in_vain_goes);
    snprintf(folder, sizeof folder, "%s/out", top);
    rmdir(folder);
    CHECK(rmdir(top) == 0);
    return check_result();
}

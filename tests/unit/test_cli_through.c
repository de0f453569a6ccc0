/* What takes outputs to the disk and gives them their names: nothing is ever replaced by a new
 * name, an answer comes for each question, and a process that is gone has done nothing. */
#include "check.h"
#include "cli/output/system.h"
#include "cli/output/through.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char top[] = "/tmp/qingwen-through-XXXXXX";

static const char *in_top(const char *name) {
    static char path[100];
    snprintf(path, sizeof path, "%s/%s", top, name);
    return path;
}

static void make(const char *name, const char *holds) {
    FILE *f = fopen(in_top(name), "w");
    CHECK(f && fputs(holds, f) >= 0);
    if (f) fclose(f);
}

static bool holds(const char *name, const char *what) {
    char line[20] = "";
    FILE *f = fopen(in_top(name), "r");
    bool ok = f && fgets(line, sizeof line, f) && strcmp(line, what) == 0;
    if (f) fclose(f);
    return ok;
}

static bool name(const char *from, const char *to) {
    char path[100];
    snprintf(path, sizeof path, "%s", in_top(from));
    return system_name(path, in_top(to));
}

static void a_name_replaces_nothing(void) {
    make("new", "new");
    make("old", "old");
    CHECK(!name("new", "old") && errno == EEXIST);
    CHECK(holds("old", "old") && holds("new", "new"));
    CHECK(name("new", "other") && holds("other", "new"));
    CHECK(access(in_top("new"), F_OK) != 0);
    CHECK(!name("new", "third") && errno == ENOENT);
}

/* The system may not be able to; then it says so with and without a process. */
static void every_question_is_answered(void) {
    through t = {.channel = {.fd = -1}}, alone = t;
    bool can = system_sync(top);
    through_open(&t);
    CHECK(t.process > 0);
    for (int i = 0; i < 3; i++) {
        through_ask(&t, top);
        CHECK(through_answered(&t, true) && t.ok == can);
        through_ask(&alone, top);
        CHECK(through_answered(&alone, false) && alone.ok == can);
    }
    through_ask(&t, in_top("nothing"));
    CHECK(through_answered(&t, true) && !t.ok);
    CHECK(through_answered(&t, false)); /* nothing was asked since */
    through_close(&t);
    through_close(&t);
}

static void who_is_gone_has_done_nothing(void) {
    through t;
    through_open(&t);
    kill(t.process, SIGSTOP); /* it cannot answer yet */
    through_ask(&t, top);
    CHECK(!through_answered(&t, false));
    kill(t.process, SIGKILL);
    CHECK(through_answered(&t, true) && !t.ok && t.process == 0);
    through_ask(&t, top); /* from now on without it */
    CHECK(through_answered(&t, false) && t.ok == system_sync(top));
    through_close(&t);
}

int main(void) {
    CHECK(mkdtemp(top));
    signal(SIGPIPE, SIG_IGN);
    a_name_replaces_nothing();
    every_question_is_answered();
    who_is_gone_has_done_nothing();
    unlink(in_top("old"));
    unlink(in_top("other"));
    rmdir(top);
    return check_result();
}

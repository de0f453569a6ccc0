/* What takes outputs to the disk and gives them their names: nothing is ever replaced by a new
 * name, an answer comes for each question, and a process that is gone has done nothing. */
#include "check.h"
#include "cli/output/system.h"
#include "cli/pool/aside.h"

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

static uint64_t sum(const void *self, const char *question) {
    uint64_t n = *(const unsigned char *)self;
    for (const char *p = question; *p; p++) n += (unsigned char)*p;
    return n;
}

static const unsigned char one = 1;

static void every_question_is_answered(void) {
    aside a, here;
    aside_open(&a, sum, &one);
    aside_open_here(&here, sum, &one);
    CHECK(a.process > 0 && here.process == 0);
    for (const char *q = "question"; *q; q++) {
        aside_ask(&a, q);
        CHECK(aside_answered(&a, true) && a.answer == sum(&one, q));
        aside_ask(&here, q);
        CHECK(aside_answered(&here, false) && here.answer == a.answer);
    }
    CHECK(aside_answered(&a, false)); /* nothing was asked since */
    aside_close(&a);
    aside_close(&a);
}

static void who_is_gone_has_done_nothing(void) {
    aside a;
    aside_open(&a, sum, &one);
    kill(a.process, SIGSTOP); /* it cannot answer yet */
    aside_ask(&a, "a");
    CHECK(!aside_answered(&a, false));
    kill(a.process, SIGKILL);
    CHECK(aside_answered(&a, true) && a.answer == 0 && a.process == 0);
    aside_ask(&a, "a"); /* from now on without it */
    CHECK(aside_answered(&a, false) && a.answer == sum(&one, "a"));
    aside_close(&a);
}

/* Where the system cannot write through, or there is nothing, that is told. */
static void a_path_that_is_none_is_not_written_through(void) {
    CHECK(!system_sync(in_top("nothing")));
}

int main(void) {
    CHECK(mkdtemp(top));
    signal(SIGPIPE, SIG_IGN);
    a_name_replaces_nothing();
    every_question_is_answered();
    who_is_gone_has_done_nothing();
    a_path_that_is_none_is_not_written_through();
    unlink(in_top("old"));
    unlink(in_top("other"));
    rmdir(top);
    return check_result();
}

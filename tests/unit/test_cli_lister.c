/* lister: members come in their order, what is no archive is told, and an archive that is the end
 * of the process is the end of nothing else. A pipe that nobody writes to stands for one that takes
 * for ever. */
#include "check.h"
#include "input/lister.h"
#include "path.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/qingwen-lister-XXXXXX";
static const expand_rules rules = {.archives = {.max_members = 100, .max_total = 1000}};

static char *path_in(const char *name) {
    return path_join(folder, name);
}

static void write_file(const char *path, const char *z) {
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(z, 1, strlen(z), f) == strlen(z) && fclose(f) == 0);
}

/* An archive with two texts. */
static void make_archive(const char *path) {
    char *draft = path_in("draft"), *body = path_in("body");
    write_file(body, "一二三四");
    qw_error why = {0};
    qw_archive_maker *m = qw_archive_make(draft, &why);
    CHECK(m && qw_archive_add(m, "b.txt", body, 0, 6, 1000000000, &why));
    CHECK(m && qw_archive_add(m, "a/c.txt", body, 6, 6, 1000000000, &why));
    CHECK(m && qw_archive_finish(m, &why));
    qw_archive_maker_free(m);
    CHECK_INT(rename(draft, path), 0);
    free(draft);
    free(body);
}

static bool ask(lister *l, const char *path) {
    walk_item item = {.path = path_join("", path), .name = path_base(path), .named = true};
    item.whole = path_join("", path);
    bool ok = lister_ask(l, &item, path);
    walk_item_free(&item);
    return ok;
}

static lister_answer answer(lister *l, walk_item *item, int *status) {
    lister_answer got = LISTER_LATER;
    for (int i = 0; i < 60 && (got = lister_next(l, item, status)) == LISTER_LATER; i++) {
        struct pollfd one = {.fd = lister_wait(l), .events = POLLIN};
        poll(&one, 1, 1000);
    }
    return got;
}

/* The archive is listed as it should be. */
static void lists(lister *l, const char *path) {
    walk_item item = {0};
    int status;
    CHECK(ask(l, path));
    CHECK_INT(answer(l, &item, &status), LISTER_ITEM);
    CHECK(item.path && strcmp(item.name, "good/b.txt") == 0 && item.member.depth == 1);
    CHECK_INT(item.size, 6);
    CHECK_INT(item.member.at[0], 0);
    CHECK_INT(answer(l, &item, &status), LISTER_ITEM);
    CHECK(item.path && strcmp(item.name, "good/a/c.txt") == 0);
    CHECK(item.timed && item.kind == WALK_FILE);
    CHECK_INT(answer(l, &item, &status), LISTER_END);
    walk_item_free(&item);
}

static void members_come_in_order(void) {
    lister *l = lister_new(&rules, 60, 0);
    char *good = path_in("good.zip"), *none = path_in("none.zip"), *cut = path_in("cut.zip");
    walk_item item = {0};
    int status;
    make_archive(good);
    write_file(none, "text");
    write_file(cut, "PK\3\4cut");
    CHECK_INT(lister_wait(l), -1);
    lists(l, good);
    CHECK(ask(l, none));
    CHECK_INT(answer(l, &item, &status), LISTER_NO_ARCHIVE);
    CHECK(ask(l, cut));
    CHECK_INT(answer(l, &item, &status), LISTER_ITEM);
    CHECK(item.kind == WALK_FAILED && item.why && *item.why->text[QW_ENGLISH]);
    CHECK_INT(answer(l, &item, &status), LISTER_END);
    lists(l, good);
    CHECK(lister_probe(good, 60, 0));
    CHECK(!lister_probe(none, 60, 0));
    walk_item_free(&item);
    lister_free(l);
    free(good);
    free(none);
    free(cut);
}

/* The process that lists, by what the system says of this one. */
static pid_t child(void) {
    char path[64];
    long process = 0;
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%ld", &process) != 1) process = 0;
    if (f) fclose(f);
    return (pid_t)process;
}

/* Its process is stopped, asked, and ended by a signal: that of a crash, of the system, of the time
 * that is over. The next archive gets another process. */
static void one_that_ends_it(void) {
    static const int signals[] = {SIGSYS, SIGKILL, SIGALRM};
    lister *l = lister_new(&rules, 60, 0);
    char *good = path_in("good.zip");
    walk_item item = {0};
    int status;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        lists(l, good);
        pid_t process = child();
        if (!process) break; /* no list of children here */
        CHECK_INT(kill(process, SIGSTOP), 0);
        CHECK(ask(l, good));
        CHECK_INT(lister_next(l, &item, &status), LISTER_LATER);
        CHECK_INT(kill(process, signals[i]), 0);
        kill(process, SIGCONT);
        CHECK_INT(answer(l, &item, &status), LISTER_LOST);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
        CHECK_INT(lister_wait(l), -1);
    }
    lister_free(l);
    walk_item_free(&item);
    free(good);
}

/* With nothing to do it ends unnoticed; and it is ended, whatever it does. */
static void its_end(void) {
    lister *l = lister_new(&rules, 0, 0);
    char *good = path_in("good.zip");
    siginfo_t ended;
    lists(l, good);
    pid_t process = child();
    if (process) {
        CHECK_INT(kill(process, SIGKILL), 0);
        CHECK_INT(waitid(P_PID, (id_t)process, &ended, WEXITED | WNOWAIT), 0);
        lists(l, good);
        CHECK_INT(kill(child(), SIGSTOP), 0);
    }
    CHECK(ask(l, good));
    lister_free(l);
    CHECK_INT(child(), 0);
    free(good);
}

int main(void) {
    if (!mkdtemp(folder)) return 1;
    signal(SIGPIPE, SIG_IGN);
    RUN(members_come_in_order);
    RUN(one_that_ends_it);
    RUN(its_end);
    static const char *const names[] = {"good.zip", "none.zip", "cut.zip", "body"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_in(names[i]);
        unlink(path);
        free(path);
    }
    CHECK_INT(rmdir(folder), 0);
    return check_result();
}

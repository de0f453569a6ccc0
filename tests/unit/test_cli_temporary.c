/* temporary: what is removed from a folder, and what is not. */
#include "check.h"
#include "interrupt.h"
#include "output/temporary.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/qingwen-temporary-XXXXXX";

static void path_of(char path[200], const char *name) {
    snprintf(path, 200, "%s/%s", folder, name);
}

static void make(const char *name) {
    char path[200];
    path_of(path, name);
    int fd = open(path, O_WRONLY | O_CREAT, 0666);
    CHECK(fd >= 0);
    close(fd);
}

static bool there(const char *name) {
    char path[200];
    path_of(path, name);
    return access(path, F_OK) == 0;
}

static void age(const char *name, time_t seconds) {
    char path[200];
    struct timespec times[2] = {{.tv_sec = time(NULL) - seconds}, {.tv_sec = time(NULL) - seconds}};
    path_of(path, name);
    CHECK_INT(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* A process that made a file and is gone. */
static pid_t killed(char name[TEMPORARY_ROOM]) {
    int ends[2];
    if (pipe(ends) != 0) return 0;
    pid_t child = fork();
    if (child == 0) {
        temporary_name(name, 7, 0);
        _exit(write(ends[1], name, TEMPORARY_ROOM) != TEMPORARY_ROOM);
    }
    CHECK_INT(read(ends[0], name, TEMPORARY_ROOM), TEMPORARY_ROOM);
    CHECK_INT(waitpid(child, NULL, 0), child);
    close(ends[0]);
    close(ends[1]);
    make(name);
    return child;
}

static void sweeps(void) {
    char gone[TEMPORARY_ROOM], mine[TEMPORARY_ROOM], elsewhere[TEMPORARY_ROOM], old[TEMPORARY_ROOM];
    static const char *const others[] = {
        ".qingwen-notes", ".qingwen-0-1-2-3.txt", ".qingwen.db", "a.txt", ".qingwen--1-1-1",
    };
    killed(gone);
    temporary_name(mine, 1, 0);
    /* Of a machine of another name: the same process number says nothing. */
    memcpy(elsewhere, gone, sizeof elsewhere);
    elsewhere[9] = elsewhere[9] == 'f' ? '0' : 'f';
    memcpy(old, elsewhere, sizeof old);
    old[10] = old[10] == 'f' ? '0' : 'f';
    make(mine);
    make(elsewhere);
    make(old);
    age(old, 25 * 60 * 60);
    age(elsewhere, 60 * 60);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        make(others[i]), age(others[i], 48 * 60 * 60);
    char draft[TEMPORARY_ROOM + 10];
    snprintf(draft, sizeof draft, "%s.a0Zk9q", gone);
    make(draft);
    CHECK_INT(temporary_sweep(folder), 3);
    CHECK(!there(gone) && !there(old) && !there(draft));
    CHECK(there(mine) && there(elsewhere));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) CHECK(there(others[i]));
    CHECK_INT(temporary_sweep(folder), 0);
}

/* What a worker wrote belongs to its supervisor, and stays when the worker is gone. */
static void of_a_worker(void) {
    char one[TEMPORARY_ROOM], two[TEMPORARY_ROOM];
    pid_t supervisor = getpid(), worker;
    temporary_name(one, 8, 0);
    temporary_name(two, 15, 3);
    worker = fork();
    if (worker == 0) {
        char name[TEMPORARY_ROOM];
        interrupt_serve(supervisor);
        temporary_name(name, 8, 0);
        _exit(strcmp(name, one) != 0);
    }
    int status = 1;
    CHECK_INT(waitpid(worker, &status, 0), worker);
    CHECK_INT(status, 0);
    make(one);
    make(two);
    CHECK_INT(temporary_sweep(folder), 0);
    CHECK_INT(temporary_drop(folder, 2, 8), 0);
    CHECK_INT(temporary_drop(folder, 16, 24), 0);
    CHECK_INT(temporary_drop(folder, 8, 8), 0);
    CHECK(there(one) && there(two));
    CHECK_INT(temporary_drop(folder, 8, 15), 1);
    CHECK(!there(one) && there(two));
    CHECK_INT(temporary_drop(folder, 8, 16), 1);
    CHECK_INT(temporary_sweep("/nowhere/at/all"), 0);
}

int main(void) {
    char command[200];
    if (!mkdtemp(folder)) return 1;
    RUN(sweeps);
    RUN(of_a_worker);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT(system(command), 0);
    return check_result();
}

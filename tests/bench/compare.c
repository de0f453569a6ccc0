/* compare: commands against each other, in turn, round after round.
 *
 *     compare ROUNDS TITLE < LIST          a line of LIST: NAME, a tab, a shell command
 *
 * Prints a Markdown table: medians of wall time, of CPU time of the whole process tree, the largest
 * memory of any process, and the median of the ratio to the first command of the same round: a
 * machine that is busy now is busy for both. A command that fails ends it all. */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROUNDS = 99, MOST_COMMANDS = 32 };

typedef struct cost {
    double wall, cpu, megabytes;
} cost;

typedef struct command {
    char line[4096];
    char *shell; /* in line, after the tab */
    cost of[MOST_ROUNDS];
} command;

static command commands[MOST_COMMANDS];
static size_t ncommands;

static double seconds_of(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static cost run(const command *c) {
    struct rusage used;
    int status = 0;
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", c->shell, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) {
        fprintf(stderr, "failed: %s\n", c->shell);
        exit(1);
    }
    return (cost){now() - start, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
                  (double)used.ru_maxrss / 1024};
}

static void read_commands(void) {
    while (ncommands < MOST_COMMANDS &&
           fgets(commands[ncommands].line, sizeof commands->line, stdin)) {
        command *c = &commands[ncommands];
        c->line[strcspn(c->line, "\n")] = '\0';
        c->shell = strchr(c->line, '\t');
        if (!c->shell) continue;
        *c->shell++ = '\0';
        ncommands++;
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *list, size_t n) {
    qsort(list, n, sizeof *list, by_size);
    return list[n / 2];
}

static void print_row(const command *c, size_t rounds) {
    double wall[MOST_ROUNDS], cpu[MOST_ROUNDS], ratio[MOST_ROUNDS], most = 0;
    for (size_t r = 0; r < rounds; r++) {
        wall[r] = c->of[r].wall;
        cpu[r] = c->of[r].cpu;
        ratio[r] = cpu[r] / (commands[0].of[r].cpu > 0 ? commands[0].of[r].cpu : 1e-3);
        if (c->of[r].megabytes > most) most = c->of[r].megabytes;
    }
    printf("| %s | %.3f | %.3f | %.0f | %.2f |\n", c->line, median(wall, rounds),
           median(cpu, rounds), most, median(ratio, rounds));
}

int main(int argc, char **argv) {
    size_t rounds = argc == 3 ? (size_t)atoi(argv[1]) : 0;
    read_commands();
    if (rounds < 1 || rounds > MOST_ROUNDS || !ncommands)
        return fputs("usage: compare ROUNDS TITLE < LIST\n", stderr), 2;
    for (size_t r = 0; r < rounds; r++)
        for (size_t i = 0; i < ncommands; i++) commands[i].of[r] = run(&commands[i]);
    printf("| %s | wall s | CPU s | memory MB | CPU ratio |\n|---|---:|---:|---:|---:|\n", argv[2]);
    for (size_t i = 0; i < ncommands; i++) print_row(&commands[i], rounds);
    puts("");
    return 0;
}

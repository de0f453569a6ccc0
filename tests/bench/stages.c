/* stages: CPU time of each stage of the library, in MB of input a second.
 *
 *     stages ROUNDS FILE...
 *
 * In each round every stage runs once on every file: reading, each filter alone, the whole default
 * chain, and each way of writing. Printed is the median over the rounds, as a Markdown table. */
#include "qingwen.h"
#include "support/files.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_ROUNDS = 99, MOST_STAGES = 64 };

typedef struct stage_times {
    char name[64];
    double seconds[MOST_ROUNDS];
} stage_times;

static stage_times stages[MOST_STAGES];
static size_t nstages;

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void enter(const char *kind, const char *name, size_t round, double seconds) {
    char whole[64];
    snprintf(whole, sizeof whole, "%s%s%s", kind, *name ? " " : "", name);
    size_t i = 0;
    while (i < nstages && strcmp(stages[i].name, whole) != 0) i++;
    if (i == MOST_STAGES) return;
    if (i == nstages) strcpy(stages[nstages++].name, whole);
    stages[i].seconds[round] = seconds;
}

static bool swallow(void *self, const void *bytes, size_t n) {
    (void)bytes;
    *(uint64_t *)self += n;
    return true;
}

static void stop(const char *what, const qw_error *why) {
    fprintf(stderr, "%s: %s\n", what, why->text[QW_ENGLISH]);
    exit(1);
}

static qw_doc *read(qw_workspace *space, const char *name, const content *c) {
    qw_error why = {0};
    qw_doc *doc = qw_read(space, &(qw_input){name, c->p, c->n}, NULL, &why);
    if (!doc) stop(name, &why);
    return doc;
}

static double run_seconds(qw_doc *doc, const qw_chain_options *options) {
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(options, &why);
    if (!chain) stop("chain", &why);
    double start = cpu_seconds();
    if (!qw_run(chain, doc, &why)) stop("run", &why);
    double seconds = cpu_seconds() - start;
    qw_chain_free(chain);
    return seconds;
}

static void write_stages(qw_doc *doc, size_t round) {
    static const char *const formats[] = {"txt", "report", "jsonl", "md", "docx"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        uint64_t written = 0;
        qw_sink sink = {swallow, &written};
        qw_error why = {0};
        double start = cpu_seconds();
        bool done = qw_write(doc, formats[i], NULL, &sink, &why);
        if (done) enter("write", formats[i], round, cpu_seconds() - start);
        if (!done && why.code != QW_USAGE) stop(formats[i], &why);
    }
}

static void measure(const char *name, const content *c, size_t round) {
    qw_workspace *space = qw_workspace_new();
    read(space, name, c); /* the workspace has its memory when the clock starts */
    double start = cpu_seconds();
    qw_doc *doc = read(space, name, c);
    enter("read", "", round, cpu_seconds() - start);
    for (size_t i = 0; qw_filter_at(i); i++) {
        const char *filter = qw_filter_at(i)->name;
        doc = read(space, name, c);
        enter("filter", filter, round, run_seconds(doc, &(qw_chain_options){.filters = filter}));
    }
    doc = read(space, name, c);
    enter("all filters of `samples`", "", round, run_seconds(doc, NULL));
    write_stages(doc, round);
    qw_workspace_free(space);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    size_t rounds = argc > 2 ? (size_t)atoi(argv[1]) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS)
        return fputs("usage: stages ROUNDS FILE...\n", stderr), 2;
    for (int i = 2; i < argc; i++) {
        content c = file_read(argv[i]);
        if (!c.p) return fprintf(stderr, "%s: cannot be read\n", argv[i]), 1;
        const char *slash = strrchr(argv[i], '/');
        const char *name = slash ? slash + 1 : argv[i];
        nstages = 0;
        for (size_t round = 0; round < rounds; round++) measure(name, &c, round);
        printf("| %s, %.0f MB | CPU s | MB/s |\n|---|---:|---:|\n", name, (double)c.n / 1e6);
        for (size_t k = 0; k < nstages; k++) {
            qsort(stages[k].seconds, rounds, sizeof(double), by_size);
            double s = stages[k].seconds[rounds / 2];
            printf("| %s | %.3f | %.0f |\n", stages[k].name, s,
                   (double)c.n / 1e6 / (s > 0 ? s : 1e-9));
        }
        puts("");
        free(c.p);
    }
    return 0;
}

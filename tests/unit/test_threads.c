/* threads: what the public header promises of them: one compiled chain serves many threads at once,
 * each with a workspace of its own, and every thread gets the same bytes. The program itself has no
 * threads; the thread sanitizer runs this. */
#include "check.h"
#include "qingwen.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* libzip asks for the time zone. The C library holds a lock of its own then, which the sanitizer
 * does not know. */
__attribute__((visibility("default"))) const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void) {
    return "race:tzset_internal";
}

enum { THREADS = 6, ROUNDS = 20, OUTPUT_MOST = 1 << 16 };

static const char *const formats[] = {"txt", "report", "jsonl", "docx", "md"};
enum { FORMATS = sizeof formats / sizeof *formats };

/* A heading, an ad, an invisible character, mojibake; then the same in GB18030. */
static const char utf8[] = "一、总体情况\n今年以来，各项\342\200\213工作有序推进。\n"
                           "更多资料请加微信号：abc12345\n（一）主要做法\n1.抓学习。\n";
static const char gb18030[] = "\xd2\xbb\xa1\xa2\xd7\xdc\xcc\xe5\xc7\xe9\xbf\xf6\r\n"
                              "\xbd\xf1\xc4\xea\xd2\xd4\xc0\xb4\xa3\xac\xb9\xa4\xd7\xf7\xd3\xd0"
                              "\xd0\xf2\xcd\xc6\xbd\xf8\xa1\xa3\r\n";

typedef struct piece {
    char bytes[OUTPUT_MOST];
    size_t n;
} piece;

typedef struct task {
    const qw_chain *chain;
    piece out[2][FORMATS];
    int failures;
} task;

static bool keep(void *self, const void *bytes, size_t n) {
    piece *p = self;
    if (n > OUTPUT_MOST - p->n) return false;
    memcpy(p->bytes + p->n, bytes, n);
    p->n += n;
    return true;
}

static void clean(task *t, qw_workspace *space, size_t which) {
    qw_error why = {0};
    qw_input input = {"a.txt", which ? gb18030 : utf8,
                      which ? sizeof gb18030 - 1 : sizeof utf8 - 1};
    qw_doc *d = qw_read(space, &input, NULL, &why);
    if (!d || !qw_run(t->chain, d, &why)) t->failures++;
    for (size_t i = 0; i < FORMATS && d; i++) {
        qw_sink sink = {keep, &t->out[which][i]};
        t->out[which][i].n = 0;
        if (!qw_write(d, formats[i], NULL, &sink, &why)) t->failures++;
    }
}

static void *work(void *self) {
    task *t = self;
    qw_workspace *space = qw_workspace_new();
    for (size_t round = 0; round < ROUNDS && space; round++) clean(t, space, round % 2);
    if (!space) t->failures++;
    qw_workspace_free(space);
    return NULL;
}

static bool alike(const task *a, const task *b) {
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < FORMATS; k++) {
            const piece *x = &a->out[i][k], *y = &b->out[i][k];
            if (x->n == 0 || x->n != y->n || memcmp(x->bytes, y->bytes, x->n) != 0) return false;
        }
    return true;
}

static void one_chain(void) {
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.profile = "samples"}, &why);
    task *tasks = calloc(THREADS, sizeof *tasks);
    pthread_t threads[THREADS];
    CHECK(chain && tasks);
    if (!chain || !tasks) return;
    for (size_t i = 0; i < THREADS; i++) {
        tasks[i].chain = chain;
        CHECK_INT(pthread_create(&threads[i], NULL, work, &tasks[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; i < THREADS; i++) {
        CHECK_INT(tasks[i].failures, 0);
        CHECK(alike(&tasks[0], &tasks[i]));
    }
    free(tasks);
    qw_chain_free(chain);
}

/* Chains that are made at the same time share what is compiled in. */
static void *make_chain(void *self) {
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.profile = "samples"}, &why);
    qw_chain_free(chain);
    return chain ? self : NULL;
}

static void many_chains(void) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, make_chain, threads), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *made = NULL;
        pthread_join(threads[i], &made);
        CHECK(made != NULL);
    }
}

int main(void) {
    RUN(one_chain);
    RUN(many_chains);
    return check_result();
}

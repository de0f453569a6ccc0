/* faults: one scenario with the 1st, 2nd, 3rd … allocation failing, and again with all from the
 * n-th on. Whatever fails, the call says so with a clean error: no crash, no leak (the leak
 * checker watches), and no success that gives other bytes than the undisturbed run.
 *
 *     faults SAMPLE
 *
 * Linked with --wrap for malloc, calloc and realloc, and for the arena's functions: an arena asks
 * malloc so seldom that most of its callers would never see it fail. */
#include "base/arena.h"
#include "qingwen.h"
#include "support/files.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 200000 }; /* allocations a scenario may take before it is endless */

static struct {
    size_t count;  /* allocations since the start of the run */
    size_t fail;   /* which one fails; 0: none */
    bool all_from; /* those after it too */
} plan;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static bool refused(void) {
    plan.count++;
    return plan.fail && (plan.all_from ? plan.count >= plan.fail : plan.count == plan.fail);
}

void *__real_arena_alloc(arena *a, size_t n);
void *__real_arena_zalloc(arena *a, size_t count, size_t size);
str __real_arena_join(arena *a, str x, str y);
str __real_arena_str(arena *a, str s);
void *__wrap_arena_alloc(arena *a, size_t n);
void *__wrap_arena_zalloc(arena *a, size_t count, size_t size);
str __wrap_arena_join(arena *a, str x, str y);
str __wrap_arena_str(arena *a, str s);

void *__wrap_malloc(size_t n) {
    return refused() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size) {
    return refused() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n) {
    return refused() ? NULL : __real_realloc(p, n);
}

/* More than any arena gives: it fails, and remembers that it did. */
static void *exhaust(arena *a) {
    return __real_arena_alloc(a, SIZE_MAX);
}

void *__wrap_arena_alloc(arena *a, size_t n) {
    return refused() ? exhaust(a) : __real_arena_alloc(a, n);
}

void *__wrap_arena_zalloc(arena *a, size_t count, size_t size) {
    return refused() ? exhaust(a) : __real_arena_zalloc(a, count, size);
}

str __wrap_arena_join(arena *a, str x, str y) {
    return refused() ? (str){exhaust(a), 0} : __real_arena_join(a, x, y);
}

str __wrap_arena_str(arena *a, str s) {
    return refused() ? (str){exhaust(a), 0} : __real_arena_str(a, s);
}

/* What a run wrote; its memory is not part of the experiment. */
typedef struct output {
    char bytes[1 << 20];
    size_t n;
    bool full;
} output;

enum { TXT, DOCX, REPORT, BACK, OUTPUTS };
static output undisturbed[OUTPUTS], disturbed[OUTPUTS];

static bool keep(void *self, const void *bytes, size_t n) {
    output *o = self;
    if (n > sizeof o->bytes - o->n) return o->full = true, false;
    memcpy(o->bytes + o->n, bytes, n);
    o->n += n;
    return true;
}

static bool write_as(qw_doc *doc, const char *format, output *o, qw_error *why) {
    return qw_write(doc, format, NULL, &(qw_sink){keep, o}, why);
}

static bool has_format(const char *name) {
    for (size_t i = 0; qw_format_at(i); i++)
        if (strcmp(qw_format_at(i)->name, name) == 0) return qw_format_at(i)->writes;
    return false;
}

static bool use_document(const qw_chain *chain, qw_workspace *space, const content *sample,
                         output *to, qw_error *why) {
    qw_input in = {"sample.txt", sample->p, sample->n};
    qw_doc *doc = qw_read(space, &in, NULL, why);
    if (!doc || !qw_run(chain, doc, why)) return false;
    if (!write_as(doc, "txt", &to[TXT], why) || !write_as(doc, "report", &to[REPORT], why))
        return false;
    if (has_format("docx") && !write_as(doc, "docx", &to[DOCX], why)) return false;
    qw_undo_request request = {
        .report = {to[REPORT].bytes, to[REPORT].n},
        .output = {to[TXT].bytes, to[TXT].n},
    };
    return qw_undo(&request, &(qw_sink){keep, &to[BACK]}, why);
}

/* Everything from nothing: compile, read, run, write, undo. A chain that is given spares the
 * compiling. */
static bool scenario(const qw_chain *chain, const content *sample, output *to, qw_error *why) {
    for (int i = 0; i < OUTPUTS; i++) to[i].n = 0, to[i].full = false;
    qw_chain *own = chain ? NULL : qw_chain_new(NULL, why);
    if (!chain && !own) return false;
    qw_workspace *space = qw_workspace_new();
    bool done = false;
    if (space)
        done = use_document(chain ? chain : own, space, sample, to, why);
    else
        why->code = QW_MEMORY;
    qw_workspace_free(space);
    qw_chain_free(own);
    return done;
}

static bool same_outputs(void) {
    for (int i = 0; i < OUTPUTS; i++)
        if (undisturbed[i].n != disturbed[i].n ||
            memcmp(undisturbed[i].bytes, disturbed[i].bytes, disturbed[i].n) != 0)
            return false;
    return true;
}

/* One run with a fault. Returns 1 and says why when it does not end as it should. */
static int try_fault(const qw_chain *chain, const content *sample) {
    qw_error why = {0};
    bool done = scenario(chain, sample, disturbed, &why);
    const char *wrong = NULL;
    if (done && !same_outputs()) wrong = "success, but with other output";
    if (!done && why.code == QW_OK) wrong = "failure without an error";
    if (!done && why.code != QW_OK && why.code != QW_MEMORY)
        wrong = "an error about something else";
    if (!wrong) return 0;
    fprintf(stderr, "allocation %zu%s: %s: %s\n", plan.fail, plan.all_from ? " and later" : "",
            wrong, why.text[QW_ENGLISH]);
    return 1;
}

/* Lets one allocation after the other fail. */
static int try_all(const qw_chain *chain, const content *sample, bool all_from) {
    qw_error why = {0};
    plan.count = plan.fail = 0;
    if (!scenario(chain, sample, undisturbed, &why)) {
        fprintf(stderr, "without a fault: %s\n", why.text[QW_ENGLISH]);
        return 1;
    }
    size_t total = plan.count, failed = 0;
    if (total > LIMIT) return fprintf(stderr, "%zu allocations\n", total), 1;
    /* The first 500 each, then ever fewer, so that compiling thousands of rules is tried too. */
    size_t tried = 0;
    for (size_t i = 1; i <= total; i += i < 500 ? 1 : i / 250) {
        plan.count = 0;
        plan.fail = i;
        plan.all_from = all_from;
        failed += (size_t)try_fault(chain, sample);
        tried++;
    }
    plan.fail = 0;
    printf("%s%s: %zu allocations, %zu of them tried, %zu wrong\n",
           chain ? "a document" : "from nothing", all_from ? ", failing from there on" : "", total,
           tried, failed);
    return failed || !total;
}

int main(int argc, char **argv) {
    content sample = argc == 2 ? file_read(argv[1]) : (content){NULL, 0};
    if (!sample.p) return fprintf(stderr, "usage: faults SAMPLE\n"), 2;
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(NULL, &why);
    if (!chain) return fprintf(stderr, "%s\n", why.text[QW_ENGLISH]), 1;
    int failed = 0;
    for (int all_from = 0; all_from < 2; all_from++) {
        failed += try_all(chain, &sample, all_from);
        failed += try_all(NULL, &sample, all_from);
    }
    qw_chain_free(chain);
    free(sample.p);
    return failed != 0;
}

/* learn: the public functions that learn rules from a batch of documents. */
#include "model/learn.h"
#include "chain.h"

#include <stdlib.h>

struct qw_learner {
    arena *mem;
    learner *learner;
    bool counted;
};

enum { LEARNER_MEMORY = 512 << 20, RULES_MOST = 16 << 20 };

qw_learner *qw_learner_new(qw_error *why) {
    fail_begin(why);
    qw_learner *l = calloc(1, sizeof *l);
    if (!l) return fail_memory(why), NULL;
    l->mem = arena_new(LEARNER_MEMORY);
    const ruleset *rules = l->mem ? ruleset_load(l->mem, STR("ads"), NULL, 0, why) : NULL;
    l->learner = rules ? learner_new(l->mem, rules) : NULL;
    if (l->learner) return l;
    if (!l->mem || rules) fail_memory(why);
    qw_learner_free(l);
    return NULL;
}

void qw_learner_free(qw_learner *l) {
    if (!l) return;
    arena_free(l->mem);
    free(l);
}

bool qw_learner_count(qw_learner *l, const qw_doc *d, qw_error *why) {
    fail_begin(why);
    if (!doc_ok(d)) return fail(why, MSG_FAILED_BEFORE, STR(""), NO_ARGS);
    learner_count(l->learner, d);
    return true;
}

bool qw_learner_look(qw_learner *l, const qw_doc *d, qw_error *why) {
    fail_begin(why);
    if (!doc_ok(d)) return fail(why, MSG_FAILED_BEFORE, STR(""), NO_ARGS);
    return learner_look(l->learner, d) || fail_memory(why);
}

bool qw_learner_write(qw_learner *l, const qw_sink *sink, size_t *rules, qw_error *why) {
    buf text = BUF_INIT(RULES_MOST);
    fail_begin(why);
    size_t n = learner_write(l->learner, &text);
    bool ok = !text.failed || fail_memory(why);
    if (ok && !sink->write(sink->self, text.p, text.n)) ok = fail(why, MSG_SINK, STR(""), NO_ARGS);
    if (rules) *rules = n;
    buf_free(&text);
    return ok;
}

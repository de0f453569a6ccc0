/* undoing: a document that a test edits, its output and report, and what undo makes of them. */
#ifndef QW_TESTS_UNDOING_H
#define QW_TESTS_UNDOING_H

#include "check.h"
#include "model/edit.h"
#include "support/keep.h"

typedef struct undoing {
    const char *format;
    qw_workspace *space;
    qw_doc *d;
    buf output, report, back;
    qw_error why;
} undoing;

static const reason undoing_reason = {STR_INIT("rule"), STR_INIT("because"), 70};

/* Reads a document; format is what it is written in. The input has to outlive it. */
static inline undoing undoing_begin(const char *name, const char *format, str input) {
    undoing u = {.format = format,
                 .output = BUF_INIT(1 << 20),
                 .report = BUF_INIT(1 << 20),
                 .back = BUF_INIT(1 << 20)};
    u.space = qw_workspace_new();
    qw_input in = {name, input.p, input.n};
    u.d = qw_read(u.space, &in, NULL, &u.why);
    CHECK_STR(str_of(u.why.text[0]), STR(""));
    u.d->filter = STR("test");
    return u;
}

static inline void undoing_write(undoing *u) {
    qw_sink output = {keep, &u->output}, report = {keep, &u->report};
    CHECK(qw_write(u->d, u->format, NULL, &output, &u->why));
    CHECK(qw_write(u->d, "report", NULL, &report, &u->why));
}

/* Puts all edits back, or those of `only`; u->back is what comes out. */
static inline bool undoing_undo(undoing *u, const size_t *only, size_t nonly) {
    qw_undo_request r = {
        .report = buf_str(&u->report), .output = buf_str(&u->output), .only = only, .nonly = nonly};
    qw_sink back = {keep, &u->back};
    u->back.n = 0;
    u->why = (qw_error){0};
    return qw_undo(&r, &back, &u->why);
}

static inline void undoing_end(undoing *u) {
    qw_workspace_free(u->space);
    buf_free(&u->output);
    buf_free(&u->report);
    buf_free(&u->back);
}

#endif

/* diff: `check --format diff`. The document is read a second time and left as it is; since no
 * filter adds or moves blocks, block i of the one stands against block i of the other, and no
 * search for common lines is needed. For a UTF-8 file with LF the result is a patch; on a terminal,
 * where it is none, invisible characters are made visible. */
#include "run/job.h"

#include <string.h>

enum { CONTEXT = 3 };

typedef struct sides {
    const qw_doc *before, *after;
    size_t n;
    bool plain;   /* lines as they are */
    bool unended; /* the last line has no line feed */
} sides;

/* Output ends every line, so a last line without an end differs from what is written. */
static bool is_unended(const worker *w, const qw_doc *d) {
    qw_summary sum;
    qw_summarize(d, &sum);
    return strcmp(sum.encoding, "UTF-8") == 0 && w->input.n && w->input.p[w->input.n - 1] != '\n';
}

static bool changed(const sides *s, size_t i) {
    qw_block_info a, b;
    if (!qw_block_get(s->before, i, &a, NULL) || !qw_block_get(s->after, i, &b, NULL)) return false;
    return b.removed || a.text.n != b.text.n || (a.text.n && memcmp(a.text.p, b.text.p, a.text.n));
}

static size_t next_change(const sides *s, size_t from) {
    while (from < s->n && !changed(s, from)) from++;
    return from;
}

/* The end of the hunk that starts with a change at `at`: changes nearer than twice the context
 * belong together. */
static size_t hunk_end(const sides *s, size_t at) {
    size_t last = at;
    for (size_t i = at; i < s->n && i <= last + 2 * CONTEXT; i++)
        if (changed(s, i)) last = i;
    return last + 1 + CONTEXT < s->n ? last + 1 + CONTEXT : s->n;
}

static bool removed(const sides *s, size_t i) {
    qw_block_info b;
    return qw_block_get(s->after, i, &b, NULL) && b.removed;
}

static void put_line(const sides *s, text *t, char sign, qw_str line) {
    bool plain = s->plain && !(line.n && memchr(line.p, '\n', line.n));
    text_add(t, &sign, 1);
    if (plain)
        text_add(t, line.p, line.n);
    else
        text_show(t, line, 0);
    text_put(t, "\n");
}

/* A line as it was, and what stands there now. */
static void put_block(const sides *s, text *t, size_t i) {
    qw_block_info a, b;
    qw_block_get(s->before, i, &a, NULL);
    qw_block_get(s->after, i, &b, NULL);
    bool same = !changed(s, i), unended = s->unended && i + 1 == s->n;
    put_line(s, t, same && !unended ? ' ' : '-', a.text);
    if (unended) text_put(t, "\\ No newline at end of file\n");
    if (!b.removed && (!same || unended)) put_line(s, t, '+', b.text);
}

/* *gone: blocks removed before this hunk, by which the numbers on the right lag behind. */
static void put_hunk(const sides *s, text *t, size_t from, size_t to, size_t *gone) {
    size_t here = 0;
    for (size_t i = from; i < to; i++) here += removed(s, i);
    size_t right = to - from - here;
    text_printf(t, "@@ -%zu,%zu +%zu,%zu @@\n", from + 1, to - from, from - *gone + (right > 0),
                right);
    for (size_t i = from; i < to; i++) put_block(s, t, i);
    *gone += here;
}

static void put_diff(const sides *s, const char *path, text *t) {
    size_t at = next_change(s, 0), gone = 0;
    if (at == s->n) return;
    text_put(t, "--- "), text_show(t, str_z(path), 0), text_put(t, "\n");
    text_put(t, "+++ "), text_show(t, str_z(path), 0), text_put(t, "\n");
    while (at < s->n) {
        size_t to = hunk_end(s, at);
        put_hunk(s, t, at > CONTEXT ? at - CONTEXT : 0, to, &gone);
        at = next_change(s, to);
    }
}

bool diff_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why) {
    qw_input input = {.name = j->item.path, .bytes = w->input.p, .n = w->input.n};
    qw_edit_info e;
    if (!w->second) w->second = qw_workspace_new();
    if (!w->second) return j->out.failed = true; /* batch_finish.c says that memory is out */
    qw_doc *before = qw_read(w->second, &input, &p->read, why);
    if (!before) return false;
    for (size_t i = 0; qw_edit_get(d, i, &e, NULL); i++) j->is.findings += e.kind != QW_EDIT_ROLE;
    sides s = {before, d, qw_block_count(d), !p->terminal, is_unended(w, d)};
    put_diff(&s, j->item.path, &j->out);
    return true;
}

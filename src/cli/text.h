/* text: a buffer of text that grows. After memory was out nothing more is added and `failed` stays
 * set, so that whoever sends the text off can look once. */
#ifndef QW_CLI_TEXT_H
#define QW_CLI_TEXT_H

#include "qingwen.h"

typedef struct text {
    char *p; /* NULL while nothing was added; always followed by a NUL otherwise */
    size_t n, cap;
    bool failed;
} text;

void text_free(text *t);

/* Empties the buffer; keeps its memory unless that is much. */
void text_clear(text *t);

bool text_add(text *t, const char *p, size_t n);
bool text_put(text *t, const char *z);
bool text_printf(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds s fit for a terminal and on one line: control and invisible characters as <U+200B>, bytes
 * that are no UTF-8 as <FF>. After `most` characters, if not 0, it ends in "…". */
void text_show(text *t, qw_str s, size_t most);

/* A qw_sink that adds to a text: {text_sink, &text}. */
bool text_sink(void *self, const void *bytes, size_t n);

/* The string, or "" when there is none. */
static inline const char *text_z(const text *t) {
    return t->p ? t->p : "";
}

static inline qw_str str_z(const char *z) {
    qw_str s = {z, 0};
    while (z[s.n]) s.n++;
    return s;
}

#endif

/* buf: a byte buffer that grows up to a ceiling given at birth. */
#ifndef QW_BASE_BUF_H
#define QW_BASE_BUF_H

#include "base/str.h"

typedef struct buf {
    char *p;
    size_t n;    /* bytes used */
    size_t cap;  /* bytes allocated */
    size_t max;  /* the ceiling */
    bool failed; /* memory was out or the ceiling met; what came later is missing */
} buf;

/* An empty buffer; nothing is allocated yet. */
#define BUF_INIT(ceiling) ((buf){NULL, 0, 0, (ceiling), false})

void buf_free(buf *b);

/* Appends; after a failure nothing more is appended and false is returned. */
bool buf_add(buf *b, str s);
bool buf_add_byte(buf *b, char c);
bool buf_printf(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for n more bytes and returns where they go, NULL on failure. The caller adds what it
 * wrote to b->n. */
char *buf_room(buf *b, size_t n);

static inline str buf_str(const buf *b) {
    return (str){b->p, b->n};
}

#endif

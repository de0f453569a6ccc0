#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_free(buf *b) {
    free(b->p);
    *b = BUF_INIT(b->max);
}

char *buf_room(buf *b, size_t n) {
    if (b->failed || n > b->max || b->n > b->max - n) return b->failed = true, NULL;
    if (b->cap - b->n >= n) return b->p + b->n;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->n < n) cap = cap > b->max / 2 ? b->max : cap * 2;
    char *p = realloc(b->p, cap);
    if (!p) return b->failed = true, NULL;
    b->p = p;
    b->cap = cap;
    return p + b->n;
}

bool buf_add(buf *b, str s) {
    if (s.n == 0) return !b->failed;
    char *p = buf_room(b, s.n);
    if (!p) return false;
    memcpy(p, s.p, s.n);
    b->n += s.n;
    return true;
}

bool buf_add_byte(buf *b, char c) {
    return buf_add(b, (str){&c, 1});
}

bool buf_printf(buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : buf_room(b, (size_t)n + 1);
    if (p) {
        vsnprintf(p, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
    return p != NULL;
}

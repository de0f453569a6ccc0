/* keep: what is written, in a buf. */
#ifndef QW_TESTS_KEEP_H
#define QW_TESTS_KEEP_H

#include "base/buf.h"

/* The write() of a qw_sink whose self is a buf. */
static inline bool keep(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

#endif

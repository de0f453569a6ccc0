/* package: small OOXML packages, for unit tests. */
#ifndef QW_TESTS_PACKAGE_H
#define QW_TESTS_PACKAGE_H

#include "check.h"
#include "ooxml/package.h"
#include "support/keep.h"

#include <stdlib.h>

/* The bytes of a package of n parts, in mem. */
static inline str package_of(arena *mem, const new_part *parts, size_t n) {
    buf b = BUF_INIT(1 << 24);
    qw_sink sink = {keep, &b};
    out *to = malloc(sizeof *to);
    qw_error why = {0};
    if (!to) abort();
    out_begin(to, &sink);
    CHECK(package_write_new(parts, n, to, &why) && out_end(to));
    str copy = arena_str(mem, buf_str(&b));
    buf_free(&b);
    free(to);
    return copy;
}

#endif

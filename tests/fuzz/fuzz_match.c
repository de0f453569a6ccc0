/* The matcher against a naive search: literals parted by NUL, then the text. */
#include "base/match.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST = 64, LONGEST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    str literals[MOST], rest = str_make((const char *)data, n), field;
    size_t count = 0, naive = 0, found = 0;
    if (n > LONGEST) return 0;
    while (count < MOST && str_find_byte(rest, '\0', 0) != STR_NONE &&
           str_next(&rest, '\0', &field))
        literals[count++] = field;
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; literals[i].n && at + literals[i].n <= rest.n; at++)
            naive += memcmp(rest.p + at, literals[i].p, literals[i].n) == 0;
    arena *mem = arena_new(1 << 26);
    matcher *m = mem ? matcher_new(mem, literals, count) : NULL;
    if (!m) return arena_free(mem), 0;
    match hit;
    for (match_scan scan = match_begin(m, rest); match_next(&scan, &hit); found++)
        if (!str_eq(str_cut(rest, hit.at, hit.at + hit.n), literals[hit.literal])) abort();
    if (found != naive) abort();
    arena_free(mem);
    return 0;
}

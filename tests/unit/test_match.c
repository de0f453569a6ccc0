/* match: all occurrences of literals, against a naive search. */
#include "check.h"

#include "base/match.h"

#include <stdlib.h>

static size_t naive(const str *literals, size_t n, str text) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; literals[i].n && at + literals[i].n <= text.n; at++)
            found += memcmp(text.p + at, literals[i].p, literals[i].n) == 0;
    return found;
}

/* Counts what the matcher finds; each must be there, and ends must not go back. */
static size_t counted(const matcher *m, const str *literals, str text) {
    size_t found = 0, end = 0;
    match hit;
    for (match_scan scan = match_begin(m, text); match_next(&scan, &hit); found++) {
        CHECK_STR(str_cut(text, hit.at, hit.at + hit.n), literals[hit.literal]);
        CHECK(hit.at + hit.n >= end);
        end = hit.at + hit.n;
    }
    return found;
}

static void finds_overlapping_literals_in_order_of_their_ends(void) {
    const str literals[] = {STR_INIT("he"), STR_INIT("she"), STR_INIT("hers"), STR_INIT("she"),
                            STR_INIT("")};
    arena *mem = arena_new(0);
    matcher *m = matcher_new(mem, literals, 5);
    match_scan scan = match_begin(m, STR("ushers"));
    const match want[] = {{1, 3, 1}, {1, 3, 3}, {2, 2, 0}, {2, 4, 2}};
    match hit;
    for (size_t i = 0; i < 4; i++) {
        CHECK(match_next(&scan, &hit));
        CHECK_INT(hit.at, want[i].at);
        CHECK_INT(hit.n, want[i].n);
        CHECK_INT(hit.literal, want[i].literal);
    }
    CHECK(!match_next(&scan, &hit));
    CHECK(!match_next(&scan, &hit));
    arena_free(mem);
}

static void agrees_with_a_naive_search_on_random_text(void) {
    srand(7);
    for (int round = 0; round < 300; round++) {
        /* Literals of one byte and more, of three, of six: each are looked for in a way of their
         * own. */
        size_t least = (size_t)round % 8;
        char bytes[600], text[600];
        str literals[40];
        size_t used = 0;
        for (size_t i = 0; i < 40; i++) {
            size_t n = least + (size_t)rand() % 7;
            for (size_t k = 0; k < n; k++) bytes[used + k] = (char)('a' + rand() % 3);
            literals[i] = str_make(bytes + used, n);
            used += n;
        }
        for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + rand() % 3);
        arena *mem = arena_new(0);
        matcher *m = matcher_new(mem, literals, 40);
        CHECK_INT(counted(m, literals, str_make(text, sizeof text)),
                  naive(literals, 40, str_make(text, sizeof text)));
        arena_free(mem);
    }
}

static void finds_nothing_without_literals(void) {
    arena *mem = arena_new(0);
    matcher *m = matcher_new(mem, NULL, 0);
    CHECK_INT(counted(m, NULL, STR("微信公众号")), 0);
    arena_free(mem);
}

static void says_so_when_memory_is_out(void) {
    const str literals[] = {STR_INIT("a long enough literal to need some room")};
    arena *mem = arena_new(100);
    CHECK(!matcher_new(mem, literals, 1));
    arena_free(mem);
}

int main(void) {
    RUN(finds_overlapping_literals_in_order_of_their_ends);
    RUN(agrees_with_a_naive_search_on_random_text);
    RUN(finds_nothing_without_literals);
    RUN(says_so_when_memory_is_out);
    return check_result();
}

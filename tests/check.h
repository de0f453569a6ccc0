/* check: assertions that print both values, for tests/unit. A test is a void function; main() calls
 * RUN(test) for each and returns check_result(). */
#ifndef QW_TESTS_CHECK_H
#define QW_TESTS_CHECK_H

#include "base/str.h"

#include <stdio.h>

static int check_failures, check_count;

#define CHECK_FAIL(...)                                                                            \
    (check_failures++, fprintf(stderr, "%s:%d: ", __FILE__, __LINE__),                             \
     fprintf(stderr, __VA_ARGS__), fputc('\n', stderr))

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        check_count++;                                                                             \
        if (!(condition)) CHECK_FAIL("not so: %s", #condition);                                    \
    } while (0)

#define CHECK_INT(got, want)                                                                       \
    do {                                                                                           \
        long long got_ = (long long)(got), want_ = (long long)(want);                              \
        check_count++;                                                                             \
        if (got_ != want_) CHECK_FAIL("%s is %lld, not %lld", #got, got_, want_);                  \
    } while (0)

#define CHECK_STR(got, want)                                                                       \
    do {                                                                                           \
        str got_ = (got), want_ = (want);                                                          \
        check_count++;                                                                             \
        if (!str_eq(got_, want_))                                                                  \
            CHECK_FAIL("%s is “%.*s”, not “%.*s”", #got, (int)got_.n, got_.p, (int)want_.n,        \
                       want_.p);                                                                   \
    } while (0)

#define RUN(test)                                                                                  \
    do {                                                                                           \
        int before_ = check_failures;                                                              \
        test();                                                                                    \
        if (check_failures > before_) fprintf(stderr, "failed: %s\n", #test);                      \
    } while (0)

static inline int check_result(void) {
    printf("%d checks, %d failed\n", check_count, check_failures);
    return check_failures || !check_count;
}

#endif

/* scan: looks at sixteen bytes together, for filters that pass over every byte of every file and
 * seldom find anything. A comparison of two `lanes` gives all ones or zeros for each byte.
 *
 * A scan says yes too often but never no wrongly; a closer look follows. */
#ifndef QW_FILTERS_SCAN_H
#define QW_FILTERS_SCAN_H

#include "filter.h"

#define SCAN_STEP 16

typedef unsigned char lanes __attribute__((vector_size(SCAN_STEP)));
typedef signed char lane_mask __attribute__((vector_size(SCAN_STEP)));
typedef uint64_t scan_words __attribute__((vector_size(SCAN_STEP))); /* masks, to be collected */

/* For the tests: a call for sixteen bytes would cost more than the test. */
#define SCAN_INLINE static inline __attribute__((always_inline))

static inline lanes scan_load(const unsigned char *p) {
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline bool scan_any(scan_words m) {
    return (m[0] | m[1]) != 0;
}

/* Whether the test marks a byte of s. It is given sixteen bytes, those one further on and those two
 * further on; past the end of s it sees blanks. Steps at the end may overlap those before. Most
 * texts hold nothing, so all steps are taken before the answer is looked at. */
#define SCAN(s, test)                                                                              \
    do {                                                                                           \
        const unsigned char *p_ = (const unsigned char *)(s).p;                                    \
        unsigned char rest_[2 * SCAN_STEP + 2]; /* the last step, or all of a short text */        \
        size_t at_ = 0, n_ = (s).n;                                                                \
        scan_words found_ = {0};                                                                   \
        if (n_ < SCAN_STEP + 2) {                                                                  \
            memset(rest_, ' ', sizeof rest_);                                                      \
            if (n_) memcpy(rest_, p_, n_);                                                         \
            return scan_any(SCAN_TEST(test, rest_) | SCAN_TEST(test, rest_ + SCAN_STEP));          \
        }                                                                                          \
        for (; at_ + SCAN_STEP + 2 <= n_; at_ += SCAN_STEP) found_ |= SCAN_TEST(test, p_ + at_);   \
        if (at_ + SCAN_STEP < n_) found_ |= SCAN_TEST(test, p_ + n_ - SCAN_STEP - 2);              \
        memcpy(rest_, p_ + n_ - SCAN_STEP, SCAN_STEP);                                             \
        memset(rest_ + SCAN_STEP, ' ', 2);                                                         \
        return scan_any(found_ | SCAN_TEST(test, rest_));                                          \
    } while (0)

#define SCAN_TEST(test, p) ((scan_words)test(scan_load(p), scan_load((p) + 1), scan_load((p) + 2)))

#endif

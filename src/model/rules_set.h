/* rules_set: a set of rules as it lies in memory: made by model/rules.c, searched by
 * model/rules_find.c. Internal to the two. */
#ifndef QW_MODEL_RULES_SET_H
#define QW_MODEL_RULES_SET_H

#include "base/match.h"
#include "model/rules.h"
#include "model/sieve.h"

enum { FORMS = 2 };

/* The literals of all rules of one form, and whose each is. */
typedef struct index {
    str *literals;
    uint32_t *owner;
    size_t n;
    const matcher *find;
} literal_index;

struct ruleset {
    const rule *rules;
    size_t n;
    const folding *fold;
    const sieve *quick;
    literal_index of[FORMS];
    const uint32_t *bare; /* rules with an expression alone: tried on everything */
    size_t nbare;
};

/* As ruleset_find(), for one rule; NULL: for all. */
size_t ruleset_find_one(const ruleset *set, const rule *one, str text, const form *folded,
                        const form *skeleton, finding *out, size_t cap);

#endif

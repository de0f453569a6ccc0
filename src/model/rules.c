#include "model/rules.h"

struct ruleset {
    rule *rules;
    size_t n;
};

ruleset *ruleset_load(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                      qw_error *why) {
    (void)filter, (void)user, (void)nuser;
    ruleset *set = arena_zalloc(mem, 1, sizeof *set);
    if (!set) fail_memory(why);
    return set;
}

size_t ruleset_count(const ruleset *set) {
    return set->n;
}

const rule *ruleset_at(const ruleset *set, size_t i) {
    return i < set->n ? &set->rules[i] : NULL;
}

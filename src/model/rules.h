/* rules: what filters look for, as data. Read from filters/NAME.rules (compiled in) and from files
 * that users give; docs/RULES.md teaches the form. Each rule carries examples that must and must
 * not be found, and a rule that fails its own is an error.
 *
 * A ruleset is immutable and may serve any number of threads. */
#ifndef QW_MODEL_RULES_H
#define QW_MODEL_RULES_H

#include "base/arena.h"
#include "base/message.h"
#include "base/regex.h"

/* A shipped rule file; the list ends with filter NULL. Made by cmake/EmbedRules.cmake. */
typedef struct rule_text {
    const char *filter;
    str text;
} rule_text;

extern const rule_text embedded_rules[];

/* The form of the text that a rule looks at. */
enum rule_form {
    RULE_SKELETON, /* letters, digits and Han only, look-alikes folded: see model/skeleton.h */
    RULE_FOLDED,   /* NFKC, lower case */
    RULE_RAW,      /* as it stands */
};

enum rule_scope {
    RULE_ANYWHERE,
    RULE_LINE, /* the paragraph holds nothing else */
    RULE_EDGE, /* at the start or the end of a paragraph */
};

typedef struct rule {
    str id, filter, kind, origin;
    str pattern; /* as it was written */
    int score;
    uint8_t form;        /* enum rule_form */
    uint8_t scope;       /* enum rule_scope */
    const str *literals; /* in the rule's form; any of them is enough */
    size_t nliterals;
    const str *unless; /* literals, likewise: what a literal must not be part of */
    size_t nunless;
    const regex *confirm; /* must be found where a literal was; NULL: the literal is enough */
    str replacement;      /* what takes its place; usually empty */
} rule;

typedef struct ruleset ruleset;

/* The rules of a filter: the shipped ones and the users', in that order, without those that a user
 * silenced. Lives in mem. NULL after fail(): the text is no rule, or a rule fails its examples. */
ruleset *ruleset_load(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                      qw_error *why);

size_t ruleset_count(const ruleset *set);
const rule *ruleset_at(const ruleset *set, size_t i);

#endif

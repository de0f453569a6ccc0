/* rules: what filters look for, as data. Read from filters/NAME.rules (compiled in) and from files
 * that users give; docs/RULES.md teaches the form. A rule carries examples that must and must not
 * be found, and a rule that fails its own is an error.
 *
 * A ruleset is immutable and may serve any number of threads. */
#ifndef QW_MODEL_RULES_H
#define QW_MODEL_RULES_H

#include "base/regex.h"
#include "model/skeleton.h"

/* A shipped rule file; the list ends with filter NULL. Made by cmake/EmbedRules.cmake. */
typedef struct rule_text {
    const char *filter;
    str text;
} rule_text;

extern const rule_text embedded_rules[];

/* The form of the text that a rule's literals look at; its expression looks at folded text. */
enum rule_form {
    RULE_SKELETON, /* letters and Han only: model/skeleton.h */
    RULE_FOLDED,   /* NFKC, lower case */
    RULE_RAW,      /* folded; but the expression looks at the text as it stands */
};

enum rule_scope {
    RULE_ANYWHERE,
    RULE_LINE, /* a paragraph that holds nothing else */
    RULE_EDGE, /* the start or the end of a paragraph */
};

typedef struct rule {
    str id, filter, kind, origin;
    str file;            /* where it is written, for messages */
    size_t line;         /* in JSON its number */
    str pattern;         /* the literals and the expression as they were written */
    int score;           /* -100 to 100 */
    uint8_t form;        /* enum rule_form */
    uint8_t scope;       /* enum rule_scope */
    bool weak;           /* too common to be looked for on its own: counts beside others only */
    const str *literals; /* any of them is enough */
    size_t nliterals;
    const str *unless; /* words that a literal must not share letters with: 根本站 for 本站 */
    size_t nunless;
    const regex *confirm; /* must be found too, and is then what was found; may be NULL */
    str replacement;      /* what takes its place, with $1 for groups of `confirm` */
    str within, without;  /* names, parted by ',' or ';': the document's must hold one, or none */
} rule;

typedef struct ruleset ruleset;

/* The rules of a filter: the shipped ones and the users', in that order, without those that a user
 * silenced. Lives in mem. NULL after fail(): the text is no rule, or a rule fails its examples. */
ruleset *ruleset_load(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                      qw_error *why);

/* The same without the shipped rules, for tests of what users write. */
ruleset *ruleset_load_alone(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                            qw_error *why);

size_t ruleset_count(const ruleset *set);
const rule *ruleset_at(const ruleset *set, size_t i);

/* How the set's characters fold. */
const folding *ruleset_folding(const ruleset *set);

/* The quick look: offset of the next place at or after byte from of text, as it stands, where some
 * rule that is not weak may apply; STR_NONE when there is none. Without this, no ruleset_find(). */
size_t ruleset_suspect(const ruleset *set, str text, size_t from);

/* The same, but for rules that give points of their own: a rule with none, and one whose points
 * come from elsewhere (kind `wording`), only say where to look. */
size_t ruleset_suspect_firmly(const ruleset *set, str text, size_t from);

/* A stretch where a rule applies; offsets count in the text that the forms were made of. */
typedef struct finding {
    const rule *rule;
    size_t from, to;
    unsigned breaks; /* gaps between the letters of a literal that hold more than spaces */
} finding;

/* Everything that the rules find in a stretch of text, at most cap findings, ordered by where they
 * begin. text is what the forms were made of. Scopes are left to the caller. */
size_t ruleset_find(const ruleset *set, str text, const form *folded, const form *skeleton,
                    finding *out, size_t cap);

/* Whether bytes [from, to) of a paragraph stand where the rule's scope wants them: symbols do not
 * count. */
bool rule_is_in_scope(const rule *r, str text, size_t from, size_t to);

/* Whether a rule is meant for a document of that name. */
bool rule_is_for(const rule *r, str document);

#endif

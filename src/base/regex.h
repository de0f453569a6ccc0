/* regex: regular expressions (PCRE2: UTF, Unicode properties), each search held to a step limit.
 *
 * A compiled expression is immutable and may serve any number of threads. */
#ifndef QW_BASE_REGEX_H
#define QW_BASE_REGEX_H

#include "base/arena.h"
#include "base/message.h"

typedef struct regex regex;

enum { REGEX_GROUPS = 10 };

enum regex_option {
    REGEX_NOCASE = 1,
    REGEX_LINES = 2, /* ^ and $ match at line feeds within the text */
};

/* What a search found: group 0 is the whole; from is STR_NONE for a group that took no part. */
typedef struct regex_match {
    size_t from[REGEX_GROUPS], to[REGEX_GROUPS];
} regex_match;

typedef enum regex_result {
    REGEX_NOT_FOUND,
    REGEX_FOUND,
    REGEX_GAVE_UP, /* the step limit was met, or memory was out */
} regex_result;

/* Compiles a pattern (copied) into mem, to which it belongs. NULL after fail() with BAD_REGEX,
 * which names the pattern, or MEMORY. options: enum regex_option. */
regex *regex_new(arena *mem, str pattern, unsigned options, qw_error *why);

/* What PCRE2 has against a pattern that regex_new() refuses; in mem. */
str regex_fault(arena *mem, str pattern, unsigned options);

/* Gives r another pattern: what either finds is found, and of both what begins first; r's own
 * before those added, if they begin together. Several plain patterns are found much faster so than
 * as one with |, for each is looked for by what it begins with. False after fail(), as regex_new().
 */
bool regex_add(arena *mem, regex *r, str pattern, unsigned options, qw_error *why);

/* Whether a pattern is right; false after fail() at place, as regex_new(). */
bool regex_check(arena *mem, str pattern, unsigned options, str place, qw_error *why);

/* The first match in text (valid UTF-8) at or after byte from, which must be the start of a
 * character. out may be NULL. */
regex_result regex_find(const regex *r, str text, size_t from, regex_match *out);

/* As regex_find(), in a text that goes on behind its end: $ does not match there. */
regex_result regex_find_cut(const regex *r, str text, size_t from, regex_match *out);

/* The text that a replacement stands for: $0 … $9 and ${0} … ${9} are groups, $$ is a dollar sign,
 * everything else stands for itself. In mem; {NULL, 0} when memory is out. */
str regex_expand(arena *mem, str replacement, str text, const regex_match *found);

#endif

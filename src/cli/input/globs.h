/* globs: which entries of a folder are taken, by patterns in the syntax of gitignore(5): one a
 * line, # for comments, ! for exceptions, a slash at the end for folders alone, ** for any number
 * of folders; a pattern with a slash before its end is anchored where the list stands, others hold
 * at any depth. ? and [...] stand for one character of UTF-8.
 *
 * The cost of a match is at most the length of the pattern times that of the name. */
#ifndef QW_CLI_GLOBS_H
#define QW_CLI_GLOBS_H

#include "qingwen.h"

typedef struct glob {
    char *pattern;
    bool except, folders, anchored;
} glob;

typedef struct globs {
    glob *all;
    size_t n, cap;
} globs;

typedef enum globs_answer { GLOBS_NOTHING, GLOBS_MATCH, GLOBS_EXCEPT } globs_answer;

/* Adds a line; what is no pattern (comment, blank) adds nothing. False when memory was out. */
bool globs_add(globs *g, const char *line, size_t n);

/* Adds every line of a file's bytes. */
bool globs_add_lines(globs *g, const char *p, size_t n);

/* What the last pattern that matches says. `path` is relative to where the list stands. */
globs_answer globs_ask(const globs *g, const char *path, bool folder);

void globs_free(globs *g);

/* Whether a whole path matches a pattern; stars do not match slashes. */
bool glob_matches(const char *pattern, const char *path);

#endif

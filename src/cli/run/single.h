/* single: a file that is written outside the run of a plan: a report, what undo puts back. It obeys
 * the same rules as other outputs, by the state of the folder it goes to. */
#ifndef QW_CLI_SINGLE_H
#define QW_CLI_SINGLE_H

#include "options.h"
#include "output/output.h"

/* What something that is made of all the inputs together ("report") is made of, for the state.
 * Newly allocated; NULL when memory was out. */
char *inputs_key(const char *what, const options *o);

typedef struct single {
    output file;
    state *state;
    bool own_state; /* opened here */
    known before;
    char *input; /* what it is made of, for the state; its own */
} single;

/* Looks whether `path` may be written for this input, whose name is taken over and may be NULL when
 * memory was out, and opens it. If its folder is the one that `run` is the state of (NULL: there is
 * none), that state is used. On failure *what says why, as output_prepare() does. */
bool single_begin(single *s, const char *path, char *input, const output_rules *rules,
                  const struct stat *source, state *run, const char *run_folder, say_id *what);

/* Says why a file at `path` was not written. error: an errno; input: what the file is made of, as
 * the user named it, for the sentence that names it. */
void single_say(text *why, qw_language language, const char *path, const char *input, say_id what,
                int error);

/* Gives it its name. */
bool single_end(single *s, say_id *what);

void single_drop(single *s);

#endif

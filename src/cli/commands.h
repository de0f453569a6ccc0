/* commands: what main() can be asked for besides work on documents. Each returns an exit code. */
#ifndef QW_CLI_COMMANDS_H
#define QW_CLI_COMMANDS_H

#include "options.h"

/* Exit codes. */
enum {
    EXIT_DONE = 0,
    EXIT_FOUND = 1,   /* check found something */
    EXIT_NOTHING = 2, /* usage error, or nothing could be done */
    EXIT_SOME = 3,    /* some inputs failed or were not decoded in full */
    EXIT_AGAIN = 75,  /* not all was done, for a reason that may pass: the same command goes on */
};

int undo_command(const options *o);

/* Records from stdin, answers to stdout. */
int pipe_command(const options *o);

/* What became of the inputs of runs; one state of several; a page for people. */
int status_command(const options *o);
int merge_command(const options *o);
int page_command(const options *o);

/* What was weighed at a line, and why. */
int explain_command(const options *o);

/* Rules from what many documents have in common. */
int learn_command(const options *o);

/* filters, rules, formats, profiles. */
int list_command(const options *o);

/* Sends text to stdout; says so when that fails. Returns the exit code. */
int print_text(const text *t, const options *o);

#endif

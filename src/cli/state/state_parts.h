/* state_parts: what the files of a state share: state.c opens, asks and commits, state_put.c puts
 * entries in. */
#ifndef QW_CLI_STATE_PARTS_H
#define QW_CLI_STATE_PARTS_H

#include "state/ahead.h"
#include "state/database.h"
#include "state/state.h"

/* Every question that is asked of every input, compiled once. */
enum state_query {
    BEGIN,
    COMMIT,
    FIND,
    ROW_OF,
    OUTPUTS,
    REPORT_OF,
    PUT,
    PUT_NEW,
    RETIRE,
    PUT_OUTPUT,
    PUT_RULE,
    PUT_EDIT,
    PUT_REPORT,
    PUT_TIME,
    DROP_RULES,
    DROP_EDITS,
    DROP_REPORT,
    TOUCH,
    NOTE,
    NOTED,
    FOLDER, /* from here on in a state that is written to */
    PUT_FOLDER,
    QUERIES
};

struct state {
    char *folder, *path;
    state_mode mode;
    database *db; /* NULL: there is none yet */
    query *ask[QUERIES];
    ahead *ahead;
    bool fresh, made_folder; /* made since state_open() */
    bool begun;              /* a transaction */
};

/* False with errno set. */
bool state_fail_with(int error);

/* After something went wrong with the database: false with errno set. What was not committed is
 * lost, whatever of it the database still holds. */
bool state_fail(state *s);

/* Makes the state if there is none yet, and begins to put entries in. */
bool state_begin(state *s);

static inline qw_str name_of(const char *z) {
    return str_z(z ? z : "");
}

#endif

/* states: what several runs know, taken together: the shards of a job array, or runs into several
 * folders. Of an input that more than one tells of, the work that was finished last counts. */
#ifndef QW_CLI_STATES_H
#define QW_CLI_STATES_H

#include "options.h"
#include "state/database.h"
#include "state/shard.h"

typedef struct states {
    database *all; /* the tables of a state, with the rows of every one of them */
    bool *there;   /* shards whose run came to its end, by index; NULL: there are no shards */
    shard array;   /* how many there should be, and how they are numbered */
    bool complete; /* every run came to its end */
    bool brief;    /* without outputs, edits and records */
} states;

/* Reads the states that the paths name: files, or folders with all states of the newest run into
 * them (one, or those of its shards); `brief`: just how the inputs fared and what the rules did.
 * False with a message in *why. */
bool states_open(states *s, const char *const *paths, size_t n, bool brief, qw_language language,
                 text *why);
void states_close(states *s);

/* Writes them as one state, whose rows are in the order of the inputs, to a file that is not there.
 * False with errno set. */
bool states_write(states *s, const char *path);

/* The one number that a question is answered by. */
int64_t states_number(states *s, const char *question);

#endif

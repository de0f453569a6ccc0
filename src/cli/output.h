/* output: a file that is being written. It has a temporary name in the folder it belongs to and
 * gets its own name when it is complete, so that there is never half a file. It never replaces
 * the input, nor a file that this program did not write for the same input, unless forced. */
#ifndef QW_CLI_OUTPUT_H
#define QW_CLI_OUTPUT_H

#include "digest.h"
#include "ledger.h"
#include "say.h"
#include "sources.h"

#include <sys/stat.h>

typedef struct output {
    char *path;
    char *listed; /* the name in the ledger */
    char *temp;   /* NULL while nothing is being written */
    int fd;
    bool exists;    /* there is a file of that name that may be replaced */
    bool special;   /* a device or pipe: written to as it is */
    bool ours;      /* what is there is what we wrote: */
    uint64_t there; /* … its digest */
    int error;      /* errno of the first failure */
    digest sum;   /* of what is being written; */
    uint64_t digest, size; /* … since output_end() */
} output;

/* Where outputs may go. */
typedef struct output_rules {
    const ledger *known;    /* NULL: nothing is */
    const sources *sources; /* never written to; NULL: there are none */
    bool force;
} output_rules;

/* Prepares an output and looks whether it may be written. Takes over path and listed, which may be
 * NULL when memory was out. `source` is what is known of the input, or NULL; `input` names it in
 * the ledger. On failure *what says why: it takes `input` as its argument, or strerror(o->error).
 */
bool output_prepare(output *o, char *path, char *listed, const output_rules *rules,
                    const struct stat *source, const char *input, say_id *what);

/* Makes the folders and the temporary file; number tells the files of one process apart. */
bool output_begin(output *o, uint64_t number, say_id *what);

/* A qw_sink that writes to it: {output_sink, &output}. Refuses after a signal. */
bool output_sink(void *self, const void *bytes, size_t n);

/* Closes the temporary file. */
bool output_end(output *o);

/* Gives the file its name, entered in the ledger before. */
bool output_commit(output *o, ledger *to, const char *input, say_id *what);

/* Removes what was begun and not committed, and frees the rest. Does nothing on zeros. */
void output_drop(output *o);

/* Writes all bytes to a descriptor; false with errno set. */
bool write_all(int fd, const void *bytes, size_t n);

#endif

/* output: a file that is being written. It has a temporary name in the folder it belongs to and
 * gets its own name when it is complete, so that there is never half a file. It never replaces
 * the input, nor a file that this program did not write for the same input, unless forced. */
#ifndef QW_CLI_OUTPUT_H
#define QW_CLI_OUTPUT_H

#include "input/sources.h"
#include "output/digest.h"
#include "say.h"
#include "state/state.h"

#include <sys/stat.h>

typedef struct output {
    char *path;
    char *listed; /* the name in the state */
    char *temp;   /* NULL while nothing is being written */
    int fd;
    bool exists;                /* there is a file of that name that may be replaced */
    bool special;               /* a device or pipe: written to as it is */
    bool ours;                  /* what is there is what we wrote for this input: */
    uint64_t there, there_size; /* … its digest and size, */
    int64_t there_written;      /* … and when, in nanoseconds since 1970 */
    char *home;                 /* where its temporary file lies; NULL: the folder it belongs to */
    bool timed;                 /* it gets this time of modification: */
    int64_t time;               /* … seconds since 1970 */
    int error;                  /* errno of the first failure */
    digest sum;                 /* of what is being written; */
    uint64_t digest, size;      /* … since output_end(), */
    int64_t written;            /* … when it was, */
    dev_t device;               /* … and on which file system */
} output;

/* Where outputs may go. */
typedef struct output_rules {
    const sources *sources; /* never written to; NULL: there are none */
    bool force;
} output_rules;

/* Prepares an output and looks whether it may be written. Takes over path and listed, which may be
 * NULL when memory was out. `source` is what is known of the input, or NULL; `before` what the
 * state knows of its outputs. On failure *what says why: it takes the input as its argument, or
 * strerror(o->error). */
bool output_prepare(output *o, char *path, char *listed, const output_rules *rules,
                    const struct stat *source, const known *before, say_id *what);

/* Prepares an output that is no file of its own: `path` is only shown, its temporary file lies in
 * the folder `home`, and output_commit() is not for it. Takes over all three, which may be NULL
 * when memory was out; then false. */
bool output_draft(output *o, char *path, char *listed, char *home);

/* Makes the folders and the temporary file; number tells the files of one process apart. */
bool output_begin(output *o, uint64_t number, say_id *what);

/* A qw_sink that writes to it: {output_sink, &output}. Refuses after a signal. */
bool output_sink(void *self, const void *bytes, size_t n);

/* Closes the temporary file. */
bool output_end(output *o);

/* What the state is to know of it. The name stays the output's. */
state_output output_entry(const output *o);

/* Writes the temporary file through to the disk: begun for many files before the first is waited
 * for, that takes a fraction of the time. */
void output_begin_sync(output *o);
bool output_sync(output *o);
bool output_needs_sync(const output *o);

/* Gives the file its name; the state knows of it by now. */
bool output_commit(output *o, say_id *what);

/* Removes what was begun and not committed, and frees the rest. Does nothing on zeros. */
void output_drop(output *o);

/* Writes all bytes to a descriptor; false with errno set. */
bool write_all(int fd, const void *bytes, size_t n);

/* A qw_sink that writes to stdout: {stdout_sink, &error}, an int that is 0 and keeps the errno. */
bool stdout_sink(void *error, const void *bytes, size_t n);

#endif

/* bundle: the archive that the outputs of a run go into. What is added waits in one file beside it
 * until all inputs are done, in the order of the inputs; then the archive is made and gets its name
 * like any other output. */
#ifndef QW_CLI_BUNDLE_H
#define QW_CLI_BUNDLE_H

#include "run/plan.h"
#include "run/single.h"

typedef struct bundle {
    single made;      /* the archive */
    char *wait;       /* the file in which outputs wait, and … */
    char *draft;      /* … the one in which they are packed */
    int fd;           /* of the former */
    uint64_t written; /* bytes in it */
    uint64_t members;
    qw_archive_maker *maker;
    bool open;
} bundle;

/* Opens the archive that the plan asks for, if it asks for one. False with a message in *why. */
bool bundle_open(bundle *b, const planned *made, text *why);

/* Adds an output, whose temporary file is removed. False with a message in *why. */
bool bundle_add(bundle *b, const planned *made, output *o, int64_t time, text *why);

/* Makes the archive, if something was added and the run came to its end; `whole` says that. False
 * with a message in *why. */
bool bundle_close(bundle *b, const planned *made, bool whole, text *why);

#endif

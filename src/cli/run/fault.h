/* fault: why the work on an input failed, in each language, for the state of the run: it is read by
 * people who were not there. What is said at the time goes to job.log as well. */
#ifndef QW_CLI_FAULT_H
#define QW_CLI_FAULT_H

#include "pool/pack.h"
#include "say.h"

typedef struct fault {
    char id[64];  /* "cannot-open"; "": there is none */
    bool passing; /* the same may work another time: a full disk, no memory */
    text why[QW_LANGUAGES];
} fault;

/* A sentence of the program's. Its argument is `word`, or without one what `error` (errno) means.
 */
void fault_say(fault *f, say_id id, const char *word, int error);

/* The library's error. */
void fault_take(fault *f, const qw_error *why);

void fault_clear(fault *f);
void fault_free(fault *f);
void fault_pack(text *t, const fault *f);
void fault_unpack(unpacker *u, fault *f);

/* Whether a failure with this errno may pass by itself. */
bool fault_passes(int error);

#endif

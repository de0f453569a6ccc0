/* plan: from a command line to what is to be done with every input (struct plan in job.h). */
#ifndef QW_CLI_PLAN_H
#define QW_CLI_PLAN_H

#include "input/standard.h"
#include "run/job.h"
#include "state/shard.h"

/* What a plan rests on. */
typedef struct planned {
    plan plan;
    qw_chain *chain;
    state *state;  /* of the folder that outputs go to; NULL: none is written */
    char *folder;  /* that folder */
    shard shard;   /* which of the inputs are ours */
    uint64_t work; /* a digest of all that decides what becomes of an input */
    bool again;    /* when no plan can be made: the same may work another time */
    sources *sources;
    standard standard;
    bool several;          /* more than one document may come, … */
    bool standard_archive; /* … from an archive on stdin */
} planned;

/* Makes a plan of a command line. On failure a message is in *why. Free with plan_free() in either
 * case; options must outlive it. */
bool plan_make(planned *made, const options *o, text *why);
void plan_free(planned *made);

/* Compiles the chain that options ask for, or that of `profile` when they ask for none. NULL with a
 * message in *why. */
qw_chain *plan_chain(const options *o, const char *profile, text *why);

/* How many of a chain's rules are refused: imported from another program and not understood. */
size_t plan_refused(const qw_chain *chain);

/* Compiles another chain with the rules of the options and those asked for. */
qw_chain *plan_chain_of(const options *o, const qw_chain_options *asked, text *why);

/* Whether formulas are read in linear form: for formats for reading, unless the user says. */
bool plan_linear(const options *o, const qw_format_info *const *formats, size_t n);

/* Whether there is the encoding that --from-encoding names, if it was given. */
bool plan_encoding(const options *o, text *why);

/* How many processes work at once: as many as the user says, else one for each processor. */
size_t plan_workers(const options *o);

#endif

/* resume: what earlier runs did, looked up for each input before it is worked on. An input is left
 * as it is when it is unchanged, nothing that decides what becomes of it has changed, and its
 * outputs stand as they were written. */
#ifndef QW_CLI_RESUME_H
#define QW_CLI_RESUME_H

#include "run/plan.h"

/* Names the job's input for the state. False when memory is out. */
bool resume_name(const planned *made, job *j);

/* The place of an input among all: the number of the argument, and the path with '/' below all
 * other bytes, so that a folder's files come where the walk comes to the folder. Members of an
 * archive come in their order there. */
void resume_place(const walk_item *item, text *t);

/* Looks it up. True when there is work to do; what is known goes with the job. False when it was
 * done before, or when the state cannot be read: then the job has failed. */
bool resume_admit(const planned *made, job *j);

#endif

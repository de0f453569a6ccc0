/* temporary: the names of files while they are written, by which those that a killed process left
 * behind can be told from all others: `.qingwen-MACHINE-PROCESS-NUMBER-ATTEMPT`. The process is the
 * supervisor, which gives them their last names: a worker may be gone by then. */
#ifndef QW_CLI_TEMPORARY_H
#define QW_CLI_TEMPORARY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TEMPORARY_ROOM = 96 };

/* A name for this run; number and attempt tell its files apart. */
void temporary_name(char name[TEMPORARY_ROOM], uint64_t number, unsigned attempt);

/* Removes from a folder what nobody writes any more: files of processes of this machine that are
 * gone, and of any machine when they have not changed for a day. Says how many. */
size_t temporary_sweep(const char *folder);

/* Removes those of this run with numbers from `first` on and below `end`. */
size_t temporary_drop(const char *folder, uint64_t first, uint64_t end);

#endif

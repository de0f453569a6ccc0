/* temporary: the names of files while they are written, by which those that a killed process left
 * behind can be told from all others: `.qingwen-MACHINE-PROCESS-NUMBER-ATTEMPT`. */
#ifndef QW_CLI_TEMPORARY_H
#define QW_CLI_TEMPORARY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TEMPORARY_ROOM = 96 };

/* A name for this process; number and attempt tell its files apart. */
void temporary_name(char name[TEMPORARY_ROOM], uint64_t number, unsigned attempt);

/* Removes from a folder what nobody writes any more: files of processes of this machine that are
 * gone, and of any machine when they have not changed for a day. Says how many. */
size_t temporary_sweep(const char *folder);

/* Removes those of one process of this machine, which is gone. */
size_t temporary_sweep_of(const char *folder, pid_t process);

#endif

/* interrupt: SIGINT, SIGTERM and SIGHUP end a run in good order: what is being written is given up,
 * what was written stays. A second signal, or five seconds, end the process at once.
 *
 * The flag and, in a worker, the supervisor's process id are the program's only variables: a signal
 * handler can reach nothing else. */
#ifndef QW_CLI_INTERRUPT_H
#define QW_CLI_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

/* Catches the signals, and ignores SIGPIPE: writing to a closed pipe is an error like others. */
void interrupt_watch(void);

/* In a worker process: a signal from the terminal is for the supervisor, which ends its workers
 * with SIGTERM; when the supervisor is gone the run is to end as well. */
void interrupt_serve(pid_t supervisor);

/* The process whose run this is: in a worker its supervisor, else this one. */
pid_t interrupt_owner(void);

/* The run is to end. */
bool interrupted(void);

/* Notes that the run is to end as if this signal had come. */
void interrupt_with(int signal_number);

/* Notes that the run is to end for another reason. */
void interrupt_stop(void);

/* Ends the process by the signal that came, if one did. */
void interrupt_end(void);

#endif

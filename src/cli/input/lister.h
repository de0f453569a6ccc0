/* lister: a process that opens archives and lists what lies in them, for the process that it
 * belongs to. So an archive that crashes the program, or takes more time or memory than it may,
 * fails alone: the process is lost, and the next archive gets another one. Members come one by one,
 * as they are asked for; what has not been taken yet holds the process up, not memory. */
#ifndef QW_CLI_LISTER_H
#define QW_CLI_LISTER_H

#include "input/expand.h"

typedef struct lister lister;

typedef enum lister_answer {
    LISTER_LATER,      /* nothing yet; lister_wait() will tell */
    LISTER_ITEM,       /* a member, or why something there cannot be read */
    LISTER_NO_ARCHIVE, /* the file is none */
    LISTER_END,        /* there is no more in it */
    LISTER_LOST,       /* the process ended, as *status of waitpid() says */
} lister_answer;

/* `seconds` and `memory` are what listing one archive may take; 0: any. The rules must outlive it.
 * The process is started when it is needed. NULL when memory is out. */
lister *lister_new(const expand_rules *rules, unsigned seconds, size_t memory);

/* Ends the process, whatever it is doing. */
void lister_free(lister *l);

/* Asks for what lies in an archive, when the one before has come to its end. `file` is what to
 * open. False with errno set. */
bool lister_ask(lister *l, const walk_item *archive, const char *file);

/* The next answer, a member in place of what *item held. */
lister_answer lister_next(lister *l, walk_item *item, int *status);

/* A descriptor that can be read when there is more; -1: there is no process. */
int lister_wait(const lister *l);

/* Whether the file at path is an archive, as is_archive() in a process of its own says. One that is
 * the end of that process is. */
bool lister_probe(const char *path, unsigned seconds, size_t memory);

#endif

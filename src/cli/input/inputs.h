/* inputs: the inputs of a run, in their order: what is walked over, with what lies in archives in
 * place of the archives.
 *
 * An archive is what has the name and the bytes of one, or only the bytes if it stands on the
 * command line. Documents that use ZIP (DOCX, EPUB, …) are none. A lister opens archives; here no
 * more of them is looked at than their first bytes. */
#ifndef QW_CLI_INPUTS_H
#define QW_CLI_INPUTS_H

#include "input/expand.h"

typedef struct inputs inputs;

typedef enum inputs_answer { INPUTS_END, INPUTS_ITEM, INPUTS_LATER } inputs_answer;

typedef struct inputs_rules {
    expand_rules archives;
    bool closed;          /* archives are not opened */
    const char *standard; /* where the archive on stdin can be opened; NULL: it is none */
    unsigned seconds;     /* that one archive may take to be listed, … */
    size_t memory;        /* … and bytes; 0: any */
} inputs_rules;

/* The walk, the rules and all in them must outlive it. NULL when memory is out. */
inputs *inputs_new(walk *w, const inputs_rules *rules);
void inputs_free(inputs *in);

/* The next input in place of what *item held. A member has item->member.archive. At the end
 * inputs_failed() tells whether memory was out. */
inputs_answer inputs_next(inputs *in, walk_item *item);
bool inputs_failed(const inputs *in);

/* After INPUTS_LATER: the descriptor that tells when it is time. */
int inputs_wait(const inputs *in);

#endif

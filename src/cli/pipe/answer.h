/* answer: what `qingwen pipe` gives back for a record, as one line of JSON. docs/PIPE.md has the
 * fields. An answer depends on its record alone, never on its neighbours or the language. */
#ifndef QW_CLI_ANSWER_H
#define QW_CLI_ANSWER_H

#include "input/load.h"
#include "options.h"
#include "pipe/record.h"

/* How records are answered. Nothing in it changes during a run. */
typedef struct answer_plan {
    const qw_chain *chain;
    const qw_format_info *format; /* to write */
    qw_read_options read;
    qw_write_options write;
    bool edits; /* the report goes into the answer */
    bool ascii;
} answer_plan;

/* What a worker keeps from one record to the next. */
typedef struct answerer {
    qw_workspace *space;
    loaded file;
    record record;
    text written;
} answerer;

void answerer_free(answerer *a);

/* Adds the answer to a line, its line end included. `number` is that of the line, from 1. */
void answer(const answer_plan *p, answerer *a, qw_str line, uint64_t number, text *to);

/* Adds an answer that says what is wrong, with the id that stands in the line (or in the beginning
 * of it that there is). */
void answer_wrong(const answer_plan *p, qw_str line, uint64_t number, say_id what,
                  const char *const *words, text *to);

#endif

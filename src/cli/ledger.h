/* ledger: which files of a folder this program wrote, for which input, and what was in them. It is
 * the file `.qingwen` in the folder that output goes to: a line for each output,
 *
 *     DIGEST SIZE OUTPUT INPUT
 *
 * with OUTPUT relative to the folder, INPUT absolute, and spaces, % and control characters in them
 * written as %20. An output may be replaced when its digest stands here for the same input: then
 * nobody else wrote it and nobody has changed it since. A line is added before its file gets its
 * name, so that a run that is killed leaves no file that the next one does not know. */
#ifndef QW_CLI_LEDGER_H
#define QW_CLI_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ledger ledger;

/* The ledger of a folder, which need not exist yet. NULL when memory is out; a ledger that cannot
 * be read counts as empty. */
ledger *ledger_open(const char *folder);
void ledger_close(ledger *l);

/* The output stands there for this input with some digest and this size. Threads may ask at the
 * same time; what was added since ledger_open() is not known. */
bool ledger_knows(const ledger *l, const char *output, const char *input, uint64_t size);

/* The same, with this digest. */
bool ledger_has(const ledger *l, const char *output, const char *input, uint64_t size,
                uint64_t digest);

/* Adds a line, unless it was there at ledger_open(). False with errno set. */
bool ledger_add(ledger *l, const char *output, const char *input, uint64_t size, uint64_t digest);

#endif

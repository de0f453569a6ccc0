/* work: a digest of all on the command line that decides what becomes of an input. By it a later
 * run knows whether an input would be treated the same way again. */
#ifndef QW_CLI_WORK_H
#define QW_CLI_WORK_H

#include "options.h"

/* chain may be NULL: filters do not run. */
uint64_t work_digest(const options *o, const qw_chain *chain);

#endif

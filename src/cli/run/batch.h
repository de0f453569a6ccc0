/* batch: a plan carried out on all inputs, in parallel, with everything that is said and written in
 * the order of the inputs. */
#ifndef QW_CLI_BATCH_H
#define QW_CLI_BATCH_H

#include "run/plan.h"

/* Runs the plan and returns the exit code. */
int batch_run(planned *made);

#endif

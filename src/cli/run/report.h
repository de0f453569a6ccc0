/* report: the file of --report: what the documents' reports are, in the order of the inputs. It
 * gets its name at the end, also when the run was cut short: what was done can be undone. */
#ifndef QW_CLI_REPORT_H
#define QW_CLI_REPORT_H

#include "run/plan.h"
#include "run/single.h"

typedef struct report {
    single made;
    bool open;      /* records go to the file; */
    bool to_stdout; /* … or to stdout */
    bool is_source; /* an input is the very file it would replace */
    struct stat there;
} report;

/* Opens the report that the options ask for, if any. On failure a message is in *why. */
bool report_open(report *r, const planned *made, text *why);

/* Adds the records of one document. */
bool report_add(report *r, const text *records, const struct stat *source);

/* Gives the file its name. On failure a message is in *why. */
bool report_close(report *r, const planned *made, text *why);

#endif

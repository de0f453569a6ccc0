/* limits: the value of --limit, "entries=20000,part=2G". */
#ifndef QW_CLI_LIMITS_H
#define QW_CLI_LIMITS_H

#include "qingwen.h"

/* What --limit takes, for messages. */
extern const char limits_takes[];

/* Sets what the list names; the others stay. False when it is no list of such limits: then nothing
 * in *limits counts. */
bool limits_parse(const char *list, qw_limits *limits);

#endif

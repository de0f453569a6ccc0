/* help: --help and --version, made from the tables. */
#ifndef QW_CLI_HELP_H
#define QW_CLI_HELP_H

#include "options.h"

/* Adds the help for a command, or with COMMAND_COUNT for the program. */
void help_text(text *t, command_id command, qw_language language);

#endif

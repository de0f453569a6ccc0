/* inplace: an output that takes the place of its input, which stays under another name. The one way
 * in which this program writes to an input, and only when it is asked to. */
#ifndef QW_CLI_INPLACE_H
#define QW_CLI_INPLACE_H

#include "output/output.h"

/* Prepares the output for an input that was read. Nothing else is looked at: its content and place
 * are the input's. Takes over path, which may be NULL when memory was out. */
bool inplace_prepare(output *o, char *path, say_id *what);

/* After output_end(): gives the temporary file the input's rights, and sees whether it holds what
 * the input does: then there is nothing to replace. */
bool inplace_end(output *o, const struct stat *source, const void *input, size_t n);

/* Keeps the input as path + suffix, and gives its name to the output, which output_sync() wrote
 * through to the disk. At no moment is there no file of that name, and nothing but a backup that
 * --force gives up is ever lost. On failure the input is as it was. */
bool inplace_commit(output *o, const struct stat *source, const char *suffix, bool force,
                    say_id *what);

#endif

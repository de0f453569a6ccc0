/* sources: what a run must not write to: the files that its command line names, and those in the
 * folders it names, whichever input an output is for. */
#ifndef QW_CLI_SOURCES_H
#define QW_CLI_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

typedef struct sources sources;

/* The inputs of a command line; folder is where outputs go, or NULL: it may lie in an input folder.
 * NULL when memory is out. */
sources *sources_new(const char *const *inputs, size_t n, const char *folder);
void sources_free(sources *s);

/* Whether the file that stands at path, of which `there` is known, is a source. One in an input
 * folder that this program wrote (`ours`) is none. Any thread may ask. */
bool sources_hold(const sources *s, const char *path, const struct stat *there, bool ours);

#endif

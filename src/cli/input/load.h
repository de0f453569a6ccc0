/* load: a whole file in memory. It is read, not mapped: a file that somebody shortens meanwhile is
 * an error and no crash. */
#ifndef QW_CLI_LOAD_H
#define QW_CLI_LOAD_H

#include "say.h"

#include <sys/stat.h>

typedef struct loaded {
    char *p;
    size_t n, cap;
    struct stat info; /* what was opened */
} loaded;

/* Reads a file, or stdin for "-", in place of what *l held before. On failure *id is the sentence
 * for it, with strerror(*error) as its argument. */
bool load(loaded *l, const char *path, say_id *id, int *error);
void load_free(loaded *l);

/* Adds bytes that come from somewhere else. SAY_COUNT when that could be done, else why not. */
say_id load_add(loaded *l, const void *bytes, size_t n);

/* A time of modification in nanoseconds since 1970. */
static inline int64_t modified_at(const struct stat *info) {
    return (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

/* Gives memory back that is too much to keep for the next file. */
void load_trim(loaded *l);

#endif

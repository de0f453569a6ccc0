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
    bool begun;       /* what it holds comes before the rest of stdin */
} loaded;

/* Reads a file, or stdin for "-", in place of what *l held before. On failure *id is the sentence
 * for it, with strerror(*error) as its argument. */
bool load(loaded *l, const char *path, say_id *id, int *error);
void load_free(loaded *l);

/* Takes in what was read of stdin already; what reads stdin into *l next goes on behind it. */
say_id load_begin(loaded *l, qw_str head);

/* Reads the first `want` bytes of stdin, or all if there are fewer, which *whole tells; load() then
 * goes on behind them. On failure as load(). */
bool load_start(loaded *l, size_t want, bool *whole, say_id *id, int *error);

/* Waits until something can be read of what is no file. False when the run is to end. */
bool load_wait(const struct stat *info, int fd);

/* Adds bytes that come from somewhere else. SAY_COUNT when that could be done, else why not. */
say_id load_add(loaded *l, const void *bytes, size_t n);

/* A time of modification in nanoseconds since 1970. */
static inline int64_t modified_at(const struct stat *info) {
    return (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

/* Gives memory back that is too much to keep for the next file. */
void load_trim(loaded *l);

#endif

/* level: a folder that is being walked: what lies in it, in the order of names (bytes). */
#ifndef QW_CLI_LEVEL_H
#define QW_CLI_LEVEL_H

#include "input/walk.h"

#include <sys/stat.h>

enum entry_kind {
    ENTRY_FILE,
    ENTRY_FOLDER,
    ENTRY_LINK,
    ENTRY_OTHER,
    ENTRY_MISSING,
    ENTRY_LEFT_OUT, /* by a pattern */
};

/* Small, because a folder may have a million. */
typedef struct entry {
    union {
        const char *name;
        size_t offset; /* of the name in level.names, until all are read */
    } is;
    int64_t modified;   /* in nanoseconds since 1970 */
    uint32_t size;      /* UINT32_MAX: that or more, which nobody reads */
    unsigned char kind; /* enum entry_kind */
    bool twin;
} entry;

/* The lowest level is the command line. */
typedef struct level {
    char *path;      /* "" for the command line */
    char *name;      /* relative to the output folder */
    char *whole;     /* the path where it really is; NULL for the command line */
    char *was;       /* its name before names were put right; NULL: none was */
    qw_names *fixed; /* the names of the entries, put right; NULL: they stay */
    text names;
    entry *entries;
    size_t n, cap, at;
    uint64_t number; /* as in walk_item.folder */
    globs ignored;   /* by the list that lies in it */
} level;

void level_free(level *l);

/* Adds an entry, of which `info` is known, or nothing (NULL). False when memory was out. */
bool level_add(level *l, const char *name, enum entry_kind kind, const struct stat *info);

/* When all entries are there, and their names do not move any more. */
void level_settle(level *l);
void level_sort(level *l);

/* Marks the files whose outputs would get the same name. False when memory was out. */
bool level_mark_twins(level *l);

/* Judges the names of a folder together. False when memory was out. */
bool level_fix_names(level *l);

/* What is to be known of a folder to see whether all in it was done before. */
walk_folder level_sum(const level *l);

/* Only folders stay. */
void level_keep_folders(level *l);

#endif

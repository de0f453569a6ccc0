/* members: what lies in archives, and in archives in these. Archives stay open from one call to the
 * next, because the next member most often lies in the same one, further on. */
#ifndef QW_CLI_MEMBERS_H
#define QW_CLI_MEMBERS_H

#include "input/load.h"

enum { MEMBER_DEPTH = 4 }; /* archives in one another */

/* The way to a member. */
typedef struct member {
    char *archive;             /* path of the outermost archive; NULL: it is no member but a file */
    uint32_t at[MEMBER_DEPTH]; /* its member with this number, of that the one with this, … */
    uint32_t depth;            /* how many of these count */
} member;

/* Open archives. Zeroed: none. */
typedef struct members {
    const qw_archive_options *options;
    char *path;
    qw_archive *open[MEMBER_DEPTH]; /* the outermost one, one that is a member of it, … */
    uint32_t at[MEMBER_DEPTH];      /* which member each of them is, but for the first */
    loaded bytes[MEMBER_DEPTH];     /* what those lie in, but for the first */
    struct stat info;               /* of the outermost */
    size_t depth;                   /* how many are open */
} members;

/* The archive that holds the member: at->at[at->depth - 1] is its number there. NULL with *what
 * (strerror(*error) is its argument), or with *why when *what is SAY_COUNT. */
qw_archive *members_open(members *m, const member *at, say_id *what, int *error, qw_error *why);

/* Reads a member in place of what *l held. Its info is that of the outermost archive, but for the
 * size. On failure as above. */
bool members_read(members *m, const member *at, loaded *l, say_id *what, int *error, qw_error *why);

void members_close(members *m);

/* Whether a file is an archive: by its first bytes, and not a document that only uses ZIP. A
 * damaged one is what its name says. Opens it. */
bool is_archive(const char *path);

/* Whether it may be one: only its first bytes are read. */
bool may_be_archive(const char *path);

/* Whether a name is one that archives have. */
bool is_archive_name(const char *name);

/* Length of the name of an archive without its extension. */
size_t archive_stem(const char *name);

#endif

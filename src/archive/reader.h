/* reader: one kind of archive file, as archive.c sees it. Private to src/archive.
 *
 * A reader is a cursor over the members, in the order of the file: next() goes to the next one,
 * piece() reads that one. One that can go anywhere has go_to(). Readers believe
 * nothing and judge nothing: limits and names are archive.c's. */
#ifndef QW_ARCHIVE_READER_H
#define QW_ARCHIVE_READER_H

#include "base/message.h"

/* A member as its header says. The name lives until the next call. */
typedef struct member_head {
    str name;        /* bytes as they stand there; steps are parted by '/' or '\' */
    bool utf8;       /* said to be UTF-8 */
    bool sized;      /* its size is known beforehand */
    bool timed;      /* so is its time */
    bool locked;     /* a password is needed */
    bool single;     /* a packed file that is no archive: it has no name */
    uint64_t size;   /* unpacked */
    uint64_t packed; /* 0: not known for one member */
    int64_t time;    /* seconds since 1970 */
    qw_member_kind kind;
} member_head;

typedef enum reader_step { READER_MEMBER, READER_END, READER_FAILED } reader_step;

typedef struct reader_class {
    /* Opens what is at path, or the bytes, which outlive it, when path is NULL. password may be
     * NULL. NULL after fail(). */
    void *(*open)(const char *path, str bytes, const char *password, qw_error *why);
    void (*close)(void *self);
    reader_step (*next)(void *self, member_head *head, qw_error *why);
    /* Puts the cursor before member i, which may not be there. NULL: only next() moves it. */
    void (*go_to)(void *self, size_t i);
    /* Up to n bytes more of the member, 0 at its end, negative after fail(). */
    long long (*piece)(void *self, char *room, size_t n, qw_error *why);
} reader_class;

extern const reader_class reader_zip;

/* NULL where libarchive was left out of the build. */
extern const reader_class *const reader_libarchive;

#endif

/* archive: what the files of src/archive share. The interface to the outside is qingwen.h. */
#ifndef QW_ARCHIVE_ARCHIVE_H
#define QW_ARCHIVE_ARCHIVE_H

#include "archive/reader.h"
#include "base/arena.h"
#include "text/encoding.h"

/* A member of the list. */
typedef struct archive_member {
    str name; /* as it stands there; after members_name() UTF-8, and clean unless refused */
    const char *repair; /* the mojibake undone in it, or "" */
    const char *was;    /* the name with it, or "" */
    uint64_t size;
    uint64_t packed;
    int64_t time;
    qw_member_kind kind;
    bool utf8, sized, timed, locked;
    message_id refused; /* MSG_NONE: it may be unpacked */
} archive_member;

struct qw_archive {
    arena *mem;
    const reader_class *class;
    void *reader;
    const char *path; /* NULL: bytes */
    str bytes;
    str label;                  /* what the input is called */
    qw_archive_options options; /* with all defaults filled in */
    uint64_t file_size;         /* bytes of the archive itself */
    size_t at;                  /* the cursor stands before this member */
    archive_member *members;
    size_t nmembers;
    bool single;           /* a packed file that is no archive */
    const encoding *names; /* the encoding of most names not said to be UTF-8 */
};

/* Decodes the names of all members, repairs and cleans them, and refuses members for their names.
 * False when memory is out. */
bool members_name(qw_archive *a);

#endif

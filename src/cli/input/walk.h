/* walk: the inputs of a command line one by one: files as they are, folders with all below them in
 * the order of their names (bytes). Memory holds the names of one folder a level, not all.
 *
 * In a folder these are passed over: names that start with "." or with "~$" (editors' lock files),
 * and what the run itself writes. Symbolic links, what is neither file nor folder, and what
 * patterns leave out (of the command line, or of a file .qingwenignore in a folder above) come as
 * skipped. A link that is named on the command line is followed. */
#ifndef QW_CLI_WALK_H
#define QW_CLI_WALK_H

#include "input/globs.h"
#include "input/members.h"

typedef struct walk walk;

enum { WALK_SKIPS = 2 };

typedef enum walk_kind {
    WALK_FILE,
    WALK_SKIPPED, /* `what` says why */
    WALK_FAILED,  /* `what` and `error` say why */
    WALK_LOST,    /* the process that listed the archive ended; `error` is its status */
} walk_kind;

typedef struct walk_item {
    walk_kind kind;
    char *path;        /* to open and to show; "-" for stdin */
    char *name;        /* relative to the output folder, with the input's extension */
    char *whole;       /* where it really is, from the root */
    char *was;         /* the name before it was put right; NULL: it is as it was */
    char *how;         /* what was wrong with it: "GB18030 read as IBM437"; "": ads */
    bool twin;         /* another file in its folder differs in extension alone */
    bool named;        /* it stands on the command line itself */
    uint64_t size;     /* bytes, when it was listed */
    int64_t modified;  /* likewise, in nanoseconds since 1970 */
    uint32_t argument; /* the input of the command line that it belongs to, from 0 */
    uint64_t folder;   /* which folder it lies in, by number; 0: it stands on the command line */
    member member;     /* where it lies in an archive */
    bool timed;        /* … which says when it was last changed: */
    int64_t time;      /* seconds since 1970 */
    say_id what;       /* SAY_COUNT: see why */
    int error;         /* errno */
    qw_error *why;     /* of the library; NULL: none */
} walk_item;

/* All that lies in a folder, but for folders. */
typedef struct walk_folder {
    uint64_t number;   /* as in walk_item.folder */
    const char *whole; /* where it really is, from the root */
    const char *name;  /* relative to the output folder */
    uint64_t n, bytes; /* how many there are, and how long they are together */
    uint64_t digest;   /* of their names, sizes, dates and kinds */
    bool archives;     /* some may hold others */
} walk_folder;

/* What is passed over in folders. What is named on the command line is always taken. */
typedef struct walk_rules {
    const char *skip[WALK_SKIPS]; /* the output folder and the report, NULL for none; they need not
                                     exist yet */
    const globs *include;         /* files that match none of these; NULL or empty: any are taken */
    const globs *exclude;         /* files and folders that match; NULL: none */
    bool fix_names;               /* names that are mojibake, or no UTF-8, are put right */

    /* Told of each folder before it is listed; NULL: nobody is. */
    void (*begin)(void *self, const char *whole, const char *name);
    void *begin_self;

    /* Asked of each folder before its first item comes: whether all that is no folder in it is to
     * be passed over. NULL: nothing is. */
    bool (*is_done)(void *self, const walk_folder *folder);
    void *self;
} walk_rules;

/* NULL when memory is out. The inputs and all in the rules must outlive the walk. */
walk *walk_new(const char *const *inputs, size_t n, const walk_rules *rules);
void walk_free(walk *w);

/* The next input in place of what *item held. False at the end; walk_failed() tells whether
 * memory was out. */
bool walk_next(walk *w, walk_item *item);
bool walk_failed(const walk *w);

void walk_item_free(walk_item *item);

#endif

/* expand: what lies in an archive, and in archives in it, in their order. Its members go into a
 * folder named like it. Names that start with "." or "~$" are passed over as they are in folders.
 * Only names are read here, and archives in archives; members are read where the work is done. */
#ifndef QW_CLI_EXPAND_H
#define QW_CLI_EXPAND_H

#include "input/walk.h"

typedef struct expand expand;

typedef struct expand_rules {
    bool hidden;                    /* members whose names start with "." or "~$" are taken too */
    bool bare;                      /* members of the one input go into no folder of its own */
    const globs *include, *exclude; /* as in walk_rules, for the names of members */
    qw_archive_options archives;
} expand_rules;

typedef enum expand_entry {
    EXPAND_ENTERED,
    EXPAND_NO_ARCHIVE, /* the item is as it was */
    EXPAND_WRONG,      /* it cannot be read: the item says why */
} expand_entry;

/* The rules and all in them must outlive it. NULL when memory is out. */
expand *expand_new(const expand_rules *rules);
void expand_free(expand *e);

/* Goes into the archive that an item is: then the item is taken over. `file` is what to open for
 * it. What was entered before has come to its end. */
expand_entry expand_enter(expand *e, walk_item *item, const char *file);

/* As walk_next() and walk_failed(), for the members. They have item->member.archive. */
bool expand_next(expand *e, walk_item *item);
bool expand_failed(const expand *e);

#endif

/* expand: the inputs of a run with what lies in archives in place of the archives, in their order.
 *
 * An archive is what has the name and the bytes of one, or only the bytes if it stands on the
 * command line. Documents that use ZIP (DOCX, EPUB, …) are none. Its members go into a folder named
 * like it. Names that start with "." or "~$" are passed over as they are in folders. Only names are
 * read here, and archives in archives; members are read where the work is done. */
#ifndef QW_CLI_EXPAND_H
#define QW_CLI_EXPAND_H

#include "input/walk.h"

typedef struct expand expand;

typedef struct expand_rules {
    bool closed;                    /* archives are not opened */
    bool hidden;                    /* members whose names start with "." or "~$" are taken too */
    bool bare;                      /* members of the one input go into no folder of its own */
    const globs *include, *exclude; /* as in walk_rules, for the names of members */
    qw_archive_options archives;
} expand_rules;

/* The walk, the rules and all in them must outlive it. NULL when memory is out. */
expand *expand_new(walk *w, const expand_rules *rules);
void expand_free(expand *e);

/* As walk_next() and walk_failed(). A member has item->member.archive. */
bool expand_next(expand *e, walk_item *item);
bool expand_failed(const expand *e);

#endif

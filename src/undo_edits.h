/* undo_edits: the edits that a report tells of, and where those that stay stand once others are put
 * back. */
#ifndef QW_UNDO_EDITS_H
#define QW_UNDO_EDITS_H

#include "base/arena.h"
#include "base/message.h"

/* One edit of the report that changed text; or, of a package whose headings got styles, a role. */
typedef struct entry {
    size_t number, group;
    size_t line; /* 0 based; in a package, the block */
    size_t at;   /* byte of the line's text when the edit was made */
    str before, after;
    bool drop;
    bool gives_role;
    uint8_t role, level; /* enum qw_role; gives_role */
    bool wanted;         /* to be put back */
    struct entry *next;  /* of the same line; newest first */
} entry;

/* The edits of a package, by block: the newest of each that has any, in the order of blocks. */
typedef struct undo_edits {
    const entry *const *newest;
    size_t n;
    bool heading_styles; /* headings got styles */
} undo_edits;

/* The edits of a line, oldest first. */
typedef struct history {
    const entry **edits;
    size_t n;
    size_t room; /* bytes that the text may grow by on the way */
} history;

/* An edit that is put back, and where the text it once gave stood at some later time. */
typedef struct undone {
    const entry *edit;
    size_t at;
} undone;

/* Those put back so far, of one line. */
typedef struct undone_list {
    undone *list;
    size_t n;
} undone_list;

/* From a line's newest edit on. False when memory is out. */
bool history_make(history *h, const entry *newest, arena *mem);

/* An empty list with room for all of a history. False when memory is out. */
bool undone_begin(undone_list *u, const history *h, arena *mem);

/* Takes the next edit of the history. One that is wanted joins the list; for any other *at is where
 * it is to be made. False after fail() (edit-depends) when it stands on one of the list and stays.
 */
bool undone_pass(undone_list *u, const entry *e, size_t *at, qw_error *why);

#endif

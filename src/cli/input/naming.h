/* naming: names of outputs that are better than those of the inputs: ad parts are dropped
 * (--clean-names: 【某某网】报告.docx), and what was decoded wrongly is put right (--fix-names,
 * which walk.c and expand.c do, where all names of a folder are at hand). What no file system
 * takes, such as a long name of GBK that came to be UTF-8, is shortened. Every change is told. */
#ifndef QW_CLI_NAMING_H
#define QW_CLI_NAMING_H

#include "input/walk.h"
#include "options.h"

/* What cleans names. Zeroed: nothing does. */
typedef struct naming {
    qw_chain *chain;
    qw_workspace *space;
    bool any_length;      /* names are not shortened to what a file system takes */
    char *folder, *clean; /* the folder of the last name, and what became of its name */
} naming;

/* Prepares for what the options ask. False with a message in *why. */
bool naming_open(naming *n, const options *o, text *why);
void naming_close(naming *n);

/* Cleans the name of an item. False when memory was out. */
bool naming_apply(naming *n, walk_item *item);

/* Adds a record of the report for an item whose name was changed. */
void naming_record(const walk_item *item, text *report);

#endif

/* ledger: folders in which all was done before. Of a folder whose last item has been concluded, and
 * in which nothing failed, the state keeps how its files and their outputs were listed then. When
 * both are listed the same way again, nothing in it is asked for one by one. */
#ifndef QW_CLI_LEDGER_H
#define QW_CLI_LEDGER_H

#include "pool/aside.h"
#include "run/plan.h"

/* A folder that the run goes through; see state_folder. */
typedef struct page {
    uint64_t number, left; /* as in walk_item.folder; items that are still to be concluded */
    char *path;
    state_folder is;
    bool failed;
} page;

typedef struct ledger {
    const planned *made;
    aside lister; /* sums up output folders */
    bool known;   /* of the folder that was begun last: */
    state_folder is;
    page *pages;
    size_t n, cap;
} ledger;

/* An aside_work on a plan: the digest of the output folder of this name as it is listed. */
uint64_t ledger_list(const void *plan, const char *name);

/* A folder is about to be listed: if it is known, its output is listed as well. The ledger is
 * `self`. */
void ledger_begin(void *self, const char *whole, const char *name);

/* Whether the files of a folder, begun last, and their outputs stand as the state says; then *is
 * has the sums. If not, the ledger has a page for the folder from now on. */
bool ledger_knows(ledger *l, const walk_folder *f, state_folder *is);

/* A job has been concluded. The state is told when it was the last one of its folder. */
void ledger_note(ledger *l, const job *j);

void ledger_free(ledger *l);

#endif

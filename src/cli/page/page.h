/* page: a page of what runs did, for people: one file of HTML that needs nothing else and runs no
 * program. Whatever comes from documents is escaped; invisible characters are shown by number. Its
 * size is bounded, and what is left out is said. */
#ifndef QW_CLI_PAGE_H
#define QW_CLI_PAGE_H

#include "state/states.h"

enum {
    PAGE_DOCUMENTS = 300, /* documents whose edits are shown */
    PAGE_RULES = 40,
    PAGE_ENCODINGS = 16,
    PAGE_FAILURES = 200,
};

/* Writes the page. False when the sink refused or the database failed. */
bool page_write(states *s, qw_language language, const qw_sink *to);

extern const char page_style[];

#endif

/* lines: lines from a descriptor, as they come, in bounded memory. A line that is too long is cut:
 * its beginning is kept and the rest passed over. */
#ifndef QW_CLI_LINES_H
#define QW_CLI_LINES_H

#include "text.h"

/* What is kept of a line that is too long. */
enum { LINE_KEPT = 4096 };

typedef struct lines {
    int fd;
    size_t most; /* bytes of a line */
    char *p;
    size_t start, n, cap; /* what was read and not given out is p[start … n) */
    size_t looked;        /* no line end before this */
    bool cutting, ended;
} lines;

typedef enum lines_got {
    LINES_ONE,
    LINES_LATER, /* none is complete: wait for the descriptor */
    LINES_END,
    LINES_FAILED, /* errno is set */
} lines_got;

/* Gives the next line without its end in place of what `line` held; *cut tells whether it is just
 * the beginning. A last line without an end is one too. Does not wait. */
lines_got lines_next(lines *l, text *line, bool *cut);

void lines_free(lines *l);

#endif

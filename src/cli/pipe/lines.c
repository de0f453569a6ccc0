#include "pipe/lines.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEP = 256 * 1024 };

/* Room for the next read, behind what is there. */
static bool make_room(lines *l) {
    if (l->start > 0) {
        memmove(l->p, l->p + l->start, l->n - l->start);
        l->n -= l->start;
        l->looked -= l->start;
        l->start = 0;
    }
    if (l->cap - l->n >= STEP) return true;
    size_t want = l->cap ? l->cap * 2 : 2 * STEP;
    if (want > l->most + 2 * STEP) want = l->most + 2 * STEP;
    char *p = realloc(l->p, want);
    if (!p) return errno = ENOMEM, false;
    l->p = p;
    l->cap = want;
    return true;
}

static lines_got read_more(lines *l) {
    struct pollfd one = {.fd = l->fd, .events = POLLIN};
    if (!make_room(l)) return LINES_FAILED;
    if (poll(&one, 1, 0) <= 0) return LINES_LATER;
    ssize_t got = read(l->fd, l->p + l->n, STEP);
    if (got < 0) return errno == EINTR || errno == EAGAIN ? LINES_LATER : LINES_FAILED;
    if (got == 0) l->ended = true;
    l->n += (size_t)got;
    return LINES_ONE;
}

static lines_got give(lines *l, size_t length, text *line, bool *cut) {
    *cut = l->cutting || length > l->most;
    if (*cut && length > LINE_KEPT) length = LINE_KEPT;
    text_clear(line);
    l->cutting = false;
    return text_add(line, l->p + l->start, length) ? LINES_ONE : (errno = ENOMEM, LINES_FAILED);
}

/* Without its end in sight: keeps the beginning of a line that is too long already. */
static void cut_short(lines *l) {
    if (l->n - l->start > l->most) l->cutting = true;
    if (l->cutting && l->n - l->start > LINE_KEPT) l->n = l->start + LINE_KEPT;
    l->looked = l->n;
}

lines_got lines_next(lines *l, text *line, bool *cut) {
    for (;;) {
        char *end = l->looked < l->n ? memchr(l->p + l->looked, '\n', l->n - l->looked) : NULL;
        if (end) {
            lines_got got = give(l, (size_t)(end - (l->p + l->start)), line, cut);
            l->start = l->looked = (size_t)(end + 1 - l->p);
            return got;
        }
        cut_short(l);
        if (l->ended) break;
        lines_got got = read_more(l);
        if (got != LINES_ONE) return got;
    }
    if (l->start == l->n) return LINES_END;
    lines_got got = give(l, l->n - l->start, line, cut);
    l->start = l->looked = l->n;
    return got;
}

void lines_free(lines *l) {
    free(l->p);
    l->p = NULL;
}

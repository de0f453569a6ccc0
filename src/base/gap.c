#include "base/gap.h"

bool gap_begin(gap *g, arena *mem, str text, size_t room) {
    *g = (gap){arena_alloc(mem, text.n + room + 1), text.n, text.n + room, text.n + room};
    if (g->p && text.n) memcpy(g->p, text.p, text.n);
    return g->p != NULL;
}

static void move_to(gap *g, size_t at) {
    if (at < g->start) {
        size_t n = g->start - at;
        memmove(g->p + g->end - n, g->p + at, n);
        g->start -= n;
        g->end -= n;
    } else if (at > g->start) {
        size_t n = at - g->start;
        memmove(g->p + g->start, g->p + g->end, n);
        g->start += n;
        g->end += n;
    }
}

bool gap_replace(gap *g, size_t at, str what, str with) {
    size_t length = g->cap - (g->end - g->start);
    if (at > length || length - at < what.n || g->end - g->start + what.n < with.n) return false;
    move_to(g, at);
    if (!str_eq(str_make(g->p + g->end, what.n), what)) return false;
    g->end += what.n;
    g->end -= with.n;
    if (with.n) memcpy(g->p + g->end, with.p, with.n);
    return true;
}

str gap_text(gap *g) {
    move_to(g, g->cap - (g->end - g->start));
    return str_make(g->p, g->start);
}

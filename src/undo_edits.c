#include "undo_edits.h"

bool history_make(history *h, const entry *newest, arena *mem) {
    *h = (history){0};
    for (const entry *e = newest; e; e = e->next) h->n++, h->room += e->before.n + e->after.n;
    h->edits = arena_alloc(mem, (h->n + 1) * sizeof *h->edits);
    if (!h->edits) return false;
    size_t i = h->n;
    for (const entry *e = newest; e; e = e->next) h->edits[--i] = e;
    return true;
}

bool undone_begin(undone_list *u, const history *h, arena *mem) {
    *u = (undone_list){.list = arena_alloc(mem, (h->n + 1) * sizeof *u->list)};
    return u->list != NULL;
}

/* Edit e comes after those undone: moves their places along. Returns the first that e stands on,
 * or NULL; *back is by how much e's own place differs without them. */
static const entry *move_along(undone_list *done, const entry *e, ptrdiff_t *back) {
    const entry *under = NULL;
    *back = 0;
    for (size_t i = 0; i < done->n; i++) {
        undone *u = &done->list[i];
        size_t length = u->edit->after.n;
        if (u->at + length <= e->at)
            *back += (ptrdiff_t)u->edit->before.n - (ptrdiff_t)length;
        else if (e->at + e->before.n <= u->at)
            u->at = u->at - e->before.n + e->after.n;
        else if (!under)
            under = u->edit;
    }
    return under;
}

bool undone_pass(undone_list *u, const entry *e, size_t *at, qw_error *why) {
    ptrdiff_t back;
    const entry *under = move_along(u, e, &back);
    if (under && !e->wanted)
        return fail(why, MSG_EDIT_DEPENDS, STR(""), ARGS(NUM(under->number), NUM(e->number)));
    *at = (size_t)((ptrdiff_t)e->at + back);
    if (e->wanted) u->list[u->n++] = (undone){e, e->at};
    return true;
}

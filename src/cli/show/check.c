/* check: the findings of a document as lines for people:
 *
 *     PATH:LINE:COLUMN: FILTER/RULE: what to do: why
 *
 * or as the library's JSON Lines. Roles given to blocks are no findings; `outline` shows them. */
#include "run/job.h"
#include "show/why.h"

#include <stdlib.h>
#include <string.h>

/* Characters of a text that are shown without -v. */
enum { EXCERPT = 60 };

/* Whether nothing would stand in the place of what was found, or nobody says what. */
static bool leaves_nothing(const qw_edit_info *e) {
    bool same = e->after.n == e->before.n &&
                (!e->after.n || memcmp(e->after.p, e->before.p, e->after.n) == 0);
    return e->after.n == 0 || (e->state != QW_EDIT_DONE && same);
}

static say_id action(const qw_edit_info *e) {
    switch (e->kind) {
    case QW_EDIT_FINDING: return SAY_FIND_LOOK;
    case QW_EDIT_DROP: return e->before.n ? SAY_FIND_DROP : SAY_FIND_DROP_BLANK;
    default: break;
    }
    if (leaves_nothing(e)) return SAY_FIND_REMOVE;
    return e->before.n ? SAY_FIND_REPLACE : SAY_FIND_INSERT;
}

static void say_action(const plan *p, text *t, const qw_edit_info *e) {
    size_t most = p->o->volume > 0 ? 0 : EXCERPT;
    text before = {0}, after = {0};
    if (e->state != QW_EDIT_DONE && e->kind != QW_EDIT_FINDING)
        say(t, p->o->language, e->state == QW_EDIT_PROPOSED ? SAY_FIND_MAYBE : SAY_FIND_REFUSED,
            NO_WORDS);
    text_show(&before, e->before, most);
    text_show(&after, e->after, most);
    say(t, p->o->language, action(e), WORDS(text_z(&before), text_z(&after)));
    text_free(&before);
    text_free(&after);
}

/* The journal is in the order of the filters; people read in the order of the text. */
typedef struct finding {
    size_t index, line, column;
} finding;

static void say_finding(const plan *p, job *j, const qw_edit_info *e, const finding *place) {
    text *t = &j->out;
    text_show(t, str_z(j->item.path), 0);
    text_printf(t, ":%zu:%zu: ", place->line, place->column);
    text_show(t, e->filter, 0);
    if (e->rule.n) text_put(t, "/"), text_show(t, e->rule, 0);
    text_put(t, ": ");
    say_action(p, t, e);
    if (e->why.n) text_put(t, ": "), why_show(t, p->o->language, e->why);
    if (p->o->volume > 0) text_printf(t, " (%d)", e->score);
    text_put(t, "\n");
}

static int by_place(const void *a, const void *b) {
    const finding *x = a, *y = b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void say_findings(const plan *p, job *j, const qw_doc *d) {
    finding *list = malloc((qw_edit_count(d) + 1) * sizeof *list);
    qw_edit_info e;
    qw_place place;
    size_t n = 0;
    if (!list) {
        j->out.failed = true; /* batch_finish.c says that memory is out */
        return;
    }
    for (size_t i = 0; qw_edit_get(d, i, &e, &place); i++)
        if (e.kind != QW_EDIT_ROLE) list[n++] = (finding){i, place.line, place.column};
    if (n) qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n; i++) {
        qw_edit_get(d, list[i].index, &e, NULL);
        say_finding(p, j, &e, &list[i]);
    }
    free(list);
}

bool check_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why) {
    (void)w;
    const char *format = p->o->value[OPTION_FORMAT];
    const char *layout = p->o->value[OPTION_LAYOUT];
    if (layout && !qw_check_layout(d, layout, why)) return false;
    bool json = option_given(p->o, OPTION_JSON) || (format && strcmp(format, "json") == 0);
    qw_edit_info e;
    for (size_t i = 0; qw_edit_get(d, i, &e, NULL); i++) j->is.findings += e.kind != QW_EDIT_ROLE;
    if (json) return job_write_view(j, d, "findings", why);
    say_findings(p, j, d);
    return true;
}

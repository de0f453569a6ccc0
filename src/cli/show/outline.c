/* outline: the headings of a document, a line each: its line in the source, and its text set in by
 * its level; with -v also why it is a heading. Or the library's JSON Lines. */
#include "run/job.h"

#include <string.h>

static bool in_outline(const qw_block_info *b) {
    return !b->removed && (b->role == QW_ROLE_TITLE || b->role == QW_ROLE_SUBTITLE ||
                           b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN);
}

static void show_heading(const plan *p, text *t, const qw_block_info *b, const qw_place *place) {
    qw_str words = b->text;
    if (b->role == QW_ROLE_RUNIN && b->lead < words.n) words.n = b->lead;
    text_printf(t, "%6zu  %*s", place->line, (int)(2 * b->level), "");
    bool typed = b->label.n <= words.n &&
                 memcmp(b->label.p ? b->label.p : "", words.p ? words.p : "", b->label.n) == 0;
    if (!typed) text_show(t, b->label, 0), text_put(t, " ");
    text_show(t, words, 0);
    if (p->o->volume > 0) {
        text_printf(t, "  [%s %u] ", qw_role_name(b->role), b->level);
        text_show(t, b->reason, 0);
    }
    text_put(t, "\n");
}

bool outline_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why) {
    (void)w;
    qw_block_info b;
    qw_place place;
    if (option_given(p->o, OPTION_JSON)) return job_write_view(j, d, "outline", why);
    if (p->o->ninputs > 1 || !j->item.named) {
        text_show(&j->out, str_z(j->item.path), 0);
        text_put(&j->out, "\n");
    }
    for (size_t i = 0; qw_block_get(d, i, &b, NULL); i++)
        if (in_outline(&b) && qw_block_get(d, i, &b, &place)) show_heading(p, &j->out, &b, &place);
    return true;
}

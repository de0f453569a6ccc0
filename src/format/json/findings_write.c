/* findings_write: what `check` shows, as JSON Lines: an object for each place that was changed,
 * would be, or ought to be looked at. Roles given to blocks are no findings: see the outline. */
#include "format/format.h"
#include "format/json/fields.h"
#include "text/place.h"

static const char *const kinds[] = {"replace", "drop", "role", "finding"};
static const char *const states[] = {"done", "proposed", "refused"};

static void write_finding(const doc *d, const edit *e, place_finder *finder, out *to) {
    qw_place place = place_find(finder, e->block, e->from, e->to);
    object_begin(to, "path", d->name);
    field_place(to, &place);
    field_str(to, "filter", e->filter);
    field_str(to, "rule", e->rule);
    field_number(to, "score", e->score);
    field_str(to, "kind", str_of(kinds[e->kind]));
    field_str(to, "state", str_of(states[e->state]));
    field_str(to, "before", e->before);
    field_str(to, "after", e->after);
    field_str(to, "why", e->why);
    object_end(to);
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o, (void)why;
    place_finder finder = {.d = d};
    for (size_t i = 0; i < d->nedits; i++)
        if (d->edits[i].kind != QW_EDIT_ROLE) write_finding(d, &d->edits[i], &finder, to);
    return true;
}

const writer writer_findings = {write};

/* outline_write: the headings as JSON Lines: an object for the title, the subtitle and each
 * heading, with its place and why it is one. The text of a run-in heading is its lead alone. */
#include "format/format.h"
#include "format/json/fields.h"
#include "text/place.h"

static bool in_outline(const block *b) {
    if (!block_is_text(b)) return false;
    return b->role == QW_ROLE_TITLE || b->role == QW_ROLE_SUBTITLE || b->role == QW_ROLE_HEADING ||
           b->role == QW_ROLE_RUNIN;
}

static void write_heading(const doc *d, uint32_t index, place_finder *finder, out *to) {
    const block *b = &d->blocks[index];
    size_t n = b->role == QW_ROLE_RUNIN ? b->lead : b->text.n;
    size_t end = n < b->text.n ? edit_original_offset(b, n) : block_original(b).n;
    qw_place place = place_find(finder, index, 0, end);
    object_begin(to, "path", d->name);
    field_str(to, "role", str_of(qw_role_name((qw_role)b->role)));
    field_number(to, "level", b->level);
    field_str(to, "label", b->more ? b->more->label : STR(""));
    field_str(to, "text", str_cut(b->text, 0, n));
    field_bool(to, "lead", b->role == QW_ROLE_RUNIN);
    field_place(to, &place);
    field_str(to, "why", b->more ? b->more->reason : STR(""));
    object_end(to);
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o, (void)why;
    place_finder finder = {.d = d};
    for (size_t i = 0; i < d->nblocks; i++)
        if (in_outline(&d->blocks[i])) write_heading(d, (uint32_t)i, &finder, to);
    return true;
}

const writer writer_outline = {write};

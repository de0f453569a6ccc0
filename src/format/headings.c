#include "format/headings.h"

#include "format/inline.h"

enum { LONGEST = 240 }; /* bytes of one heading in a path: 80 Han */

bool heading_path_leads_to(const block *b) {
    return b->region == REGION_BODY || b->region == REGION_TEXTBOX;
}

static bool is_heading(const block *b) {
    return heading_path_leads_to(b) && (b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN) &&
           b->level > 0;
}

static unsigned level_of(const block *b) {
    return b->level < HEADING_DEPTH ? b->level : HEADING_DEPTH;
}

/* The text next to a block in a direction, blank lines passed over; NULL when none is near. */
static const block *neighbour(const doc *d, uint32_t index, int step) {
    enum { NEAR = 4 };
    int64_t i = index;
    for (int n = 0; n < NEAR; n++) {
        i += step;
        if (i < 0 || i >= (int64_t)d->nblocks) return NULL;
        const block *b = &d->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH) return NULL;
        if (block_is_text(b) && !block_is_blank(b)) return b;
    }
    return NULL;
}

bool heading_part_begins(const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    bool title = b->role == QW_ROLE_TITLE;
    if (!heading_path_leads_to(b) || (!title && b->role != QW_ROLE_ATTACHMENT)) return false;
    const block *other = neighbour(d, index, title ? -1 : 1);
    if (!title) return other && other->role == QW_ROLE_TITLE;
    return !other || (other->role != QW_ROLE_TITLE && other->role != QW_ROLE_ATTACHMENT);
}

void heading_path_leave(heading_path *path, const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    if (path->depth && heading_part_begins(d, index)) path->depth = 0;
    if (is_heading(b) && path->depth >= level_of(b)) path->depth = level_of(b) - 1;
}

static str cut_at_character(str s, size_t n) {
    if (s.n <= n) return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return str_cut(s, 0, n);
}

void heading_path_enter(heading_path *path, const block *b) {
    if (!is_heading(b)) return;
    unsigned level = level_of(b);
    while (path->depth + 1 < level)
        path->text[path->depth] = path->label[path->depth] = STR(""), path->depth++;
    str text = b->role == QW_ROLE_RUNIN ? str_cut(b->text, 0, b->lead) : b->text;
    path->text[level - 1] = cut_at_character(text, LONGEST);
    path->label[level - 1] = cut_at_character(label_shown(b), LONGEST);
    path->depth = level;
}

void heading_path_write(const heading_path *path, out *to) {
    const char *comma = "";
    if (!path->depth) return;
    out_text(to, ",\"headings\":[");
    for (unsigned i = 0; i < path->depth; i++) {
        if (!path->text[i].n && !path->label[i].n) continue;
        out_printf(to, "%s\"", comma);
        out_json_inside(to, path->label[i]);
        out_text(to, label_gap(path->label[i]));
        out_json_inside(to, path->text[i]);
        out_byte(to, '"');
        comma = ",";
    }
    out_byte(to, ']');
}

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

void heading_path_leave(heading_path *path, const block *b) {
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

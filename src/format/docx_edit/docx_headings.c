/* docx_headings: headings that were recognized get a real heading style, when a person asked for it
 * (ECMA-376 part 1, 17.3.1.27 and 17.7.4): what Word does when somebody picks a heading style.
 *
 * A paragraph that has the outline level already is left alone, and so is one whose number comes
 * from its style. The style is the document's own for the level, by its name; where it has none, or
 * one that numbers paragraphs though the number of the heading is typed, a style is added that sets
 * the level and else looks like the default one. A document without a styles part stays as it is.
 */
#include "format/docx_edit/docx_plan.h"
#include "ooxml/styles.h"

enum { LEVELS = 9 };

typedef struct stylist {
    docx_plan *plan;
    str part;   /* name of the styles part */
    str prefix; /* of its elements, with the colon */
    styles styles;
    str ids[2][LEVELS]; /* of the style for a level, for typed numbers and for automatic ones */
    uint32_t next;      /* block: those before are done */
} stylist;

static bool wants_style(const block *b) {
    bool heading = b->role == QW_ROLE_HEADING && b->level >= 1 && b->level <= LEVELS;
    bool has = b->more && b->more->outline == b->level;
    return heading && b->kind == BLOCK_PARAGRAPH && block_stands(b) && !has &&
           !(b->flags & BLOCK_HIDDEN);
}

/* The next block of a part that wants a style; NULL when there is none. */
static const block *next_wanted(stylist *t, size_t part_index) {
    const doc *d = t->plan->d;
    for (; t->next < d->nblocks; t->next++) {
        const block *b = &d->blocks[t->next];
        if (b->part == part_index && wants_style(b)) return b;
    }
    return NULL;
}

/* ---- Styles ---------------------------------------------------------------------------------- */

/* XML from a pattern: '@' is the prefix, '\1' and '\2' are values. {NULL, 0} when memory is out. */
static str filled(arena *mem, const char *pattern, str prefix, const str *values) {
    size_t room = 0, n = 0;
    for (const char *c = pattern; *c; c++)
        room += *c == '@' ? prefix.n : *c <= '\2' ? values[*c - 1].n : 1;
    char *p = arena_alloc(mem, room + 1);
    for (const char *c = pattern; p && *c; c++) {
        str bytes = *c == '@' ? prefix : *c <= '\2' ? values[*c - 1] : str_make(c, 1);
        if (bytes.n) memcpy(p + n, bytes.p, bytes.n);
        n += bytes.n;
    }
    return p ? str_make(p, n) : (str){NULL, 0};
}

static const style *style_named(const styles *s, str name) {
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].paragraph && str_eq_nocase(s->list[i].name, name)) return &s->list[i];
    return NULL;
}

/* Where the last end tag begins; STR_NONE when there is none. */
static size_t last_end_tag(str text) {
    for (size_t at = text.n; at-- > 0;)
        if (text.p[at] == '<')
            return str_starts(str_cut(text, at, text.n), STR("</")) ? at : STR_NONE;
    return STR_NONE;
}

/* Adds a style at the end of the styles part. */
static bool add_style(stylist *t, unsigned level, str id, str name) {
    static const char head[] = "<@style @type=\"paragraph\" @styleId=\"\1\"><@name @val=\"\2\"/>";
    static const char base[] = "<@basedOn @val=\"\1\"/><@next @val=\"\1\"/>";
    static const char tail[] = "<@uiPriority @val=\"9\"/><@qFormat/><@pPr><@outlineLvl "
                               "@val=\"\1\"/></@pPr></@style>";
    arena *mem = t->plan->mem;
    part_plan *p = docx_plan_open(t->plan, t->part);
    if (!p) return false;
    str level_text = arena_printf(mem, "%u", level - 1);
    str xml = filled(mem, head, t->prefix, (const str[]){id, name});
    if (t->styles.paragraph) {
        str base_id = docx_as_xml(mem, t->styles.paragraph->id);
        xml = arena_join(mem, xml, filled(mem, base, t->prefix, &base_id));
    }
    xml = arena_join(mem, xml, filled(mem, tail, t->prefix, &level_text));
    if (arena_failed(mem)) return fail_memory(t->plan->why);
    splice_cut(&p->cuts, last_end_tag(p->text), 0, xml);
    return true;
}

/* The id of the style for a level; {NULL, 0} after a failure. */
static str style_for(stylist *t, unsigned level, bool automatic) {
    arena *mem = t->plan->mem;
    str *id = &t->ids[automatic][level - 1];
    if (id->n) return *id;
    str name = arena_printf(mem, "heading %u", level);
    const style *own = style_named(&t->styles, name);
    if (own && (automatic || own->num_id <= 0)) return *id = own->id;
    *id = arena_printf(mem, "Heading%u", level);
    for (unsigned k = 1; k < 100 && (styles_find(&t->styles, *id) || style_named(&t->styles, name));
         k++) {
        *id = arena_printf(mem, "Heading%uTyped%u", level, k);
        name = arena_printf(mem, "heading %u typed number %u", level, k);
    }
    if (!id->p || !name.p) return fail_memory(t->plan->why), (str){NULL, 0};
    t->ids[!automatic][level - 1] = *id; /* it numbers nothing: both may have it */
    return add_style(t, level, *id, name) ? *id : (str){NULL, 0};
}

/* ---- Paragraphs ------------------------------------------------------------------------------ */

/* Where a style goes in the paragraph at work. */
typedef struct place {
    size_t off, len; /* the w:pStyle that it is put for; else where it is put in */
    bool properties; /* there is a w:pPr */
    bool numbered;   /* with a w:numPr */
} place;

/* After XML_START of w:p: reads its properties, if it has any. */
static place find_place(xml_reader *xml) {
    uint32_t outside = xml->depth;
    place at = {.off = xml->off + xml->len};
    xml_event e;
    if (xml->empty) return at;
    while ((e = xml_next(xml)) == XML_TEXT) continue; /* blanks */
    if (e != XML_START || xml->name != XML_W_pPr) return at;
    at.properties = true;
    at.off = xml->off + xml->len;
    if (xml->empty) at.properties = false, at.off = xml->off, at.len = xml->len;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_numPr && xml->depth == outside + 2) at.numbered = true;
        if (xml->name == XML_W_pPrChange) xml_skip(xml);
        if (xml->name != XML_W_pStyle || xml->depth != outside + 2) continue;
        at.off = xml->off;
        xml_skip(xml);
        at.len = xml->off + xml->len - at.off;
    }
    return at;
}

/* The prefix of the element that starts at off, with its colon. */
static str prefix_at(str text, size_t off) {
    size_t end = off + 1;
    while (end < text.n && !strchr(": />", text.p[end])) end++;
    return end < text.n && text.p[end] == ':' ? str_cut(text, off + 1, end + 1) : STR("");
}

static bool give_style(stylist *t, str name, xml_reader *xml, const block *b) {
    bool automatic = b->flags & BLOCK_AUTO;
    str prefix = prefix_at(xml->bytes, xml->off);
    place at = find_place(xml);
    if (xml->failed || (automatic && !at.numbered)) return !xml->failed;
    str id = style_for(t, b->level, automatic);
    if (!id.p) return false;
    const char *pattern =
        at.properties ? "<@pStyle @val=\"\1\"/>" : "<@pPr><@pStyle @val=\"\1\"/></@pPr>";
    str xml_id = docx_as_xml(t->plan->mem, id);
    str with = filled(t->plan->mem, pattern, prefix, &xml_id);
    part_plan *p = docx_plan_open(t->plan, name);
    if (!p || !with.p) return p ? fail_memory(t->plan->why) : false;
    splice_cut(&p->cuts, at.off, at.len, with);
    return true;
}

static bool style_part(stylist *t, size_t part_index, xml_reader *xml) {
    const part *source = &t->plan->d->parts[part_index];
    t->next = 0;
    const block *b = next_wanted(t, part_index);
    if (!b) return true;
    if (!xml_begin(xml, t->plan->mem, source->name, source->bytes, t->plan->why)) return false;
    for (xml_event e; b && (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START || xml->name != XML_W_p || xml->off < b->off) continue;
        if (xml->off == b->off && !give_style(t, source->name, xml, b)) return false;
        t->next++;
        b = next_wanted(t, part_index);
    }
    return !xml->failed;
}

/* ---- All of it ------------------------------------------------------------------------------- */

/* The styles part that the main part names. False after a failure; *found tells whether there is
 * one that a style can be added to. */
static bool read_styles(stylist *t, bool *found) {
    docx_plan *plan = t->plan;
    relations all;
    size_t main;
    *found = false;
    if (!package_main(plan->package, &main, plan->why)) return false;
    if (!package_relations(plan->package, package_at(plan->package, main)->name, &all, plan->why))
        return false;
    const relation *r = relations_find(&all, "styles");
    size_t index = r && !r->external ? package_find(plan->package, r->target) : STR_NONE;
    if (index == STR_NONE) return true;
    t->part = package_at(plan->package, index)->name;
    const part_plan *p = docx_plan_open(plan, t->part);
    if (!p) return false;
    size_t last = last_end_tag(p->text);
    *found = last != STR_NONE;
    if (*found) t->prefix = prefix_at(p->text, last + 1);
    return styles_read(&t->styles, plan->mem, t->part, p->text, plan->why);
}

bool docx_headings(docx_plan *plan) {
    const doc *d = plan->d;
    bool any = false, found;
    for (size_t i = 0; i < d->nblocks && d->apply_headings; i++) any |= wants_style(&d->blocks[i]);
    if (!any) return true;
    stylist *t = arena_zalloc(plan->mem, 1, sizeof *t);
    xml_reader *xml = arena_zalloc(plan->mem, 1, sizeof *xml);
    if (!t || !xml) return fail_memory(plan->why);
    t->plan = plan;
    xml->deepest = XML_DEPTH_MAX;
    if (!read_styles(t, &found)) return false;
    for (size_t i = 0; i < d->nparts && found; i++)
        if (!d->parts[i].foreign && !style_part(t, i, xml)) return false;
    return true;
}

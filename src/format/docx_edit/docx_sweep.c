/* docx_sweep: relationships that nothing refers to any more, and parts that nothing leads to
 * (ECMA-376 part 2, 9.3 and 10.1). What was unused before stays. */
#include "format/docx_edit/docx_plan.h"

#include <stdlib.h>

/* False after a failure; NULL is opened when there is no such part. */
static bool open_xml(docx_plan *plan, str name, part_plan **opened) {
    *opened = docx_plan_open(plan, name);
    return *opened || package_find(plan->package, name) == STR_NONE;
}

/* The end of the element whose start tag is bytes [off, off + len). */
static size_t element_end(str text, size_t off, size_t len) {
    if (str_ends(str_cut(text, off, off + len), STR("/>"))) return off + len;
    size_t end = str_find_byte(text, '>', off + len);
    return end == STR_NONE ? off + len : end + 1;
}

/* ---- Content types --------------------------------------------------------------------------- */

static bool drop_content_type(docx_plan *plan, str name) {
    part_plan *types;
    if (!open_xml(plan, STR("[Content_Types].xml"), &types)) return false;
    if (!types) return true;
    xml_reader *xml = arena_zalloc(plan->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(plan->why);
    if (!xml_begin(xml, plan->mem, types->name, types->text, plan->why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START || xml->name != XML_CT_Override) continue;
        str key = xml_attr(xml, XML_NS_NONE, "PartName");
        while (key.n && key.p[0] == '/') key = str_cut(key, 1, key.n);
        if (!str_eq_nocase(key, name)) continue;
        size_t end = element_end(types->text, xml->off, xml->len);
        splice_cut(&types->cuts, xml->off, end - xml->off, STR(""));
    }
    return !xml->failed;
}

/* ---- Parts ----------------------------------------------------------------------------------- */

/* The name of the part whose relationships a part holds; false when it holds none. */
static bool owner_of(arena *mem, str name, str *owner) {
    size_t at = str_find(name, STR("_rels/"), 0);
    if (at == STR_NONE || !str_ends(name, STR(".rels"))) return false;
    str file = str_cut(name, at + 6, name.n - 5);
    *owner = arena_join(mem, str_cut(name, 0, at), file);
    return owner->p != NULL;
}

static bool is_gone(const docx_plan *plan, str name) {
    for (size_t i = 0; i < plan->n; i++)
        if (plan->parts[i].gone && str_eq_nocase(plan->parts[i].name, name)) return true;
    return false;
}

/* Whether the cuts of the part that holds relationships take this one out. */
static bool is_cut(const docx_plan *plan, str holder, const relation *r) {
    for (size_t i = 0; i < plan->n; i++) {
        const part_plan *p = &plan->parts[i];
        if (!str_eq_nocase(p->name, holder)) continue;
        if (p->gone) return true;
        for (size_t k = 0; k < p->cuts.n; k++)
            if (p->cuts.cuts[k].off == r->off && p->cuts.cuts[k].len) return true;
    }
    return false;
}

/* Whether a relationship that stays leads to the part. */
static bool is_wanted(docx_plan *plan, str name, bool *wanted) {
    *wanted = false;
    for (size_t i = 0; i < package_count(plan->package) && !*wanted; i++) {
        str owner;
        relations r;
        if (!owner_of(plan->mem, package_at(plan->package, i)->name, &owner)) continue;
        if (is_gone(plan, package_at(plan->package, i)->name)) continue;
        if (!package_relations(plan->package, owner, &r, plan->why)) return false;
        for (size_t k = 0; k < r.n; k++)
            *wanted |= !r.list[k].external && str_eq_nocase(r.list[k].target, name) &&
                       !is_cut(plan, r.part, &r.list[k]);
    }
    return true;
}

/* Parts to be looked at whether something still leads to them. */
typedef struct suspects {
    str names[64];
    size_t n;
} suspects;

static void suspect(suspects *s, str name) {
    if (s->n < sizeof s->names / sizeof *s->names) s->names[s->n++] = name;
}

static bool drop_one(docx_plan *plan, str name, suspects *more) {
    size_t index = package_find(plan->package, name);
    relations r;
    if (index == STR_NONE || is_gone(plan, name)) return true;
    part_plan *p = docx_plan_part(plan, index);
    if (!p) return false;
    p->gone = true;
    if (!drop_content_type(plan, name)) return false;
    if (!package_relations(plan->package, name, &r, plan->why)) return false;
    size_t own = r.part.n ? package_find(plan->package, r.part) : STR_NONE;
    if (own == STR_NONE) return true;
    p = docx_plan_part(plan, own);
    if (!p) return false;
    p->gone = true;
    for (size_t i = 0; i < r.n; i++)
        if (!r.list[i].external) suspect(more, r.list[i].target);
    return drop_content_type(plan, r.part);
}

/* Drops those of the suspects that nothing leads to, and so on from these. */
static bool drop_unwanted(docx_plan *plan, suspects *s) {
    while (s->n) {
        str name = s->names[--s->n];
        bool wanted;
        if (!is_wanted(plan, name, &wanted)) return false;
        if (!wanted && !drop_one(plan, name, s)) return false;
    }
    return true;
}

bool docx_drop_part(docx_plan *plan, str name) {
    suspects s = {.n = 0};
    return drop_one(plan, name, &s) && drop_unwanted(plan, &s);
}

/* ---- Relationships --------------------------------------------------------------------------- */

static bool cut_relation(docx_plan *plan, const relations *all, const relation *r, suspects *s) {
    part_plan *p;
    if (!open_xml(plan, all->part, &p)) return false;
    if (!p || is_cut(plan, all->part, r)) return true;
    size_t end = element_end(p->text, r->off, r->len);
    splice_cut(&p->cuts, r->off, end - r->off, STR(""));
    if (!r->external) suspect(s, r->target);
    return true;
}

bool docx_drop_relation(docx_plan *plan, str owner, str id) {
    relations all;
    suspects s = {.n = 0};
    if (!package_relations(plan->package, owner, &all, plan->why)) return false;
    const relation *r = relations_by_id(&all, id);
    return !r || (cut_relation(plan, &all, r, &s) && drop_unwanted(plan, &s));
}

static int by_id(const void *x, const void *y) {
    return str_cmp((*(const relation *const *)x)->id, (*(const relation *const *)y)->id);
}

/* Marks the relationships whose id stands as a value of an attribute in text. */
static void mark_used(str text, const relation **sorted, bool *used, size_t n) {
    for (size_t at = 0; (at = str_find_byte(text, '=', at)) != STR_NONE; at++) {
        if (at + 1 >= text.n || (text.p[at + 1] != '"' && text.p[at + 1] != '\'')) continue;
        size_t end = str_find_byte(text, text.p[at + 1], at + 2);
        if (end == STR_NONE) return;
        relation key = {.id = str_cut(text, at + 2, end)};
        const relation *wanted = &key;
        const relation **found = bsearch(&wanted, sorted, n, sizeof *sorted, by_id);
        if (found) used[found - sorted] = true;
        at = end;
    }
}

bool docx_sweep(docx_plan *plan, size_t index) {
    const part_plan *p = docx_plan_part(plan, index);
    relations all;
    suspects s = {.n = 0};
    if (!p || !package_relations(plan->package, p->name, &all, plan->why)) return false;
    if (!all.n) return true;
    const relation **sorted = arena_alloc(plan->mem, all.n * sizeof *sorted);
    bool *was = arena_zalloc(plan->mem, 2 * all.n, sizeof *was);
    if (!sorted || !was) return fail_memory(plan->why);
    bool *is = was + all.n;
    for (size_t i = 0; i < all.n; i++) sorted[i] = &all.list[i];
    qsort(sorted, all.n, sizeof *sorted, by_id);
    size_t at = 0;
    for (size_t i = 0; i < p->cuts.n; i++) {
        const cut *c = &p->cuts.cuts[i];
        mark_used(str_cut(p->text, at, c->off), sorted, is, all.n);
        mark_used(str_cut(p->text, c->off, c->off + c->len), sorted, was, all.n);
        at = c->off + c->len;
    }
    bool any = false;
    for (size_t i = 0; i < all.n; i++) any |= was[i];
    if (!any) return true;
    mark_used(str_cut(p->text, at, p->text.n), sorted, is, all.n);
    for (size_t i = 0; i < all.n; i++)
        if (was[i] && !is[i] && !cut_relation(plan, &all, sorted[i], &s)) return false;
    return drop_unwanted(plan, &s);
}

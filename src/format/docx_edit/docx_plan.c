#include "format/docx_edit/docx_plan.h"

#include "format/docx_read/mhtml.h"

/* The bytes that the reader keeps of a part, if they are those of the package: as many, and said to
 * be UTF-8. {NULL, 0} otherwise. */
static str kept_bytes(const docx_plan *plan, const package_part *info) {
    const doc *d = plan->d;
    for (size_t i = 0; i < d->nparts; i++) {
        str head = str_cut(d->parts[i].bytes, 0, 64);
        bool plain = str_starts(head, STR("<?xml ")) &&
                     (str_find(head, STR("encoding=\"UTF-8\""), 0) != STR_NONE ||
                      str_find(head, STR("encoding=\"utf-8\""), 0) != STR_NONE);
        if (plain && d->parts[i].bytes.n == info->size && str_eq(d->parts[i].name, info->name))
            return d->parts[i].bytes;
    }
    return (str){NULL, 0};
}

part_plan *docx_plan_part(docx_plan *plan, size_t index) {
    for (size_t i = 0; i < plan->n; i++)
        if (plan->parts[i].index == index) return &plan->parts[i];
    if (plan->n == plan->cap) {
        size_t cap = plan->cap ? 2 * plan->cap : 16;
        part_plan *wider = arena_zalloc(plan->mem, cap, sizeof *wider);
        if (!wider) return fail_memory(plan->why), NULL;
        if (plan->n) memcpy(wider, plan->parts, plan->n * sizeof *wider);
        plan->parts = wider;
        plan->cap = cap;
    }
    part_plan *p = &plan->parts[plan->n];
    *p = (part_plan){.index = index, .name = package_at(plan->package, index)->name};
    p->bytes = p->text = kept_bytes(plan, package_at(plan->package, index));
    if (!p->bytes.p && !package_read(plan->package, index, &p->bytes, plan->why)) return NULL;
    splice_begin(&p->cuts, plan->mem);
    plan->n++;
    return p;
}

/* The text is that which the reader saw. */
part_plan *docx_plan_open(docx_plan *plan, str name) {
    size_t index = package_find(plan->package, name);
    part_plan *p = index == STR_NONE ? NULL : docx_plan_part(plan, index);
    if (!p || p->text.p) return p;
    if (!xml_utf8(plan->mem, p->name, p->bytes, &p->text, &p->transcoded, plan->why)) return NULL;
    p->head = p->transcoded ? 0 : (size_t)(p->text.p - p->bytes.p);
    return p;
}

/* A part that is no XML: text is cut out of it where it stands, and that is all. */
static bool cut_foreign(docx_plan *plan, const part *source, const wishes *w) {
    size_t index = package_find(plan->package, source->name);
    if (source->within.n) return true; /* docx_merged() */
    part_plan *p = index == STR_NONE ? NULL : docx_plan_part(plan, index);
    if (!p) return index == STR_NONE;
    p->text = source->bytes;
    p->foreign = true;
    p->head = str_starts(p->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    p->transcoded = !str_eq(str_cut(p->bytes, p->head, p->bytes.n), p->text);
    for (size_t i = 0; i < w->n; i++)
        if (w->list[i].kind == WISH_TEXT)
            splice_cut(&p->cuts, w->list[i].off, w->list[i].len, w->list[i].with);
    return true;
}

static bool prune_part(docx_plan *plan, str name, wishes *w, dead_notes dead) {
    size_t index = package_find(plan->package, name);
    part_plan *p = index == STR_NONE ? NULL : docx_plan_open(plan, name);
    if (!p) return index == STR_NONE;
    if (!prune(p->name, p->text, w, dead, &p->cuts, plan->why)) return false;
    return p->cuts.n == 0 || docx_sweep(plan, index);
}

static bool prune_parts(docx_plan *plan) {
    doc *d = plan->d;
    dead_notes dead;
    wishes *w = docx_wishes(d);
    if (!w || !docx_dead_notes(d, &dead)) return fail_memory(plan->why);
    if (!docx_meta(plan, w)) return false;
    for (size_t i = 0; i < d->nparts; i++)
        if (d->parts[i].foreign && w[i].n && !cut_foreign(plan, &d->parts[i], &w[i])) return false;
    for (size_t i = 0; i < d->nparts; i++)
        if (!d->parts[i].foreign && (w[i].n || dead.n) &&
            !prune_part(plan, d->parts[i].name, &w[i], dead))
            return false;
    return docx_merged(plan, w) && docx_comments(plan, dead);
}

/* Leaves out parts that turned out not to change. */
static bool apply_all(docx_plan *plan) {
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++) {
        part_plan *p = &plan->parts[i];
        if (!p->gone && !p->whole.p) {
            splice_settle(&p->cuts, p->text);
            if (p->cuts.failed) return fail_memory(plan->why);
            if (!p->cuts.n) continue;
        }
        plan->parts[n++] = *p;
    }
    plan->n = n;
    return true;
}

static bool note_signature(docx_plan *plan) {
    relations r;
    if (!package_relations(plan->package, STR(""), &r, plan->why)) return false;
    plan->is_signed = relations_find(&r, "origin") != NULL;
    return true;
}

bool docx_plan_make(docx_plan *plan, doc *d, qw_error *why) {
    *plan = (docx_plan){.d = d, .mem = d->mem, .why = why};
    plan->package = package_open(d->mem, d->source, d->name, &d->limits, why);
    if (!plan->package || !note_signature(plan)) return false;
    return prune_parts(plan) && docx_headings(plan) && apply_all(plan);
}

bool docx_plan_unsign(docx_plan *plan) {
    relations r;
    if (!package_relations(plan->package, STR(""), &r, plan->why)) return false;
    for (size_t i = 0; i < r.n; i++)
        if (str_eq(r.list[i].type, STR("origin")) &&
            !docx_drop_relation(plan, STR(""), r.list[i].id))
            return false;
    return apply_all(plan);
}

void docx_plan_end(docx_plan *plan) {
    package_close(plan->package);
    plan->package = NULL;
}

/* A part in another encoding is written whole, as it has to say that it is UTF-8 now. */
static bool transcoded_piece(const docx_plan *plan, const part_plan *p, const str **pieces,
                             size_t *n) {
    str text, *whole = arena_alloc(plan->mem, sizeof *whole);
    mhtml page;
    if (!whole || !splice_apply(&p->cuts, p->text, &text)) return false;
    *whole = p->foreign ? arena_join(plan->mem, STR("\xEF\xBB\xBF"), text)
                        : xml_declared_utf8(plan->mem, text);
    if (p->foreign && mhtml_read(plan->mem, p->bytes, &page))
        *whole = mhtml_with(plan->mem, p->bytes, &page, *whole);
    *pieces = whole;
    *n = 1;
    return whole->p != NULL;
}

bool docx_part_pieces(const docx_plan *plan, const part_plan *p, const str **pieces, size_t *n) {
    if (p->whole.p) {
        *pieces = &p->whole;
        *n = 1;
        return true;
    }
    if (p->transcoded) return transcoded_piece(plan, p, pieces, n);
    if (!splice_pieces(&p->cuts, p->text, pieces, n)) return false;
    if (!p->head) return true;
    str *with_mark = arena_alloc(plan->mem, (*n + 1) * sizeof *with_mark);
    if (!with_mark) return false;
    with_mark[0] = str_cut(p->bytes, 0, p->head);
    memcpy(with_mark + 1, *pieces, *n * sizeof *with_mark);
    *pieces = with_mark;
    ++*n;
    return true;
}

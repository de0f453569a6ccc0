/* docx_merged: edits in documents that are merged in (w:altChunk), each a package in a part of the
 * package. */
#include "base/buf.h"
#include "format/docx_edit/docx_plan.h"

#include <stdlib.h>

/* A part of the inner package, with its wishes fulfilled. */
static bool change_part(docx_plan *plan, package *inner, const part *source, wishes *w,
                        changed_part *made) {
    str bytes, text, name = str_cut(source->name, source->within.n + 2, source->name.n);
    size_t index = package_find(inner, name);
    bool transcoded;
    splice cuts;
    splice_begin(&cuts, plan->mem);
    if (index == STR_NONE || !package_read(inner, index, &bytes, plan->why) ||
        !xml_utf8(plan->mem, name, bytes, &text, &transcoded, plan->why) ||
        !prune(name, text, w, (dead_notes){0}, &cuts, plan->why))
        return false;
    str head = str_cut(bytes, 0, transcoded ? 0 : (size_t)(text.p - bytes.p));
    splice_settle(&cuts, text);
    if (cuts.failed || !splice_apply(&cuts, text, &text)) return fail_memory(plan->why);
    if (head.n) text = arena_join(plan->mem, head, text);
    if (transcoded) text = xml_declared_utf8(plan->mem, text);
    *made = (changed_part){.name = name, .bytes = text};
    return text.p || fail_memory(plan->why);
}

static bool keep(void *to, const void *bytes, size_t n) {
    return buf_add(to, str_make(bytes, n));
}

/* The package with its parts changed, in the arena. */
static bool write_whole(docx_plan *plan, const package *inner, const changed_part *parts, size_t n,
                        str *whole) {
    buf kept = BUF_INIT(SIZE_MAX);
    qw_sink sink = {keep, &kept};
    out *to = malloc(sizeof *to);
    if (!to) return fail_memory(plan->why);
    out_begin(to, &sink);
    bool ok = package_write_changed(inner, parts, n, to, plan->why);
    if (ok && !out_end(to)) ok = fail_memory(plan->why);
    if (ok) *whole = arena_str(plan->mem, buf_str(&kept));
    buf_free(&kept);
    free(to);
    return ok && (whole->p || fail_memory(plan->why));
}

/* The package that d->parts[first] stands in. */
static bool change_package(docx_plan *plan, wishes *w, size_t first) {
    const doc *d = plan->d;
    str within = d->parts[first].within;
    size_t n = 0, index = package_find(plan->package, within);
    changed_part *parts = arena_zalloc(plan->mem, d->nparts - first, sizeof *parts);
    part_plan *p = index == STR_NONE ? NULL : docx_plan_part(plan, index);
    if (!parts) return fail_memory(plan->why);
    if (!p) return index == STR_NONE;
    package *inner = package_open(plan->mem, p->bytes, STR(""), &d->limits, plan->why);
    bool ok = inner != NULL;
    for (size_t i = first; ok && i < d->nparts; i++)
        if (w[i].n && str_eq(d->parts[i].within, within))
            ok = change_part(plan, inner, &d->parts[i], &w[i], &parts[n++]);
    ok = ok && write_whole(plan, inner, parts, n, &p->whole);
    package_close(inner);
    return ok;
}

/* Whether an earlier part stands in the same package and is changed with it. */
static bool is_done(const doc *d, const wishes *w, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (w[i].n && str_eq(d->parts[i].within, d->parts[index].within)) return true;
    return false;
}

bool docx_merged(docx_plan *plan, wishes *w) {
    const doc *d = plan->d;
    for (size_t i = 0; i < d->nparts; i++)
        if (d->parts[i].within.n && w[i].n && !is_done(d, w, i) && !change_package(plan, w, i))
            return false;
    return true;
}

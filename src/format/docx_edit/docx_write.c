/* docx_write: the DOCX that was read, less what the journal takes out of it (law 4). Parts without
 * edits keep their packed bytes; a document without edits comes out byte for byte. A document that
 * was read from another format, or is to have a layout of ours, is written anew (docx_new.h). */
#include "format/docx_edit/docx_plan.h"
#include "format/docx_new/docx_new.h"

static bool write_plan(const docx_plan *plan, out *to, qw_error *why) {
    changed_part *parts = arena_zalloc(plan->mem, plan->n, sizeof *parts);
    if (!parts) return fail_memory(why);
    for (size_t i = 0; i < plan->n; i++) {
        const part_plan *p = &plan->parts[i];
        changed_part *made = &parts[i];
        *made = (changed_part){.name = p->name, .bytes = STR(""), .gone = p->gone};
        if (!p->gone && !docx_part_pieces(plan, p, &made->pieces, &made->npieces))
            return fail_memory(why);
    }
    return package_write_changed(plan->package, parts, plan->n, to, why);
}

static bool write_in_place(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    docx_plan plan;
    bool ok = docx_plan_make(&plan, d, why);
    if (ok && plan.n && plan.is_signed)
        ok = o->break_signature ? docx_plan_unsign(&plan)
                                : fail(why, MSG_DOCX_SIGNED, STR(""), NO_ARGS);
    if (ok && !plan.n) out_str(to, d->source);
    if (ok && plan.n) ok = write_plan(&plan, to, why);
    docx_plan_end(&plan);
    return ok;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    bool in_place = str_eq(d->format, STR("docx")) && !o->layout;
    return in_place ? write_in_place(d, o, to, why) : docx_new_write(d, o, to, why);
}

const writer writer_docx = {write};

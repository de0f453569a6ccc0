#include "format/docx_edit/docx_report.h"

#include "base/hash.h"
#include "format/docx_edit/docx_plan.h"

/* Whether what was written, going by its name, is the document in place. */
static bool is_in_place(const doc *d, const qw_write_options *o) {
    static const char *const extensions[] = {".docx", ".docm", ".dotx", ".dotm", ".xml"};
    str name = str_of(o->output);
    if (!str_eq(d->format, STR("docx")) || o->layout) return false;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        str extension = str_of(extensions[i]);
        if (name.n >= extension.n &&
            str_eq_nocase(str_cut(name, name.n - extension.n, name.n), extension))
            return true;
    }
    return !name.n;
}

static void write_base64(str s, out *to) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned char b[3] = {0};
        size_t n = s.n - i < 3 ? s.n - i : 3;
        memcpy(b, s.p + i, n);
        out_byte(to, digits[b[0] >> 2]);
        out_byte(to, digits[(b[0] & 3) << 4 | b[1] >> 4]);
        out_byte(to, n > 1 ? digits[(b[1] & 15) << 2 | b[2] >> 6] : '=');
        out_byte(to, n > 2 ? digits[b[2] & 63] : '=');
    }
}

/* What stood there, counted in the part as it is written. */
static bool write_cuts(const docx_plan *plan, const part_plan *p, out *to) {
    splice back;
    if (!splice_inverse(&p->cuts, p->text, &back)) return fail_memory(plan->why);
    out_text(to, ",\"cuts\":[");
    for (size_t i = 0; i < back.n; i++) {
        const cut *c = &back.cuts[i];
        out_printf(to, "%s[%zu,%zu,", i ? "," : "", p->head + c->off, c->len);
        out_json(to, c->with);
        out_byte(to, ']');
    }
    out_byte(to, ']');
    return true;
}

/* Of the part as it is written. */
static bool digest_of(const docx_plan *plan, const part_plan *p, uint64_t *digest) {
    const str *pieces;
    size_t n;
    hash_run run = hash_begin(0);
    if (!docx_part_pieces(plan, p, &pieces, &n)) return false;
    for (size_t i = 0; i < n; i++) hash_add(&run, pieces[i]);
    *digest = hash_end(&run);
    return true;
}

static bool write_part(const docx_plan *plan, const part_plan *p, out *to) {
    out_text(to, "{\"type\":\"part\",\"path\":");
    out_json(to, plan->d->name);
    out_text(to, ",\"part\":");
    out_json(to, p->name);
    if (!p->gone) {
        uint64_t digest;
        if (!digest_of(plan, p, &digest)) return fail_memory(plan->why);
        out_printf(to, ",\"digest\":\"%016llx\"", (unsigned long long)digest);
    }
    bool ok = true;
    if (p->gone || p->transcoded || p->whole.p) {
        out_text(to, ",\"bytes\":\"");
        write_base64(p->bytes, to);
        out_byte(to, '"');
    } else {
        ok = write_cuts(plan, p, to);
    }
    out_text(to, "}\n");
    return ok;
}

bool docx_report_write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    docx_plan plan;
    if (!is_in_place(d, o)) return true;
    bool ok = docx_plan_make(&plan, d, why);
    if (ok && plan.n && plan.is_signed && o->break_signature) ok = docx_plan_unsign(&plan);
    for (size_t i = 0; ok && i < plan.n; i++) ok = write_part(&plan, &plan.parts[i], to);
    docx_plan_end(&plan);
    return ok;
}

/* prune_fields: fields (ECMA-376 part 1, 17.16.18): a code between two marks, the result, a third
 * mark, spread over runs. The code goes with its result, and when its link is to go. */
#include "ooxml/prune_parts.h"

static void field_begins(pruner *p) {
    const frame *paragraph = prune_paragraph(p);
    if (p->nfields < PRUNE_FIELDS)
        p->fields[p->nfields] = (field){
            .paragraph = paragraph ? paragraph->off : 0,
            .first = p->ncodes,
        };
    p->nfields++;
}

static field *field_now(pruner *p) {
    return p->nfields && p->nfields <= PRUNE_FIELDS ? &p->fields[p->nfields - 1] : NULL;
}

/* Cuts the code out, and its run with it when that holds nothing else. */
static void cut_code(pruner *p, const field *f, size_t i) {
    code *c = &p->codes[i];
    frame *paragraph = prune_paragraph(p);
    if (c->gone) return;
    c->gone = true;
    prune_cut(p, c->off, c->end);
    if (paragraph) paragraph->codes--, paragraph->touched = true;
    bool shared = f->first > 0 && p->codes[f->first - 1].run == c->run;
    if (c->run_end && !c->run_keeps && !shared) prune_cut(p, c->run, c->run_end);
    if (c->run_end) return;
    for (uint32_t k = p->depth; k > 0; k--)
        if (p->frames[k].name == XML_W_r && p->frames[k].off == c->run) {
            p->frames[k].codes--;
            p->frames[k].touched = true;
        }
}

/* The field ends with the code entered last. */
static void field_ends(pruner *p) {
    field *f = field_now(p);
    const frame *paragraph = prune_paragraph(p);
    bool whole = f && paragraph && paragraph->off == f->paragraph;
    bool emptied = whole && f->result && p->ncuts > f->cuts && p->shown == f->shown;
    if (whole && (emptied || f->unwrap))
        for (size_t i = f->first; i < p->ncodes; i++) cut_code(p, f, i);
    if (p->nfields) p->nfields--;
    if (!p->nfields) p->ncodes = p->codes_in_run = 0;
}

/* A w:fldChar or w:instrText has ended; it counts as code. */
static void add_code(pruner *p, const frame *element, size_t end) {
    const frame *run = prune_outer(p);
    frame *paragraph = prune_paragraph(p);
    if (p->ncodes == p->codes_cap) {
        size_t cap = p->codes_cap ? 2 * p->codes_cap : 32;
        code *wider = arena_zalloc(p->mem, cap, sizeof *wider);
        if (!wider) {
            p->to->failed = true;
            return;
        }
        if (p->ncodes) memcpy(wider, p->codes, p->ncodes * sizeof *wider);
        p->codes = wider;
        p->codes_cap = cap;
    }
    p->codes[p->ncodes++] = (code){.off = element->off, .end = end, .run = run->off};
    p->codes_in_run++;
    prune_outer(p)->codes++;
    if (paragraph) paragraph->codes++;
}

void prune_end_code(pruner *p, const frame *element, size_t end) {
    if (element->field_mark == MARK_BEGIN || !p->nfields) field_begins(p);
    add_code(p, element, end);
    field *f = field_now(p);
    if (f && element->unwrap) f->unwrap = true;
    if (f && element->field_mark == MARK_SEPARATE)
        f->result = true, f->cuts = p->ncuts, f->shown = p->shown;
    if (element->field_mark == MARK_END) field_ends(p);
}

void prune_end_run_codes(pruner *p, const frame *run, size_t end) {
    for (size_t i = p->ncodes; i > 0 && p->codes_in_run; i--, p->codes_in_run--) {
        p->codes[i - 1].run_end = end;
        p->codes[i - 1].run_keeps = run->kept > 0;
    }
    p->codes_in_run = 0;
}

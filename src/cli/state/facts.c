#include "state/facts.h"

#include <string.h>

typedef struct tally {
    rule_fact rules[FACTS_RULES];
    uint32_t n, last; /* the one that was counted last: edits of one rule often follow each other */
    uint64_t edits;
    uint32_t kept;
} tally;

static bool same(qw_str a, qw_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* The entry of the rule; the last one counts what finds no room. */
static rule_fact *entry_of(tally *t, const qw_edit_info *e) {
    if (t->n && same(t->rules[t->last].rule, e->rule) && same(t->rules[t->last].filter, e->filter))
        return &t->rules[t->last];
    uint32_t i = 0;
    while (i < t->n && !(same(t->rules[i].rule, e->rule) && same(t->rules[i].filter, e->filter)))
        i++;
    if (i == FACTS_RULES) i--;
    if (i == t->n) t->rules[t->n++] = (rule_fact){.filter = e->filter, .rule = e->rule};
    t->last = i;
    return &t->rules[i];
}

static bool is_kept(const qw_edit_info *e) {
    return e->kind != QW_EDIT_ROLE;
}

static void count(tally *t, const qw_doc *d) {
    qw_edit_info e;
    for (size_t i = 0; qw_edit_get(d, i, &e, NULL); i++) {
        rule_fact *r = entry_of(t, &e);
        bool done = e.state == QW_EDIT_DONE && e.kind != QW_EDIT_FINDING;
        r->done += done;
        r->kept += !done;
        if (done && is_kept(&e) && e.before.n > e.after.n) r->bytes += e.before.n - e.after.n;
        t->edits += is_kept(&e);
    }
    t->kept = t->edits < FACTS_EDITS ? (uint32_t)t->edits : FACTS_EDITS;
}

/* ---- Packing ------------------------------------------------------------------------------- */

static void pack_str(text *t, qw_str s) {
    pack_bytes(t, s.p, s.n);
}

static void pack_name(text *t, const char *z) {
    pack_bytes(t, z ? z : "", z ? strlen(z) : 0);
}

static qw_str clip(qw_str s, size_t most) {
    if (s.n <= most) return s;
    while (most > 0 && ((unsigned char)s.p[most] & 0xC0) == 0x80) most--;
    return (qw_str){s.p, most};
}

static void pack_rule(text *t, const rule_fact *r) {
    pack_str(t, r->filter);
    pack_str(t, r->rule);
    PACK_VALUE(t, r->done);
    PACK_VALUE(t, r->kept);
    PACK_VALUE(t, r->bytes);
}

static void pack_edit(text *t, const qw_doc *d, size_t i) {
    qw_edit_info e;
    qw_place place;
    qw_str ahead, behind;
    qw_edit_get(d, i, &e, &place);
    qw_edit_context(d, i, FACTS_CONTEXT, &ahead, &behind);
    uint64_t number = i + 1, line = place.line, column = place.column;
    bool clipped = e.before.n > FACTS_TEXT || e.after.n > FACTS_TEXT;
    PACK_VALUE(t, number);
    PACK_VALUE(t, line);
    PACK_VALUE(t, column);
    PACK_VALUE(t, e.kind);
    PACK_VALUE(t, e.state);
    PACK_VALUE(t, e.score);
    PACK_VALUE(t, clipped);
    const qw_str strings[] = {place.part,
                              e.filter,
                              e.rule,
                              clip(e.why, FACTS_TEXT),
                              clip(e.before, FACTS_TEXT),
                              clip(e.after, FACTS_TEXT),
                              ahead,
                              behind};
    for (size_t k = 0; k < sizeof strings / sizeof *strings; k++) pack_str(t, strings[k]);
}

static void pack_edits(text *t, const qw_doc *d, uint32_t kept) {
    qw_edit_info e;
    for (size_t i = 0; kept > 0 && qw_edit_get(d, i, &e, NULL); i++) {
        if (!is_kept(&e)) continue;
        pack_edit(t, d, i);
        kept--;
    }
}

static void pack_summary(text *t, const qw_summary *sum, uint64_t edits, uint32_t rules,
                         uint32_t kept) {
    uint64_t removed = sum->removed_edits;
    pack_name(t, sum->format);
    pack_name(t, sum->encoding);
    pack_name(t, sum->line_ends);
    PACK_VALUE(t, sum->bom);
    PACK_VALUE(t, sum->changed);
    PACK_VALUE(t, removed);
    PACK_VALUE(t, sum->removed);
    PACK_VALUE(t, sum->undecodable);
    PACK_VALUE(t, edits);
    PACK_VALUE(t, rules);
    PACK_VALUE(t, kept);
}

void facts_pack(text *t, const qw_doc *d) {
    qw_summary sum;
    tally found = {.n = 0};
    qw_summarize(d, &sum);
    count(&found, d);
    pack_summary(t, &sum, found.edits, found.n, found.kept);
    for (uint32_t i = 0; i < found.n; i++) pack_rule(t, &found.rules[i]);
    pack_edits(t, d, found.kept);
}

void facts_pack_converted(text *t, const qw_summary *sum) {
    pack_summary(t, sum, 0, 0, 0);
}

/* ---- Unpacking ----------------------------------------------------------------------------- */

void facts_unpack(unpacker *u, facts *f) {
    f->format = unpack_bytes(u);
    f->encoding = unpack_bytes(u);
    f->line_ends = unpack_bytes(u);
    UNPACK_VALUE(u, f->bom);
    UNPACK_VALUE(u, f->changed);
    UNPACK_VALUE(u, f->removed);
    UNPACK_VALUE(u, f->removed_bytes);
    UNPACK_VALUE(u, f->undecodable);
    UNPACK_VALUE(u, f->edits);
    UNPACK_VALUE(u, f->nrules);
    UNPACK_VALUE(u, f->nkept);
}

void facts_unpack_rule(unpacker *u, rule_fact *r) {
    r->filter = unpack_bytes(u);
    r->rule = unpack_bytes(u);
    UNPACK_VALUE(u, r->done);
    UNPACK_VALUE(u, r->kept);
    UNPACK_VALUE(u, r->bytes);
}

void facts_unpack_edit(unpacker *u, edit_fact *e) {
    UNPACK_VALUE(u, e->number);
    UNPACK_VALUE(u, e->line);
    UNPACK_VALUE(u, e->column);
    UNPACK_VALUE(u, e->kind);
    UNPACK_VALUE(u, e->state);
    UNPACK_VALUE(u, e->score);
    UNPACK_VALUE(u, e->clipped);
    qw_str *strings[] = {&e->part,   &e->filter, &e->rule,  &e->why,
                         &e->before, &e->after,  &e->ahead, &e->behind};
    for (size_t k = 0; k < sizeof strings / sizeof *strings; k++) *strings[k] = unpack_bytes(u);
}

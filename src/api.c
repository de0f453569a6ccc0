/* api: the public functions, on top of everything else. */
#include "chain.h"
#include "format/docx_new/docx_layout.h"
#include "format/gongwen/gongwen.h"
#include "registry.h"
#include "text/detect.h"
#include "text/place.h"

#include <stdlib.h>

struct qw_workspace {
    arena *mem;
};

enum { KEEP_BETWEEN_DOCUMENTS = 16 * 1024 * 1024 };

qw_workspace *qw_workspace_new(void) {
    qw_workspace *space = malloc(sizeof *space);
    arena *mem = space ? arena_new(0) : NULL;
    if (!mem) return free(space), NULL;
    space->mem = mem;
    return space;
}

void qw_workspace_free(qw_workspace *space) {
    if (!space) return;
    arena_free(space->mem);
    free(space);
}

/* ---- Reading and writing --------------------------------------------------------------------- */

/* What one document may take: its text, blocks and edits are some multiple of the input. */
static size_t memory_limit(const qw_read_options *o, size_t input) {
    size_t fixed = (size_t)64 << 20;
    if (o->max_memory) return o->max_memory;
    return input > (SIZE_MAX - fixed) / 64 ? SIZE_MAX : input * 64 + fixed;
}

static bool check_size(const qw_read_options *o, size_t n, qw_error *why) {
    size_t most = o->max_input ? o->max_input : UINT32_MAX;
    return n <= most || fail(why, MSG_TOO_LARGE, STR(""), ARGS(NUM(n), NUM(most)));
}

static const reader *choose_reader(const qw_read_options *o, str bytes, str name, qw_error *why) {
    int bid;
    str format = str_of(o->format);
    const reader *r = registry_reader(format, bytes, name, &bid);
    if (r) return r;
    if (format.n)
        fail(why, MSG_NO_FORMAT, STR(""), ARGS(format));
    else
        fail(why, MSG_NO_READER, STR(""), NO_ARGS);
    return NULL;
}

/* Memory was out: of the process, or of what the document is allowed. */
static void fail_out_of_memory(const arena *mem, qw_error *why) {
    if (arena_over_limit(mem))
        fail(why, MSG_MEMORY_LIMIT, STR(""), NO_ARGS);
    else
        fail_memory(why);
}

static void report_failure(const doc *d, qw_error *why) {
    if (!why || why->code != QW_OK) return;
    if (d->why.code == QW_MEMORY)
        fail_out_of_memory(d->mem, why);
    else
        *why = d->why;
}

qw_doc *qw_read(qw_workspace *space, const qw_input *input, const qw_read_options *options,
                qw_error *why) {
    static const qw_read_options none = {0};
    const qw_read_options *o = options ? options : &none;
    str bytes = str_make(input->n ? input->bytes : "", input->n), name = str_of(input->name);
    fail_begin(why);
    arena_reset(space->mem, KEEP_BETWEEN_DOCUMENTS);
    arena_set_limit(space->mem, memory_limit(o, input->n));
    if (!check_size(o, input->n, why)) return NULL;
    const reader *r = choose_reader(o, bytes, name, why);
    doc *d = r ? doc_new(space->mem, utf8_shown(space->mem, name), bytes) : NULL;
    if (r && arena_failed(space->mem)) fail_out_of_memory(space->mem, why);
    if (!d || arena_failed(space->mem)) return NULL;
    d->format = str_of(registry_reader_name(r));
    d->limits = o->limits;
    d->fixed = o->fixed;
    d->places = arena_zalloc(space->mem, 1, sizeof *d->places);
    if (!d->places) return fail_memory(why), NULL;
    d->places->d = d;
    r->read(d, o);
    if (doc_ok(d)) return d;
    report_failure(d, why);
    return NULL;
}

bool qw_run(const qw_chain *chain, qw_doc *d, qw_error *why) {
    fail_begin(why);
    if (d->fixed && chain->nstages) return fail(why, MSG_READ_FIXED, STR(""), NO_ARGS);
    chain_run(chain, d);
    if (!doc_ok(d)) report_failure(d, why);
    return doc_ok(d);
}

bool qw_layout_font(const char *layout, size_t i, qw_font *font) {
    qw_error why = {0};
    arena *mem = arena_new(0);
    const docx_layout *l = mem ? docx_layout_find(mem, layout, &why) : NULL;
    const docx_typeface *face = l ? docx_layout_face(l, i) : NULL;
    if (face) *font = (qw_font){face->chinese, face->substitute};
    arena_free(mem);
    return face != NULL;
}

bool qw_check_layout(qw_doc *d, const char *layout, qw_error *why) {
    fail_begin(why);
    if (!layout || strcmp(layout, "gongwen") != 0)
        return fail(why, MSG_NO_STANDARD, STR(""), ARGS(str_of(layout ? layout : "")));
    if (!doc_ok(d)) return fail(why, MSG_FAILED_BEFORE, STR(""), NO_ARGS);
    return gongwen_check(d, why);
}

bool qw_write(qw_doc *d, const char *format, const qw_write_options *options, const qw_sink *sink,
              qw_error *why) {
    static const qw_write_options none = {0};
    fail_begin(why);
    const writer *w = registry_writer(str_of(format));
    if (!w) return fail(why, MSG_NO_FORMAT, STR(""), ARGS(str_of(format)));
    if (!doc_ok(d)) return fail(why, MSG_FAILED_BEFORE, STR(""), NO_ARGS);
    out *to = arena_alloc(d->mem, sizeof *to);
    if (!to) return fail_memory(why);
    out_begin(to, sink);
    if (!w->write(d, options ? options : &none, to, why)) return false;
    return out_end(to) || fail(why, MSG_SINK, STR(""), NO_ARGS);
}

/* ---- Looking --------------------------------------------------------------------------------- */

void qw_summarize(const qw_doc *d, qw_summary *info) {
    *info = (qw_summary){
        .format = d->format.p,
        .encoding = d->encoding.p ? d->encoding.p : "",
        .line_ends = line_ends_name(d->line_ends),
        .bom = d->bom,
        .blocks = d->nblocks,
        .undecodable = d->undecodable,
    };
    for (size_t i = 0; i < d->nedits; i++) {
        const edit *e = &d->edits[i];
        if (e->state != QW_EDIT_DONE || e->kind > QW_EDIT_DROP) continue;
        info->changed = true;
        if (e->before.n <= e->after.n && e->kind == QW_EDIT_REPLACE) continue;
        info->removed_edits++;
        info->removed += e->before.n - e->after.n;
    }
}

bool qw_stretch_get(const qw_doc *d, size_t i, qw_stretch *info) {
    if (i >= d->nstretches) return false;
    const stretch *s = &d->stretches[i];
    *info = (qw_stretch){s->off, s->len, encoding_name(s->enc)};
    return true;
}

/* Goes on from the place asked for before: asking in order costs one pass over a block. */
static qw_place find_place(const doc *d, uint32_t index, size_t from, size_t to) {
    place_finder alone = {.d = d};
    return place_find(d->places ? d->places : &alone, index, from, to);
}

size_t qw_block_count(const qw_doc *d) {
    return d->nblocks;
}

bool qw_block_get(const qw_doc *d, size_t i, qw_block_info *info, qw_place *place) {
    if (i >= d->nblocks) return false;
    const block *b = &d->blocks[i];
    *info = (qw_block_info){
        .text = b->text,
        .role = (qw_role)b->role,
        .level = b->level,
        .lead = b->lead,
        .removed = !block_stands(b),
    };
    if (b->more) info->label = b->more->label, info->reason = b->more->reason;
    if (place) *place = find_place(d, (uint32_t)i, 0, block_original(b).n);
    return true;
}

size_t qw_edit_count(const qw_doc *d) {
    return d->nedits;
}

bool qw_edit_get(const qw_doc *d, size_t i, qw_edit_info *info, qw_place *place) {
    if (i >= d->nedits) return false;
    const edit *e = &d->edits[i];
    *info = (qw_edit_info){
        .kind = e->kind,
        .state = e->state,
        .filter = e->filter,
        .rule = e->rule,
        .before = e->before,
        .after = e->after,
        .why = e->why,
        .score = e->score,
        .block = e->block,
        .group = e->group,
    };
    if (place) *place = find_place(d, e->block, e->from, e->to);
    return true;
}

/* The first or the last bytes of a text, at most so many, without cutting a character. */
static str first_bytes(str s, size_t most) {
    size_t at = most < s.n ? most : s.n;
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80) at--;
    return str_cut(s, 0, at);
}

static str last_bytes(str s, size_t most) {
    size_t at = most < s.n ? s.n - most : 0;
    while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80) at++;
    return str_cut(s, at, s.n);
}

bool qw_edit_context(const qw_doc *d, size_t i, size_t most, qw_str *ahead, qw_str *behind) {
    *ahead = *behind = (qw_str){"", 0};
    if (i >= d->nedits) return false;
    const edit *e = &d->edits[i];
    if (e->kind == QW_EDIT_DROP) {
        if (e->block > 0) *ahead = last_bytes(block_original(&d->blocks[e->block - 1]), most);
        if (e->block + 1 < d->nblocks)
            *behind = first_bytes(block_original(&d->blocks[e->block + 1]), most);
        return true;
    }
    str original = block_original(&d->blocks[e->block]);
    *ahead = last_bytes(str_cut(original, 0, e->from), most);
    *behind = first_bytes(str_cut(original, e->to, original.n), most);
    return true;
}

size_t qw_note_count(const qw_doc *d) {
    return d->nnotes;
}

bool qw_note_get(const qw_doc *d, size_t i, qw_note_info *info) {
    if (i >= d->nnotes) return false;
    const note *n = &d->notes[i];
    *info = (qw_note_info){.id = message_name(n->id), .level = message_level(n->id)};
    if (n->part < d->nparts) info->place.part = d->parts[n->part].name;
    info->place.offset = n->off;
    info->place.length = n->len;
    if (n->block != NO_BLOCK) info->place.line = (size_t)n->block + 1;
    for (int l = 0; l < QW_LANGUAGES; l++)
        message_text(n->id, (qw_language)l, n->args, info->text[l], sizeof info->text[l]);
    return true;
}

bool qw_chain_rule(const qw_chain *c, size_t i, qw_rule_info *info) {
    for (size_t s = 0; s < c->nstages; s++) {
        const ruleset *rules = c->stages[s].filter->borrows ? NULL : c->stages[s].rules;
        size_t n = rules ? ruleset_count(rules) : 0;
        if (i >= n) {
            i -= n;
            continue;
        }
        const rule *r = ruleset_at(rules, i);
        *info = (qw_rule_info){r->id, r->filter, r->kind, r->pattern, r->origin, r->score};
        return true;
    }
    return false;
}

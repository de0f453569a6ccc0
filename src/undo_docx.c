#include "undo_docx.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/out.h"
#include "model/edit.h"
#include "ooxml/package.h"
#include "ooxml/splice.h"

typedef struct putting {
    arena *mem;
    package *package;
    changed_part *parts;
    size_t n, cap;
    qw_error *why;
} putting;

static bool bad_report(putting *u) {
    return fail(u->why, MSG_BAD_REPORT, STR(""), NO_ARGS);
}

static bool stale(putting *u) {
    return fail(u->why, MSG_OUTPUT_CHANGED, STR(""), NO_ARGS);
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

static int digit_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool read_base64(putting *u, str text, str *bytes) {
    char *p = arena_alloc(u->mem, text.n / 4 * 3 + 4);
    size_t n = 0;
    uint32_t gathered = 0;
    unsigned bits = 0;
    if (!p) return fail_memory(u->why);
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        int value = digit_value(text.p[i]);
        if (value < 0) return bad_report(u);
        gathered = gathered << 6 | (uint32_t)value;
        bits += 6;
        if (bits >= 8) p[n++] = (char)(gathered >> (bits -= 8) & 0xFF);
    }
    *bytes = str_make(p, n);
    return true;
}

static bool put_cuts_back(putting *u, const json *cuts, str now, str *bytes) {
    splice s;
    splice_begin(&s, u->mem);
    size_t end = 0;
    for (size_t i = 0; i < json_count(cuts); i++) {
        const json *c = json_at(cuts, i);
        long long at = json_int(json_at(c, 0), -1), n = json_int(json_at(c, 1), -1);
        str was = json_text(json_at(c, 2));
        if (at < 0 || n < 0 || !was.p || (size_t)at < end) return bad_report(u);
        if ((size_t)at > now.n || (size_t)n > now.n - (size_t)at) return stale(u);
        was = arena_str(u->mem, was);
        if (!was.p) return fail_memory(u->why);
        splice_cut(&s, (size_t)at, (size_t)n, was);
        end = (size_t)at + (size_t)n;
    }
    splice_settle(&s, now);
    return splice_apply(&s, now, bytes) || fail_memory(u->why);
}

/* ---- Parts ----------------------------------------------------------------------------------- */

static bool is_digest(str bytes, str hex) {
    static const char digits[] = "0123456789abcdef";
    uint64_t h = hash64(bytes, 0);
    char want[16];
    for (int i = 0; i < 16; i++) want[i] = digits[h >> (60 - 4 * i) & 15];
    return str_eq(hex, str_make(want, sizeof want));
}

static changed_part *add_part(putting *u, str name) {
    if (u->n == u->cap) {
        size_t cap = u->cap ? 2 * u->cap : 16;
        changed_part *wider = arena_zalloc(u->mem, cap, sizeof *wider);
        if (!wider) return NULL;
        if (u->n) memcpy(wider, u->parts, u->n * sizeof *wider);
        u->parts = wider;
        u->cap = cap;
    }
    u->parts[u->n] = (changed_part){.name = arena_str(u->mem, name)};
    return u->parts[u->n].name.p ? &u->parts[u->n++] : NULL;
}

/* One record of a part: changed, or gone. */
static bool put_part_back(putting *u, const json *r) {
    str name = json_text(json_get(r, "part")), digest = json_text(json_get(r, "digest"));
    str whole = json_text(json_get(r, "bytes")), now;
    size_t i = name.n ? package_find(u->package, name) : STR_NONE;
    if (!name.n) return bad_report(u);
    if ((i == STR_NONE) == (digest.p != NULL)) return stale(u);
    if (i != STR_NONE && !package_read(u->package, i, &now, u->why)) return false;
    if (i != STR_NONE && !is_digest(now, digest)) return stale(u);
    changed_part *back = add_part(u, name);
    if (!back) return fail_memory(u->why);
    if (whole.p) return read_base64(u, whole, &back->bytes);
    return i == STR_NONE ? bad_report(u) : put_cuts_back(u, json_get(r, "cuts"), now, &back->bytes);
}

static bool is_part_of(const json *r, str path) {
    return str_eq(json_text(json_get(r, "type")), STR("part")) &&
           str_eq(json_text(json_get(r, "path")), path);
}

static bool put_all_back(putting *u, str report, str path) {
    str text;
    bool ok = true;
    while (ok && str_next(&report, '\n', &text)) {
        if (!str_starts(text, STR("{\"type\":\"part\""))) continue;
        json *r = json_parse(text, NULL);
        ok = r ? !is_part_of(r, path) || put_part_back(u, r) : bad_report(u);
        json_free(r);
    }
    return ok;
}

static bool write_back(putting *u, const qw_undo_request *request, const qw_sink *sink) {
    out to;
    out_begin(&to, sink);
    if (u->n && !package_write_changed(u->package, u->parts, u->n, &to, u->why)) return false;
    if (!u->n) out_str(&to, request->output);
    return out_end(&to) || fail(u->why, MSG_SINK, STR(""), NO_ARGS);
}

/* ---- Some of the edits ----------------------------------------------------------------------- */

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

/* A document that is cleaned again by what the report says. */
typedef struct remaking {
    arena *mem;
    doc *d;
    bool all; /* by every edit; else by those that are not to be put back */
    qw_error *why;
} remaking;

static bool only_whole(qw_error *why) {
    return fail(why, MSG_UNDO_WHOLE, STR(""), NO_ARGS);
}

/* Edits of one block that are made in one go: they follow one another and count in its text as it
 * stands before them. */
typedef struct batch {
    change *changes;
    size_t n, end;   /* end: of the last one, in the text as it stands after them */
    ptrdiff_t grown; /* by how much they make the text longer */
} batch;

static void make_batch(remaking *m, uint32_t index, batch *b) {
    if (b->n) edit_apply(m->d, index, b->changes, b->n);
    b->n = b->end = 0;
    b->grown = 0;
}

static bool add_change(remaking *m, uint32_t index, batch *b, const entry *e, size_t at) {
    if (at < b->end) make_batch(m, index, b);
    str text = m->d->blocks[index].text;
    ptrdiff_t from = (ptrdiff_t)at - b->grown;
    if (from < 0 || (size_t)from > text.n || e->before.n > text.n - (size_t)from ||
        !str_eq(str_cut(text, (size_t)from, (size_t)from + e->before.n), e->before))
        return only_whole(m->why);
    b->changes[b->n++] = (change){.at = (size_t)from, .n = e->before.n, .after = e->after};
    b->grown += (ptrdiff_t)e->after.n - (ptrdiff_t)e->before.n;
    b->end = at + e->after.n;
    return true;
}

static void give_role(remaking *m, uint32_t index, const entry *e) {
    if (!m->all && e->wanted) return;
    m->d->blocks[index].role = e->role;
    m->d->blocks[index].level = e->level;
}

/* Makes the edits of a block that stand. One whose block went with what holds it has no more to
 * do. */
static bool remake_block(remaking *m, uint32_t index, const entry *newest) {
    history h;
    undone_list done;
    batch b = {0};
    const block *at_work = &m->d->blocks[index];
    if (!history_make(&h, newest, m->mem) || !undone_begin(&done, &h, m->mem))
        return fail_memory(m->why);
    b.changes = arena_alloc(m->mem, (h.n + 1) * sizeof *b.changes);
    if (!b.changes) return fail_memory(m->why);
    for (size_t i = 0; i < h.n; i++) {
        const entry *e = h.edits[i];
        size_t at = e->at;
        if (e->gives_role) {
            give_role(m, index, e);
            continue;
        }
        if (!m->all && !e->drop && !undone_pass(&done, e, &at, m->why)) return false;
        if ((!m->all && e->wanted) || !block_stands(at_work)) continue;
        if (e->drop) {
            make_batch(m, index, &b);
            edit_drop(m->d, index, (reason){0});
        } else if (!add_change(m, index, &b, e, at)) {
            return false;
        }
    }
    make_batch(m, index, &b);
    return true;
}

static bool remake_blocks(remaking *m, undo_edits edits) {
    doc *d = m->d;
    if (d->read_more) d->read_more(d);
    d->apply_headings = edits.heading_styles;
    for (size_t i = 0; i < edits.n && doc_ok(d); i++) {
        size_t index = edits.newest[i]->line;
        if (index >= d->nblocks) return only_whole(m->why);
        if (!remake_block(m, (uint32_t)index, edits.newest[i])) return false;
    }
    if (!doc_ok(d)) *m->why = d->why;
    return doc_ok(d);
}

/* Cleans the document as it was read again. */
static bool remake(putting *u, const qw_undo_request *request, str source, str path,
                   undo_edits edits, bool all, const qw_sink *sink) {
    qw_workspace *space = qw_workspace_new();
    if (!space) return fail_memory(u->why);
    qw_input input = {path.p, source.p, source.n};
    qw_read_options read = {.format = "docx", .limits = request->limits};
    qw_write_options write = {.break_signature = true};
    remaking m = {.mem = u->mem, .all = all, .why = u->why};
    m.d = qw_read(space, &input, &read, u->why);
    bool ok = m.d && remake_blocks(&m, edits) && qw_write(m.d, "docx", &write, sink, u->why);
    qw_workspace_free(space);
    return ok;
}

/* Whether two packages hold the same parts, byte for byte. */
static bool same_parts(package *p, package *q) {
    if (package_count(p) != package_count(q)) return false;
    for (size_t i = 0; i < package_count(p); i++) {
        str x, y;
        qw_error ignored = {0};
        size_t k = package_find(q, package_at(p, i)->name);
        if (k == STR_NONE) return false;
        bool read = package_read(p, i, &x, &ignored);
        if (read != package_read(q, k, &y, &ignored) || (read && !str_eq(x, y))) return false;
    }
    return true;
}

/* Whether the report's edits are all that was done: made again, they give the output. */
static bool is_told_in_full(putting *u, const qw_undo_request *request, str source, str path,
                            undo_edits edits) {
    buf made = BUF_INIT(SIZE_MAX);
    qw_sink sink = {to_buf, &made};
    bool ok = remake(u, request, source, path, edits, true, &sink);
    package *again =
        ok ? package_open(u->mem, buf_str(&made), STR(""), &request->limits, u->why) : NULL;
    ok = again && (same_parts(u->package, again) || only_whole(u->why));
    package_close(again);
    buf_free(&made);
    return ok;
}

static bool put_some_back(putting *u, const qw_undo_request *request, str path, undo_edits edits,
                          const qw_sink *sink) {
    buf source = BUF_INIT(SIZE_MAX);
    qw_sink to_source = {to_buf, &source};
    bool ok = write_back(u, request, &to_source);
    ok = ok && is_told_in_full(u, request, buf_str(&source), path, edits) &&
         remake(u, request, buf_str(&source), path, edits, false, sink);
    buf_free(&source);
    return ok;
}

bool undo_docx(const qw_undo_request *request, str path, undo_edits edits, arena *mem,
               const qw_sink *sink, qw_error *why) {
    putting u = {.mem = mem, .why = why};
    qw_error ignored = {0};
    u.package = package_open(mem, request->output, STR(""), &request->limits, &ignored);
    if (!u.package) return fail(why, MSG_UNDO_FORMAT, STR(""), NO_ARGS);
    bool ok = put_all_back(&u, request->report, path);
    if (ok)
        ok = request->only ? put_some_back(&u, request, path, edits, sink)
                           : write_back(&u, request, sink);
    package_close(u.package);
    return ok;
}

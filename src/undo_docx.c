#include "undo_docx.h"

#include "base/hash.h"
#include "base/json.h"
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
    changed_part *part = add_part(u, name);
    if (!part) return fail_memory(u->why);
    if (whole.p) return read_base64(u, whole, &part->bytes);
    return i == STR_NONE ? bad_report(u) : put_cuts_back(u, json_get(r, "cuts"), now, &part->bytes);
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

bool undo_docx(const qw_undo_request *request, str path, arena *mem, const qw_sink *sink,
               qw_error *why) {
    putting u = {.mem = mem, .why = why};
    qw_error ignored = {0};
    if (request->only) return fail(why, MSG_UNDO_WHOLE, STR(""), NO_ARGS);
    u.package = package_open(mem, request->output, STR(""), &request->limits, &ignored);
    if (!u.package) return fail(why, MSG_UNDO_FORMAT, STR(""), NO_ARGS);
    bool ok = put_all_back(&u, request->report, path) && write_back(&u, request, sink);
    package_close(u.package);
    return ok;
}

/* fix: names of files as they should read: qw_names_*. */
#include "base/message.h"
#include "base/utf8.h"
#include "text/names.h"

struct qw_names {
    arena *mem;
    str *names;
    str *how;
    size_t n;
};

/* Bytes that are not UTF-8 are judged together; what is UTF-8 is believed to be it. */
static bool decode_names(qw_names *f, const qw_str *names) {
    raw_name *raw = arena_alloc(f->mem, (f->n + 1) * sizeof *raw);
    if (!raw) return false;
    for (size_t i = 0; i < f->n; i++) raw[i] = (raw_name){names[i], true};
    const encoding *e = names_encoding(f->mem, raw, f->n);
    for (size_t i = 0; e && i < f->n; i++) f->names[i] = names_decode(f->mem, e, &raw[i]);
    if (!e || arena_failed(f->mem) || !names_repair(f->mem, f->names, f->how, f->n)) return false;
    for (size_t i = 0; i < f->n; i++)
        if (utf8_valid_prefix(names[i]) < names[i].n) f->how[i] = str_of(encoding_name(e));
    return true;
}

qw_names *qw_names_fix(const qw_str *names, size_t n, qw_error *why) {
    fail_begin(why);
    arena *mem = arena_new(0);
    qw_names *f = mem ? arena_zalloc(mem, 1, sizeof *f) : NULL;
    if (f) {
        f->mem = mem;
        f->n = n;
        f->names = arena_zalloc(mem, n + 1, sizeof *f->names);
        f->how = arena_zalloc(mem, n + 1, sizeof *f->how);
        if (f->names && f->how && decode_names(f, names)) return f;
    }
    arena_free(mem);
    fail_memory(why);
    return NULL;
}

bool qw_names_get(const qw_names *f, size_t i, qw_str *name, qw_str *how) {
    if (i >= f->n) return false;
    *name = f->names[i];
    *how = f->how[i];
    return true;
}

void qw_names_free(qw_names *f) {
    if (f) arena_free(f->mem);
}

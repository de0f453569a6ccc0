/* fix: names of files as they should read: qw_names_*. */
#include "base/message.h"
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
    str *encodings = arena_zalloc(f->mem, f->n + 1, sizeof *encodings);
    names_reading reading;
    if (!encodings || !names_judge(f->mem, raw, f->n, &reading)) return false;
    for (size_t i = 0; i < f->n; i++)
        if (!names_decode(f->mem, &reading, &raw[i], &f->names[i], &encodings[i])) return false;
    if (!names_repair(f->mem, f->names, f->how, f->n)) return false;
    for (size_t i = 0; i < f->n; i++)
        if (encodings[i].n) f->how[i] = encodings[i];
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

#include "report.h"

#include "path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name for all the inputs together. */
static char *inputs_key(const options *o) {
    text t = {0};
    uint64_t all = 0;
    for (size_t i = 0; i < o->ninputs; i++) {
        char *whole = realpath(o->inputs[i], NULL);
        const char *name = whole ? whole : o->inputs[i];
        all = digest_after(all, name, strlen(name));
        free(whole);
    }
    text_printf(&t, "report-of-%016llx", (unsigned long long)all);
    return t.p; /* NULL when memory was out */
}

static bool complain(const planned *made, const report *r, say_id what, text *why) {
    const options *o = made->plan.o;
    const char *word =
        what == SAY_IS_FOREIGN ? o->inputs[0] : say_errno(o->language, r->file.error);
    say_error(why, o->language, o->value[OPTION_REPORT], what, WORDS(word));
    return false;
}

static bool open_file(report *r, const planned *made, const char *path, text *why) {
    say_id what = SAY_OUT_OF_MEMORY;
    char *folder = path_folder(path);
    r->key = inputs_key(made->plan.o);
    r->ledger = folder ? ledger_open(folder) : NULL;
    free(folder);
    if (!r->key || !r->ledger) return complain(made, r, what, why);
    output_rules rules = made->plan.rules;
    rules.known = r->ledger;
    char *own = path_join("", path), *base = path_base(path);
    if (!output_prepare(&r->file, own, base, &rules, NULL, r->key, &what) ||
        !output_begin(&r->file, UINT32_MAX, &what))
        return complain(made, r, what, why);
    r->open = true;
    if (stat(path, &r->there) != 0) r->there.st_nlink = 0;
    return true;
}

bool report_open(report *r, const planned *made, text *why) {
    const char *path = made->plan.o->value[OPTION_REPORT];
    *r = (report){.file = {.fd = -1}};
    if (!path || made->plan.dry) return true;
    r->to_stdout = strcmp(path, "-") == 0;
    return r->to_stdout || open_file(r, made, path, why);
}

bool report_add(report *r, const text *records, const struct stat *source) {
    if (r->to_stdout) return write_all(STDOUT_FILENO, text_z(records), records->n);
    if (!r->open) return true;
    if (r->there.st_nlink && source->st_nlink && source->st_dev == r->there.st_dev &&
        source->st_ino == r->there.st_ino)
        r->is_source = true;
    output_sink(&r->file, text_z(records), records->n); /* report_close() tells of a failure */
    return true;
}

static bool commit(report *r, const planned *made, text *why) {
    say_id what = SAY_CANNOT_WRITE;
    if (r->is_source) return complain(made, r, SAY_IS_SOURCE, why);
    if (!output_end(&r->file) || !output_commit(&r->file, r->ledger, r->key, &what))
        return complain(made, r, what, why);
    return true;
}

bool report_close(report *r, const planned *made, text *why) {
    bool ok = !r->open || commit(r, made, why);
    output_drop(&r->file);
    ledger_close(r->ledger);
    free(r->key);
    return ok;
}

#include "run/report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool complain(const planned *made, const report *r, say_id what, text *why) {
    const options *o = made->plan.o;
    single_say(why, o->language, o->value[OPTION_REPORT], o->inputs[0], what, r->made.file.error);
    return false;
}

static bool open_file(report *r, const planned *made, const char *path, text *why) {
    say_id what;
    if (!single_begin(&r->made, path, inputs_key("report", made->plan.o), &made->plan.rules, NULL,
                      made->state, made->folder, &what))
        return complain(made, r, what, why);
    r->open = true;
    if (stat(path, &r->there) != 0) r->there.st_nlink = 0;
    return true;
}

bool report_open(report *r, const planned *made, text *why) {
    const char *path = made->plan.o->value[OPTION_REPORT];
    *r = (report){.made = {.file = {.fd = -1}}};
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
    output_sink(&r->made.file, text_z(records), records->n); /* report_close() tells of a failure */
    return true;
}

static bool commit(report *r, const planned *made, text *why) {
    say_id what;
    if (r->is_source) return complain(made, r, SAY_IS_SOURCE, why);
    if (!single_end(&r->made, &what)) return complain(made, r, what, why);
    return true;
}

bool report_close(report *r, const planned *made, text *why) {
    bool ok = !r->open || commit(r, made, why);
    single_drop(&r->made);
    return ok;
}

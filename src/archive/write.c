/* write: archives that are made. */
#include "base/zip.h"

#include <stdlib.h>

struct qw_archive_maker {
    zipmaker *zip;
};

qw_archive_maker *qw_archive_make(const char *path, qw_error *why) {
    fail_begin(why);
    qw_archive_maker *m = calloc(1, sizeof *m);
    if (!m) return fail_memory(why), NULL;
    m->zip = zipmaker_new(path, why);
    if (m->zip) return m;
    free(m);
    return NULL;
}

bool qw_archive_add(qw_archive_maker *m, const char *name, const char *file, uint64_t offset,
                    uint64_t n, int64_t time, qw_error *why) {
    fail_begin(why);
    return zipmaker_add(m->zip, str_of(name), file, offset, n, time, why);
}

bool qw_archive_finish(qw_archive_maker *m, qw_error *why) {
    fail_begin(why);
    return zipmaker_finish(m->zip, why);
}

void qw_archive_maker_free(qw_archive_maker *m) {
    if (!m) return;
    zipmaker_free(m->zip);
    free(m);
}

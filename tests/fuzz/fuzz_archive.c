/* Any bytes as an archive: listed, and all that is not refused unpacked. No name that is not
 * refused may lead out of the folder it is unpacked to. */
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static bool count(void *self, const void *bytes, size_t n) {
    uint64_t *sum = self;
    (void)bytes;
    *sum += n;
    return true;
}

static void check_name(str name) {
    str rest = name, step;
    must(utf8_valid_prefix(name) == name.n);
    must(name.n == 0 || (name.p[0] != '/' && name.p[name.n - 1] != '/'));
    while (str_next(&rest, '/', &step))
        must(step.n && !str_eq(step, STR("..")) && !str_eq(step, STR(".")));
    for (size_t i = 0; i < name.n; i++) must((uint8_t)name.p[i] >= 0x20 && name.p[i] != '\\');
}

static void read_members(qw_archive *a) {
    qw_member m;
    qw_error refused;
    for (size_t i = 0; qw_archive_member(a, i, &m, &refused); i++) {
        uint64_t sum = 0;
        qw_error why;
        qw_sink sink = {count, &sum};
        if (refused.code || m.kind != QW_MEMBER_FILE) continue;
        check_name(str_of(m.name));
        bool ok = qw_archive_read(a, i, &sink, &why);
        must(ok == (why.code == QW_OK));
        must(!ok || !m.sized || sum == m.size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const qw_archive_options limits = {
        .max_members = 50, .max_total = 1 << 20, .password = "secret", .repair_names = true};
    qw_error why;
    qw_archive *a =
        qw_archive_open(&(qw_input){.name = "x.gz", .bytes = data, .n = size}, &limits, &why);
    must((a != NULL) == (why.code == QW_OK));
    if (a) qw_archive_is_document(a);
    if (a && qw_archive_list(a, &why)) read_members(a);
    qw_archive_close(a);
    return 0;
}

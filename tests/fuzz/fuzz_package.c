/* Any bytes as a package: opened, all that it says of itself read, all its parts read. */
#include "ooxml/package.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static void read_parts(package *p) {
    for (size_t i = 0; i < package_count(p); i++) {
        qw_error why = {0};
        relations r;
        str bytes = {NULL, 0}, type;
        must(package_find(p, package_at(p, i)->name) == i);
        bool ok = package_read(p, i, &bytes, &why);
        must(ok == (why.code == QW_OK));
        must(!ok || (bytes.p && bytes.n == package_at(p, i)->size));
        package_content_type(p, i, &type, &(qw_error){0});
        if (!package_relations(p, package_at(p, i)->name, &r, &(qw_error){0})) continue;
        for (size_t k = 0; k < r.n; k++) must(relations_by_id(&r, r.list[k].id) != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const package_limits limits = {.entries = 100, .part = 1 << 20, .total = 4 << 20};
    arena *mem = arena_new((size_t)64 << 20);
    qw_error why = {0};
    size_t main;
    must(mem != NULL);
    package *p =
        package_open(mem, str_make((const char *)data, size), STR("x.docx"), &limits, &why);
    must((p != NULL) == (why.code == QW_OK));
    if (p) {
        package_main(p, &main, &why);
        read_parts(p);
    }
    package_close(p);
    arena_free(mem);
    return 0;
}

/* package: see package.h. */
#include "base/zip.h"
#include "base/zip_mend.h"
#include "ooxml/package_parts.h"

#include <stdlib.h>

enum { MEBIBYTE = 1024 * 1024, RATIO_FROM = 10 * MEBIBYTE };

static const package_limits defaults = {
    .entries = 10000,
    .part = (size_t)512 * MEBIBYTE,
    .total = (size_t)1024 * MEBIBYTE,
    .ratio = 200,
};

void package_close(package *p) {
    if (p) zipfile_close(p->zip);
    if (p) p->zip = NULL;
}

static package *new_package(arena *mem, str bytes, const package_limits *limits) {
    package *p = arena_zalloc(mem, 1, sizeof *p);
    if (!p) return NULL;
    p->mem = mem;
    p->source = bytes;
    p->limits = defaults;
    if (limits && limits->entries) p->limits.entries = limits->entries;
    if (limits && limits->part) p->limits.part = limits->part;
    if (limits && limits->total) p->limits.total = limits->total;
    if (limits) p->limits.depth = limits->depth;
    if (limits && limits->ratio) p->limits.ratio = limits->ratio;
    return p;
}

/* ---- The ZIP directory ----------------------------------------------------------------------- */

static bool read_entry(package *p, size_t index, qw_error *why) {
    zipfile_entry info;
    package_part *part = &p->parts[p->nparts];
    if (!zipfile_at(p->zip, index, &info))
        return fail(why, MSG_ZIP_BROKEN, STR(""), ARGS(str_of(zipfile_cause(p->zip))));
    str name = package_clean_name(p->mem, info.name);
    if (!name.p) return fail_memory(why);
    if (str_ends(name, STR("/"))) return true; /* a folder is no part */
    if (!package_good_name(name)) return fail(why, MSG_ZIP_BAD_NAME, name, NO_ARGS);
    *part = (package_part){name, (size_t)info.size, (size_t)info.packed};
    p->entries[p->nparts++] = (package_entry){.zip_index = index};
    return true;
}

static bool read_directory(package *p, qw_error *why) {
    size_t n = zipfile_count(p->zip);
    if (n > p->limits.entries)
        return fail(why, MSG_ZIP_ENTRIES, STR(""), ARGS(NUM(n), NUM(p->limits.entries)));
    if (!package_room(p, n)) return fail_memory(why);
    for (size_t i = 0; i < n; i++)
        if (!read_entry(p, i, why)) return false;
    return true;
}

static bool refuse(enum package_kind kind, qw_error *why) {
    static const message_id messages[] = {
        [PACKAGE_NONE] = MSG_NO_READER,      [PACKAGE_ENCRYPTED] = MSG_ZIP_ENCRYPTED_OFFICE,
        [PACKAGE_OLD_DOC] = MSG_ZIP_OLD_DOC, [PACKAGE_OLE] = MSG_ZIP_OTHER_OLE,
        [PACKAGE_CIPHERTEXT] = MSG_ZIP_TSD,  [PACKAGE_LOCK_FILE] = MSG_ZIP_LOCK_FILE,
        [PACKAGE_RTF] = MSG_ZIP_RTF,         [PACKAGE_PDF] = MSG_ZIP_PDF,
    };
    return fail(why, messages[kind], STR(""), NO_ARGS);
}

static bool open_parts(package *p, str name, qw_error *why) {
    enum package_kind kind = package_kind(p->source, name);
    switch (kind) {
    case PACKAGE_ZIP:
    case PACKAGE_LATE_ZIP:
        p->source = zip_without_lead(p->source);
        p->zip = zipfile_open(p->source, why);
        if (!p->zip || !read_directory(p, why)) return false;
        break;
    case PACKAGE_FLAT:
        if (!package_open_flat(p, why)) return false;
        break;
    default: return refuse(kind, why);
    }
    return package_sort(p, why);
}

package *package_open(arena *mem, str bytes, str name, const package_limits *limits,
                      qw_error *why) {
    package *p = new_package(mem, bytes, limits);
    if (!p) return fail_memory(why), NULL;
    if (open_parts(p, name, why)) return p;
    package_close(p);
    return NULL;
}

/* ---- Parts ----------------------------------------------------------------------------------- */

static bool check_limits(const package *p, size_t i, qw_error *why) {
    const package_part *part = &p->parts[i];
    size_t most = p->limits.part, left = p->limits.total - p->inflated;
    if (left < most) most = left;
    if (part->size > most)
        return fail(why, MSG_ZIP_PART_SIZE, part->name, ARGS(NUM(part->size), NUM(most)));
    size_t packed = part->packed ? part->packed : 1, ratio = part->size / packed;
    if (part->size > RATIO_FROM && ratio > p->limits.ratio)
        return fail(why, MSG_ZIP_RATIO, part->name, ARGS(NUM(ratio), NUM(p->limits.ratio)));
    return true;
}

static bool broken_part(const package *p, size_t i, qw_error *why) {
    return fail(why, MSG_ZIP_PART_BROKEN, p->parts[i].name, ARGS(str_of(zipfile_cause(p->zip))));
}

static bool read_zipped(package *p, size_t i, qw_error *why) {
    zipfile_entry info;
    size_t index = p->entries[i].zip_index;
    if (zipfile_at(p->zip, index, &info) && info.locked)
        return fail(why, MSG_ZIP_PART_LOCKED, p->parts[i].name, NO_ARGS);
    if (!check_limits(p, i, why)) return false;
    char *to = arena_alloc(p->mem, p->parts[i].size + 1);
    if (!to) return fail_memory(why);
    if (!zipfile_read(p->zip, index, to, p->parts[i].size)) return broken_part(p, i, why);
    to[p->parts[i].size] = '\0';
    p->entries[i].bytes = str_make(to, p->parts[i].size);
    p->inflated += p->parts[i].size;
    return true;
}

bool package_read(package *p, size_t i, str *bytes, qw_error *why) {
    if (!p->entries[i].bytes.p && !read_zipped(p, i, why)) return false;
    *bytes = p->entries[i].bytes;
    return true;
}

/* ---- Writing --------------------------------------------------------------------------------- */

bool package_write_new(const new_part *parts, size_t n, out *to, qw_error *why) {
    zipfile_part *made = calloc(n + 1, sizeof *made);
    if (!made) return fail_memory(why);
    for (size_t i = 0; i < n; i++)
        made[i] = (zipfile_part){
            .index = STR_NONE, .name = str_of(parts[i].name), .bytes = parts[i].bytes};
    bool ok = zipfile_write_new(made, n, to);
    free(made);
    return ok || fail_memory(why);
}

static zipfile_part changed(const package *p, const changed_part *part) {
    size_t i = package_find(p, part->name);
    size_t index = i == STR_NONE ? STR_NONE : (size_t)p->entries[i].zip_index;
    return (zipfile_part){index, part->name, part->bytes, part->pieces, part->npieces, part->gone};
}

bool package_write_changed(const package *p, const changed_part *parts, size_t n, out *to,
                           qw_error *why) {
    if (!p->zip) return package_write_flat(p, parts, n, to, why);
    zipfile_part *made = calloc(n + 1, sizeof *made);
    if (!made) return fail_memory(why);
    for (size_t i = 0; i < n; i++) made[i] = changed(p, &parts[i]);
    bool ok = zipfile_write_changed(p->source, made, n, to);
    free(made);
    return ok || fail_memory(why);
}

/* package: see package.h. The only file that knows libzip. */
#include "base/buf.h"
#include "ooxml/package_parts.h"

#include <zip.h>

enum { MEBIBYTE = 1024 * 1024, RATIO_FROM = 10 * MEBIBYTE };

static const package_limits defaults = {
    .entries = 10000,
    .part = (size_t)512 * MEBIBYTE,
    .total = (size_t)1024 * MEBIBYTE,
    .ratio = 200,
};

void package_close(package *p) {
    if (p && p->zip) zip_discard(p->zip);
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
    if (limits && limits->ratio) p->limits.ratio = limits->ratio;
    return p;
}

/* ---- The ZIP directory ----------------------------------------------------------------------- */

static bool open_zip(package *p, qw_error *why) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(p->source.p, p->source.n, 0, &error);
    p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!p->zip) {
        if (source) zip_source_free(source);
        fail(why, MSG_ZIP_BROKEN, STR(""), ARGS(str_of(zip_error_strerror(&error))));
    }
    zip_error_fini(&error);
    return p->zip != NULL;
}

static bool read_entry(package *p, zip_uint64_t index, qw_error *why) {
    zip_stat_t info;
    package_part *part = &p->parts[p->nparts];
    if (zip_stat_index(p->zip, index, 0, &info) != 0 || !(info.valid & ZIP_STAT_NAME))
        return fail(why, MSG_ZIP_BROKEN, STR(""), ARGS(str_of(zip_strerror(p->zip))));
    str name = package_clean_name(p->mem, str_of(info.name));
    if (!name.p) return fail_memory(why);
    if (str_ends(name, STR("/"))) return true; /* a folder is no part */
    if (!package_good_name(name)) return fail(why, MSG_ZIP_BAD_NAME, name, NO_ARGS);
    *part = (package_part){name, (size_t)info.size, (size_t)info.comp_size};
    p->entries[p->nparts++] = (package_entry){.zip_index = index};
    return true;
}

static bool read_directory(package *p, qw_error *why) {
    zip_int64_t count = zip_get_num_entries(p->zip, 0);
    size_t n = count > 0 ? (size_t)count : 0;
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
        if (!open_zip(p, why) || !read_directory(p, why)) return false;
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

static bool broken_part(const package *p, size_t i, const char *cause, qw_error *why) {
    return fail(why, MSG_ZIP_PART_BROKEN, p->parts[i].name, ARGS(str_of(cause)));
}

/* Reads the whole of an open entry; reading on past its end lets libzip compare the CRC. */
static bool inflate_entry(package *p, size_t i, zip_file_t *file, char *to, qw_error *why) {
    size_t size = p->parts[i].size, n = 0;
    char beyond;
    while (n < size) {
        zip_int64_t got = zip_fread(file, to + n, size - n);
        if (got < 0) return broken_part(p, i, zip_file_strerror(file), why);
        if (got == 0) return broken_part(p, i, "it is shorter than the directory says", why);
        n += (size_t)got;
    }
    zip_int64_t more = zip_fread(file, &beyond, 1);
    if (more < 0) return broken_part(p, i, zip_file_strerror(file), why);
    if (more > 0) return broken_part(p, i, "it is longer than the directory says", why);
    to[size] = '\0';
    return true;
}

static bool read_zipped(package *p, size_t i, qw_error *why) {
    zip_stat_t info;
    zip_uint64_t index = p->entries[i].zip_index;
    if (zip_stat_index(p->zip, index, 0, &info) == 0 && info.encryption_method != ZIP_EM_NONE)
        return fail(why, MSG_ZIP_PART_LOCKED, p->parts[i].name, NO_ARGS);
    if (!check_limits(p, i, why)) return false;
    char *to = arena_alloc(p->mem, p->parts[i].size + 1);
    if (!to) return fail_memory(why);
    zip_file_t *file = zip_fopen_index(p->zip, index, 0);
    if (!file) return broken_part(p, i, zip_strerror(p->zip), why);
    bool ok = inflate_entry(p, i, file, to, why);
    zip_fclose(file);
    if (ok) p->entries[i].bytes = str_make(to, p->parts[i].size);
    p->inflated += p->parts[i].size;
    return ok;
}

bool package_read(package *p, size_t i, str *bytes, qw_error *why) {
    if (!p->entries[i].bytes.p && !read_zipped(p, i, why)) return false;
    *bytes = p->entries[i].bytes;
    return true;
}

/* ---- New packages ---------------------------------------------------------------------------- */

enum { DOS_1980_01_01 = 1 << 5 | 1 };

static bool add_part(zip_t *zip, const new_part *part) {
    zip_source_t *bytes = zip_source_buffer(zip, part->bytes.p, part->bytes.n, 0);
    zip_int64_t i = bytes ? zip_file_add(zip, part->name, bytes, ZIP_FL_ENC_UTF_8) : -1;
    if (i < 0) {
        zip_source_free(bytes);
        return false;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DOS_1980_01_01, 0) == 0;
}

/* Copies what the archive was written to. */
static bool copy_source(zip_source_t *from, out *to) {
    char piece[16 * 1024];
    zip_int64_t n;
    if (zip_source_open(from) != 0) return false;
    while ((n = zip_source_read(from, piece, sizeof piece)) > 0)
        out_str(to, str_make(piece, (size_t)n));
    zip_source_close(from);
    return n == 0;
}

bool package_write_new(const new_part *parts, size_t n, out *to, qw_error *why) {
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = memory ? zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
    if (!zip) {
        zip_source_free(memory);
        return fail_memory(why);
    }
    zip_source_keep(memory);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) ok = add_part(zip, &parts[i]);
    if (!ok || zip_close(zip) != 0) {
        zip_discard(zip);
        ok = false;
    }
    /* Everything is in memory: nothing else can go wrong. */
    ok = ok && copy_source(memory, to);
    zip_source_free(memory);
    return ok || fail_memory(why);
}

/* ---- Changed packages -------------------------------------------------------------------------
 */

/* Gives an entry other bytes and what it had beside them. */
static bool replace_entry(zip_t *zip, zip_uint64_t i, str bytes) {
    zip_stat_t info;
    if (zip_stat_index(zip, i, 0, &info) != 0) return false;
    zip_source_t *source = zip_source_buffer(zip, bytes.p, bytes.n, 0);
    if (!source || zip_file_replace(zip, i, source, 0) != 0) {
        zip_source_free(source);
        return false;
    }
    bool stored = info.valid & ZIP_STAT_COMP_METHOD && info.comp_method == ZIP_CM_STORE;
    zip_int32_t method = stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    bool dated = !(info.valid & ZIP_STAT_MTIME) || zip_file_set_mtime(zip, i, info.mtime, 0) == 0;
    return zip_set_file_compression(zip, i, method, 0) == 0 && dated;
}

static bool add_entry(zip_t *zip, const changed_part *part) {
    char name[512];
    if (part->name.n >= sizeof name) return false;
    memcpy(name, part->name.p, part->name.n);
    name[part->name.n] = '\0';
    return add_part(zip, &(new_part){name, part->bytes});
}

static bool change_entry(const package *p, zip_t *zip, const changed_part *part) {
    size_t i = package_find(p, part->name);
    if (i == STR_NONE) return part->gone || add_entry(zip, part);
    zip_uint64_t index = p->entries[i].zip_index;
    return part->gone ? zip_delete(zip, index) == 0 : replace_entry(zip, index, part->bytes);
}

/* The package as a source that libzip reads from and writes the changed one to. Its own buffers are
 * no help: in libzip 1.7 one that is written over frees the bytes it was lent. */
typedef struct exchange {
    str source;
    buf made;
    size_t read_at, write_at;
    bool committed;
    zip_error_t error;
} exchange;

static zip_int64_t exchange_read(exchange *x, void *to, zip_uint64_t n) {
    str piece = str_cut(x->source, x->read_at, x->read_at + (size_t)n);
    if (piece.n) memcpy(to, piece.p, piece.n);
    x->read_at += piece.n;
    return (zip_int64_t)piece.n;
}

static zip_int64_t exchange_write(exchange *x, const void *from, zip_uint64_t n) {
    size_t over = x->made.n - x->write_at;
    if (over > n) over = (size_t)n;
    if (over) memcpy(x->made.p + x->write_at, from, over);
    if (!buf_add(&x->made, str_make((const char *)from + over, (size_t)n - over))) {
        zip_error_set(&x->error, ZIP_ER_MEMORY, 0);
        return -1;
    }
    x->write_at += (size_t)n;
    return (zip_int64_t)n;
}

static zip_int64_t exchange_seek(exchange *x, size_t *at, size_t size, void *data, zip_uint64_t n) {
    zip_int64_t to = zip_source_seek_compute_offset(*at, size, data, n, &x->error);
    if (to < 0 || (zip_uint64_t)to > size) return -1;
    *at = (size_t)to;
    return 0;
}

static zip_int64_t exchange_stat(const exchange *x, zip_stat_t *to) {
    zip_stat_init(to);
    to->valid = ZIP_STAT_SIZE;
    to->size = x->source.n;
    return (zip_int64_t)sizeof *to;
}

static zip_int64_t exchange_call(void *self, void *data, zip_uint64_t n, zip_source_cmd_t command) {
    exchange *x = self;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
            ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE,
            ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_OPEN: x->read_at = 0; return 0;
    case ZIP_SOURCE_READ: return exchange_read(x, data, n);
    case ZIP_SOURCE_SEEK: return exchange_seek(x, &x->read_at, x->source.n, data, n);
    case ZIP_SOURCE_TELL: return (zip_int64_t)x->read_at;
    case ZIP_SOURCE_STAT: return exchange_stat(x, data);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&x->error, data, n);
    case ZIP_SOURCE_BEGIN_WRITE: x->made.n = x->write_at = 0; return 0;
    case ZIP_SOURCE_WRITE: return exchange_write(x, data, n);
    case ZIP_SOURCE_SEEK_WRITE: return exchange_seek(x, &x->write_at, x->made.n, data, n);
    case ZIP_SOURCE_TELL_WRITE: return (zip_int64_t)x->write_at;
    case ZIP_SOURCE_COMMIT_WRITE: x->committed = true; return 0;
    default: return 0;
    }
}

/* Closing a package without any entry asks to remove it; that leaves nothing made. */
static bool change_all(const package *p, exchange *x, const changed_part *parts, size_t n) {
    zip_source_t *source = zip_source_function_create(exchange_call, x, NULL);
    zip_t *zip = source ? zip_open_from_source(source, 0, NULL) : NULL;
    if (!zip) {
        zip_source_free(source);
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) ok = change_entry(p, zip, &parts[i]);
    if (ok && zip_close(zip) == 0) return x->committed;
    zip_discard(zip);
    return false;
}

bool package_write_changed(const package *p, const changed_part *parts, size_t n, out *to,
                           qw_error *why) {
    if (!p->zip) return package_write_flat(p, parts, n, to, why);
    exchange x = {.source = p->source, .made = BUF_INIT(SIZE_MAX)};
    zip_error_init(&x.error);
    bool ok = change_all(p, &x, parts, n);
    if (ok) out_str(to, buf_str(&x.made));
    buf_free(&x.made);
    zip_error_fini(&x.error);
    return ok || fail_memory(why);
}

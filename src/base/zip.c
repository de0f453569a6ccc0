/* zip: what libzip does of zip.h (writing, and the heads of files) and all of zip_door.h (reading).
 * The only file that knows libzip. */
#include "base/zip.h"

#include "base/buf.h"
#include "base/zip_door.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zip.h>

/* ---- Opening --------------------------------------------------------------------------------- */

static void note(zip_failure *why, zip_error_t *error) {
    static const struct {
        int code;
        zip_reason reason;
    } known[] = {
        {ZIP_ER_MEMORY, ZIP_REASON_MEMORY},
        {ZIP_ER_INCONS, ZIP_REASON_INCONSISTENT},
        {ZIP_ER_NOPASSWD, ZIP_REASON_PASSWORD},
        {ZIP_ER_WRONGPASSWD, ZIP_REASON_PASSWORD},
        {ZIP_ER_COMPNOTSUPP, ZIP_REASON_UNSUPPORTED},
        {ZIP_ER_ENCRNOTSUPP, ZIP_REASON_UNSUPPORTED},
        {ZIP_ER_CRC, ZIP_REASON_CRC},
    };
    int code = zip_error_code_zip(error);
    why->reason = ZIP_REASON_OTHER;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == code) why->reason = known[i].reason;
    snprintf(why->cause, sizeof why->cause, "%s", zip_error_strerror(error));
}

/* Takes the source over, and finishes the error. */
static zip_door *open_source(zip_source_t *source, zip_error_t *error, zip_failure *why) {
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, error) : NULL;
    if (!zip) zip_source_free(source), note(why, error);
    zip_error_fini(error);
    return zip;
}

zip_door *zip_door_lent(str bytes, zip_failure *why) {
    zip_error_t error;
    zip_error_init(&error);
    return open_source(zip_source_buffer_create(bytes.p, bytes.n, 0, &error), &error, why);
}

zip_door *zip_door_given(char *bytes, size_t n, zip_failure *why) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, n, 1, &error);
    if (!source) free(bytes);
    return open_source(source, &error, why);
}

zip_door *zip_door_path(const char *path, zip_failure *why) {
    zip_error_t error;
    zip_error_init(&error);
    return open_source(zip_source_file_create(path, 0, 0, &error), &error, why);
}

void zip_door_close(zip_door *d) {
    zip_discard(d);
}

bool zip_door_password(zip_door *d, const char *password) {
    return zip_set_default_password(d, password) == 0;
}

bool zipfile_head(const char *path, char *head, size_t room, size_t *n, uint64_t *size) {
    zip_stat_t info;
    zip_source_t *source = zip_source_file_create(path, 0, 0, NULL);
    if (!source) return false;
    bool ok = zip_source_stat(source, &info) == 0 && info.valid & ZIP_STAT_SIZE &&
              zip_source_open(source) == 0;
    zip_int64_t got = ok ? zip_source_read(source, head, room) : -1;
    if (ok) zip_source_close(source);
    zip_source_free(source);
    if (got < 0) return false;
    *n = (size_t)got;
    *size = info.size;
    return true;
}

/* ---- The directory --------------------------------------------------------------------------- */

size_t zip_door_count(zip_door *d) {
    zip_int64_t count = zip_get_num_entries(d, 0);
    return count > 0 ? (size_t)count : 0;
}

/* The upper half of the attributes, where a Unix made the entry. */
static unsigned mode_of(zip_door *d, zip_uint64_t i) {
    zip_uint8_t system;
    zip_uint32_t attributes;
    bool known = zip_file_get_external_attributes(d, i, 0, &system, &attributes) == 0;
    return known && (system == ZIP_OPSYS_UNIX || system == ZIP_OPSYS_OS_X) ? attributes >> 16 : 0;
}

static unsigned aes_of(zip_uint16_t encryption) {
    return encryption == ZIP_EM_AES_128   ? 128
           : encryption == ZIP_EM_AES_192 ? 192
           : encryption == ZIP_EM_AES_256 ? 256
                                          : 0;
}

bool zip_door_look(zip_door *d, size_t i, zip_record *record, zip_failure *why) {
    zip_stat_t info;
    if (zip_stat_index(d, i, 0, &info) != 0) return note(why, zip_get_error(d)), false;
    zip_uint16_t encryption =
        info.valid & ZIP_STAT_ENCRYPTION_METHOD ? info.encryption_method : ZIP_EM_NONE;
    *record = (zip_record){
        .name = info.valid & ZIP_STAT_NAME ? info.name : NULL,
        .size = info.valid & ZIP_STAT_SIZE ? info.size : 0,
        .packed = info.valid & ZIP_STAT_COMP_SIZE ? info.comp_size : 0,
        .time = info.valid & ZIP_STAT_MTIME ? (int64_t)info.mtime : 0,
        .mode = mode_of(d, i),
        .stored = info.valid & ZIP_STAT_COMP_METHOD && info.comp_method == ZIP_CM_STORE,
        .locked = encryption != ZIP_EM_NONE,
        .opens = encryption == ZIP_EM_NONE || zip_encryption_method_supported(encryption, 0),
        .aes = aes_of(encryption),
        .no_crc = info.valid & ZIP_STAT_CRC && info.crc == 0,
    };
    return true;
}

const char *zip_door_raw_name(zip_door *d, size_t i) {
    return zip_get_name(d, i, ZIP_FL_ENC_RAW);
}

const char *zip_door_strict_name(zip_door *d, size_t i) {
    return zip_get_name(d, i, ZIP_FL_ENC_STRICT);
}

/* ---- Reading --------------------------------------------------------------------------------- */

zip_stream *zip_door_read(zip_door *d, size_t i, zip_form form, zip_failure *why) {
    zip_flags_t flags = form == ZIP_FORM_CONTENT  ? 0
                        : form == ZIP_FORM_PACKED ? ZIP_FL_COMPRESSED
                                                  : ZIP_FL_COMPRESSED | ZIP_FL_ENCRYPTED;
    zip_file_t *stream = zip_fopen_index(d, i, flags);
    if (!stream) note(why, zip_get_error(d));
    return stream;
}

long long zip_stream_piece(zip_stream *s, char *room, size_t n, zip_failure *why) {
    zip_int64_t got = zip_fread(s, room, n);
    if (got < 0) note(why, zip_file_get_error(s));
    return got;
}

void zip_stream_end(zip_stream *s) {
    if (s) zip_fclose(s);
}

/* ---- New files ------------------------------------------------------------------------------- */

enum { DOS_1980_01_01 = 1 << 5 | 1, NAME_MOST = 0xFFFF };

static zip_int64_t add_source(zip_t *zip, str name, zip_source_t *source) {
    char *z = source && name.n <= NAME_MOST ? malloc(name.n + 1) : NULL;
    if (!z) return -1;
    memcpy(z, name.p, name.n);
    z[name.n] = '\0';
    zip_int64_t i = zip_file_add(zip, z, source, ZIP_FL_ENC_UTF_8);
    free(z);
    return i;
}

/* libzip copies the list, not what it lists. */
static zip_source_t *source_of_pieces(zip_t *zip, const str *pieces, size_t n) {
    zip_buffer_fragment_t *list = malloc(n * sizeof *list);
    if (!list) return NULL;
    for (size_t i = 0; i < n; i++)
        list[i] = (zip_buffer_fragment_t){(zip_uint8_t *)(uintptr_t)pieces[i].p, pieces[i].n};
    zip_source_t *source = zip_source_buffer_fragment(zip, list, n, 0);
    free(list);
    return source;
}

static zip_source_t *source_of(zip_t *zip, const zipfile_part *part) {
    return part->npieces ? source_of_pieces(zip, part->pieces, part->npieces)
                         : zip_source_buffer(zip, part->bytes.p, part->bytes.n, 0);
}

static bool add_part(zip_t *zip, const zipfile_part *part) {
    zip_source_t *bytes = source_of(zip, part);
    zip_int64_t i = add_source(zip, part->name, bytes);
    if (i < 0) {
        zip_source_free(bytes);
        return false;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DOS_1980_01_01, 0) == 0;
}

/* Copies what the file was written to. */
static bool copy_source(zip_source_t *from, out *to) {
    char piece[16 * 1024];
    zip_int64_t n;
    if (zip_source_open(from) != 0) return false;
    while ((n = zip_source_read(from, piece, sizeof piece)) > 0)
        out_str(to, str_make(piece, (size_t)n));
    zip_source_close(from);
    return n == 0;
}

bool zipfile_write_new(const zipfile_part *parts, size_t n, out *to) {
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = memory ? zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
    if (!zip) {
        zip_source_free(memory);
        return false;
    }
    zip_source_keep(memory);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) ok = add_part(zip, &parts[i]);
    if (!ok || zip_close(zip) != 0) {
        zip_discard(zip);
        ok = false;
    }
    ok = ok && copy_source(memory, to);
    zip_source_free(memory);
    return ok;
}

/* ---- Changed files --------------------------------------------------------------------------- */

/* Gives an entry other bytes and what it had beside them. */
static bool replace_entry(zip_t *zip, const zipfile_part *part) {
    zip_stat_t info;
    zip_uint64_t i = part->index;
    if (zip_stat_index(zip, i, 0, &info) != 0) return false;
    zip_source_t *source = source_of(zip, part);
    if (!source || zip_file_replace(zip, i, source, 0) != 0) {
        zip_source_free(source);
        return false;
    }
    bool stored = info.valid & ZIP_STAT_COMP_METHOD && info.comp_method == ZIP_CM_STORE;
    zip_int32_t method = stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    bool dated = !(info.valid & ZIP_STAT_MTIME) || zip_file_set_mtime(zip, i, info.mtime, 0) == 0;
    return zip_set_file_compression(zip, i, method, 0) == 0 && dated;
}

static bool change_entry(zip_t *zip, const zipfile_part *part) {
    if (part->index == STR_NONE) return part->gone || add_part(zip, part);
    return part->gone ? zip_delete(zip, part->index) == 0 : replace_entry(zip, part);
}

/* The file as a source that libzip reads from and writes the changed one to. Its own buffers are
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

/* Closing a file without any entry asks to remove it; that leaves nothing made. */
static bool change_all(exchange *x, const zipfile_part *parts, size_t n) {
    zip_source_t *source = zip_source_function_create(exchange_call, x, NULL);
    zip_t *zip = source ? zip_open_from_source(source, 0, NULL) : NULL;
    if (!zip) {
        zip_source_free(source);
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) ok = change_entry(zip, &parts[i]);
    if (ok && zip_close(zip) == 0) return x->committed;
    zip_discard(zip);
    return false;
}

bool zipfile_write_changed(str bytes, const zipfile_part *parts, size_t n, out *to) {
    exchange x = {.source = bytes, .made = BUF_INIT(SIZE_MAX)};
    zip_error_init(&x.error);
    bool ok = change_all(&x, parts, n);
    if (ok) out_str(to, buf_str(&x.made));
    buf_free(&x.made);
    zip_error_fini(&x.error);
    return ok;
}

/* ---- Files made of files --------------------------------------------------------------------- */

struct zipmaker {
    zip_t *zip;
};

static bool failed_to_make(int code, zip_error_t *error, qw_error *why) {
    if (code == ZIP_ER_MEMORY) return fail_memory(why);
    return fail(why, MSG_ARCHIVE_WRITE, STR(""), ARGS(str_of(zip_error_strerror(error))));
}

zipmaker *zipmaker_new(const char *path, qw_error *why) {
    zipmaker *z = calloc(1, sizeof *z);
    int code = ZIP_ER_MEMORY;
    zip_error_t error;
    if (z) z->zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (z && z->zip) return z;
    zip_error_init_with_code(&error, code);
    failed_to_make(code, &error, why);
    zip_error_fini(&error);
    free(z);
    return NULL;
}

static bool failed_to_add(zipmaker *z, qw_error *why) {
    zip_error_t *error = zip_get_error(z->zip);
    return failed_to_make(zip_error_code_zip(error), error, why);
}

bool zipmaker_add(zipmaker *z, str name, const char *file, uint64_t offset, uint64_t n,
                  int64_t time, qw_error *why) {
    /* A length of 0 stands for all the rest. */
    zip_source_t *source = n ? zip_source_file(z->zip, file, offset, (zip_int64_t)n)
                             : zip_source_buffer(z->zip, NULL, 0, 0);
    zip_int64_t i = add_source(z->zip, name, source);
    if (i < 0) {
        zip_source_free(source);
        return failed_to_add(z, why);
    }
    return zip_file_set_mtime(z->zip, (zip_uint64_t)i, (time_t)time, 0) == 0 ||
           failed_to_add(z, why);
}

bool zipmaker_finish(zipmaker *z, qw_error *why) {
    if (zip_close(z->zip) != 0) return failed_to_add(z, why);
    z->zip = NULL;
    return true;
}

void zipmaker_free(zipmaker *z) {
    if (z && z->zip) zip_discard(z->zip);
    free(z);
}

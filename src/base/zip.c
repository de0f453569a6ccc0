/* zip: see zip.h. The only file that knows libzip. */
#include "base/zip.h"

#include "base/buf.h"
#include "base/zip_mend.h"
#include "base/zip_seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zip.h>

struct zipfile {
    zip_t *zip;
    zip_file_t *file; /* the entry that is being read */
    char cause[160];
    bool wants_password;
    bool unsupported;
    const char *password;
    size_t at;   /* … its number */
    bool sealed; /* it has no CRC: its encryption tells whether it is whole */
};

/* ---- The directory --------------------------------------------------------------------------- */

static zipfile *open_source(zip_source_t *source, zip_error_t *error) {
    zipfile *z = source ? calloc(1, sizeof *z) : NULL;
    if (z) z->zip = zip_open_from_source(source, ZIP_RDONLY, error);
    if (z && z->zip) return z;
    if (source && !z) zip_error_set(error, ZIP_ER_MEMORY, 0);
    zip_source_free(source);
    free(z);
    return NULL;
}

static zipfile *opened(zipfile *z, zip_error_t *error, qw_error *why) {
    if (!z && zip_error_code_zip(error) == ZIP_ER_MEMORY)
        fail_memory(why);
    else if (!z)
        fail(why, MSG_ZIP_BROKEN, STR(""), ARGS(str_of(zip_error_strerror(error))));
    zip_error_fini(error);
    return z;
}

/* Bytes of a file that are mended in memory. */
enum { MENDED_MOST = 256 << 20 };

/* Opens bytes that were allocated for it, and frees them with it. */
static zipfile *open_owned(char *bytes, size_t n) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, n, 1, &error);
    if (!source) free(bytes);
    zipfile *z = source ? open_source(source, &error) : NULL;
    zip_error_fini(&error);
    return z;
}

/* The same, if they can be mended. */
static zipfile *open_mended(char *bytes, size_t n) {
    if (bytes && zip_mend(bytes, n)) return open_owned(bytes, n);
    free(bytes);
    return NULL;
}

static bool may_mend(const zipfile *z, const zip_error_t *error) {
    return !z && zip_error_code_zip(error) == ZIP_ER_INCONS;
}

zipfile *zipfile_open(str bytes, qw_error *why) {
    zip_error_t error;
    zip_error_init(&error);
    zipfile *z = open_source(zip_source_buffer_create(bytes.p, bytes.n, 0, &error), &error);
    if (may_mend(z, &error) && bytes.n <= MENDED_MOST) {
        char *copy = malloc(bytes.n + 1);
        if (copy) memcpy(copy, bytes.p, bytes.n);
        z = open_mended(copy, bytes.n);
    }
    return opened(z, &error, why);
}

/* All bytes of a file. NULL when it is too large or cannot be read. */
static char *file_bytes(const char *path, size_t *n) {
    uint64_t size;
    char *bytes = NULL, first;
    if (zipfile_head(path, &first, 1, n, &size) && size <= MENDED_MOST)
        bytes = malloc((size_t)size + 1);
    if (bytes && zipfile_head(path, bytes, (size_t)size, n, &size)) return bytes;
    free(bytes);
    return NULL;
}

zipfile *zipfile_open_path(const char *path, qw_error *why) {
    zip_error_t error;
    size_t n;
    zip_error_init(&error);
    zipfile *z = open_source(zip_source_file_create(path, 0, 0, &error), &error);
    if (may_mend(z, &error)) {
        char *bytes = file_bytes(path, &n);
        z = open_mended(bytes, bytes ? n : 0);
    }
    return opened(z, &error, why);
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

void zipfile_close(zipfile *z) {
    if (!z) return;
    zipfile_end(z);
    zip_discard(z->zip);
    free(z);
}

size_t zipfile_count(const zipfile *z) {
    zip_int64_t count = zip_get_num_entries(z->zip, 0);
    return count > 0 ? (size_t)count : 0;
}

static bool failed(zipfile *z, zip_error_t *error) {
    int code = zip_error_code_zip(error);
    z->wants_password = code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD;
    z->unsupported = code == ZIP_ER_COMPNOTSUPP || code == ZIP_ER_ENCRNOTSUPP;
    snprintf(z->cause, sizeof z->cause, "%s", zip_error_strerror(error));
    return false;
}

static bool failed_with(zipfile *z, const char *cause) {
    z->wants_password = z->unsupported = false;
    snprintf(z->cause, sizeof z->cause, "%s", cause);
    return false;
}

enum { MODE_KIND = 0170000, MODE_FILE = 0100000, MODE_FOLDER = 0040000, MODE_LINK = 0120000 };

/* The upper half of the attributes is the file's mode where a Unix made the entry. */
static zipfile_kind kind_of(zipfile *z, zip_uint64_t i, str name) {
    zip_uint8_t system;
    zip_uint32_t attributes;
    bool known = zip_file_get_external_attributes(z->zip, i, 0, &system, &attributes) == 0;
    unsigned mode = known && (system == ZIP_OPSYS_UNIX || system == ZIP_OPSYS_OS_X)
                        ? attributes >> 16 & MODE_KIND
                        : 0;
    if (mode == MODE_LINK) return ZIPFILE_LINK;
    if (str_ends(name, STR("/")) || mode == MODE_FOLDER) return ZIPFILE_FOLDER;
    return mode == 0 || mode == MODE_FILE ? ZIPFILE_FILE : ZIPFILE_OTHER;
}

bool zipfile_at(zipfile *z, size_t i, zipfile_entry *entry) {
    zip_stat_t info;
    if (zip_stat_index(z->zip, i, 0, &info) != 0) return failed(z, zip_get_error(z->zip));
    if (!(info.valid & ZIP_STAT_NAME)) return failed_with(z, "an entry has no name");
    *entry = (zipfile_entry){
        .name = str_of(info.name),
        .size = info.valid & ZIP_STAT_SIZE ? info.size : 0,
        .packed = info.valid & ZIP_STAT_COMP_SIZE ? info.comp_size : 0,
        .time = info.valid & ZIP_STAT_MTIME ? (int64_t)info.mtime : 0,
        .locked = info.valid & ZIP_STAT_ENCRYPTION_METHOD && info.encryption_method != ZIP_EM_NONE,
    };
    entry->kind = kind_of(z, i, entry->name);
    return true;
}

/* libzip does not tell of the flag. A name without it is converted from cp437 where libzip is asked
 * to follow the letter of the format, and then no byte above 0x7F stays the same. */
str zipfile_raw_name(zipfile *z, size_t i, bool *utf8) {
    str raw = str_of(zip_get_name(z->zip, i, ZIP_FL_ENC_RAW));
    const char *strict = zip_get_name(z->zip, i, ZIP_FL_ENC_STRICT);
    *utf8 = strict && str_eq(raw, str_of(strict));
    return raw;
}

bool zipfile_password(zipfile *z, const char *password) {
    z->password = password;
    return zip_set_default_password(z->zip, password) == 0;
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* libzip 1.7 would say the same, but loses memory over it. */
static bool can_decrypt(zipfile *z, size_t i) {
    zip_stat_t info;
    bool known =
        zip_stat_index(z->zip, i, 0, &info) == 0 && info.valid & ZIP_STAT_ENCRYPTION_METHOD;
    return !known || info.encryption_method == ZIP_EM_NONE ||
           zip_encryption_method_supported(info.encryption_method, 0);
}

/* AES of the second kind (AE-2): its authentication code stands in for the CRC, which is 0. */
static bool is_sealed(zipfile *z, size_t i) {
    zip_stat_t info;
    const zip_uint64_t needed = ZIP_STAT_ENCRYPTION_METHOD | ZIP_STAT_CRC;
    return zip_stat_index(z->zip, i, 0, &info) == 0 && (info.valid & needed) == needed &&
           info.encryption_method >= ZIP_EM_AES_128 && info.encryption_method <= ZIP_EM_AES_256 &&
           info.crc == 0;
}

bool zipfile_begin(zipfile *z, size_t i) {
    zipfile_end(z);
    z->sealed = is_sealed(z, i);
    z->at = i;
    if (!can_decrypt(z, i))
        return failed_with(z, "its encryption is not supported"), z->unsupported = true, false;
    z->file = zip_fopen_index(z->zip, i, 0);
    return z->file || failed(z, zip_get_error(z->zip));
}

/* Reads an entry to its end, decrypted but left packed. */
static bool reads_packed(zip_t *zip, size_t i) {
    char piece[4096];
    zip_int64_t got;
    zip_file_t *packed = zip_fopen_index(zip, i, ZIP_FL_COMPRESSED);
    if (!packed) return false;
    while ((got = zip_fread(packed, piece, sizeof piece)) > 0) {}
    zip_fclose(packed);
    return got == 0;
}

/* The entry as it stands in the file, between a head and a tail. */
static char *take_sealed(zipfile *z, size_t n, unsigned bits) {
    char *bytes = malloc(SEAL_HEAD + n + SEAL_TAIL);
    zip_file_t *raw =
        bytes ? zip_fopen_index(z->zip, z->at, ZIP_FL_COMPRESSED | ZIP_FL_ENCRYPTED) : NULL;
    bool ok = raw && zip_fread(raw, bytes + SEAL_HEAD, n) == (zip_int64_t)n;
    if (raw) zip_fclose(raw);
    if (ok) zip_seal(bytes, bytes + SEAL_HEAD + n, n, bits);
    if (!ok) free(bytes);
    return ok ? bytes : NULL;
}

static bool opens_sealed(const zipfile *z, char *bytes, size_t n) {
    zipfile *sealed = open_owned(bytes, n);
    bool ok = sealed && z->password && zip_set_default_password(sealed->zip, z->password) == 0 &&
              reads_packed(sealed->zip, 0);
    zipfile_close(sealed);
    return ok;
}

/* libzip 1.7 compares the CRC of a sealed entry all the same, and says no more when it is the code
 * that is wrong. What is decrypted and left packed has no CRC, unless it is stored. */
static bool is_authentic(zipfile *z) {
    zip_stat_t info;
    if (zip_stat_index(z->zip, z->at, 0, &info) != 0) return false;
    if (info.comp_method != ZIP_CM_STORE) return reads_packed(z->zip, z->at);
    unsigned bits = info.encryption_method == ZIP_EM_AES_128   ? 128
                    : info.encryption_method == ZIP_EM_AES_192 ? 192
                                                               : 256;
    size_t n = (size_t)info.comp_size;
    char *bytes = info.comp_size <= MENDED_MOST ? take_sealed(z, n, bits) : NULL;
    return bytes && opens_sealed(z, bytes, SEAL_HEAD + n + SEAL_TAIL);
}

long long zipfile_piece(zipfile *z, char *room, size_t n) {
    zip_int64_t got = zip_fread(z->file, room, n);
    if (got < 0 && z->sealed && zip_error_code_zip(zip_file_get_error(z->file)) == ZIP_ER_CRC &&
        is_authentic(z))
        return 0;
    if (got < 0) failed(z, zip_file_get_error(z->file));
    return got;
}

void zipfile_end(zipfile *z) {
    if (z->file) zip_fclose(z->file);
    z->file = NULL;
}

/* Reading on past the end lets libzip compare the CRC. */
static bool fill(zipfile *z, char *room, size_t size) {
    size_t n = 0;
    char beyond;
    while (n < size) {
        long long got = zipfile_piece(z, room + n, size - n);
        if (got < 0) return false;
        if (got == 0) return failed_with(z, "it is shorter than the directory says");
        n += (size_t)got;
    }
    long long more = zipfile_piece(z, &beyond, 1);
    if (more > 0) return failed_with(z, "it is longer than the directory says");
    return more == 0;
}

bool zipfile_read(zipfile *z, size_t i, char *room, size_t size) {
    bool ok = zipfile_begin(z, i) && fill(z, room, size);
    zipfile_end(z);
    return ok;
}

const char *zipfile_cause(const zipfile *z) {
    return z->cause;
}

bool zipfile_wants_password(const zipfile *z) {
    return z->wants_password;
}

bool zipfile_is_unsupported(const zipfile *z) {
    return z->unsupported;
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

/* zip_read: what zip.h says of reading: files that need mending before libzip takes them, kinds of
 * entries, and whether what was read is whole. */
#include "base/zip.h"

#include "base/zip_door.h"
#include "base/zip_mend.h"
#include "base/zip_seal.h"

#include <stdio.h>
#include <stdlib.h>

struct zipfile {
    zip_door *door;
    zip_stream *stream; /* of the entry that is being read */
    zip_failure why;
    const char *password;
    zip_record entry; /* the one that is being read, */
    size_t at;        /* … and its number */
};

/* ---- Opening --------------------------------------------------------------------------------- */

/* Bytes of a file that are mended in memory. */
enum { MENDED_MOST = 256 << 20 };

static zipfile *opened(zip_door *door, const zip_failure *failure, qw_error *why) {
    zipfile *z = door ? calloc(1, sizeof *z) : NULL;
    if (z) return z->door = door, z;
    if (door || failure->reason == ZIP_REASON_MEMORY)
        fail_memory(why);
    else
        fail(why, MSG_ZIP_BROKEN, STR(""), ARGS(str_of(failure->cause)));
    zip_door_close(door);
    return NULL;
}

/* Opens bytes that were allocated for it, if they can be mended. */
static zip_door *open_mended(char *bytes, size_t n) {
    zip_failure ignored;
    if (bytes && zip_mend(bytes, n)) return zip_door_given(bytes, n, &ignored);
    free(bytes);
    return NULL;
}

zipfile *zipfile_open(str bytes, qw_error *why) {
    zip_failure failure;
    zip_door *door = zip_door_lent(bytes, &failure);
    if (!door && failure.reason == ZIP_REASON_INCONSISTENT && bytes.n <= MENDED_MOST) {
        char *copy = malloc(bytes.n + 1);
        if (copy) memcpy(copy, bytes.p, bytes.n);
        door = open_mended(copy, bytes.n);
    }
    return opened(door, &failure, why);
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
    zip_failure failure;
    size_t n = 0;
    zip_door *door = zip_door_path(path, &failure);
    if (!door && failure.reason == ZIP_REASON_INCONSISTENT) {
        char *bytes = file_bytes(path, &n);
        door = open_mended(bytes, n);
    }
    return opened(door, &failure, why);
}

void zipfile_close(zipfile *z) {
    if (!z) return;
    zipfile_end(z);
    zip_door_close(z->door);
    free(z);
}

bool zipfile_password(zipfile *z, const char *password) {
    z->password = password;
    return zip_door_password(z->door, password);
}

/* ---- The directory --------------------------------------------------------------------------- */

static bool failed_with(zipfile *z, zip_reason reason, const char *cause) {
    z->why.reason = reason;
    snprintf(z->why.cause, sizeof z->why.cause, "%s", cause);
    return false;
}

size_t zipfile_count(const zipfile *z) {
    return zip_door_count(z->door);
}

enum { MODE_KIND = 0170000, MODE_FILE = 0100000, MODE_FOLDER = 0040000, MODE_LINK = 0120000 };

static zipfile_kind kind_of(unsigned mode, str name) {
    mode &= MODE_KIND;
    if (mode == MODE_LINK) return ZIPFILE_LINK;
    if (str_ends(name, STR("/")) || mode == MODE_FOLDER) return ZIPFILE_FOLDER;
    return mode == 0 || mode == MODE_FILE ? ZIPFILE_FILE : ZIPFILE_OTHER;
}

bool zipfile_at(zipfile *z, size_t i, zipfile_entry *entry) {
    zip_record record;
    if (!zip_door_look(z->door, i, &record, &z->why)) return false;
    if (!record.name) return failed_with(z, ZIP_REASON_OTHER, "an entry has no name");
    str name = str_of(record.name);
    *entry = (zipfile_entry){
        .name = name,
        .size = record.size,
        .packed = record.packed,
        .time = record.time,
        .kind = kind_of(record.mode, name),
        .locked = record.locked,
    };
    return true;
}

/* libzip does not tell of the flag. A name without it is converted from cp437 where libzip is asked
 * to follow the letter of the format, and then no byte above 0x7F stays the same. */
str zipfile_raw_name(zipfile *z, size_t i, bool *utf8) {
    str raw = str_of(zip_door_raw_name(z->door, i));
    const char *strict = zip_door_strict_name(z->door, i);
    *utf8 = strict && str_eq(raw, str_of(strict));
    return raw;
}

/* ---- Sealed entries -------------------------------------------------------------------------- */

/* AES of the second kind (AE-2): its authentication code stands in for the CRC, which is 0. */
static bool is_sealed(const zip_record *entry) {
    return entry->aes && entry->no_crc;
}

/* Reads an entry to its end, decrypted but left packed. */
static bool reads_packed(zip_door *door, size_t i) {
    char piece[4096];
    long long got;
    zip_failure ignored;
    zip_stream *packed = zip_door_read(door, i, ZIP_FORM_PACKED, &ignored);
    if (!packed) return false;
    while ((got = zip_stream_piece(packed, piece, sizeof piece, &ignored)) > 0) {}
    zip_stream_end(packed);
    return got == 0;
}

/* The entry as it stands in the file, between a head and a tail. */
static char *take_sealed(zipfile *z, size_t n) {
    zip_failure ignored;
    char *bytes = malloc(SEAL_HEAD + n + SEAL_TAIL);
    zip_stream *raw = bytes ? zip_door_read(z->door, z->at, ZIP_FORM_ENCRYPTED, &ignored) : NULL;
    bool ok = raw && zip_stream_piece(raw, bytes + SEAL_HEAD, n, &ignored) == (long long)n;
    zip_stream_end(raw);
    if (ok) zip_seal(bytes, bytes + SEAL_HEAD + n, n, z->entry.aes);
    if (!ok) free(bytes);
    return ok ? bytes : NULL;
}

static bool opens_sealed(const zipfile *z, char *bytes, size_t n) {
    zip_failure ignored;
    zip_door *sealed = zip_door_given(bytes, n, &ignored);
    bool ok =
        sealed && z->password && zip_door_password(sealed, z->password) && reads_packed(sealed, 0);
    zip_door_close(sealed);
    return ok;
}

/* libzip 1.7 compares the CRC of a sealed entry all the same, and says no more when it is the code
 * that is wrong. What is decrypted and left packed has no CRC, unless it is stored. */
static bool is_authentic(zipfile *z) {
    if (!z->entry.stored) return reads_packed(z->door, z->at);
    size_t n = (size_t)z->entry.packed;
    char *bytes = z->entry.packed <= MENDED_MOST ? take_sealed(z, n) : NULL;
    return bytes && opens_sealed(z, bytes, SEAL_HEAD + n + SEAL_TAIL);
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* Of an encryption that is not supported libzip 1.7 would say the same, but loses memory over it.
 */
bool zipfile_begin(zipfile *z, size_t i) {
    zipfile_end(z);
    z->at = i;
    if (!zip_door_look(z->door, i, &z->entry, &z->why)) return false;
    if (!z->entry.opens)
        return failed_with(z, ZIP_REASON_UNSUPPORTED, "its encryption is not supported");
    z->stream = zip_door_read(z->door, i, ZIP_FORM_CONTENT, &z->why);
    return z->stream != NULL;
}

long long zipfile_piece(zipfile *z, char *room, size_t n) {
    long long got = zip_stream_piece(z->stream, room, n, &z->why);
    bool compared = got < 0 && z->why.reason == ZIP_REASON_CRC;
    return compared && is_sealed(&z->entry) && is_authentic(z) ? 0 : got;
}

void zipfile_end(zipfile *z) {
    zip_stream_end(z->stream);
    z->stream = NULL;
}

/* Reading on past the end lets libzip compare the CRC. */
static bool fill(zipfile *z, char *room, size_t size) {
    size_t n = 0;
    char beyond;
    while (n < size) {
        long long got = zipfile_piece(z, room + n, size - n);
        if (got < 0) return false;
        if (got == 0)
            return failed_with(z, ZIP_REASON_OTHER, "it is shorter than the directory says");
        n += (size_t)got;
    }
    long long more = zipfile_piece(z, &beyond, 1);
    if (more > 0) return failed_with(z, ZIP_REASON_OTHER, "it is longer than the directory says");
    return more == 0;
}

bool zipfile_read(zipfile *z, size_t i, char *room, size_t size) {
    bool ok = zipfile_begin(z, i) && fill(z, room, size);
    zipfile_end(z);
    return ok;
}

const char *zipfile_cause(const zipfile *z) {
    return z->why.cause;
}

bool zipfile_wants_password(const zipfile *z) {
    return z->why.reason == ZIP_REASON_PASSWORD;
}

bool zipfile_is_unsupported(const zipfile *z) {
    return z->why.reason == ZIP_REASON_UNSUPPORTED;
}

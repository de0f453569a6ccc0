/* zip_door: reading as libzip does it, for zip_read.c, which judges what comes back. zip.c holds
 * the functions, as the only file that knows libzip. Doors and streams are structs of libzip's,
 * which nobody looks into; streams end before the door that they came through closes. */
#ifndef QW_BASE_ZIP_DOOR_H
#define QW_BASE_ZIP_DOOR_H

#include "base/str.h"

#include <stdint.h>

typedef struct zip zip_door;        /* an open file */
typedef struct zip_file zip_stream; /* an entry of it that is being read */

typedef enum zip_reason {
    ZIP_REASON_OTHER,
    ZIP_REASON_MEMORY,
    ZIP_REASON_PASSWORD,     /* there is none, or not the right one */
    ZIP_REASON_UNSUPPORTED,  /* the way of packing or encryption */
    ZIP_REASON_INCONSISTENT, /* directory and entries do not go together */
    ZIP_REASON_CRC,
} zip_reason;

typedef struct zip_failure {
    zip_reason reason;
    char cause[160]; /* in English */
} zip_failure;

/* What the directory says of an entry. What it leaves out is 0. */
typedef struct zip_record {
    const char *name; /* UTF-8, lives as long as the door; NULL: none */
    uint64_t size;    /* unpacked */
    uint64_t packed;
    int64_t time;  /* seconds since 1970 */
    unsigned mode; /* of the file, where a Unix made the entry */
    bool stored;   /* not packed */
    bool locked;   /* encrypted, */
    bool opens;    /* … in a way that can be undone, or not at all */
    unsigned aes;  /* … by AES with so many bits */
    bool no_crc;   /* the CRC is given as 0 */
} zip_record;

/* Each opens a file, from bytes that outlive the door; from bytes that were allocated, and are
 * freed with it or on failure; from a path. NULL with *why. */
zip_door *zip_door_lent(str bytes, zip_failure *why);
zip_door *zip_door_given(char *bytes, size_t n, zip_failure *why);
zip_door *zip_door_path(const char *path, zip_failure *why);

/* NULL is fine. */
void zip_door_close(zip_door *d);

size_t zip_door_count(zip_door *d);
bool zip_door_look(zip_door *d, size_t i, zip_record *record, zip_failure *why);

/* The name of an entry as its bytes stand there, or read by the letter of the format: as cp437
 * unless it is said to be UTF-8. NULL when there is none. */
const char *zip_door_raw_name(zip_door *d, size_t i);
const char *zip_door_strict_name(zip_door *d, size_t i);

/* For all entries that are read from now on. False when memory is out. */
bool zip_door_password(zip_door *d, const char *password);

/* How an entry is read. */
typedef enum zip_form {
    ZIP_FORM_CONTENT,
    ZIP_FORM_PACKED,    /* decrypted, but left packed */
    ZIP_FORM_ENCRYPTED, /* as it stands in the file */
} zip_form;

/* NULL with *why. */
zip_stream *zip_door_read(zip_door *d, size_t i, zip_form form, zip_failure *why);

/* Bytes that were read, at most n; 0 at the end, where a CRC is compared; negative with *why. */
long long zip_stream_piece(zip_stream *s, char *room, size_t n, zip_failure *why);

/* NULL is fine. */
void zip_stream_end(zip_stream *s);

#endif

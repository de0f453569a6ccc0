/* zip: ZIP files (APPNOTE.TXT 6.3), written (zip.c) and read (zip_read.c, through zip_door.h).
 *
 * Opening reads the directory only. Nothing is believed of it: who reads an entry gives the room,
 * and what does not fill it exactly, or fails its CRC, is an error. Limits are the caller's: they
 * differ between a document and an archive. */
#ifndef QW_BASE_ZIP_H
#define QW_BASE_ZIP_H

#include "base/message.h"
#include "base/out.h"

typedef struct zipfile zipfile;

/* Opens a ZIP file that lies in bytes, which outlive it. NULL after fail(). */
zipfile *zipfile_open(str bytes, qw_error *why);

/* Opens a ZIP file by its path. NULL after fail(). */
zipfile *zipfile_open_path(const char *path, qw_error *why);

/* The first bytes of any file, at most `room` of them, and its size: libzip opens files, the
 * library else does not. False when it cannot be read. */
bool zipfile_head(const char *path, char *head, size_t room, size_t *n, uint64_t *size);

/* NULL is fine. */
void zipfile_close(zipfile *z);

size_t zipfile_count(const zipfile *z);

typedef enum zipfile_kind {
    ZIPFILE_FILE,
    ZIPFILE_FOLDER,
    ZIPFILE_LINK,
    ZIPFILE_OTHER
} zipfile_kind;

typedef struct zipfile_entry {
    str name;          /* UTF-8; bytes that are not are taken for cp437, as the format says */
    uint64_t size;     /* unpacked */
    uint64_t packed;   /* in the file */
    int64_t time;      /* of the last change, seconds since 1970 */
    zipfile_kind kind; /* by its name, and by its mode where a Unix made it */
    bool locked;       /* needs a password */
} zipfile_entry;

/* What the directory says of an entry. Its name lives as long as z. False when it says nothing that
 * makes sense: see zipfile_cause(). */
bool zipfile_at(zipfile *z, size_t i, zipfile_entry *entry);

/* The name of an entry as the bytes stand there; *utf8: it is said to be UTF-8, by the flag (bit
 * 11) or by an Info-ZIP Unicode Path field (0x7075), whose name this is then. */
str zipfile_raw_name(zipfile *z, size_t i, bool *utf8);

/* For all entries that are read from now on; it must outlive the file. False when memory is out. */
bool zipfile_password(zipfile *z, const char *password);

/* Reads the whole of an entry of `size` bytes, which the room is for, and checks its CRC. */
bool zipfile_read(zipfile *z, size_t i, char *room, size_t size);

/* The same piece by piece: begin, then pieces until one is 0 (all was read, the CRC is right) or
 * negative, then end in either case. One entry at a time. */
bool zipfile_begin(zipfile *z, size_t i);
long long zipfile_piece(zipfile *z, char *room, size_t n);
void zipfile_end(zipfile *z);

/* Why the last call failed, in English; lives until the next call. */
const char *zipfile_cause(const zipfile *z);
/* … it was for want of the right password. */
bool zipfile_wants_password(const zipfile *z);
/* … it was for the way it is packed or encrypted, which libzip cannot undo. */
bool zipfile_is_unsupported(const zipfile *z);

/* ---- Writing --------------------------------------------------------------------------------- */

/* An entry that is made or changed. Its bytes must outlive the writing. */
typedef struct zipfile_part {
    size_t index; /* of the entry that it stands for; STR_NONE: it is added at the end */
    str name;     /* UTF-8, for one that is added */
    str bytes;
    const str *pieces; /* instead of bytes: these, one after another; none is empty */
    size_t npieces;
    bool gone; /* the entry is left out */
} zipfile_part;

/* Writes a ZIP file of these parts, in this order, deflated, all dated 1980-01-01: the same parts
 * give the same bytes. False when memory is out; what the sink refuses is for the caller to see. */
bool zipfile_write_new(const zipfile_part *parts, size_t n, out *to);

/* Writes the ZIP file that lies in bytes with these parts changed. All others keep their compressed
 * bytes, order and dates; those that change keep their place, date and way of packing. False as
 * above. */
bool zipfile_write_changed(str bytes, const zipfile_part *parts, size_t n, out *to);

/* A ZIP file that is made of files. What is added is read when it is finished, and must stand there
 * until then. */
typedef struct zipmaker zipmaker;

/* NULL after fail(). Nothing is written to path yet. */
zipmaker *zipmaker_new(const char *path, qw_error *why);

/* Adds n bytes of the file at a path, from an offset on, under a name in UTF-8 (the flag is set
 * where it is not ASCII); time is that of the last change, in seconds since 1970. False after
 * fail(): there is that name already, or memory was out. */
bool zipmaker_add(zipmaker *z, str name, const char *file, uint64_t offset, uint64_t n,
                  int64_t time, qw_error *why);

/* Writes all of it. False after fail(): then there is no file. */
bool zipmaker_finish(zipmaker *z, qw_error *why);

/* NULL is fine. What is not finished is dropped. */
void zipmaker_free(zipmaker *z);

#endif

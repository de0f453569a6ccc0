/* libarchive: 7z, RAR and tar, and single files that are packed. The only file that knows
 * libarchive, which a build may leave out.
 *
 * libarchive turns names into the encoding of the thread's locale, and loses those that this cannot
 * spell. Its calls are therefore made in a UTF-8 locale. What it takes for bytes stays bytes. */
#include "archive/reader.h"

#ifdef QW_LIBARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>

typedef struct any_reader {
    struct archive *archive;
    locale_t utf8; /* 0: the system has none */
    bool single;   /* a packed file that is no archive inside */
    bool locked;   /* the member needs a password */
} any_reader;

enum { BLOCK = 64 * 1024 };

/* ---- Failures -------------------------------------------------------------------------------- */

/* libarchive tells of passwords in words only. */
static bool is_about_password(str cause) {
    static const char *const words[] = {"assphrase", "ncrypt", "assword"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(cause, str_of(words[i]), 0) != STR_NONE) return true;
    return false;
}

static bool failed(const any_reader *r, qw_error *why) {
    str cause = str_of(archive_error_string(r->archive));
    if (r->locked && !is_about_password(cause)) cause = STR("libarchive does not decrypt it");
    if (r->locked || is_about_password(cause))
        return fail(why, MSG_ARCHIVE_CIPHER, STR(""), ARGS(cause));
    return fail(why, MSG_ARCHIVE_BROKEN, STR(""), ARGS(cause.p ? cause : STR("no cause given")));
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* Where a library was left out, libarchive would start a program in its stead. */
static void support(struct archive *a) {
    archive_read_support_format_7zip(a);
    archive_read_support_format_rar(a);
    archive_read_support_format_rar5(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_raw(a);
    if (archive_zlib_version()) archive_read_support_filter_gzip(a);
    if (archive_bzlib_version()) archive_read_support_filter_bzip2(a);
    if (archive_liblzma_version()) archive_read_support_filter_xz(a);
    if (archive_libzstd_version()) archive_read_support_filter_zstd(a);
}

static locale_t enter(const any_reader *r) {
    return r->utf8 ? uselocale(r->utf8) : (locale_t)0;
}

static void leave(locale_t before) {
    if (before) uselocale(before);
}

static void any_close(void *self) {
    any_reader *r = self;
    if (r->archive) archive_read_free(r->archive);
    if (r->utf8) freelocale(r->utf8);
    free(r);
}

static bool open_it(any_reader *r, const char *path, str bytes) {
    if (path) return archive_read_open_filename(r->archive, path, BLOCK) == ARCHIVE_OK;
    return archive_read_open_memory(r->archive, bytes.p, bytes.n) == ARCHIVE_OK;
}

static void *any_open(const char *path, str bytes, const char *password, qw_error *why) {
    any_reader *r = calloc(1, sizeof *r);
    if (!r) return fail_memory(why), NULL;
    r->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!r->utf8) r->utf8 = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
    r->archive = archive_read_new();
    if (!r->archive) {
        fail_memory(why);
        any_close(r);
        return NULL;
    }
    locale_t before = enter(r);
    support(r->archive);
    if (password) archive_read_add_passphrase(r->archive, password);
    bool ok = open_it(r, path, bytes) || failed(r, why);
    leave(before);
    if (ok) return r;
    any_close(r);
    return NULL;
}

/* ---- Members --------------------------------------------------------------------------------- */

static qw_member_kind kind_of(struct archive_entry *e) {
    if (archive_entry_hardlink(e) || archive_entry_symlink(e)) return QW_MEMBER_LINK;
    switch (archive_entry_filetype(e)) {
    case AE_IFREG:
    case 0: return QW_MEMBER_FILE;
    case AE_IFDIR: return QW_MEMBER_FOLDER;
    case AE_IFLNK: return QW_MEMBER_LINK;
    default: return QW_MEMBER_OTHER;
    }
}

static bool is_unicode(int format) {
    return format == ARCHIVE_FORMAT_7ZIP || format == ARCHIVE_FORMAT_RAR_V5;
}

static str name_of(struct archive_entry *e) {
    const char *name = archive_entry_pathname(e);
    return str_of(name ? name : archive_entry_pathname_utf8(e));
}

/* What is not packed at all and no archive either is read as one "raw" member: that is no archive.
 */
static bool is_nothing(const any_reader *r) {
    return r->single && archive_filter_count(r->archive) <= 1;
}

static reader_step any_next(void *self, member_head *head, qw_error *why) {
    any_reader *r = self;
    struct archive_entry *e = NULL;
    locale_t before = enter(r);
    int code = archive_read_next_header(r->archive, &e);
    int format = archive_format(r->archive);
    reader_step step = READER_FAILED;
    r->single = format == ARCHIVE_FORMAT_RAW;
    r->locked = false;
    if (code == ARCHIVE_EOF) {
        step = READER_END;
    } else if ((code != ARCHIVE_OK && code != ARCHIVE_WARN) || is_nothing(r)) {
        failed(r, why);
    } else {
        step = READER_MEMBER;
        *head = (member_head){
            .name = name_of(e),
            .single = r->single,
            .utf8 = is_unicode(format),
            .sized = archive_entry_size_is_set(e) && !r->single,
            .timed = archive_entry_mtime_is_set(e),
            .locked = archive_entry_is_data_encrypted(e) || archive_entry_is_metadata_encrypted(e),
            .time = archive_entry_mtime(e),
            .kind = kind_of(e),
        };
        r->locked = head->locked;
        if (head->sized && archive_entry_size(e) > 0) head->size = (uint64_t)archive_entry_size(e);
    }
    leave(before);
    return step;
}

static long long any_piece(void *self, char *room, size_t n, qw_error *why) {
    any_reader *r = self;
    locale_t before = enter(r);
    la_ssize_t got;
    unsigned again = 0;
    do got = archive_read_data(r->archive, room, n);
    while (got == ARCHIVE_RETRY && again++ < 8);
    if (got < 0) failed(r, why);
    leave(before);
    return got < 0 ? -1 : (long long)got;
}

static const reader_class any = {
    .open = any_open,
    .close = any_close,
    .next = any_next,
    .piece = any_piece,
};

const reader_class *const reader_libarchive = &any;

#else

const reader_class *const reader_libarchive = NULL;

#endif

/* zip: ZIP files as archives, through base/zip. */
#include "base/zip.h"
#include "archive/reader.h"

#include <stdlib.h>

typedef struct zip_reader {
    zipfile *zip;
    size_t next; /* the member that the cursor goes to next */
    bool begun;  /* the one before it is being read */
} zip_reader;

static void *zip_open_reader(const char *path, str bytes, const char *password, qw_error *why) {
    zip_reader *r = calloc(1, sizeof *r);
    if (!r) return fail_memory(why), NULL;
    r->zip = path ? zipfile_open_path(path, why) : zipfile_open(bytes, why);
    bool ok = r->zip && (!password || zipfile_password(r->zip, password) || fail_memory(why));
    if (ok) return r;
    zipfile_close(r->zip);
    free(r);
    return NULL;
}

static void zip_close_reader(void *self) {
    zip_reader *r = self;
    zipfile_close(r->zip);
    free(r);
}

static bool failed(const zip_reader *r, qw_error *why) {
    if (zipfile_wants_password(r->zip)) return fail(why, MSG_ARCHIVE_LOCKED, STR(""), NO_ARGS);
    str cause = str_of(zipfile_cause(r->zip));
    bool unsupported = zipfile_is_unsupported(r->zip);
    return fail(why, unsupported ? MSG_ARCHIVE_METHOD : MSG_ARCHIVE_BROKEN, STR(""), ARGS(cause));
}

static qw_member_kind kind_of(zipfile_kind kind) {
    static const qw_member_kind kinds[] = {
        [ZIPFILE_FILE] = QW_MEMBER_FILE,
        [ZIPFILE_FOLDER] = QW_MEMBER_FOLDER,
        [ZIPFILE_LINK] = QW_MEMBER_LINK,
        [ZIPFILE_OTHER] = QW_MEMBER_OTHER,
    };
    return kinds[kind];
}

static reader_step zip_next(void *self, member_head *head, qw_error *why) {
    zip_reader *r = self;
    zipfile_entry entry;
    r->begun = false;
    if (r->next >= zipfile_count(r->zip)) return READER_END;
    if (!zipfile_at(r->zip, r->next, &entry)) return failed(r, why), READER_FAILED;
    *head = (member_head){
        .sized = true,
        .timed = entry.time != 0,
        .locked = entry.locked,
        .size = entry.size,
        .packed = entry.packed,
        .time = entry.time,
        .kind = kind_of(entry.kind),
    };
    head->name = zipfile_raw_name(r->zip, r->next++, &head->utf8);
    return READER_MEMBER;
}

static void zip_go_to(void *self, size_t i) {
    zip_reader *r = self;
    r->next = i;
    r->begun = false;
}

static long long zip_piece(void *self, char *room, size_t n, qw_error *why) {
    zip_reader *r = self;
    if (!r->begun && !zipfile_begin(r->zip, r->next - 1)) return failed(r, why), -1;
    r->begun = true;
    long long got = zipfile_piece(r->zip, room, n);
    if (got < 0) failed(r, why);
    return got;
}

const reader_class reader_zip = {
    .open = zip_open_reader,
    .close = zip_close_reader,
    .next = zip_next,
    .go_to = zip_go_to,
    .piece = zip_piece,
};

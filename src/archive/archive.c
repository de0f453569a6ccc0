/* archive: qw_archive_*, on top of the readers. Limits are kept here. */
#include "archive/archive.h"
#include "base/zip.h"

#include <stdlib.h>

/* A reader is asked for pieces of this size. */
enum { PIECE = 64 * 1024 };

static const qw_archive_options defaults = {
    .max_members = 1000000,
    .max_total = (uint64_t)64 << 30,
    .max_ratio = 500,
};

/* Growth is judged from here on: little text may well be packed to almost nothing. */
static const uint64_t ratio_from = (uint64_t)64 << 20;

/* Bytes that all names together may take: they are held in memory. */
static const uint64_t names_most = (uint64_t)256 << 20;

/* ---- Kinds ----------------------------------------------------------------------------------- */

/* The sum of a tar header, its own field taken as blanks (POSIX.1-1988 ustar): what has it right is
 * no text. */
static bool is_tar(str head) {
    enum { FIELD = 148, FIELD_SIZE = 8, HEADER = 512 };
    unsigned sum = 0, said = 0;
    if (head.n < HEADER || head.p[0] == '\0') return false;
    for (size_t i = 0; i < HEADER; i++) sum += i - FIELD < FIELD_SIZE ? ' ' : (uint8_t)head.p[i];
    str digits = str_trim(str_make(head.p + FIELD, FIELD_SIZE));
    for (size_t i = 0; i < digits.n && digits.p[i] >= '0' && digits.p[i] < '8'; i++)
        said = said * 8 + (unsigned)(digits.p[i] - '0');
    return said == sum;
}

const char *qw_archive_kind(const void *bytes, size_t n) {
    static const struct magic {
        str bytes;
        const char *kind;
    } magics[] = {
        {STR_INIT("PK\3\4"), "zip"},
        {STR_INIT("PK\5\6"), "zip"},
        {STR_INIT("7z\xBC\xAF\x27\x1C"), "7z"},
        {STR_INIT("Rar!\x1A\7"), "rar"},
        {STR_INIT("\x1F\x8B\x08"), "gzip"},
        {STR_INIT("\xFD"
                  "7zXZ\0"),
         "xz"},
        {STR_INIT("\x28\xB5\x2F\xFD"), "zstd"},
        {STR_INIT("BZh"), "bzip2"},
    };
    str head = str_make(bytes, n);
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(head, magics[i].bytes)) return magics[i].kind;
    return is_tar(head) ? "tar" : NULL;
}

/* ---- Opening --------------------------------------------------------------------------------- */

static void fill_options(qw_archive *a, const qw_archive_options *options) {
    a->options = options ? *options : defaults;
    if (!a->options.max_members) a->options.max_members = defaults.max_members;
    if (!a->options.max_total) a->options.max_total = defaults.max_total;
    if (!a->options.max_ratio) a->options.max_ratio = defaults.max_ratio;
    if (a->options.password) a->options.password = arena_str(a->mem, str_of(a->options.password)).p;
}

static bool choose_class(qw_archive *a, qw_error *why) {
    char head[QW_ARCHIVE_HEAD];
    size_t n = a->bytes.n < sizeof head ? a->bytes.n : sizeof head;
    if (a->path && !zipfile_head(a->path, head, sizeof head, &n, &a->file_size))
        return fail(why, MSG_NO_ARCHIVE, STR(""), NO_ARGS);
    const char *kind = qw_archive_kind(a->path ? head : a->bytes.p, n);
    if (!kind) return fail(why, MSG_NO_ARCHIVE, STR(""), NO_ARGS);
    a->class = str_eq(str_of(kind), STR("zip")) ? &reader_zip : reader_libarchive;
    return a->class || fail(why, MSG_ARCHIVE_KIND, STR(""), ARGS(str_of(kind)));
}

static bool open_reader(qw_archive *a, qw_error *why) {
    a->reader = a->class->open(a->path, a->bytes, a->options.password, why);
    a->at = 0;
    return a->reader != NULL;
}

qw_archive *qw_archive_open(const qw_input *input, const qw_archive_options *options,
                            qw_error *why) {
    fail_begin(why);
    arena *mem = arena_new(0);
    qw_archive *a = mem ? arena_zalloc(mem, 1, sizeof *a) : NULL;
    if (!a) {
        arena_free(mem);
        return fail_memory(why), NULL;
    }
    a->mem = mem;
    a->bytes = str_make(input->bytes, input->n);
    a->file_size = input->n;
    a->label = arena_str(mem, input->name ? str_of(input->name) : STR("data"));
    if (!input->bytes) a->path = a->label.p;
    fill_options(a, options);
    if (arena_failed(mem)) fail_memory(why);
    if (!arena_failed(mem) && choose_class(a, why) && open_reader(a, why)) return a;
    qw_archive_close(a);
    return NULL;
}

void qw_archive_close(qw_archive *a) {
    if (!a) return;
    if (a->reader) a->class->close(a->reader);
    arena_free(a->mem);
}

/* ---- The cursor ------------------------------------------------------------------------------ */

/* Puts the cursor before member i: next() gives its head. */
static bool go_to(qw_archive *a, size_t i, qw_error *why) {
    member_head head;
    if (a->class->go_to) {
        a->class->go_to(a->reader, i);
        a->at = i;
        return true;
    }
    if (a->at > i) {
        a->class->close(a->reader);
        a->reader = NULL;
        if (!open_reader(a, why)) return false;
    }
    for (; a->at < i; a->at++) {
        reader_step step = a->class->next(a->reader, &head, why);
        if (step == READER_END) return fail(why, MSG_ARCHIVE_NO_MEMBER, STR(""), NO_ARGS);
        if (step == READER_FAILED) return false;
    }
    return true;
}

/* ---- The list -------------------------------------------------------------------------------- */

/* Entries by which other formats that use ZIP can be told: OPC (ECMA-376 part 2), OpenDocument and
 * EPUB (their first one), JAR (the first but for its folder). */
static bool tells_document(str name, size_t i) {
    if (str_eq(name, STR("[Content_Types].xml"))) return true;
    if (i == 0 && str_eq(name, STR("mimetype"))) return true;
    return i <= 1 && str_eq(name, STR("META-INF/MANIFEST.MF"));
}

bool qw_archive_is_document(qw_archive *a) {
    member_head head;
    bool found = false;
    if (a->class != &reader_zip || !go_to(a, 0, NULL)) return false;
    while (!found && a->class->next(a->reader, &head, NULL) == READER_MEMBER)
        found = tells_document(head.name, a->at++);
    return found;
}

static message_id refusal(const qw_archive *a, const member_head *head) {
    bool grows =
        head->packed && head->size > ratio_from && head->size / head->packed > a->options.max_ratio;
    if (head->kind == QW_MEMBER_LINK) return MSG_MEMBER_LINK;
    if (head->kind == QW_MEMBER_OTHER) return MSG_MEMBER_OTHER;
    return grows ? MSG_MEMBER_BOMB : MSG_NONE;
}

/* A packed file that is no archive has no name of its own, or one that is lost by renaming: it is
 * named like what it is packed in. */
static str single_name(const qw_archive *a) {
    static const char *const endings[] = {".gz", ".xz", ".zst", ".bz2"};
    str name = a->label;
    for (size_t at; (at = str_find_byte(name, '/', 0)) != STR_NONE;)
        name = str_cut(name, at + 1, name.n);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str end = str_of(endings[i]), tail = str_cut(name, name.n - end.n, name.n);
        if (name.n > end.n && str_eq_nocase(tail, end)) return str_cut(name, 0, name.n - end.n);
    }
    return name;
}

static bool add_member(qw_archive *a, const member_head *head, size_t *room) {
    if (a->nmembers == *room) {
        size_t more = *room ? *room * 2 : 64;
        archive_member *p = arena_resize(a->mem, a->members, *room * sizeof *p, more * sizeof *p);
        if (!p) return false;
        a->members = p;
        *room = more;
    }
    archive_member *m = &a->members[a->nmembers++];
    a->single = head->single;
    *m = (archive_member){
        .name = arena_str(a->mem, head->single ? single_name(a) : head->name),
        .repair = "",
        .was = "",
        .size = head->size,
        .packed = head->packed,
        .time = head->time,
        .kind = head->kind,
        .utf8 = head->utf8,
        .sized = head->sized,
        .timed = head->timed,
        .locked = head->locked,
        .refused = refusal(a, head),
    };
    return !arena_failed(a->mem);
}

/* Would the archive unpack to too much, with what was listed so far? Entries of a ZIP file can lie
 * on top of one another, so that the whole is held against the size of the file. */
static bool check_total(const qw_archive *a, uint64_t total, qw_error *why) {
    const qw_archive_options *o = &a->options;
    uint64_t packed = a->file_size ? a->file_size : 1, ratio = total / packed;
    if (total > o->max_total) return fail(why, MSG_ARCHIVE_TOTAL, STR(""), ARGS(NUM(o->max_total)));
    if (total > ratio_from && ratio > o->max_ratio)
        return fail(why, MSG_ARCHIVE_BOMB, STR(""), ARGS(NUM(ratio), NUM(o->max_ratio)));
    return true;
}

/* Reads all heads. What is listed is judged before the next head, because the way to that one may
 * lead through all the bytes of this one. */
static bool list_heads(qw_archive *a, qw_error *why) {
    member_head head;
    uint64_t total = 0, names = 0;
    size_t room = 0;
    for (;;) {
        reader_step step = a->class->next(a->reader, &head, why);
        if (step == READER_END) return true;
        if (step == READER_FAILED) return false;
        a->at++;
        if (a->nmembers >= a->options.max_members)
            return fail(why, MSG_ARCHIVE_MEMBERS, STR(""), ARGS(NUM(a->options.max_members)));
        names += head.name.n;
        if (names > names_most) return fail(why, MSG_ARCHIVE_NAMES, STR(""), ARGS(NUM(names_most)));
        if (head.size > UINT64_MAX - total) head.size = UINT64_MAX - total;
        total += head.size;
        if (!check_total(a, total, why)) return false;
        if (!add_member(a, &head, &room)) return fail_memory(why);
    }
}

bool qw_archive_list(qw_archive *a, qw_error *why) {
    fail_begin(why);
    a->nmembers = 0;
    a->members = NULL;
    if (!go_to(a, 0, why) || !list_heads(a, why)) return false;
    return members_name(a) || fail_memory(why);
}

bool qw_archive_is_single(const qw_archive *a) {
    return a->single;
}

const char *qw_archive_encoding(const qw_archive *a) {
    return a->names ? encoding_name(a->names) : "";
}

bool qw_archive_member(const qw_archive *a, size_t i, qw_member *found, qw_error *refused) {
    fail_begin(refused);
    if (i >= a->nmembers) return false;
    const archive_member *m = &a->members[i];
    *found = (qw_member){
        .name = m->name.p,
        .repaired = m->repair,
        .was = m->was,
        .kind = m->kind,
        .sized = m->sized,
        .timed = m->timed,
        .locked = m->locked,
        .size = m->size,
        .time = m->time,
    };
    if (m->refused) fail(refused, m->refused, STR(""), NO_ARGS);
    return true;
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* How many bytes a member may give: what its head says, or what the archive can honestly hold. */
static uint64_t most_bytes(const qw_archive *a, const member_head *head) {
    uint64_t most = a->options.max_total, ratio = a->options.max_ratio;
    if (head->sized) return head->size < most ? head->size : most;
    if (a->file_size < most / ratio && a->file_size * ratio > ratio_from)
        most = a->file_size * ratio;
    else if (a->file_size < most / ratio)
        most = ratio_from;
    return most;
}

static bool copy_member(qw_archive *a, const member_head *head, const qw_sink *sink,
                        qw_error *why) {
    char *room = malloc(PIECE);
    uint64_t n = 0, most = most_bytes(a, head);
    long long got = -1;
    bool ok = room || fail_memory(why);
    while (ok && (got = a->class->piece(a->reader, room, PIECE, why)) > 0) {
        n += (uint64_t)got;
        if (n > most)
            ok = fail(why, head->sized ? MSG_MEMBER_LONGER : MSG_MEMBER_BOMB, STR(""), NO_ARGS);
        else if (!sink->write(sink->self, room, (size_t)got))
            ok = fail(why, MSG_SINK, STR(""), NO_ARGS);
    }
    free(room);
    if (ok && got == 0 && head->sized && n < head->size)
        return fail(why, MSG_MEMBER_SHORTER, STR(""), NO_ARGS);
    return ok && got == 0;
}

static bool head_of(qw_archive *a, size_t i, member_head *head, qw_error *why) {
    if (!go_to(a, i, why)) return false;
    reader_step step = a->class->next(a->reader, head, why);
    if (step == READER_MEMBER) a->at++;
    if (step == READER_END) fail(why, MSG_ARCHIVE_NO_MEMBER, STR(""), NO_ARGS);
    return step == READER_MEMBER;
}

bool qw_archive_read(qw_archive *a, size_t i, const qw_sink *sink, qw_error *why) {
    member_head head;
    fail_begin(why);
    return head_of(a, i, &head, why) && copy_member(a, &head, sink, why);
}

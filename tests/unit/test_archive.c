/* Archives: what is read, whose names it has, and everything that must not be unpacked. */
#include "check.h"
#include "support/keep.h"
#include "support/pack.h"

#include <stdlib.h>

static buf made = {NULL, 0, 0, 1 << 24, false};
static char reason[128];

static qw_archive *open_with(const qw_archive_options *options) {
    qw_error why;
    qw_archive *a = qw_archive_open(
        &(qw_input){.name = "a/文.txt.gz", .bytes = made.p, .n = made.n}, options, &why);
    if (a && qw_archive_list(a, &why)) return a;
    snprintf(reason, sizeof reason, "%s", why.id ? why.id : "");
    qw_archive_close(a);
    return NULL;
}

static qw_archive *zip_of(const pack_entry *entries, size_t n, const qw_archive_options *options) {
    buf_free(&made);
    pack_zip(&made, entries, n);
    return open_with(options);
}

#define ZIP(...)                                                                                   \
    zip_of((const pack_entry[]){__VA_ARGS__},                                                      \
           sizeof((const pack_entry[]){__VA_ARGS__}) / sizeof(pack_entry), NULL)

static str name_of(const qw_archive *a, size_t i) {
    qw_member m;
    return a && qw_archive_member(a, i, &m, NULL) ? str_of(m.name) : STR("(none)");
}

static str refusal_of(const qw_archive *a, size_t i) {
    static qw_error refused;
    qw_member m;
    if (!a || !qw_archive_member(a, i, &m, &refused)) return STR("(none)");
    return refused.id ? str_of(refused.id) : STR("");
}

static void expect_bytes(qw_archive *a, size_t i, str want) {
    buf got = BUF_INIT(1 << 20);
    qw_error why;
    qw_sink sink = {keep, &got};
    CHECK(a && qw_archive_read(a, i, &sink, &why));
    CHECK_STR(buf_str(&got), want);
    buf_free(&got);
}

static str failure_of(qw_archive *a, size_t i) {
    static qw_error why;
    buf got = BUF_INIT(1 << 20);
    qw_sink sink = {keep, &got};
    bool ok = a && qw_archive_read(a, i, &sink, &why);
    buf_free(&got);
    return ok ? STR("") : str_of(why.id);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static void reads_zip(void) {
    qw_archive *a = ZIP({.name = STR("one.txt"), .bytes = STR("first")},
                        {.name = STR("dir/two.txt"), .bytes = STR("second")});
    CHECK_STR(name_of(a, 0), STR("one.txt"));
    CHECK_STR(name_of(a, 1), STR("dir/two.txt"));
    CHECK_STR(name_of(a, 2), STR("(none)"));
    expect_bytes(a, 1, STR("second"));
    expect_bytes(a, 0, STR("first"));
    expect_bytes(a, 1, STR("second"));
    CHECK_STR(failure_of(a, 2), STR("no-such-member"));
    CHECK(!qw_archive_is_document(a));
    qw_archive_close(a);
}

static void reads_tar(void) {
    buf_free(&made);
    pack_tar_entry(&made, STR("a.txt"), '0', STR("first"));
    pack_tar_entry(&made, STR("b"), '2', STR(""));
    pack_tar_entry(&made, STR("c"), '3', STR(""));
    pack_tar_entry(&made, STR("../d.txt"), '0', STR("evil"));
    pack_tar_entry(&made, STR("\xB1\xA8\xB8\xE6.txt"), '0', STR("last"));
    pack_tar_end(&made);
    CHECK_STR(str_of(qw_archive_kind(made.p, made.n)), STR("tar"));
    qw_archive *a = open_with(NULL);
    if (!a && strcmp(reason, "archive-kind") == 0) return; /* built without libarchive */
    CHECK(a != NULL);
    expect_bytes(a, 4, STR("last"));
    expect_bytes(a, 0, STR("first"));
    expect_bytes(a, 0, STR("first"));
    CHECK_STR(name_of(a, 4), STR("报告.txt"));
    CHECK_STR(refusal_of(a, 1), STR("member-link"));
    CHECK_STR(refusal_of(a, 2), STR("member-device"));
    CHECK_STR(refusal_of(a, 3), STR("member-leads-out"));
    CHECK_STR(refusal_of(a, 4), STR(""));
    qw_member m;
    CHECK(a && qw_archive_member(a, 0, &m, NULL) && m.timed && m.time == 1700000000);
    qw_archive_close(a);
}

static void knows_documents(void) {
    qw_archive *a = ZIP({.name = STR("word/document.xml")}, {.name = STR("[Content_Types].xml")});
    CHECK(qw_archive_is_document(a));
    qw_archive_close(a);
    a = ZIP({.name = STR("mimetype"), .bytes = STR("application/epub+zip")}, {.name = STR("x")});
    CHECK(qw_archive_is_document(a));
    qw_archive_close(a);
    a = ZIP({.name = STR("src/")}, {.name = STR("x")}, {.name = STR("META-INF/MANIFEST.MF")});
    CHECK(!qw_archive_is_document(a));
    qw_archive_close(a);
}

/* ---- Names ----------------------------------------------------------------------------------- */

static void judges_names(void) {
    qw_archive *a = ZIP({.name = STR("\xB1\xA8\xB8\xE6.txt")});
    CHECK_STR(name_of(a, 0), STR("报告.txt"));
    CHECK_STR(str_of(qw_archive_encoding(a)), STR("GB18030"));
    qw_archive_close(a);
    a = ZIP({.name = STR("\xE6\x8A\xA5\xE5\x91\x8A.txt")}); /* UTF-8 that is not said to be */
    CHECK_STR(name_of(a, 0), STR("报告.txt"));
    qw_archive_close(a);
    /* The second byte of 表 and ソ in Shift_JIS is a backslash. */
    a = ZIP({.name = STR("\x95\x5C\x8C\x76\x8E\x5A/\x83\x5C\x83\x74\x83\x67.txt")});
    CHECK_STR(name_of(a, 0), STR("表計算/ソフト.txt"));
    qw_archive_close(a);
    a = ZIP({.name = STR("dir\\file.txt")});
    CHECK_STR(name_of(a, 0), STR("dir/file.txt"));
    qw_archive_close(a);
}

static void honours_what_is_said(void) {
    /* 浣犲ソ is what 你好 in UTF-8 looks like in GBK: who says UTF-8 is believed. */
    qw_archive *a = ZIP({.name = STR("浣犲ソ.txt"), .flags = 0x800});
    CHECK_STR(name_of(a, 0), STR("浣犲ソ.txt"));
    qw_archive_close(a);
    a = ZIP({.name = STR("\xB1\xA8.txt"), .unicode = STR("另一个名字.txt")});
    CHECK_STR(name_of(a, 0), STR("另一个名字.txt"));
    qw_archive_close(a);
}

static void repairs_cp437(void) {
    qw_archive *a = ZIP({.name = STR("▒¿╕µ.txt"), .flags = 0x800},
                        {.name = STR("║╧═¼/╡┌╥╗╒┬.txt"), .flags = 0x800});
    qw_member m;
    CHECK_STR(name_of(a, 0), STR("报告.txt"));
    CHECK_STR(name_of(a, 1), STR("合同/第一章.txt"));
    CHECK(a && qw_archive_member(a, 0, &m, NULL) && *m.repaired);
    qw_archive_close(a);
    a = ZIP({.name = STR("Übung für Anfänger.txt"), .flags = 0x800});
    CHECK_STR(name_of(a, 0), STR("Übung für Anfänger.txt"));
    qw_archive_close(a);
}

/* ---- What is refused ------------------------------------------------------------------------- */

static void refuses_ways_out(void) {
    qw_archive *a = ZIP({.name = STR("../x")}, {.name = STR("/x")}, {.name = STR("C:\\x")},
                        {.name = STR("a/../../x")}, {.name = STR("..\\x")}, {.name = STR("a\nb")},
                        {.name = STR("./ok//x")}, {.name = STR("ok/x")}, {.name = STR("a..b")});
    for (size_t i = 0; i < 5; i++) CHECK_STR(refusal_of(a, i), STR("member-leads-out"));
    CHECK_STR(refusal_of(a, 5), STR("member-name"));
    CHECK_STR(refusal_of(a, 6), STR(""));
    CHECK_STR(name_of(a, 6), STR("ok/x"));
    CHECK_STR(refusal_of(a, 7), STR("member-twice"));
    CHECK_STR(refusal_of(a, 8), STR(""));
    qw_archive_close(a);
}

static void refuses_what_is_a_folder_too(void) {
    qw_archive *a =
        ZIP({.name = STR("d"), .bytes = STR("1")}, {.name = STR("d-e"), .bytes = STR("2")},
            {.name = STR("d/x.txt"), .bytes = STR("3")}, {.name = STR("d"), .bytes = STR("4")},
            {.name = STR("e/f"), .bytes = STR("5")}, {.name = STR("e/f/g"), .bytes = STR("6")},
            {.name = STR("e/fg"), .bytes = STR("7")});
    static const char *const want[] = {"member-is-folder", "", "", "member-twice",
                                       "member-is-folder", "", ""};
    for (size_t i = 0; i < 7; i++) CHECK_STR(refusal_of(a, i), str_of(want[i]));
    qw_archive_close(a);
}

/* Names that say they are UTF-8 and are not, and bytes that p7zip made characters of. */
static void reads_names_that_lie(void) {
    qw_archive *a = ZIP({.name = STR("\xB1\xA8\xB8\xE6.txt"), .bytes = STR("1"), .flags = 0x800},
                        {.name = STR("\xBA\xCF\xCD\xAC.txt"), .bytes = STR("2"), .flags = 0x800});
    CHECK_STR(name_of(a, 0), STR("报告.txt"));
    CHECK_STR(name_of(a, 1), STR("合同.txt"));
    expect_bytes(a, 1, STR("2"));
    qw_archive_close(a);
    a = ZIP({.name = STR("\xEE\xBE\xB1\xEE\xBE\xA8\xEE\xBE\xB8\xEE\xBF\xA6.txt"),
             .bytes = STR("1"),
             .flags = 0x800},
            {.name = STR("\xEE\xBE\xBA\xEE\xBF\x8F\xEE\xBF\x8D\xEE\xBE\xAC.txt"),
             .bytes = STR("2"),
             .flags = 0x800});
    CHECK_STR(name_of(a, 0), STR("报告.txt"));
    CHECK_STR(name_of(a, 1), STR("合同.txt"));
    qw_archive_close(a);
}

static void refuses_kinds(void) {
    qw_archive *a = ZIP({.name = STR("l"), .bytes = STR("/etc/passwd"), .mode = 0120777},
                        {.name = STR("p"), .mode = 0010644}, {.name = STR("f"), .mode = 0100644});
    CHECK_STR(refusal_of(a, 0), STR("member-link"));
    CHECK_STR(refusal_of(a, 1), STR("member-device"));
    CHECK_STR(refusal_of(a, 2), STR(""));
    qw_archive_close(a);
}

static void refuses_bombs(void) {
    static const pack_entry lying[] = {
        {.name = STR_INIT("a"), .bytes = STR_INIT("x"), .lie = 0x40000000},
        {.name = STR_INIT("b"), .bytes = STR_INIT("x")}};
    qw_archive *a = zip_of(lying, 2, NULL);
    CHECK(!a);
    CHECK_STR(str_of(reason), STR("archive-is-bomb"));
    qw_archive_close(a);
    a = zip_of(lying, 2, &(qw_archive_options){.max_total = 1 << 20});
    CHECK(!a);
    CHECK_STR(str_of(reason), STR("archive-too-large"));
    qw_archive_close(a);
    a = zip_of(lying, 2, &(qw_archive_options){.max_members = 1});
    CHECK(!a);
    qw_archive_close(a);
    a = zip_of(lying + 1, 1, &(qw_archive_options){.max_members = 1});
    CHECK(a != NULL);
    qw_archive_close(a);
}

static void refuses_damage(void) {
    qw_archive *a = ZIP({.name = STR("a"), .bytes = STR("x"), .lie = 100},
                        {.name = STR("b"), .bytes = STR("x"), .flags = 1});
    CHECK(failure_of(a, 0).n > 0);
    CHECK_STR(failure_of(a, 1), STR("archive-locked"));
    qw_archive_close(a);
    made.n -= 30;
    a = open_with(NULL);
    CHECK(!a);
    CHECK_STR(str_of(reason), STR("broken-zip"));
    qw_archive_close(a);
    made.n = 3;
    a = open_with(NULL);
    CHECK(!a);
    CHECK_STR(str_of(reason), STR("no-archive"));
    qw_archive_close(a);
}

int main(void) {
    RUN(reads_zip);
    RUN(reads_tar);
    RUN(knows_documents);
    RUN(judges_names);
    RUN(honours_what_is_said);
    RUN(repairs_cp437);
    RUN(refuses_ways_out);
    RUN(refuses_kinds);
    RUN(refuses_what_is_a_folder_too);
    RUN(reads_names_that_lie);
    RUN(refuses_bombs);
    RUN(refuses_damage);
    buf_free(&made);
    return check_result();
}

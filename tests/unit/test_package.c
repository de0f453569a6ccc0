/* Packages: good ones, odd ones, and each kind that is refused, by its own message. */
#include "ooxml/package_kind.h"
#include "support/package.h"

#include <stdlib.h>

#define RELS "http://schemas.openxmlformats.org/package/2006/relationships"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static arena *mem;

/* The package with a part changed. */
static str changed(package *p, const changed_part *change, buf *b) {
    qw_sink sink = {keep, b};
    out *to = malloc(sizeof *to);
    qw_error why = {0};
    if (!to) abort();
    out_begin(to, &sink);
    CHECK(package_write_changed(p, change, 1, to, &why) && out_end(to));
    free(to);
    return buf_str(b);
}

static void expect_refusal_of(str bytes, const char *name, const char *id) {
    qw_error why = {0};
    size_t main_part;
    package *p = package_open(mem, bytes, str_of(name), NULL, &why);
    if (p) package_main(p, &main_part, &why);
    package_close(p);
    check_count++;
    if (!why.id || strcmp(why.id, id) != 0)
        CHECK_FAIL("%s: “%s”, not “%s”", name, why.id ? why.id : "", id);
}

static const new_part rels = {
    "_rels/.rels", STR_INIT("<Relationships xmlns=\"" RELS "\"><Relationship Id=\"r1\" Type=\"" TYPE
                            "officeDocument\" Target=\"/text/Main%20Part.xml\"/></Relationships>")};
static const new_part main_part = {"text/main part.xml", STR_INIT("<a/>")};
static const new_part main_rels = {
    "text/_rels/main part.xml.rels",
    STR_INIT("<Relationships xmlns=\"" RELS "\"><Relationship Id=\"r1\" Type=\"" TYPE
             "styles\" Target=\"../s.xml\"/><Relationship Id=\"r2\" Type=\"" TYPE
             "hyperlink\" Target=\"http://example.com/?a=1&amp;b=2\" TargetMode=\"External\"/>"
             "</Relationships>")};
static const new_part styles = {"s.xml", STR_INIT("<b/>")};

static void good(void) {
    str bytes = package_of(mem, (const new_part[]){rels, main_part, main_rels, styles}, 4);
    qw_error why = {0};
    package *p = package_open(mem, bytes, STR("a.docx"), NULL, &why);
    CHECK(p != NULL);
    if (!p) return;
    size_t i;
    relations r;
    str text;
    CHECK(package_main(p, &i, &why));
    CHECK_STR(package_at(p, i)->name, STR("text/main part.xml"));
    CHECK(package_read(p, i, &text, &why));
    CHECK_STR(text, STR("<a/>"));
    CHECK(package_relations(p, package_at(p, i)->name, &r, &why));
    CHECK_INT(r.n, 2);
    const relation *style = relations_find(&r, "styles");
    CHECK(style && !style->external);
    if (style) CHECK_STR(style->target, STR("s.xml"));
    const relation *link = relations_by_id(&r, STR("r2"));
    CHECK(link && link->external);
    if (link) CHECK_STR(link->target, STR("http://example.com/?a=1&b=2"));
    CHECK(package_find(p, STR("/S.XML")) != STR_NONE);
    CHECK(package_find(p, STR("t.xml")) == STR_NONE);
    package_close(p);
}

/* No relationships and no content types: the usual name will do. */
static void bare(void) {
    str bytes = package_of(mem, (const new_part[]){{"word/document.xml", STR_INIT("<a/>")}}, 1);
    qw_error why = {0};
    size_t i = 7;
    package *p = package_open(mem, bytes, STR("a.docx"), NULL, &why);
    CHECK(p && package_main(p, &i, &why) && i == 0);
    package_close(p);
}

static void odd_ends(void) {
    str bytes = package_of(mem, (const new_part[]){{"word/document.xml", STR_INIT("<a/>")}}, 1);
    qw_error why = {0};
    package *p = package_open(mem, arena_join(mem, bytes, STR("\n")), STR("a"), NULL, &why);
    CHECK(p != NULL);
    package_close(p);
    /* Something before it that its offsets do not count in; then what is written is without that.
     */
    str lead = arena_join(mem, STR("From: somebody\n\n"), bytes), part = {NULL, 0};
    p = package_open(mem, lead, STR("a"), NULL, &why);
    CHECK(p && package_count(p) == 1 && package_read(p, 0, &part, &why));
    CHECK_STR(part, STR("<a/>"));
    changed_part change = {.name = STR("word/document.xml"), .bytes = STR("<b/>")};
    buf b = BUF_INIT(1 << 24);
    CHECK_STR(str_cut(changed(p, &change, &b), 0, 4), STR("PK\3\4"));
    buf_free(&b);
    package_close(p);
}

static void flat(void) {
    static const char xml[] =
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>"
        "<x:package xmlns:x=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"
        "<x:part x:name=\"/word/document.xml\" x:contentType=\"application/vnd.openxmlformats-"
        "officedocument.wordprocessingml.document.main+xml\"><x:xmlData> <a>t</a></x:xmlData>"
        "</x:part></x:package>";
    qw_error why = {0};
    size_t i;
    str text = {NULL, 0}, type = {NULL, 0};
    package *p = package_open(mem, str_of(xml), STR("a.xml"), NULL, &why);
    CHECK(p != NULL);
    if (!p) return;
    CHECK(package_main(p, &i, &why) && package_read(p, i, &text, &why));
    CHECK_STR(text, STR("<a>t</a>"));
    CHECK(package_content_type(p, i, &type, &why) && str_ends(type, STR("main+xml")));
    package_close(p);
}

/* A compound file with the name of one stream. */
static str compound(const char *stream) {
    char bytes[1024] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    for (size_t i = 0; stream[i]; i++) bytes[512 + 2 * i] = stream[i];
    return arena_str(mem, str_make(bytes, sizeof bytes));
}

static str lock_file(void) {
    char bytes[162] = "\4user";
    memset(bytes + 5, ' ', 49);
    bytes[54] = 4;
    return arena_str(mem, str_make(bytes, sizeof bytes));
}

static void refusals(void) {
    str whole = package_of(mem, (const new_part[]){rels, main_part}, 2);
    expect_refusal_of(compound("EncryptedPackage"), "a.docx", "office-encrypted");
    expect_refusal_of(compound("WordDocument"), "a.docx", "old-doc");
    expect_refusal_of(compound("Workbook"), "a.docx", "ole-file");
    expect_refusal_of(STR("%TSD-Header-###%\x01\x02\x03"), "a.docx", "office-security-ciphertext");
    expect_refusal_of(lock_file(), "~$a.docx", "word-lock-file");
    expect_refusal_of(STR("{\\rtf1\\ansi }"), "a.docx", "rtf-file");
    expect_refusal_of(STR("%PDF-1.4"), "a.docx", "pdf-file");
    expect_refusal_of(STR("plain text"), "a.docx", "unknown-format");
    expect_refusal_of(str_cut(whole, 0, whole.n / 2), "a.docx", "broken-zip");
    expect_refusal_of(str_cut(whole, 0, 4), "a.docx", "broken-zip");
    expect_refusal_of(package_of(mem, (const new_part[]){styles}, 1), "a.docx", "no-main-part");
    expect_refusal_of(
        package_of(mem, (const new_part[]){main_part, {"Text/Main Part.xml", STR_INIT("")}}, 2),
        "a.docx", "duplicate-part");
    expect_refusal_of(package_of(mem, (const new_part[]){{"a/../../b", STR_INIT("")}}, 1), "a.docx",
                      "bad-part-name");
    expect_refusal_of(package_of(mem, (const new_part[]){{"C:\\b", STR_INIT("")}}, 1), "a.docx",
                      "bad-part-name");
}

static void other_kinds(void) {
    static const new_part types = {
        "[Content_Types].xml",
        STR_INIT("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                 "<Override PartName=\"/text/main part.xml\" ContentType=\"application/vnd."
                 "openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>")};
    expect_refusal_of(package_of(mem, (const new_part[]){types, rels, main_part}, 3), "a.docx",
                      "other-office-file");
}

static const char *read_error(str bytes, const package_limits *limits, const char *name) {
    static qw_error why;
    why = (qw_error){0};
    str text;
    package *p = package_open(mem, bytes, STR("a.docx"), limits, &why);
    size_t i = p ? package_find(p, str_of(name)) : STR_NONE;
    if (i != STR_NONE) package_read(p, i, &text, &why);
    package_close(p);
    return why.id ? why.id : "";
}

static void limits(void) {
    enum { LARGE = 12 << 20 };
    char *zeros = arena_zalloc(mem, LARGE, 1);
    new_part parts[2] = {{"bomb.xml", {zeros, LARGE}}, {"small.xml", STR_INIT("<a/>")}};
    str bytes = package_of(mem, parts, 2);
    CHECK_STR(str_of(read_error(bytes, NULL, "bomb.xml")), STR("part-is-bomb"));
    CHECK_STR(str_of(read_error(bytes, NULL, "small.xml")), STR(""));
    CHECK_STR(str_of(read_error(bytes, &(package_limits){.ratio = 5000}, "bomb.xml")), STR(""));
    CHECK_STR(str_of(read_error(bytes, &(package_limits){.part = 1000}, "bomb.xml")),
              STR("part-too-large"));
    CHECK_STR(str_of(read_error(bytes, &(package_limits){.entries = 1}, "small.xml")),
              STR("too-many-entries"));
}

/* One wrong byte in the data of a part is found when the part is read, and only then. */
static void wrong_byte(void) {
    str bytes = package_of(
        mem,
        (const new_part[]){{"a.xml", STR_INIT("<a>some text</a>")}, {"b.xml", STR_INIT("<b/>")}},
        2);
    char *copy = (char *)arena_str(mem, bytes).p;
    copy[30 + 5 + 3] ^= 0x10; /* in the data of the first entry: header, name, third byte */
    str damaged = str_make(copy, bytes.n);
    CHECK_STR(str_of(read_error(damaged, NULL, "a.xml")), STR("broken-part"));
    CHECK_STR(str_of(read_error(damaged, NULL, "b.xml")), STR(""));
}

static void kinds(void) {
    CHECK_INT(package_kind(STR(""), STR("a.docx")), PACKAGE_NONE);
    CHECK_INT(package_kind(STR("<html>"), STR("a.docx")), PACKAGE_NONE);
    CHECK_INT(package_kind(STR("PK\3\4"), STR("")), PACKAGE_ZIP);
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(good);
    RUN(bare);
    RUN(odd_ends);
    RUN(flat);
    RUN(refusals);
    RUN(other_kinds);
    RUN(limits);
    RUN(wrong_byte);
    RUN(kinds);
    arena_free(mem);
    return check_result();
}

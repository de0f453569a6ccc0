/* Undo of chosen edits of a Word document: those go back with their groups, the others stay; what
 * the report does not tell in full is refused. */
#include "ooxml/package.h"
#include "support/pack.h"
#include "support/undoing.h"

#define W       "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

static const char body[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"" W "\"><w:body>" P("甲乙丙丁")
        P("第二段") P("第三段") P("第四段") "<w:sectPr/></w:body></w:document>";

static const char its_relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/styles\" Target=\"styles.xml\"/></Relationships>";

static const char its_styles[] =
    "<w:styles xmlns:w=\"" W "\"><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name "
    "w:val=\"heading 1\"/></w:style></w:styles>";

typedef struct scene {
    buf source;
    undoing u;
} scene;

static scene begin(void) {
    scene s = {.source = BUF_INIT(1 << 20)};
    pack_entry entries[] = {
        {.name = STR("[Content_Types].xml"),
         .bytes =
             STR("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                 "<Default Extension=\"rels\" ContentType=\"application/"
                 "vnd.openxmlformats-package.relationships+xml\"/><Override "
                 "PartName=\"/word/document.xml\" ContentType=\"application/"
                 "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                 "</Types>")},
        {.name = STR("word/document.xml"), .bytes = str_of(body)},
        {.name = STR("word/_rels/document.xml.rels"), .bytes = str_of(its_relations)},
        {.name = STR("word/styles.xml"), .bytes = str_of(its_styles)},
    };
    pack_zip(&s.source, entries, sizeof entries / sizeof *entries);
    s.u = undoing_begin("a.docx", "docx", buf_str(&s.source));
    return s;
}

static void end(scene *s) {
    undoing_end(&s->u);
    buf_free(&s->source);
}

/* What stands in word/document.xml between the tags of its body. */
static void expect_body(const scene *s, const char *want) {
    arena *mem = arena_new(0);
    qw_error error = {0};
    str bytes = {"", 0};
    package *p = package_open(mem, buf_str(&s->u.back), STR("a.docx"), NULL, &error);
    CHECK(p && package_read(p, package_find(p, STR("word/document.xml")), &bytes, &error));
    size_t from = str_find(bytes, STR("<w:body>"), 0) + 8;
    CHECK_STR(str_cut(bytes, from, str_find(bytes, STR("<w:sectPr/>"), 0)), str_of(want));
    package_close(p);
    arena_free(mem);
}

static void gives_some_back(void) {
    scene s = begin();
    edit_remove(s.u.d, 0, 0, 3, undoing_reason);               /* 1: 乙丙丁 */
    edit_replace(s.u.d, 0, 6, 3, STR("<戊>"), undoing_reason); /* 2: 乙丙<戊> */
    edit_drop(s.u.d, 1, undoing_reason);                       /* 3 */
    edit_remove(s.u.d, 2, 0, 3, undoing_reason);               /* 4 */
    edit_drop(s.u.d, 2, undoing_reason);                       /* 5 */
    undoing_write(&s.u);
    CHECK(undoing_undo(&s.u, (size_t[]){1}, 1));
    expect_body(&s, P("甲乙丙&lt;戊&gt;") P("第四段"));
    CHECK(undoing_undo(&s.u, (size_t[]){2, 3}, 2));
    expect_body(&s, P("乙丙丁") P("第二段") P("第四段"));
    CHECK(undoing_undo(&s.u, (size_t[]){5}, 1));
    expect_body(&s, P("乙丙&lt;戊&gt;") P("三段") P("第四段"));
    CHECK(undoing_undo(&s.u, (size_t[]){1, 2, 3, 4, 5}, 5));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    CHECK(!undoing_undo(&s.u, (size_t[]){9}, 1));
    CHECK_STR(str_of(s.u.why.id), STR("no-such-edit"));
    CHECK_INT(s.u.back.n, 0);
    end(&s);
}

/* A line feed that an edit puts in is a break of the run, and the paragraph is read so again. */
static void breaks_lines(void) {
    scene s = begin();
    edit_replace(s.u.d, 0, 3, 6, STR("乙\n\n<丙"), undoing_reason);
    undoing_write(&s.u);
    undoing again = undoing_begin("a.docx", "docx", buf_str(&s.u.output));
    CHECK_STR(again.d->blocks[0].text, STR("甲乙\n\n<丙丁"));
    undoing_write(&again);
    CHECK_STR(buf_str(&again.output), buf_str(&s.u.output));
    undoing_end(&again);
    CHECK(undoing_undo(&s.u, NULL, 0));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    edit_remove(s.u.d, 1, 0, 3, undoing_reason);
    s.u.output.n = s.u.report.n = 0;
    undoing_write(&s.u);
    CHECK(undoing_undo(&s.u, (size_t[]){2}, 1));
    expect_body(&s, "<w:p><w:r><w:t>甲乙</w:t><w:br/><w:t xml:space=\"preserve\"></w:t><w:br/>"
                    "<w:t xml:space=\"preserve\">&lt;丙丁</w:t></w:r></w:p>" P("第二段") P("第三段")
                        P("第四段"));
    end(&s);
}

static void says_what_an_edit_depends_on(void) {
    scene s = begin();
    edit_replace(s.u.d, 0, 3, 3, STR("戊己"), undoing_reason);
    edit_remove(s.u.d, 0, 6, 6, undoing_reason); /* 己 and 丙 */
    undoing_write(&s.u);
    CHECK(!undoing_undo(&s.u, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.u.why.id), STR("edit-depends"));
    CHECK(undoing_undo(&s.u, (size_t[]){2}, 1));
    expect_body(&s, P("甲戊己丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

static void takes_groups_together(void) {
    scene s = begin();
    edit_group_begin(s.u.d);
    edit_remove(s.u.d, 1, 0, 3, undoing_reason);
    edit_drop(s.u.d, 3, undoing_reason);
    edit_group_end(s.u.d);
    edit_remove(s.u.d, 2, 0, 3, undoing_reason);
    undoing_write(&s.u);
    CHECK(undoing_undo(&s.u, (size_t[]){2}, 1));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("三段") P("第四段"));
    end(&s);
}

static void refuses_what_the_report_does_not_tell(void) {
    scene s = begin();
    edit_remove(s.u.d, 0, 0, 3, undoing_reason);
    edit_drop(s.u.d, 1, undoing_reason);
    undoing_write(&s.u);
    /* The first edit's record is lost; what it cut is still told. */
    str report = buf_str(&s.u.report);
    size_t from = str_find(report, STR("{\"type\":\"edit\""), 0);
    size_t next = str_find(report, STR("{\"type\":\"edit\""), from + 1);
    CHECK(from != STR_NONE && next != STR_NONE);
    memmove(s.u.report.p + from, s.u.report.p + next, report.n - next);
    s.u.report.n -= next - from;
    CHECK(!undoing_undo(&s.u, (size_t[]){2}, 1));
    CHECK_STR(str_of(s.u.why.id), STR("undo-whole"));
    CHECK_INT(s.u.back.n, 0);
    CHECK(undoing_undo(&s.u, NULL, 0));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

static void refuses_edits_that_do_not_fit(void) {
    scene s = begin();
    edit_remove(s.u.d, 0, 3, 3, undoing_reason);
    undoing_write(&s.u);
    str report = buf_str(&s.u.report);
    size_t at = str_find(report, STR("\"at\":3"), 0);
    CHECK(at != STR_NONE);
    s.u.report.p[at + 5] = '9'; /* now past what stands there */
    CHECK(!undoing_undo(&s.u, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.u.why.id), STR("undo-whole"));
    end(&s);
}

#define HEADING(text)                                                                              \
    "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

/* Heading styles are edits like others once the report says that they were applied. */
static void gives_heading_styles_back(void) {
    scene s = begin();
    block_role heading = {.role = QW_ROLE_HEADING, .level = 1};
    s.u.d->apply_headings = true;
    edit_role(s.u.d, 0, heading, undoing_reason); /* 1 */
    edit_remove(s.u.d, 0, 0, 3, undoing_reason);  /* 2 */
    edit_role(s.u.d, 2, heading, undoing_reason); /* 3 */
    edit_drop(s.u.d, 3, undoing_reason);          /* 4 */
    undoing_write(&s.u);
    CHECK(undoing_undo(&s.u, (size_t[]){2}, 1));
    expect_body(&s, HEADING("甲乙丙丁") P("第二段") HEADING("第三段"));
    CHECK(undoing_undo(&s.u, (size_t[]){1, 4}, 2));
    expect_body(&s, P("乙丙丁") P("第二段") HEADING("第三段") P("第四段"));
    CHECK(undoing_undo(&s.u, (size_t[]){1, 2, 3, 4}, 4));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    CHECK(undoing_undo(&s.u, NULL, 0));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

/* However many blocks a report speaks of, they take no memory. */
static void asks_for_no_more_than_there_is(void) {
    scene s = begin();
    edit_remove(s.u.d, 0, 3, 3, undoing_reason);
    undoing_write(&s.u);
    str lines = STR("\"lines\":");
    size_t at = str_find(buf_str(&s.u.report), lines, 0) + lines.n;
    buf longer = BUF_INIT(1 << 20);
    buf_add(&longer, str_make(s.u.report.p, at));
    buf_add(&longer, STR("400000000"));
    buf_add(&longer, str_cut(buf_str(&s.u.report), at, s.u.report.n));
    buf_free(&s.u.report);
    s.u.report = longer; /* 400,000,000n lines */
    CHECK(undoing_undo(&s.u, (size_t[]){1}, 1));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

/* A paragraph that goes on in the next goes with it, and its place is told in one piece. */
static void tells_of_joined_paragraphs(void) {
    static const char joined[] =
        "<w:document xmlns:w=\"" W "\"><w:body><w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr>"
        "</w:pPr><w:r><w:t>甲乙</w:t></w:r></w:p>" P("丙丁") P("末段") "</w:body></w:document>";
    pack_entry entries[] = {{.name = STR("word/document.xml"), .bytes = str_of(joined)}};
    buf source = BUF_INIT(1 << 20);
    pack_zip(&source, entries, 1);
    scene s = {.source = source, .u = undoing_begin("a.docx", "docx", buf_str(&source))};
    edit_drop(s.u.d, 0, undoing_reason);
    undoing_write(&s.u);
    str from = STR("甲乙"), to = STR("丙丁"), xml = str_of(joined);
    size_t begin_at = str_find(xml, from, 0), end_at = str_find(xml, to, 0) + to.n;
    char want[64];
    snprintf(want, sizeof want, "\"offset\":%zu,\"length\":%zu,", begin_at, end_at - begin_at);
    CHECK(str_find(buf_str(&s.u.report), str_of(want), 0) != STR_NONE);
    CHECK(str_find(buf_str(&s.u.report), STR("\"cuts\":[["), 0) != STR_NONE);
    CHECK(undoing_undo(&s.u, NULL, 0));
    CHECK(undoing_undo(&s.u, (size_t[]){1}, 1));
    CHECK_INT(s.u.d->nblocks, 2);
    end(&s);
}

static bool has_part(const buf *zip, const char *name, str want) {
    arena *mem = arena_new(0);
    str bytes = {"", 0};
    package *p = package_open(mem, buf_str(zip), STR("a.docx"), NULL, &(qw_error){0});
    size_t i = p ? package_find(p, str_of(name)) : STR_NONE;
    bool same = i != STR_NONE && package_read(p, i, &bytes, &(qw_error){0}) && str_eq(bytes, want);
    package_close(p);
    arena_free(mem);
    return same;
}

/* Files that are merged in are no XML; what goes, is cut out of their text, whatever encoding. */
static void cuts_merged_files(void) {
    static const char main_part[] =
        "<w:document xmlns:w=\"" W "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/"
        "2006/relationships\"><w:body>" P("头") "<w:altChunk r:id=\"a\"/><w:altChunk r:id=\"b\"/>"
                                                "<w:sectPr/></w:body></w:document>";
    static const char ties[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"a\" Type=\"x/aFChunk\" Target=\"a.htm\"/><Relationship Id=\"b\" "
        "Type=\"x/aFChunk\" Target=\"b.txt\"/></Relationships>";
    str html = STR("<p>正文一<br>广告</p>");
    /* 各单位要认真组织落实安全生产工作 in GBK, in two lines */
    str gbk = STR("\xB8\xF7\xB5\xA5\xCE\xBB\xD2\xAA\xC8\xCF\xD5\xE6\xD7\xE9\xD6\xAF\r\n\xC2\xE4"
                  "\xCA\xB5\xB0\xB2\xC8\xAB\xC9\xFA\xB2\xFA\xB9\xA4\xD7\xF7\r\n");
    pack_entry entries[] = {
        {.name = STR("word/document.xml"), .bytes = str_of(main_part)},
        {.name = STR("word/_rels/document.xml.rels"), .bytes = str_of(ties)},
        {.name = STR("word/a.htm"), .bytes = html},
        {.name = STR("word/b.txt"), .bytes = gbk},
    };
    buf source = BUF_INIT(1 << 20);
    pack_zip(&source, entries, sizeof entries / sizeof *entries);
    scene s = {.source = source, .u = undoing_begin("a.docx", "docx", buf_str(&source))};
    CHECK_INT(s.u.d->nblocks, 5);
    edit_drop(s.u.d, 2, undoing_reason);
    edit_remove(s.u.d, 3, 0, 9, undoing_reason);
    undoing_write(&s.u);
    CHECK(has_part(&s.u.output, "word/a.htm", STR("<p>正文一<br></p>")));
    CHECK(
        has_part(&s.u.output, "word/b.txt", STR("\xEF\xBB\xBF要认真组织\r\n落实安全生产工作\r\n")));
    CHECK(undoing_undo(&s.u, NULL, 0));
    CHECK(has_part(&s.u.back, "word/a.htm", html) && has_part(&s.u.back, "word/b.txt", gbk));
    CHECK(undoing_undo(&s.u, (size_t[]){2}, 1));
    CHECK(has_part(&s.u.back, "word/a.htm", STR("<p>正文一<br></p>")));
    CHECK(has_part(&s.u.back, "word/b.txt", gbk));
    end(&s);
}

int main(void) {
    RUN(gives_some_back);
    RUN(breaks_lines);
    RUN(says_what_an_edit_depends_on);
    RUN(takes_groups_together);
    RUN(refuses_what_the_report_does_not_tell);
    RUN(refuses_edits_that_do_not_fit);
    RUN(gives_heading_styles_back);
    RUN(asks_for_no_more_than_there_is);
    RUN(tells_of_joined_paragraphs);
    RUN(cuts_merged_files);
    return check_result();
}

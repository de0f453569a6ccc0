/* Undo of chosen edits of a Word document: those go back with their groups, the others stay; what
 * the report does not tell in full is refused. */
#include "check.h"
#include "model/edit.h"
#include "ooxml/package.h"
#include "support/pack.h"

#define W       "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

static const char body[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"" W "\"><w:body>" P("甲乙丙丁")
        P("第二段") P("第三段") P("第四段") "<w:sectPr/></w:body></w:document>";

static const reason why = {STR_INIT("rule"), STR_INIT("because"), 70};

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

typedef struct scene {
    qw_workspace *space;
    qw_doc *d;
    buf source, output, report, back;
    qw_error why;
} scene;

static scene begin(void) {
    scene s = {.source = BUF_INIT(1 << 20),
               .output = BUF_INIT(1 << 20),
               .report = BUF_INIT(1 << 20),
               .back = BUF_INIT(1 << 20)};
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
    };
    pack_zip(&s.source, entries, 2);
    s.space = qw_workspace_new();
    qw_input in = {"a.docx", s.source.p, s.source.n};
    s.d = qw_read(s.space, &in, NULL, &s.why);
    CHECK_STR(str_of(s.why.text[0]), STR(""));
    s.d->filter = STR("test");
    return s;
}

static void write_all(scene *s) {
    qw_sink output = {to_buf, &s->output}, report = {to_buf, &s->report};
    CHECK(qw_write(s->d, "docx", NULL, &output, &s->why));
    CHECK(qw_write(s->d, "report", NULL, &report, &s->why));
}

static bool undo(scene *s, const size_t *only, size_t nonly) {
    qw_undo_request r = {.report = buf_str(&s->report),
                         .output = buf_str(&s->output),
                         .only = only,
                         .nonly = nonly,
                         .limits = {0}};
    qw_sink back = {to_buf, &s->back};
    s->back.n = 0;
    s->why = (qw_error){0};
    return qw_undo(&r, &back, &s->why);
}

static void end(scene *s) {
    qw_workspace_free(s->space);
    buf_free(&s->source);
    buf_free(&s->output);
    buf_free(&s->report);
    buf_free(&s->back);
}

/* What stands in word/document.xml between the tags of its body. */
static void expect_body(const scene *s, const char *want) {
    arena *mem = arena_new(0);
    qw_error error = {0};
    str bytes = {"", 0};
    package *p = package_open(mem, buf_str(&s->back), STR("a.docx"), NULL, &error);
    CHECK(p && package_read(p, package_find(p, STR("word/document.xml")), &bytes, &error));
    size_t from = str_find(bytes, STR("<w:body>"), 0) + 8;
    CHECK_STR(str_cut(bytes, from, str_find(bytes, STR("<w:sectPr/>"), 0)), str_of(want));
    package_close(p);
    arena_free(mem);
}

static void gives_some_back(void) {
    scene s = begin();
    edit_remove(s.d, 0, 0, 3, why);               /* 1: 乙丙丁 */
    edit_replace(s.d, 0, 6, 3, STR("<戊>"), why); /* 2: 乙丙<戊> */
    edit_drop(s.d, 1, why);                       /* 3 */
    edit_remove(s.d, 2, 0, 3, why);               /* 4 */
    edit_drop(s.d, 2, why);                       /* 5 */
    write_all(&s);
    CHECK(undo(&s, (size_t[]){1}, 1));
    expect_body(&s, P("甲乙丙&lt;戊&gt;") P("第四段"));
    CHECK(undo(&s, (size_t[]){2, 3}, 2));
    expect_body(&s, P("乙丙丁") P("第二段") P("第四段"));
    CHECK(undo(&s, (size_t[]){5}, 1));
    expect_body(&s, P("乙丙&lt;戊&gt;") P("三段") P("第四段"));
    CHECK(undo(&s, (size_t[]){1, 2, 3, 4, 5}, 5));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    CHECK(!undo(&s, (size_t[]){9}, 1));
    CHECK_STR(str_of(s.why.id), STR("no-such-edit"));
    CHECK_INT(s.back.n, 0);
    end(&s);
}

static void says_what_an_edit_depends_on(void) {
    scene s = begin();
    edit_replace(s.d, 0, 3, 3, STR("戊己"), why);
    edit_remove(s.d, 0, 6, 6, why); /* 己 and 丙 */
    write_all(&s);
    CHECK(!undo(&s, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.why.id), STR("edit-depends"));
    CHECK(undo(&s, (size_t[]){2}, 1));
    expect_body(&s, P("甲戊己丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

static void takes_groups_together(void) {
    scene s = begin();
    edit_group_begin(s.d);
    edit_remove(s.d, 1, 0, 3, why);
    edit_drop(s.d, 3, why);
    edit_group_end(s.d);
    edit_remove(s.d, 2, 0, 3, why);
    write_all(&s);
    CHECK(undo(&s, (size_t[]){2}, 1));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("三段") P("第四段"));
    end(&s);
}

static void refuses_what_the_report_does_not_tell(void) {
    scene s = begin();
    edit_remove(s.d, 0, 0, 3, why);
    edit_drop(s.d, 1, why);
    write_all(&s);
    /* The first edit's record is lost; what it cut is still told. */
    str report = buf_str(&s.report);
    size_t from = str_find(report, STR("{\"type\":\"edit\""), 0);
    size_t next = str_find(report, STR("{\"type\":\"edit\""), from + 1);
    CHECK(from != STR_NONE && next != STR_NONE);
    memmove(s.report.p + from, s.report.p + next, report.n - next);
    s.report.n -= next - from;
    CHECK(!undo(&s, (size_t[]){2}, 1));
    CHECK_STR(str_of(s.why.id), STR("undo-whole"));
    CHECK_INT(s.back.n, 0);
    CHECK(undo(&s, NULL, 0));
    expect_body(&s, P("甲乙丙丁") P("第二段") P("第三段") P("第四段"));
    end(&s);
}

static void refuses_edits_that_do_not_fit(void) {
    scene s = begin();
    edit_remove(s.d, 0, 3, 3, why);
    write_all(&s);
    str report = buf_str(&s.report);
    size_t at = str_find(report, STR("\"at\":3"), 0);
    CHECK(at != STR_NONE);
    s.report.p[at + 5] = '9'; /* now past what stands there */
    CHECK(!undo(&s, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.why.id), STR("undo-whole"));
    end(&s);
}

int main(void) {
    RUN(gives_some_back);
    RUN(says_what_an_edit_depends_on);
    RUN(takes_groups_together);
    RUN(refuses_what_the_report_does_not_tell);
    RUN(refuses_edits_that_do_not_fit);
    return check_result();
}

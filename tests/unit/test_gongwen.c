/* The check against GB/T 9704-2012: what our own layout of the standard sets has nothing to find,
 * and each departure from it is found under its clause. */
#include "base/buf.h"
#include "check.h"

static const char letter[] = "临溪市水务局文件\n"
                             "临水〔2024〕12号\n"
                             "关于加强冬季供水保障的通知\n"
                             "\n"
                             "各镇人民政府，市直有关单位：\n"
                             "为保障冬季供水安全，现就有关事项通知如下，请认真组织落实。\n"
                             "一、总体要求\n"
                             "坚持预防为主，加强值守，及时处置，确保群众用水安全稳定。\n"
                             "二、重点任务\n"
                             "（一）抓好防冻。对裸露管线全部包扎，十一月底前完成。\n"
                             "（二）抓好抢修。抢修队二十四小时待命，接报即出。\n"
                             "1.队伍。组建六支抢修队，每队八人，配齐工具和车辆。\n"
                             "2.物资。备足管材、管件和融冰设备，放在三个仓库里。\n"
                             "附件：1.联系表\n"
                             "2.进度表\n"
                             "临溪市水务局\n"
                             "2024年11月5日\n";

static bool put(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

/* The document with its roles. */
static qw_doc *read(qw_workspace *space, const char *name, str bytes) {
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.filters = "headings"}, &why);
    qw_doc *d =
        qw_read(space, &(qw_input){.name = name, .bytes = bytes.p, .n = bytes.n}, NULL, &why);
    CHECK(chain && d && qw_run(chain, d, &why));
    qw_chain_free(chain);
    return d;
}

/* Enters " RULE CLAUSE" for each finding, in order. */
static void findings(qw_doc *d, buf *to) {
    qw_error why = {0};
    qw_edit_info e;
    CHECK(qw_check_layout(d, "gongwen", &why));
    for (size_t i = 0; qw_edit_get(d, i, &e, NULL); i++) {
        if (e.kind != QW_EDIT_FINDING) continue;
        CHECK(str_eq((str){e.filter.p, e.filter.n}, STR("gongwen")));
        buf_add(to, STR(" "));
        buf_add(to, (str){e.rule.p, e.rule.n});
        CHECK(str_starts((str){e.why.p, e.why.n}, STR("GB/T 9704-2012 ")));
    }
}

/* What is found in the text as a TXT. */
static void expect_text(const char *text, const char *want) {
    qw_workspace *space = qw_workspace_new();
    buf found = BUF_INIT(4096);
    findings(read(space, "a.txt", str_of(text)), &found);
    CHECK_STR(buf_str(&found), str_of(want));
    buf_free(&found);
    qw_workspace_free(space);
}

/* What is found in the letter as a DOCX in a layout. */
static void expect_layout(const char *layout, const char *want) {
    qw_error why = {0};
    qw_workspace *space = qw_workspace_new();
    buf docx = BUF_INIT((size_t)1 << 24), found = BUF_INIT(4096);
    qw_sink sink = {put, &docx};
    qw_doc *d = read(space, "a.txt", str_of(letter));
    CHECK(qw_write(d, "docx", &(qw_write_options){.layout = layout}, &sink, &why));
    qw_workspace_free(space);
    space = qw_workspace_new();
    findings(read(space, "a.docx", buf_str(&docx)), &found);
    CHECK_STR(buf_str(&found), str_of(want));
    buf_free(&found);
    buf_free(&docx);
    qw_workspace_free(space);
}

static void layouts(void) {
    expect_layout("gongwen", "");
    expect_layout("gongwen:pitch=28", "");
    expect_layout("gongwen:sealed", "");
    expect_layout("gongwen:pitch=33", " lines");
    expect_layout("gongwen:body=宋体", " font heading-font");
    expect_layout("gongwen:title=黑体", " title-font");
    expect_layout("gongwen:kai=仿宋,hei=楷体", " heading-font heading-font");
    expect_layout("plain",
                  " margin margin type-area lines characters font size title-font title-size"
                  " heading-font heading-font heading-size heading-size heading-size indent"
                  " page-number");
}

static void texts(void) {
    expect_text(letter, "");
    expect_text("临水[2024]012号\n关于加强供水的通知\n各镇人民政府:\n请认真落实，确保供水安全。\n"
                "附件：联系表。\n临溪市水务局\n二〇二四年十一月五日\n",
                " salutation document-number document-number attachment date");
    expect_text("关于加强供水的通知\n各镇人民政府：\n请认真落实，确保供水安全。\n"
                "1、总体要求\n坚持预防为主，加强值守，及时处置，确保安全。\n"
                "2、重点任务\n对裸露管线全部包扎，十一月底前完成，逐户核对。\n"
                "临溪市水务局\n2024年01月05日\n",
                " heading-label date");
}

static void refusals(void) {
    qw_error why = {0};
    qw_workspace *space = qw_workspace_new();
    qw_doc *d = read(space, "a.txt", STR("一行。\n"));
    CHECK(!qw_check_layout(d, "report", &why));
    CHECK_STR(str_of(why.id), STR("no-such-standard"));
    CHECK(!qw_check_layout(d, NULL, &why));
    qw_workspace_free(space);
}

int main(void) {
    RUN(layouts);
    RUN(texts);
    RUN(refusals);
    return check_result();
}

/* The check against GB/T 9704-2012: what our own layout of the standard sets has nothing to find,
 * and each departure from it is found under its clause. */
#include "check.h"
#include "ooxml/package.h"
#include "support/pack.h"
#include "written.h"

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
    qw_sink sink = {keep, &docx};
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

/* The package with `was` replaced by `now` where it comes first in a part, and a part
 * added when `was` is NULL. */
static void change_part(str docx, const char *part_name, const char *was, const char *now,
                        buf *to) {
    enum { MOST = 16 };
    qw_error why = {0};
    arena *mem = arena_new(0);
    package *p = package_open(mem, docx, STR("a.docx"), NULL, &why);
    pack_entry entries[MOST] = {{{NULL, 0}, {NULL, 0}, 0, 0, 0, {NULL, 0}}};
    size_t n = 0;
    bool done = false;
    CHECK(p && package_count(p) < MOST);
    for (size_t i = 0; p && i < package_count(p) && i < MOST - 1; i++) {
        str bytes;
        CHECK(package_read(p, i, &bytes, &why));
        str name = package_at(p, i)->name;
        size_t at =
            was && str_eq(name, str_of(part_name)) ? str_find(bytes, str_of(was), 0) : STR_NONE;
        if (at != STR_NONE) {
            str rest = str_cut(bytes, at + strlen(was), bytes.n);
            bytes = arena_printf(mem, "%.*s%s%.*s", (int)at, bytes.p, now, (int)rest.n, rest.p);
            done = true;
        }
        entries[n++] = (pack_entry){.name = arena_str(mem, name), .bytes = arena_str(mem, bytes)};
    }
    if (!was) entries[n++] = (pack_entry){.name = str_of(part_name), .bytes = str_of(now)};
    CHECK(done || !was);
    pack_zip(to, entries, n);
    package_close(p);
    arena_free(mem);
}

/* A change of a part; see change_part(). */
typedef struct departure {
    const char *part_name, *was, *now;
} departure;

/* What is found in a text in gongwen, with some things changed in its DOCX. */
static void expect_departures(const char *text, const departure *all, size_t n, const char *want) {
    qw_error why = {0};
    qw_workspace *space = qw_workspace_new();
    buf docx = BUF_INIT((size_t)1 << 24), changed = BUF_INIT((size_t)1 << 24);
    buf found = BUF_INIT(4096);
    qw_sink sink = {keep, &docx};
    qw_doc *d = read(space, "a.txt", str_of(text));
    CHECK(qw_write(d, "docx", &(qw_write_options){.layout = "gongwen"}, &sink, &why));
    for (size_t i = 0; i < n; i++) {
        change_part(buf_str(&docx), all[i].part_name, all[i].was, all[i].now, &changed);
        buf_free(&docx);
        docx = changed;
        changed = BUF_INIT((size_t)1 << 24);
    }
    qw_workspace_free(space);
    space = qw_workspace_new();
    findings(read(space, "a.docx", buf_str(&docx)), &found);
    CHECK_STR(buf_str(&found), str_of(want));
    buf_free(&found);
    buf_free(&docx);
    qw_workspace_free(space);
}

static void expect_changed(const char *text, const char *part_name, const char *was,
                           const char *now, const char *want) {
    expect_departures(text, &(departure){part_name, was, now}, 1, want);
}

static const char copied[] = "特急\n"
                             "临溪市水务局文件\n"
                             "临水〔2024〕12号\n"
                             "关于加强供水的通知\n"
                             "各镇人民政府：\n"
                             "请认真落实，确保供水安全，并按月报告有关情况。\n"
                             "临溪市水务局\n"
                             "2024年11月5日\n"
                             "抄送：市委办公室。\n"
                             "临溪市水务局办公室　2024年11月6日印发\n";

/* Head, signature and 版记. */
static void parts(void) {
    static const char document[] = "word/document.xml", styles[] = "word/styles.xml";
    expect_changed(copied, document, "特急", "特急", "");
    expect_changed(copied, styles, "w:val=\"FF0000\"", "w:val=\"000000\"", " issuer-mark");
    expect_changed(copied, document, "<w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr>",
                   "<w:jc w:val=\"left\"/></w:pPr><w:r><w:rPr>", " issuer-mark");
    expect_changed(copied, document, "w:color=\"FF0000\"", "w:color=\"000000\"", " red-rule");
    expect_changed(copied, document, "<w:t>特急", "<w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>特急",
                   " marking");
    expect_changed(copied, document, "<w:t>2024年11月5日",
                   "<w:t>2024年11月5日</w:t></w:r></w:p><w:p><w:r><w:t>", "");
    expect_changed(copied, document, "w:firstLine=\"0\"/><w:jc w:val=\"right\"/>",
                   "w:firstLine=\"0\"/><w:jc w:val=\"left\"/>", " signature-place");
    expect_changed(copied, document, "市委办公室。", "市委办公室", " imprint");
    expect_changed(copied, document, "<w:t>抄送",
                   "<w:rPr><w:sz w:val=\"32\"/><w:rFonts w:eastAsia=\"宋体\"/></w:rPr><w:t>抄送",
                   " imprint-font imprint-size");
    expect_changed(copied, document, "<w:gridCol w:w=\"", "<w:gridCol w:w=\"9", " table");
    expect_changed(copied, "word/footer1.xml", "w:val=\"right\"", "w:val=\"center\"",
                   " page-number");
}

/* Text set in a font of the theme: the one it names, or that for simplified Chinese. */
static void theme(void) {
    static const char normal[] = "w:eastAsia=\"仿宋_GB2312\" w:cs=\"Times New Roman\"/><w:b ";
    static const char relation_part[] = "word/_rels/document.xml.rels";
    static const char related[] = "<Relationship Id=\"theme\" Target=\"theme/theme1.xml\" "
                                  "Type=\"http://schemas.openxmlformats."
                                  "org/officeDocument/2006/relationships/theme\"/></Relationships>";
    static const char hans[] = "<a:ea typeface=\"\"/><a:font script=\"Jpan\" typeface=\"仿宋\"/>"
                               "<a:font script=\"Hans\" typeface=\"宋体\"/>";
    static const char *const fonts[] = {
        "<a:ea typeface=\"宋体\"/>",
        hans,
        "<a:ea typeface=\"仿宋\"/>",
    };
    static const char *const want[] = {" font", " font", ""};
    for (int i = 0; i < 3; i++) {
        char part_name[512];
        snprintf(part_name, sizeof part_name,
                 "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
                 "<a:themeElements><a:fontScheme name=\"x\"><a:majorFont><a:latin typeface=\"\"/>"
                 "</a:majorFont><a:minorFont>%s</a:minorFont></a:fontScheme></a:themeElements>"
                 "</a:theme>",
                 fonts[i]);
        const departure all[] = {
            {"word/styles.xml", normal,
             "w:eastAsiaTheme=\"minorEastAsia\" w:cs=\"Times New Roman\"/><w:b "},
            {relation_part, "</Relationships>", related},
            {"word/theme/theme1.xml", NULL, part_name},
        };
        expect_departures(letter, all, 3, want[i]);
    }
}

static void page_numbers(void) {
    const departure bare[] = {{"word/footer1.xml", "— ", ""}, {"word/footer1.xml", " —", ""}};
    expect_departures(letter, bare, 2, " page-number");
}

static void layouts(void) {
    expect_layout("gongwen", "");
    expect_layout("gongwen:pitch=28", "");
    expect_layout("gongwen:sealed", "");
    expect_layout("gongwen:pitch=33", " lines");
    expect_layout("gongwen:body=宋体", " font heading-font");
    expect_layout("gongwen:title=黑体", " issuer-mark-font title-font");
    expect_layout("gongwen:kai=仿宋,hei=楷体", " heading-font heading-font");
    expect_layout("plain",
                  " margin margin type-area lines characters font size issuer-mark issuer-mark"
                  " issuer-mark-font document-number red-rule title-font title-size"
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
    RUN(parts);
    RUN(theme);
    RUN(page_numbers);
    RUN(texts);
    RUN(refusals);
    return check_result();
}

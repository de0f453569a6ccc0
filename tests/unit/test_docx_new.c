/* A new DOCX: its parts, and what becomes of roles, runs, tables, and the end of an official
 * document. That Word's schemas and LibreOffice take it, and how it looks, is for tests/layout. */
#include "check.h"
#include "format/docx_new/docx_new.h"
#include "ooxml/package.h"
#include "written.h"

static const writer writer_new = {docx_new_write};
extern const writer writer_html;

/* A package that was written, and the document in it. */
typedef struct result {
    buf bytes;
    arena *mem;
    package *p;
    bool ok;
} result;

static result write_docx(doc *d, const char *layout) {
    result r = {.mem = arena_new(0)};
    r.ok = written_with(d, &writer_new, &(qw_write_options){.layout = layout}, &r.bytes);
    if (r.ok) r.p = package_open(r.mem, buf_str(&r.bytes), STR("a.docx"), NULL, NULL);
    CHECK(r.p != NULL);
    return r;
}

static void done(result *r, doc *d) {
    package_close(r->p);
    buf_free(&r->bytes);
    arena_free(r->mem);
    if (d) arena_free(d->mem);
}

static str part_of(result *r, const char *name) {
    str bytes = STR("");
    size_t i = r->p ? package_find(r->p, str_of(name)) : STR_NONE;
    if (i != STR_NONE) CHECK(package_read(r->p, i, &bytes, NULL));
    return bytes;
}

static bool holds(str s, const char *what) {
    return str_find(s, str_of(what), 0) != STR_NONE;
}

#define CHECK_HOLDS(s, what)                                                                       \
    do {                                                                                           \
        str s_ = (s);                                                                              \
        check_count++;                                                                             \
        if (!holds(s_, what)) CHECK_FAIL("no “%s” in “%.*s”", what, (int)s_.n, s_.p);              \
    } while (0)

/* The document part of one paragraph. */
static void expect(qw_role role, unsigned level, size_t lead, const char *text, const char *want) {
    doc *d = written_doc();
    written_add(d, role, level, text)->lead = (uint32_t)lead;
    result r = write_docx(d, NULL);
    CHECK_HOLDS(part_of(&r, "word/document.xml"), want);
    done(&r, d);
}

static void test_parts(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_TITLE, 0, "甲 & 乙");
    written_add(d, QW_ROLE_BODY, 0, "正文");
    result r = write_docx(d, NULL), again = write_docx(d, NULL);
    CHECK_STR(buf_str(&r.bytes), buf_str(&again.bytes));
    CHECK_STR(package_at(r.p, 0)->name, STR("[Content_Types].xml"));
    CHECK_HOLDS(part_of(&r, "docProps/core.xml"), "<dc:title>甲 &amp; 乙</dc:title>");
    CHECK(package_find(r.p, STR("word/footer1.xml")) == STR_NONE);
    size_t main = 0;
    CHECK(package_main(r.p, &main, NULL));
    CHECK_STR(package_at(r.p, main)->name, STR("word/document.xml"));
    done(&again, NULL);
    done(&r, d);
}

static void test_styles(void) {
    doc *d = written_doc();
    result r = write_docx(d, NULL);
    str styles = part_of(&r, "word/styles.xml");
    CHECK_HOLDS(styles, "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/>");
    CHECK_HOLDS(styles, "<w:outlineLvl w:val=\"0\"/>");
    CHECK_HOLDS(styles, "<w:outlineLvl w:val=\"5\"/>");
    CHECK_HOLDS(styles, "w:eastAsia=\"宋体\"");
    CHECK_HOLDS(styles, "w:firstLineChars=\"200\" w:firstLine=\"480\"");
    CHECK_HOLDS(part_of(&r, "word/document.xml"), "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>");
    done(&r, d);
}

static void test_roles(void) {
    expect(QW_ROLE_BODY, 0, 0, "正文", "<w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p>");
    expect(QW_ROLE_TITLE, 0, 0, "题", "<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>题<");
    expect(QW_ROLE_SALUTATION, 0, 0, "各位：", "<w:pStyle w:val=\"Salutation\"/>");
    expect(QW_ROLE_HEADING, 2, 0, "（一）甲", "<w:pStyle w:val=\"Heading2\"/>");
    expect(QW_ROLE_HEADING, 9, 0, "甲", "<w:pStyle w:val=\"Heading6\"/>");
    expect(QW_ROLE_RUNIN, 2, strlen("（一）甲。"), "（一）甲。乙",
           "<w:r><w:rPr><w:rStyle w:val=\"RunInHeading2\"/></w:rPr><w:t>（一）甲。</w:t></w:r>"
           "<w:r><w:t>乙</w:t></w:r>");
}

static void test_text(void) {
    expect(QW_ROLE_BODY, 0, 0, "a\tb\nc", "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>");
    expect(QW_ROLE_BODY, 0, 0, " <&> ", "<w:t xml:space=\"preserve\"> &lt;&amp;&gt; </w:t>");
    expect(QW_ROLE_BODY, 0, 0, "\x01甲", "甲</w:t>");
    expect(QW_ROLE_BODY, 0, 0, "“甲”",
           "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t>“甲”</w:t>");
    expect(QW_ROLE_BODY, 0, 0, "“quoted”", "<w:r><w:t>“quoted”</w:t></w:r>");
    expect(QW_ROLE_BODY, 0, 0, "　　甲", "w:firstLineChars=\"0\" w:firstLine=\"0\"");
}

static void test_links(void) {
    static span spans[] = {
        {.at = 0, .len = 3, .flags = SPAN_LINK, .value = STR_INIT("https://example.com/?a&b")},
        {.at = 3, .len = 3, .flags = SPAN_LINK, .value = STR_INIT("javascript:alert(1)")},
        {.at = 6, .len = 3, .flags = SPAN_BOLD},
    };
    doc *d = written_doc();
    block *b = written_add(d, QW_ROLE_BODY, 0, "链脚粗");
    block_rest(d, b)->spans = spans;
    b->more->nspans = 3;
    result r = write_docx(d, NULL);
    CHECK_HOLDS(part_of(&r, "word/document.xml"),
                "<w:hyperlink r:id=\"l1\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>"
                "<w:t>链</w:t></w:r></w:hyperlink><w:r><w:t>脚</w:t></w:r>"
                "<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>粗</w:t></w:r>");
    str ties = part_of(&r, "word/_rels/document.xml.rels");
    CHECK_HOLDS(ties, "TargetMode=\"External\" Target=\"https://example.com/?a&amp;b\"");
    CHECK(!holds(ties, "javascript"));
    done(&r, d);
}

static void expect_notes(const char *layout) {
    static span spans[] = {
        {.at = 3, .kind = SPAN_NOTE, .value = STR_INIT("7")},
        {.at = 3, .kind = SPAN_NOTE, .value = STR_INIT("none")},
        {.at = 6, .kind = SPAN_NOTE, .value = STR_INIT("e7")},
    };
    doc *d = written_doc();
    block *b = written_add(d, QW_ROLE_BODY, 0, "甲乙");
    block_rest(d, b)->spans = spans;
    b->more->nspans = 3;
    static const char *const ids[] = {"7", "", "e7"};
    for (int i = 0; i < 3; i++) {
        b = written_add(d, QW_ROLE_BODY, 0, i == 1 ? "续" : "注");
        b->region = i < 2 ? REGION_FOOTNOTE : REGION_ENDNOTE;
        if (*ids[i]) block_rest(d, b)->link = str_of(ids[i]);
    }
    result r = write_docx(d, layout);
    str text = part_of(&r, "word/document.xml"), notes = part_of(&r, "word/footnotes.xml");
    CHECK_HOLDS(text, "<w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>"
                      "</w:rPr><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:t>乙</w:t></w:r>");
    CHECK_HOLDS(text, "<w:footnoteReference w:id=\"2\"/></w:r></w:p><w:sectPr");
    CHECK_HOLDS(notes, "<w:footnote w:id=\"1\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/>"
                       "</w:pPr>");
    CHECK_HOLDS(notes, "<w:t>续</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"2\">");
    CHECK_HOLDS(part_of(&r, "word/_rels/document.xml.rels"), "Target=\"footnotes.xml\"");
    done(&r, d);
}

static void test_notes(void) {
    expect_notes("plain");
    expect_notes("report");
    expect_notes("gongwen");
}

#define DRAWN                                                                                      \
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "        \
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "         \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "                      \
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" "                                                   \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"     \
    "<wp:inline><wp:extent cx=\"9000000\" cy=\"900000\"/><pic:pic><a:blip r:embed=\"i1\"/>"        \
    "</pic:pic></wp:inline><v:shape style=\"left:0;width:72.5pt;height:1in\">"                     \
    "<v:imagedata r:id=\"i1\"/></v:shape></w:body></w:document>"

/* A DOCX with two pictures of one file; not whole, but all that is looked at. */
static bool write_source(buf *to) {
    static out stream;
    qw_sink sink = {keep, to};
    const new_part parts[] = {
        {"[Content_Types].xml",
         STR("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
             "<Default Extension=\"png\" ContentType=\"image/png\"/></Types>")},
        {"word/document.xml", STR(DRAWN)},
        {"word/_rels/document.xml.rels",
         STR("<Relationships "
             "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
             "<Relationship Id=\"i1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
             "relationships/image\" Target=\"media/a.png\"/></Relationships>")},
        {"word/media/a.png", STR("no real picture")},
    };
    *to = BUF_INIT(1 << 20);
    out_begin(&stream, &sink);
    return package_write_new(parts, 4, &stream, NULL) && out_end(&stream);
}

/* Memory as another document left it. */
static arena *used_arena(void) {
    enum { WORDS = 1 << 20 };
    arena *a = arena_new(0);
    uint32_t *words = arena_alloc(a, WORDS * sizeof *words);
    for (size_t i = 0; words && i < WORDS; i++) words[i] = 1;
    arena_reset(a, SIZE_MAX);
    return a;
}

static void expect_pictures(arena *mem) {
    buf source;
    CHECK(write_source(&source));
    doc *d = doc_new(mem, STR("a.docx"), buf_str(&source));
    d->format = STR("docx");
    uint32_t in = doc_add_part(d, STR("word/document.xml"), STR(DRAWN));
    span spans[] = {
        {.kind = SPAN_IMAGE, .part = in, .off = str_find(STR(DRAWN), STR("<pic:pic"), 0)},
        {.kind = SPAN_IMAGE,
         .part = in,
         .off = str_find(STR(DRAWN), STR("<v:imagedata"), 0),
         .value = STR("a & b")},
        {.kind = SPAN_IMAGE, .part = in, .off = 1},
    };
    block *b = written_add(d, QW_ROLE_BODY, 0, "");
    block_rest(d, b)->spans = spans;
    b->more->nspans = 3;
    result r = write_docx(d, "gongwen");
    str text = part_of(&r, "word/document.xml");
    CHECK_HOLDS(text, "<wp:extent cx=\"5615940\" cy=\"561594\"/>"); /* as wide as the text */
    CHECK_HOLDS(text, "<wp:extent cx=\"920750\" cy=\"914400\"/>");
    CHECK_HOLDS(text, "descr=\"a &amp; b\"");
    CHECK_HOLDS(text, "w:line=\"240\" w:lineRule=\"auto\"");
    size_t first = str_find(text, STR("r:embed=\"m1\""), 0);
    size_t second = str_find(text, STR("r:embed=\"m1\""), first + 1);
    CHECK(first != STR_NONE && second != STR_NONE);
    CHECK(str_find(text, STR("r:embed"), second + 1) == STR_NONE);
    CHECK_STR(part_of(&r, "word/media/image1.png"), STR("no real picture"));
    CHECK_HOLDS(part_of(&r, "[Content_Types].xml"),
                "PartName=\"/word/media/image1.png\" ContentType=\"image/png\"");
    done(&r, d);
    buf_free(&source);
}

static void test_pictures(void) {
    expect_pictures(arena_new(0));
    expect_pictures(used_arena());
}

/* The date of a signature stands at the right, that of a title in the middle. */
static void test_dates(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_TITLE, 0, "在会上的讲话");
    written_add(d, QW_ROLE_DATE, 0, "（2024年2月20日）");
    written_add(d, QW_ROLE_BODY, 0, "同志们好。");
    written_add(d, QW_ROLE_DATE, 0, "2024年2月20日");
    result r = write_docx(d, "gongwen");
    str text = part_of(&r, "word/document.xml");
    size_t first = str_find(text, STR("w:pStyle w:val=\"Subtitle\""), 0);
    size_t last = str_find(text, STR("w:pStyle w:val=\"Date\""), 0);
    CHECK(first != STR_NONE && last != STR_NONE && first < last);
    CHECK(str_find(text, STR("w:pStyle w:val=\"Date\""), last + 1) == STR_NONE);
    done(&r, d);
}

static uint32_t open_container(doc *d, enum block_kind kind, unsigned columns) {
    block *b = doc_add_block(d, kind, STR(""), 0, 0);
    block_rest(d, b)->columns = (uint16_t)columns;
    return (uint32_t)d->nblocks - 1;
}

static void close_container(doc *d, uint32_t index) {
    d->blocks[index].more->end = (uint32_t)d->nblocks;
}

/* A cell that holds a table of one cell, beside one that spans two columns. */
static void test_tables(void) {
    doc *d = written_doc();
    uint32_t table = open_container(d, BLOCK_TABLE, 0), row = open_container(d, BLOCK_ROW, 0);
    uint32_t cell = open_container(d, BLOCK_CELL, 1);
    uint32_t t2 = open_container(d, BLOCK_TABLE, 0), r2 = open_container(d, BLOCK_ROW, 0);
    uint32_t c2 = open_container(d, BLOCK_CELL, 1);
    written_add(d, QW_ROLE_BODY, 0, "内");
    close_container(d, c2), close_container(d, r2), close_container(d, t2);
    close_container(d, cell);
    cell = open_container(d, BLOCK_CELL, 2);
    written_add(d, QW_ROLE_BODY, 0, "外");
    close_container(d, cell), close_container(d, row), close_container(d, table);
    result r = write_docx(d, NULL);
    str text = part_of(&r, "word/document.xml");
    CHECK_HOLDS(text, "<w:gridCol w:w=\"2768\"/><w:gridCol w:w=\"2768\"/><w:gridCol w:w=\"2768\"/>"
                      "</w:tblGrid><w:tr>");
    CHECK_HOLDS(text, "<w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                      "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc>");
    CHECK_HOLDS(text, "<w:gridSpan w:val=\"2\"/>");
    CHECK_HOLDS(text, "<w:t>外</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr>");
    done(&r, d);
}

/* Cells that are one with those under them. */
static void test_merged_rows(void) {
    doc *d = written_doc();
    uint32_t table = open_container(d, BLOCK_TABLE, 0), rows[2], cell;
    for (unsigned i = 0; i < 2; i++) {
        rows[i] = open_container(d, BLOCK_ROW, 0);
        cell = open_container(d, BLOCK_CELL, 1);
        d->blocks[cell].more->merged = i ? ROWS_GO_ON : ROWS_BEGIN;
        written_add(d, QW_ROLE_BODY, 0, i ? "" : "供水");
        close_container(d, cell);
        cell = open_container(d, BLOCK_CELL, 1);
        written_add(d, QW_ROLE_BODY, 0, i ? "水质" : "水量");
        close_container(d, cell), close_container(d, rows[i]);
    }
    close_container(d, table);
    result r = write_docx(d, NULL);
    str text = part_of(&r, "word/document.xml");
    CHECK_HOLDS(text, "<w:vMerge w:val=\"restart\"/>");
    CHECK_HOLDS(text, "<w:vMerge/></w:tcPr>");
    done(&r, NULL);
    buf html = {0};
    CHECK(written(d, &writer_html, &html));
    CHECK_HOLDS(buf_str(&html), "<td rowspan=\"2\"><p class=\"body\">供水</p>");
    CHECK_HOLDS(buf_str(&html), "<tr><td><p class=\"body\">水质</p>");
    buf_free(&html);
    arena_free(d->mem);
}

/* The right indents of a signature and a date, in hundredths of a character. */
static void expect_signature(const char *layout, const char *issuer, const char *date,
                             const char *issuer_right, const char *date_right) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "正文");
    written_add(d, QW_ROLE_SIGNATURE, 0, issuer);
    written_add(d, QW_ROLE_DATE, 0, date);
    result r = write_docx(d, layout);
    str text = part_of(&r, "word/document.xml");
    size_t at = str_find(text, STR("w:val=\"Date\""), 0);
    CHECK_HOLDS(str_cut(text, 0, at), issuer_right);
    CHECK_HOLDS(str_cut(text, at, text.n), date_right);
    done(&r, d);
}

static void test_official_end(void) {
    expect_signature("gongwen", "某某市人民政府办公室", "2024年3月5日", "w:rightChars=\"200\"",
                     "w:rightChars=\"400\"");
    expect_signature("gongwen", "市政府", "2024年3月5日", "w:rightChars=\"700\"",
                     "w:rightChars=\"200\"");
    expect_signature("gongwen:sealed", "市政府", "2024年3月5日", "w:rightChars=\"550\"",
                     "w:rightChars=\"400\"");
}

static void test_attachments(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "正文");
    written_add(d, QW_ROLE_ATTACHMENT, 0, "附件：1. 任务表");
    written_add(d, QW_ROLE_ATTACHMENT, 0, "2. 名单");
    written_add(d, QW_ROLE_ATTACHMENT, 0, "附件1");
    result r = write_docx(d, "gongwen");
    str text = part_of(&r, "word/document.xml");
    CHECK_HOLDS(text, "w:leftChars=\"600\" w:left=\"1920\" w:rightChars=\"0\" w:right=\"0\""
                      " w:hangingChars=\"400\"");
    CHECK_HOLDS(text, "w:leftChars=\"600\" w:left=\"1920\" w:rightChars=\"0\" w:right=\"0\""
                      " w:hangingChars=\"100\"");
    CHECK_HOLDS(text, "<w:pStyle w:val=\"AttachmentMark\"/></w:pPr>");
    done(&r, d);
}

static void test_official_page(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "正文");
    written_add(d, QW_ROLE_BODY, 0, "");
    result r = write_docx(d, "gongwen:pitch=28,body=仿宋");
    str text = part_of(&r, "word/document.xml"), styles = part_of(&r, "word/styles.xml");
    CHECK_HOLDS(text, "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"");
    CHECK_HOLDS(text, "<w:p><w:r><w:t>正文</w:t></w:r></w:p><w:sectPr>");
    CHECK_HOLDS(styles, "w:line=\"560\" w:lineRule=\"exact\"");
    CHECK_HOLDS(styles, "w:eastAsia=\"仿宋\"");
    CHECK_HOLDS(styles, "w:eastAsia=\"方正小标宋简体\"");
    CHECK_HOLDS(part_of(&r, "word/settings.xml"), "<w:evenAndOddHeaders/>");
    CHECK_HOLDS(part_of(&r, "word/footer1.xml"), "w:rightChars=\"100\"");
    CHECK_HOLDS(part_of(&r, "word/footer2.xml"), "<w:jc w:val=\"left\"/>");
    done(&r, d);
}

static void expect_refused(const char *layout, const char *id) {
    static out stream;
    doc *d = written_doc();
    buf bytes = BUF_INIT(1 << 20);
    qw_error why = {0};
    qw_sink sink = {keep, &bytes};
    out_begin(&stream, &sink);
    CHECK(!docx_new_write(d, &(qw_write_options){.layout = layout}, &stream, &why));
    CHECK_STR(str_of(why.id), str_of(id));
    CHECK_INT(bytes.n, 0);
    buf_free(&bytes);
    arena_free(d->mem);
}

static void test_refused(void) {
    expect_refused("letter", "no-such-layout");
    expect_refused("gongwen:pitch=1", "bad-layout-option");
    expect_refused("gongwen:pitch=2e9", "bad-layout-option");
    expect_refused("gongwen:body=", "bad-layout-option");
    expect_refused("gongwen:colour=red", "bad-layout-option");
}

/* GB/T 9704-2012, 7.2 and 7.4: what stands above the title and at the end of the last page. */
static void test_official_head(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "000123");
    written_add(d, QW_ROLE_BODY, 0, "临溪市人民政府文件");
    written_add(d, QW_ROLE_BODY, 0, "临政发〔2024〕12号");
    written_add(d, QW_ROLE_TITLE, 0, "关于供水的通知");
    written_add(d, QW_ROLE_BODY, 0, "临政发〔2024〕12号是文号");
    written_add(d, QW_ROLE_NOTE, 0, "抄送：市委办公室。");
    written_add(d, QW_ROLE_NOTE, 0, "临溪市人民政府办公室　　2024年11月5日印发");
    result r = write_docx(d, "gongwen");
    str text = part_of(&r, "word/document.xml"), styles = part_of(&r, "word/styles.xml");
    CHECK_HOLDS(styles, "w:styleId=\"RedHead\"");
    CHECK_HOLDS(styles, "<w:color w:val=\"FF0000\"/>");
    CHECK_HOLDS(text, "<w:pStyle w:val=\"Marking\"/>");
    CHECK_HOLDS(text, "<w:pStyle w:val=\"RedHead\"/>");
    CHECK_HOLDS(text, "<w:sz w:val=\"93\"/><w:szCs w:val=\"93\"/></w:rPr><w:t>临溪市人民政府文件");
    CHECK_HOLDS(text, "w:color=\"FF0000\"/></w:pBdr>");
    CHECK(!holds(text, "DocumentNumber\"/></w:pPr><w:r><w:t>临政发〔2024〕12号是"));
    CHECK_HOLDS(text, "w:tblpYSpec=\"bottom\"");
    CHECK_HOLDS(text, "办公室</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>2024年11月5日印发");
    CHECK_HOLDS(text, "</w:tr></w:tbl><w:p>");
    done(&r, d);
    /* Other layouts have none of it. */
    d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "临溪市人民政府文件");
    written_add(d, QW_ROLE_BODY, 0, "临政发〔2024〕12号");
    written_add(d, QW_ROLE_TITLE, 0, "关于供水的通知");
    written_add(d, QW_ROLE_NOTE, 0, "抄送：市委办公室。");
    r = write_docx(d, "report");
    CHECK(!holds(part_of(&r, "word/styles.xml"), "RedHead"));
    CHECK(!holds(part_of(&r, "word/document.xml"), "<w:tbl>"));
    done(&r, d);
}

int main(void) {
    RUN(test_official_head);
    RUN(test_parts);
    RUN(test_styles);
    RUN(test_roles);
    RUN(test_text);
    RUN(test_links);
    RUN(test_notes);
    RUN(test_pictures);
    RUN(test_dates);
    RUN(test_tables);
    RUN(test_merged_rows);
    RUN(test_official_end);
    RUN(test_attachments);
    RUN(test_official_page);
    RUN(test_refused);
    return check_result();
}

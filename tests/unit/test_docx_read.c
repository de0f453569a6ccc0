/* The DOCX reader: what stands in each story, in the final view, and where it stands. Documents are
 * Flat OPC, put together here. */
#include "base/buf.h"
#include "check.h"
#include "model/doc.h"

#include <stdlib.h>

#define REL  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELS "http://schemas.openxmlformats.org/package/2006/relationships"
#define SPACES                                                                                     \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "             \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "                    \
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "                      \
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" "                                                   \
    "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "             \
    "xmlns:new=\"urn:not-invented-yet\""

static qw_workspace *space;
static qw_read_options options;
static buf package;

static void add_part(const char *name, const char *xml) {
    buf_printf(&package, "<pkg:part pkg:name=\"%s\"><pkg:xmlData>%s</pkg:xmlData></pkg:part>", name,
               xml);
}

static void begin_package(void) {
    buf_free(&package);
    package.max = 1 << 20;
    buf_add(&package,
            STR("<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"));
    add_part("/_rels/.rels",
             "<Relationships xmlns=\"" RELS "\"><Relationship Id=\"a\" Type=\"" REL
             "officeDocument\" Target=\"w/d.xml\"/><Relationship Id=\"b\" "
             "Type=\"http://x/core-properties\" Target=\"c.xml\"/></Relationships>");
}

static const doc *end_package(void) {
    qw_error why = {0};
    buf_add(&package, STR("</pkg:package>"));
    qw_input input = {.name = "a.xml", .bytes = package.p, .n = package.n};
    const doc *d = qw_read(space, &input, &options, &why);
    CHECK(d != NULL);
    if (!d) {
        fprintf(stderr, "%s: %s\n", why.place, why.text[0]);
        exit(1);
    }
    CHECK_STR(d->format, STR("docx"));
    return d;
}

/* A document of this body and nothing else. */
static const doc *read_body(const char *body) {
    static char xml[16 * 1024];
    snprintf(xml, sizeof xml, "<w:document " SPACES "><w:body>%s</w:body></w:document>", body);
    begin_package();
    add_part("/w/d.xml", xml);
    return end_package();
}

/* The texts of the paragraphs, each followed by '|', containers in brackets. */
static void expect_at(int line, const doc *d, const char *want) {
    buf all = BUF_INIT(1 << 20);
    uint32_t ends[32];
    size_t depth = 0;
    for (size_t i = 0; i <= d->nblocks; i++) {
        while (depth && ends[depth - 1] == i) depth--, buf_add_byte(&all, ']');
        if (i == d->nblocks) break;
        const block *b = &d->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH && depth < 32) {
            buf_add_byte(&all, "ptrcb"[b->kind]);
            buf_add_byte(&all, '[');
            ends[depth++] = b->more->end;
        } else {
            if (b->flags & BLOCK_HIDDEN) buf_add_byte(&all, '?');
            if (b->flags & BLOCK_AUTO) buf_add(&all, b->more->label);
            buf_add(&all, b->text);
            buf_add_byte(&all, '|');
        }
    }
    check_count++;
    if (!str_eq(buf_str(&all), str_of(want)))
        CHECK_FAIL("line %d: “%.*s”, not “%s”", line, (int)all.n, all.p, want);
    buf_free(&all);
}

#define EXPECT(body, want) expect_at(__LINE__, read_body(body), want)
#define P(content)         "<w:p>" content "</w:p>"
#define T(text)            "<w:r><w:t>" text "</w:t></w:r>"
#define BOX(text)          "<w:txbxContent>" P(T(text)) "</w:txbxContent>"
#define HIDDEN(text)       "<w:r><w:rPr><w:vanish/></w:rPr><w:t>" text "</w:t></w:r>"

#define SYM(font, code) P("<w:r><w:sym w:font=\"" font "\" w:char=\"" code "\"/></w:r>")

/* Characters of symbol fonts, at their code and in the private use area. */
static void symbols(void) {
    EXPECT(SYM("Symbol", "F061") SYM("symbol", "53") SYM("Symbol", "F0A3"), "α|Σ|≤|");
    EXPECT(SYM("Wingdings", "F0FC") SYM("Wingdings", "20") SYM("WINGDINGS", "F081"), "✓| |①|");
    EXPECT(SYM("Wingdings 2", "F052") SYM("Wingdings 3", "F070") SYM("Webdings", "F061"), "☑|▲|✔|");
    EXPECT(SYM("Wingdings", "F0FF") SYM("Unheard Of", "F041"), "|\xEF\x81\x81|");
    EXPECT(SYM("Symbol", "F094") SYM("Symbol", "80"), "||");
    EXPECT(SYM("Arial", "4E2D") SYM("Wingdings", "19") SYM("Wingdings", "xyz"), "中|||");
}

static void texts(void) {
    EXPECT("", "");
    EXPECT("<w:p/>", "|");
    EXPECT(P(T("甲") T("乙 &amp; 丙")), "甲乙 & 丙|");
    EXPECT(P("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a\tb\nc|");
    EXPECT(P(T("a") "<w:r><w:br w:type=\"page\"/></w:r>"), "a|");
    EXPECT(P("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>"), "a-b|");
    EXPECT(P("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>" T("是")), "☑是|");
    symbols();
    EXPECT(P("<w:r><w:t>a\n  b</w:t></w:r>"), "a   b|");
    EXPECT(P("<w:r><w:t><![CDATA[<&>]]></w:t></w:r>"), "<&>|");
    EXPECT(P("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" T("x")), "x|");
}

static void wrappers(void) {
    EXPECT(P("<w:smartTag>" T("a") "</w:smartTag><w:customXml>" T("b") "</w:customXml>"), "ab|");
    EXPECT("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>" P(
               T("a")) "</w:sdtContent></w:sdt>",
           "a|");
    EXPECT(P("<w:sdt><w:sdtContent>" T("a") "</w:sdtContent></w:sdt>"), "a|");
    EXPECT(P("<w:ruby><w:rubyPr/><w:rt>" T("pin") "</w:rt><w:rubyBase>" T(
               "拼") "</w:rubyBase></w:ruby>"),
           "拼|");
    EXPECT(P("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1|");
    EXPECT(P(T("a") "<w:p>" T("b") "</w:p>" T("c")), "ac|b|");
}

static void revisions(void) {
    EXPECT(P("<w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:ins>" T("b") "</w:ins>"), "b|");
    EXPECT(P("<w:moveFrom>" T("a") "</w:moveFrom><w:moveTo>" T("b") "</w:moveTo>"), "b|");
    EXPECT(P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>a</w:delText></w:r>"
             "</w:del>") P(T("b")),
           "b|");
    const doc *d = read_body(P("<w:ins>" T("b") "</w:ins>" T("c")));
    CHECK_INT(d->blocks[0].more->spans[0].flags, SPAN_INSERTED);
    CHECK_INT(d->blocks[0].more->spans[1].flags, 0);
}

static const char changed[] = "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
                              "<w:del><w:r><w:delText>c</w:delText></w:r></w:del></w:p>"
                              "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:ins><w:r><w:t>new"
                              "</w:t></w:r></w:ins></w:p>";

static void views(void) {
    expect_at(__LINE__, read_body(changed), "ab|new|");
    options.revisions = QW_REVISIONS_ORIGINAL;
    expect_at(__LINE__, read_body(changed), "ac|");
    options.revisions = QW_REVISIONS_ALL;
    const doc *d = read_body(changed);
    expect_at(__LINE__, d, "abc|new|");
    CHECK_INT(d->blocks[0].more->spans[2].flags, SPAN_DELETED);
    options.revisions = QW_REVISIONS_FINAL;
}

#define MARK(change) "<w:pPr><w:rPr><w:" change " w:id=\"1\"/></w:rPr></w:pPr>"
#define CELL(text)   "<w:tc>" P(T(text)) "</w:tc>"

/* A paragraph whose mark was deleted goes on in the next, which says how it looks; not in a table,
 * nor out of a cell. */
static void joined(void) {
    const char *body = P(MARK("del") T("一")) P(MARK("del") T("二")) P(T("三")) P(T("四"));
    const doc *d = read_body(body);
    expect_at(__LINE__, d, "一二三|四|");
    str whole = str_cut(d->parts[0].bytes, d->blocks[0].off, d->blocks[0].off + d->blocks[0].len);
    CHECK_STR(whole, STR(P(T("三"))));
    CHECK_INT(d->blocks[0].more->spans[1].kind, SPAN_JOINED);
    options.revisions = QW_REVISIONS_ORIGINAL;
    expect_at(__LINE__, read_body(body), "一|二|三|四|");
    EXPECT(P(MARK("ins") T("一")) P(T("二")), "一二|");
    EXPECT(P(MARK("moveTo") T("一")) P(T("二")), "一二|");
    options.revisions = QW_REVISIONS_ALL;
    EXPECT(P(MARK("del") T("一")) P(MARK("ins") T("二")) P(T("三")), "一|二|三|");
    options.revisions = QW_REVISIONS_FINAL;
    EXPECT(P(MARK("ins") T("一")) P(T("二")), "一|二|");
    EXPECT(P(MARK("moveFrom")) P(MARK("del") "<w:r><w:t/></w:r>") P(T("二")), "二|");
    EXPECT("<w:tbl><w:tr><w:tc>" P(MARK("del") T("a")) "</w:tc><w:tc>" P(MARK("del") T(
               "b")) "<w:tbl><w:tr>" CELL("c") "</w:tr></w:tbl>" P(T("d")) "</w:tc></w:tr></w:tbl>",
           "t[r[c[a|]c[b|t[r[c[c|]]]d|]]]");
    EXPECT(P(MARK("del") T("a") HIDDEN("x")) P(HIDDEN("y") T("b")), "ab|?xy|");
    EXPECT(P(MARK("del") T("a") "<w:r><w:pict>" BOX("box") "</w:pict></w:r>") P(T("b")),
           "ab|b[box|]");
    EXPECT(P(T("a")) P(MARK("del") T("last")), "a|last|");
}

/* Rows that were deleted or inserted as a whole. */
static void rows(void) {
#define ROW(change, text) "<w:tr><w:trPr><w:" change " w:id=\"1\"/></w:trPr>" CELL(text) "</w:tr>"
    const char *body = "<w:tbl>" ROW("cantSplit", "a") ROW("del", "b") ROW("ins", "c") "</w:tbl>";
    expect_at(__LINE__, read_body(body), "t[r[c[a|]]r[c[c|]]]");
    options.revisions = QW_REVISIONS_ORIGINAL;
    expect_at(__LINE__, read_body(body), "t[r[c[a|]]r[c[b|]]]");
    options.revisions = QW_REVISIONS_ALL;
    expect_at(__LINE__, read_body(body), "t[r[c[a|]]r[c[b|]]r[c[c|]]]");
    options.revisions = QW_REVISIONS_FINAL;
    EXPECT(P(T("x")) "<w:tbl>" ROW("del", "b") "</w:tbl>" P(T("y")), "x|y|");
}

#define TC(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(T(text)) "</w:tc>"

static void expect_cell(const char *body, size_t index, int columns, int merged) {
    const block_more *cell = read_body(body)->blocks[index].more;
    CHECK_INT(cell->columns, columns);
    CHECK_INT(cell->merged, merged);
}

/* Cells that were deleted, inserted or merged. */
static void cells(void) {
    const char *body = "<w:tbl><w:tr>" TC("<w:tcW/>", "a") TC("<w:cellDel w:id=\"1\"/>", "b")
        TC("<w:cellIns w:id=\"2\"/>", "c") "</w:tr><w:tr>" TC("<w:cellDel w:id=\"3\"/>", "d")
            TC("<w:cellDel w:id=\"4\"/>", "e") "</w:tr></w:tbl>";
    const char *merged = "<w:tbl><w:tr>" TC("<w:cellMerge w:id=\"1\" w:vMerge=\"cont\"/>", "a")
        TC("<w:cellMerge w:id=\"2\" w:vMerge=\"rest\" w:vMergeOrig=\"cont\"/>", "b")
            TC("<w:gridSpan w:val=\"3\"/><w:tcPrChange w:id=\"3\"><w:tcPr><w:gridSpan "
               "w:val=\"2\"/><w:vMerge/></w:tcPr></w:tcPrChange>",
               "c") "</w:tr></w:tbl>";
    expect_at(__LINE__, read_body(body), "t[r[c[a|]c[c|]]]");
    expect_cell(merged, 2, 1, ROWS_GO_ON);
    expect_cell(merged, 4, 1, ROWS_BEGIN);
    expect_cell(merged, 6, 3, ROWS_SINGLE);
    options.revisions = QW_REVISIONS_ORIGINAL;
    expect_at(__LINE__, read_body(body), "t[r[c[a|]c[b|]]r[c[d|]c[e|]]]");
    expect_cell(merged, 2, 1, ROWS_SINGLE);
    expect_cell(merged, 4, 1, ROWS_GO_ON);
    expect_cell(merged, 6, 2, ROWS_GO_ON);
    options.revisions = QW_REVISIONS_ALL;
    expect_at(__LINE__, read_body(body), "t[r[c[a|]c[b|]c[c|]]r[c[d|]c[e|]]]");
    options.revisions = QW_REVISIONS_FINAL;
}

#define CHAR(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define CODE(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"

static void fields(void) {
    EXPECT(P(CHAR("begin") CODE(" PAGE ") CHAR("separate") T("7") CHAR("end") T("页")), "7页|");
    EXPECT(P("<w:fldSimple w:instr=\"DATE\">" T("today") "</w:fldSimple>"), "today|");
    /* The result of a field in another one's code is code. */
    EXPECT(P(CHAR("begin") CODE("IF ") CHAR("begin") CODE("X") CHAR("separate") T("no") CHAR("end")
                 CHAR("separate") T("yes") CHAR("end")),
           "yes|");
    const doc *d =
        read_body(P(CHAR("begin") CODE(" NUM") CODE("PAGES ") CHAR("separate") T("7") CHAR("end")));
    CHECK_INT(d->blocks[0].more->spans[0].kind, SPAN_FIELD);
    CHECK_STR(d->blocks[0].more->spans[0].value, STR("NUMPAGES"));
}

static void tables(void) {
    EXPECT(
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" P(T("a"))
            P(T("b")) "</w:tc></w:tr><w:tr><w:tc>" P(T("c")) "</w:tc><w:tc><w:tbl><w:tr><w:tc>" P(
                T("d")) "</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>" P(T("e")),
        "t[r[c[a|b|]]r[c[c|]c[t[r[c[d|]]]|]]]e|");
    const doc *d = read_body("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p/>"
                             "</w:tc></w:tr></w:tbl>");
    CHECK_INT(d->blocks[2].more->columns, 3);
}

static void boxes(void) {
    EXPECT(
        P("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>" BOX(
            "box") "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>" BOX("box") "</w:pict>"
                                                                                         "</"
                                                                                         "mc:"
                                                                                         "Fallback>"
                                                                                         "</"
                                                                                         "mc:"
                                                                                         "Alternate"
                                                                                         "Content><"
                                                                                         "/w:r>" T(
                                                                                             "afte"
                                                                                             "r")),
        "after|b[box|]");
    EXPECT(P("<w:r><mc:AlternateContent><mc:Choice Requires=\"new\"><w:t>no</w:t></mc:Choice>"
             "<mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
           "yes|");
    EXPECT(P("<w:r><w:pict><v:shape><v:textpath string=\"草 &lt; 稿\"/></v:shape></w:pict></w:r>"),
           "|b[草 < 稿|]");
}

static void hidden(void) {
    EXPECT(P(T("a") HIDDEN("x") T("b") HIDDEN("y")), "ab|?xy|");
    EXPECT(P("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" HIDDEN("x")), "?x|");
    EXPECT(P("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" T("only the mark is hidden")),
           "only the mark is hidden|");
    EXPECT(P("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>12</w:t></w:r>"), "12|");
    const doc *d = read_body(P("<w:r><w:rPr><w:sz w:val=\"2\"/></w:rPr><w:t>tiny</w:t></w:r>"));
    CHECK(d->blocks[0].more->spans[0].flags & SPAN_FAINT);
}

/* Each plain text lies in the part where its span says. */
static void origins(void) {
    const doc *d = read_body(P(T("甲") "<w:r><w:tab/></w:r>" HIDDEN("丁")) P(T("a &amp; b")));
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        str bytes = d->parts[b->part].bytes;
        for (size_t k = 0; k < b->more->nspans; k++) {
            const span *s = &b->more->spans[k];
            str source = str_cut(bytes, s->off, s->off + s->source_len);
            if (s->kind == SPAN_TAB)
                CHECK_STR(source, STR("<w:tab/>"));
            else if (s->len == s->source_len)
                CHECK_STR(source, str_cut(b->text, s->at, s->at + s->len));
            else
                CHECK_STR(source, STR("a &amp; b"));
        }
    }
    str whole = str_cut(d->parts[0].bytes, d->blocks[0].off, d->blocks[0].off + d->blocks[0].len);
    CHECK(str_starts(whole, STR("<w:p>")) && str_ends(whole, STR("</w:p>")));
}

static void stories(void) {
    begin_package();
    add_part("/w/d.xml",
             "<w:document " SPACES "><w:body>" P(
                 "<w:r><w:t>text</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:hyperlink "
                 "r:id=\"l\">" T("link") "</w:hyperlink>") "</w:body></w:document>");
    add_part(
        "/w/_rels/d.xml.rels",
        "<Relationships xmlns=\"" RELS "\"><Relationship Id=\"h\" Type=\"" REL
        "header\" Target=\"h.xml\"/><Relationship Id=\"h2\" Type=\"" REL
        "header\" Target=\"h.xml\"/><Relationship Id=\"gone\" Type=\"" REL
        "footer\" Target=\"nosuch.xml\"/><Relationship Id=\"f\" Type=\"" REL
        "footnotes\" Target=\"f.xml\"/><Relationship Id=\"l\" Type=\"" REL
        "hyperlink\" Target=\"http://example.com/\" TargetMode=\"External\"/></Relationships>");
    add_part("/w/h.xml", "<w:hdr " SPACES ">" P(T("head")) "</w:hdr>");
    add_part("/w/f.xml", "<w:footnotes " SPACES "><w:footnote w:type=\"separator\" w:id=\"0\">" P(
                             T("--")) "</w:footnote><w:footnote w:id=\"2\">" P(T("note"))
                             P(T("more")) "</w:footnote></w:footnotes>");
    add_part("/c.xml", "<c:coreProperties xmlns:c=\"urn:c\" xmlns:dc=\"urn:dc\"><dc:creator>who"
                       "</dc:creator><c:revision>3</c:revision></c:coreProperties>");
    const doc *d = end_package();
    expect_at(__LINE__, d, "textlink|note|more|head|?who|");
    CHECK_INT(d->blocks[1].region, REGION_FOOTNOTE);
    CHECK_STR(d->blocks[1].more->link, STR("2"));
    CHECK(!d->blocks[2].more->link.p);
    CHECK_INT(d->blocks[3].region, REGION_HEADER);
    CHECK_INT(d->blocks[4].region, REGION_META);
    CHECK_STR(d->blocks[4].more->link, STR("core:creator"));
    const span *spans = d->blocks[0].more->spans;
    CHECK_INT(spans[1].kind, SPAN_NOTE);
    CHECK_STR(spans[1].value, STR("2"));
    CHECK(spans[2].flags & SPAN_LINK);
    CHECK_STR(spans[2].value, STR("http://example.com/"));
}

#define CHUNK(target)                                                                              \
    "<Relationships xmlns=\"" RELS "\"><Relationship Id=\"k\" Type=\"" REL                         \
    "aFChunk\" Target=\"" target "\"/></Relationships>"

/* HTML that is merged in: read where it stands, and told when it cannot be. */
static void chunks(void) {
    const char *main =
        "<w:document " SPACES
        "><w:body>" P(MARK("del") T("前")) "<w:altChunk "
                                           "r:id=\"k\"/>" P(T("后")) "</w:body></w:document>";
    begin_package();
    add_part("/w/d.xml", main);
    add_part("/w/_rels/d.xml.rels", CHUNK("a.htm"));
    add_part("/w/a.htm",
             "<html><head><title>no</title><style>p {}</style></head><body><!-- <p>no</p> -->"
             "<p class=\"a>b\">甲 <b>乙</b>\n &amp;  丙&#x4E01;&#60;</p><script>no()</script>"
             "<div>戊<br/>己</div><table><tr><td>庚</td><td>辛</td></tr></table>壬</body></html>");
    const doc *d = end_package();
    expect_at(__LINE__, d, "前|甲 乙 & 丙丁<|戊|己|庚|辛|壬|后|");
    CHECK(d->parts[1].foreign && !d->parts[0].foreign);
    CHECK_INT(d->nnotes, 0);
    const span *first = &d->blocks[1].more->spans[0];
    CHECK_STR(str_cut(d->parts[1].bytes, first->off, first->off + first->source_len), STR("甲"));
    begin_package();
    add_part("/w/d.xml", main);
    add_part("/w/_rels/d.xml.rels", CHUNK("gone.htm"));
    d = end_package();
    expect_at(__LINE__, d, "前|后|");
    CHECK_INT(d->nnotes, 1);
}

/* Words of charts and diagrams; numbers and categories that come again are left out. */
static void drawn(void) {
    begin_package();
    add_part("/w/d.xml", "<w:document " SPACES
                         "><w:body>" P("<w:r><w:t>正文</w:t></w:r>") "</w:body></w:document>");
    add_part("/w/_rels/d.xml.rels",
             "<Relationships xmlns=\"" RELS "\"><Relationship Id=\"a\" Type=\"" REL
             "chart\" Target=\"c.xml\"/><Relationship Id=\"b\" Type=\"" REL
             "diagramData\" Target=\"g.xml\"/></Relationships>");
    add_part(
        "/w/c.xml",
        "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:title><a:p><a:r>"
        "<a:t>逐月</a:t></a:r><a:r><a:t>雨量</a:t></a:r></a:p></c:title><c:ser><c:tx><c:strCache>"
        "<c:pt><c:v>上游</c:v></c:pt></c:strCache></c:tx><c:cat><c:strCache><c:pt><c:v>六月</c:v>"
        "</c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt><c:v>31</c:v></c:pt></c:numCache>"
        "</c:val></c:ser><c:ser><c:tx><c:strCache><c:pt><c:v>下游</c:v></c:pt></c:strCache></c:tx>"
        "<c:cat><c:strCache><c:pt><c:v>六月</c:v></c:pt></c:strCache></c:cat></c:ser>"
        "<c:txPr><a:p/></c:txPr></c:chartSpace>");
    add_part(
        "/w/g.xml",
        "<d:dataModel xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><d:pt><d:t><a:p><a:r>"
        "<a:t>指挥部</a:t></a:r></a:p></d:t></d:pt></d:dataModel>");
    const doc *d = end_package();
    expect_at(__LINE__, d, "正文|逐月雨量|上游|六月|下游|指挥部|");
    CHECK_INT(d->blocks[1].region, REGION_TEXTBOX);
}

/* A document that will not be changed remembers no places of plain text, but links and marks. */
static void fixed(void) {
    qw_error why = {0};
    options.fixed = true;
    const char *body = P("<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>"
                         "<w:r><w:t>c</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r>");
    const doc *d = read_body(body);
    expect_at(__LINE__, d, "abc|");
    CHECK_INT(d->blocks[0].more->nspans, 2);
    CHECK_INT(d->blocks[0].more->spans[0].flags, SPAN_BOLD);
    CHECK_INT(d->blocks[0].more->spans[0].at, 1);
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.filters = "ads"}, &why);
    CHECK(chain && !qw_run(chain, (qw_doc *)d, &why));
    CHECK_STR(str_of(why.id), STR("read-fixed"));
    qw_chain_free(chain);
    options.fixed = false;
    CHECK_INT(read_body(body)->blocks[0].more->nspans, 4);
}

#define MR(text)         "<m:r><m:t>" text "</m:t></m:r>"
#define ARG(name, xml)   "<m:" name ">" xml "</m:" name ">"
#define MATH(xml)        P("<m:oMath>" xml "</m:oMath>")
#define VAL(name, value) "<m:" name " m:val=\"" value "\"/>"
#define FRACTION(a, b)   ARG("f", ARG("num", a) ARG("den", b))
#define POWER(a, b)      ARG("sSup", ARG("e", a) ARG("sup", b))
#define ROUND(xml)       ARG("d", ARG("e", xml))

/* Formulas: their characters in order, or in linear form when asked for. */
static void formulas(void) {
    const char *fraction = MATH(MR("x=") FRACTION(MR("a+b"), MR("2")));
    EXPECT(fraction, "x=a+b2|");
    options.linear_formulas = true;
    EXPECT(fraction, "x=(a+b)/2|");
    EXPECT(MATH(FRACTION(MR("ab"), MR("3.5"))), "ab/3.5|");
    EXPECT(MATH(FRACTION(FRACTION(MR("1"), MR("n")), MR("甲乙"))), "(1/n)/甲乙|");
    EXPECT(MATH(ARG("f", ARG("fPr", VAL("type", "noBar")) ARG("num", MR("n")) ARG("den", MR("k")))),
           "n¦k|");
    EXPECT(MATH(POWER(MR("x"), MR("2")) MR("+") POWER(MR("a-b"), MR("n+1"))), "x^2+(a-b)^(n+1)|");
    EXPECT(MATH(POWER(ROUND(MR("a-b")), MR("2"))), "(a-b)^2|");
    EXPECT(MATH(FRACTION(POWER(ROUND(MR("a-b")), MR("2")), ROUND(MR("c+d")))), "((a-b)^2)/(c+d)|");
    EXPECT(MATH(ARG("sSub", ARG("e", MR("a")) ARG("sub", MR("ij")))), "a_ij|");
    EXPECT(MATH(ARG("sSubSup", ARG("e", MR("a")) ARG("sub", MR("i")) ARG("sup", MR("2")))),
           "a_i^2|");
    EXPECT(MATH(ARG("sPre", ARG("sub", MR("2")) ARG("sup", MR("4")) ARG("e", MR("He")))),
           "(_2^4)He|");
    EXPECT(MATH(ARG("rad", ARG("deg", "") ARG("e", MR("x+1")))), "√(x+1)|");
    EXPECT(MATH(ARG("rad", ARG("radPr", VAL("degHide", "1")) "<m:deg/>" ARG("e", MR("x")))), "√x|");
    EXPECT(MATH(ARG("rad", ARG("deg", MR("3")) ARG("e", MR("x+1")))), "√(3&x+1)|");
    EXPECT(MATH(ARG("nary", ARG("naryPr", VAL("chr", "∑")) ARG("sub", MR("i=1")) ARG("sup", MR("n"))
                                ARG("e", MR("i")))),
           "∑_(i=1)^n i|");
    EXPECT(MATH(ARG("nary", ARG("sub", "") ARG("sup", "") ARG("e", MR("f+g")))), "∫(f+g)|");
    EXPECT(MATH(ARG("d", ARG("dPr", VAL("begChr", "[") VAL("sepChr", ",") VAL("endChr", ""))
                             ARG("e", MR("a")) ARG("e", MR("b")))),
           "[a,b|");
    EXPECT(MATH(ARG("d", ARG("e", ARG("m", ARG("mr", ARG("e", MR("a")) ARG("e", MR("b")))
                                               ARG("mr", ARG("e", MR("c")) ARG("e", MR("d"))))))),
           "(■(a&b@c&d))|");
    EXPECT(MATH(ARG("eqArr", ARG("e", MR("x=1")) ARG("e", MR("y=2")))), "█(x=1@y=2)|");
    EXPECT(MATH(ARG("func", ARG("fName", MR("sin")) ARG("e", MR("x")))
                    ARG("func", ARG("fName", MR("cos")) ARG("e", ROUND(MR("x+y"))))),
           "sin x cos(x+y)|");
    EXPECT(MATH(ARG("func", ARG("fName", ARG("limLow", ARG("e", MR("lim")) ARG("lim", MR("x→0"))))
                                ARG("e", MR("f")))),
           "lim_(x→0) f|");
    EXPECT(MATH(ARG("acc", ARG("e", MR("x")))
                    ARG("bar", ARG("barPr", VAL("pos", "top")) ARG("e", MR("a+b")))),
           "x\xCC\x82¯(a+b)|");
    EXPECT(MATH(POWER(MR("x"), MR("k")) POWER(MR("a"), MR("n-k")) FRACTION(MR("1"), MR("2")) MR("y")
                    FRACTION(MR("1"), MR("2")) MR("+y")),
           "x^k a^(n-k)1/2 y 1/2+y|");
    EXPECT(MATH(MR("−") FRACTION(MR("1"), MR("2"))), "−1/2|");
    /* Many in one another: told apart as far as there is room, then as they come. */
    buf deep = BUF_INIT(1 << 16);
    buf_add(&deep, STR("<w:p><m:oMath>"));
    for (int i = 0; i < 100; i++) buf_add(&deep, STR("<m:sSup><m:e>"));
    buf_add(&deep, STR(MR("x")));
    for (int i = 0; i < 100; i++)
        buf_add(&deep, STR("</m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"));
    buf_add(&deep, STR("</m:oMath></w:p>"));
    buf_add_byte(&deep, '\0');
    str text = read_body(deep.p)->blocks[0].text;
    CHECK(str_ends(text, STR(")^2")) && text.n > 150 && text.n < 400);
    buf_free(&deep);
    /* What was put in stands for nothing in the part. */
    const doc *d = read_body(fraction);
    for (size_t k = 0; k < d->blocks[0].more->nspans; k++) {
        const span *s = &d->blocks[0].more->spans[k];
        str source = str_cut(d->parts[0].bytes, s->off, s->off + s->source_len);
        if (s->source_len) CHECK_STR(source, str_cut(d->blocks[0].text, s->at, s->at + s->len));
    }
    options.linear_formulas = false;
}

int main(void) {
    space = qw_workspace_new();
    if (!space) return 1;
    RUN(texts);
    RUN(wrappers);
    RUN(revisions);
    RUN(views);
    RUN(joined);
    RUN(rows);
    RUN(cells);
    RUN(fields);
    RUN(tables);
    RUN(boxes);
    RUN(hidden);
    RUN(origins);
    RUN(stories);
    RUN(drawn);
    RUN(chunks);
    RUN(formulas);
    RUN(fixed);
    qw_workspace_free(space);
    buf_free(&package);
    return check_result();
}

/* Markdown and HTML: what CommonMark would read back. */
#include "check.h"
#include "written.h"

extern const writer writer_md, writer_html;

/* Checks what becomes of one paragraph. */
static void expect(qw_role role, unsigned level, size_t lead, const char *text, const char *want) {
    doc *d = written_doc();
    written_add(d, role, level, text)->lead = (uint32_t)lead;
    CHECK_WRITTEN(d, &writer_md, &(qw_write_options){0}, want);
    arena_free(d->mem);
}

static void body(const char *text, const char *want) {
    expect(QW_ROLE_BODY, 0, 0, text, want);
}

static void test_headings(void) {
    expect(QW_ROLE_TITLE, 0, 0, "述职报告", "# 述职报告\n");
    expect(QW_ROLE_HEADING, 1, 0, "一、履职情况", "## 一、履职情况\n");
    expect(QW_ROLE_HEADING, 5, 0, "1. 范围", "###### 1. 范围\n");
    expect(QW_ROLE_HEADING, 9, 0, "深", "###### 深\n");
    expect(QW_ROLE_HEADING, 1, 0, "论 C#", "## 论 C# #\n");
    expect(QW_ROLE_HEADING, 1, 0, "论 C# ", "## 论 C# #\n");
    expect(QW_ROLE_HEADING, 1, 0, "上\n下", "## 上 下\n");
    expect(QW_ROLE_HEADING, 1, 0, "## 方法", "## 方法\n");
    expect(QW_ROLE_TITLE, 0, 0, "# 文档", "# 文档\n");
    expect(QW_ROLE_HEADING, 1, 0, "#1 号机", "## #1 号机\n");
    expect(QW_ROLE_HEADING, 1, 0, "## #", "## # #\n");
}

/* After 。 and before a letter, ** would close nothing: the mark goes before the 。 */
static void test_lead(void) {
    const char *text = "（一）坚持学习。每周一次。";
    expect(QW_ROLE_RUNIN, 2, strlen("（一）坚持学习。"), text, "**（一）坚持学习**。每周一次。\n");
    expect(QW_ROLE_RUNIN, 2, strlen("（一）"), "（一）（甲）乙", "**（一**）（甲）乙\n");
    expect(QW_ROLE_RUNIN, 2, strlen("要点 "), "要点 其余", "**要点** 其余\n");
    expect(QW_ROLE_RUNIN, 2, strlen("要点。"), "要点。", "**要点。**\n");
}

static void test_block_starts(void) {
    body("# 号", "\\# 号\n");
    body("- 甲", "\\- 甲\n");
    body("1. 甲", "1\\. 甲\n");
    body("1.5 万元", "1.5 万元\n");
    body("12) 甲", "12\\) 甲\n");
    body("> 甲", "\\> 甲\n");
    body("===", "\\===\n");
    body("    甲", "&#32;&#32;&#32;&#32;甲\n");
    body("\t甲 ", "&#9;甲\n");
    body("甲\n- 乙", "甲\\\n\\- 乙\n");
    body("甲\n", "甲\n");
}

static void test_inline_escapes(void) {
    body("*甲* `乙` [1] <b>", "\\*甲\\* \\`乙\\` \\[1\\] \\<b>\n");
    body("a_b _甲_", "a_b \\_甲\\_\n");
    body("姓名____", "姓名\\_\\_\\_\\_\n");
    body("AT&T &amp; 甲&乙", "AT\\&T \\&amp; 甲&乙\n");
    body("甲|乙 ~~丙~~", "甲\\|乙 \\~\\~丙\\~\\~\n");
    body("C:\\temp", "C:\\\\temp\n");
}

static block *add_item(doc *d, const char *text, const char *label, unsigned level, bool own) {
    block *b = written_add(d, QW_ROLE_LIST, 0, text);
    block_more *more = block_rest(d, b);
    more->label = str_of(label);
    more->list_level = (uint8_t)level;
    if (own) b->flags |= BLOCK_AUTO;
    return b;
}

static void expect_written(doc *d, const writer *w, const char *want) {
    CHECK_WRITTEN(d, w, &(qw_write_options){0}, want);
    arena_free(d->mem);
}

static void test_lists(void) {
    doc *d = written_doc();
    add_item(d, "1. 甲", "1.", 0, false);
    add_item(d, "乙\n续", "2.", 0, true);
    add_item(d, "子", "•", 1, true);
    add_item(d, "丁", "4.", 0, true);
    add_item(d, "① 戊", "①", 0, false);
    written_add(d, QW_ROLE_BODY, 0, "完");
    expect_written(d, &writer_md, "1. 甲\n2. 乙\\\n   续\n\n   - 子\n\n4) 丁\n\n- ① 戊\n\n完\n");
}

static doc *table(unsigned columns) {
    doc *d = written_doc();
    written_container(d, BLOCK_TABLE, 10, 0);
    for (int row = 0; row < 2; row++) {
        written_container(d, BLOCK_ROW, 4, 0);
        written_container(d, BLOCK_CELL, 1, columns);
        written_add(d, QW_ROLE_BODY, 0, row ? "张三" : "姓|名");
        written_container(d, BLOCK_CELL, 1, 0);
        written_add(d, QW_ROLE_BODY, 0, row ? "" : "分\n数");
    }
    return d;
}

static void test_tables(void) {
    expect_written(table(1), &writer_md, "| 姓\\|名 | 分<br>数 |\n| --- | --- |\n| 张三 |  |\n");
    expect_written(table(2), &writer_md,
                   "<table>\n<tr><td colspan=\"2\"><p class=\"body\">姓|名</p>\n</td>"
                   "<td><p class=\"body\">分<br>数</p>\n</td></tr>\n"
                   "<tr><td colspan=\"2\"><p class=\"body\">张三</p>\n</td><td></td></tr>\n"
                   "</table>\n");
}

static const span spans[] = {
    {.at = 0, .len = 6, .flags = SPAN_BOLD},
    {.at = 6, .len = 6, .flags = SPAN_LINK, .value = STR_INIT("https://example.com/?a=1&b=2")},
    {.at = 12, .len = 0, .kind = SPAN_NOTE, .value = STR_INIT("1")},
    {.at = 12, .len = 6, .flags = SPAN_LINK, .value = STR_INIT("javascript:alert(1)")},
};

static doc *with_spans(void) {
    doc *d = written_doc();
    block *b = written_add(d, QW_ROLE_BODY, 0, "粗体链接平常");
    block_rest(d, b)->spans = (span *)(uintptr_t)spans;
    b->more->nspans = 4;
    b = written_add(d, QW_ROLE_BODY, 0, "注文");
    b->region = REGION_FOOTNOTE;
    block_rest(d, b)->link = STR("1");
    written_add(d, QW_ROLE_BODY, 0, "续注")->region = REGION_FOOTNOTE;
    return d;
}

static void test_spans(void) {
    expect_written(
        with_spans(), &writer_md,
        "**粗体**[链接](<https://example.com/?a=1&amp;b=2>)[^1]平常\n\n[^1]: 注文\n\n    续注\n");
    doc *d = with_spans();
    edit_replace(d, 0, 3, 6, STR("儿|"), (reason){STR("t"), STR("a test"), 90});
    expect_written(
        d, &writer_md,
        "**粗儿**\\|[接](<https://example.com/?a=1&amp;b=2>)[^1]平常\n\n[^1]: 注文\n\n    续注\n");
}

/* What would mean something is escaped where it is cut by a change of looks, too. */
static void test_cut_marks(void) {
    static const span cut[] = {{.at = 2, .len = 3, .flags = SPAN_BOLD},
                               {.at = 5, .len = 2, .flags = SPAN_BOLD}};
    static const char *const cases[][2] = {
        {"a&amp;b", "a\\&**amp;b**\n"},
        {"12. 甲", "12\\. **甲**\n"},
        {"12) 甲", "12\\) **甲**\n"},
        {"2023年", "20**23年**\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        doc *d = written_doc();
        block *b = written_add(d, QW_ROLE_BODY, 0, cases[i][0]);
        block_rest(d, b)->spans = (span *)(uintptr_t)cut;
        b->more->nspans = 2;
        expect_written(d, &writer_md, cases[i][1]);
    }
}

static void test_html(void) {
    doc *d = with_spans();
    buf got;
    CHECK(written(d, &writer_html, &got));
    const char *want =
        "<p class=\"body\"><b>粗体</b><a href=\"https://example.com/?a=1&amp;b=2\">链接"
        "</a><sup><a href=\"#note-1\">1</a></sup>平常</p>\n";
    CHECK(str_find(buf_str(&got), str_of(want), 0) != STR_NONE);
    CHECK(str_find(buf_str(&got), STR("javascript"), 0) == STR_NONE);
    CHECK(str_find(buf_str(&got), STR("<section>\n<p class=\"body\" id=\"note-1\">注文</p>"), 0) !=
          STR_NONE);
    buf_free(&got);
    arena_free(d->mem);
}

int main(void) {
    RUN(test_headings);
    RUN(test_lead);
    RUN(test_block_starts);
    RUN(test_inline_escapes);
    RUN(test_lists);
    RUN(test_tables);
    RUN(test_spans);
    RUN(test_cut_marks);
    RUN(test_html);
    return check_result();
}

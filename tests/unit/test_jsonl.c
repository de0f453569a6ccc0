/* JSON Lines: one object a document, and one a section. */
#include "check.h"
#include "written.h"

extern const writer writer_jsonl;

static doc *sample(void) {
    doc *d = written_doc();
    d->language = STR("zh-Hans");
    written_add(d, QW_ROLE_TITLE, 0, "报告");
    block *b = written_add(d, QW_ROLE_HEADING, 1, "一、\"情况\"");
    block_rest(d, b)->label = STR("一、");
    b = written_add(d, QW_ROLE_RUNIN, 2, "（一）学习。每周一次。");
    b->lead = (uint32_t)strlen("（一）学习。");
    written_add(d, QW_ROLE_BODY, 0, "广告");
    written_add(d, QW_ROLE_HEADING, 1, "二、计划");
    edit_drop(d, 3, (reason){STR("t"), STR("a test"), 90});
    return d;
}

#define ORIGIN "\"origin\":{\"offset\":0,\"length\":0,\"line\":"

static void test_document(void) {
    doc *d = sample();
    CHECK_WRITTEN(
        d, &writer_jsonl, &(qw_write_options){0},
        "{\"path\":\"a.txt\",\"format\":\"txt\",\"encoding\":\"UTF-8\",\"language\":\"zh-Hans\","
        "\"bytes\":0,\"removed_blocks\":1,\"removed_bytes\":6,\"undecodable_bytes\":0,\"blocks\":["
        "{\"role\":\"title\",\"text\":\"报告\"," ORIGIN "1}},"
        "{\"role\":\"heading\",\"level\":1,\"label\":\"一、\",\"label_typed\":true,"
        "\"text\":\"一、\\\"情况\\\"\"," ORIGIN "2}},"
        "{\"role\":\"runin-heading\",\"level\":2,\"lead\":18,\"text\":\"（一）学习。每周一次。\","
        "\"headings\":[\"一、\\\"情况\\\"\"]," ORIGIN "3}},"
        "{\"role\":\"heading\",\"level\":1,\"text\":\"二、计划\"," ORIGIN "5}}]}\n");
    arena_free(d->mem);
}

/* The value of a member of each line, one after the other, parted by '|'. */
static str members(str lines, const char *name, arena *mem) {
    str line, all = STR("");
    while (str_next(&lines, '\n', &line)) {
        size_t at = str_find(line, arena_printf(mem, "\"%s\":\"", name), 0);
        if (at == STR_NONE) continue;
        at += strlen(name) + 4;
        all = arena_printf(mem, "%.*s%s%.*s", (int)all.n, all.p, all.n ? "|" : "",
                           (int)(str_find_byte(line, '"', at) - at), line.p + at);
    }
    return all;
}

static void expect_chunks(doc *d, size_t most, const char *want) {
    buf got;
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = most}, &got));
    CHECK_STR(members(buf_str(&got), "text", d->mem), str_of(want));
    buf_free(&got);
}

static void test_sections(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_TITLE, 0, "报告");
    written_add(d, QW_ROLE_BODY, 0, "前言");
    written_add(d, QW_ROLE_HEADING, 1, "一、情况");
    written_add(d, QW_ROLE_BODY, 0, "正文");
    expect_chunks(d, 1000, "报告\\n前言|一、情况\\n正文");
    arena_free(d->mem);
}

/* 64 bytes are 21 Han: cut between paragraphs first, then after a sentence, then anywhere. */
static void test_long_sections(void) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_BODY, 0, "甲乙丙丁戊己庚辛壬癸甲乙丙丁。");
    written_add(d, QW_ROLE_BODY, 0, "子丑寅卯辰巳午未申酉戌亥。天地玄黄宇宙洪荒。");
    written_add(d, QW_ROLE_BODY, 0, "春夏秋冬春夏秋冬春夏秋冬春夏秋冬春夏秋冬春夏秋冬");
    expect_chunks(d, 64,
                  "甲乙丙丁戊己庚辛壬癸甲乙丙丁。|子丑寅卯辰巳午未申酉戌亥。|天地玄黄宇宙洪荒。|"
                  "春夏秋冬春夏秋冬春夏秋冬春夏秋冬春夏秋冬春|夏秋冬");
    arena_free(d->mem);
}

static void test_ids(void) {
    doc *d = sample();
    buf once, again;
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = 500}, &once));
    written_add(d, QW_ROLE_BODY, 0, "后来加的");
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = 500}, &again));
    str x = members(buf_str(&once), "id", d->mem), y = members(buf_str(&again), "id", d->mem);
    CHECK_INT(x.n, 4 * 16 + 3);
    CHECK_STR(str_cut(x, 0, 50), str_cut(y, 0, 50));
    CHECK(!str_eq(x, y));
    CHECK(str_find(buf_str(&once), STR("\"removed_bytes\":6"), 0) != STR_NONE);
    buf_free(&once);
    buf_free(&again);
    arena_free(d->mem);
}

static void test_table(void) {
    doc *d = written_doc();
    written_container(d, BLOCK_TABLE, 5, 0);
    written_container(d, BLOCK_ROW, 4, 0);
    written_container(d, BLOCK_CELL, 1, 0);
    written_add(d, QW_ROLE_BODY, 0, "姓名");
    written_container(d, BLOCK_CELL, 1, 0);
    written_add(d, QW_ROLE_BODY, 0, "分数");
    buf got;
    CHECK(written(d, &writer_jsonl, &got));
    CHECK(str_find(buf_str(&got), STR("{\"role\":\"table\",\"rows\":[[\"姓名\",\"分数\"]]"), 0) !=
          STR_NONE);
    buf_free(&got);
    expect_chunks(d, 100, "姓名\\t分数");
    arena_free(d->mem);
}

/* ---- Nothing is lost ------------------------------------------------------------------------- */

/* An attachment and its title stand under no heading of the letter. */
static void test_parts(void) {
    doc *d = written_doc();
    buf got;
    written_add(d, QW_ROLE_TITLE, 0, "通知");
    written_add(d, QW_ROLE_HEADING, 1, "一、要求");
    written_add(d, QW_ROLE_BODY, 0, "请落实。");
    written_add(d, QW_ROLE_ATTACHMENT, 0, "附件1");
    written_add(d, QW_ROLE_TITLE, 0, "任务");
    written_add(d, QW_ROLE_TITLE, 0, "清单");
    written_add(d, QW_ROLE_BODY, 0, "内容。");
    expect_chunks(d, 1000, "通知|一、要求\\n请落实。|附件1\\n任务\\n清单\\n内容。");
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){0}, &got));
    size_t body = str_find(buf_str(&got), STR("内容。"), 0);
    CHECK(str_find(buf_str(&got), STR("\"headings\""), 0) < body);
    CHECK(str_find(buf_str(&got), STR("\"headings\""), body) == STR_NONE);
    buf_free(&got);
    arena_free(d->mem);
}

/* The texts of chunks one after the other, without what parts paragraphs and cells; the longest of
 * them in bytes, with it. */
static str joined_texts(str lines, arena *mem, size_t *longest) {
    char *all = arena_alloc(mem, lines.n + 1);
    size_t n = 0;
    str line;
    *longest = 0;
    while (all && str_next(&lines, '\n', &line)) {
        size_t at = str_find(line, STR("\"text\":\""), 0), length = 0;
        for (at += 8; at != STR_NONE && line.p[at] != '"'; at++, length++)
            if (line.p[at] != '\\')
                all[n++] = line.p[at];
            else
                at++; /* \n or \t: nothing else is in these documents */
        if (length > *longest) *longest = length;
    }
    return str_make(all, n);
}

static uint32_t draw(uint32_t *seed, uint32_t n) {
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % n;
}

static str draw_text(arena *mem, uint32_t *seed, size_t most) {
    static const char *const words[] = {"工作", "。", "a",  "学习；", "的",
                                        "é",    "𠀀", "！", "3",      " "};
    str s = STR("字");
    for (size_t n = draw(seed, (uint32_t)most); n > 0; n--)
        s = arena_join(mem, s, str_of(words[draw(seed, 10)]));
    return s;
}

/* A paragraph of any kind, with a label of its format's now and then. */
static void draw_paragraph(doc *d, uint32_t *seed) {
    static const qw_role roles[] = {QW_ROLE_BODY, QW_ROLE_BODY, QW_ROLE_HEADING, QW_ROLE_RUNIN,
                                    QW_ROLE_LIST};
    static const char *const labels[] = {"1.", "（一）", "第一编第二章第三节第四条第五款"};
    block *b =
        doc_add_block(d, BLOCK_PARAGRAPH, draw_text(d->mem, seed, draw(seed, 9) ? 30 : 400), 0, 0);
    b->role = (uint8_t)roles[draw(seed, 5)];
    b->level =
        b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN ? (uint8_t)(1 + draw(seed, 3)) : 0;
    if (draw(seed, 20) == 0) b->region = REGION_FOOTNOTE;
    if (draw(seed, 3)) return;
    block_rest(d, b)->label = str_of(labels[draw(seed, 3)]);
    b->flags |= BLOCK_AUTO;
}

static void draw_table(doc *d, uint32_t *seed) {
    uint32_t rows = 1 + draw(seed, 40), columns = 1 + draw(seed, 5);
    written_container(d, BLOCK_TABLE, rows * (1 + columns * 2), 0);
    for (uint32_t r = 0; r < rows; r++) {
        written_container(d, BLOCK_ROW, columns * 2, 0);
        for (uint32_t c = 0; c < columns; c++) {
            written_container(d, BLOCK_CELL, 1, 0);
            doc_add_block(d, BLOCK_PARAGRAPH, draw_text(d->mem, seed, 20), 0, 0);
        }
    }
}

/* Every text once, in order, and no chunk too long; one paragraph may be longer than many. */
static void test_conservation(void) {
    for (uint32_t seed = 1; seed <= 60; seed++) {
        doc *d = written_doc();
        uint32_t random = seed;
        size_t most = (size_t)64 << draw(&random, 5), longest;
        for (unsigned i = 0; i < 30; i++)
            draw(&random, 8) ? draw_paragraph(d, &random) : draw_table(d, &random);
        str want = STR("");
        for (size_t i = 0; i < d->nblocks; i++) {
            const block *b = &d->blocks[i];
            str label = b->flags & BLOCK_AUTO ? b->more->label : STR("");
            if (str_eq(label, STR("1.")) || label.n > 20)
                label = arena_join(d->mem, label, STR(" "));
            want = arena_join(d->mem, want, arena_join(d->mem, label, b->text));
        }
        buf got;
        CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = most}, &got));
        CHECK_STR(joined_texts(buf_str(&got), d->mem, &longest), want);
        CHECK(longest <= most);
        buf_free(&got);
        arena_free(d->mem);
    }
}

/* ---- Which is which -------------------------------------------------------------------------- */

static doc *sections(const char *first, const char *aside) {
    doc *d = written_doc();
    written_add(d, QW_ROLE_HEADING, 1, "一、甲");
    written_add(d, QW_ROLE_BODY, 0, first);
    written_add(d, QW_ROLE_HEADING, 1, "二、乙");
    written_add(d, QW_ROLE_HEADING, 2, "同");
    written_add(d, QW_ROLE_HEADING, 2, "同");
    written_add(d, QW_ROLE_HEADING, 2, "同");
    if (aside) written_add(d, QW_ROLE_BODY, 0, aside)->region = REGION_FOOTNOTE;
    return d;
}

/* Another text in another section changes none; what is said twice has two ids. */
static void test_ids_elsewhere(void) {
    doc *a = sections("子。", NULL), *b = sections("丑。寅。", NULL);
    buf x, y;
    CHECK(written_with(a, &writer_jsonl, &(qw_write_options){.chunk = 500}, &x));
    CHECK(written_with(b, &writer_jsonl, &(qw_write_options){.chunk = 500}, &y));
    str p = members(buf_str(&x), "id", a->mem), q = members(buf_str(&y), "id", b->mem);
    CHECK_INT(p.n, 5 * 17 - 1);
    CHECK(!str_eq(str_cut(p, 0, 16), str_cut(q, 0, 16)));
    CHECK_STR(str_cut(p, 17, p.n), str_cut(q, 17, q.n));
    for (size_t i = 0; i < 5; i++)
        CHECK(str_find(p, str_cut(p, i * 17, i * 17 + 16), i * 17 + 1) == STR_NONE);
    buf_free(&x);
    buf_free(&y);
    arena_free(a->mem);
    arena_free(b->mem);
}

static void test_paths(void) {
    doc *d = sections("子。", "注。");
    buf got;
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = 500}, &got));
    str rest = buf_str(&got), line;
    static const char *const want[] = {
        "\"headings\":[\"一、甲\"],\"text\":\"一、甲\\n子。\"",
        "\"headings\":[\"二、乙\"],\"text\":\"二、乙\"",
        "\"headings\":[\"二、乙\",\"同\"],\"text\":\"同\"",
        "\"headings\":[\"二、乙\",\"同\"],\"text\":\"同\"",
        "\"headings\":[\"二、乙\",\"同\"],\"text\":\"同\"",
        "\"region\":\"footnote\",\"text\":\"注。\"",
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        CHECK(str_next(&rest, '\n', &line));
        CHECK(str_find(line, str_of(want[i]), 0) != STR_NONE);
    }
    CHECK(!str_next(&rest, '\n', &line));
    buf_free(&got);
    arena_free(d->mem);
}

int main(void) {
    RUN(test_parts);
    RUN(test_document);
    RUN(test_sections);
    RUN(test_long_sections);
    RUN(test_ids);
    RUN(test_table);
    RUN(test_conservation);
    RUN(test_ids_elsewhere);
    RUN(test_paths);
    return check_result();
}

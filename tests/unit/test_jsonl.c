/* JSON Lines: one object a document, and one a section. */
#include "check.h"
#include "written.h"

extern const writer writer_jsonl;

static void expect_written(doc *d, size_t chunk, const char *want) {
    buf got;
    CHECK(written_with(d, &writer_jsonl, &(qw_write_options){.chunk = chunk}, &got));
    CHECK_STR(buf_str(&got), str_of(want));
    buf_free(&got);
}

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
    expect_written(
        d, 0,
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

static block *add_container(doc *d, enum block_kind kind, uint32_t n) {
    block *b = doc_add_block(d, kind, STR(""), 0, 0);
    block_rest(d, b)->end = (uint32_t)d->nblocks + n;
    return b;
}

static void test_table(void) {
    doc *d = written_doc();
    add_container(d, BLOCK_TABLE, 5);
    add_container(d, BLOCK_ROW, 4);
    add_container(d, BLOCK_CELL, 1);
    written_add(d, QW_ROLE_BODY, 0, "姓名");
    add_container(d, BLOCK_CELL, 1);
    written_add(d, QW_ROLE_BODY, 0, "分数");
    buf got;
    CHECK(written(d, &writer_jsonl, &got));
    CHECK(str_find(buf_str(&got), STR("{\"role\":\"table\",\"rows\":[[\"姓名\",\"分数\"]]"), 0) !=
          STR_NONE);
    buf_free(&got);
    expect_chunks(d, 100, "姓名\\t分数");
    arena_free(d->mem);
}

int main(void) {
    RUN(test_document);
    RUN(test_sections);
    RUN(test_long_sections);
    RUN(test_ids);
    RUN(test_table);
    return check_result();
}

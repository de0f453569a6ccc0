/* json: what a pipe's records may be, and how what comes out is escaped. */
#include "check.h"
#include "cli/pipe/json.h"

#include <string.h>

#define ACCEPTED(z, n) accepted((qw_str){(z), (n)})

static bool accepted(qw_str s) {
    json_reader r = {s.p, s.p + s.n, 0};
    qw_str raw;
    return json_skip(&r, &raw) && json_at_end(&r);
}

static void grammar(void) {
    static const char *const good[] = {
        "0",          "-0",
        "1.5e+10",    "12",
        "\"\"",       "\"\\u0041\\n\\/\"",
        "true",       "[]",
        "{}",         "[1,[2]]",
        "{\"a\":{}}", " {\"a\" : [ null , false ] } ",
        "\"文\"",     "\"😀\"",
        "1E0",        "\"\\ud83d\\ude00\"",
        "\"\x7f\"",
    };
    static const char *const bad[] = {
        "",
        "01",
        "1.",
        "-",
        ".5",
        "1e",
        "+1",
        "tru",
        "[1,]",
        "{\"a\"}",
        "{a:1}",
        "{\"a\":1,}",
        "'a'",
        "\"a",
        "\"\n\"",
        "\"\t\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\ud83d\"",
        "[1 2]",
        "1 1",
        "\"\xFF\"",
        "\"\xC0\xAF\"",
        "\"\xED\xA0\x80\"",
        "\"\xE6\x96\"",
        "nul",
        "[",
        "\"\xF4\x90\x80\x80\"",
        "\"\\ud83d\\u0041\"",
        "\xEF\xBB\xBF{}",
        "]",
        "\"\\",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!ACCEPTED(good[i], strlen(good[i]))) CHECK_FAIL("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ACCEPTED(bad[i], strlen(bad[i]))) CHECK_FAIL("accepted: %s", bad[i]);
    CHECK(!ACCEPTED("\"a\0b\"", 5));
    CHECK(!ACCEPTED("1\0", 2));
    CHECK(!ACCEPTED("\"\\\0\"", 4));
}

static void depth(void) {
    char deep[1001];
    memset(deep, '[', 500), memset(deep + 500, ']', 500);
    CHECK(!ACCEPTED(deep, 1000));
    CHECK(ACCEPTED(deep + 500 - 256, 512));
    CHECK(!ACCEPTED(deep + 500 - 257, 514));
}

#define CHECK_READS(json, want)                                                                    \
    do {                                                                                           \
        text t_ = {0};                                                                             \
        json_reader r_ = {(json), (json) + strlen(json), 0};                                       \
        CHECK(json_read_string(&r_, &t_));                                                         \
        CHECK_STR(((str){text_z(&t_), t_.n}), STR(want));                                          \
        text_free(&t_);                                                                            \
    } while (0)

static void strings(void) {
    CHECK_READS("\"\"", "");
    CHECK_READS("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\b\f\n\r\t");
    CHECK_READS("\"\\u0000\"", "\0");
    CHECK_READS("\"\\u00e9\\u6587\\uD83D\\uDE00\"", "é文😀");
    CHECK_READS("\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"",
                "\x7f\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
}

#define CHECK_PUTS(s, ascii, want)                                                                 \
    do {                                                                                           \
        text t_ = {0};                                                                             \
        json_put_string(&t_, (qw_str){(s), sizeof(s) - 1}, ascii);                                 \
        CHECK_STR(((str){text_z(&t_), t_.n}), STR(want));                                          \
        text_free(&t_);                                                                            \
    } while (0)

static void escapes(void) {
    CHECK_PUTS("", false, "\"\"");
    CHECK_PUTS("\"\\/", false, "\"\\\"\\\\/\"");
    CHECK_PUTS("\b\t\n\v\f\r\x1f", false, "\"\\b\\t\\n\\u000b\\f\\r\\u001f\"");
    CHECK_PUTS("\0", false, "\"\\u0000\"");
    CHECK_PUTS("\x7f\xC2\x80\xC2\x85\xC2\x9f\xC2\xA0", false,
               "\"\\u007f\\u0080\\u0085\\u009f\xC2\xA0\"");
    CHECK_PUTS("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA", false,
               "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\"");
    CHECK_PUTS("文😀é", false, "\"文😀é\"");
    CHECK_PUTS("文😀é", true, "\"\\u6587\\ud83d\\ude00\\u00e9\"");
    CHECK_PUTS("a\xFF\xE6\x96", true, "\"a\\ufffd\\ufffd\\ufffd\"");
    CHECK_PUTS("a\xC2", false, "\"a\\ufffd\"");
}

static void names(void) {
    text t = {0};
    json_put_name(&t, str_z("报告\xB1\xA8/a\"\x7F\xE6\x96"));
    CHECK_STR(((str){text_z(&t), t.n}), STR("\"报告\\\\xB1\\\\xA8/a\\\"\\u007f\\\\xE6\\\\x96\""));
    text_free(&t);
}

static void ready(void) {
    text t = {0};
    static const char json[] = "{\"a\\n\":\t[\"文\x7f\xE2\x80\xA8\\\"\"]\r}";
    json_put_raw(&t, (qw_str){json, sizeof json - 1}, false);
    CHECK_STR(((str){text_z(&t), t.n}), STR("{\"a\\n\": [\"文\\u007f\\u2028\\\"\"] }"));
    text_clear(&t);
    json_put_raw(&t, (qw_str){json, sizeof json - 1}, true);
    CHECK_STR(((str){text_z(&t), t.n}), STR("{\"a\\n\": [\"\\u6587\\u007f\\u2028\\\"\"] }"));
    text_free(&t);
}

static void base64(void) {
    static const char *const pairs[][2] = {
        {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xFB\xFF", "+/8="}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        text t = {0};
        json_put_base64(&t, str_z(pairs[i][0]));
        CHECK_STR(((str){text_z(&t), t.n}), str_z(pairs[i][1]));
        if (t.n) CHECK(json_take_base64(t.p, &t.n));
        CHECK_STR(((str){text_z(&t), t.n}), str_z(pairs[i][0]));
        text_free(&t);
    }
    static const char *const bad[] = {"Z",    "Zg=",      "Zh==",  "Zm9=", "Zm 8",
                                      "====", "Zg==Zg==", "Zm9v=", "Z-_8"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char p[16];
        size_t n = strlen(bad[i]);
        memcpy(p, bad[i], n);
        if (json_take_base64(p, &n)) CHECK_FAIL("accepted: %s", bad[i]);
    }
    char p[] = "Zg"; /* without padding */
    size_t n = 2;
    CHECK(json_take_base64(p, &n) && n == 1 && p[0] == 'f');
}

int main(void) {
    RUN(grammar);
    RUN(depth);
    RUN(strings);
    RUN(escapes);
    RUN(names);
    RUN(ready);
    RUN(base64);
    return check_result();
}

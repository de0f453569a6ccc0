/* Messages, JSON in and out, and the buffered way to a sink. */
#include "base/buf.h"
#include "base/json.h"
#include "base/message.h"
#include "base/out.h"
#include "check.h"

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

static void fills_in_arguments(void) {
    qw_error e = {0};
    CHECK(!fail(&e, MSG_NO_OPTION, STR("line 3"), ARGS(STR("ads"), STR("limit"))));
    CHECK_INT(e.code, QW_USAGE);
    CHECK_STR(str_of(e.id), STR("no-such-option"));
    CHECK_STR(str_of(e.place), STR("line 3"));
    CHECK_STR(str_of(e.text[QW_ENGLISH]),
              STR("the filter “ads” has no option “limit”; `qingwen filters` lists them"));
    CHECK_STR(str_of(e.text[QW_CHINESE]),
              STR("过滤器“ads”没有选项“limit”；`qingwen filters` 可列出全部选项"));
}

static void keeps_the_first_failure(void) {
    qw_error e = {0};
    fail(&e, MSG_NO_FORMAT, STR(""), ARGS(STR("x")));
    fail_memory(&e);
    CHECK_STR(str_of(e.id), STR("no-such-format"));
    CHECK(!fail(NULL, MSG_MEMORY, STR(""), NO_ARGS));
}

static void cuts_long_arguments_at_a_character(void) {
    char text[16];
    qw_error e = {0};
    char name[1200];
    memset(name, 'x', sizeof name);
    message_text(MSG_NO_FORMAT, QW_CHINESE, ARGS(STR("文")), text, sizeof text);
    CHECK(strlen(text) < sizeof text);
    CHECK_STR(str_of(text), STR("没有“文”"));
    fail(&e, MSG_NO_FORMAT, STR(""), ARGS(str_make(name, sizeof name)));
    CHECK(strlen(e.text[QW_ENGLISH]) < sizeof e.text[QW_ENGLISH]);
}

static void every_message_has_both_languages(void) {
    for (int id = 1; id < MSG_COUNT; id++) {
        char text[384];
        CHECK(*message_name((message_id)id));
        for (int l = 0; l < QW_LANGUAGES; l++) {
            message_text((message_id)id, (qw_language)l, NO_ARGS, text, sizeof text);
            CHECK(*text);
        }
        for (int other = 1; other < id; other++)
            CHECK(strcmp(message_name((message_id)id), message_name((message_id)other)) != 0);
    }
}

static void reads_json(void) {
    json *j = json_parse(STR("{\"a\":[1,\"二\\u0000\",true],\"b\":-5}"), NULL);
    CHECK_INT(json_count(json_get(j, "a")), 3);
    CHECK_INT(json_int(json_at(json_get(j, "a"), 0), 9), 1);
    CHECK_STR(json_text(json_at(json_get(j, "a"), 1)), STR("二\0"));
    CHECK(json_bool(json_at(json_get(j, "a"), 2), false));
    CHECK_INT(json_int(json_get(j, "b"), 9), -5);
    CHECK_INT(json_int(json_get(j, "none"), 9), 9);
    CHECK(json_text(json_get(j, "b")).p == NULL);
    CHECK(json_get(json_at(NULL, 3), "x") == NULL);
    json_free(j);
}

static void refuses_what_is_no_json(void) {
    static const char *const texts[] = {"", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\xFF\"", "1 2"};
    size_t line = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(json_parse(str_of(texts[i]), NULL) == NULL);
    CHECK(json_parse(STR("{\n\n\"a\" 1}"), &line) == NULL);
    CHECK_INT(line, 3);
    char deep[2000];
    memset(deep, '[', sizeof deep);
    CHECK(json_parse(str_make(deep, sizeof deep), NULL) == NULL);
}

static void passes_on_large_texts_and_failures(void) {
    static char large[100000];
    buf b = BUF_INIT(150000);
    qw_sink sink = {to_buf, &b};
    out o;
    out_begin(&o, &sink);
    out_text(&o, "head");
    out_str(&o, str_make(large, sizeof large));
    CHECK(out_end(&o));
    CHECK_INT(b.n, 4 + sizeof large);
    out_str(&o, str_make(large, sizeof large));
    CHECK(!out_end(&o));
    CHECK_INT(b.n, 4 + sizeof large);
    buf_free(&b);
}

int main(void) {
    RUN(fills_in_arguments);
    RUN(keeps_the_first_failure);
    RUN(cuts_long_arguments_at_a_character);
    RUN(every_message_has_both_languages);
    RUN(reads_json);
    RUN(refuses_what_is_no_json);
    RUN(passes_on_large_texts_and_failures);
    return check_result();
}

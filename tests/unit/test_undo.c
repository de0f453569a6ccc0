/* Undo: output and report give the input back, whole or in part; anything else is refused. */
#include "support/undoing.h"

#include <stdlib.h>

static void gives_all_back(void) {
    str input = STR("\xEF\xBB\xBF"
                    "第一行\r\n\r\n第二行 \n第三行\r第四行");
    undoing s = undoing_begin("a.txt", "txt", input);
    edit_drop(s.d, 1, undoing_reason);
    edit_remove(s.d, 2, 9, 1, undoing_reason);
    edit_replace(s.d, 3, 3, 3, STR("（三）"), undoing_reason);
    edit_remove(s.d, 3, 3, 3, undoing_reason);
    edit_drop(s.d, 3, undoing_reason);
    undoing_write(&s);
    CHECK_STR(buf_str(&s.output), STR("第一行\n第二行\n第四行\n"));
    CHECK(undoing_undo(&s, NULL, 0));
    CHECK_STR(buf_str(&s.back), input);
    undoing_end(&s);
}

static void gives_nothing_back_when_nothing_was_done(void) {
    undoing s = undoing_begin("a.txt", "txt", STR(""));
    undoing_write(&s);
    CHECK(undoing_undo(&s, NULL, 0));
    CHECK_INT(s.back.n, 0);
    undoing_end(&s);
}

static void gives_some_back(void) {
    undoing s = undoing_begin("a.txt", "txt", STR("abc\ndef\nghi\n"));
    edit_remove(s.d, 0, 0, 1, undoing_reason);             /* 1: bc */
    edit_replace(s.d, 0, 1, 1, STR("CC"), undoing_reason); /* 2: bCC */
    edit_drop(s.d, 1, undoing_reason);                     /* 3 */
    edit_replace(s.d, 0, 0, 1, STR("B"), undoing_reason);  /* 4: BCC */
    undoing_write(&s);
    CHECK(undoing_undo(&s, (size_t[]){1}, 1));
    CHECK_STR(buf_str(&s.back), STR("aBCC\nghi\n"));
    CHECK(undoing_undo(&s, (size_t[]){2, 3}, 2));
    CHECK_STR(buf_str(&s.back), STR("Bc\ndef\nghi\n"));
    CHECK(!undoing_undo(&s, (size_t[]){9}, 1));
    CHECK_STR(str_of(s.why.id), STR("no-such-edit"));
    undoing_end(&s);
}

static void says_what_an_edit_depends_on(void) {
    undoing s = undoing_begin("a.txt", "txt", STR("abcdef\n"));
    edit_replace(s.d, 0, 1, 2, STR("XYZ"), undoing_reason);
    edit_remove(s.d, 0, 2, 3, undoing_reason); /* stands on it */
    undoing_write(&s);
    CHECK(!undoing_undo(&s, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.why.id), STR("edit-depends"));
    CHECK(undoing_undo(&s, (size_t[]){1, 2}, 2));
    CHECK_STR(buf_str(&s.back), STR("abcdef\n"));
    undoing_end(&s);
}

static void takes_groups_together(void) {
    undoing s = undoing_begin("a.txt", "txt", STR("abc\ndef\n"));
    edit_group_begin(s.d);
    edit_remove(s.d, 0, 0, 1, undoing_reason);
    edit_remove(s.d, 1, 0, 1, undoing_reason);
    edit_group_end(s.d);
    undoing_write(&s);
    CHECK(undoing_undo(&s, (size_t[]){2}, 1));
    CHECK_STR(buf_str(&s.back), STR("abc\ndef\n"));
    undoing_end(&s);
}

static void refuses_changed_output(void) {
    undoing s = undoing_begin("a.txt", "txt", STR("abc\ndef\n"));
    edit_remove(s.d, 0, 0, 1, undoing_reason);
    undoing_write(&s);
    s.output.p[0] = 'X';
    CHECK(!undoing_undo(&s, NULL, 0));
    CHECK_STR(str_of(s.why.id), STR("output-changed"));
    CHECK_INT(s.back.n, 0);
    undoing_end(&s);
}

static void refuses_what_is_no_report(void) {
    static const char *const reports[] = {
        "",
        "{}",
        "[1]",
        "{\"type\":\"document\"}",
        "not json",
        "{\"type\":\"document\",\"format\":\"txt\",\"lines\":-1,\"line_ends\":\"lf\"}",
        "{\"type\":\"document\",\"path\":\"a\",\"format\":\"txt\",\"lines\":4000000000,\"line_"
        "ends\":"
        "\"lf\"}",
        "{\"type\":\"document\",\"format\":\"txt\",\"lines\":99999999999,\"line_ends\":\"lf\"}",
    };
    undoing s = undoing_begin("a.txt", "txt", STR("abc\n"));
    undoing_write(&s);
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        s.report.n = 0;
        buf_add(&s.report, str_of(reports[i]));
        CHECK(!undoing_undo(&s, NULL, 0));
        CHECK_STR(str_of(s.why.id), STR("bad-report"));
    }
    undoing_end(&s);
}

static void many_edits_in_one_line_are_linear(void) {
    enum { N = 100000 };
    char *text = malloc(2 * N);
    change *list = calloc(N, sizeof *list);
    for (size_t i = 0; i < N; i++) {
        memcpy(text + 2 * i, "ab", 2);
        list[i] = (change){2 * i + 1, 1, STR(""), undoing_reason};
    }
    undoing s = undoing_begin("a.txt", "txt", str_make(text, 2 * N));
    s.report.max = s.output.max = (size_t)1 << 30;
    CHECK_INT(edit_apply(s.d, 0, list, N), N);
    undoing_write(&s);
    CHECK(undoing_undo(&s, NULL, 0));
    CHECK_STR(buf_str(&s.back), str_make(text, 2 * N));
    undoing_end(&s);
    free(text);
    free(list);
}

int main(void) {
    RUN(gives_all_back);
    RUN(gives_nothing_back_when_nothing_was_done);
    RUN(gives_some_back);
    RUN(says_what_an_edit_depends_on);
    RUN(takes_groups_together);
    RUN(refuses_changed_output);
    RUN(refuses_what_is_no_report);
    RUN(many_edits_in_one_line_are_linear);
    return check_result();
}

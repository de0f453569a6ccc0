/* Undo: output and report give the input back, whole or in part; anything else is refused. */
#include "base/buf.h"
#include "check.h"
#include "model/edit.h"

#include <stdlib.h>

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

typedef struct scene {
    qw_workspace *space;
    qw_doc *d;
    buf output, report, back;
    qw_error why;
} scene;

static const reason why = {STR_INIT("rule"), STR_INIT("because"), 70};

static scene begin(str input) {
    scene s = {.output = BUF_INIT(1 << 20), .report = BUF_INIT(1 << 20), .back = BUF_INIT(1 << 20)};
    s.space = qw_workspace_new();
    qw_input in = {"a.txt", input.p, input.n};
    s.d = qw_read(s.space, &in, NULL, &s.why);
    CHECK_STR(str_of(s.why.text[0]), STR(""));
    s.d->filter = STR("test");
    return s;
}

static void write_all(scene *s) {
    qw_sink output = {to_buf, &s->output}, report = {to_buf, &s->report};
    CHECK(qw_write(s->d, "txt", NULL, &output, &s->why));
    CHECK(qw_write(s->d, "report", NULL, &report, &s->why));
}

static bool undo(scene *s, const size_t *only, size_t nonly) {
    qw_undo_request r = {
        .report = buf_str(&s->report), .output = buf_str(&s->output), .only = only, .nonly = nonly};
    qw_sink back = {to_buf, &s->back};
    s->back.n = 0;
    s->why = (qw_error){0};
    return qw_undo(&r, &back, &s->why);
}

static void end(scene *s) {
    qw_workspace_free(s->space);
    buf_free(&s->output);
    buf_free(&s->report);
    buf_free(&s->back);
}

static void gives_all_back(void) {
    str input = STR("\xEF\xBB\xBF"
                    "第一行\r\n\r\n第二行 \n第三行\r第四行");
    scene s = begin(input);
    edit_drop(s.d, 1, why);
    edit_remove(s.d, 2, 9, 1, why);
    edit_replace(s.d, 3, 3, 3, STR("（三）"), why);
    edit_remove(s.d, 3, 3, 3, why);
    edit_drop(s.d, 3, why);
    write_all(&s);
    CHECK_STR(buf_str(&s.output), STR("第一行\n第二行\n第四行\n"));
    CHECK(undo(&s, NULL, 0));
    CHECK_STR(buf_str(&s.back), input);
    end(&s);
}

static void gives_nothing_back_when_nothing_was_done(void) {
    scene s = begin(STR(""));
    write_all(&s);
    CHECK(undo(&s, NULL, 0));
    CHECK_INT(s.back.n, 0);
    end(&s);
}

static void gives_some_back(void) {
    scene s = begin(STR("abc\ndef\nghi\n"));
    edit_remove(s.d, 0, 0, 1, why);             /* 1: bc */
    edit_replace(s.d, 0, 1, 1, STR("CC"), why); /* 2: bCC */
    edit_drop(s.d, 1, why);                     /* 3 */
    edit_replace(s.d, 0, 0, 1, STR("B"), why);  /* 4: BCC */
    write_all(&s);
    CHECK(undo(&s, (size_t[]){1}, 1));
    CHECK_STR(buf_str(&s.back), STR("aBCC\nghi\n"));
    CHECK(undo(&s, (size_t[]){2, 3}, 2));
    CHECK_STR(buf_str(&s.back), STR("Bc\ndef\nghi\n"));
    CHECK(!undo(&s, (size_t[]){9}, 1));
    CHECK_STR(str_of(s.why.id), STR("no-such-edit"));
    end(&s);
}

static void says_what_an_edit_depends_on(void) {
    scene s = begin(STR("abcdef\n"));
    edit_replace(s.d, 0, 1, 2, STR("XYZ"), why);
    edit_remove(s.d, 0, 2, 3, why); /* stands on it */
    write_all(&s);
    CHECK(!undo(&s, (size_t[]){1}, 1));
    CHECK_STR(str_of(s.why.id), STR("edit-depends"));
    CHECK(undo(&s, (size_t[]){1, 2}, 2));
    CHECK_STR(buf_str(&s.back), STR("abcdef\n"));
    end(&s);
}

static void takes_groups_together(void) {
    scene s = begin(STR("abc\ndef\n"));
    edit_group_begin(s.d);
    edit_remove(s.d, 0, 0, 1, why);
    edit_remove(s.d, 1, 0, 1, why);
    edit_group_end(s.d);
    write_all(&s);
    CHECK(undo(&s, (size_t[]){2}, 1));
    CHECK_STR(buf_str(&s.back), STR("abc\ndef\n"));
    end(&s);
}

static void refuses_changed_output(void) {
    scene s = begin(STR("abc\ndef\n"));
    edit_remove(s.d, 0, 0, 1, why);
    write_all(&s);
    s.output.p[0] = 'X';
    CHECK(!undo(&s, NULL, 0));
    CHECK_STR(str_of(s.why.id), STR("output-changed"));
    CHECK_INT(s.back.n, 0);
    end(&s);
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
    scene s = begin(STR("abc\n"));
    write_all(&s);
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        s.report.n = 0;
        buf_add(&s.report, str_of(reports[i]));
        CHECK(!undo(&s, NULL, 0));
        CHECK_STR(str_of(s.why.id), STR("bad-report"));
    }
    end(&s);
}

static void many_edits_in_one_line_are_linear(void) {
    enum { N = 100000 };
    char *text = malloc(2 * N);
    change *list = calloc(N, sizeof *list);
    for (size_t i = 0; i < N; i++) {
        memcpy(text + 2 * i, "ab", 2);
        list[i] = (change){2 * i + 1, 1, STR(""), why};
    }
    scene s = begin(str_make(text, 2 * N));
    s.report.max = s.output.max = (size_t)1 << 30;
    CHECK_INT(edit_apply(s.d, 0, list, N), N);
    write_all(&s);
    CHECK(undo(&s, NULL, 0));
    CHECK_STR(buf_str(&s.back), str_make(text, 2 * N));
    end(&s);
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

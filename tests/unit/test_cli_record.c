/* record, lines: what a pipe is asked, and how it comes in. */
#include "check.h"
#include "cli/pipe/lines.h"
#include "cli/pipe/record.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static str said(const text *t) {
    return (str){text_z(t), t->n};
}

static void good(void) {
    record r = {0};
    say_id what;
    CHECK(record_read(&r, str_z("{\"id\":7,\"text\":\"文\\n\"}"), &what));
    CHECK_INT(r.kind, RECORD_TEXT);
    CHECK_STR(r.id, STR("7"));
    CHECK_STR(said(&r.payload), STR("文\n"));
    CHECK(record_read(
        &r, str_z(" { \"bytes\" : \"Zm9v\", \"id\" : {\"k\":[1]} , \"name\":\"a.txt\"} "), &what));
    CHECK_INT(r.kind, RECORD_BYTES);
    CHECK_STR(r.id, STR("{\"k\":[1]}"));
    CHECK_STR(said(&r.payload), STR("foo"));
    CHECK_STR(said(&r.name), STR("a.txt"));
    CHECK(record_read(&r, str_z("{\"path\":\"x/文.txt\",\"encoding\":\"GB18030\",\"rest\":[{}]}"),
                      &what));
    CHECK_INT(r.kind, RECORD_PATH);
    CHECK_STR(r.id, STR("null"));
    CHECK_STR(said(&r.payload), STR("x/文.txt"));
    CHECK_STR(said(&r.encoding), STR("GB18030"));
    CHECK_STR(said(&r.name), STR(""));
    CHECK(record_read(&r, str_z("{\"text\":\"\",\"path\":null,\"name\":null}"), &what));
    CHECK_INT(r.kind, RECORD_TEXT);
    record_free(&r);
}

static void bad(void) {
    static const struct {
        const char *line;
        say_id what;
        const char *id;
    } cases[] = {
        {"", SAY_RECORD_SYNTAX, "null"},
        {"[]", SAY_RECORD_SYNTAX, "null"},
        {"{}", SAY_RECORD_WHAT, "null"},
        {"{\"id\":\"a\"}", SAY_RECORD_WHAT, "\"a\""},
        {"{\"id\":1,\"text\":\"\",\"path\":\"\"}", SAY_RECORD_WHAT, "1"},
        {"{\"id\":1,\"text\":\"\",\"text\":\"\"}", SAY_RECORD_TWICE, "1"},
        {"{\"id\":1,\"id\":2,\"text\":\"\"}", SAY_RECORD_TWICE, "1"},
        {"{\"id\":1,\"text\":5}", SAY_RECORD_STRING, "1"},
        {"{\"id\":1,\"path\":\"a\\u0000b\"}", SAY_RECORD_STRING, "1"},
        {"{\"id\":1,\"bytes\":\"*\"}", SAY_RECORD_BASE64, "1"},
        {"{\"id\":1,\"text\":\"\"", SAY_RECORD_SYNTAX, "1"},
        {"{\"id\":1,\"text\":\"\"}}", SAY_RECORD_SYNTAX, "1"},
        {"{\"id\":1 \"text\":\"\"}", SAY_RECORD_SYNTAX, "1"},
        {"{\"id\":1,\"text\":\"\xFF\"}", SAY_RECORD_SYNTAX, "1"},
    };
    record r = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say_id what = SAY_COUNT;
        if (record_read(&r, str_z(cases[i].line), &what)) CHECK_FAIL("accepted: %s", cases[i].line);
        CHECK_INT(what, cases[i].what);
        CHECK_STR(r.id, str_z(cases[i].id));
    }
    record_free(&r);
}

static int file_with(const char *p, size_t n) {
    char name[] = "/tmp/qw-lines-XXXXXX";
    int fd = mkstemp(name);
    unlink(name);
    CHECK_INT(write(fd, p, n), n);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

#define CHECK_LINE(l, want, was_cut)                                                               \
    do {                                                                                           \
        bool cut_ = false;                                                                         \
        CHECK_INT(lines_next(l, &line, &cut_), LINES_ONE);                                         \
        CHECK_STR(said(&line), want);                                                              \
        CHECK_INT(cut_, was_cut);                                                                  \
    } while (0)

static void whole_lines(void) {
    text line = {0};
    bool cut;
    lines l = {.fd = file_with("one\n\ntwo\r\nlast", 14), .most = 100};
    CHECK_LINE(&l, STR("one"), false);
    CHECK_LINE(&l, STR(""), false);
    CHECK_LINE(&l, STR("two\r"), false);
    CHECK_LINE(&l, STR("last"), false);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_END);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_END);
    close(l.fd);
    lines_free(&l);
    text_free(&line);
}

/* One above the limit, one far above it (several reads), one at it, and one that is the last. */
static void long_lines(void) {
    enum { MOST = 10000, FAR = 3000000 };
    size_t n = MOST + 2 + FAR + 1 + MOST + 1 + 2 + FAR;
    char *p = malloc(n), *at = p;
    text line = {0};
    bool cut;
    CHECK(p != NULL);
    memset(p, 'x', n);
    (at += MOST + 1)[0] = '\n';
    (at += FAR + 1)[0] = '\n';
    (at += MOST + 1)[0] = '\n';
    (at += 2)[0] = '\n';
    lines l = {.fd = file_with(p, n), .most = MOST};
    CHECK_LINE(&l, ((str){p, LINE_KEPT}), true);
    CHECK_LINE(&l, ((str){p, LINE_KEPT}), true);
    CHECK_LINE(&l, ((str){p, MOST}), false);
    CHECK_LINE(&l, STR("x"), false);
    CHECK_LINE(&l, ((str){p, LINE_KEPT}), true);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_END);
    CHECK(l.cap < 2000000);
    close(l.fd);
    lines_free(&l);
    text_free(&line);
    free(p);
}

static void not_yet(void) {
    int ends[2];
    text line = {0};
    bool cut;
    CHECK_INT(pipe(ends), 0);
    lines l = {.fd = ends[0], .most = 100};
    CHECK_INT(lines_next(&l, &line, &cut), LINES_LATER);
    CHECK_INT(write(ends[1], "ab", 2), 2);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_LATER);
    CHECK_INT(write(ends[1], "c\nd", 3), 3);
    CHECK_LINE(&l, STR("abc"), false);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_LATER);
    close(ends[1]);
    CHECK_LINE(&l, STR("d"), false);
    CHECK_INT(lines_next(&l, &line, &cut), LINES_END);
    close(ends[0]);
    lines_free(&l);
    text_free(&line);
}

int main(void) {
    RUN(good);
    RUN(bad);
    RUN(whole_lines);
    RUN(long_lines);
    RUN(not_yet);
    return check_result();
}

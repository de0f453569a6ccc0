/* Names of files: what bytes say that come together, and what was read wrongly before. */
#include "check.h"
#include "text/names.h"

#include <stdlib.h>

static void expect(const str *names, size_t n, const char *want, const char *how) {
    qw_error why;
    qw_names *fixed = qw_names_fix(names, n, &why);
    qw_str name = {NULL, 0}, was = {NULL, 0};
    CHECK(fixed && qw_names_get(fixed, 0, &name, &was));
    CHECK_STR(name, str_of(want));
    CHECK_STR(was, str_of(how));
    if (fixed) CHECK(!qw_names_get(fixed, n, &name, &was));
    qw_names_free(fixed);
}

#define EXPECT(want, how, ...)                                                                     \
    expect((const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str), want, how)

static void bytes(void) {
    EXPECT("报告.txt", "GB18030", STR("\xB1\xA8\xB8\xE6.txt"));
    EXPECT("報告.txt", "Big5", STR("\xB3\xF8\xA7i.txt"));
    EXPECT("資料.txt", "Shift_JIS", STR("\x8E\x91\x97\xBF.txt"), STR("\x83\x65\x83\x58\x83\x67"));
    EXPECT("보고서.txt", "EUC-KR", STR("\xBA\xB8\xB0\xED\xBC\xAD.txt"));
}

/* 팀 alone is 评 to anybody; in company it is Korean. */
static void company(void) {
    EXPECT("팀.txt", "EUC-KR", STR("\xC6\xC0.txt"), STR("\xBA\xB8\xB0\xED\xBC\xAD.txt"),
           STR("\xC7\xD0\xB1\xB3 \xBC\xD2\xBD\xC4.txt"));
}

/* Names of several systems in one folder: each as it reads best, steps by themselves. */
static void mixed(void) {
    const str gbk = STR("\xB9\xA4\xD7\xF7\xD7\xDC\xBD\xE1/\xC4\xEA\xB6\xC8\xB1\xA8\xB8\xE6.txt");
    const str big5 = STR("\xA4u\xA7@\xC1`\xB5\xB2\xB3\xF8\xA7i.txt");
    const str both = STR("\xB9\xA4\xD7\xF7\xD7\xDC\xBD\xE1/会议通知.txt");
    EXPECT("工作總結報告.txt", "Big5", big5, gbk, STR("\xBB\xE1\xD2\xE9\xCD\xA8\xD6\xAA.txt"));
    EXPECT("工作总结/年度报告.txt", "GB18030", gbk, big5, STR("会议通知.txt"));
    EXPECT("工作总结/会议通知.txt", "GB18030", both, gbk);
    EXPECT("caf\u00E9.txt", "windows-1252", STR("caf\xE9.txt"), gbk,
           STR("\xBB\xE1\xD2\xE9\xCD\xA8\xD6\xAA.txt"));
    EXPECT("报告.txt", "", STR("报告.txt"), STR("caf\xE9 cr\xE8me.txt"), STR("d\xE9j\xE0 vu.txt"));
    /* Half a character at the end, as an old tool cuts names. */
    EXPECT("年度报�", "GB18030", STR("\xC4\xEA\xB6\xC8\xB1\xA8\xB8"), gbk,
           STR("\xBB\xE1\xD2\xE9\xCD\xA8\xD6\xAA.txt"));
}

static void right_names_stay(void) {
    EXPECT("报告.txt", "", STR("报告.txt"), STR("\xB1\xA8\xB8\xE6.txt"));
    EXPECT("Übung für Anfänger.txt", "", STR("Übung für Anfänger.txt"));
    EXPECT("浣犲ソ 你好", "", STR("浣犲ソ 你好"));
    EXPECT("", "", STR(""));
    EXPECT("plain", "", STR("plain"));
}

static void mojibake(void) {
    EXPECT("报告.txt", "GB18030 read as IBM437", STR("▒¿╕µ.txt"));
    EXPECT("这是一份报告", "GB18030 read as windows-1252", STR("ÕâÊÇÒ»·Ý±¨¸æ"));
    EXPECT("工作总结.txt", "UTF-8 read as windows-1252", STR("å·¥ä½œæ€»ç»“.txt"));
}

/* More than the sample holds, and a name that is all the same step. */
static void many(void) {
    enum { MANY = 3000 };
    arena *mem = arena_new(0);
    str *names = calloc(MANY, sizeof *names);
    if (!mem || !names) abort();
    for (size_t i = 0; i < MANY; i++)
        names[i] = arena_printf(mem, "\xB1\xA8\xB8\xE6%zu/\xB1\xA8\xB8\xE6.txt", i);
    expect(names, MANY, "报告0/报告.txt", "GB18030");
    free(names);
    arena_free(mem);
}

int main(void) {
    RUN(bytes);
    RUN(company);
    RUN(mixed);
    RUN(right_names_stay);
    RUN(mojibake);
    RUN(many);
    return check_result();
}

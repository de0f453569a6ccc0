/* globs: patterns as gitignore(5) describes them. */
#include "check.h"
#include "input/globs.h"

#include <stdlib.h>
#include <string.h>

static void patterns(void) {
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        {"a.txt", "a.txt", true},
        {"a.txt", "b/a.txt", false},
        {"*.txt", "年度报告.txt", true},
        {"*.txt", "a/b.txt", false},
        {"*", "", true},
        {"?", "", false},
        {"??.txt", "报告.txt", true},
        {"?.txt", "报告.txt", false},
        {"?.txt", "\xB1.txt", true}, /* no UTF-8: a byte is a character */
        {"a?c", "a/c", false},
        {"[报文]告", "报告", true},
        {"[!报文]告", "报告", false},
        {"[^报文]告", "公告", true},
        {"[a-c]x", "bx", true},
        {"[a-c]x", "dx", false},
        {"[一-龥]", "党", true},
        {"[]x]", "]", true},
        {"[!]x]", "]", false},
        {"[a-]", "-", true},
        {"[\\]]", "]", true},
        {"[!a]", "/", false},
        {"[ab", "[ab", true},
        {"\\*", "*", true},
        {"\\*", "x", false},
        {"a\\", "a\\", true},
        {"**/x", "x", true},
        {"**/x", "a/b/x", true},
        {"**/x", "ax", false},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"a/**", "a/", false},
        {"a/**/z", "a/z", true},
        {"a/**/z", "a/b/c/z", true},
        {"a/**/z", "a/bz", false},
        {"a**z", "abcz", true},
        {"a**z", "ab/z", false},
        {"**", "a/b", true},
        {"*a*b*c*", "xxaxxbxxcxx", true},
        {"*a*b*c*", "xxaxxcxxbxx", false},
        {"", "", true},
        {"", "a", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool got = glob_matches(cases[i].pattern, cases[i].path);
        check_count++;
        if (got != cases[i].matches)
            CHECK_FAIL("“%s” on “%s” is %d", cases[i].pattern, cases[i].path, got);
    }
}

/* Stars on a name of equal letters: no more than length times length. */
static void no_explosion(void) {
    char pattern[200], name[4000];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (size_t i = 0; i + 2 < sizeof pattern; i += 2) memcpy(pattern + i, "*a", 2);
    memcpy(pattern + sizeof pattern - 2, "b", 2);
    CHECK(!glob_matches(pattern, name));
    char *long_name = malloc(10001);
    if (!long_name) return;
    memset(long_name, 'a', 10000);
    long_name[10000] = '\0';
    CHECK(!glob_matches("*", long_name));
    free(long_name);
}

static void lists(void) {
    static const char text[] = "\xEF\xBB\xBF# what is left out\r\n"
                               "\n"
                               "*.log\r\n"
                               "!keep.log\n"
                               "/top.txt\n"
                               "drafts/\n"
                               "a/b.txt   \n"
                               "\\#note\n"
                               "\\!loud\n"
                               "blank\\ \n"
                               "!\n"
                               "/\n"
                               "last";
    globs g = {0};
    CHECK(globs_add_lines(&g, text, sizeof text - 1));
    CHECK_INT(globs_ask(&g, "x.log", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "deep/x.log", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "deep/keep.log", false), GLOBS_EXCEPT);
    CHECK_INT(globs_ask(&g, "top.txt", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "deep/top.txt", false), GLOBS_NOTHING);
    CHECK_INT(globs_ask(&g, "deep/drafts", true), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "deep/drafts", false), GLOBS_NOTHING);
    CHECK_INT(globs_ask(&g, "a/b.txt", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "x/a/b.txt", false), GLOBS_NOTHING);
    CHECK_INT(globs_ask(&g, "#note", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "!loud", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "blank ", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "last", false), GLOBS_MATCH);
    CHECK_INT(globs_ask(&g, "other.txt", false), GLOBS_NOTHING);
    globs_free(&g);
}

int main(void) {
    RUN(patterns);
    RUN(no_explosion);
    RUN(lists);
    return check_result();
}

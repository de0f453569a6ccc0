/* regex: what is found, what a replacement stands for, and that no pattern runs away. */
#include "check.h"

#include "base/regex.h"

static void finds_groups_in_chinese_text(void) {
    arena *mem = arena_new(0);
    regex *r = regex_new(mem, STR("(扣+|qq)\\D{0,3}(\\d{5,11})|(无)"), REGEX_NOCASE, NULL);
    regex_match m;
    str text = STR("咨询扣扣：12345678。");
    CHECK_INT(regex_find(r, text, 0, &m), REGEX_FOUND);
    CHECK_STR(str_cut(text, m.from[0], m.to[0]), STR("扣扣：12345678"));
    CHECK_STR(str_cut(text, m.from[2], m.to[2]), STR("12345678"));
    CHECK(m.from[3] == STR_NONE);
    CHECK_INT(regex_find(r, text, m.to[0], &m), REGEX_NOT_FOUND);
    CHECK_INT(regex_find(r, STR(""), 0, &m), REGEX_NOT_FOUND);
    arena_free(mem);
}

static void expands_replacements(void) {
    arena *mem = arena_new(0);
    regex *r = regex_new(mem, STR("(一)(二)?(三)"), 0, NULL);
    regex_match m;
    CHECK_INT(regex_find(r, STR("零一三四"), 0, &m), REGEX_FOUND);
    CHECK_STR(regex_expand(mem, STR("$3${1}0$2$$1$"), STR("零一三四"), &m), STR("三一0$1$"));
    CHECK_STR(regex_expand(mem, STR("a$3$"), STR("零一三四"), &m), STR("a三$"));
    arena_free(mem);
}

static void gives_up_on_patterns_that_explode(void) {
    arena *mem = arena_new(0);
    regex *r = regex_new(mem, STR("(a+)+$"), 0, NULL);
    char text[4000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'c';
    CHECK_INT(regex_find(r, str_make(text, sizeof text), 0, NULL), REGEX_GAVE_UP);
    arena_free(mem);
}

static void names_what_is_wrong_with_a_pattern(void) {
    arena *mem = arena_new(0);
    qw_error why = {0};
    CHECK(!regex_new(mem, STR("a(b"), 0, &why));
    CHECK_STR(str_of(why.id), STR("bad-regex"));
    CHECK(strstr(why.text[QW_ENGLISH], "a(b"));
    CHECK(!regex_new(mem, STR("\\C"), 0, NULL));
    arena_free(mem);
    mem = arena_new(64);
    why = (qw_error){0};
    CHECK(!regex_new(mem, STR("abc"), 0, &why));
    CHECK_INT(why.code, QW_MEMORY);
    arena_free(mem);
}

/* Patterns that are added are found as alternatives of one would be: what begins first, and of what
 * begins together that of the pattern given first. */
static void patterns_that_are_added_are_alternatives(void) {
    static const char *const patterns[] = {"[ab]c", "b+", "(?<=a)a|bca", "(c)a"};
    arena *mem = arena_new(0);
    regex *one = regex_new(mem, STR("[ab]c|b+|(?<=a)a|bca|(c)a"), 0, NULL), *four = NULL;
    for (size_t i = 0; i < 4; i++)
        if (four)
            CHECK(regex_add(mem, four, str_of(patterns[i]), 0, NULL));
        else
            four = regex_new(mem, str_of(patterns[i]), 0, NULL);
    for (unsigned i = 0; i < 729; i++) {
        char text[6];
        for (unsigned k = 0, rest = i; k < 6; k++, rest /= 3) text[k] = (char)('a' + rest % 3);
        regex_match want, got;
        regex_result found = regex_find(one, str_make(text, 6), i % 3, &want);
        CHECK_INT(regex_find(four, str_make(text, 6), i % 3, &got), found);
        if (found == REGEX_FOUND) CHECK(got.from[0] == want.from[0] && got.to[0] == want.to[0]);
    }
    CHECK(!regex_add(mem, four, STR("("), 0, NULL));
    arena_free(mem);
}

static void one_pattern_that_explodes_hides_no_other(void) {
    arena *mem = arena_new(0);
    regex *r = regex_new(mem, STR("(a+)+$"), 0, NULL);
    char text[4000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'c';
    CHECK(regex_add(mem, r, STR("b"), 0, NULL));
    CHECK_INT(regex_find(r, str_make(text, sizeof text), 0, NULL), REGEX_GAVE_UP);
    text[sizeof text - 2] = 'b';
    CHECK_INT(regex_find(r, str_make(text, sizeof text), 0, NULL), REGEX_FOUND);
    arena_free(mem);
}

int main(void) {
    RUN(finds_groups_in_chinese_text);
    RUN(expands_replacements);
    RUN(gives_up_on_patterns_that_explode);
    RUN(patterns_that_are_added_are_alternatives);
    RUN(one_pattern_that_explodes_hides_no_other);
    RUN(names_what_is_wrong_with_a_pattern);
    return check_result();
}

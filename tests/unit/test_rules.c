/* rules: what rule files say, that rules prove themselves, and what is found. */
#include "check.h"

#include "model/rules.h"

static qw_error why;

static ruleset *load(arena *mem, const char *text) {
    const qw_rule_file file = {"mine.rules", text, strlen(text)};
    why = (qw_error){0};
    return ruleset_load(mem, STR("ads"), &file, 1, &why);
}

static const rule *find_rule(const ruleset *set, const char *id) {
    const rule *r;
    for (size_t i = 0; (r = ruleset_at(set, i)); i++)
        if (str_eq(r->id, str_of(id))) return r;
    return NULL;
}

static size_t found(arena *mem, const ruleset *set, const char *id, const char *text,
                    finding *out) {
    form folded, skeleton;
    finding all[64];
    size_t n = 0;
    form_init(&folded, mem, strlen(text));
    form_init(&skeleton, mem, strlen(text));
    skeleton_make(ruleset_folding(set), str_of(text), &folded, &skeleton);
    size_t many = ruleset_find(set, str_of(text), &folded, &skeleton, all, 64);
    for (size_t i = 0; i < many; i++)
        if (str_eq(all[i].rule->id, str_of(id))) out[n++] = all[i];
    return n;
}

static void shipped_rules_hold_their_examples(void) {
    arena *mem = arena_new(0);
    ruleset *set = load(mem, "");
    CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
    CHECK(set && ruleset_count(set) > 20);
    arena_free(mem);
}

static void a_user_adds_and_silences(void) {
    arena *mem = arena_new(0);
    ruleset *set =
        load(mem, "# mine\r\nsilence beg-votes beg-more\r\n\r\nrule mine-1\r\n  find 甲乙丙丁\r\n"
                  "  gone 甲-乙-丙-丁\r\n  stays 甲乙丙\r\n");
    CHECK(set && !find_rule(set, "beg-votes"));
    const rule *r = set ? find_rule(set, "mine-1") : NULL;
    CHECK(r != NULL);
    if (r) {
        CHECK_STR(r->kind, STR("mark"));
        CHECK_STR(r->origin, STR("mine.rules"));
        CHECK_INT(r->score, 100);
    }
    arena_free(mem);
}

static void a_rule_of_another_filter_is_left_to_it(void) {
    arena *mem = arena_new(0);
    ruleset *set = load(mem, "rule other\n  filter spaces\n  find 甲乙\n  gone 丙丁\n");
    CHECK(set && !find_rule(set, "other"));
    arena_free(mem);
}

static void wrong_rules_are_named(void) {
    static const struct {
        const char *text, *id, *place;
    } cases[] = {
        {"rule a\n  find 甲乙\n  gone 丙丁\n", "bad-rule", "mine.rules:1"},
        {"\nrule a\n  find 甲乙\n  stays 看甲乙\n", "bad-rule", "mine.rules:2"},
        {"rule a\n  find 甲\n", "bad-rule", "mine.rules:1"},
        {"rule a\n", "bad-rule", "mine.rules:1"},
        {"rule a\n  find 甲乙\nrule b\n  find 丙丁\nrule a\n  find 戊己\n", "bad-rule",
         "mine.rules:5"},
        {"rule a\n  find 甲乙\nrule a\n  filter tail\n  find 甲乙\n", "bad-rule", "mine.rules:3"},
        {"rule a\n  regex (\n", "bad-regex", "mine.rules:1"},
        {"rule a\n  find 甲乙\n  score 101\n", "bad-rule-line", "mine.rules:3"},
        {"rule a\n  find 甲乙\n  score x\n", "bad-rule-line", "mine.rules:3"},
        {"rule a\n  scope page\n", "bad-rule-line", "mine.rules:2"},
        {"rule a\n  color red\n", "bad-rule-line", "mine.rules:2"},
        {"rule\n", "bad-rule-line", "mine.rules:1"},
        {"find 甲乙\n", "bad-rule-line", "mine.rules:1"},
        {"fold 甲乙\n", "bad-rule-line", "mine.rules:1"},
        {"fold 甲乙 丙\n", "bad-rule-line", "fold"},
        {"define 甲 乙\n", "bad-rule-line", "mine.rules:1"},
        {"define a\n", "bad-rule-line", "mine.rules:1"},
        {"\ndefine a (\n", "bad-regex", "mine.rules:2"},
        {"rule a\n  find 甲乙\n  regex 甲{a}\n", "no-such-piece", "mine.rules:3"},
        {"rule a\n  find 甲乙\n  regex (甲\n  regex 乙)\n", "bad-regex", "mine.rules:1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(0);
        CHECK(!load(mem, cases[i].text));
        CHECK_STR(str_of(why.id), str_of(cases[i].id));
        CHECK_STR(str_of(why.place), str_of(cases[i].place));
        CHECK(why.text[QW_CHINESE][0]);
        arena_free(mem);
    }
}

static void literals_are_found_through_disguise_and_not_across_words(void) {
    arena *mem = arena_new(0);
    finding f[64];
    ruleset *set = load(mem, "rule m\n  find 甲乙网\n  unless 丙甲\n");
    CHECK_INT(found(mem, set, "m", "来甲.乙.网看", f), 1);
    CHECK_INT(f[0].from, 3);
    CHECK_INT(f[0].to, 14);
    CHECK_INT(f[0].breaks, 2);
    CHECK_INT(found(mem, set, "m", "有甲乙，网上也有", f), 0);
    CHECK_INT(found(mem, set, "m", "甲 乙 网", f), 1);
    CHECK_INT(f[0].breaks, 0);
    CHECK_INT(found(mem, set, "m", "丙甲乙网", f), 0);
    arena_free(mem);
}

static void an_expression_sees_folded_text_and_gives_the_range(void) {
    arena *mem = arena_new(0);
    finding f[64];
    ruleset *set = load(mem, "rule m\n  find 会员\n  regex 会员[^，。]{0,4}\\d+元\n");
    CHECK_INT(found(mem, set, "m", "加会员只要２９９元。会员，299元", f), 1);
    CHECK_INT(f[0].from, 3);
    CHECK_INT(f[0].to, 27);
    CHECK_INT(found(mem, set, "m", "第三届会员代表大会", f), 0);
    arena_free(mem);
}

static void pieces_and_alternatives_make_an_expression(void) {
    arena *mem = arena_new(0);
    finding f[64];
    ruleset *set = load(mem, "define pay 会员|订阅\ndefine pay 包年\n"
                             "rule m\n  find 会员 订阅 包年\n  regex 加{pay}{1,2}\\d+元\n"
                             "  regex 只需\\d+元{pay}\n"
                             "  gone 加会员订阅299元\n  gone 只需9元包年\n  stays 包年299元\n");
    CHECK_STR(str_of(why.text[QW_CHINESE]), STR(""));
    CHECK_INT(found(mem, set, "m", "请加包年会员20元", f), 1);
    CHECK_INT(f[0].from, 3);
    CHECK_STR(find_rule(set, "m")->pattern, STR("加{pay}{1,2}\\d+元"));
    CHECK(!load(mem, "rule m\n  find 会员\n  regex {pay}\n"));
    arena_free(mem);
}

/* The examples of an order are read as paragraphs: it is obeyed in its scope alone. */
static void examples_are_read_in_scope(void) {
    arena *mem = arena_new(0);
    CHECK(load(mem,
               "rule a\n  find 青禾夜读荣誉出品\n  scope line\n  gone 【青.禾.夜.读 荣/誉/出/品】\n"
               "  stays 青禾夜读荣誉出品的纪录片\n"));
    CHECK(load(mem, "rule a\n  find 青禾夜读\n  scope edge\n  gone 他走了。青禾夜读\n"
                    "  stays 他读青禾夜读时走了\n"));
    CHECK(!load(mem, "rule a\n  find 青禾夜读\n  scope line\n  gone 青禾夜读的纪录片\n"));
    arena_free(mem);
}

/* `letters` is a line's skeleton: what stands between and around them does not matter. */
static void letters_are_all_of_a_line(void) {
    arena *mem = arena_new(0);
    finding out[64];
    ruleset *set = load(mem, "rule a\n  letters 甲乙整理，咨询QQ\n  scope line\n"
                             "  gone 甲.乙 整理，諮詢ＱＱ：206000100\n  stays 甲乙整理，咨询QQ群\n"
                             "rule b\n  letters 丙丁书社\n  scope edge\n  gone 完。（丙丁书社）\n");
    CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
    CHECK(set && found(mem, set, "a", "【甲乙整理】咨询ＱＱ 1 2 3", out) == 1);
    CHECK(set && found(mem, set, "a", "由甲乙整理，咨询QQ", out) == 0);
    CHECK(set && found(mem, set, "b", "完。（丙-丁-书-社）", out) == 1);
    if (set) CHECK_INT(out[0].from, strlen("完。"));
    CHECK(!load(mem, "rule a\n  letters 甲\n"));
    arena_free(mem);
}

static void what_is_wrong_is_said_in_both_languages(void) {
    arena *mem = arena_new(0);
    CHECK(!load(mem, "rule a\n  find 甲乙\n  gone 丙丁\n"));
    CHECK(strstr(why.text[QW_ENGLISH], "not found") && strstr(why.text[QW_CHINESE], "没有"));
    arena_free(mem);
}

static void out_of_memory_is_an_error(void) {
    for (size_t limit = 100000; limit < 4000000; limit += 300000) {
        arena *mem = arena_new(limit);
        if (!load(mem, "rule m\n  find 甲乙\n")) CHECK_INT(why.code, QW_MEMORY);
        arena_free(mem);
    }
}

int main(void) {
    RUN(shipped_rules_hold_their_examples);
    RUN(a_user_adds_and_silences);
    RUN(a_rule_of_another_filter_is_left_to_it);
    RUN(wrong_rules_are_named);
    RUN(literals_are_found_through_disguise_and_not_across_words);
    RUN(an_expression_sees_folded_text_and_gives_the_range);
    RUN(pieces_and_alternatives_make_an_expression);
    RUN(examples_are_read_in_scope);
    RUN(letters_are_all_of_a_line);
    RUN(what_is_wrong_is_said_in_both_languages);
    RUN(out_of_memory_is_an_error);
    return check_result();
}

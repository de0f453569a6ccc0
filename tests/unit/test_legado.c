/* legado: what an export gives, with the literals that keep it fast. */
#include "check.h"

#include "model/legado.h"
#include "model/rules.h"

static qw_error why;

static rule_texts read_json(arena *mem, const char *text) {
    rule_texts out = {0};
    why = (qw_error){0};
    legado_read(mem, STR("x.json"), str_of(text), &out, &why);
    return out;
}

static const draft *at(const rule_texts *t, size_t i) {
    return i < t->drafts.n ? &((const draft *)t->drafts.items)[i] : NULL;
}

static void reads_the_fields(void) {
    arena *mem = arena_new(0);
    rule_texts t = read_json(
        mem, "[{\"name\":\"去尾巴\",\"pattern\":\"（甲乙(\\\\d+)期）\",\"replacement\":\"[$1]\","
             "\"isRegex\":true,\"scope\":\"渡口;灯\"},"
             "{\"pattern\":\"a.b(c)\",\"isRegex\":false,\"excludeScope\":\"夜\"},"
             "{\"pattern\":\"丙\",\"isEnabled\":false},"
             "{\"pattern\":\"丁丁\",\"scopeTitle\":true,\"scopeContent\":false}]");
    CHECK_INT(why.code, QW_OK);
    CHECK_INT(t.drafts.n, 2);
    const draft *d = at(&t, 0);
    CHECK_STR(d->expression, STR("（甲乙(\\d+)期）"));
    CHECK_STR(d->rule.replacement, STR("[$1]"));
    CHECK_STR(d->rule.origin, STR("去尾巴"));
    CHECK_STR(d->rule.id, STR("legado-1"));
    CHECK_STR(((const str *)d->literals.items)[0], STR("（甲乙"));
    CHECK_STR(at(&t, 1)->expression, STR("a\\.b\\(c\\)"));
    CHECK(rule_is_for(&d->rule, STR("渡口的灯.txt")) && !rule_is_for(&d->rule, STR("别的.txt")));
    CHECK(!rule_is_for(&at(&t, 1)->rule, STR("夜行.txt")) &&
          rule_is_for(&at(&t, 1)->rule, STR("渡口.txt")));
    arena_free(mem);
}

static void takes_what_java_writes_in_its_own_way(void) {
    arena *mem = arena_new(0);
    rule_texts t =
        read_json(mem, "[{\"pattern\":\"[\\\\u4e00-\\\\u9fa5]{2}\\\\\\\\u甲\\\\ud83d\\\\ude00乙\"},"
                       "{\"pattern\":\"[甲[^乙]]丙丁\"},"
                       "{\"pattern\":\"甲乙丙\",\"replacement\":\"@js:result.trim()\"}]");
    CHECK_INT(why.code, QW_OK);
    CHECK_INT(t.drafts.n, 3);
    CHECK_STR(at(&t, 0)->expression, STR("[\\x{4E00}-\\x{9FA5}]{2}\\\\u甲\\x{1F600}乙"));
    CHECK(!at(&t, 0)->refusal.n && at(&t, 1)->refusal.n && at(&t, 2)->refusal.n);
    arena_free(mem);
}

/* What the rule of an export finds first in a text; empty when it finds nothing. */
static str found_by(arena *mem, const char *pattern, str text) {
    str json = arena_printf(mem, "[{\"pattern\":\"%s\"}]", pattern), what = STR("");
    qw_rule_file file = {"x.json", json.p, json.n};
    const ruleset *set = ruleset_load_alone(mem, STR("ads"), &file, 1, &why);
    form folded, skeleton;
    finding found[8];
    CHECK(set && form_init(&folded, mem, text.n) && form_init(&skeleton, mem, text.n));
    if (!set) return STR("no rules");
    CHECK_STR(ruleset_at(set, 0)->kind, STR("mark"));
    skeleton_make(ruleset_folding(set), text, &folded, &skeleton);
    if (ruleset_find(set, text, &folded, &skeleton, found, 8))
        what = str_cut(text, found[0].from, found[0].to);
    return what;
}

/* Look-behinds of several lengths, classes in classes: what Java finds is found. */
static void finds_what_java_finds(void) {
    static const struct {
        const char *pattern, *text, *found;
    } cases[] = {
        {"(?<=甲{1,3}。?)乙丙丁", "乙丙丁，甲甲。乙丙丁己", "乙丙丁"},
        {"(?<=甲{1,3}。?)乙丙丁.", "乙丙丁戊，甲甲。乙丙丁己", "乙丙丁己"},
        {"(?<!甲{1,3}。?)乙丙丁.", "甲甲甲。乙丙丁戊乙丙丁己", "乙丙丁己"},
        {"(?<=(?:^|：)“[^“”]{0,4}。)乙丙丁.", "“一二。乙丙丁戊", "乙丙丁戊"},
        {"(?<=(?:^|：)“[^“”]{0,4}。)乙丙丁.", "他“一二。乙丙丁戊", ""},
        {"(?<=(金|木头){2}\\\\s{0,1}?)乙丙丁.", "乙丙丁戊木头 乙丙丁己金木头 乙丙丁庚", "乙丙丁庚"},
        {"(?<!(金|木头){2})(乙丙)丁\\\\2", "金木头乙丙丁乙丙乙丙丁乙丙", "乙丙丁乙丙"},
        {"(?<=[^\\\\]）]{2,3}（)乙丙丁.", "）（乙丙丁戊甲甲（乙丙丁己", "乙丙丁己"},
        {"(?<=[甲-癸&&[^乙]]?年)乙丙丁", "乙年乙丙丁", "乙丙丁"},
        {"[\\\\w&&[^甲]]乙丙", "甲乙丙丁乙丙", "丁乙丙"},
        {"[^\\\\w&&[^。]]乙丙", "，乙丙。乙丙", "，乙丙"},
        {"[^\\\\w&&[^。甲]]乙丙", "乙乙丙甲乙丙", "甲乙丙"},
        {"[甲[丁戊]]{2}乙丙", "丁甲乙丙", "丁甲乙丙"},
        {"[^甲[丁戊]]乙丙", "甲乙丙丁乙丙己乙丙", "己乙丙"},
        {"(?:甲&&乙)丙丁", "甲&&乙丙丁", "甲&&乙丙丁"},
        {"[【[（]乙丙", "[乙丙", "[乙丙"},
        {"[[:alpha:]]乙丙", "a乙丙", "a乙丙"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(0);
        CHECK_STR(found_by(mem, cases[i].pattern, str_of(cases[i].text)), str_of(cases[i].found));
        arena_free(mem);
    }
}

/* A rule that is not understood is kept for the list, and finds nothing; the others work. */
static void refuses_one_rule_and_not_the_file(void) {
    static const char text[] = "[{\"name\":\"回看\",\"pattern\":\"(?<!甲+)乙丙丁\"},"
                               "{\"pattern\":\"戊己庚\"}]";
    arena *mem = arena_new(0);
    qw_rule_file file = {"x.json", text, sizeof text - 1};
    const ruleset *set = ruleset_load(mem, STR("ads"), &file, 1, &why);
    CHECK(set != NULL);
    size_t n = set ? ruleset_count(set) : 2;
    const rule *refused = ruleset_at(set, n - 2), *good = ruleset_at(set, n - 1);
    CHECK_STR(refused->kind, STR("refused"));
    CHECK_STR(refused->origin, STR("回看: lookbehind assertion is not fixed length"));
    CHECK_STR(good->kind, STR("mark"));
    CHECK(ruleset_suspect(set, STR("甲乙丙丁"), 0) == STR_NONE);
    CHECK_INT(ruleset_suspect(set, STR("戊己庚"), 0), 0);
    arena_free(mem);
}

static void takes_signs_of_replacements_as_java_does(void) {
    arena *mem = arena_new(0);
    rule_texts t =
        read_json(mem, "[{\"pattern\":\"甲(乙)\",\"replacement\":\"\\\\$$1\\\\.\"},"
                       "{\"pattern\":\"甲乙\",\"replacement\":\"$1\\\\\",\"isRegex\":false},"
                       "{\"pattern\":\"(?<x>甲)乙\",\"replacement\":\"${x}\"}]");
    CHECK_INT(t.drafts.n, 3);
    CHECK_STR(at(&t, 0)->rule.replacement, STR("$$$1."));
    CHECK_STR(at(&t, 1)->rule.replacement, STR("$$1\\"));
    CHECK(at(&t, 2)->refusal.n);
    arena_free(mem);
}

static void reads_exports_of_the_first_versions(void) {
    arena *mem = arena_new(0);
    rule_texts t = read_json(mem, "[{\"regex\":\"甲乙.\",\"replaceSummary\":\"旧\",\"enable\":true,"
                                  "\"isRegex\":true,\"useTo\":\"渡口\"},"
                                  "{\"regex\":\"丙丁.\",\"enable\":true},"
                                  "{\"regex\":\"戊己\",\"enable\":false}]");
    CHECK_INT(t.drafts.n, 2);
    CHECK_STR(at(&t, 0)->expression, STR("甲乙."));
    CHECK_STR(at(&t, 0)->rule.origin, STR("旧"));
    CHECK_STR(at(&t, 0)->rule.within, STR("渡口"));
    CHECK_STR(at(&t, 1)->expression, STR("丙丁\\."));
    arena_free(mem);
}

static void finds_what_a_match_must_hold(void) {
    static const struct {
        const char *pattern, *literal; /* NULL: none */
    } cases[] = {
        {"请记住.*?域名", "请记住"},
        {"甲乙?丙丁戊", "丙丁戊"},
        {"(甲乙|丙丁)戊己庚", "戊己庚"},
        {"[甲乙丙]+丁戊", "丁戊"},
        {"甲乙丙|丁戊", "甲乙丙"},
        {"甲乙丙|丁", NULL},
        {".*", NULL},
        {"\\\\d+甲", NULL},
        {"甲乙{2,3}丙", NULL},
        {"(?i)www\\\\.abc", "www.abc"},
        {"甲乙+丙丁戊", "丙丁戊"},
        {"甲乙[^\\\\]|]*丙丁戊", "丙丁戊"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(0);
        str json = arena_printf(mem, "{\"pattern\":\"%s\"}", cases[i].pattern);
        rule_texts t = read_json(mem, json.p);
        CHECK_INT(t.drafts.n, 1);
        const list *l = &at(&t, 0)->literals;
        CHECK_INT(l->n > 0, cases[i].literal != NULL);
        if (l->n && cases[i].literal)
            CHECK_STR(((const str *)l->items)[0], str_of(cases[i].literal));
        arena_free(mem);
    }
}

static void refuses_what_is_no_export(void) {
    static const char *const texts[] = {"[", "[{\"name\":\"x\"}]", "[1]", "[{\"pattern\":\"\"}]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        arena *mem = arena_new(0);
        read_json(mem, texts[i]);
        CHECK_INT(why.code, QW_USAGE);
        CHECK(why.text[QW_CHINESE][0]);
        arena_free(mem);
    }
    CHECK(legado_is(STR("\xEF\xBB\xBF \n[]")) && !legado_is(STR("rule a")) && !legado_is(STR("")));
}

int main(void) {
    RUN(reads_the_fields);
    RUN(takes_what_java_writes_in_its_own_way);
    RUN(finds_what_java_finds);
    RUN(takes_signs_of_replacements_as_java_does);
    RUN(reads_exports_of_the_first_versions);
    RUN(refuses_one_rule_and_not_the_file);
    RUN(finds_what_a_match_must_hold);
    RUN(refuses_what_is_no_export);
    return check_result();
}

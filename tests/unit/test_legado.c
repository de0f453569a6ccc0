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
                       "{\"pattern\":\"[\\\\w&&[^甲]]乙丙\"},"
                       "{\"pattern\":\"甲乙丙\",\"replacement\":\"@js:result.trim()\"}]");
    CHECK_INT(why.code, QW_OK);
    CHECK_INT(t.drafts.n, 3);
    CHECK_STR(at(&t, 0)->expression, STR("[\\x{4E00}-\\x{9FA5}]{2}\\\\u甲\\x{1F600}乙"));
    CHECK(!at(&t, 0)->refusal.n && at(&t, 1)->refusal.n && at(&t, 2)->refusal.n);
    arena_free(mem);
}

/* A look-behind at the start may be of any length: what it looks at stays. */
static void leaves_what_it_looks_back_at(void) {
    static const char text[] = "[{\"pattern\":\"(?<=甲{1,3}。?)乙丙丁\"}]";
    arena *mem = arena_new(0);
    qw_rule_file file = {"x.json", text, sizeof text - 1};
    const ruleset *set = ruleset_load(mem, STR("ads"), &file, 1, &why);
    str s = STR("乙丙丁，甲甲。乙丙丁");
    form folded, skeleton;
    finding found[64];
    size_t n = 0;
    CHECK(set && form_init(&folded, mem, s.n) && form_init(&skeleton, mem, s.n));
    skeleton_make(ruleset_folding(set), s, &folded, &skeleton);
    size_t all = ruleset_find(set, s, &folded, &skeleton, found, 64);
    for (size_t i = 0; i < all; i++) {
        if (!str_eq(found[i].rule->id, STR("legado-1"))) continue;
        CHECK_STR(str_cut(s, 0, found[i].from), STR("乙丙丁，甲甲。"));
        CHECK_INT(found[i].to, s.n);
        n++;
    }
    CHECK_INT(n, 1);
    arena_free(mem);
}

/* A rule that is not understood is kept for the list, and finds nothing; the others work. */
static void refuses_one_rule_and_not_the_file(void) {
    static const char text[] = "[{\"name\":\"回看\",\"pattern\":\"(?<!甲{1,3})乙丙丁\"},"
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
    RUN(leaves_what_it_looks_back_at);
    RUN(refuses_one_rule_and_not_the_file);
    RUN(finds_what_a_match_must_hold);
    RUN(refuses_what_is_no_export);
    return check_result();
}

/* rules_pieces: what stands for a named piece, and what only looks like one. */
#include "check.h"

#include "model/rules_pieces.h"

static qw_error why;

static str expand(arena *mem, list *pieces, const char *written) {
    why = (qw_error){0};
    return piece_expand(mem, pieces, str_of(written), STR("here"), &why);
}

static bool define(arena *mem, list *pieces, const char *line) {
    why = (qw_error){0};
    return piece_define(mem, pieces, str_of(line), STR("here"), &why);
}

static void a_piece_is_one_unit(void) {
    static const struct {
        const char *written, *meant;
    } cases[] = {
        {"{site}", "甲|乙丙"},
        {"x{site}", "x(?:甲|乙丙)"},
        {"{site}{2,3}", "(?:甲|乙丙){2,3}"},
        {"(?:{site}){2}", "(?:甲|乙丙){2}"},
        {"(?<!{site})x", "(?<!甲|乙丙)x"},
        {"(?<!x{site})", "(?<!x(?:甲|乙丙))"},
        {"x|{site}|y", "x|甲|乙丙|y"},
        {"\\|{site}", "\\|(?:甲|乙丙)"},
        {"{gap}{0,4}", "[^，。]{0,4}"},
        {"{gap}*{digit}+", "[^，。]*\\d+"},
        {"{both}", "[^，。](?:甲|乙丙)"},
        {"{both}?", "(?:[^，。](?:甲|乙丙))?"},
    };
    arena *mem = arena_new(0);
    list pieces = {0};
    CHECK(define(mem, &pieces, "site 甲|乙丙"));
    CHECK(define(mem, &pieces, "gap [^，。]"));
    CHECK(define(mem, &pieces, "digit   \\d"));
    CHECK(define(mem, &pieces, "both {gap}{site}"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(expand(mem, &pieces, cases[i].written), str_of(cases[i].meant));
    arena_free(mem);
}

static void a_name_given_again_adds_an_alternative(void) {
    arena *mem = arena_new(0);
    list pieces = {0};
    CHECK(define(mem, &pieces, "site 甲") && define(mem, &pieces, "site 乙"));
    CHECK_STR(expand(mem, &pieces, "({site})"), STR("(甲|乙)"));
    arena_free(mem);
}

static void other_braces_stand_for_themselves(void) {
    static const char *const cases[] = {
        "a{2}b{3,}",  "\\p{Han}+", "\\x{2a}",     "[{site}]", "[]{site}]",
        "[^]{site}]", "\\{site}",  "[\\]{site}]", "{Site}",   "[[:alpha:]{site}]",
        "{",          "\\",        "x[",          "\\p{Han",  "{2site}",
        "{}",         "\\\\",      "{-a}"};
    arena *mem = arena_new(0);
    list pieces = {0};
    CHECK(define(mem, &pieces, "site 甲|乙丙"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(expand(mem, &pieces, cases[i]), str_of(cases[i]));
    CHECK_STR(expand(mem, &pieces, "\\\\{site}"), STR("\\\\(?:甲|乙丙)"));
    arena_free(mem);
}

static void what_is_wrong_is_said_with_its_place(void) {
    arena *mem = arena_new(0);
    list pieces = {0};
    CHECK(!expand(mem, &pieces, "a{nothing}").p);
    CHECK_STR(str_of(why.id), STR("no-such-piece"));
    CHECK_STR(str_of(why.place), STR("here"));
    CHECK(!define(mem, &pieces, "open (甲"));
    CHECK_STR(str_of(why.id), STR("bad-regex"));
    CHECK_STR(str_of(why.place), STR("here"));
    CHECK(!define(mem, &pieces, "self {self}"));
    CHECK_STR(str_of(why.id), STR("no-such-piece"));
    CHECK(!define(mem, &pieces, "Name 甲") && !define(mem, &pieces, "name"));
    CHECK_INT(pieces.n, 0);
    arena_free(mem);
}

/* Each piece is twice the one before: a short file must not become a long expression. */
static void pieces_of_pieces_have_a_limit(void) {
    arena *mem = arena_new(0);
    list pieces = {0};
    int made = 1;
    CHECK(define(mem, &pieces, "a0 甲乙丙丁"));
    for (; made < 20; made++) {
        str line = arena_printf(mem, "a%d {a%d}{a%d}", made, made - 1, made - 1);
        if (!define(mem, &pieces, line.p)) break;
    }
    CHECK(made > 5 && made < 12);
    CHECK_STR(str_of(why.id), STR("long-expression"));
    arena_free(mem);
}

static void the_number_of_pieces_has_a_limit(void) {
    arena *mem = arena_new(0);
    list pieces = {0};
    int made = 0;
    for (; made < 2000; made++) {
        str line = arena_printf(mem, "a%d 甲", made);
        if (!define(mem, &pieces, line.p)) break;
    }
    CHECK(made >= 100 && made < 2000);
    CHECK(define(mem, &pieces, "a1 乙"));
    arena_free(mem);
}

int main(void) {
    RUN(a_piece_is_one_unit);
    RUN(a_name_given_again_adds_an_alternative);
    RUN(other_braces_stand_for_themselves);
    RUN(what_is_wrong_is_said_with_its_place);
    RUN(pieces_of_pieces_have_a_limit);
    RUN(the_number_of_pieces_has_a_limit);
    return check_result();
}

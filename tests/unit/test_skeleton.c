/* skeleton and sieve: normal forms with their map back, and the quick look against a slow one. */
#include "check.h"

#include "base/utf8.h"
#include "model/sieve.h"

#include <stdlib.h>

static arena *mem;
static folding *fold;

static void setup(void) {
    static const fold_pair pairs[] = {{STR_INIT("網說α"), STR_INIT("网说a")}};
    if (!mem) mem = arena_new(0);
    fold = folding_new(mem, pairs, 1, NULL);
    CHECK(fold != NULL);
}

static str skeleton_of(const char *text, form *f) {
    CHECK(form_init(f, mem, strlen(text)));
    skeleton_make(fold, str_of(text), NULL, f);
    return form_str(f);
}

static void one_mark_has_one_skeleton(void) {
    static const char *const spellings[] = {"甲乙小说网", "甲.乙.小.說.網", "甲 乙 小＿说＿网",
                                            "甲1乙2小3说4网", "【甲|乙|小|說|网】"};
    form f;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        CHECK_STR(skeleton_of(spellings[i], &f), STR("甲乙小说网"));
    CHECK_STR(skeleton_of("ＷwＷ．αb㎏", &f), STR("wwwabkg"));
    CHECK_STR(skeleton_of("，。 12", &f), STR(""));
}

static void letters_in_other_styles_are_letters(void) {
    form f;
    CHECK_STR(skeleton_of("𝐐𝒬🅀🆀🅠 𝟕🂡", &f), STR("qqqqq"));
}

static void the_map_leads_back(void) {
    str text = STR("看，Ｗ·α㎏。");
    form folded, skeleton;
    size_t from, to;
    CHECK(form_init(&folded, mem, text.n) && form_init(&skeleton, mem, text.n));
    skeleton_make(fold, text, &folded, &skeleton);
    CHECK_STR(form_str(&folded), STR("看，w·akg。"));
    CHECK_STR(form_str(&skeleton), STR("看wakg"));
    form_range(&skeleton, 3, 2, &from, &to);
    CHECK_STR(str_cut(text, from, to), STR("Ｗ·α"));
    form_range(&skeleton, 5, 1, &from, &to);
    CHECK_STR(str_cut(text, from, to), STR("㎏"));
}

static void says_which_pair_is_uneven(void) {
    static const fold_pair pairs[] = {{STR_INIT("網"), STR_INIT("网")},
                                      {STR_INIT("說話"), STR_INIT("说")}};
    size_t which = 9;
    CHECK(!folding_new(mem, pairs, 2, &which));
    CHECK_INT(which, 1);
}

static void text_that_folds_to_much_more_is_cut(void) {
    form f;
    CHECK(form_init(&f, mem, 3));
    skeleton_make(fold, STR("\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA"), &f,
                  NULL);
    CHECK(f.n <= f.cap);
    CHECK_INT(utf8_valid_prefix(form_str(&f)), f.n);
}

/* What is folded without a map is the same, and cut at the same place. */
static void folding_alone_makes_the_folded_form(void) {
    static const char *const pieces[] = {"網", "的", "α", "㎏", "Ｗ", "\uFDFA",
                                         "😀",  "𝐀",  "x", "。", "㐀"};
    form with_map, alone;
    srand(5);
    for (int round = 0; round < 300; round++) {
        char text[400];
        size_t n = 0;
        for (int i = rand() % 40; i > 0; i--) {
            const char *p = pieces[rand() % 11];
            memcpy(text + n, p, strlen(p));
            n += strlen(p);
        }
        CHECK(form_init(&with_map, mem, n) && form_init(&alone, mem, n));
        skeleton_make(fold, str_make(text, n), &with_map, NULL);
        skeleton_fold(fold, str_make(text, n), &alone);
        CHECK_STR(form_str(&alone), form_str(&with_map));
    }
}

/* Ideographs have a way of their own into the forms. */
static void every_character_of_the_bmp_comes_into_the_forms(void) {
    form folded, skeleton;
    CHECK(form_init(&folded, mem, 64) && form_init(&skeleton, mem, 64));
    for (uint32_t c = 0x20; c < 0xFFFE; c++) {
        char text[8] = {'x'}, want[8];
        size_t n = 1 + utf8_write(text + 1, c), at = 0;
        uint32_t one = folding_char(fold, c);
        if (!one || (c >= 0xD800 && c < 0xE000)) continue;
        skeleton_make(fold, str_make(text, n), &folded, &skeleton);
        str wanted = str_make(want, utf8_write(want, one));
        CHECK_STR(str_cut(form_str(&folded), 1, folded.n), wanted);
        CHECK_STR(str_cut(form_str(&skeleton), 1, skeleton.n),
                  skeleton_holds(one) ? wanted : STR(""));
        while (at < folded.n && folded.from[at] == 0) at++;
        CHECK(at == 1 && folded.from[folded.n - 1] == 1 && folded.to[folded.n - 1] == n);
    }
}

/* Whether the literal is in the text's folded form or its skeleton. */
static bool is_there(str text, str literal) {
    form folded, skeleton;
    form_init(&folded, mem, text.n);
    form_init(&skeleton, mem, text.n);
    skeleton_make(fold, text, &folded, &skeleton);
    return str_find(form_str(&folded), literal, 0) != STR_NONE;
}

/* What is in the folded text must never be passed over. */
static void the_sieve_passes_over_no_literal(void) {
    static const char *const alphabet[] = {"小", "說", "网", "的", "，", ".", "c", "n", "Ｎ", " "};
    srand(11);
    for (int round = 0; round < 200; round++) {
        char text[200], literal[32];
        size_t n = 0, k = 0, wanted = 2 + (size_t)rand() % 3;
        for (int i = 0; i < 12; i++) {
            const char *c = alphabet[rand() % 10];
            memcpy(text + n, c, strlen(c));
            n += strlen(c);
        }
        for (size_t i = 0; i < wanted; i++) {
            static const char *const letters[] = {"小", "说", "网", "的", ".", "c", "n"};
            const char *c = letters[rand() % 7];
            memcpy(literal + k, c, strlen(c));
            k += strlen(c);
        }
        str l = str_make(literal, k), t = str_make(text, n);
        sieve *s = round % 100 ? sieve_new(mem, fold, &l, NULL, 1) : NULL;
        if (s && is_there(t, l)) CHECK(sieve_next(s, t, 0, false) != STR_NONE);
        arena_reset(mem, 1 << 24);
        setup();
    }
}

/* The end of an occurrence of a literal that begins at byte at, with up to four signs between its
 * letters; STR_NONE when there is none. */
static size_t slow_end(str text, str literal, size_t at) {
    int gap = 0;
    for (size_t i = 0; i < literal.n;) {
        if (at == text.n || gap > 4) return STR_NONE;
        size_t next = i;
        uint32_t c = utf8_next(text, &at), one = folding_char(fold, c);
        bool letter = skeleton_holds(one) || (c >= 0x3400 && c < 0xA000);
        if (one == utf8_next(literal, &next))
            i = next, gap = 0;
        else if (letter || c >= 0x10000 || i == 0)
            return STR_NONE;
        else
            gap++;
    }
    return at;
}

/* Holds the sieve against the slow search: it stops within an occurrence, and not behind the end of
 * the first that begins at or after byte from. */
static void compare_with_slow(const sieve *s, const str *literals, size_t n, str text,
                              size_t from) {
    size_t got = sieve_next(s, text, from, false), first = STR_NONE;
    bool within = got == STR_NONE;
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < text.n; utf8_next(text, &at)) {
            size_t end = slow_end(text, literals[i], at);
            if (end == STR_NONE) continue;
            if (at >= from && end < first) first = end;
            within |= at <= got && got < end;
        }
    CHECK(within);
    CHECK(got == STR_NONE || got >= from);
    CHECK(first == STR_NONE || got < first);
}

static void the_sieve_agrees_with_a_slow_search(void) {
    static const char *const fillers[] = {"，", ".", " ", "c",  "Ｎ", "é", "説",
                                          "說", "😀", "①", "\n", "㎏", "q", "。"};
    static const char *const han[] = {"小", "说", "网", "的", "中", "文", "下", "载"};
    static const char *const letters[] = {"小", "说", "网", "的", "c", "n", "q", "下"};
    srand(5);
    for (int round = 0; round < 300; round++) {
        char held[8][40];
        str literals[8];
        for (size_t i = 0; i < 8; i++) {
            *held[i] = '\0';
            for (int k = 2 + rand() % 5; k > 0; k--) strcat(held[i], letters[rand() % 8]);
            literals[i] = str_of(held[i]);
        }
        const sieve *s = sieve_new(mem, fold, literals, NULL, 8);
        CHECK(s != NULL);
        for (int k = 0; s && k < 10; k++) {
            char text[400];
            size_t n = 0, plain = 2 + (size_t)rand() % 20;
            for (int i = 0; i < 60; i++) {
                const char *c = (size_t)rand() % plain ? han[rand() % 8] : fillers[rand() % 14];
                memcpy(text + n, c, strlen(c));
                n += strlen(c);
            }
            size_t from = (size_t)rand() % n;
            while (((unsigned char)text[from] & 0xC0) == 0x80) from++;
            compare_with_slow(s, literals, 8, str_make(text, n), 0);
            compare_with_slow(s, literals, 8, str_make(text, n), from < n ? from : 0);
        }
        arena_reset(mem, 1 << 24);
        setup();
    }
}

static void the_sieve_tells_faint_literals_from_others(void) {
    const str literals[] = {STR_INIT("小说"), STR_INIT("小说网"), STR_INIT("下载")};
    const bool faint[] = {true, false, true};
    const sieve *s = sieve_new(mem, fold, literals, faint, 3);
    CHECK_INT(sieve_next(s, STR("看小说下载"), 0, false), 3);
    CHECK(sieve_next(s, STR("看小说下载"), 0, true) == STR_NONE);
    CHECK_INT(sieve_next(s, STR("下载小，说，网"), 0, true), 6);
}

static void the_sieve_sees_through_disguise(void) {
    const str literals[] = {STR_INIT("小说网"), STR_INIT(".cn"), STR_INIT("www")};
    sieve *s = sieve_new(mem, fold, literals, NULL, 3);
    CHECK(sieve_next(s, STR("去看小.說-网吧"), 0, false) < 18);
    CHECK_INT(sieve_next(s, STR("见abc.cn"), 0, false), 6);
    CHECK_INT(sieve_next(s, STR("见Ｗ w．Ｗ"), 0, false), 3);
    CHECK(sieve_next(s, STR("小说在网上，网上有小说。"), 0, false) == STR_NONE);
    CHECK(sieve_next(s, STR("见abc.com"), 0, false) == STR_NONE);
    CHECK(sieve_next(s, STR(""), 0, false) == STR_NONE);
}

int main(void) {
    setup();
    RUN(one_mark_has_one_skeleton);
    RUN(letters_in_other_styles_are_letters);
    RUN(the_map_leads_back);
    RUN(says_which_pair_is_uneven);
    RUN(text_that_folds_to_much_more_is_cut);
    RUN(folding_alone_makes_the_folded_form);
    RUN(every_character_of_the_bmp_comes_into_the_forms);
    RUN(the_sieve_sees_through_disguise);
    RUN(the_sieve_tells_faint_literals_from_others);
    RUN(the_sieve_passes_over_no_literal);
    RUN(the_sieve_agrees_with_a_slow_search);
    arena_free(mem);
    return check_result();
}

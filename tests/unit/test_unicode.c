/* unicode: classes of characters and folding. */
#include "check.h"

#include "base/unicode.h"

static void folds_width_case_and_compatibility_forms(void) {
    arena *mem = arena_new(0);
    CHECK_STR(unicode_fold(mem, STR("ＷＷＷ．Ａb①⼀㎏")), STR("www.ab1一kg"));
    CHECK_STR(unicode_fold(mem, STR("Ⅷ")), STR("viii"));
    CHECK_STR(unicode_fold(mem, STR("")), STR(""));
    CHECK_STR(unicode_fold(mem, STR("把e\xCC\x81合起来")), STR("把é合起来"));
    arena_free(mem);
    mem = arena_new(32);
    CHECK(!unicode_fold(mem, STR("这一句放不下这一句放不下")).p);
    arena_free(mem);
}

static void folds_one_character(void) {
    uint32_t out[UNICODE_FOLD_MAX];
    CHECK_INT(unicode_fold_char(0xFF37, out), 1);
    CHECK_INT(out[0], 'w');
    CHECK_INT(unicode_fold_char(0x1D4E0, out), 1); /* mathematical Q */
    CHECK_INT(out[0], 'q');
    CHECK_INT(unicode_fold_char(0xFDFA, out), 18);
    CHECK_INT(unicode_fold_char(0x6587, out), 1);
    CHECK_INT(out[0], 0x6587);
}

static void tells_classes_apart(void) {
    CHECK(is_space(0x3000) && is_space('\t') && !is_space(0x200B) && !is_space('\n'));
    CHECK(is_invisible(0x200B) && is_invisible(0xFEFF) && is_invisible(0) && is_invisible(0x85));
    CHECK(!is_invisible('\t') && !is_invisible('\n') && !is_invisible(0x3000));
    CHECK(!is_invisible(0x6587) && !is_invisible(0xE000) && !is_invisible(0xFF01));
    CHECK(is_sentence_end(0x3002) && is_sentence_end('!') && !is_sentence_end(0xFF0C));
    CHECK(is_punctuation(0xFF0C) && is_punctuation('+') && is_punctuation(0x25CF));
    CHECK(!is_punctuation(0x6587) && !is_punctuation('a') && !is_punctuation(' '));
    CHECK(is_han(0x3007) && is_han(0x20000) && !is_han(0x30FC));
}

int main(void) {
    RUN(folds_width_case_and_compatibility_forms);
    RUN(folds_one_character);
    RUN(tells_classes_apart);
    return check_result();
}

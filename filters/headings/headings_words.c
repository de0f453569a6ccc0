/* Words: headings without a number, as 前言, 参考文献, Appendix A. */
#include "headings.h"

/* Headings without a number: those that stand alone, and those that a title may follow. */
static const char alone[] =
    "摘要|提要|内容简介|內容簡介|内容提要|作品简介|引言|绪论|緒論|导论|"
    "導論|结论|結論|结语|結語|结束语|致谢|"
    "致謝|参考文献|參考文獻|大结局|前言|"
    "序言|自序|代序|序|跋|后记|後記|尾声|尾聲|楔子|引子|序章|序幕|终章|"
    "終章|附录|附錄|番外|中文摘要|英文摘要|卷首|卷上|卷中|卷下|上卷|中卷|下卷|上篇|中篇|下篇|"
    "卷末|凡例|缘起|緣起|题记|題記|题词|題詞|导读|導讀|出版说明|"
    "译后记|編後記|编后记|附记|附記|附則|附则|总则|總則";
static const char titled[] =
    "楔子|引子|序章|序言|前言|后记|後記|尾声|尾聲|番外|附录|附錄|终章|終章|序幕";
static const char english[] =
    "abstract|introduction|conclusion|conclusions|references|bibliography|"
    "acknowledgements|acknowledgments|appendix|preface|foreword|prologue|"
    "epilogue|summary|background|discussion|results|methods";

size_t close_up(str s, char *to, size_t room) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        if (is_space(utf8_next(s, &at))) continue;
        if (n + (at - from) > room) return 0;
        memcpy(to + n, s.p + from, at - from);
        n += at - from;
    }
    return n;
}

/* 序 言 张光年: two letter-spaced characters that make a word, and a name. */
static bool is_spaced_word(str s) {
    size_t at = 0, from, n = 0;
    char word[8];
    for (unsigned i = 0; i < 2; i++) {
        from = at;
        uint32_t c = at < s.n ? utf8_next(s, &at) : 0;
        if (!is_han(c) || !is_space(at < s.n ? utf8_next(s, &at) : 0)) return false;
        memcpy(word + n, s.p + from, 3);
        n += 3;
        while (at < s.n && is_space((unsigned char)s.p[at])) at++;
    }
    str rest = str_cut(s, at, s.n);
    return any_at(str_make(word, n), 0, "序言|前言|后记|後記|楔子|引子|尾声|尾聲|附录|附錄") == n &&
           count_chars(rest, 5) < 5 && !ends_sentence(rest);
}

/* Appendix A, Appendix 2: Error codes */
static bool is_appendix(str s) {
    if (s.n < 10 || !str_eq_nocase(str_cut(s, 0, 9), STR("appendix "))) return false;
    unsigned char name = (unsigned char)s.p[9];
    bool named = (name >= 'A' && name <= 'Z') || is_ascii_digit(name);
    return named && (s.n == 10 || memchr(":. -", s.p[10], 4)) && !ends_sentence(s);
}

static bool is_english_word(str s) {
    if (is_appendix(s)) return true;
    str rest = str_of(english), word;
    while (str_next(&rest, '|', &word))
        if (str_eq_nocase(s, word)) return true;
    return false;
}

/* Whether the line is one of the words, maybe with a title. */
static bool is_word(str s) {
    char closed[48];
    if (s.n > 120) return false;
    if ((unsigned char)s.p[0] < 0x80) {
        size_t colon = s.n && s.p[s.n - 1] == ':';
        return (s.p[0] >= 'A' && s.p[0] <= 'Z') && is_english_word(str_cut(s, 0, s.n - colon));
    }
    size_t n = close_up(s, closed, sizeof closed);
    if (n && any_at(str_make(closed, n), 0, alone) == n) return true;
    if (is_spaced_word(s)) return true;
    n = any_at(s, 0, titled);
    if (!n || ends_sentence(s)) return false;
    size_t at = n;
    uint32_t c = n < s.n ? utf8_next(s, &at) : 0;
    uint32_t value;
    size_t number = numeral_read_han(str_cut(s, n, s.n), &value);
    if (number) { /* 番外一 少年时 */
        at = n + number;
        c = at < s.n ? utf8_next(s, &at) : ' ';
        return is_space(c) || c == 0xFF1A;
    }
    return is_space(c) || c == 0xFF1A || c == ':' || is_ascii_digit(c) ||
           (c >= 'A' && c <= 'Z' &&
            (at == s.n || memchr(" :.", s.p[at], 3) || has_at(s, at, "　") || has_at(s, at, "：")));
}

/* Whether a word of the lists can begin with these bytes. */
static bool may_be_word(str s) {
    static const char firsts[] = "摘提内內作引绪緒导導结結致参參大前序自代跋后後尾楔终終附番中英卷"
                                 "上下凡缘緣题題出译編编总總";
    if ((unsigned char)s.p[0] < 0x80)
        return s.n >= 6 && s.n <= 80 && s.p[0] >= 'A' && s.p[0] <= 'Z';
    if (s.n < 3 || s.n > 120) return false;
    for (const char *p = firsts; *p; p += 3)
        if (!memcmp(p, s.p, 3)) return true;
    return false;
}

bool is_heading_word(str s) {
    return may_be_word(s) && is_word(str_trim(s));
}

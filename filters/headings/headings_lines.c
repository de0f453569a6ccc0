/* What a line says by itself: that it is a date, a document's number, an attachment, a caption or a
 * note, by the parts of an official document (GB/T 9704-2012, 7.2 to 7.4). */
#include "headings_roles.h"

bool has_word(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_find(s, word, 0) != STR_NONE) return true;
    return false;
}

bool ends_with_word(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_ends(s, word)) return true;
    return false;
}

str trim(str s) {
    size_t from = 0, to = s.n;
    while (from < s.n) {
        size_t next = from;
        if (!is_space(utf8_next(s, &next))) break;
        from = next;
    }
    while (to > from) {
        size_t before = to;
        if (!is_space(utf8_prev(s, &before))) break;
        to = before;
    }
    return str_cut(s, from, to);
}

/* ---- Dates ----------------------------------------------------------------------------------- */

/* Digits, Arabic or Chinese, and blanks; their count, moving *from past them. */
static size_t skip_number(str s, size_t *from) {
    size_t count = 0;
    while (*from < s.n) {
        size_t next = *from;
        uint32_t c = utf8_next(s, &next);
        bool digit = is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF19) || c == 'O' || c == 'X' ||
                     c == 'x' || c == '*' || c == 0xD7 || c == 0x25CB ||
                     (c >= 0x3007 && numeral_is_han(c));
        if (!digit && !is_space(c)) break;
        count += digit;
        *from = next;
    }
    return count;
}

bool is_date(str line) {
    str s = trim(line);
    size_t from = 0;
    if (s.n < 8 || s.n > 60) return false;
    if (has_at(s, 0, "（") || s.p[0] == '(') {
        uint32_t open = utf8_next(s, &from);
        if (last_mark(s) == 0x65E5) s = str_cut(s, 0, s.n - (open < 0x80 ? 1 : 3));
    }
    size_t digits = skip_number(s, &from);
    if (digits < 2 || digits > 4) return false;
    bool words = has_at(s, from, "年");
    from += words ? 3 : 1;
    if (from >= s.n || (!words && !memchr("-./", s.p[from - 1], 3))) return false;
    if (!skip_number(s, &from) || from > s.n) return false;
    if (!words && (from >= s.n || !memchr("-./", s.p[from], 3))) return false;
    if (words && !has_at(s, from, "月")) return false;
    from += words ? 3 : 1;
    if (from == s.n) return words;
    if (!skip_number(s, &from)) return false;
    return from == s.n || (words && from + 3 == s.n && any_at(s, from, "日|號|号"));
}

/* ---- Numbers and names ----------------------------------------------------------------------- */

bool is_document_number(str s) {
    return s.n <= 90 && (str_ends(s, STR("号")) || str_ends(s, STR("號"))) &&
           has_word(s, "〔|[|［|（|【") && has_word(s, "20|19|２０");
}

/* 份号: six digits. */
static bool is_copy_number(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!is_ascii_digit((unsigned char)s.p[i])) return false;
    return s.n == 6;
}

bool is_letterhead(str s) {
    if (s.n > 90) return false;
    return is_document_number(s) || is_copy_number(s) ||
           (s.n <= 36 && any_at(s, 0, "绝密|機密|机密|秘密|平急|特提") > 0) ||
           any_at(s, 0, "索引号|索 引 号|发文字号|发文机关|成文日期|签发人|密级|份号|特急|加急");
}

bool is_attachment(str s) {
    size_t from = any_at(s, 0, "附件|附　件|附 件");
    uint32_t value;
    if (!from) return str_starts(s, STR("附：")) || str_starts(s, STR("附:"));
    size_t n = numeral_read_han(str_cut(s, from, s.n), &value);
    if (!n) n = numeral_read_digits(str_cut(s, from, s.n), &value);
    size_t end = from + n;
    if (end == s.n) return true;
    uint32_t c = utf8_next(s, &end);
    if (c == 0xFF1A || c == ':') return true;
    return n && s.n < 240 && !ends_sentence(s) &&
           (is_space(c) || c == '.' || c == 0xFF0E || c == 0x3001 || c == '-');
}

/* Whether what follows 图3 goes on as a sentence does: 图3所示, 表1列出. */
static bool goes_on_as_sentence(str s, size_t from) {
    return any_at(s, from,
                  "所|中|为|是|的|列|给|显|可|反|说|和|与|至|、|，|～|~|及|也|就|則|则|表|也|上|下|"
                  "展|将|以") > 0;
}

bool is_caption(str s) {
    size_t from = any_at(s, 0, "图|圖|表|续表|附图|附表|Figure |Fig. |Table |FIGURE |TABLE ");
    uint32_t value;
    if (!from || s.n > 300) return false;
    if (from < s.n && s.p[from] == ' ') from++;
    size_t n = numeral_read_digits(str_cut(s, from, s.n), &value);
    if (!n) n = numeral_read_han(str_cut(s, from, s.n), &value);
    if (!n) return false;
    from += n;
    while (from + 1 < s.n && memchr("-.", s.p[from], 2) &&
           is_ascii_digit((unsigned char)s.p[from + 1]))
        for (from++; from < s.n && is_ascii_digit((unsigned char)s.p[from]);) from++;
    if (from == s.n) return true;
    if (last_mark(s) == 0x3002 || count_chars(s, 60) == 60 || goes_on_as_sentence(s, from))
        return false;
    size_t next = from;
    uint32_t c = utf8_next(s, &next);
    if (is_space(c) || c == 0xFF1A || c == ':' || c == '.' || c == 0xFF0E) return true;
    return is_han(c) && !ends_sentence(s) && count_chars(s, 30) < 30 && !has_word(s, "，");
}

bool is_note(str s) {
    if (any_at(s, 0,
               "注：|注:|备注：|备注:|備註：|附注：|附註：|抄送：|抄送:|抄報：|抄报：|主题词：|"
               "主送：|出席：|列席：|请假：|請假："))
        return true;
    if (s.n < 160 && ends_with_word(s, "日印发|日印發")) return true; /* of the 版记 */
    bool bracketed = any_at(s, 0, "（|(") && ends_with_word(s, "）|)") && s.n < 200;
    return bracketed &&
           has_word(s,
                    "此件|联系人|聯繫人|联系电话|公开发布|公開發佈|共印|不公开|删减|刪減|有删节");
}

bool may_be_named(str s) {
    static const char firsts[] = "图圖表续附注备備抄主出列请請（　";
    if (s.n < 3 || s.n > 1200) return false;
    if (s.p[0] == 'F' || s.p[0] == 'T' || s.p[0] == '(' || s.p[0] == ' ') return true;
    for (const char *p = firsts; *p; p += 3)
        if (!memcmp(p, s.p, 3)) return true;
    if (s.n <= 60 && str_ends(s, STR("日"))) return true;
    return s.n < 160 && (str_ends(s, STR("印发")) || str_ends(s, STR("印發")));
}

/* The words of headings that go with a number: 第三章, 卷五, Chapter 3. */
#include "model/label_reading.h"

/* 第三部队, and so on. */
#define OTHER_PARTS "队|隊|门|門|委|游|赛|电|手|影|车|分人|分地"

/* A row of the table: the first character of a word, what follows it in the word, and what follows
 * it in words that begin alike but name something else: 第二节课, 第一回合, 第三部队. */
typedef struct unit_word {
    char first[4];
    const char *rest;
    enum label_unit unit;
    unsigned word; /* which it is: the same for both scripts */
    const char *others;
} unit_word;

static const unit_word units[] = {
    {"章", "", UNIT_CHAPTER, 10, "程|节|節"},
    {"条", "", UNIT_ARTICLE, 18, "件|例|线|街|路|消|新|腿|鱼"},
    {"节", "", UNIT_SECTION, 16, "课|点"},
    {"回", "", UNIT_CHAPTER, 11, "合|来|來|事|去|见"},
    {"部", "分", UNIT_DIVISION, 1, OTHER_PARTS},
    {"部", "", UNIT_PART, 5, OTHER_PARTS},
    {"篇", "", UNIT_DIVISION, 2, "文|报|章"},
    {"单", "元", UNIT_DIVISION, 3, ""},
    {"單", "元", UNIT_DIVISION, 3, ""},
    {"分", "编", UNIT_DIVISION, 4, ""},
    {"分", "編", UNIT_DIVISION, 4, ""},
    {"编", "", UNIT_PART, 6, ""},
    {"編", "", UNIT_PART, 6, ""},
    {"卷", "", UNIT_VOLUME, 7, "烟"},
    {"册", "", UNIT_VOLUME, 8, ""},
    {"冊", "", UNIT_VOLUME, 8, ""},
    {"集", "", UNIT_VOLUME, 9, "合|团|團"},
    {"话", "", UNIT_CHAPTER, 12, "题|语"},
    {"話", "", UNIT_CHAPTER, 12, ""},
    {"讲", "", UNIT_CHAPTER, 13, "师|话"},
    {"講", "", UNIT_CHAPTER, 13, ""},
    {"课", "", UNIT_CHAPTER, 14, "时|堂"},
    {"課", "", UNIT_CHAPTER, 14, ""},
    {"幕", "", UNIT_CHAPTER, 15, "后"},
    {"節", "", UNIT_SECTION, 16, "課|點"},
    {"场", "", UNIT_SECTION, 17, "合|比|所|次"},
    {"場", "", UNIT_SECTION, 17, ""},
    {"條", "", UNIT_ARTICLE, 18, "件|例"},
    {"段", "", UNIT_PASSAGE, 19, "时|路|落"},
    {"款", "", UNIT_PASSAGE, 20, "项"},
    {"则", "", UNIT_PASSAGE, 21, "消息"},
    {"則", "", UNIT_PASSAGE, 21, ""},
};

static size_t read_unit(str s, size_t at, label *l) {
    str word = str_cut(s, at, s.n);
    for (size_t i = 0; word.n >= 3 && i < sizeof units / sizeof *units; i++) {
        const unit_word *u = &units[i];
        if (memcmp(u->first, word.p, 3)) continue;
        if (label_one_of(word, 3, u->others)) return 0;
        size_t rest = label_one_of(word, 3, u->rest);
        if (*u->rest && !rest) continue;
        l->unit = (uint8_t)u->unit;
        l->word = (uint8_t)u->word;
        return 3 + rest;
    }
    return 0;
}

bool label_read_unit(reading *r) {
    size_t at = r->at;
    bool han, found = false;
    while (label_one_of(r->s, at, "第")) {
        label before = *r->l;
        size_t number = label_skip_blanks(r->s, at + 3), n = label_read_number(r, number, &han);
        size_t name = n ? label_skip_blanks(r->s, number + n) : 0;
        size_t size = n ? read_unit(r->s, name, r->l) : 0;
        if (!size) {
            *r->l = before;
            break;
        }
        found = true;
        at = name + size;
    }
    if (!found) return false;
    if (label_one_of(r->s, at, "之")) {
        size_t n = numeral_read_han(str_cut(r->s, at + 3, at + 3 + NUMERAL_ROOM), &r->l->inserted);
        if (n && r->l->unit == UNIT_ARTICLE)
            at += 3 + n;
        else
            r->l->inserted = 0;
    }
    uint32_t c = label_peek(r->s, at);
    if (c == 0xFF1A || c == ':' || c == 0x3001 || c == '.' || c == 0xFF0C || c == ',') {
        r->l->separator = c;
        at += c < 0x80 ? 1 : 3;
    }
    return label_finish(r, LABEL_UNIT, at);
}

bool label_read_volume(reading *r) {
    bool han;
    size_t at = r->at + 3;
    at += label_one_of(r->s, at, "之|第");
    size_t n = label_read_number(r, at, &han);
    uint32_t c = label_peek(r->s, at + n);
    if (!n || !(c == 0 || is_space(c) || c == 0xFF1A || c == ':' || c == 0xFF08 || c == '('))
        return false;
    read_unit(r->s, r->at, r->l);
    r->l->unit = UNIT_VOLUME;
    return label_finish(r, LABEL_UNIT, at + n);
}

/* Words of English headings, as "chapter 3" or "PART TWO". */
static const struct {
    const char *name;
    enum label_unit unit;
} english_units[] = {
    {"part", UNIT_PART},       {"volume", UNIT_VOLUME},   {"book", UNIT_VOLUME},
    {"chapter", UNIT_CHAPTER}, {"lesson", UNIT_CHAPTER},  {"unit", UNIT_DIVISION},
    {"act", UNIT_CHAPTER},     {"section", UNIT_SECTION}, {"scene", UNIT_SECTION},
    {"article", UNIT_ARTICLE},
};

static size_t read_english_number(str s, uint32_t *value) {
    static const char *const names[] = {"one", "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine", "ten"};
    size_t n = numeral_read_digits(s, value);
    if (!n && (n = numeral_read_roman(s, value)) && s.p[0] >= 'a') n = 0;
    for (size_t i = 0; !n && i < 10; i++) {
        str name = str_of(names[i]);
        if (!str_eq_nocase(str_cut(s, 0, name.n), name)) continue;
        *value = (uint32_t)i + 1;
        n = name.n;
    }
    uint32_t c = n ? label_peek(s, n) : 0;
    return is_ascii_letter(c) || is_ascii_digit(c) ? 0 : n;
}

bool label_read_english(reading *r) {
    uint32_t value;
    if (r->s.p[r->at] >= 'a') return false;
    for (size_t i = 0; i < sizeof english_units / sizeof *english_units; i++) {
        str name = str_of(english_units[i].name);
        size_t at = r->at + name.n;
        if (!str_eq_nocase(str_cut(r->s, r->at, at), name) || label_peek(r->s, at) != ' ') continue;
        size_t number = label_skip_blanks(r->s, at);
        size_t n = read_english_number(str_cut(r->s, number, number + NUMERAL_ROOM), &value);
        if (!n) return false;
        label_set_number(r, number, n, value);
        r->l->unit = (uint8_t)english_units[i].unit;
        size_t end = number + n;
        uint32_t c = label_peek(r->s, end);
        if (c == '.' || c == ':') {
            r->l->separator = c;
            end++;
        } else if (c && !is_space(c) && c != 0xFF1A && c != 0x2014 && c != '-')
            return false;
        return label_finish(r, LABEL_UNIT, end);
    }
    return false;
}

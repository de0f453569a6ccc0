/* The words of headings that go with a number: 第三章, 卷五, Chapter 3. */
#include "model/label_reading.h"

static const struct {
    const char *names;
    enum label_unit unit;
} units[] = {
    {"部分", UNIT_DIVISION},      {"篇", UNIT_DIVISION},   {"单元|單元", UNIT_DIVISION},
    {"分编|分編", UNIT_DIVISION}, {"部", UNIT_PART},       {"编|編", UNIT_PART},
    {"卷", UNIT_VOLUME},          {"册|冊", UNIT_VOLUME},  {"集", UNIT_VOLUME},
    {"章", UNIT_CHAPTER},         {"回", UNIT_CHAPTER},    {"话|話", UNIT_CHAPTER},
    {"讲|講", UNIT_CHAPTER},      {"课|課", UNIT_CHAPTER}, {"幕", UNIT_CHAPTER},
    {"节|節", UNIT_SECTION},      {"场|場", UNIT_SECTION}, {"条|條", UNIT_ARTICLE},
    {"段", UNIT_PASSAGE},         {"款", UNIT_PASSAGE},    {"则|則", UNIT_PASSAGE},
};

/* Words that begin with a unit but name something else: 第二节课, 第一回合, 第三部队. */
static const char not_units[] = "节课|節課|节点|節點|回合|回来|回來|回事|回去|回见|集合|集团|集團|"
                                "部队|部隊|部门|部門|部委|部游|部赛|"
                                "场合|场比|场所|场次|章程|条件|条例|条线|条街|条路|课时|课堂|话题|"
                                "话语|卷烟|讲师|讲话|段时|段路|段落|"
                                "款项|则消息|幕后|篇文|篇报|篇章|章节|章節|条消|条新|条腿|条鱼|"
                                "條件|條例|部电|部手|部影|部车|部分人|部分地";

static size_t read_unit(str s, size_t at, label *l) {
    size_t best = 0;
    if (label_one_of(s, at, not_units)) return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = label_one_of(s, at, units[i].names);
        if (n <= best) continue;
        best = n;
        l->unit = (uint8_t)units[i].unit;
        l->word = (uint8_t)(i + 1);
    }
    return best;
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

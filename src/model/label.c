#include "model/label.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "model/numeral.h"

/* Blanks, wrappers and titles that may stand before a label, in bytes. */
#define HEAD_BYTES 96

static uint32_t peek(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

static size_t skip_blanks(str s, size_t at) {
    while (at < s.n) {
        size_t next = at;
        if (!is_space(utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

/* Whether s goes on with one of the strings of the list, which are separated by '|'. Returns the
 * bytes of the longest, 0 for none. */
static size_t one_of(str s, size_t at, const char *list) {
    str rest = str_of(list), word;
    size_t best = 0;
    while (str_next(&rest, '|', &word))
        if (word.n > best && str_starts(str_cut(s, at, s.n), word)) best = word.n;
    return best;
}

static bool in_list(uint32_t c, const char *list) {
    char character[4];
    str one = {character, utf8_write(character, c)};
    return c && str_find(str_of(list), one, 0) != STR_NONE;
}

/* ---- False friends --------------------------------------------------------------------------- */

/* What follows a number that counts or dates something. */
static const char measures[] =
    "年月日号個个岁歲万萬亿億元吨噸米厘毫公千百十克斤升度人名位次层層级級类類种種项項条條款章节節页"
    "頁"
    "倍分时時秒周週天世届期批家户戶所座台台辆部集回卷点點线線楼樓室％%‰℃°×～~＋+＝=／/";

/* Whether what follows 「3、」 or 「二、」 shows that the number belongs to a list in a sentence:
 * 6、7月份, 二、三类, 1、2、3. */
static bool goes_on_counting(str s, size_t at, uint32_t value) {
    uint32_t next;
    str rest = str_cut(s, at, s.n);
    size_t n = numeral_read_han(rest, &next);
    if (!n) n = numeral_read_digits(rest, &next);
    if (!n) return false;
    uint32_t c = peek(s, at + n);
    if (c == 0x3001 || c == 0x548C || c == 0x53CA || c == 0x81F3) /* 、和及至 */
        return next == value + 1;
    return next > value && next <= value + 2 && in_list(c, measures);
}

/* ---- Schemes --------------------------------------------------------------------------------- */

/* What is read, and how far. */
typedef struct reading {
    str s;
    size_t at;
    label *l;
} reading;

/* Closes the label at byte `end`. */
static bool finish(reading *r, enum label_scheme scheme, size_t end) {
    label *l = r->l;
    l->scheme = (uint8_t)scheme;
    l->size = (uint32_t)(end - l->at);
    l->gap = (uint8_t)(skip_blanks(str_cut(r->s, 0, end + 64), end) - end);
    if (!l->nparts) l->nparts = 1;
    return true;
}

static void set_number(reading *r, size_t at, size_t n, uint32_t value) {
    r->l->number = (uint32_t)at;
    r->l->number_size = (uint32_t)n;
    r->l->value = value;
    r->l->wide = n && (unsigned char)r->s.p[at] == 0xEF;
}

/* A number in Chinese or Arabic digits at byte `at`; its bytes. */
static size_t read_number(reading *r, size_t at, bool *han) {
    uint32_t value;
    str rest = str_cut(r->s, at, at + NUMERAL_ROOM);
    size_t n = numeral_read_digits(rest, &value);
    *han = !n;
    if (!n) n = numeral_read_han(rest, &value);
    if (n) set_number(r, at, n, value);
    return n;
}

static const struct {
    const char *names;
    enum label_unit unit;
} units[] = {
    {"部分|篇|单元|單元|分编|分編", UNIT_DIVISION},
    {"部|编|編", UNIT_PART},
    {"卷|册|冊|集", UNIT_VOLUME},
    {"章|回|话|話|讲|講|课|課|幕", UNIT_CHAPTER},
    {"节|節|场|場", UNIT_SECTION},
    {"条|條", UNIT_ARTICLE},
    {"段|款|则|則", UNIT_PASSAGE},
};

/* Words that begin with a unit but name something else: 第二节课, 第一回合, 第三部队. */
static const char not_units[] = "节课|節課|节点|節點|回合|回来|回來|回事|回去|回见|集合|集团|集團|"
                                "部队|部隊|部门|部門|部委|部游|部赛|"
                                "场合|场比|场所|场次|章程|条件|条例|条线|条街|条路|课时|课堂|话题|"
                                "话语|卷烟|讲师|讲话|段时|段路|段落|"
                                "款项|则消息|幕后|篇文|篇报|篇章|章节|章節|条消|条新|条腿|条鱼|"
                                "條件|條例|部电|部手|部影|部车|部分人|部分地";

static size_t read_unit(str s, size_t at, enum label_unit *unit) {
    size_t best = 0;
    if (one_of(s, at, not_units)) return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = one_of(s, at, units[i].names);
        if (n <= best) continue;
        best = n;
        *unit = units[i].unit;
    }
    return best;
}

/* 第三章, 第 3 章, 第一百六十二条之一, 第八集第六十二章 (the last one counts). */
static bool read_ordinal_unit(reading *r) {
    size_t at = r->at;
    bool han, found = false;
    enum label_unit unit = UNIT_NONE;
    while (one_of(r->s, at, "第")) {
        label before = *r->l;
        size_t number = skip_blanks(r->s, at + 3), n = read_number(r, number, &han);
        size_t name = n ? skip_blanks(r->s, number + n) : 0;
        size_t size = n ? read_unit(r->s, name, &unit) : 0;
        if (!size) {
            *r->l = before;
            break;
        }
        found = true;
        at = name + size;
        r->l->unit = (uint8_t)unit;
    }
    if (!found) return false;
    if (one_of(r->s, at, "之")) {
        size_t n = numeral_read_han(str_cut(r->s, at + 3, at + 3 + NUMERAL_ROOM), &r->l->inserted);
        if (n && unit == UNIT_ARTICLE)
            at += 3 + n;
        else
            r->l->inserted = 0;
    }
    uint32_t c = peek(r->s, at);
    if (c == 0xFF1A || c == ':' || c == 0x3001 || c == '.' || c == 0xFF0C || c == ',') {
        r->l->separator = c;
        at += c < 0x80 ? 1 : 3;
    }
    return finish(r, LABEL_UNIT, at);
}

/* 第三， 其三， 首先 is none: it has no number. */
static bool read_ordinal(reading *r, size_t at) {
    bool han;
    size_t n = read_number(r, at, &han), end = at + n;
    uint32_t c = n ? peek(r->s, end) : 0;
    if (!n || (c != 0xFF0C && c != ',' && c != 0x3001 && c != 0xFF1A && c != ':')) return false;
    r->l->separator = c;
    return finish(r, LABEL_ORDINAL, end + (c < 0x80 ? 1 : 3));
}

/* 卷五, 卷之五, 卷第五: at the end of the line or before a blank, colon or bracket. */
static bool read_volume(reading *r) {
    bool han;
    size_t at = r->at + 3;
    at += one_of(r->s, at, "之|第");
    size_t n = read_number(r, at, &han);
    uint32_t c = peek(r->s, at + n);
    if (!n || !(c == 0 || is_space(c) || c == 0xFF1A || c == ':' || c == 0xFF08 || c == '('))
        return false;
    r->l->unit = UNIT_VOLUME;
    return finish(r, LABEL_UNIT, at + n);
}

/* A number in brackets: （三） (3) （iv) (a), or one of 。⑶ ㈢. */
static bool read_bracketed(reading *r) {
    uint32_t open = peek(r->s, r->at), value;
    size_t start = r->at + (open < 0x80 ? 1 : 3), n;
    str rest = str_cut(r->s, start, start + NUMERAL_ROOM);
    enum label_scheme scheme;
    if ((n = numeral_read_han(rest, &value)))
        scheme = LABEL_HAN_BRACKET;
    else if ((n = numeral_read_digits(rest, &value)))
        scheme = LABEL_DIGIT_BRACKET;
    else if ((n = numeral_read_roman(rest, &value)) && (n > 1 || value == 1 || value == 5))
        scheme = LABEL_ROMAN;
    else if (rest.n && is_ascii_letter((unsigned char)rest.p[0])) {
        scheme = LABEL_LETTER_BRACKET;
        value = (uint32_t)(rest.p[0] | 32) - 'a' + 1;
        n = 1;
    } else
        return false;
    uint32_t close = peek(r->s, start + n);
    if ((close != ')' && close != 0xFF09) || value > 999) return false;
    size_t end = start + n + (close < 0x80 ? 1 : 3);
    uint32_t c = peek(r->s, end);
    /* （四）、（五）项所列: a list of references in a sentence. */
    if (c == 0x3001 && in_list(peek(r->s, end + 3), "（(")) return false;
    if (c == 0x9879 || c == 0x6B3E) return false; /* （五）项 */
    r->l->brackets = (open < 0x80) != (close < 0x80) ? BRACKETS_MIXED
                     : open < 0x80                   ? BRACKETS_HALF
                                                     : BRACKETS_FULL;
    set_number(r, start, n, value);
    if (c == 0x3001) { /* （一）、 */
        r->l->separator = c;
        end += 3;
    }
    return finish(r, scheme, end);
}

/* A Chinese number without 第: 三、 三． 三是 三 and a blank. */
static bool read_han(reading *r) {
    uint32_t value;
    size_t n = numeral_read_han(str_cut(r->s, r->at, r->at + NUMERAL_ROOM), &value);
    size_t end = r->at + n;
    if (!n || value == 0 || value > 999) return false;
    set_number(r, r->at, n, value);
    uint32_t c = peek(r->s, end);
    if (c == 0x662F && value <= 30) return finish(r, LABEL_ORDINAL, end + 3);
    size_t blanks = skip_blanks(r->s, end);
    uint32_t after = peek(r->s, blanks);
    if (after == 0x3001 || after == 0xFF0E || (c == '.' && peek(r->s, end + 1) != '.') ||
        (c == 0x3002 && peek(r->s, end + 3))) {
        uint32_t mark = blanks > end && after == 0x3001 ? after : c;
        if (is_space(mark)) mark = after;
        size_t stop = (mark == c ? end : blanks) + (mark < 0x80 ? 1 : 3);
        if (goes_on_counting(r->s, stop, value)) return false;
        r->l->separator = mark;
        return finish(r, LABEL_HAN, stop);
    }
    if (c == 0 || !is_space(c)) return false;
    return finish(r, LABEL_HAN_BARE, end);
}

/* The rest of 3.1.2, from its first dot on. Returns where it ends, 0 when it is no such number. */
static size_t read_decimal_parts(reading *r, size_t end) {
    label *l = r->l;
    l->parts[0] = l->value;
    l->nparts = 1;
    size_t at = end;
    if (l->value > 99) return 0;
    while (l->nparts < LABEL_PARTS) {
        uint32_t dot = peek(r->s, at), value;
        if (dot != '.' && dot != 0xFF0E) break;
        size_t start = at + (dot < 0x80 ? 1 : 3);
        size_t n = numeral_read_digits(str_cut(r->s, start, start + NUMERAL_ROOM), &value);
        if (!n || n > 3 + 6 * (size_t)l->wide || (n > 1 && r->s.p[start] == '0')) break;
        if (value > 99) return 0; /* an address, a quantity */
        l->parts[l->nparts++] = l->value = value;
        at = start + n;
    }
    if (l->nparts < 2) return 0;
    l->number_size = (uint32_t)(at - l->number);
    return at;
}

/* 3.1 is a label before a blank, the end or a word, but not before a unit: 1.5万, 3.2%. */
static bool read_decimal(reading *r, size_t end) {
    size_t stop = read_decimal_parts(r, end);
    if (!stop) return false;
    uint32_t c = peek(r->s, stop);
    if (c == '.' || c == 0xFF0E || c == 0x3001) {
        uint32_t next = peek(r->s, stop + (c < 0x80 ? 1 : 3));
        if (is_ascii_digit(next)) return false; /* a date or an address: 1989.03.21 */
        r->l->separator = c;
        stop += c < 0x80 ? 1 : 3;
    } else if (c && !is_space(c)) {
        bool word = is_han(c) || (is_ascii_letter(c) && c < 'a') || c == 0x300A || c == 0x201C;
        if (!word || (r->l->nparts == 2 && in_list(c, measures))) return false;
    } else if (is_space(c) && r->l->nparts == 2) {
        uint32_t next = peek(r->s, skip_blanks(r->s, stop));
        if (next == '%' || (next && in_list(next, "％×=＝+~～／/")) || next == '-') return false;
    }
    return finish(r, LABEL_DECIMAL, stop);
}

/* Whether the character after 「3.」 begins a text rather than a decimal, a file name or a domain.
 */
static bool begins_text(str s, size_t at, uint32_t mark) {
    uint32_t c = peek(s, at);
    if (is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF19)) return mark == 0x3001;
    if (mark != '.') return true;
    return !(c >= 'a' && c <= 'z') && c != '.' && c != '-' && c != '/';
}

/* 3 总则, 2组织指挥体系: a number before a blank or Han. */
static bool read_bare_digits(reading *r, size_t end, uint32_t c) {
    if (r->l->number_size > 3 || !c) return false;
    if (is_space(c)) {
        uint32_t next = peek(r->s, skip_blanks(r->s, end));
        if (!next || is_ascii_digit(next) || in_list(next, measures)) return false;
    } else if (!is_han(c) || in_list(c, measures) || r->l->number_size > 2)
        return false;
    return finish(r, LABEL_DIGIT_BARE, end);
}

/* 8.第8章: the number of a list before that of the chapter, which counts. */
static bool read_doubled(reading *r, size_t at) {
    label first = *r->l;
    size_t from = r->at;
    r->at = at;
    if (read_ordinal_unit(r) && r->l->value == first.value) return true;
    r->at = from;
    *r->l = first;
    return false;
}

static bool read_digits(reading *r) {
    bool han;
    size_t n = read_number(r, r->at, &han), end = r->at + n;
    if (!n || han || n > 3 + 6 * (size_t)r->l->wide) return false;
    if (read_decimal(r, end)) return true;
    if (r->l->nparts > 1) return false;
    uint32_t c = peek(r->s, end);
    size_t blanks = skip_blanks(r->s, end);
    if (is_space(c) && peek(r->s, blanks) == 0x3001) {
        end = blanks;
        c = 0x3001;
    }
    size_t after = end + (c < 0x80 ? 1 : 3);
    switch (c) {
    case '.':
    case 0xFF0E: /* ． */
    case 0x3001: /* 、 */
        if (one_of(r->s, after, "第") && read_doubled(r, after)) return true;
        if (!begins_text(r->s, after, c) || goes_on_counting(r->s, after, r->l->value)) break;
        r->l->separator = c;
        r->l->wide |= c == 0xFF0E;
        return finish(r, LABEL_DIGIT, after);
    case ')':
    case 0xFF09: /* ） */ r->l->separator = c; return finish(r, LABEL_DIGIT_HALF, after);
    default: return read_bare_digits(r, end, c);
    }
    return false;
}

static bool read_enclosed(reading *r) {
    uint32_t c = peek(r->s, r->at), value;
    enum numeral_enclosure e = numeral_enclosed(c, &value);
    static const uint8_t schemes[] = {LABEL_NONE, LABEL_CIRCLED, LABEL_DIGIT_BRACKET,
                                      LABEL_HAN_BRACKET, LABEL_DIGIT};
    if (e == ENCLOSED_NONE) return false;
    set_number(r, r->at, 3, value);
    r->l->wide = true;
    return finish(r, (enum label_scheme)schemes[e], r->at + 3);
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
    uint32_t c = n ? peek(s, n) : 0;
    return is_ascii_letter(c) || is_ascii_digit(c) ? 0 : n;
}

static bool read_english_unit(reading *r) {
    uint32_t value;
    if (r->s.p[r->at] >= 'a') return false;
    for (size_t i = 0; i < sizeof english_units / sizeof *english_units; i++) {
        str name = str_of(english_units[i].name);
        size_t at = r->at + name.n;
        if (!str_eq_nocase(str_cut(r->s, r->at, at), name) || peek(r->s, at) != ' ') continue;
        size_t number = skip_blanks(r->s, at);
        size_t n = read_english_number(str_cut(r->s, number, number + NUMERAL_ROOM), &value);
        if (!n) return false;
        set_number(r, number, n, value);
        r->l->unit = (uint8_t)english_units[i].unit;
        size_t end = number + n;
        uint32_t c = peek(r->s, end);
        if (c == '.' || c == ':') {
            r->l->separator = c;
            end++;
        } else if (c && !is_space(c) && c != 0xFF1A && c != 0x2014 && c != '-')
            return false;
        return finish(r, LABEL_UNIT, end);
    }
    return false;
}

/* III. C. c) C、: one letter or a Roman number, a stop, and a blank or Han. */
static bool read_letters(reading *r) {
    uint32_t value;
    str rest = str_cut(r->s, r->at, r->at + NUMERAL_ROOM);
    size_t n = numeral_read_roman(rest, &value);
    enum label_scheme scheme = LABEL_ROMAN;
    bool letter = (unsigned char)rest.p[0] < 0x80;
    if (!n || (letter && n == 1 && value != 1 && value != 5 && value != 10)) {
        if (!letter || !is_ascii_letter((unsigned char)rest.p[0])) return false;
        scheme = LABEL_LETTER;
        value = (uint32_t)(rest.p[0] | 32) - 'a' + 1;
        n = 1;
    }
    uint32_t c = peek(r->s, r->at + n);
    size_t end = r->at + n + (c < 0x80 ? 1 : 3);
    bool half = c == ')' || c == 0xFF09;
    if (!half && c != '.' && c != 0xFF0E && c != 0x3001) return false;
    uint32_t next = peek(r->s, end);
    if (!is_space(next) && !is_han(next)) return false;
    set_number(r, r->at, n, value);
    r->l->separator = c;
    if (half && scheme == LABEL_LETTER) scheme = LABEL_LETTER_HALF;
    return finish(r, scheme, end);
}

static bool read_bullet(reading *r) {
    size_t n = one_of(r->s, r->at, "•|●|■|◆|▪|○|□|◇|★|☆|·|➢|✓|✔|‣|–|-|*|※|►|▶|►|▲|△");
    size_t end = r->at + n;
    if (!n || (n == 1 && peek(r->s, end) != ' ')) return false;
    if (!peek(r->s, skip_blanks(r->s, end))) return false;
    r->l->value = 0;
    r->l->number = (uint32_t)r->at;
    return finish(r, LABEL_BULLET, end);
}

/* ---- What may stand before ------------------------------------------------------------------- */

/* Skips what books put before 第N章: an opening bracket, 正文, 《书名》. Only for units. */
static size_t skip_wrapper(str s, size_t at) {
    size_t from = at;
    str head = str_cut(s, at, at + HEAD_BYTES);
    if (one_of(s, at, "《")) {
        size_t close = str_find(head, STR("》"), 0);
        if (close == STR_NONE) return from;
        at = skip_blanks(s, at + close + 3);
    }
    for (size_t n; (n = one_of(s, at, "[|【|(|（|〔|「|『|●|◆|★|☆|※|■"));)
        at = skip_blanks(s, at + n);
    at = skip_blanks(s, at + one_of(s, at, "正文"));
    return one_of(s, at, "第") ? at : from;
}

static bool read_at(reading *r) {
    unsigned char c = (unsigned char)r->s.p[r->at];
    if (c == '(' || one_of(r->s, r->at, "（")) return read_bracketed(r);
    if (is_ascii_digit(c)) return read_digits(r);
    if (is_ascii_letter(c)) return read_english_unit(r) || read_letters(r);
    if (one_of(r->s, r->at, "第")) return read_ordinal_unit(r) || read_ordinal(r, r->at + 3);
    if (one_of(r->s, r->at, "其") && read_ordinal(r, r->at + 3)) return true;
    if (one_of(r->s, r->at, "卷")) return read_volume(r);
    return read_han(r) || (c >= 0x80 && read_digits(r)) || read_enclosed(r) ||
           (c >= 0x80 && read_letters(r)) || read_bullet(r);
}

/* Whether a label can begin with c. Nearly every paragraph of prose ends its way here. */
static bool may_begin(uint32_t c) {
    if (c < 0x80) return c > ' ' && c != '<' && c != '{' && c != '"';
    if (c >= 0x4E00 && c <= 0x9FFF)
        return c == 0x7B2C || c == 0x5176 || c == 0x5377 || c == 0x6B63 || numeral_is_han(c);
    if (c >= 0x2018 && c <= 0x201D) return false;
    return c >= 0xFF00 ? c <= 0xFF19 : c < 0x4E00;
}

bool label_read(str text, label *out) {
    *out = (label){0};
    size_t at = skip_blanks(text, 0);
    if (at >= text.n || at > HEAD_BYTES || !may_begin(peek(text, at))) return false;
    size_t inner = skip_wrapper(text, at);
    reading r = {text, inner, out};
    out->at = (uint32_t)inner;
    if (read_at(&r)) return true;
    if (inner != at) {
        *out = (label){.at = (uint32_t)at};
        r.at = at;
        if (read_at(&r)) return true;
    }
    *out = (label){0};
    return false;
}

size_t label_text(const label *l) {
    return (size_t)l->at + l->size + l->gap;
}

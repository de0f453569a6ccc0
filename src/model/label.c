/* The reader of labels: numbers, letters and bullets, and what may stand before them. */
#include "model/label_reading.h"

/* Blanks, wrappers and titles that may stand before a label, in bytes. */
#define HEAD_BYTES 96

size_t label_skip_blanks(str s, size_t at) {
    while (at < s.n) {
        size_t next = at;
        if (!is_space(utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

/* Walks over the list as it stands: every line of every text is held against some. */
size_t label_one_of(str s, size_t at, const char *list) {
    size_t best = 0, left = at < s.n ? s.n - at : 0;
    const char *p = left ? s.p + at : list;
    for (const char *word = list; left && *word;) {
        size_t n = 0;
        while (n < left && word[n] == p[n] && word[n] != '|' && word[n]) n++;
        if ((!word[n] || word[n] == '|') && n > best) best = n;
        while (word[n] && word[n] != '|') n++;
        word += n + (word[n] == '|');
    }
    return best;
}

bool label_finish(reading *r, enum label_scheme scheme, size_t end) {
    label *l = r->l;
    l->scheme = (uint8_t)scheme;
    l->size = (uint32_t)(end - l->at);
    l->gap = (uint8_t)(label_skip_blanks(str_cut(r->s, 0, end + 64), end) - end);
    if (!l->nparts) l->nparts = 1;
    return true;
}

void label_set_number(reading *r, size_t at, size_t n, uint32_t value) {
    r->l->number = (uint32_t)at;
    r->l->number_size = (uint32_t)n;
    r->l->value = value;
    r->l->wide = n && (unsigned char)r->s.p[at] == 0xEF;
}

size_t label_read_number(reading *r, size_t at, bool *han) {
    uint32_t value;
    str rest = str_cut(r->s, at, at + NUMERAL_ROOM);
    size_t n = numeral_read_digits(rest, &value);
    *han = !n;
    if (!n) n = numeral_read_han(rest, &value);
    if (n) label_set_number(r, at, n, value);
    return n;
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
    uint32_t c = label_peek(s, at + n);
    if (value == 3 && label_one_of(s, at, "两|兩|五"))
        return label_one_of(s, at + n, "天|日|年|次|句|步|岁|歲|里|下|成群") > 0; /* 三、两天 */
    if (c == 0x3001 || c == 0x548C || c == 0x53CA || c == 0x81F3)                 /* 、和及至 */
        return next == value + 1;
    if (value > 10 && next < 10) value %= 10; /* 十三、四岁 */
    return next > value && next <= value + 2 && in_list(c, measures);
}

/* ---- Schemes --------------------------------------------------------------------------------- */

/* 第三， 其三， 第三 and a blank; 首先 is none: it has no number. */
static bool read_ordinal(reading *r, size_t at) {
    bool han;
    size_t n = label_read_number(r, at, &han), end = at + n;
    uint32_t c = n ? label_peek(r->s, end) : 0;
    if (han && is_space(c) && is_han(label_peek(r->s, label_skip_blanks(r->s, end))))
        return label_finish(r, LABEL_ORDINAL, end);
    if (!n || (c != 0xFF0C && c != ',' && c != 0x3001 && c != 0xFF1A && c != ':')) return false;
    r->l->separator = c;
    return label_finish(r, LABEL_ORDINAL, end + (c < 0x80 ? 1 : 3));
}

/* Whether a letter or Roman number is small: c, iii, ⅲ (U+2170 and after). */
static bool is_lower(str s) {
    uint32_t c = label_peek(s, 0);
    return (c >= 'a' && c <= 'z') || c >= 0x2170;
}

/* A number in brackets: （三） (3) （iv) (a), or one of 。⑶ ㈢. */
static bool read_bracketed(reading *r) {
    uint32_t open = label_peek(r->s, r->at), value;
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
    uint32_t close = label_peek(r->s, start + n);
    if ((close != ')' && close != 0xFF09) || value > 999) return false;
    size_t end = start + n + (close < 0x80 ? 1 : 3);
    uint32_t c = label_peek(r->s, end);
    /* （四）、（五）项所列: a list of references in a sentence. */
    if (c == 0x3001 && in_list(label_peek(r->s, end + 3), "（(")) return false;
    /* （五）项规定, but （五）项目建设 */
    if ((c == 0x9879 || c == 0x6B3E) &&
        label_one_of(r->s, end + 3, "所|规定|規定|的|中|、|，|。|之|和|与|或|至|情形|行为|要求"))
        return false;
    r->l->brackets = (open < 0x80) != (close < 0x80) ? BRACKETS_MIXED
                     : open < 0x80                   ? BRACKETS_HALF
                                                     : BRACKETS_FULL;
    label_set_number(r, start, n, value);
    r->l->lower = (scheme == LABEL_ROMAN || scheme == LABEL_LETTER_BRACKET) && is_lower(rest);
    if (c == 0x3001) { /* （一）、 */
        r->l->separator = c;
        end += 3;
    }
    return label_finish(r, scheme, end);
}

/* Whether a number is written with the numerals of contracts: 壹 貳 參. */
static bool is_formal(str s) {
    static const char numerals[] = "壹貳贰參叁肆伍陸陆柒捌玖拾";
    for (size_t i = 0; i + 1 < sizeof numerals; i += 3)
        if (str_starts(s, str_make(numerals + i, 3))) return true;
    return false;
}

/* A Chinese number without 第: 三、 三． 三是 三 and a blank. */
static bool read_han(reading *r) {
    uint32_t value;
    size_t n = numeral_read_han(str_cut(r->s, r->at, r->at + NUMERAL_ROOM), &value);
    size_t end = r->at + n;
    if (!n || value == 0 || value > 999) return false;
    label_set_number(r, r->at, n, value);
    uint32_t c = label_peek(r->s, end);
    if (c == 0x662F && value <= 30) return label_finish(r, LABEL_ORDINAL, end + 3);
    size_t blanks = label_skip_blanks(r->s, end);
    uint32_t after = label_peek(r->s, blanks);
    if (after == 0x3001 || after == 0xFF0E || (c == '.' && label_peek(r->s, end + 1) != '.') ||
        (c == 0x3002 && label_peek(r->s, end + 3))) {
        uint32_t mark = blanks > end && after == 0x3001 ? after : c;
        if (is_space(mark)) mark = after;
        size_t stop = (mark == c ? end : blanks) + (mark < 0x80 ? 1 : 3);
        if (goes_on_counting(r->s, stop, value)) return false;
        r->l->separator = mark;
        r->l->formal = is_formal(str_cut(r->s, r->at, r->at + n));
        return label_finish(r, LABEL_HAN, stop);
    }
    if (c == 0 || !is_space(c)) return false;
    return label_finish(r, LABEL_HAN_BARE, end);
}

/* The rest of 3.1.2, from its first dot on. Returns where it ends, 0 when it is no such number. */
static size_t read_decimal_parts(reading *r, size_t end) {
    label *l = r->l;
    l->parts[0] = l->value;
    l->nparts = 1;
    size_t at = end;
    if (l->value > 99) return 0;
    while (l->nparts < LABEL_PARTS) {
        uint32_t dot = label_peek(r->s, at), value;
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
    uint32_t c = label_peek(r->s, stop);
    if (c == '.' || c == 0xFF0E || c == 0x3001) {
        uint32_t next = label_peek(r->s, stop + (c < 0x80 ? 1 : 3));
        if (is_ascii_digit(next)) return false; /* a date or an address: 1989.03.21 */
        r->l->separator = c;
        stop += c < 0x80 ? 1 : 3;
    } else if (c && !is_space(c)) {
        bool word = is_han(c) || (is_ascii_letter(c) && c < 'a') || c == 0x300A || c == 0x201C ||
                    c == 0xFF08;
        if (!word || (r->l->nparts == 2 && in_list(c, measures))) return false;
    } else if (is_space(c) && r->l->nparts == 2) {
        uint32_t next = label_peek(r->s, label_skip_blanks(r->s, stop));
        if (next == '%' || (next && in_list(next, "％×=＝+~～／/")) || next == '-') return false;
    }
    return label_finish(r, LABEL_DECIMAL, stop);
}

/* Whether the character after 「3.」 begins a text rather than a decimal, a file name or a domain.
 */
static bool begins_text(str s, size_t at, uint32_t mark) {
    uint32_t c = label_peek(s, at);
    if (is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF19)) return mark == 0x3001;
    if (mark != '.') return true;
    return !(c >= 'a' && c <= 'z') && c != '.' && c != '-' && c != '/';
}

/* 3 总则, 2组织指挥体系: a number before a blank or Han. */
static bool read_bare_digits(reading *r, size_t end, uint32_t c) {
    if (r->l->number_size > 3 || !c) return false;
    if (is_space(c)) {
        uint32_t next = label_peek(r->s, label_skip_blanks(r->s, end));
        if (!next || is_ascii_digit(next) || in_list(next, measures)) return false;
    } else if (!is_han(c) || in_list(c, measures) || r->l->number_size > 2)
        return false;
    return label_finish(r, LABEL_DIGIT_BARE, end);
}

/* 8.第8章: the number of a list before that of the chapter, which counts. */
static bool read_doubled(reading *r, size_t at) {
    label first = *r->l;
    size_t from = r->at;
    r->at = at;
    if (label_read_unit(r) && r->l->value == first.value) return true;
    r->at = from;
    *r->l = first;
    return false;
}

static bool read_digits(reading *r) {
    bool han;
    size_t n = label_read_number(r, r->at, &han), end = r->at + n;
    if (!n || han || n > 3 + 6 * (size_t)r->l->wide) return false;
    if (read_decimal(r, end)) return true;
    if (r->l->nparts > 1) return false;
    uint32_t c = label_peek(r->s, end);
    size_t blanks = label_skip_blanks(r->s, end);
    if (is_space(c) && label_peek(r->s, blanks) == 0x3001) {
        end = blanks;
        c = 0x3001;
    }
    size_t after = end + (c < 0x80 ? 1 : 3);
    switch (c) {
    case '.':
    case 0xFF0E: /* ． */
    case 0x3001: /* 、 */
        if (label_one_of(r->s, after, "第") && read_doubled(r, after)) return true;
        if (!begins_text(r->s, after, c) || goes_on_counting(r->s, after, r->l->value)) break;
        r->l->separator = c;
        r->l->wide |= c == 0xFF0E;
        return label_finish(r, LABEL_DIGIT, after);
    case ')':
    case 0xFF09: /* ） */ r->l->separator = c; return label_finish(r, LABEL_DIGIT_HALF, after);
    default: return read_bare_digits(r, end, c);
    }
    return false;
}

static bool read_enclosed(reading *r) {
    uint32_t c = label_peek(r->s, r->at), value;
    enum numeral_enclosure e = numeral_enclosed(c, &value);
    static const uint8_t schemes[] = {LABEL_NONE, LABEL_CIRCLED, LABEL_DIGIT_BRACKET,
                                      LABEL_HAN_BRACKET, LABEL_DIGIT};
    if (e == ENCLOSED_NONE) return false;
    label_set_number(r, r->at, 3, value);
    r->l->wide = true;
    return label_finish(r, (enum label_scheme)schemes[e], r->at + 3);
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
    uint32_t c = label_peek(r->s, r->at + n);
    size_t end = r->at + n + (c < 0x80 ? 1 : 3);
    if (!letter && is_space(c) && label_peek(r->s, label_skip_blanks(r->s, r->at + n))) {
        label_set_number(r, r->at, n, value); /* Ⅲ　名称 */
        r->l->lower = is_lower(rest);
        return label_finish(r, scheme, r->at + n);
    }
    bool half = c == ')' || c == 0xFF09;
    if (!half && c != '.' && c != 0xFF0E && c != 0x3001) return false;
    uint32_t next = label_peek(r->s, end);
    if (!is_space(next) && !is_han(next)) return false;
    label_set_number(r, r->at, n, value);
    r->l->separator = c;
    r->l->lower = is_lower(rest);
    if (half && scheme == LABEL_LETTER) scheme = LABEL_LETTER_HALF;
    return label_finish(r, scheme, end);
}

static bool read_bullet(reading *r) {
    size_t n = label_one_of(r->s, r->at, "•|●|■|◆|▪|○|□|◇|★|☆|·|➢|✓|✔|‣|–|-|*|※|►|▶|►|▲|△");
    size_t end = r->at + n;
    if (!n || (n == 1 && label_peek(r->s, end) != ' ')) return false;
    if (!label_peek(r->s, label_skip_blanks(r->s, end))) return false;
    r->l->value = 0;
    r->l->number = (uint32_t)r->at;
    return label_finish(r, LABEL_BULLET, end);
}

/* ---- What may stand before ------------------------------------------------------------------- */

/* Whether c is a letter, a digit or an ideograph. */
static bool is_of_words(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || is_ascii_digit(c) || is_ascii_letter(c);
}

/* Skips what books put before 第N章: an opening bracket, 正文, 《书名》. Only for units. */
static size_t skip_wrapper(str s, size_t at) {
    size_t from = at;
    uint32_t c = label_peek(s, at);
    if (is_of_words(c) && c != 0x6B63) return from;
    str head = str_cut(s, at, at + HEAD_BYTES);
    if (label_one_of(s, at, "《")) {
        size_t close = str_find(head, STR("》"), 0);
        if (close == STR_NONE) return from;
        at = label_skip_blanks(s, at + close + 3);
    }
    for (size_t n = 1; n && !is_of_words(label_peek(s, at));) {
        n = label_one_of(s, at, "[|【|(|（|〔|「|『|●|◆|★|☆|※|■");
        at = label_skip_blanks(s, at + n);
    }
    at = label_skip_blanks(s, at + label_one_of(s, at, "正文"));
    return label_one_of(s, at, "第") ? at : from;
}

static bool read_at(reading *r) {
    uint32_t c = label_peek(r->s, r->at);
    if (c == '(' || c == 0xFF08) return read_bracketed(r);
    if (is_ascii_digit(c)) return read_digits(r);
    if (is_ascii_letter(c)) return label_read_english(r) || read_letters(r);
    if (c == 0x7B2C) return label_read_unit(r) || read_ordinal(r, r->at + 3); /* 第 */
    if (c == 0x5176) return read_ordinal(r, r->at + 3);                       /* 其 */
    if (c == 0x5377) return label_read_volume(r);                             /* 卷 */
    if (c >= 0x4E00 && c <= 0x9FFF) return read_han(r);
    return read_han(r) || (c >= 0x80 && read_digits(r)) || read_enclosed(r) ||
           (c >= 0x80 && read_letters(r)) || (c < 0x3000 && read_bullet(r));
}

/* Whether a label can begin with c. Nearly every paragraph of prose ends its way here. */
static bool may_begin(uint32_t c) {
    if (c < 0x80) return is_of_words(c) || c == '(' || c == '[' || c == '-' || c == '*';
    if (c >= 0x4E00 && c <= 0x9FFF)
        return c == 0x7B2C || c == 0x5176 || c == 0x5377 || c == 0x6B63 || numeral_is_han(c);
    if (c >= 0x2018 && c <= 0x201D) return false;
    return c >= 0xFF00 ? c <= 0xFF19 : c < 0x4E00;
}

bool label_read(str text, label *out) {
    *out = (label){0};
    size_t at = label_skip_blanks(text, 0);
    if (at >= text.n || at > HEAD_BYTES || !may_begin(label_peek(text, at))) return false;
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

bool label_read_chapter(str text, label *out) {
    *out = (label){.at = (uint32_t)label_skip_blanks(text, 0)};
    reading r = {text, out->at, out};
    uint32_t value;
    size_t n = numeral_read_digits(str_cut(text, r.at, r.at + NUMERAL_ROOM), &value);
    bool number = n && n <= 2 && value && is_space(label_peek(text, r.at + n)) &&
                  label_peek(text, label_skip_blanks(text, r.at + n));
    if (!number) return *out = (label){0}, false;
    label_set_number(&r, r.at, n, value);
    return label_finish(&r, LABEL_DIGIT_BARE, r.at + n);
}

size_t label_text(const label *l) {
    return (size_t)l->at + l->size + l->gap;
}

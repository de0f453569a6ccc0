#include "model/numeral.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <stdio.h>

/* What a character is in a Chinese numeral: 0–9 a digit, 10, 100, 1000, 10000 a unit, 20 or 30 the
 * two that are both (廿 卅), -1 nothing. The second column of the everyday numerals are the forms
 * of accounts and the Kangxi radicals (U+2F00 …), which extraction from PDF leaves. */
static int han_digit(uint32_t c) {
    switch (c) {
    case 0x3007: /* 〇 */
    case 0x25CB: /* ○ */
    case 0x96F6: /* 零 */ return 0;
    case 0x4E00: /* 一 */
    case 0x58F9: /* 壹 */
    case 0x2F00: return 1;
    case 0x4E8C: /* 二 */
    case 0x8D30: /* 贰 */
    case 0x8CB3: /* 貳 */
    case 0x4E24: /* 两 */
    case 0x5169: /* 兩 */
    case 0x2F06: return 2;
    case 0x4E09: /* 三 */
    case 0x53C1: /* 叁 */
    case 0x53C3: /* 參 */ return 3;
    case 0x56DB: /* 四 */
    case 0x8086: /* 肆 */ return 4;
    case 0x4E94: /* 五 */
    case 0x4F0D: /* 伍 */ return 5;
    case 0x516D: /* 六 */
    case 0x9646: /* 陆 */
    case 0x9678: /* 陸 */ return 6;
    case 0x4E03: /* 七 */
    case 0x67D2: /* 柒 */ return 7;
    case 0x516B: /* 八 */
    case 0x634C: /* 捌 */
    case 0x2F0B: return 8;
    case 0x4E5D: /* 九 */
    case 0x7396: /* 玖 */ return 9;
    case 0x5341: /* 十 */
    case 0x62FE: /* 拾 */
    case 0x2F17: return 10;
    case 0x5EFF: /* 廿 */ return 20;
    case 0x5345: /* 卅 */ return 30;
    case 0x767E: /* 百 */
    case 0x4F70: /* 佰 */ return 100;
    case 0x5343: /* 千 */
    case 0x4EDF: /* 仟 */ return 1000;
    case 0x4E07: /* 万 */
    case 0x842C: /* 萬 */ return 10000;
    default: return -1;
    }
}

bool numeral_is_han(uint32_t c) {
    return han_digit(c) >= 0;
}

/* A Chinese numeral as far as it is read. */
typedef struct han {
    uint32_t total;  /* what units have been multiplied into */
    uint32_t digits; /* digits that wait for a unit */
    unsigned ndigits;
    uint32_t unit; /* the last unit: the next must be smaller */
    bool zero;     /* 零 stood before the waiting digit */
} han;

static bool add_digit(han *h, uint32_t digit) {
    bool positional = h->unit == UINT32_MAX;
    if (h->ndigits && !positional) return false;
    if (!positional && digit == 0) {
        if (h->zero) return false;
        h->zero = true;
        return true;
    }
    if (h->ndigits == 5) return false;
    h->digits = h->digits * 10 + digit;
    h->ndigits++;
    return true;
}

static bool add_unit(han *h, uint32_t unit) {
    if (unit == 20 || unit == 30) {
        if (h->ndigits || h->unit <= 10) return false;
        h->total += unit;
        h->unit = 10;
        return true;
    }
    if (h->ndigits > 1 || unit >= h->unit || (!h->ndigits && unit != 10)) return false;
    if (h->ndigits && !h->digits) return false;
    h->total += (h->ndigits ? h->digits : 1) * unit;
    h->digits = h->ndigits = 0;
    h->unit = unit;
    h->zero = false;
    return true;
}

/* O, o or 0 between Chinese digits is a zero (二OO四, 一九九0). */
static bool stands_for_zero(uint32_t c, const han *h) {
    return (c == 'O' || c == 'o' || c == '0' || c == 0xFF10) && h->ndigits && h->unit == UINT32_MAX;
}

size_t numeral_read_han(str s, uint32_t *value) {
    han h = {.unit = UINT32_MAX};
    size_t at = 0, good = 0;
    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        int digit = stands_for_zero(c, &h) ? 0 : han_digit(c);
        if (digit < 0) break;
        if (!(digit < 10 ? add_digit(&h, (uint32_t)digit) : add_unit(&h, (uint32_t)digit))) break;
        good = at;
    }
    uint32_t sum = h.total + h.digits;
    if (!good || sum > NUMERAL_MAX) return 0;
    *value = sum;
    return good;
}

size_t numeral_read_digits(str s, uint32_t *value) {
    size_t at = 0, good = 0;
    uint32_t sum = 0;
    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        uint32_t digit = c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 : c - '0';
        if (digit > 9) break;
        sum = sum * 10 + digit;
        if (sum > NUMERAL_MAX) return 0;
        good = at;
    }
    if (good) *value = sum;
    return good;
}

/* The parts of a Roman numeral from great to small. */
static const struct {
    char text[3];
    uint16_t value;
} roman_parts[] = {{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10},
                   {"IX", 9},  {"V", 5},   {"IV", 4}, {"I", 1}};

size_t numeral_write_roman(uint32_t value, char *to) {
    size_t n = 0;
    if (!value || value >= 400) return 0;
    for (size_t i = 0; i < sizeof roman_parts / sizeof *roman_parts; i++)
        for (; value >= roman_parts[i].value; value -= roman_parts[i].value)
            for (const char *p = roman_parts[i].text; *p; p++) to[n++] = *p;
    return n;
}

static size_t read_roman_character(str s, uint32_t *value) {
    size_t at = 0;
    uint32_t c = s.n >= 3 ? utf8_next(s, &at) : 0;
    if (c < 0x2160 || c > 0x217B) return 0;
    *value = (c - 0x2160) % 16 + 1;
    return *value <= 12 ? at : 0;
}

size_t numeral_read_roman(str s, uint32_t *value) {
    static const char letters[] = "IVXLC";
    static const uint16_t values[] = {1, 5, 10, 50, 100};
    if (!s.n || (unsigned char)s.p[0] >= 0x80) return read_roman_character(s, value);
    char spelling[NUMERAL_ROOM];
    uint32_t sum = 0, last = UINT32_MAX;
    char lower = s.p[0] & 32;
    size_t n = 0;
    for (; n < s.n && n < 16; n++) {
        const char *hit = (s.p[n] & 32) == lower ? strchr(letters, s.p[n] & ~32) : NULL;
        if (!hit || !*hit) break;
        uint32_t v = values[hit - letters];
        sum += v > last ? v - 2 * last : v;
        last = v;
    }
    size_t right = n && sum < 400 ? numeral_write_roman(sum, spelling) : 0;
    if (right != n || !n) return 0;
    for (size_t i = 0; i < n; i++)
        if ((s.p[i] & ~32) != spelling[i]) return 0;
    *value = sum;
    return n;
}

/* Runs of characters that stand for the numbers from `first` on. */
static const struct {
    uint32_t from, to;
    uint8_t first, enclosure;
} enclosed[] = {
    {0x2460, 0x2473, 1, ENCLOSED_CIRCLE},      {0x2474, 0x2487, 1, ENCLOSED_BRACKET},
    {0x2488, 0x249B, 1, ENCLOSED_STOP},        {0x24EB, 0x24F4, 11, ENCLOSED_CIRCLE},
    {0x24F5, 0x24FE, 1, ENCLOSED_CIRCLE},      {0x2776, 0x277F, 1, ENCLOSED_CIRCLE},
    {0x2780, 0x2789, 1, ENCLOSED_CIRCLE},      {0x278A, 0x2793, 1, ENCLOSED_CIRCLE},
    {0x3220, 0x3229, 1, ENCLOSED_HAN_BRACKET}, {0x3251, 0x325F, 21, ENCLOSED_CIRCLE},
    {0x3280, 0x3289, 1, ENCLOSED_CIRCLE},      {0x32B1, 0x32BF, 36, ENCLOSED_CIRCLE},
};

enum numeral_enclosure numeral_enclosed(uint32_t c, uint32_t *value) {
    for (size_t i = 0; i < sizeof enclosed / sizeof *enclosed; i++) {
        if (c < enclosed[i].from || c > enclosed[i].to) continue;
        *value = c - enclosed[i].from + enclosed[i].first;
        return (enum numeral_enclosure)enclosed[i].enclosure;
    }
    return ENCLOSED_NONE;
}

size_t numeral_write_circled(uint32_t value, char *to) {
    if (!value || value > 50) return 0;
    uint32_t c = value <= 20 ? 0x245F + value : value <= 35 ? 0x323C + value : 0x328D + value;
    return utf8_write(to, c);
}

size_t numeral_write_digits(uint32_t value, char *to) {
    return (size_t)snprintf(to, NUMERAL_ROOM, "%u", value);
}

size_t numeral_write_han(uint32_t value, char *to) {
    static const char digits[][4] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const struct {
        uint32_t value;
        char text[4];
    } units[] = {{10000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
    bool zero = false;
    size_t n = 0;
    if (value > NUMERAL_MAX) return 0;
    for (size_t i = 0; i < 5; i++) {
        uint32_t digit = value / units[i].value % 10;
        if (!digit) {
            zero = n > 0;
            continue;
        }
        bool plain_ten = units[i].value == 10 && digit == 1 && !n;
        n += (size_t)snprintf(to + n, NUMERAL_ROOM - n, "%s%s%s", zero ? digits[0] : "",
                              plain_ten ? "" : digits[digit], units[i].text);
        zero = false;
    }
    return n ? n : (size_t)snprintf(to, NUMERAL_ROOM, "%s", digits[0]);
}

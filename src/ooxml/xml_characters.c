/* xml_characters: what bytes may stand in XML 1.0, and what references there are. Part of the
 * scanner (xml_scanner.h). */
#include "base/utf8.h"
#include "ooxml/xml_scanner.h"

#define LETTER (XML_NAME_START | XML_NAME_PART)

const uint8_t xml_classes[256] = {
    ['\t'] = XML_BLANK | XML_VALUE_STOP,
    ['\n'] = XML_BLANK | XML_VALUE_STOP,
    ['\r'] = XML_BLANK | XML_VALUE_STOP | XML_TEXT_STOP,
    [' '] = XML_BLANK,
    ['<'] = XML_TEXT_STOP | XML_VALUE_STOP,
    ['&'] = XML_TEXT_STOP | XML_VALUE_STOP,
    [']'] = XML_TEXT_STOP,
    ['"'] = XML_QUOTE | XML_VALUE_STOP,
    ['\''] = XML_QUOTE | XML_VALUE_STOP,
    ['-'] = XML_NAME_PART,
    ['.'] = XML_NAME_PART,
    [':'] = XML_NAME_PART,
    ['_'] = LETTER,
    ['0'] = XML_NAME_PART,
    ['1'] = XML_NAME_PART,
    ['2'] = XML_NAME_PART,
    ['3'] = XML_NAME_PART,
    ['4'] = XML_NAME_PART,
    ['5'] = XML_NAME_PART,
    ['6'] = XML_NAME_PART,
    ['7'] = XML_NAME_PART,
    ['8'] = XML_NAME_PART,
    ['9'] = XML_NAME_PART,
#define L(c) [c] = LETTER, [c + 32] = LETTER
    L('A'),
    L('B'),
    L('C'),
    L('D'),
    L('E'),
    L('F'),
    L('G'),
    L('H'),
    L('I'),
    L('J'),
    L('K'),
    L('L'),
    L('M'),
    L('N'),
    L('O'),
    L('P'),
    L('Q'),
    L('R'),
    L('S'),
    L('T'),
    L('U'),
    L('V'),
    L('W'),
    L('X'),
    L('Y'),
    L('Z'),
#undef L
#define H(c)   [c] = LETTER, [c + 1] = LETTER, [c + 2] = LETTER, [c + 3] = LETTER
#define H16(c) H(c), H(c + 4), H(c + 8), H(c + 12)
    H16(0x80),
    H16(0x90),
    H16(0xA0),
    H16(0xB0),
    H16(0xC0),
    H16(0xD0),
    H16(0xE0),
    H16(0xF0),
#undef H16
#undef H
};

enum { BLOCK = 64 }; /* bytes that are looked at together */

static bool forbidden(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

/* Eight bytes at once: true when all are ASCII and none is a control character. */
static bool eight_plain(const char *p) {
    uint64_t w;
    memcpy(&w, p, 8);
    const uint64_t ones = 0x0101010101010101u, tops = ones * 0x80;
    return ((w | (w - ones * 0x20)) & tops) == 0;
}

/* The same of a block, as a loop that compilers turn into a few steps. */
static bool block_plain(const char *p) {
    uint8_t bad = 0;
    for (size_t i = 0; i < BLOCK; i++) bad |= (uint8_t)((uint8_t)p[i] - 0x20) >= 0x60;
    return !bad;
}

/* Three bytes that are one character of those that Chinese is written with: U+1000 to U+CFFF and
 * U+E000 to U+FFBF. */
static bool is_three(const char *p) {
    uint8_t lead = (uint8_t)p[0], second = (uint8_t)p[1];
    bool known = (lead >= 0xE1 && lead <= 0xEF && lead != 0xED) && (lead != 0xEF || second != 0xBF);
    return known && (second & 0xC0) == 0x80 && ((uint8_t)p[2] & 0xC0) == 0x80;
}

static bool is_printable(char c) {
    return (uint8_t)c >= 0x20 && (uint8_t)c <= 0x7F;
}

size_t xml_find_forbidden(str s) {
    size_t at = 0;
    for (;;) {
        while (s.n - at >= BLOCK && block_plain(s.p + at)) at += BLOCK;
        while (s.n - at >= 8 && eight_plain(s.p + at)) at += 8;
        while (at < s.n && is_printable(s.p[at])) at++;
        while (s.n - at >= 3 && is_three(s.p + at)) at += 3;
        if (at >= s.n) return s.n;
        if (is_printable(s.p[at])) continue;
        uint32_t c;
        size_t n = utf8_read(s.p + at, s.n - at, &c);
        if (n == 0 || forbidden(c)) return at;
        at += n;
    }
}

/* The value of a digit, or 99. */
static uint32_t digit_value(char c, bool hex) {
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    char low = (char)(c | 32);
    return hex && low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a') + 10 : 99;
}

/* Length of the reference that s begins with ("&amp;"), or 0 when there is none that XML knows. */
static size_t reference_length(str s) {
    static const str known[] = {STR_INIT("&lt;"), STR_INIT("&gt;"), STR_INIT("&amp;"),
                                STR_INIT("&quot;"), STR_INIT("&apos;")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(s, known[i])) return known[i].n;
    if (!str_starts(s, STR("&#"))) return 0;
    bool hex = s.n > 2 && s.p[2] == 'x';
    size_t at = hex ? 3 : 2, first = at;
    uint32_t c = 0;
    for (; at < s.n && s.p[at] != ';' && c <= 0x10FFFF; at++) {
        uint32_t value = digit_value(s.p[at], hex);
        if (value == 99) return 0;
        c = c * (hex ? 16 : 10) + value;
    }
    bool scalar = c > 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && !forbidden(c);
    return at < s.n && at > first && scalar ? at + 1 : 0;
}

bool xml_check_reference(xml_reader *r, size_t *at) {
    size_t n = reference_length(str_cut(r->bytes, *at, *at + 40));
    if (!n) return xml_fail(r, MSG_XML_ENTITY, *at, NO_ARGS);
    *at += n;
    return true;
}

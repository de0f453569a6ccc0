#!/usr/bin/env python3
"""Make the tables of the decoders, beside this script: double_byte.inc, pages.inc, pages.h.

usage: make_codecs.py          Python 3.11's codecs are the source; the exceptions are written here.

GB18030: the mapping of GB 18030-2005 with the eighteen codes that GB 18030-2022 moved out of the private use area; A3A0 is the ideographic
space, as browsers have it; the six codes that the standard keeps in the private use area stand for the characters of their glyphs.
Big5: cp950 as Python has it; what that leaves open is filled in from Big5-HKSCS, then with Microsoft's private use area. Big5-HKSCS: that of 2008,
which Python lacks the last 68 characters of; what it leaves open is filled in from ETEN's signs, then from Big5. The two differ in ETEN's rows C6 to C8.
A table of codes holds the character less D800 in 16 bits: from 2100 on it takes three bytes of UTF-8 and is not private, from 800 on it is private,
below it is 1 + an index into `extra` (characters below 800 or outside the BMP, and the four codes of Big5-HKSCS that are two characters),
and 0 is no character. So one comparison tells what is simple. The tables of JIS rows hold plain characters.
"""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = ('cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 '
         'iso8859_8 iso8859_10 iso8859_13 iso8859_14 iso8859_15 iso8859_16 koi8_r koi8_u koi8_t kz1048 ptcp154 cp437 cp720 cp737 cp775 cp850 '
         'cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp1125 mac_roman mac_cyrillic mac_latin2 mac_greek '
         'mac_turkish mac_iceland cp037 cp424 cp500 cp875 cp1026 cp1140').split()
HKSCS_2008 = ('3875 21D53 2369E 26021 3EEC 258DE 3AF5 7AFC 9F97 24161 2890D 231EA 20A8A 2325E 430A 8484 9F96 '
              '942F 4930 8613 5896 974A 9218 79D0 7A32 6660 6A29 889D 744C 7BC5 6782 7A2C 524F 9046 '
              '34E6 73C4 25DB9 74C6 9FC7 57B3 492F 544C 4131 2368E 5818 7A72 27B65 8B8F 46AE 26E88 4181 '
              '25D99 7BAE 224BC 9FC8 224C1 224C9 224CC 9FC9 8504 235BB 40B4 9FCA 44E1 2ADFF 62C1 706E 9FCB ')
ETEN = {0xC6CF: 0x5EF4, 0xC6D3: 0x65E0, 0xC6D5: 0x7676, 0xC6D7: 0x96B6, 0xC6DE: 0x3003, 0xC6DF: 0x4EDD}
TITLE = '/* Made by make_codecs.py: do not edit. */\n'


def char(codec, raw):
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return ''


class Extra:
    """Values that do not fit 16 bits; a sequence of two is (second << 21 | first)."""

    def __init__(self):
        self.values = []

    def cell(self, text):
        if not text:
            return 0
        value = ord(text[0]) | (ord(text[1]) << 21 if len(text) == 2 else 0)
        if 0x800 <= value < 0xD800 or 0xE000 <= value < 0x10000:
            return (value - 0xD800) & 0xFFFF
        if value not in self.values:
            self.values.append(value)
        assert len(self.values) < 0x7FF
        return self.values.index(value) + 1


def gb18030_table(extra):
    moved = dict(zip((0xA6D9, 0xA6DA, 0xA6DB, 0xA6DC, 0xA6DD, 0xA6DE, 0xA6DF, 0xA6EC, 0xA6ED, 0xA6F3),
                     (0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19)))
    moved.update(zip((0xFE59, 0xFE61, 0xFE66, 0xFE67, 0xFE6D, 0xFE7E, 0xFE90, 0xFEA0), range(0x9FB4, 0x9FBC)))
    moved.update(zip((0xFE51, 0xFE52, 0xFE53, 0xFE6C, 0xFE76, 0xFE91), (0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE)))
    moved[0xA3A0] = 0x3000
    moved[0xA8BC] = 0x1E3F
    out = []
    for lead in range(0x81, 0xFF):
        for trail in range(256):
            code = lead << 8 | trail
            text = char('gb18030', bytes([lead, trail])) if trail >= 0x40 else ''
            out.append(extra.cell(chr(moved[code]) if code in moved else text))
    return [0] * 256 + out + [0] * 256


def four_byte_ranges():
    """[(linear, code point)] where a run begins; linear 39420 is past the end of the BMP."""
    out, last = [], None
    for linear in range(39420):
        a, b = divmod(linear, 12600)
        b, c = divmod(b, 1260)
        c, d = divmod(c, 10)
        text = char('gb18030', bytes([0x81 + a, 0x30 + b, 0x81 + c, 0x30 + d]))
        code = ord(text) if text else 0
        if last is None or (code != last + 1 if code else last != 0):
            out.append((linear, code))
        last = code
    return out


def hkscs_char(code):
    new = [0x877A + i if i < 5 else 0x87A1 + i - 5 for i in range(68)]
    if code in new:
        return chr(int(HKSCS_2008.split()[new.index(code)], 16))
    return chr(ETEN[code]) if code in ETEN else char('big5hkscs', code.to_bytes(2, 'big'))


def big5_private(lead, trail):
    cell = trail - (0x40 if trail < 0x7F else 0x62)
    for first, last, base in ((0xFA, 0xFE, 0xE000), (0x8E, 0xA0, 0xE311), (0x81, 0x8D, 0xEEB8)):
        if first <= lead <= last:
            return chr(base + (lead - first) * 157 + cell)
    if lead == 0xC6 and trail >= 0xA1:
        return chr(0xF6B1 + trail - 0xA1)
    if 0xC7 <= lead <= 0xC8:
        return chr(0xF70F + (lead - 0xC7) * 157 + cell)
    return ''


def big5_char(code):
    return char('cp950', code.to_bytes(2, 'big')) or hkscs_char(code) or big5_private(code >> 8, code & 0xFF)


def big5_tables(extra):
    """Big5's and Big5-HKSCS's."""
    big5, hkscs = [], []
    for code in range(0x8000, 0x10000):
        trail = code & 0xFF
        there = 0x8100 <= code < 0xFF00 and (0x40 <= trail < 0x7F or 0xA1 <= trail < 0xFF)
        big5.append(extra.cell(big5_char(code) if there else ''))
        hkscs.append(extra.cell(hkscs_char(code) or big5_char(code) if there else ''))
    return big5, hkscs


def jis0208_table():
    """Rows 1 to 120 as Shift_JIS reaches them."""
    out = []
    for row in range(120):
        for cell in range(94):
            lead = row // 2 + (0x81 if row < 62 else 0xC1)
            trail = cell + (0x40 if cell < 63 else 0x41) if row % 2 == 0 else cell + 0x9F
            out.append(ord(char('cp932', bytes([lead, trail])) or '\0'))
    return out


def jis0212_table():
    return [ord(char('euc_jp', bytes([0x8F, row, cell])) or '\0') for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF)]


def korean_table(extra):
    return [extra.cell(char('cp949', bytes([lead, trail])) if trail > 0x40 and 0x80 < lead < 0xFF else '') for lead in range(0x80, 0x100) for trail in range(256)]


def rows(values):
    text = [f'0x{v:x}' if v > 9 else str(v) for v in values]
    out, line = [], ''
    for t in text:
        if len(line) + len(t) + 2 > 156:
            out.append(line)
            line = ''
        line += t + ','
    return '\n'.join(out + [line])


def main():
    extra = Extra()
    gb18030, (big5, hkscs) = gb18030_table(extra), big5_tables(extra)
    with open(f'{HERE}/double_byte.inc', 'w') as f:
        f.write(TITLE)
        for name, table in (('gb18030_table', gb18030), ('big5_table', big5), ('hkscs_table', hkscs), ('jis0208_table', jis0208_table()),
                            ('jis0212_table', jis0212_table()), ('korean_table', korean_table(extra))):
            f.write(f'const uint16_t {name}[{len(table)}] = {{\n{rows(table)}\n}};\n')
        f.write(f'const uint32_t double_byte_extra[{len(extra.values)}] = {{\n{rows(extra.values)}\n}};\n')
        ranges = four_byte_ranges()
        f.write(f'const gb_range gb18030_ranges[{len(ranges) + 1}] = {{\n' + '\n'.join(f'{{{a},0x{b:x}}},' for a, b in ranges) + '\n{39420,0},\n};\n')
        f.write(f'const unsigned gb18030_range_count = {len(ranges)};\n')
    with open(f'{HERE}/pages.h', 'w') as f:
        f.write(TITLE + '#ifndef QW_TEXT_TABLES_PAGES_H\n#define QW_TEXT_TABLES_PAGES_H\n\n#include <stdint.h>\n\nenum {\n')
        f.write('\n'.join(f'    PAGE_{p.upper()},' for p in PAGES) + '\n    PAGE_COUNT\n};\n\n')
        f.write('/* pages[page][byte]: the character, U+FFFD where there is none. */\nextern const uint16_t pages[PAGE_COUNT][256];\n\n#endif\n')
    with open(f'{HERE}/pages.inc', 'w') as f:
        f.write(TITLE + '#include "text/tables/pages.h"\n\nconst uint16_t pages[PAGE_COUNT][256] = {\n')
        for p in PAGES:
            cells = [ord(bytes([i]).decode(p, 'replace')) for i in range(256)]
            if p != 'cp875' and not p.startswith(('cp0', 'cp424', 'cp5', 'cp102', 'cp1140')):
                cells[:128] = range(128)
            f.write(f'[PAGE_{p.upper()}] = {{\n{rows(cells)}\n}},\n')
        f.write('};\n')


if __name__ == '__main__':
    main()

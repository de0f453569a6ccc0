#!/usr/bin/env python3
"""Make code_costs.inc and plain_codes.inc beside this script from double_byte.inc and model.inc: what each two-byte code of Chinese
costs, and what a plain one is in UTF-8.

usage: make_costs.py          after make_codecs.py or make_model.py

It is the character's cost in Chinese, simplified or traditional, for ideographs, and that of a sign for Chinese punctuation, in
eighths of a bit; 0 for codes of anything else, and for ideographs that the model has never seen. plain_codes.h says what a plain
code is. tests/unit/test_detect.c and test_plain.c hold both against the other two tables.
"""
import os, re

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST, STEP, SIGN = 24, 10, 64  # as in model.h and score.h
FIRST_HAN, END_HAN = 0x4E00, 0xA000
LEAST, EVEN, NOT_PLAIN = 37, 100, 0x80000000  # as in plain_codes.h
OF_RUINS = '锟烫屯葺'


def table(text, name):
    body = re.search(name + r'\[[^=]*= \{(.*?)\};', text, re.S).group(1)
    return [int(v, 0) for v in body.split(',') if v.strip()]


def han_nibbles(text):
    last = re.search(r'model_han\[[^=]*= \{(.*?)\};', text, re.S).group(1).split('{')[4]
    values = [int(v, 0) for v in last.split('}')[0].split(',') if v.strip()]
    return [n for v in values for n in (v & 15, v >> 4)]


def cost(value, han):
    c = (value + 0xD800) & 0xFFFF
    if value < 0x800:
        return 0
    if FIRST_HAN <= c < END_HAN:
        q = han[c - FIRST_HAN]
        return FIRST + STEP * q if q < 15 else 0
    sign = 0x3000 <= c < 0x3040 or 0xFF01 <= c < 0xFF61 or 0x2013 <= c < 0x2027
    return SIGN if sign else 0


def plain(value, han):
    c = (value + 0xD800) & 0xFFFF
    own = cost(value, han)
    if not own or chr(c) in OF_RUINS:
        return NOT_PLAIN
    bound = max(own, LEAST) if FIRST_HAN <= c < END_HAN else EVEN
    return int.from_bytes(chr(c).encode(), 'little') | (bound + 1) // 2 << 24


def rows(values):
    out, line = [], ''
    for v in values:
        t = 'N,' if v == NOT_PLAIN else f'{v},'
        if len(line) + len(t) > 158:
            out.append(line)
            line = ''
        line += t
    return '\n'.join(out + [line])


def write(file, kind, suffix, tables):
    with open(f'{HERE}/{file}', 'w') as f:
        f.write('/* Made by make_costs.py: do not edit. */\n')
        if kind == 'uint32_t':
            f.write('#define N NOT_PLAIN\n')
        for name, values in tables.items():
            assert len(values) == 0x8000
            f.write(f'const {kind} {name}_{suffix}[32768] = {{\n{rows(values)}\n}};\n')


def main():
    codes = open(f'{HERE}/double_byte.inc').read()
    han = han_nibbles(open(f'{HERE}/model.inc').read())
    tables = {name: table(codes, f'{name}_table') for name in ('gb18030', 'big5')}
    write('code_costs.inc', 'uint8_t', 'costs', {n: [cost(v, han) for v in t] for n, t in tables.items()})
    write('plain_codes.inc', 'uint32_t', 'plain', {n: [plain(v, han) for v in t] for n, t in tables.items()})


main()

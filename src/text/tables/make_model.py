#!/usr/bin/env python3
"""Make the model of characters, model.inc, beside this script.

usage: make_model.py FOLDER          FOLDER/LANGUAGE/*.txt: UTF-8 text; *.words: a word, a tab and how often it occurs

A language's files weigh the same, however long they are. docs/ENCODINGS.md says which text the committed output was made from.
Costs are negative logarithms of frequencies. A nibble q of a character is FIRST + STEP * q eighths of a bit; of a letter after a letter,
LETTER_STEP * q.
"""
import collections, glob, math, os, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST, STEP, LETTER_STEP, PAIR_STEP = 24, 10, 7, 8
HAN = range(0x4E00, 0xA000)
HANGUL = range(0xAC00, 0xD7A4)
SYMBOLS = [range(0x2010, 0x2040), range(0x2100, 0x2300), range(0x2460, 0x2680), range(0x3000, 0x3130), range(0x3200, 0x3260), range(0xFE30, 0xFE50),
           range(0xFF00, 0xFFE8)]
IDEOGRAPHIC = ['zh-Hans', 'zh-Hant', 'ja', 'ko']
LETTERS = 'en fr de es it pt nl sv da nb fi is pl cs sk hu sl hr ro et lv lt tr eo ca ru uk be bg sr mk kk el he ar fa th vi'.split()
LATIN = set('en fr de es it pt nl sv da nb fi is pl cs sk hu sl hr ro et lv lt tr eo ca vi'.split())
SCRIPTS = {'el': 'GREEK', 'he': 'HEBREW', 'ar': 'ARABIC', 'fa': 'ARABIC', 'th': 'THAI'}
CLASSES = 48
PAIR_BUCKETS = 1 << 13  # of four pairs


def sources(folder, language):
    """[(counter of characters, counter of pairs)], one a file."""
    out = []
    for path in sorted(glob.glob(f'{folder}/{language}/*')):
        chars, pairs = collections.Counter(), collections.Counter()
        for line in open(path, encoding='utf-8', errors='ignore'):
            n = 1
            if path.endswith('.words'):
                line, n = line.rstrip('\n').split('\t')[:2]
                n = max(int(n), 1)
            line = line.strip()
            for c in line:
                if ord(c) >= 0x80:
                    chars[c] += n
            for c, d in zip(line, line[1:]):
                if ord(c) >= 0x80 and ord(d) >= 0x80:
                    pairs[c, d] += n
        out.append((chars, pairs))
    if not out:
        sys.exit(f'no text for {language}')
    return out


def mixed(counters):
    """Frequencies: the mean of the files' own."""
    out = collections.Counter()
    for c in counters:
        total = sum(c.values())
        for k, n in c.items():
            out[k] += n / total / len(counters)
    return out


def with_halfwidth(frequencies):
    """Halfwidth katakana are as frequent among themselves as the fullwidth ones, and rarer as a whole."""
    for c in range(0xFF61, 0xFFA0):
        frequencies[chr(c)] = max(frequencies[chr(c)], frequencies[unicodedata.normalize('NFKC', chr(c))] / 8)
    return frequencies


def nibble(frequency):
    if frequency <= 0:
        return 15
    return max(0, min(14, round((-math.log2(frequency) * 8 - FIRST) / STEP)))


def packed(nibbles):
    nibbles = list(nibbles) + [0] * (len(nibbles) % 2)
    return [a | b << 4 for a, b in zip(nibbles[::2], nibbles[1::2])]


def rows(values):
    out, line = [], ''
    for v in values:
        t = f'{v},'
        if len(line) + len(t) > 158:
            out.append(line)
            line = ''
        line += t
    return '\n'.join(out + [line])


def ideographic(folder, f):
    frequencies, pairs = {}, {}
    for language in IDEOGRAPHIC:
        files = sources(folder, language)
        frequencies[language] = mixed([c for c, _ in files])
        pairs[language] = mixed([p for _, p in files])
    with_halfwidth(frequencies['ja'])
    frequencies['zh'] = {chr(c): max(frequencies['zh-Hans'][chr(c)], frequencies['zh-Hant'][chr(c)]) for c in HAN}
    f.write(f'const uint8_t model_han[4][{len(HAN) // 2}] = {{\n')
    for language in IDEOGRAPHIC[:3] + ['zh']:
        f.write('{\n' + rows(packed([nibble(frequencies[language][chr(c)]) for c in HAN])) + '\n},\n')
    f.write(f'}};\nconst uint8_t model_hangul[{len(HANGUL) // 2}] = {{\n' + rows(packed([nibble(frequencies['ko'][chr(c)]) for c in HANGUL])) + '\n};\n')
    cells = [c for r in SYMBOLS for c in r]
    f.write(f'const uint8_t model_symbols[4][{(len(cells) + 1) // 2}] = {{\n')
    for language in IDEOGRAPHIC:
        f.write('{\n' + rows(packed([nibble(frequencies[language][chr(c)]) for c in cells])) + '\n},\n')
    f.write('};\nconst code_range model_symbol_ranges[] = {\n' + ''.join(f'{{{r.start},{r.stop}}},' for r in SYMBOLS) + '{0,0}\n};\n')
    pair_table(frequencies, pairs, f)


def pair_hash(c, d):
    h = (c * 0x9E3779B1 ^ d * 0x85EBCA77) & 0xFFFFFFFF
    h ^= h >> 15
    h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16


def pair_table(frequencies, pairs, f):
    """The pairs of Chinese that gain most: frequency times what the pair saves over its two characters alone."""
    gains = {}
    for language in ('zh-Hans', 'zh-Hant'):
        single = frequencies[language]
        for (c, d), n in pairs[language].items():
            if single[c] and single[d]:
                saved = math.log2(n / single[c] / single[d])
                if saved >= 1.5:
                    gains[c, d] = max(gains.get((c, d), (0, 0)), (n * saved, saved))
    buckets, kept = collections.defaultdict(list), 0
    for (c, d), (gain, saved) in sorted(gains.items(), key=lambda x: (-x[1][0], x[0])):
        h = pair_hash(ord(c), ord(d))
        bucket = buckets[h % PAIR_BUCKETS]
        if len(bucket) < 4:
            bucket.append((h >> 20) << 4 | min(15, round(saved * 8 / PAIR_STEP)))
            kept += 1
    cells = [v for b in range(PAIR_BUCKETS) for v in (buckets[b] + [0, 0, 0, 0])[:4]]
    f.write(f'/* {kept} of {len(gains)} pairs */\nconst uint16_t model_pairs[{len(cells)}] = {{\n{rows(cells)}\n}};\n')


def folded(text, language):
    if language == 'vi':  # as windows-1258 has it: tone marks stand apart
        tones = '\u0300\u0301\u0303\u0309\u0323'
        out = []
        for c in text:
            parts = unicodedata.normalize('NFD', c)
            marks = ''.join(m for m in parts[1:] if m in tones)
            out.append(unicodedata.normalize('NFC', ''.join(m for m in parts if m not in tones)) + marks)
        text = ''.join(out)
    return text.lower()


def of_script(c, language):
    if language in LATIN:
        return 'a' <= c <= 'z' or (ord(c) > 0x7F and (unicodedata.name(c, '').startswith('LATIN') or (language == 'vi' and unicodedata.combining(c))))
    return unicodedata.name(c, '').startswith(SCRIPTS.get(language, 'CYRILLIC')) and unicodedata.category(c)[0] in 'LM'


def letter_model(folder, language):
    text = ''.join(open(p, encoding='utf-8', errors='ignore').read()[:1500000] for p in sorted(glob.glob(f'{folder}/{language}/*.txt')))
    if not text:
        sys.exit(f'no text for {language}')
    text = folded(text, language)
    if language == 'ro':  # older pages have the cedilla
        text += text.replace('\u0219', '\u015f').replace('\u021b', '\u0163')
    count = collections.Counter(c for c in text if c.isalpha() or unicodedata.combining(c) or ord(c) > 0x300)
    own = [c for c, n in count.most_common() if of_script(c, language) and n > len(text) / 150000 and ord(c) < 0x10000]
    if language in LATIN:
        own = [chr(c) for c in range(97, 123)] + [c for c in own if ord(c) > 0x7F]
    own = own[:CLASSES - 1]
    at = {c: i + 1 for i, c in enumerate(own)}
    after = collections.Counter()
    before = 0
    for c in text:
        now = at.get(c, 0)
        if before or now:
            after[before, now] += 1
        before = now
    matrix = []
    for a in range(CLASSES):
        total = sum(after[a, b] for b in range(CLASSES)) or 1
        for b in range(CLASSES):
            bits = -math.log2((after[a, b] + 0.3) / (total + 0.3 * CLASSES))
            matrix.append(max(0, min(15, round(bits * 8 / LETTER_STEP))))
    return own, count, matrix


def pages_of(language, own, count):
    """The pages that can write the language but for few letters, as bits in the order of make_codecs.py."""
    from make_codecs import PAGES
    if language == 'en':
        return sum(1 << PAGES.index(p) for p in ('cp1252', 'cp437', 'cp850', 'mac_roman', 'cp037', 'cp500', 'cp1140'))
    bits = 0
    high = {c: n for c, n in count.items() if c in own and ord(c) > 0x7F}
    for i, page in enumerate(PAGES):
        cells = {bytes([b]).decode(page, 'replace').lower() for b in range(256)}
        if language == 'ro':
            cells |= {d for c, d in zip('\u0219\u021b\u015f\u0163', '\u015f\u0163\u0219\u021b') if c in cells}
        if sum(n for c, n in high.items() if c not in cells) <= 0.04 * sum(high.values()):
            bits |= 1 << i
    return bits


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    with open(f'{HERE}/model.inc', 'w') as f:
        f.write('/* Made by make_model.py: do not edit. */\n')
        ideographic(folder, f)
        f.write('const letter_model letter_models[] = {\n')
        for language in LETTERS:
            own, count, matrix = letter_model(folder, language)
            upper = [c.upper() if len(c.upper()) == 1 else c for c in own]
            f.write(f'/* {language} */\n{{{len(own)},0x{pages_of(language, own, count):x},{{{rows(map(ord, own))}}},{{{rows(map(ord, upper))}}},{{\n{rows(packed(matrix))}\n}}}},\n')
        f.write('};\n')


main()

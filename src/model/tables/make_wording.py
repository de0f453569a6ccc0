#!/usr/bin/env python3
"""Make the model of how ads are worded, wording.inc, beside this script. Needs numpy.

usage: make_wording.py FOLDER [LINES...]    FOLDER/GENRE.txt: UTF-8 text without ads, a line or sentence a line
                                            LINES: more of both kinds, as in fixtures/recall: "+ ad", "- honest"

wording_lines.txt holds the patterns of the invented ads (+) and of the honest lines (-) that it learns from. A line is what wording.h says: the
letters of its skeleton, runs of digits made one, and the symbols between them. Logistic regression on the n-grams of one to three letters that
each line holds; what weighs least is left out. docs/RULES.md says what the committed table was made from.
"""
import collections, glob, os, random, re, sys, unicodedata
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = os.path.join(HERE, '../../../filters/ads.rules')
SLOTS, ROOM, LETTERS = 1 << 16, 24000, 120
UNIT = 24           # weights are kept in parts of 1 / UNIT
GENRE_LINES = 40000 # of a genre, at most
COPIES, MORE_COPIES = 6, 3
ADS_WEIGH, LISTED_WEIGH = 4.0, 4.0
EPOCHS, STEP, SHRINK = 6, 0.15, 1e-6
random_ = random.Random(1)


def foldings():
    """What ads.rules folds, character by character."""
    fold = {}
    for line in open(RULES, encoding='utf-8'):
        if line.startswith('fold '):
            _, a, b = line.rstrip('\n').split(' ')
            for x, y in zip(a, b):
                fold.setdefault(x, y)
    return fold


FOLD, known = foldings(), {}


def folded(c):
    if c not in known:
        known[c] = ''.join(FOLD.get(x, x) for x in unicodedata.normalize('NFKC', c).lower())
    return known[c]


def features(line):
    """The n-grams of a line; symbols have U+0001 before them, the last one U+0002."""
    letters, symbols, last = ['^'], set(), ''
    for c in line:
        for x in folded(c):
            if x.isspace():
                continue
            if x.isalpha() or x.isdigit():
                x = '0' if x.isdigit() else x
                if x != '0' or letters[-2:] != ['0', '0']:
                    letters.append(x)
                last = ''
            else:
                symbols.add('\x01' + x)
                last = x
        if len(letters) > LETTERS:
            break
    k = ''.join(letters) + '$'
    out = [k[i:i + n] for n in (1, 2, 3) for i in range(len(k) - n + 1) if n > 1 or k[i] not in '^$']
    return list(dict.fromkeys(out)) + sorted(symbols) + (['\x02' + last] if last else [])


# ---- Lines -------------------------------------------------------------------------------------

def read_patterns():
    """The words that take the place of {x}, and the patterns of ads and of honest lines."""
    words, ads, honest = {}, [], []
    for line in open(os.path.join(HERE, 'wording_lines.txt'), encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('= '):
            words.setdefault(line[2], []).extend(line[4:].split())
        elif line.startswith('+ '):
            ads.append(line[2:])
        elif line.startswith('- '):
            honest.append(line[2:])
    return words, ads, honest


def letters(least, most):
    return ''.join(random_.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(random_.randrange(least, most)))


def host(words):
    tail = str(random_.randrange(10, 999)) if random_.random() < .4 else ''
    return ''.join(random_.choice(words['s']) for _ in range(random_.randrange(1, 4))) + tail


def address(words):
    name = host(words) + '.' + random_.choice(words['z'])
    form = random_.choice(['www.%s', 'www.%s', 'www.%s', 'http://www.%s', 'https://%s/' + letters(3, 9), 'm.%s', '%s', '%s'])
    return form % name


def fill(words, pattern):
    def word(m):
        k = m[1]
        if k == 'u':
            return address(words)
        if k == 'i':
            return random_.choice([host(words) + str(random_.randrange(10, 9999)), letters(3, 7) + '_' + str(random_.randrange(9, 999)),
                                   host(words), letters(6, 12)])
        if k == 'q':
            return str(random_.randrange(10 ** 9, 10 ** 10))[:random_.choice([2, 3, 5, 9, 10])]
        if k == 'n':
            return random_.choice(words['f']) + random_.choice(words['e'])
        return random_.choice(words[k])
    return re.sub(r'\{(\w)\}', word, pattern)


def dressed(s):
    """One ad in four is dressed up or disguised."""
    x = random_.random()
    if x < .72:
        return s
    if x < .82:
        d = random_.choice(['★', '※', '☆', '==', '——', '>>>', '◆', '***', '--', '|'])
        return d + s + d
    if x < .86:
        return random_.choice(['（%s）', '【%s】']) % s
    if x < .90:
        return ' '.join(s) if len(s) < 25 else s
    if x < .93:
        return ''.join(chr(ord(c) + 0xFEE0) if '!' <= c <= '~' else c for c in s)
    if x < .96:
        return random_.choice(['温馨提示：', 'PS：', '注：', '通知：', '公告：', '提醒：']) + s
    return s + random_.choice(['。', '！', '~', '哦', '！！！'])


def made(words, patterns, copies, dress=lambda s: s):
    out = []
    for p in patterns:
        for _ in range(copies if '{' in p else copies // 3):
            out.append(dress(fill(words, p)))
    return list(dict.fromkeys(out))


def prose(folder):
    """Lines of every genre."""
    for path in sorted(glob.glob(f'{folder}/*.txt')):
        lines = [x.strip() for x in open(path, encoding='utf-8', errors='ignore') if len(x.strip()) > 2]
        random_.shuffle(lines)
        yield from lines[:GENRE_LINES]


# ---- Learning ----------------------------------------------------------------------------------

def vocabulary(ads, honest):
    """n-grams that two ads have, or forty other lines."""
    a, h = collections.Counter(), collections.Counter()
    for f in ads:
        a.update(f)
    for f in honest:
        h.update(f)
    return {x: i for i, x in enumerate([x for x, n in a.items() if n >= 2] + [x for x, n in h.items() if n >= 40 and a[x] < 2])}


def learn(rows, is_ad, weigh, size):
    """Logistic regression, by steps whose size adapts to each weight. rows: lists of numbers below size."""
    flat = np.array([x for r in rows for x in r], np.int32)
    start = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
    length = np.diff(start)
    w, grown = np.zeros(size), np.full(size, 1e-2)
    bias, bias_grown, batch = -3.0, 1e-2, 512
    order = np.random.default_rng(1)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(rows))
        for at in range(0, len(rows), batch):
            ids = shuffled[at:at + batch]
            n = length[ids]
            row = np.repeat(np.arange(len(ids)), n)
            inside = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
            column = flat[np.repeat(start[ids], n) + inside]
            z = np.bincount(row, weights=w[column], minlength=len(ids)) + bias
            error = (1 / (1 + np.exp(-np.clip(z, -30, 30))) - is_ad[ids]) * weigh[ids]
            touched = np.unique(column)
            slope = np.bincount(column, weights=error[row], minlength=size)[touched] + SHRINK * w[touched] * len(rows) / batch
            grown[touched] += slope * slope
            w[touched] -= STEP * slope / np.sqrt(grown[touched])
            bias_grown += error.sum() ** 2
            bias -= STEP * error.sum() / np.sqrt(bias_grown)
    return w, bias


# ---- The table ---------------------------------------------------------------------------------

def mix(gram):
    """The hash of an n-gram: wording.c has the same."""
    h = 0x811C9DC5
    for c in gram:
        h = ((h ^ ord(c)) * 0x01000193) & 0xFFFFFFFF
        h ^= h >> 15
    h = h * 0x2C1B3C6D & 0xFFFFFFFF
    return h ^ h >> 16


def table(weights):
    """Slots of an open hash table: 16 bits that tell n-grams apart, 0 for a free slot, and a weight."""
    tags, values = [0] * SLOTS, [0] * SLOTS
    for gram, value in sorted(weights.items(), key=lambda x: (-abs(x[1]), x[0])):
        h = mix(gram)
        i, tag = h % SLOTS, (h >> 16) or 1
        while tags[i] and tags[i] != tag:
            i = (i + 1) % SLOTS
        if not tags[i]:
            tags[i], values[i] = tag, value
    return tags, values


def write(path, tags, values, bias):
    with open(path, 'w') as out:
        out.write('/* Made by make_wording.py: do not edit. */\n')
        out.write(f'enum {{ WORDING_UNIT = {UNIT}, WORDING_BIAS = {bias} }};\n')
        for kind, name, items in (('uint16_t', 'wording_tags', tags), ('int8_t', 'wording_weights', values)):
            out.write(f'static const {kind} {name}[{SLOTS}] = {{\n')
            for i in range(0, SLOTS, 40):
                out.write(','.join(map(str, items[i:i + 40])) + ',\n')
            out.write('};\n')


def main():
    words, ads, honest = read_patterns()
    ads, honest = made(words, ads, COPIES, dressed), made(words, honest, COPIES)
    for path in sys.argv[2:]:
        for line in open(path, encoding='utf-8'):
            (ads if line[0] == '+' else honest if line[0] == '-' else []).append(line[2:].strip())
    clean = list(prose(sys.argv[1]))
    f_ads, f_honest, f_clean = ([features(x) for x in lines] for lines in (ads, honest, clean))
    v = vocabulary(f_ads, f_honest + f_clean)
    rows = [[v[x] for x in f if x in v] for f in f_ads + f_honest + f_clean]
    is_ad = np.array([1.0] * len(ads) + [0.0] * (len(rows) - len(ads)))
    weigh = np.array([ADS_WEIGH] * len(ads) + [LISTED_WEIGH] * len(honest) + [1.0] * len(clean))
    w, bias = learn(rows, is_ad, weigh, len(v))
    often = np.bincount([x for r in rows for x in r], minlength=len(v))
    worth = np.abs(w) * np.sqrt(np.minimum(often, 50))
    best = set(np.argsort(-worth)[:ROOM].tolist())
    weights = {x: max(-127, min(127, round(w[i] * UNIT))) for x, i in v.items() if i in best}
    weights = {x: n for x, n in weights.items() if n}
    write(os.path.join(HERE, 'wording.inc'), *table(weights), round(bias * UNIT))
    print(len(ads), 'ads,', len(honest), 'honest lines,', len(clean), 'lines of prose,', len(v), 'n-grams,', len(weights), 'kept')


if __name__ == '__main__':
    main()

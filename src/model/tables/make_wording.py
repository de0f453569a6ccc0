#!/usr/bin/env python3
"""Make the model of how ads are worded, wording.inc, beside this script. Needs numpy.

usage: make_wording.py [--held-out] FOLDER    FOLDER/GENRE.txt: UTF-8 text without ads, a line or sentence a line

wording/*.txt hold patterns of invented ads (+) and of honest lines like them (-), by kind: "## kind". {x} is one of the words in "= x", <a|b|> one of
these, or nothing; {n} is the name of a distributor, {u} an address, {v} one of a page, {i} an account, {q} a number, {k} a small one. --held-out makes nothing: it learns without a third of
the kinds and of the prose at a time, and says what becomes of them.

A line is what wording.h says: the letters of its skeleton, with what is an address, an account or a long number made one letter, and the symbols between
them. Logistic regression on the n-grams of one to three letters that each line holds, and on pairs with one letter or two between; what weighs least is left out, and
the rest learned again. docs/RULES.md says what the committed
table was made from.
"""
import glob, os, random, re, sys, unicodedata
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = os.path.join(HERE, '../../../filters/ads.rules')
SLOTS, ROOM, LETTERS = 1 << 17, 45000, 120
UNIT = 100             # weights are kept in parts of 1 / UNIT
LEVELS = 31            # as so many numbers
GENRE_LINES = 20000    # of a genre, at most
COPIES = 8
ADS_WEIGH, HONEST_WEIGH = 3.0, 5.0
EPOCHS, STEP, SHRINK, BATCH = 10, 0.15, 2e-6, 2048
FOLDS = 3
random_ = random.Random(1)


# ---- Features: what wording.c reads ------------------------------------------------------------

class Folding(dict):
    """What ads.rules folds, by character; for str.translate."""

    def __init__(self):
        self.fold = {}
        for line in open(RULES, encoding='utf-8'):
            if line.startswith('fold '):
                _, a, b = line.rstrip('\n').split(' ')
                for x, y in zip(a, b):
                    self.fold.setdefault(x, y)

    def one(self, x):
        return self.fold.get(x, x)

    def __missing__(self, code):
        self[code] = ''.join(self.one(x) for x in unicodedata.normalize('NFKC', self.one(chr(code))).lower())
        return self[code]


FOLD = Folding()
TOKEN = re.compile(r'[a-z0-9]+(?:(?:[._/@#?=&%~-]|:(?=//))+[a-z0-9]+)*/?')
BETWEEN = re.compile(r'[^a-z0-9]+')
NO_LETTER, NUMBER, SYMBOL = re.compile(r'[\W_]+'), re.compile(r'\d+'), re.compile(r'[^\w\s]|_')


def token(m):
    """The letter that stands for a run of Latin letters and digits, or the run itself."""
    t = m[0]
    digits, letters = sum(c.isdigit() for c in t), sum(c.isalpha() for c in t)
    points = [b.end() for b in BETWEEN.finditer(t) if '.' in b[0] and b.end() < len(t)]
    if letters and any(t[at].isalpha() for at in points):
        path = any('/' in b[0] and ':' not in b[0] and b.end() < len(t) for b in BETWEEN.finditer(t))
        return 'M' if '@' in t else 'P' if path else 'U'
    if digits and letters:
        return 'I' if digits + letters >= 5 and not points else t
    if letters:
        return 'I' if letters > 9 else t
    return 'N' if digits >= 5 else t


def take(h, letter):
    h = (h ^ letter) * np.uint32(0x01000193)
    return h ^ (h >> np.uint32(15))


def done(h):
    h = h * np.uint32(0x2C1B3C6D)
    return h ^ (h >> np.uint32(16))


START = np.array([0x811C9DC5], np.uint32)
ANY = np.uint32(0)


def features(lines):
    """The n-grams of lines by their hashes: numbers of lines, hashes, in order of lines, each once a line."""
    texts, marks = [], []
    for i, line in enumerate(lines):
        s = TOKEN.sub(token, line.translate(FOLD)).rstrip()
        letters = NUMBER.sub(lambda m: '00'[:len(m[0])], NO_LETTER.sub('', s))[:LETTERS]
        texts.append('^' + letters + '$')
        marks += [(i, 1, ord(c)) for c in set(SYMBOL.findall(s))]
        if s and SYMBOL.match(s[-1]):
            marks.append((i, 2, ord(s[-1])))
    a = np.frombuffer(''.join(texts).encode('utf-32-le'), np.uint32)
    row = np.repeat(np.arange(len(texts)), [len(t) for t in texts])
    marks = np.array(marks, np.uint32).reshape(-1, 3)
    inner = (a != ord('^')) & (a != ord('$'))
    one = take(START, a)
    pair = take(one[:-1], a[1:])
    gap = take(one, ANY)
    several = [(pair, 1), (take(pair[:-1], a[2:]), 2), (take(gap[:-2], a[2:]), 2), (take(take(gap, ANY)[:-3], a[3:]), 3)]
    rows, grams = [marks[:, 0], row[inner]], [take(take(START, marks[:, 1]), marks[:, 2]), one[inner]]
    for gram, reach in several:
        whole = row[:-reach] == row[reach:]
        rows.append(row[:-reach][whole])
        grams.append(gram[whole])
    rows, grams = np.concatenate(rows).astype(np.uint64), done(np.concatenate(grams))
    both = np.unique(rows << np.uint64(32) | grams)
    return (both >> np.uint64(32)).astype(np.int64), (both & np.uint64(0xFFFFFFFF)).astype(np.uint32)


# ---- Lines -------------------------------------------------------------------------------------

def read_patterns():
    """The words that take the place of {x}, and by kind the patterns of ads and of honest lines."""
    words, kinds = {}, {}
    for path in sorted(glob.glob(os.path.join(HERE, 'wording/*.txt'))):
        kind = os.path.basename(path)
        for line in open(path, encoding='utf-8'):
            line = line.rstrip('\n')
            if line.startswith('## '):
                kind = os.path.basename(path) + ' ' + line[3:]
            elif line.startswith('= '):
                words.setdefault(line[2], []).extend(line[4:].split())
            elif line[:2] in ('+ ', '- '):
                kinds.setdefault(kind, ([], []))[line[0] == '-'].append(line[2:])
    return words, kinds


def letters(least, most):
    return ''.join(random_.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(random_.randrange(least, most)))


def host(words):
    tail = str(random_.randrange(10, 999)) if random_.random() < .4 else ''
    return ''.join(random_.choice(words['s']) for _ in range(random_.randrange(1, 4))) + tail


def address(words):
    name = host(words) + '.' + random_.choice(words['z'])
    form = random_.choice(['www.%s', 'www.%s', 'www.%s', 'http://www.%s', 'https://%s/' + letters(3, 9), 'm.%s', '%s', '%s'])
    return form % name


def page(words):
    path = '/'.join(letters(2, 9) + str(random_.randrange(10 ** random_.randrange(1, 8))) for _ in range(random_.randrange(1, 5)))
    return f'{random_.choice(["http", "https"])}://{random_.choice(["www.", "", "news.", "doc."])}{letters(3, 10)}.{random_.choice(["com", "org", "gov.cn", "edu.cn", "cn"])}/{path}{random_.choice(["", ".html", ".shtml", ".htm", ".pdf", ".jpg"])}'


def name(words):
    first = random_.choice(words['f'])
    if random_.random() < .4:
        first = ''.join(random_.choice(words['h'][0]) for _ in range(random_.choice([1, 2, 2, 2, 3])))
    return first + random_.choice(words['e'])


def account(words):
    return random_.choice([host(words) + str(random_.randrange(10, 9999)), letters(3, 7) + '_' + str(random_.randrange(9, 999)), host(words), letters(6, 12)])


def fill(words, pattern):
    def word(m):
        makers = {'u': address, 'v': page, 'i': account, 'n': name}
        if m[1] in makers:
            return makers[m[1]](words)
        if m[1] == 'k':
            return str(random_.randrange(10 ** 4))[:random_.choice([1, 2, 2, 3, 4])]
        if m[1] == 'q':
            return str(random_.randrange(10 ** 9, 10 ** 10))[:random_.choice([1, 2, 3, 5, 9, 10])]
        return random_.choice(words[m[1]])
    pattern = re.sub(r'<([^<>]*\|[^<>]*)>', lambda m: random_.choice(m[1].split('|')), pattern)
    return re.sub(r'\{([a-z])\}', word, pattern)


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
        return ' '.join(s) if len(s) < 25 and not re.search('[A-Za-z]', s) else s
    if x < .93:
        return ''.join(chr(ord(c) + 0xFEE0) if '!' <= c <= '~' else c for c in s)
    if x < .96:
        return random_.choice(['温馨提示：', 'PS：', '注：', '通知：', '公告：', '提醒：']) + s
    return s + random_.choice(['。', '！', '~', '哦', '！！！'])


def made(words, patterns, dress):
    out = []
    for p in patterns:
        copies = 2 * COPIES if re.search(r'<[^<>]*\|', p) else COPIES if '{' in p else COPIES // 3
        out += [dress(fill(words, p)) for _ in range(copies)]
    return list(dict.fromkeys(out))


def scrap(line):
    """A piece of a line, as lines are that were cut to a width, or what is left of one beside a mark."""
    least = random_.randrange(4, 30)
    start = random_.randrange(max(1, len(line) - least))
    return line[start:start + least]


def prose(folder):
    """Lines of every genre, and pieces of one in five."""
    for path in sorted(glob.glob(f'{folder}/*.txt')):
        lines = [x.strip() for x in open(path, encoding='utf-8', errors='ignore') if len(x.strip()) > 2]
        random_.shuffle(lines)
        yield from lines[:GENRE_LINES]
        yield from (scrap(x) for x in lines[:GENRE_LINES:5])


AD, HONEST, PROSE = 0, 1, 2


def all_lines(folder):
    """Every line, which of the three it is, and the fold that it is held out with."""
    words, kinds = read_patterns()
    order = sorted(kinds)
    random_.shuffle(order)
    lines, class_, fold = [], [], []
    for i, kind in enumerate(order):
        for c, patterns in enumerate(kinds[kind]):
            some = made(words, patterns, (lambda s: s) if c else dressed)
            lines += some
            class_ += [c] * len(some)
            fold += [i % FOLDS] * len(some)
    clean = list(prose(folder))
    fold += [i % FOLDS for i in range(len(clean))]
    return lines + clean, np.array(class_ + [PROSE] * len(clean)), np.array(fold)


# ---- Learning ----------------------------------------------------------------------------------

class Matrix:
    """Rows of numbers of n-grams."""

    def __init__(self, rows, columns, n):
        self.columns, self.n = columns, n
        self.start = np.searchsorted(rows, np.arange(n + 1))

    def only(self, grams, size):
        """The same rows, of some of the n-grams."""
        kept = np.zeros(size, bool)
        kept[grams] = True
        held = kept[self.columns]
        rows = np.repeat(np.arange(self.n), np.diff(self.start))
        return Matrix(rows[held], self.columns[held], self.n)

    def pick(self, ids):
        """The n-grams of some rows: the rows' places among ids, and the n-grams."""
        n = self.start[ids + 1] - self.start[ids]
        inside = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        return np.repeat(np.arange(len(ids)), n), self.columns[np.repeat(self.start[ids], n) + inside]

    def odds(self, ids, w, bias):
        row, column = self.pick(ids)
        return np.bincount(row, weights=w[column], minlength=len(ids)) + bias


def vocabulary(rows, grams, class_):
    """n-grams that two ads have, two honest lines or forty lines of prose; and the lines by them."""
    all_, number = np.unique(grams, return_inverse=True)
    often = [np.bincount(number, weights=(class_ == c)[rows], minlength=len(all_)) for c in (AD, HONEST, PROSE)]
    keep = (often[AD] >= 2) | (often[HONEST] >= 2) | (often[PROSE] >= 40)
    new = np.cumsum(keep) - 1
    held = keep[number]
    return all_[keep], Matrix(rows[held], new[number[held]], len(class_)), sum(often)[keep]


def learn(x, ids, class_, size):
    """Logistic regression, by steps whose size adapts to each weight."""
    is_ad, weigh = (class_ == AD).astype(float), np.array([ADS_WEIGH, HONEST_WEIGH, 1.0])[class_]
    w, grown = np.zeros(size), np.full(size, 1e-2)
    bias, bias_grown = -3.0, 1e-2
    order = np.random.default_rng(1)
    for _ in range(EPOCHS):
        shuffled = order.permutation(ids)
        for at in range(0, len(ids), BATCH):
            some = shuffled[at:at + BATCH]
            row, column = x.pick(some)
            z = np.bincount(row, weights=w[column], minlength=len(some)) + bias
            error = (1 / (1 + np.exp(-np.clip(z, -30, 30))) - is_ad[some]) * weigh[some]
            slope = np.bincount(column, weights=error[row], minlength=size) + SHRINK * BATCH * w
            grown += slope * slope
            w -= STEP * slope / np.sqrt(grown)
            bias_grown += error.sum() ** 2
            bias -= STEP * error.sum() / np.sqrt(bias_grown)
    return w, bias


def held_out(x, class_, fold, size):
    """What becomes of kinds that nothing was learned from."""
    odds = np.zeros(x.n)
    for f in range(FOLDS):
        w, bias = learn(x, np.flatnonzero(fold != f), class_, size)
        out = np.flatnonzero(fold == f)
        odds[out] = x.odds(out, w, bias)
    for least in (0, .5, 1.5, 2.3, 3):
        shares = [100 * np.mean(odds[class_ == c] > least) for c in (AD, HONEST, PROSE)]
        print('odds of e to the %.1f: %.1f %% of the ads, %.1f %% of the honest lines like them, %.4f %% of prose' % (least, *shares))


# ---- The table ---------------------------------------------------------------------------------

def levels_of(weights):
    """So many numbers that the weights are near to."""
    levels = np.quantile(weights, (np.arange(LEVELS) + .5) / LEVELS)
    for _ in range(50):
        nearest = np.abs(weights[:, None] - levels).argmin(1)
        levels = np.array([weights[nearest == k].mean() if (nearest == k).any() else levels[k] for k in range(LEVELS)])
    return np.round(levels).astype(int), np.abs(weights[:, None] - np.round(levels)).argmin(1)


def table(grams, weights):
    """Slots of an open hash table: 11 bits that tell n-grams apart, and the number of a level, from 1; 0: free."""
    levels, nearest = levels_of(weights)
    slots = [0] * SLOTS
    for k in np.argsort(-np.abs(weights), kind='stable'):
        h = int(grams[k])
        i, tag = h % SLOTS, h >> 21
        while slots[i] and slots[i] >> 5 != tag:
            i = (i + 1) % SLOTS
        if not slots[i]:
            slots[i] = tag << 5 | int(nearest[k]) + 1
    return slots, [0] + levels.tolist()


def write(path, slots, levels, bias):
    with open(path, 'w') as out:
        out.write('/* Made by make_wording.py: do not edit. */\n')
        out.write(f'enum {{ WORDING_UNIT = {UNIT}, WORDING_BIAS = {bias} }};\n')
        for kind, name_, items in (('int16_t', f'wording_levels[{len(levels)}]', levels), ('uint16_t', f'wording_slots[{SLOTS}]', slots)):
            out.write(f'static const {kind} {name_} = {{\n')
            for i in range(0, len(items), 40):
                out.write(','.join(map(str, items[i:i + 40])) + ',\n')
            out.write('};\n')


def main():
    np.seterr(over='ignore')
    lines, class_, fold = all_lines(sys.argv[-1])
    grams, x, often = vocabulary(*features(lines), class_)
    print(*(int((class_ == c).sum()) for c in (AD, HONEST, PROSE)), 'ads, honest lines, lines of prose;', len(grams), 'n-grams')
    if '--held-out' in sys.argv:
        held_out(x, class_, fold, len(grams))
        return
    every = np.arange(x.n)
    w, bias = learn(x, every, class_, len(grams))
    best = np.argsort(-np.abs(w) * np.sqrt(np.minimum(often, 50)))[:ROOM]
    w, bias = learn(x.only(best, len(grams)), every, class_, len(grams))
    write(os.path.join(HERE, 'wording.inc'), *table(grams[best], w[best] * UNIT), round(bias * UNIT))


if __name__ == '__main__':
    main()

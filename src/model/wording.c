#include "model/wording.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum {
    LETTERS = 120,
    SYMBOLS = 48, /* kinds of them in a line; more do not count */
    SLOTS = 1 << 17,
    SYMBOL = 1,
    LAST_SYMBOL = 2,
    HOPELESS = -1500,
    FAR_OFF = 600
};

/* Of a slot, the upper 11 bits tell n-grams apart, the lower 5 are the number of its weight among
 * wording_levels; 0: free. */
#include "model/tables/wording.inc"

/* A line on its way into n-grams, each of which counts once. */
typedef struct reading {
    uint32_t letters[LETTERS + 6]; /* between ^ and $ */
    size_t n;
    uint32_t last; /* the symbol that the line ends with so far; 0: a letter */
    uint32_t symbols[SYMBOLS];
    size_t nsymbols;
    uint64_t begun[4]; /* a bit for each letter, by its lowest byte, whose n-grams are in the sum */
    int sum;
} reading;

/* The hash of an n-gram grows by a letter with take() and is finished by done(). make_wording.py
 * has the same. */
static inline uint32_t take(uint32_t h, uint32_t letter) {
    h = (h ^ letter) * 0x01000193u;
    return h ^ h >> 15;
}

static inline uint32_t done(uint32_t h) {
    h *= 0x2C1B3C6Du;
    return h ^ h >> 16;
}

#define START 0x811C9DC5u
#define ANY   0u

/* What the slot of the n-gram with a hash holds; 0 if it is not known. The table always has free
 * slots. */
static inline unsigned slot_of(uint32_t h) {
    uint32_t i = h % SLOTS, tag = h >> 21;
    while (wording_slots[i] && wording_slots[i] >> 5 != tag) i = (i + 1) % SLOTS;
    return wording_slots[i];
}

/* Adds the weight of the n-gram with a hash. */
static inline void add(reading *r, uint32_t h) {
    r->sum += wording_levels[slot_of(h) & 31];
}

static void add_symbol(reading *r, uint32_t c) {
    for (size_t i = 0; i < r->nsymbols; i++)
        if (r->symbols[i] == c) return;
    if (r->nsymbols == SYMBOLS) return;
    r->symbols[r->nsymbols++] = c;
    add(r, done(take(take(START, SYMBOL), c)));
}

/* The n-grams that begin with a letter: it alone, with the next, with the next two, and with the
 * one behind a gap of one or two. */
enum gram_kind { ONE = 1, TWO = 2, THREE = 4, OVER_ONE = 8, OVER_TWO = 16, ALL = 31 };

/* Which n-grams that begin with letter i are in the sum, as they began with one before. */
static unsigned counted_before(reading *r, size_t i) {
    const uint32_t *w = r->letters + i;
    uint64_t *begun = &r->begun[w[0] >> 6 & 3], bit = (uint64_t)1 << (w[0] & 63);
    unsigned counted = 0;
    size_t from = *begun & bit ? 1 : i;
    *begun |= bit;
    for (const uint32_t *v = r->letters + from; v < w && counted != ALL; v++) {
        if (v[0] != w[0]) continue;
        counted |= ONE;
        if (v[1] == w[1]) counted |= v[2] == w[2] ? TWO | THREE : TWO;
        if (v[2] == w[2]) counted |= OVER_ONE;
        if (v[3] == w[3]) counted |= OVER_TWO;
    }
    return counted;
}

/* Adds the n-grams that begin with letter i; ^ and $ are none by themselves. */
static void add_grams(reading *r, size_t i) {
    if (i + 1 >= r->n) return;
    const uint32_t *w = r->letters + i;
    unsigned counted = counted_before(r, i);
    uint32_t one = take(START, w[0]), gap = take(one, ANY), two = take(one, w[1]);
    if (i > 1 && !(counted & ONE)) add(r, done(one));
    if (!(counted & TWO)) add(r, done(two));
    if (i + 2 < r->n && !(counted & THREE)) add(r, done(take(two, w[2])));
    if (i + 2 < r->n && !(counted & OVER_ONE)) add(r, done(take(gap, w[2])));
    if (i + 3 < r->n && !(counted & OVER_TWO)) add(r, done(take(take(gap, ANY), w[3])));
}

/* What most letters are, and no address goes over. */
static inline bool is_common_han(uint32_t c) {
    return c - 0x4E00 < 0x5200;
}

/* Latin marks of full width, which folding keeps, are the same marks here. */
static uint32_t narrow(uint32_t c) {
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

static void push(reading *r, uint32_t letter) {
    r->letters[r->n++] = letter;
    r->last = 0;
}

/* Enters a character. A number is one digit or two, however long. */
static void read_char(reading *r, uint32_t c) {
    if (is_space(c)) return;
    bool digit = is_ascii_digit(c);
    if (digit) c = '0';
    if (digit || is_han(c) || unicode_is_letter(c)) {
        bool long_number = digit && r->letters[r->n - 1] == '0' && r->letters[r->n - 2] == '0';
        if (!long_number) push(r, c);
        r->last = 0;
    } else {
        r->last = narrow(c);
        add_symbol(r, r->last);
    }
}

/* A run of Latin letters and digits and of what may stand between them in an address. */
typedef struct token {
    size_t end, letters, digits;
    bool dot;   /* before a letter, as in addresses */
    bool point; /* before a digit, as in numbers */
    bool mail, path;
} token;

static bool is_alnum(uint32_t c) {
    return is_ascii_letter(c) || is_ascii_digit(c);
}

/* Whether c, which ends before byte at, may stand within an address. */
static bool is_joint(str s, uint32_t c, size_t at) {
    if (c == ':') {
        size_t one = at;
        return at < s.n && narrow(utf8_next(s, &at)) == '/' && one < at && at < s.n &&
               narrow(utf8_next(s, &at)) == '/';
    }
    return c && c < 0x80 && strchr("._/@#?=&%~-", (int)c);
}

static token token_at(str s, size_t at) {
    token t = {.end = at};
    bool dot = false, mail = false, slash = false, scheme = false;
    while (at < s.n) {
        uint32_t c = narrow(utf8_next(s, &at));
        if (is_alnum(c)) {
            t.letters += is_ascii_letter(c), t.digits += is_ascii_digit(c);
            t.dot |= dot && is_ascii_letter(c), t.point |= dot && is_ascii_digit(c);
            t.mail |= mail, t.path |= slash && !scheme;
            dot = mail = slash = scheme = false;
            t.end = at;
        } else if (is_joint(s, c, at)) {
            dot |= c == '.', mail |= c == '@', slash |= c == '/', scheme |= c == ':';
        } else {
            break;
        }
    }
    size_t next = t.end;
    if (next < s.n && narrow(utf8_next(s, &next)) == '/') t.end = next;
    return t;
}

/* The letter that stands for a token, which it says all about: an address, with a path, of mail; an
 * account; a long number. 0: a word or a small number. */
static uint32_t token_letter(const token *t) {
    enum { ACCOUNT = 5, WORD = 9, NUMBER = 5 };
    if (t->dot && t->letters) return t->mail ? 'M' : t->path ? 'P' : 'U';
    if (t->digits && t->letters) return !t->point && t->digits + t->letters >= ACCOUNT ? 'I' : 0;
    if (t->letters) return t->letters > WORD ? 'I' : 0;
    return t->digits >= NUMBER ? 'N' : 0;
}

/* Enters the characters of bytes [from, to). */
static void read_chars(reading *r, str s, size_t from, size_t to) {
    while (from < to && r->n < LETTERS + 2) read_char(r, utf8_next(s, &from));
}

/* Reads a line; starts, if not NULL, tells at which byte each letter begins: those of a word in
 * Latin letters where the word does. */
static inline void read_line(reading *r, str s, uint32_t *starts) {
    size_t known = r->n;
    for (size_t at = 0, here = 0; at < s.n && r->n < LETTERS + 2; here = at) {
        uint32_t c = utf8_next(s, &at);
        if (is_common_han(c)) {
            push(r, c);
        } else if (is_alnum(c)) {
            token t = token_at(s, here);
            uint32_t letter = token_letter(&t);
            if (letter)
                push(r, letter);
            else
                read_chars(r, s, here, t.end);
            at = t.end;
        } else {
            read_char(r, c);
        }
        for (; starts && known < r->n; known++) starts[known] = (uint32_t)here;
    }
}

static void begin(reading *r) {
    r->letters[0] = 0, r->letters[1] = '^', r->n = 2;
    r->last = 0, r->nsymbols = 0, r->sum = WORDING_BIAS;
    memset(r->begun, 0, sizeof r->begun);
}

/* Adds the n-grams from letter i on, to the end of the line, unless the odds get hopeless before;
 * returns the odds. */
static int finish(reading *r, size_t i, int hopeless) {
    if (r->last) add(r, done(take(take(START, LAST_SYMBOL), r->last)));
    r->letters[r->n++] = '$';
    r->letters[r->n] = r->letters[r->n + 1] = ANY;
    for (; i < r->n && r->sum > hopeless * WORDING_UNIT / 100; i++) add_grams(r, i);
    return r->sum * 100 / WORDING_UNIT;
}

int wording_odds(str folded) {
    reading r;
    begin(&r);
    read_line(&r, folded, NULL);
    return finish(&r, 1, HOPELESS);
}

/* Reads the part of a line that begins at byte at: an ideograph, or what ends with one. Returns
 * where it ends. */
static size_t read_part(reading *r, const folding *fold, str line, size_t at, form *folded) {
    size_t from = at;
    uint32_t c = utf8_next(line, &at);
    if (is_common_han(c) && is_common_han(folding_char(fold, c))) {
        push(r, folding_char(fold, c));
        return at;
    }
    while (at < line.n && !is_common_han(c)) c = utf8_next(line, &at);
    skeleton_fold(fold, str_cut(line, from, at), folded);
    read_line(r, form_str(folded), NULL);
    return at;
}

/* Adds the Chinese marks of a line, which tell most prose from ads: before all else. */
static void add_marks(reading *r, const folding *fold, str line) {
    for (size_t at = 0; at < line.n;) {
        unsigned char first = (unsigned char)line.p[at];
        if (first < 0x80 || (first >= 0xE4 && first <= 0xE9)) { /* ASCII; U+4000 to U+9FFF */
            at += first < 0x80 ? 1 : 3;
            continue;
        }
        uint32_t c = utf8_next(line, &at);
        if (c < 0x2010 || (c >= 0x3400 && c < 0xA000) || is_space(c)) continue;
        c = folding_char(fold, c);
        if (c && !is_alnum(c) && !is_han(c) && !unicode_is_letter(c)) add_symbol(r, narrow(c));
    }
}

bool wording_is_likely(const folding *fold, str line, form *folded, int odds) {
    int hopeless = odds - FAR_OFF, least = hopeless * WORDING_UNIT / 100;
    reading r;
    size_t done = 1;
    begin(&r);
    add_marks(&r, fold, line);
    if (r.sum <= least) return false;
    for (size_t at = 0; at < line.n && r.n < LETTERS + 2;) {
        at = read_part(&r, fold, line, at, folded);
        for (; done + 3 < r.n && r.sum > least; done++) add_grams(&r, done);
        if (r.sum <= least) return false;
    }
    return finish(&r, done, hopeless) >= odds;
}

/* ---- Places ---------------------------------------------------------------------------------- */

typedef struct gram {
    int weight;
    bool known;
} gram;

/* The n-gram of the last n of three letters a, b, c. */
static gram gram_of(int n, uint32_t a, uint32_t b, uint32_t c) {
    uint32_t h = START;
    if (n > 2) h = take(h, a);
    if (n > 1) h = take(h, b);
    unsigned slot = slot_of(done(take(h, c)));
    return (gram){slot ? wording_levels[slot & 31] : 0, slot != 0};
}

static int weight_of(int n, uint32_t a, uint32_t b, uint32_t c) {
    return gram_of(n, a, b, c).weight;
}

/* The weight of the n-grams that end with letter i, of those that begin behind letter `first`. */
static int weight_to(const uint32_t *w, size_t first, size_t i) {
    int sum = weight_of(1, 0, 0, w[i]);
    if (i > first) sum += weight_of(2, 0, w[i - 1], w[i]);
    if (i > first + 1) sum += weight_of(3, w[i - 2], w[i - 1], w[i]);
    return sum;
}

/* What speaks against a place before letter i: n-grams that it tears. */
static int torn_at(const uint32_t *w, size_t first, size_t last, size_t i) {
    enum { PAIR = 100, TRIPLE = 40 };
    int sum = PAIR * gram_of(2, 0, w[i - 1], w[i]).known;
    if (i > first + 1) sum += TRIPLE * gram_of(3, w[i - 2], w[i - 1], w[i]).known;
    if (i < last) sum += TRIPLE * gram_of(3, w[i - 1], w[i], w[i + 1]).known;
    return sum;
}

/* What a text gains by its end before letter i, and one by its start there. */
static int end_at(const uint32_t *w, size_t first, size_t i) {
    int sum = weight_of(2, 0, w[i - 1], '$');
    return sum + (i > first + 1 ? weight_of(3, w[i - 2], w[i - 1], '$') : 0);
}

static int start_at(const uint32_t *w, size_t last, size_t i) {
    int sum = weight_of(2, 0, '^', w[i]);
    return sum + (i < last ? weight_of(3, '^', w[i], w[i + 1]) : 0);
}

size_t wording_places(str folded, bool ad_first, wording_place places[WORDING_PLACES]) {
    reading r;
    uint32_t starts[LETTERS + 4];
    const uint32_t *w = r.letters;
    begin(&r);
    read_line(&r, folded, starts);
    size_t first = 2, last = r.n - 1, n = 0;
    int before = 0, behind = 0;
    for (size_t i = first; i <= last; i++) behind += weight_to(w, first, i);
    for (size_t i = first + 1; i <= last; i++) {
        /* n-grams that hold letters of both sides belong to neither */
        int across = weight_to(w, first, i) - weight_of(1, 0, 0, w[i]);
        if (i < last) across += weight_of(3, w[i - 1], w[i], w[i + 1]);
        before += weight_to(w, first, i - 1);
        behind -= weight_to(w, first, i - 1);
        if (starts[i] == starts[i - 1]) continue;
        int sides = before + end_at(w, first, i) - (behind - across + start_at(w, last, i));
        int torn = torn_at(w, first, last, i);
        places[n++] =
            (wording_place){starts[i], ((ad_first ? sides : -sides) - torn) * 100 / WORDING_UNIT};
    }
    return n;
}

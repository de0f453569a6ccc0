#include "model/wording.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum {
    LETTERS = 120,
    SLOTS = 1 << 17,
    SYMBOL = 1,
    LAST_SYMBOL = 2,
    HOPELESS = -1500,
    FAR_OFF = 600
};
enum { GROUPS = SLOTS / 32 };

/* Of a slot, the upper 11 bits tell n-grams apart, the lower 5 are the number of its weight among
 * wording_levels; 0: free. */
#include "model/tables/wording.inc"

/* A line on its way into n-grams. */
typedef struct reading {
    uint32_t letters[LETTERS + 4]; /* between ^ and $ */
    size_t n;
    uint32_t last; /* the symbol that the line ends with so far; 0: a letter */
    int sum;
    uint32_t ready[GROUPS / 32]; /* groups of 32 slots that `seen` tells of; it is not cleared */
    uint32_t seen[GROUPS];       /* slots whose weight is in the sum */
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

/* Whether a slot's weight is in the sum; from now on it is. */
static inline bool was_seen(reading *r, uint32_t slot) {
    uint32_t group = slot / 32, bit = 1u << slot % 32, ready = 1u << group % 32;
    bool known = r->ready[group / 32] & ready;
    uint32_t seen = known ? r->seen[group] : 0;
    r->ready[group / 32] |= ready;
    r->seen[group] = seen | bit;
    return seen & bit;
}

/* The slot of the n-gram with a hash; a free one if it is not known. The table always has free
 * slots. */
static inline uint32_t slot_of(uint32_t h) {
    uint32_t i = h % SLOTS, tag = h >> 21;
    while (wording_slots[i] && wording_slots[i] >> 5 != tag) i = (i + 1) % SLOTS;
    return i;
}

/* Adds the weight of the n-gram with a hash, once. */
static inline void add(reading *r, uint32_t h) {
    uint32_t i = slot_of(h);
    if (wording_slots[i] && !was_seen(r, i)) r->sum += wording_levels[wording_slots[i] & 31];
}

static void add_symbol(reading *r, uint32_t kind, uint32_t c) {
    add(r, done(take(take(START, kind), c)));
}

/* Adds the n-grams that begin with letter i, and the pairs with ANY between them; ^ and $ are none
 * by themselves. */
static void add_grams(reading *r, size_t i) {
    if (i + 1 >= r->n) return;
    uint32_t one = take(START, r->letters[i]), gap = take(one, ANY);
    uint32_t pair = take(one, r->letters[i + 1]);
    if (i > 1) add(r, done(one));
    add(r, done(pair));
    if (i + 2 < r->n) {
        add(r, done(take(pair, r->letters[i + 2])));
        add(r, done(take(gap, r->letters[i + 2])));
    }
    if (i + 3 < r->n) add(r, done(take(take(gap, ANY), r->letters[i + 3])));
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
        add_symbol(r, SYMBOL, r->last);
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
        if (c - 0x4E00 < 0x5200) { /* what most are */
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
    r->last = 0, r->sum = WORDING_BIAS;
    memset(r->ready, 0, sizeof r->ready);
}

/* Adds the n-grams from letter i on, to the end of the line, unless the odds get hopeless before;
 * returns the odds. */
static int finish(reading *r, size_t i, int hopeless) {
    if (r->last) add_symbol(r, LAST_SYMBOL, r->last);
    r->letters[r->n++] = '$';
    for (; i < r->n && r->sum > hopeless * WORDING_UNIT / 100; i++) add_grams(r, i);
    return r->sum * 100 / WORDING_UNIT;
}

int wording_odds(str folded) {
    reading r;
    begin(&r);
    read_line(&r, folded, NULL);
    return finish(&r, 1, HOPELESS);
}

/* The end of the part of a line that begins at byte at: some letters, the last of them an
 * ideograph, which no address goes over. */
static size_t part_end(str line, size_t at) {
    enum { PART = 12 };
    for (size_t from = at; at < line.n;) {
        uint32_t c = utf8_next(line, &at);
        if (at - from >= PART && c - 0x4E00 < 0x5200) break;
    }
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
        if (c && !is_alnum(c) && !is_han(c) && !unicode_is_letter(c))
            add_symbol(r, SYMBOL, narrow(c));
    }
}

bool wording_is_likely(const folding *fold, str line, form *folded, int odds) {
    int hopeless = odds - FAR_OFF, least = hopeless * WORDING_UNIT / 100;
    reading r;
    size_t done = 1;
    begin(&r);
    add_marks(&r, fold, line);
    if (r.sum <= least) return false;
    for (size_t at = 0, end; at < line.n && r.n < LETTERS + 2; at = end) {
        end = part_end(line, at);
        skeleton_fold(fold, str_cut(line, at, end), folded);
        read_line(&r, form_str(folded), NULL);
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
    uint16_t slot = wording_slots[slot_of(done(take(h, c)))];
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
    enum { TWO = 100, THREE = 40 };
    int sum = TWO * gram_of(2, 0, w[i - 1], w[i]).known;
    if (i > first + 1) sum += THREE * gram_of(3, w[i - 2], w[i - 1], w[i]).known;
    if (i < last) sum += THREE * gram_of(3, w[i - 1], w[i], w[i + 1]).known;
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

#include "model/wording.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { LETTERS = 120, SLOTS = 1 << 16, SYMBOL = 1, LAST_SYMBOL = 2, HOPELESS = -1000 };
enum { GROUPS = SLOTS / 32 };

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

/* Whether a slot's weight is in the sum; from now on it is. */
static inline bool was_seen(reading *r, uint32_t slot) {
    uint32_t group = slot / 32, bit = 1u << slot % 32, ready = 1u << group % 32;
    bool known = r->ready[group / 32] & ready;
    uint32_t seen = known ? r->seen[group] : 0;
    r->ready[group / 32] |= ready;
    r->seen[group] = seen | bit;
    return seen & bit;
}

/* Adds the weight of the n-gram with a hash, once. The table always has free slots. */
static inline void add(reading *r, uint32_t h) {
    uint32_t i = h % SLOTS, tag = h >> 16 ? h >> 16 : 1;
    while (wording_tags[i] && wording_tags[i] != tag) i = (i + 1) % SLOTS;
    if (wording_tags[i] && !was_seen(r, i)) r->sum += wording_weights[i];
}

static void add_symbol(reading *r, uint32_t kind, uint32_t c) {
    add(r, done(take(take(START, kind), c)));
}

/* Adds the n-grams that begin with letter i; ^ and $ are none by themselves. */
static void add_grams(reading *r, size_t i) {
    uint32_t h = take(START, r->letters[i]);
    if (i > 1 && i + 1 < r->n) add(r, done(h));
    if (i + 1 < r->n) add(r, done(h = take(h, r->letters[i + 1])));
    if (i + 2 < r->n) add(r, done(take(h, r->letters[i + 2])));
}

/* Latin marks of full width, which folding keeps, are the same marks here. */
static uint32_t narrow(uint32_t c) {
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

/* Enters a character. A number is one digit or two, however long. */
static void read_char(reading *r, uint32_t c) {
    if (c - 0x4E00 < 0x5200) { /* what most are */
        r->letters[r->n++] = c;
        r->last = 0;
        return;
    }
    if (is_space(c)) return;
    bool digit = is_ascii_digit(c);
    if (digit) c = '0';
    if (digit || is_han(c) || unicode_is_letter(c)) {
        bool long_number = digit && r->letters[r->n - 1] == '0' && r->letters[r->n - 2] == '0';
        if (!long_number) r->letters[r->n++] = c;
        r->last = 0;
    } else {
        r->last = narrow(c);
        add_symbol(r, SYMBOL, r->last);
    }
}

int wording_odds(str folded) {
    reading r;
    r.letters[0] = 0, r.letters[1] = '^', r.n = 2;
    r.last = 0, r.sum = WORDING_BIAS;
    memset(r.ready, 0, sizeof r.ready);
    for (size_t at = 0; at < folded.n && r.n < LETTERS + 2;) read_char(&r, utf8_next(folded, &at));
    if (r.last) add_symbol(&r, LAST_SYMBOL, r.last);
    r.letters[r.n++] = '$';
    for (size_t i = 1; i < r.n && r.sum > HOPELESS * WORDING_UNIT / 100; i++) add_grams(&r, i);
    return r.sum * 100 / WORDING_UNIT;
}

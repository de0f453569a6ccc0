#include "model/sieve.h"

#include "base/utf8.h"

enum { BMP = 0x10000, PAIR_BITS = 18, SLOT_BITS = 13, GAP = 4, LONGEST = 64 };

/* What a character may do: begin a pair, end one, stand between two letters. One that stands
 * between letters and begins a pair too, as the dot of ".cn", is a SIGN. */
enum { BEGINS = 1, ENDS = 2, BETWEEN = 4, SIGN = 8 };

/* A literal and the place of its pair. */
typedef struct entry {
    const uint32_t *chars;
    uint32_t n, pair;
    struct entry *next; /* in the same slot */
} entry;

struct sieve {
    uint8_t class[BMP];
    uint16_t folded[BMP];
    uint32_t pairs[(1u << PAIR_BITS) / 32]; /* a bit for each pair that some literal has */
    entry *slots[1u << SLOT_BITS];
};

static uint32_t pair_hash(uint32_t a, uint32_t b) {
    return a * 0x9E3779B1u ^ b * 0x85EBCA6Bu;
}

/* How common a character is in Chinese prose, 0 to 9: by its place among the commonest. */
static int commonness(uint32_t c) {
    static const char commonest[] =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
        "年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样"
        "理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将"
        "两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信"
        "表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔"
        "更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统"
        "区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品"
        "住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运";
    char p[4];
    if (c == 0x3001 || c == 0x3002 || (c >= 0x2018 && c <= 0x201D) || c >= 0xFF00) return 9;
    if (c < 0x80) return c == 'q' || c == 'w' || c == '&' ? 0 : 9;
    size_t n = utf8_write(p, c), at = str_find(str_of(commonest), str_make(p, n), 0);
    return at == STR_NONE ? 0 : 9 - (int)(8 * at / sizeof commonest);
}

/* The index of the rarest pair of at least two characters. Its second character counts most: it is
 * what a pair is given up for. */
static uint32_t rarest_pair(const uint32_t *chars, uint32_t n) {
    uint32_t best = 0;
    int least = 100;
    for (uint32_t i = 0; i + 1 < n; i++) {
        int cost = commonness(chars[i]) + 3 * commonness(chars[i + 1]);
        if (chars[i] < BMP && cost < least) least = cost, best = i;
    }
    return best;
}

/* Enters a literal; role is what folded characters do in pairs. */
static bool add(sieve *s, arena *mem, str literal, uint8_t *role) {
    uint32_t chars[LONGEST], n = 0;
    for (size_t at = 0; at < literal.n && n < LONGEST;) chars[n++] = utf8_next(literal, &at);
    if (n < 2) return true;
    entry *e = arena_alloc(mem, sizeof *e);
    uint32_t *copy = arena_alloc(mem, n * sizeof *copy);
    if (!e || !copy) return false;
    memcpy(copy, chars, n * sizeof *copy);
    uint32_t pair = rarest_pair(chars, n), hash = pair_hash(chars[pair], chars[pair + 1]);
    uint32_t bit = hash >> (32 - PAIR_BITS), slot = hash >> (32 - SLOT_BITS);
    *e = (entry){copy, n, pair, s->slots[slot]};
    s->slots[slot] = e;
    s->pairs[bit / 32] |= 1u << bit % 32;
    if (chars[pair] < BMP) role[chars[pair]] |= BEGINS;
    if (chars[pair + 1] < BMP) role[chars[pair + 1]] |= ENDS;
    return true;
}

sieve *sieve_new(arena *mem, const folding *f, const str *literals, size_t n) {
    sieve *s = arena_zalloc(mem, 1, sizeof *s);
    uint8_t *role = arena_zalloc(mem, BMP, 1);
    if (!s || !role) return NULL;
    for (size_t i = 0; i < n; i++)
        if (!add(s, mem, literals[i], role)) return NULL;
    for (uint32_t c = 0; c < BMP; c++) {
        uint32_t one = folding_char(f, c);
        bool han = c >= 0x3400 && c < 0xA000;
        if (!han && (!one || !skeleton_holds(one))) s->class[c] |= BETWEEN;
        s->class[c] |= role[one];
        if (s->class[c] & BETWEEN && s->class[c] & BEGINS) s->class[c] |= SIGN;
        s->folded[c] = (uint16_t)one;
    }
    return s;
}

/* What c folds to, 0 for several characters and beyond the BMP, where no pair is. */
static uint32_t fold(const sieve *s, uint32_t c) {
    return c < BMP ? s->folded[c] : 0;
}

static bool stands_between(const sieve *s, uint32_t c) {
    return c < BMP && s->class[c] & BETWEEN;
}

/* Whether the literal's characters from i on follow byte at of text, gaps passed over. */
static bool follows(const sieve *s, const entry *e, str text, size_t at, uint32_t i) {
    for (int gap = 0; i < e->n; gap++) {
        if (at >= text.n || gap > GAP) return false;
        uint32_t c = utf8_next(text, &at);
        if (fold(s, c) == e->chars[i])
            i++, gap = -1;
        else if (!stands_between(s, c))
            return false;
    }
    return true;
}

/* Whether the literal's first i characters stand before byte at of text. */
static bool precedes(const sieve *s, const entry *e, str text, size_t at, uint32_t i) {
    for (int gap = 0; i > 0; gap++) {
        if (at == 0 || gap > GAP) return false;
        uint32_t c = utf8_prev(text, &at);
        if (fold(s, c) == e->chars[i - 1])
            i--, gap = -1;
        else if (!stands_between(s, c))
            return false;
    }
    return true;
}

/* Whether a literal is there whose pair is a, at byte at, and b. */
static bool is_literal(const sieve *s, str text, uint32_t a, uint32_t b, size_t at) {
    uint32_t hash = pair_hash(a, b), bit = hash >> (32 - PAIR_BITS);
    if (!(s->pairs[bit / 32] >> bit % 32 & 1)) return false;
    for (const entry *e = s->slots[hash >> (32 - SLOT_BITS)]; e; e = e->next)
        if (e->chars[e->pair] == a && e->chars[e->pair + 1] == b &&
            follows(s, e, text, at, e->pair) && precedes(s, e, text, at, e->pair))
            return true;
    return false;
}

/* Whether a literal has its pair at the sign c, which stands at byte start and ends before byte at,
 * and the character right behind it. */
static bool is_sign_pair(const sieve *s, str text, uint32_t c, size_t start, size_t at) {
    return at < text.n && is_literal(s, text, fold(s, c), fold(s, utf8_next(text, &at)), start);
}

size_t sieve_next(const sieve *s, str text, size_t from) {
    const unsigned char *p = (const unsigned char *)text.p;
    uint32_t before = 0;
    size_t before_at = 0;
    unsigned before_class = 0;
    for (size_t at = from, start = from; at < text.n; start = at) {
        uint32_t c;
        /* utf8_next() with the commonest case first: this loop is all that clean text costs. */
        if ((p[at] & 0xF0) == 0xE0) {
            c = (uint32_t)(p[at] & 15) << 12 | (uint32_t)(p[at + 1] & 63) << 6 | (p[at + 2] & 63);
            at += 3;
        } else if (p[at] < 0x80) {
            c = p[at++];
        } else {
            c = utf8_next(text, &at);
            if (c >= BMP) continue;
        }
        unsigned class = s->class[c];
        if ((before_class << 1 & class & ENDS) | (class & SIGN)) {
            if (before_class & BEGINS &&
                is_literal(s, text, fold(s, before), fold(s, c), before_at))
                return before_at;
            if (class & SIGN && is_sign_pair(s, text, c, start, at)) return start;
        }
        bool between = class & BETWEEN;
        before = between ? before : c;
        before_at = between ? before_at : start;
        before_class = between ? before_class : class;
    }
    return STR_NONE;
}

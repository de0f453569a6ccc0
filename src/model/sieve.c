#include "model/sieve.h"

#include "base/utf8.h"

enum { BMP = 0x10000, PAIR_BITS = 18, SLOT_BITS = 13, GAP = 4, LONGEST = 64 };

/* What a character may do, in one word. A literal's pair and the character before it are dealt into
 * one of ten buckets, by the pair's first character. Bit b of the lowest ten is set where the
 * character ends a pair of bucket b, of the next ten where it begins one, and of the ten after
 * those where it leads up to one. Two buckets are for literals of two characters; everything leads
 * up to those. The highest bit is for what may stand between two letters. A character that does so
 * and begins a pair too, as the dot of ".cn", is a sign. */
typedef uint32_t role;

enum { BEGINS_AT = 10, LEADS_AT = 20, BETWEEN_AT = 31, BUCKETS = 8, SHORT_BUCKETS = 2 };

#define BUCKET_MASK 0x3FFu
#define SHORT_MASK  0x300u
#define BETWEEN     (1u << BETWEEN_AT)

/* A literal, its pair, and the characters beside the pair; 0: there is none. */
typedef struct entry {
    uint32_t a, b, before, after;
    uint32_t n, pair; /* how many characters, and where the pair is */
    bool faint;
    const uint32_t *chars;
    struct entry *next; /* in the same slot */
} entry;

struct sieve {
    role roles[BMP];
    uint16_t folded[BMP];
    const folding *fold;
    uint32_t pairs[(1u << PAIR_BITS) / 32]; /* a bit for each pair that some literal has */
    entry *slots[1u << SLOT_BITS];
};

static uint32_t pair_hash(uint32_t a, uint32_t b) {
    return a * 0x9E3779B1u ^ b * 0x85EBCA6Bu;
}

/* The commonest characters of Chinese prose, from the commonest on. */
static const char commonest[] =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
    "年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样"
    "理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将"
    "两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信"
    "表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔"
    "更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统"
    "区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品"
    "住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运";

/* What is only needed while a sieve is made, by folded character. */
typedef struct making {
    uint8_t common[BMP]; /* how common it is in Chinese prose, 0 to 9 */
    role roles[BMP];
} making;

static void set_common(uint8_t *common) {
    str all = str_of(commonest);
    for (uint32_t c = 0; c < 0x80; c++) common[c] = c == 'q' || c == 'w' || c == '&' ? 0 : 9;
    for (size_t at = 0, here = 0; at < all.n; here = at)
        common[utf8_next(all, &at)] = (uint8_t)(9 - 8 * here / sizeof commonest);
    common[0x3001] = common[0x3002] = 9;
    memset(common + 0x2018, 9, 6);
    memset(common + 0xFF00, 9, 0x100);
}

/* The index of the rarest pair, with the character before it if there is one. Its second character
 * counts most: it is what a pair is given up for. */
static uint32_t rarest_pair(const uint8_t *common, const uint32_t *chars, uint32_t n) {
    uint32_t best = 0;
    int least = 100;
    for (uint32_t i = n > 2; i + 1 < n; i++) {
        if ((i && chars[i - 1] >= BMP) || chars[i] >= BMP || chars[i + 1] >= BMP) continue;
        int cost = common[chars[i]] + 3 * common[chars[i + 1]] + (i ? 2 * common[chars[i - 1]] : 0);
        if (cost < least) least = cost, best = i;
    }
    return best;
}

/* The bucket of pairs that begin with c. */
static unsigned bucket_of(uint32_t c, bool is_short) {
    uint32_t hash = c * 0x9E3779B1u >> 16;
    return is_short ? BUCKETS + hash % SHORT_BUCKETS : hash % BUCKETS;
}

/* Enters a literal's first n characters, two or more. */
static bool enter(sieve *s, arena *mem, making *m, const uint32_t *chars, uint32_t n, bool faint) {
    entry *e = arena_alloc(mem, sizeof *e);
    uint32_t *copy = arena_alloc(mem, n * sizeof *copy), pair = rarest_pair(m->common, chars, n);
    if (!e || !copy) return false;
    memcpy(copy, chars, n * sizeof *copy);
    uint32_t a = chars[pair], b = chars[pair + 1], hash = pair_hash(a, b);
    uint32_t bit = hash >> (32 - PAIR_BITS), slot = hash >> (32 - SLOT_BITS);
    *e = (entry){
        .a = a,
        .b = b,
        .before = pair ? chars[pair - 1] : 0,
        .after = pair + 2 < n ? chars[pair + 2] : 0,
        .n = n,
        .pair = pair,
        .faint = faint,
        .chars = copy,
        .next = s->slots[slot],
    };
    s->slots[slot] = e;
    s->pairs[bit / 32] |= 1u << bit % 32;
    if (a >= BMP || b >= BMP || e->before >= BMP) return true;
    unsigned bucket = bucket_of(a, !pair);
    if (pair) m->roles[e->before] |= 1u << (bucket + LEADS_AT);
    m->roles[a] |= 1u << (bucket + BEGINS_AT);
    m->roles[b] |= 1u << bucket;
    return true;
}

static bool enter_all(sieve *s, arena *mem, making *m, const str *literals, const bool *faint,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t chars[LONGEST], n = 0;
        for (size_t at = 0; at < literals[i].n && n < LONGEST;)
            chars[n++] = utf8_next(literals[i], &at);
        if (n >= 2 && !enter(s, mem, m, chars, n, faint && faint[i])) return false;
    }
    return true;
}

static void set_roles(sieve *s, const folding *f, const role *roles) {
    s->fold = f;
    for (uint32_t c = 0; c < BMP; c++) {
        uint32_t one = folding_char(f, c);
        bool han = c >= 0x3400 && c < 0xA000;
        s->roles[c] = roles[one] | SHORT_MASK << LEADS_AT;
        if (!han && (!one || !skeleton_holds(one))) s->roles[c] |= BETWEEN;
        s->folded[c] = (uint16_t)one;
    }
}

sieve *sieve_new(arena *mem, const folding *f, const str *literals, const bool *faint, size_t n) {
    sieve *s = arena_zalloc(mem, 1, sizeof *s);
    arena *scratch = arena_new(0);
    making *m = scratch ? arena_zalloc(scratch, 1, sizeof *m) : NULL;
    bool made = s && m;
    if (made) set_common(m->common);
    made = made && enter_all(s, mem, m, literals, faint, n);
    if (made) set_roles(s, f, m->roles);
    arena_free(scratch);
    return made ? s : NULL;
}

/* The letter of the BMP that c, beyond it, is another style of: bold, in a square; 0: none. */
static uint32_t plain(const sieve *s, uint32_t c) {
    bool styled = c - 0x1D400 < 0x400 || c - 0x1F100 < 0x100;
    uint32_t one = styled ? folding_char(s->fold, c) : 0;
    return one < BMP ? one : 0;
}

/* What c folds to; 0 for several characters, and for most beyond the BMP. */
static uint32_t fold(const sieve *s, uint32_t c) {
    return c < BMP ? s->folded[c] : plain(s, c);
}

static bool stands_between(const sieve *s, uint32_t c) {
    return c < BMP && s->roles[c] & BETWEEN;
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

/* Where the literal's first i characters begin that stand before byte at of text, or STR_NONE. */
static size_t start_before(const sieve *s, const entry *e, str text, size_t at, uint32_t i) {
    for (int gap = 0; i > 0; gap++) {
        if (at == 0 || gap > GAP) return STR_NONE;
        uint32_t c = utf8_prev(text, &at);
        if (fold(s, c) == e->chars[i - 1])
            i--, gap = -1;
        else if (!stands_between(s, c))
            return STR_NONE;
    }
    return at;
}

/* The letter that c is, folded; 0: it is none, and letters beyond it may count. */
static uint32_t letter(const sieve *s, uint32_t c) {
    return stands_between(s, c) ? 0 : fold(s, c);
}

/* The start of a literal whose pair is a, at byte at, and b, which ends before byte end; or
 * STR_NONE. */
static size_t find_literal(const sieve *s, str text, uint32_t a, uint32_t b, size_t at, size_t end,
                           bool firm) {
    uint32_t hash = pair_hash(a, b), bit = hash >> (32 - PAIR_BITS);
    if (!(s->pairs[bit / 32] >> bit % 32 & 1)) return STR_NONE;
    size_t left = at, right = end;
    uint32_t before = left > 0 ? letter(s, utf8_prev(text, &left)) : 0;
    uint32_t after = right < text.n ? letter(s, utf8_next(text, &right)) : 0;
    for (const entry *e = s->slots[hash >> (32 - SLOT_BITS)]; e; e = e->next) {
        if (e->a != a || e->b != b || (firm && e->faint)) continue;
        if ((before && e->before && before != e->before) ||
            (after && e->after && after != e->after))
            continue;
        size_t start = start_before(s, e, text, at, e->pair);
        if (start != STR_NONE && follows(s, e, text, at, e->pair)) return start;
    }
    return STR_NONE;
}

static bool is_sign(const sieve *s, uint32_t c) {
    return stands_between(s, c) && s->roles[c] >> BEGINS_AT & BUCKET_MASK;
}

/* Where a literal begins whose pair ends with c, bytes [start, end), and begins with the letter
 * before it, or with a sign right before it, at or after byte from. STR_NONE when there is none. */
static size_t find_pair(const sieve *s, str text, size_t from, uint32_t c, size_t start, size_t end,
                        bool firm) {
    size_t at = start;
    for (int gap = 0; at > from && gap <= GAP; gap++) {
        uint32_t before = utf8_prev(text, &at);
        bool between = stands_between(s, before);
        if (!between || (gap == 0 && is_sign(s, before))) {
            size_t found = find_literal(s, text, fold(s, before), fold(s, c), at, end, firm);
            if (found != STR_NONE) return found > from ? found : from;
        }
        if (!between) break;
    }
    return STR_NONE;
}

/* What the characters so far leave to the next, in the places of its role: the buckets whose pairs
 * may end with it, those whose pairs may begin with it, and all that it may lead up to. */
typedef uint32_t trail;

#define LEADS_ANY (BUCKET_MASK << LEADS_AT)

/* What of its role a character may do: its lowest ten bits say whether it ends a pair. */
static inline role allowed(trail behind, role r) {
    return behind & r;
}

/* The trail behind a character with role r of which `may` is allowed. */
static inline trail pass_on(trail behind, role r, role may) {
    role stays = 0u - (r >> BETWEEN_AT);
    return may >> BEGINS_AT | (behind & stays) | LEADS_ANY;
}

/* Eight bytes, the first of them lowest. */
static inline uint64_t eight(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

/* The same number at the lowest bits of two characters of three bytes each. */
#define TWICE(x) ((uint64_t)(x) << 24 | (x))

/* Whether the lowest six bytes of each are two characters of three bytes. */
static inline bool are_wide(uint64_t ab, uint64_t cd) {
    return !(((ab ^ TWICE(0xE0u)) | (cd ^ TWICE(0xE0u))) & TWICE(0xF0u));
}

/* Their code points: of the first at bit 0, of the second at bit 24. */
static inline uint64_t decode(uint64_t two) {
    return (two << 12 & TWICE(0xF000u)) | (two >> 2 & TWICE(0xFC0u)) | (two >> 16 & TWICE(0x3Fu));
}

/* The role of the character of three bytes at p. */
static inline role role_wide(const sieve *s, const unsigned char *p) {
    return s->roles[((unsigned)p[0] << 12) + ((unsigned)p[1] << 6) + p[2] - 0xE2080u];
}

/* Passes over characters of three bytes, as long as none ends a pair; the first loop, of four at a
 * time, is all that clean text costs. */
static inline size_t pass_wide(const sieve *s, trail *behind, const unsigned char *p, size_t n) {
    size_t at = 0;
    trail t = *behind;
    for (; n - at >= 12; at += 12) {
        uint64_t ab = eight(p + at), cd = eight(p + at + 4) >> 16;
        if (!are_wide(ab, cd)) break;
        ab = decode(ab), cd = decode(cd);
        role a = s->roles[ab & 0xFFFF], b = s->roles[ab >> 24];
        role c = s->roles[cd & 0xFFFF], d = s->roles[cd >> 24];
        role may_a = allowed(t, a);
        trail to_b = pass_on(t, a, may_a);
        role may_b = allowed(to_b, b);
        trail to_c = pass_on(to_b, b, may_b);
        role may_c = allowed(to_c, c);
        trail to_d = pass_on(to_c, c, may_c);
        role may_d = allowed(to_d, d);
        if ((may_a | may_b | may_c | may_d) & BUCKET_MASK) break;
        t = pass_on(to_d, d, may_d);
    }
    for (; n - at >= 3 && (p[at] & 0xF0) == 0xE0; at += 3) {
        role r = role_wide(s, p + at), may = allowed(t, r);
        if (may & BUCKET_MASK) break;
        t = pass_on(t, r, may);
    }
    *behind = t;
    return at;
}

size_t sieve_next(const sieve *s, str text, size_t from, bool firm) {
    const unsigned char *p = (const unsigned char *)text.p;
    trail behind = (from ? BUCKET_MASK : SHORT_MASK) << BEGINS_AT | LEADS_ANY;
    for (size_t at = from; at < text.n;) {
        at += pass_wide(s, &behind, p + at, text.n - at);
        if (at == text.n) return STR_NONE;
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c >= BMP && !(c = plain(s, c))) continue;
        role r = s->roles[c], may = allowed(behind, r);
        size_t found = may & BUCKET_MASK ? find_pair(s, text, from, c, start, at, firm) : STR_NONE;
        if (found != STR_NONE) return found;
        behind = pass_on(behind, r, may);
    }
    return STR_NONE;
}

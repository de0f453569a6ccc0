#include "model/sieve.h"

#include "base/utf8.h"

enum { BMP = 0x10000, PAIR_BITS = 18, SLOT_BITS = 13, GAP = 4, LONGEST = 64 };

/* What a character may do, in one word. A literal's pair and the character before it are dealt into
 * one of 24 buckets. Bit b of the lowest 24 is set where the character ends a pair of bucket b, of
 * the next 24 where it begins one, and of the 15 after those where it leads up to one. The last
 * nine buckets are for pairs that begin their literals; everything leads up to those. The highest
 * bit is for what may stand between two letters. A character that does so and begins a pair too, as
 * the dot of ".cn", is a sign. */
typedef uint64_t role;

enum { LONG_BUCKETS = 15, BUCKETS = 24, BEGINS_AT = 24, LEADS_AT = 48, BETWEEN_AT = 63 };

#define ENDS    (((role)1 << BUCKETS) - 1)
#define BEGINS  (ENDS << BEGINS_AT)
#define LEADS   ((((role)1 << LONG_BUCKETS) - 1) << LEADS_AT)
#define BETWEEN ((role)1 << BETWEEN_AT)

/* A literal, its pair, and the characters beside the pair; 0: there is none. */
typedef struct entry {
    uint32_t a, b, before, after;
    uint32_t n, pair; /* how many characters, and where the pair is */
    bool faint;
    const uint32_t *chars;
    struct entry *next; /* in the same slot */
} entry;

struct sieve {
    const role *rows[256]; /* by the first of a character's three bytes: its roles, by the others */
    role roles[BMP];       /* by place_of() */
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

enum { EVERYWHERE = 10000 };

/* How often the characters that lead up to a bucket's pairs, begin and end them stand among so many
 * of prose. */
typedef struct bucket {
    uint64_t leads, begins, ends;
} bucket;

/* What is only needed while a sieve is made. */
typedef struct making {
    uint8_t common[BMP]; /* by folded character: how common it is in Chinese prose, 0 to 9 */
    role roles[BMP];     /* by folded character */
    bucket buckets[BUCKETS];
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

/* How often a character stands among EVERYWHERE of prose. */
static uint64_t how_often(const making *m, uint32_t c) {
    static const uint8_t often[10] = {1, 5, 5, 6, 8, 10, 12, 16, 25, 70};
    return often[m->common[c]];
}

/* What a character that is given a role adds to how often a bucket is met; 0 if it has it. */
static uint64_t more_often(const making *m, uint32_t c, unsigned bit) {
    return m->roles[c] >> bit & 1 ? 0 : how_often(m, c);
}

static bucket with_entry(const making *m, unsigned which, const entry *e) {
    bucket b = m->buckets[which];
    b.ends += more_often(m, e->b, which);
    b.begins += more_often(m, e->a, BEGINS_AT + which);
    if (e->pair) b.leads += more_often(m, e->before, LEADS_AT + which);
    return b;
}

/* How likely it is that any three characters pass for the bucket's. */
static uint64_t chance(const bucket *b) {
    return b->leads * b->begins * b->ends;
}

/* How likely it is that prose holds the entry's own three: so many times more than by chance. */
static uint64_t own_chance(const making *m, const entry *e) {
    enum { TOGETHER = 10 };
    uint64_t leads = e->pair ? how_often(m, e->before) : EVERYWHERE;
    return TOGETHER * leads * how_often(m, e->a) * how_often(m, e->b);
}

/* Makes characters i and i + 1 of a literal its pair. */
static void set_pair(entry *e, uint32_t i) {
    e->pair = i;
    e->a = e->chars[i];
    e->b = e->chars[i + 1];
    e->before = i ? e->chars[i - 1] : 0;
    e->after = i + 2 < e->n ? e->chars[i + 2] : 0;
}

static void give_roles(making *m, const entry *e, unsigned which) {
    m->buckets[which] = with_entry(m, which, e);
    if (e->pair) m->roles[e->before] |= (role)1 << (LEADS_AT + which);
    m->roles[e->a] |= (role)1 << (BEGINS_AT + which);
    m->roles[e->b] |= (role)1 << which;
}

/* Chooses the entry's pair, with a character before it if there is one, and deals it into a bucket:
 * those for which prose has to be looked at least. */
static void deal(making *m, entry *e) {
    unsigned which = BUCKETS;
    uint32_t pair = 0;
    uint64_t least = UINT64_MAX;
    for (uint32_t i = e->n > 2 && e->chars[2] < BMP; i + 1 < e->n; i++) {
        set_pair(e, i);
        if (e->a >= BMP || e->b >= BMP || e->before >= BMP) continue;
        uint64_t own = own_chance(m, e);
        unsigned first = i ? 0 : LONG_BUCKETS, end = i ? LONG_BUCKETS : BUCKETS;
        for (unsigned k = first; k < end && own < least; k++) {
            bucket b = with_entry(m, k, e);
            uint64_t more = chance(&b) - chance(&m->buckets[k]) + own;
            if (more < least) least = more, which = k, pair = i;
        }
    }
    set_pair(e, pair);
    if (which < BUCKETS) give_roles(m, e, which);
}

/* Enters a literal's first n characters, two or more. */
static bool enter(sieve *s, arena *mem, making *m, const uint32_t *chars, uint32_t n, bool faint) {
    entry *e = arena_zalloc(mem, 1, sizeof *e);
    uint32_t *copy = arena_alloc(mem, n * sizeof *copy);
    if (!e || !copy) return false;
    memcpy(copy, chars, n * sizeof *copy);
    e->chars = copy;
    e->n = n;
    e->faint = faint;
    deal(m, e);
    uint32_t hash = pair_hash(e->a, e->b), bit = hash >> (32 - PAIR_BITS);
    entry **slot = &s->slots[hash >> (32 - SLOT_BITS)];
    e->next = *slot;
    *slot = e;
    s->pairs[bit / 32] |= 1u << bit % 32;
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

/* Where the role of a character lies, so that the last two of its three bytes, taken as a number,
 * are its place in the row of the first; the rows are folded into each other. */
static inline uint32_t place_of(uint32_t c) {
    return (c & 0xC000) | (c & 0x3F) << 8 | (c >> 6 & 0xC0) | (c >> 6 & 0x3F);
}

static role role_of(const sieve *s, uint32_t c) {
    return s->roles[place_of(c)];
}

static void set_roles(sieve *s, const folding *f, const role *roles) {
    s->fold = f;
    for (uint32_t row = 0; row < 16; row++) s->rows[0xE0 + row] = &s->roles[place_of(row << 12)];
    for (uint32_t c = 0; c < BMP; c++) {
        uint32_t one = folding_char(f, c);
        bool han = c >= 0x3400 && c < 0xA000, between = !han && (!one || !skeleton_holds(one));
        s->roles[place_of(c)] = roles[one] | (between ? BETWEEN : 0);
        s->folded[c] = (uint16_t)one;
    }
}

sieve *sieve_new(arena *mem, const folding *f, const str *literals, const bool *faint, size_t n) {
    sieve *s = arena_zalloc(mem, 1, sizeof *s);
    arena *scratch = arena_new(0);
    making *m = scratch ? arena_zalloc(scratch, 1, sizeof *m) : NULL;
    bool made = s && m;
    if (made) set_common(m->common);
    for (unsigned i = LONG_BUCKETS; made && i < BUCKETS; i++) m->buckets[i].leads = EVERYWHERE;
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
    return c < BMP && role_of(s, c) & BETWEEN;
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
    return stands_between(s, c) && role_of(s, c) & BEGINS;
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
typedef role trail;

/* What every letter leaves: whatever follows may lead up to a pair, or begin a short literal. */
#define ALWAYS (LEADS | (BEGINS & BEGINS << LONG_BUCKETS))

/* What of its role a character may do: its lowest bits say whether it ends a pair. */
static inline role allowed(trail behind, role r) {
    return behind & r;
}

/* The trail behind a character with role r of which `may` is allowed. */
static inline trail pass_on(trail behind, role r, role may) {
    role stays = 0u - (r >> BETWEEN_AT);
    return may >> BEGINS_AT | (behind & stays) | ALWAYS;
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

/* The role of the character of three bytes at p. */
static inline role role_wide(const sieve *s, const unsigned char *p) {
    return s->rows[p[0]][(p[1] | p[2] << 8) - 0x8080];
}

/* Passes over characters of three bytes from p on, as long as none ends a pair; returns how many
 * bytes that is. The first loop, of four at a time, is all that clean text costs. */
static inline size_t pass_wide(const sieve *s, trail *behind, const unsigned char *p,
                               const unsigned char *end) {
    const unsigned char *start = p;
    trail t = *behind;
    for (; end - p >= 12; p += 12) {
        if (!are_wide(eight(p), eight(p + 4) >> 16)) break;
        role a = role_wide(s, p), b = role_wide(s, p + 3);
        role c = role_wide(s, p + 6), d = role_wide(s, p + 9);
        role may_a = allowed(t, a);
        trail to_b = pass_on(t, a, may_a);
        role may_b = allowed(to_b, b);
        trail to_c = pass_on(to_b, b, may_b);
        role may_c = allowed(to_c, c);
        trail to_d = pass_on(to_c, c, may_c);
        role may_d = allowed(to_d, d);
        if ((may_a | may_b | may_c | may_d) & ENDS) break;
        t = pass_on(to_d, d, may_d);
    }
    for (; end - p >= 3 && (*p & 0xF0) == 0xE0; p += 3) {
        role r = role_wide(s, p), may = allowed(t, r);
        if (may & ENDS) break;
        t = pass_on(t, r, may);
    }
    *behind = t;
    return (size_t)(p - start);
}

size_t sieve_next(const sieve *s, str text, size_t from, bool firm) {
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    trail behind = from ? BEGINS | ALWAYS : ALWAYS;
    for (size_t at = from; at < text.n;) {
        if (p[at] >= 0x80) at += pass_wide(s, &behind, p + at, end);
        if (at == text.n) return STR_NONE;
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c >= BMP && !(c = plain(s, c))) continue;
        role r = role_of(s, c), may = allowed(behind, r);
        size_t found = may & ENDS ? find_pair(s, text, from, c, start, at, firm) : STR_NONE;
        if (found != STR_NONE) return found;
        behind = pass_on(behind, r, may);
    }
    return STR_NONE;
}

#include "text/score.h"
#include "text/codec.h"
#include "text/tables/model.h"

#include "text/tables/model.inc"

/* Rounded frequencies of plain text; what no text uses costs as much as an ill-formed piece. */
#define CTL COST_CONTROL
const uint8_t ascii_cost[128] = {
    CTL, CTL, CTL, CTL, CTL, CTL, CTL, CTL, CTL, 40,  36,  CTL, 100, 36, CTL, CTL, CTL, CTL, CTL,
    CTL, CTL, CTL, CTL, CTL, CTL, CTL, 160, 160, CTL, CTL, CTL, CTL, 28, 60,  52,  68,  72,  64,
    68,  56,  52,  52,  60,  60,  48,  48,  48,  52,  40,  40,  40,  42, 42,  42,  42,  42,  42,
    42,  52,  56,  60,  56,  60,  60,  68,  46,  48,  46,  48,  46,  48, 50,  50,  46,  58,  56,
    48,  48,  48,  48,  48,  60,  48,  46,  46,  50,  54,  52,  58,  54, 60,  64,  64,  64,  80,
    60,  80,  34,  44,  38,  40,  32,  42,  44,  40,  34,  60,  52,  38, 42,  34,  34,  44,  64,
    36,  36,  34,  40,  50,  48,  56,  46,  60,  72,  72,  72,  80,  CTL};
#undef CTL

static int nibble(const uint8_t *table, uint32_t i) {
    return table[i / 2] >> 4 * (i & 1) & 15;
}

static int model_cost(int q) {
    return MODEL_FIRST + MODEL_STEP * q;
}

enum {
    UNKNOWN = MODEL_FIRST + MODEL_STEP * 15,
    HAN_IN_KOREAN = 19 * BIT,
    OUTSIDE = 8 * BIT, /* a code that Big5 proper does not have */
    FRAME = 11 * BIT,  /* box drawing: the texts of the model have no tables */
    GOES_ON = 2 * BIT, /* a sign that is the same as the one before */
    UNPAIRED = BIT,    /* a pair of Chinese that is none of the frequent ones */
    PAIRS_UP_TO = 256, /* bytes: in longer text characters alone say enough */
};

/* Symbols, kana and fullwidth forms; -1 when c is none of them. */
static int symbol_cost(tongue t, uint32_t c) {
    uint32_t at = 0;
    for (const code_range *r = model_symbol_ranges; r->end; r++) {
        if (c < r->first) return -1;
        if (c < r->end) return model_cost(nibble(model_symbols[t], at + c - r->first));
        at += (uint32_t)(r->end - r->first);
    }
    return -1;
}

static bool is_letter_block(uint32_t c) {
    return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c < 0x530) ||
           (c >= 0x531 && c < 0x588) || (c >= 0x5D0 && c < 0x6D4) || (c >= 0xE01 && c < 0xE5C) ||
           (c >= 0x900 && c < 0xE00) || (c >= 0x10A0 && c < 0x1100) || (c >= 0x1E00 && c < 0x2000);
}

static int letters_cost(uint32_t c) {
    if (c >= 0x460 && c < 0x48A) return 14 * BIT; /* of old Cyrillic */
    if (is_letter_block(c) && c < 0x900)
        return (c < 0x100 ? 7 : c < 0x180 ? 9 : c < 0x370 ? 12 : 7) * BIT;
    if (is_letter_block(c)) return (c >= 0xE00 && c < 0xE80 ? 7 : 13) * BIT;
    if (c == 0xA0) return 5 * BIT;
    if (c == 0xAB || c == 0xBB || c == 0xB0 || c == 0xA7 || c == 0xB7 || c == 0xA9) return 8 * BIT;
    if (c >= 0x2010 && c < 0x2040) return 9 * BIT;
    if (c < 0x180) return 11 * BIT;
    if (c < 0x2E80 || (c >= 0x1F300 && c < 0x1FB00)) return 14 * BIT;
    return UNKNOWN;
}

/* The alphabet of a letter, by the block it stands in; 0 for what is none. */
static unsigned alphabet_of(uint32_t c) {
    if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z';
    if (!is_letter_block(c)) return 0;
    if (c < 0x250 || c >= 0x1E00) return c < 0x1F00 ? 1 : 2;
    return c < 0x400 ? 2 : c < 0x530 ? 3 : c < 0x590 ? 4 : c < 0x600 ? 5 : c < 0x900 ? 6 : c >> 7;
}

/* Words are not written in two alphabets. */
static int alphabets_cost(uint32_t before, uint32_t c) {
    unsigned from = alphabet_of(before), to = alphabet_of(c);
    return from && to && from != to ? 8 * BIT : 0;
}

static bool is_unwritten(uint32_t c) {
    return c < 0xA0 || is_private(c) || c == 0xFFFD || (c >= 0xD800 && c < 0xE000) ||
           (c & 0xFFFE) == 0xFFFE || c > 0x323AF || (c >= 0xFDD0 && c < 0xFDF0);
}

static int least(int x, int y) {
    return x < y ? x : y;
}

static bool is_frame(uint32_t c) {
    return c - 0x2500 < 0x80;
}

/* Signs that the traditional texts of the model lack are written as in simplified ones. */
static int signs_alike(uint32_t c) {
    return symbol_cost(TONGUE_HANS, c) + BIT;
}

int char_cost(tongue t, uint32_t c) {
    if (c < 0x80) return ascii_cost[c];
    if (c - 0x4E00 < 0x5200 && t <= TONGUE_JA) return model_cost(nibble(model_han[t], c - 0x4E00));
    if (is_unwritten(c)) return COST_CONTROL;
    if (t == TONGUE_LETTERS) return letters_cost(c);
    if (t == TONGUE_KO && c - 0xAC00 < 11172) return model_cost(nibble(model_hangul, c - 0xAC00));
    int symbol = symbol_cost(t, c);
    if (symbol >= UNKNOWN - BIT && t == TONGUE_HANT) symbol = least(symbol, signs_alike(c));
    if (is_frame(c) && (symbol < 0 || symbol > FRAME)) return FRAME;
    if (symbol >= 0) return symbol;
    if (c - 0x4E00 < 0x5200) return HAN_IN_KOREAN;
    if (c < 0x500) return 16 * BIT;
    return c < 0x10000 ? UNKNOWN : UNKNOWN + 2 * BIT;
}

int pair_gain(uint32_t c, uint32_t d) {
    uint32_t h = (c * 0x9E3779B1u) ^ (d * 0x85EBCA77u);
    h ^= h >> 15;
    h *= 0xC2B2AE35u;
    h ^= h >> 16;
    const uint16_t *bucket = &model_pairs[h % MODEL_PAIR_BUCKETS * 4];
    for (unsigned i = 0; i < 4; i++)
        if (bucket[i] >> 4 == h >> 20 && bucket[i] & 15) return (bucket[i] & 15) * MODEL_PAIR_STEP;
    return 0;
}

unsigned encoding_tongues(const encoding *e) {
    switch (encoding_id_of(e)) {
    case ENC_GB18030: return 1u << TONGUE_HANS | 1u << TONGUE_HANT;
    case ENC_BIG5:
    case ENC_BIG5_HKSCS:
    case ENC_EUC_TW: return 1u << TONGUE_HANT;
    case ENC_SHIFT_JIS:
    case ENC_EUC_JP: return 1u << TONGUE_JA;
    case ENC_EUC_KR:
    case ENC_JOHAB: return 1u << TONGUE_KO;
    default: return (1u << TONGUES) - 1;
    }
}

/* The sums while a text is read. */
typedef struct sums {
    int64_t ascii, tongues[TONGUES];
    uint32_t before; /* the last character, 0 at the start */
    uint32_t latin;  /* small ASCII letters since the last character of another kind */
    size_t run;      /* wide characters since the last ASCII one */
    size_t apart;    /* rows of wide characters but single ones that touch a Latin letter */
    bool touches;    /* this row does, at its start */
    bool joined;     /* they stand right behind a letter, or behind a word */
    size_t small;    /* small ASCII letters, all */
    bool pairs;      /* pairs count: a tongue is Chinese, and the text is short */
    bool known;      /* it is text, and no reading of bytes */
    bool rivals;     /* other readings compete: so do pairs that are not frequent */
    int64_t mixture; /* what it costs that ideographs stand in Latin words */
    score out;
} sums;

/* Punctuation that no line of Chinese or Japanese starts with. */
static inline bool is_closing(uint32_t c) {
    return c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF09 ||
           c == 0x300B || c == 0x300D || c == 0x300F || c == 0x3011;
}

/* What it costs that the wide characters start behind this one. */
static inline int entry_cost(const sums *s, uint32_t c) {
    uint32_t before = s->before;
    if (is_frame(c) && alphabet_of(before) == 1) return 14 * BIT; /* strokes part words */
    if (before >= 'a' && before <= 'z') return 5 * BIT;
    if (before >= 'A' && before <= 'Z') return 2 * BIT;
    return before == ' ' && s->latin ? 3 * BIT : 0;
}

/* And that they end before this one. */
static inline int exit_cost(const sums *s, uint32_t c) {
    bool alone = s->run == 1;
    int cost = alone && s->before - 0xFF61 < 0x3F ? 6 * BIT : 0; /* halfwidth katakana never is */
    if (c >= 'a' && c <= 'z') return cost + (alone && (s->latin || s->joined) ? 10 * BIT : 5 * BIT);
    if (c >= 'A' && c <= 'Z') return cost + (alone && s->joined ? 8 * BIT : 2 * BIT);
    return cost;
}

/* Ideographs right behind or before Latin letters are no rarity in Chinese, but a wrongly read
 * accent always looks so, and mostly alone. */
static inline void add_mixture(sums *s, uint32_t c) {
    bool small = c >= 'a' && c <= 'z', wide = c >= 0x1100;
    if (wide && !s->run) {
        int cost = entry_cost(s, c);
        s->mixture += cost;
        s->joined = cost > 0;
        s->touches = alphabet_of(s->before) == 1;
        if (is_closing(c) && (!s->before || s->before == '\n')) s->mixture += 6 * BIT;
    }
    if (!wide && s->run) {
        s->mixture += exit_cost(s, c);
        s->apart += s->run > 1 || !(s->touches || alphabet_of(c) == 1);
    }
    if (wide)
        s->run++;
    else
        s->run = 0;
    s->small += small;
    if (small)
        s->latin++;
    else if (c < 0x80 && c != ' ')
        s->latin = 0;
}

/* An ideograph, in all tongues at once. */
static inline void add_han(sums *s, uint32_t before, uint32_t c) {
    uint32_t at = (c - 0x4E00) / 2;
    unsigned shift = 4 * (c & 1);
    int gain = s->pairs && before >= 0x3000 ? pair_gain(before, c) : 0;
    if (s->rivals && !gain && before - 0x4E00 < 0x5200) gain = -UNPAIRED;
    s->tongues[TONGUE_HANS] += model_cost(model_han[0][at] >> shift & 15) - gain;
    s->tongues[TONGUE_HANT] += model_cost(model_han[1][at] >> shift & 15) - gain;
    s->tongues[TONGUE_JA] += model_cost(model_han[2][at] >> shift & 15);
    s->tongues[TONGUE_KO] += HAN_IN_KOREAN;
    s->tongues[TONGUE_LETTERS] += UNKNOWN;
    s->out.written++;
}

static void add_other(sums *s, unsigned tongues, uint32_t before, uint32_t c) {
    s->out.bad += is_unwritten(c);
    s->out.written += c >= 0x3040 && c < 0xD7A4;
    int gain = s->pairs && before >= 0x3000 && c - 0x3000 < 0x7000 ? pair_gain(before, c) : 0;
    for (unsigned t = 0; t < TONGUES; t++)
        if (tongues >> t & 1) s->tongues[t] += char_cost(t, c) - (t <= TONGUE_HANT ? gain : 0);
    s->tongues[TONGUE_LETTERS] += alphabets_cost(before, c);
}

/* Rows of dots, strokes and stars: a sign that goes on. */
static bool goes_on(uint32_t before, uint32_t c) {
    return c == before && c < 0x3040 && c >= 0xA0 && !is_letter_block(c);
}

static inline void add_char(sums *s, unsigned tongues, uint32_t c) {
    uint32_t before = s->before;
    add_mixture(s, c);
    s->before = c;
    if (c < 0x80) {
        s->ascii += ascii_cost[c];
        s->out.bad += ascii_cost[c] == COST_CONTROL;
        return;
    }
    s->out.chars++;
    if (c - 0x4E00 < 0x5200)
        add_han(s, before, c);
    else if (s->known && goes_on(before, c))
        s->ascii += GOES_ON;
    else
        add_other(s, tongues, before, c);
}

static void add_bad(sums *s, size_t n) {
    s->ascii += (int64_t)(COST_BAD + (n - 1) * 4 * BIT);
    s->out.chars++;
    s->out.bad++;
    s->before = 0;
}

static void finish(sums *s, unsigned tongues, score *out) {
    *out = s->out;
    out->cost = INT64_MAX;
    out->ascii = s->ascii;
    s->apart += s->run > 1 || (s->run && !s->touches);
    bool accents = out->chars == 1 || (out->chars && !s->apart); /* by their places */
    if (accents && s->small >= 3) s->mixture += 12 * BIT;
    for (unsigned t = 0; t < TONGUES; t++) {
        int64_t cost = s->tongues[t] + s->ascii + (t == TONGUE_LETTERS ? 0 : s->mixture);
        if (!(tongues >> t & 1) || cost >= out->cost) continue;
        out->cost = cost;
        out->best = t;
    }
}

/* Rows that Big5 proper has no characters in. */
static bool is_outside(uint8_t lead) {
    return lead <= 0xA0 || lead >= 0xFA;
}

/* ETEN's rows of signs and kana, which cp950 and Big5-HKSCS have in another order. */
static bool is_disputed(const uint8_t *p) {
    return p[0] == 0xC7 || p[0] == 0xC8 || (p[0] == 0xC6 && p[1] >= 0xA1);
}

void score_bytes(const encoding *e, const uint8_t *p, size_t n, bool cut, score *out) {
    unsigned tongues = encoding_tongues(e);
    bool chinese = tongues & (1u << TONGUE_HANS | 1u << TONGUE_HANT);
    bool pairs = chinese && n <= PAIRS_UP_TO, big5 = encoding_id_of(e) == ENC_BIG5;
    sums s = {.pairs = pairs, .rivals = pairs};
    for (size_t at = 0; at < n;) {
        uint32_t c;
        size_t length = p[at] && p[at] < 0x80 && e->unit == 1
                            ? (c = p[at], 1)
                            : e->codec->next(e, p + at, n - at, &c);
        if (length) {
            add_char(&s, tongues, codec_first(c));
            if (big5 && length == 2) {
                s.out.outside += is_outside(p[at]);
                s.out.disputed += is_disputed(p + at);
            }
        } else {
            if (cut && n - at < 4) break;
            length = e->codec->bad(e, p + at, n - at);
            add_bad(&s, length);
        }
        at += length;
    }
    s.tongues[TONGUE_HANT] += (int64_t)s.out.outside * OUTSIDE;
    finish(&s, tongues, out);
}

void score_text(str text, score *out) {
    unsigned tongues = (1u << TONGUES) - 1;
    sums s = {.pairs = true, .known = true};
    for (size_t at = 0; at < text.n;) add_char(&s, tongues, utf8_next(text, &at));
    finish(&s, tongues, out);
}

int han_cost(uint32_t c) {
    return model_cost(nibble(model_han[3], c - 0x4E00));
}

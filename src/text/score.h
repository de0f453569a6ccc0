/* score: how many bits a text costs under a model of characters. Private to src/text.
 *
 * One model in Unicode space judges every encoding: a wrong one gives characters that no language
 * uses together. Costs are in eighths of a bit. For ideographs and syllables a character costs what
 * its frequency says, and frequent pairs of Chinese cost less; alphabetic text in a Unicode
 * encoding costs a flat rate per letter; in an encoding of one byte a character, single.h says. */
#ifndef QW_TEXT_SCORE_H
#define QW_TEXT_SCORE_H

#include "text/detect.h"

enum {
    BIT = 8,
    COST_BAD = 28 * BIT,     /* an ill-formed piece */
    COST_CONTROL = 25 * BIT, /* a control character, a private one, a noncharacter */
};

/* What a text may be; each is summed up on its own. */
typedef enum tongue {
    TONGUE_HANS,
    TONGUE_HANT,
    TONGUE_JA,
    TONGUE_KO,
    TONGUE_LETTERS, /* any alphabet, in a Unicode encoding */
    TONGUES,
} tongue;

/* Cost of each byte below 0x80 by itself. */
extern const uint8_t ascii_cost[128];

/* Cost of a character in a tongue; c may be anything. */
int char_cost(tongue t, uint32_t c);

/* What the pair saves in Chinese; 0 for most. */
int pair_gain(uint32_t c, uint32_t d);

typedef struct score {
    int64_t cost;  /* in the best tongue */
    int64_t ascii; /* the part of it that ASCII characters cost */
    tongue best;
    size_t chars;    /* characters that are not ASCII, ill-formed pieces included */
    size_t bad;      /* ill-formed pieces, private characters and controls */
    size_t written;  /* ideographs, kana and syllables */
    size_t outside;  /* codes of Big5 that it has from Big5-HKSCS or for private use, */
    size_t disputed; /* and those that the two read differently */
} score;

/* Reads n bytes as e, which must have a codec; a character cut off at the end costs nothing when
 * `cut` says that the bytes go on. */
void score_bytes(const encoding *e, const uint8_t *p, size_t n, bool cut, score *out);

/* The same for UTF-8 that is known to be well-formed. */
void score_text(str text, score *out);

/* Cost of a character from U+4E00 to U+9FFF in Chinese, simplified or traditional. */
int han_cost(uint32_t c);

/* Punctuation of Chinese: it says little for or against a reading. */
static inline bool is_chinese_sign(uint32_t c) {
    return c - 0x3000 < 0x40 || c - 0xFF01 < 0x60 || c - 0x2013 < 0x14;
}

/* The tongues that an encoding can write, as bits. */
unsigned encoding_tongues(const encoding *e);

#endif

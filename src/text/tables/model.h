/* The tables of model.inc (make_model.py). Two nibbles a byte, the low one first. */
#ifndef QW_TEXT_TABLES_MODEL_H
#define QW_TEXT_TABLES_MODEL_H

#include <stdint.h>

/* Costs in eighths of a bit: MODEL_FIRST + MODEL_STEP * nibble for a character by itself,
 * MODEL_LETTER_STEP * nibble for a letter after a letter; a pair saves MODEL_PAIR_STEP * nibble. */
enum {
    MODEL_FIRST = 24,
    MODEL_STEP = 10,
    MODEL_LETTER_STEP = 7,
    MODEL_PAIR_STEP = 8,
    MODEL_CLASSES = 48,
    MODEL_PAIR_BUCKETS = 1 << 13, /* of four cells: 12 bits of the hash, 4 of the value */
};

typedef struct code_range {
    uint16_t first, end;
} code_range;

/* Classes of letters are 1 to count; 0 is everything else. cost[after][letter]. */
typedef struct letter_model {
    uint8_t count;
    uint64_t pages; /* bits: the pages that can write it */
    uint16_t lower[MODEL_CLASSES - 1], upper[MODEL_CLASSES - 1];
    uint8_t cost[MODEL_CLASSES * MODEL_CLASSES / 2];
} letter_model;

extern const uint8_t model_han[4][0x5200 / 2]; /* zh-Hans, zh-Hant, ja, either Chinese; from U+4E00 */
extern const uint8_t model_hangul[11172 / 2];  /* from U+AC00 */
extern const uint8_t model_symbols[4][884];    /* the ranges one after the other */
extern const code_range model_symbol_ranges[];
extern const uint16_t model_pairs[MODEL_PAIR_BUCKETS * 4];
extern const letter_model letter_models[];

#endif

/* The tables of code_costs.inc (make_costs.py): what a two-byte code of Chinese costs, in eighths
 * of a bit; 0 when it is neither an ideograph that the model has seen nor Chinese punctuation.
 * Derived from double_byte.inc and model.inc, so that a judgement takes one look-up a character. */
#ifndef QW_TEXT_TABLES_CODE_COSTS_H
#define QW_TEXT_TABLES_CODE_COSTS_H

#include <stdint.h>

extern const uint8_t gb18030_costs[0x8000]; /* [code - 0x8000] */
extern const uint8_t big5_costs[0x8000];

#endif

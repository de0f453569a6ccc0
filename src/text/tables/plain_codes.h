/* The tables of plain_codes.inc (make_costs.py). A plain code is that of Chinese punctuation, or of
 * an ideograph that the model has seen and that is no part of destroyed text (锟斤拷, 烫烫烫). Its
 * value is the three bytes that it takes in UTF-8, the first lowest, and above them half of what it
 * counts: an ideograph what it costs, in eighths of a bit, but PLAIN_LEAST at least; punctuation
 * PLAIN_EVEN. */
#ifndef QW_TEXT_TABLES_PLAIN_CODES_H
#define QW_TEXT_TABLES_PLAIN_CODES_H

#include <stdint.h>

#define NOT_PLAIN  0x80000000u
#define PLAIN_DEAR 0x40000000u /* it costs 16 bits or more: two in a row are not plain */

enum { PLAIN_LEAST = 37, PLAIN_EVEN = 100 };

extern const uint32_t gb18030_plain[0x8000]; /* [code - 0x8000] */
extern const uint32_t big5_plain[0x8000];

#endif

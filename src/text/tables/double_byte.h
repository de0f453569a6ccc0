/* The tables of double_byte.inc. A value from D800 to DFFF is an index into double_byte_extra; 0 is
 * no character. */
#ifndef QW_TEXT_TABLES_DOUBLE_BYTE_H
#define QW_TEXT_TABLES_DOUBLE_BYTE_H

#include <stdint.h>

enum { BIG5_ROW = 157, GB18030_ROW = 191, KOREAN_ROW = 190, JIS_ROW = 94 };

/* Four-byte codes: from this linear number on, characters from this one on (0: none). */
typedef struct gb_range {
    uint16_t linear, first;
} gb_range;

extern const uint16_t gb18030_table[126 * GB18030_ROW]; /* [lead - 81][trail - 40] */
extern const uint16_t big5_table[126 * BIG5_ROW];       /* [lead - 81][40..7E, A1..FE] */
extern const uint16_t jis0208_table[120 * JIS_ROW];     /* [row - 1][cell - 1] */
extern const uint16_t jis0212_table[94 * JIS_ROW];      /* [row - 1][cell - 1] */
extern const uint16_t korean_table[126 * KOREAN_ROW];   /* [lead - 81][trail - 41] */
extern const uint32_t double_byte_extra[];
extern const gb_range gb18030_ranges[]; /* one more than the count: the end */
extern const unsigned gb18030_range_count;

#endif

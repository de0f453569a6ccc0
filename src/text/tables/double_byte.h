/* The tables of double_byte.inc. A value of a table of codes is a character less D800, in 16 bits:
 * from WIDE on it is a character of three bytes in UTF-8 that is not private, from PRIVATE on a
 * private one, below it is 1
 * + an index into double_byte_extra, and 0 is no character. The tables of JIS hold plain
 * characters, 0 for none. */
#ifndef QW_TEXT_TABLES_DOUBLE_BYTE_H
#define QW_TEXT_TABLES_DOUBLE_BYTE_H

#include <stdint.h>

enum { WIDE = 0x2100, PRIVATE = 0x800, JIS_ROW = 94, CODES = 0x8000 };

/* Four-byte codes: from this linear number on, characters from this one on (0: none). */
typedef struct gb_range {
    uint16_t linear, first;
} gb_range;

extern const uint16_t gb18030_table[CODES]; /* [code - 0x8000] */
extern const uint16_t big5_table[CODES];
extern const uint16_t hkscs_table[CODES];
extern const uint16_t jis0208_table[120 * JIS_ROW]; /* [row - 1][cell - 1] */
extern const uint16_t jis0212_table[94 * JIS_ROW];  /* [row - 1][cell - 1] */
extern const uint16_t korean_table[CODES];
extern const uint32_t double_byte_extra[];
extern const gb_range gb18030_ranges[]; /* one more than the count: the end */
extern const unsigned gb18030_range_count;

#endif

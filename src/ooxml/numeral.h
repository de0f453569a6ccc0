/* numeral: what a number looks like in each of the formats that lists, pages and notes can have
 * (ST_NumberFormat, ECMA-376 part 1, 17.18.59). Pure functions; the answers are Word's where they
 * are known, which docs/DOCX.md tells. */
#ifndef QW_OOXML_NUMERAL_H
#define QW_OOXML_NUMERAL_H

#include "base/str.h"

/* Index into the table of formats; 0 is decimal, which also stands for names that are unknown. */
typedef uint8_t numeral_format;

enum { NUMERAL_DECIMAL, NUMERAL_NONE, NUMERAL_BULLET, NUMERAL_ZERO };

/* Bytes that a numeral never exceeds; what would be longer is written in decimal. */
enum { NUMERAL_MAX = 192 };

/* The format with a name as in w:numFmt/@w:val. */
numeral_format numeral_find(str name);

/* Writes n to out and returns the bytes written. A number that the format cannot show is written in
 * decimal, or not at all where Word shows nothing. "bullet" and "none" show nothing. */
size_t numeral_write(numeral_format format, long n, char out[NUMERAL_MAX]);

/* Likewise in a custom format: "001, 002, 003, ..." pads with zeros; others are decimal. */
size_t numeral_write_custom(str format, long n, char out[NUMERAL_MAX]);

#endif

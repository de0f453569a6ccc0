/* encode: the way back, from characters to the bytes of an encoding. For the repair of text that
 * was decoded wrongly, so that it is generous: it knows what Windows and other decoders make of
 * bytes that an encoding does not define. */
#ifndef QW_TEXT_ENCODE_H
#define QW_TEXT_ENCODE_H

#include "base/arena.h"
#include "text/encoding.h"

#include <stdint.h>

/* Tables for the way back, some 0.5 MiB. */
typedef struct encode_tables encode_tables;

/* NULL when memory is out. Lives in mem. */
const encode_tables *encode_tables_new(arena *mem);

/* The bytes of one character: 1 to 4, or 0 when the encoding has none for it. Knows windows-1252
 * (with the control characters that ISO-8859-1 has), other pages, GB18030, Big5, Shift_JIS and
 * EUC-KR. */
size_t encode_char(const encode_tables *t, const encoding *e, uint32_t c, uint8_t out[4]);

#endif

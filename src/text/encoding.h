/* encoding: the encodings there are, by name.
 *
 * Each is a const descriptor; what two labels mean the same is one descriptor, widened as the
 * WHATWG Encoding Standard does it: GB2312 and GBK are GB18030, EUC-KR is cp949, ISO-8859-1 is
 * windows-1252. Big5-HKSCS stands by itself: where it and cp950 disagree, the name says who holds.
 */
#ifndef QW_TEXT_ENCODING_H
#define QW_TEXT_ENCODING_H

#include "base/str.h"

typedef struct encoding encoding;

typedef enum encoding_id {
#define ENCODING(id, family, table, name, labels) ENC_##id,
#include "text/encodings.def"
#undef ENCODING
    ENC_COUNT
} encoding_id;

/* The encoding that a label means: the labels of the WHATWG Encoding Standard and iconv's usual
 * ones; case, '-', '_', ' ', ':' and '.' do not count. NULL when there is none. */
const encoding *encoding_find(str label);

/* The descriptor with this id, and back. */
const encoding *encoding_at(encoding_id id);
encoding_id encoding_id_of(const encoding *e);

/* "UTF-8", "GB18030", "Big5", "UTF-16LE", "windows-1252" … */
const char *encoding_name(const encoding *e);

/* Bytes that a line feed takes: 1, 2 or 4. Lines end at a 0x0A unit aligned to the start of the
 * stretch. */
unsigned encoding_unit(const encoding *e);

/* True when bytes below 0x80 outside multi-byte sequences are ASCII and no byte below 0x30 is part
 * of a sequence. */
bool encoding_is_ascii(const encoding *e);

#endif

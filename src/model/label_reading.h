/* label_reading: what the two parts of the label reader share: label.c has the numbers,
 * label_unit.c the words that go with them. For those two only. */
#ifndef QW_MODEL_LABEL_READING_H
#define QW_MODEL_LABEL_READING_H

#include "base/unicode.h"
#include "base/utf8.h"
#include "model/label.h"
#include "model/numeral.h"

/* What is read, and how far. */
typedef struct reading {
    str s;
    size_t at;
    label *l;
} reading;

/* The character at byte `at`; 0 past the end. */
static inline uint32_t label_peek(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

/* The first byte at or after `at` that is no blank. */
size_t label_skip_blanks(str s, size_t at);

/* Whether s goes on with one of the strings of the list, which are separated by '|'. Returns the
 * bytes of the longest, 0 for none. */
size_t label_one_of(str s, size_t at, const char *list);

/* Closes the label at byte `end`; always true. */
bool label_finish(reading *r, enum label_scheme scheme, size_t end);

/* Notes where the numeral stands and what it is. */
void label_set_number(reading *r, size_t at, size_t n, uint32_t value);

/* A number in Chinese or Arabic digits at byte `at`; its bytes. */
size_t label_read_number(reading *r, size_t at, bool *han);

/* 第三章, 第 3 章, 第一百六十二条之一, 第八集第六十二章 (the last one counts). */
bool label_read_unit(reading *r);

/* 卷五, 卷之五, 卷第五: at the end of the line or before a blank, colon or bracket. */
bool label_read_volume(reading *r);

/* Chapter 3, PART TWO, Article IV: */
bool label_read_english(reading *r);

#endif

/* numeral: numbers as Chinese, Arabic and Roman text write them.
 *
 * Readers take the longest numeral at the start of s, set *value and return its length in bytes, or
 * return 0 when there is none or its value exceeds NUMERAL_MAX. Writers fill a buffer of
 * NUMERAL_ROOM bytes and return the length, 0 when the form has no such number. */
#ifndef QW_MODEL_NUMERAL_H
#define QW_MODEL_NUMERAL_H

#include "base/str.h"

#include <stdint.h>

#define NUMERAL_MAX  99999u
#define NUMERAL_ROOM 64

/* 三, 二十一, 一百零八, 二〇, 廿三, 壹拾; also the traditional and Kangxi forms, ○ for 〇, and O or
 * 0 between Chinese digits. Where units and digits stand in no order that counts ("二三十") the
 * numeral ends before what does not fit. */
size_t numeral_read_han(str s, uint32_t *value);

/* Whether c can begin a Chinese numeral. */
bool numeral_is_han(uint32_t c);

/* ASCII and full-width digits, at most five. */
size_t numeral_read_digits(str s, uint32_t *value);

/* Roman numerals below 400 in ASCII letters of one case (I, iv, XXIX) or one of U+2160–217F; only
 * in the one spelling that is right. */
size_t numeral_read_roman(str s, uint32_t *value);

/* How a number that is one character is enclosed. */
enum numeral_enclosure {
    ENCLOSED_NONE,
    ENCLOSED_CIRCLE,      /* ① ❶ ㊀ */
    ENCLOSED_BRACKET,     /* ⑴ */
    ENCLOSED_HAN_BRACKET, /* ㈠ */
    ENCLOSED_STOP,        /* ⒈ */
};

/* The number and enclosure of one character; ENCLOSED_NONE when it is none. */
enum numeral_enclosure numeral_enclosed(uint32_t c, uint32_t *value);

/* 二十一, 一百零八. */
size_t numeral_write_han(uint32_t value, char *to);

/* 21. */
size_t numeral_write_digits(uint32_t value, char *to);

/* XXI. */
size_t numeral_write_roman(uint32_t value, char *to);

/* ① to ㊿. */
size_t numeral_write_circled(uint32_t value, char *to);

#endif

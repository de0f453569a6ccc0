/* json: JSON as records of a pipe have it (RFC 8259): read strictly and without a tree, since a
 * record may be a whole document; written so that every line that comes out is one record to any
 * reader of lines, whatever it takes for a line end. */
#ifndef QW_CLI_JSON_H
#define QW_CLI_JSON_H

#include "text.h"

/* What is read: UTF-8 without a byte order mark, at most 256 levels deep. A reader stops at what
 * is wrong, and its functions then return false. */
typedef struct json_reader {
    const char *p, *end;
    unsigned depth;
} json_reader;

/* Skips a value, and tells its bytes. */
bool json_skip(json_reader *r, qw_str *raw);

/* Reads a string, adding what it says to t. False also when memory was out (t->failed). */
bool json_read_string(json_reader *r, text *t);

/* Reads a byte that must come next, and the space before it. */
bool json_read_byte(json_reader *r, char c);

/* Whether this byte comes next after space; it stays. */
bool json_sees(json_reader *r, char c);

/* Whether nothing but space is left. */
bool json_at_end(json_reader *r);

/* Adds s as a string with its quotes. Escaped are all controls (C0, DEL, C1 with U+0085), U+2028
 * and U+2029, and with `ascii` whatever is not ASCII. s must be UTF-8. */
void json_put_string(text *t, qw_str s, bool ascii);

/* The same for the name of a file, or a message that holds one: bytes that are no UTF-8 stand as
 * the report has them, \\xB1 for the byte 0xB1. */
void json_put_name(text *t, qw_str s);

/* Adds JSON that somebody else wrote, escaped likewise. */
void json_put_raw(text *t, qw_str json, bool ascii);

/* Adds bytes in base64 (RFC 4648), with padding. */
void json_put_base64(text *t, qw_str bytes);

/* Takes base64 apart in place: *n bytes of p become fewer. Padding may be left away; spaces and
 * other letters are errors. */
bool json_take_base64(char *p, size_t *n);

#endif

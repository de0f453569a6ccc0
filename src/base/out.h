/* out: a buffered way into a qw_sink, with the escapes that text formats need. The first failure is
 * kept; what comes after it is dropped. */
#ifndef QW_BASE_OUT_H
#define QW_BASE_OUT_H

#include "base/str.h"

#include <stdint.h>

typedef struct out {
    const qw_sink *sink;
    uint64_t written; /* bytes given to out so far, buffered ones included */
    bool failed;
    size_t n;
    char buffer[16 * 1024];
} out;

void out_begin(out *o, const qw_sink *sink);

/* Gives the sink what is still buffered. False when anything failed. */
bool out_end(out *o);

void out_str(out *o, str s);
void out_text(out *o, const char *z);
void out_byte(out *o, char c);
void out_printf(out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* s as a JSON string with its quotes: all controls, U+2028 and U+2029 escaped. s is UTF-8. */
void out_json(out *o, str s);

/* The same without the quotes, for a string that is put together. */
void out_json_inside(out *o, str s);

/* s as XML text or attribute value: & < > " escaped. Characters that XML 1.0 forbids (2.2) come as
 * pictures: controls as U+2400 and what follows, U+FFFE and U+FFFF as U+FFFD. */
void out_xml(out *o, str s);

#endif

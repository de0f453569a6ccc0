/* reads: does a line read like text in an encoding? Private to src/text. */
#ifndef QW_TEXT_READS_H
#define QW_TEXT_READS_H

#include "text/encoding.h"

#include <stdint.h>

/* False for a line that is ill-formed in e, has control characters, costs more than Chinese does,
 * or is well-formed UTF-8 as well. A quick answer: what it doubts is looked at more closely. */
bool reads_well(const encoding *e, const uint8_t *p, size_t n);

/* Well-formed UTF-8 with two wide characters or more. */
bool reads_as_utf8(const uint8_t *p, size_t n);

#endif

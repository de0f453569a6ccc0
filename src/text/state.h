/* state: encodings whose bytes mean different things after escapes, or that only iconv knows.
 * Private to src/text. */
#ifndef QW_TEXT_STATE_H
#define QW_TEXT_STATE_H

#include "text/encoding.h"

#include <stdint.h>

/* A conversion under way. It starts at the encoding's initial state. */
typedef struct state_decoder state_decoder;

/* NULL when memory is out. Free with state_decoder_close(). */
state_decoder *state_decoder_open(const encoding *e);
void state_decoder_close(state_decoder *d);

typedef enum state_result {
    STATE_DONE, /* all was read */
    STATE_FULL, /* no room for the next character */
    STATE_BAD,  /* *p is at an ill-formed byte, which the caller skips */
    STATE_MORE, /* *p is at a character that is cut off */
} state_result;

/* Decodes from *p (n bytes left) to *out (room bytes left), moving both; `last`: nothing follows.
 */
state_result state_run(state_decoder *d, const uint8_t **p, size_t *n, bool last, char **out,
                       size_t *room);

#endif

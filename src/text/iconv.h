/* iconv: the one door to the system's iconv. Private to src/text. */
#ifndef QW_TEXT_ICONV_H
#define QW_TEXT_ICONV_H

#include "text/state.h"

/* A converter from the named encoding to UTF-8; NULL when the system has none. */
void *iconv_door_open(const char *name);
void iconv_door_close(void *cd);

/* As state_run(). */
state_result iconv_door_run(void *cd, const uint8_t **p, size_t *n, bool last, char **out,
                            size_t *room);

#endif

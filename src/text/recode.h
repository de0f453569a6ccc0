/* recode: bytes in whatever encodings to UTF-8 as they come, in bounded memory.
 *
 * What decode_stretch() gives for detect_stretches(), byte for byte and stretch for stretch, but
 * for bytes of any number. A BOM at the very start is left out. */
#ifndef QW_TEXT_RECODE_H
#define QW_TEXT_RECODE_H

#include "text/detect.h"

/* Who is told. */
typedef struct recode_client {
    void *self;
    /* Receives text in order; false stops the conversion. */
    bool (*text)(void *self, str text);
    /* Bytes that could not be decoded. May be NULL. */
    void (*bad)(void *self, const encoding *e, uint64_t off, uint64_t len);
    /* A stretch was read to its end; `private` characters of it are of private use areas. May be
     * NULL. */
    void (*stretch)(void *self, const stretch *s, size_t private);
} recode_client;

typedef struct recode_summary {
    const encoding *encoding; /* of the largest part; NULL before anything was read */
    uint64_t read;            /* bytes decoded */
    uint64_t undecodable;     /* bytes that stand as U+FFFD */
    size_t stretches;         /* that were read to their end */
    bool bom;                 /* there was one at the start */
    bool binary;              /* no text: nothing is written */
} recode_summary;

typedef struct recoder recoder;

/* forced may be NULL; `spelt`: undecodable bytes stand as \xNN. NULL when memory is out. Takes some
 * 4 MiB. Free with recoder_free(). */
recoder *recoder_new(const encoding *forced, bool spelt);
void recoder_free(recoder *r);

/* Takes n bytes more; `last` ends the conversion. False when memory is out, the client refused, or
 * the bytes are no text (summary.binary). */
bool recoder_feed(recoder *r, const uint8_t *p, size_t n, bool last, const recode_client *to);

recode_summary recoder_summary(const recoder *r);

#endif

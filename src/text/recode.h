/* recode: bytes in whatever encodings to UTF-8 as they come, in bounded memory.
 *
 * What decode_stretch() gives for detect_stretches(), but for bytes of any number: they are judged
 * CHUNK by CHUNK, and the encoding expected at the start of one is that at the end of the one
 * before. A BOM at the very start is left out. */
#ifndef QW_TEXT_RECODE_H
#define QW_TEXT_RECODE_H

#include "text/detect.h"

/* Receives text in order; false stops the conversion. */
typedef bool (*recode_sink)(void *self, str text);

typedef struct recode_summary {
    const encoding *encoding; /* of the start; NULL before anything was read */
    uint64_t read;            /* bytes decoded */
    uint64_t undecodable;     /* bytes that stand as U+FFFD */
    uint64_t first_bad;       /* where the first of them is */
    uint64_t private;         /* characters of private use areas */
    size_t changes;           /* of encoding on the way */
    bool binary;              /* no text: nothing more is written */
} recode_summary;

typedef struct recoder recoder;

/* forced may be NULL. NULL when memory is out. Takes some 6 MiB. Free with recoder_free(). */
recoder *recoder_new(const encoding *forced);
void recoder_free(recoder *r);

/* Takes n bytes more; `last` ends the conversion. False when memory is out, the sink refused, or
 * the bytes are no text (summary.binary). */
bool recoder_feed(recoder *r, const uint8_t *p, size_t n, bool last, recode_sink sink, void *self);

recode_summary recoder_summary(const recoder *r);

#endif

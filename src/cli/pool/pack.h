/* pack: values put one after another into bytes, and taken out again in the same order by the same
 * program. What is missing at the end makes everything after it nothing, and `failed` is set. */
#ifndef QW_CLI_PACK_H
#define QW_CLI_PACK_H

#include "text.h"

void pack_bytes(text *t, const void *p, size_t n);
void pack_string(text *t, const char *z); /* may be NULL */
void pack_text(text *t, const text *add);

/* A number or a struct without pointers that matter. */
#define PACK_VALUE(t, value) pack_plain(t, &(value), sizeof(value))
void pack_plain(text *t, const void *p, size_t n);

typedef struct unpacker {
    const char *p, *end;
    bool failed; /* the bytes ended too early, or memory was out */
} unpacker;

/* The bytes stand in the packed ones. */
qw_str unpack_bytes(unpacker *u);
char *unpack_string(unpacker *u);       /* newly allocated, or NULL */
void unpack_text(unpacker *u, text *t); /* in place of what t held */

#define UNPACK_VALUE(u, value) unpack_plain(u, &(value), sizeof(value))
void unpack_plain(unpacker *u, void *p, size_t n);

#endif

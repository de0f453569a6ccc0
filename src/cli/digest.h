/* digest: a 64-bit digest of bytes that come in pieces, by which the program knows a file that it
 * wrote. The same for any cutting into pieces and on every machine. Not against forgers. */
#ifndef QW_CLI_DIGEST_H
#define QW_CLI_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef struct digest {
    uint64_t lane[4];
    uint64_t total;
    unsigned char tail[32]; /* bytes that do not fill a step yet */
} digest;

void digest_begin(digest *d);
void digest_add(digest *d, const void *bytes, size_t n);
uint64_t digest_end(const digest *d);

#endif

/* digest: XXH3, a 64-bit digest of bytes, by which the program knows a file again: an input that it
 * read, an output that it wrote. The same on every machine. Not against forgers. */
#ifndef QW_CLI_DIGEST_H
#define QW_CLI_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that come in pieces; the digest is the same for any cutting. Zeros are a digest that was
 * not begun. */
typedef struct digest {
    void *state;
} digest;

/* Begins, or begins anew. False when memory is out. */
bool digest_begin(digest *d);
void digest_add(digest *d, const void *bytes, size_t n);
uint64_t digest_end(const digest *d);
void digest_free(digest *d);

/* Adds what is left of an open file, in pieces, and counts its bytes. False with errno set. */
bool digest_add_file(digest *d, int fd, uint64_t *n);

/* Of bytes that are all there. */
uint64_t digest_of(const void *bytes, size_t n);

/* Of bytes as they follow others whose digest is `before`; not the digest of both in one. */
uint64_t digest_after(uint64_t before, const void *bytes, size_t n);

/* Of what a folder tells of a file: by the sum of these a folder is known again. */
uint64_t digest_of_entry(const char *name, uint64_t size, int64_t modified);

#endif

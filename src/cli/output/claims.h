/* claims: the names of the outputs of a run, so that no output replaces another's. */
#ifndef QW_CLI_CLAIMS_H
#define QW_CLI_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of 64-bit digests of names: 16 bytes an output, for runs over millions. That two names
 * share a digest happens in one of 10^7 runs over a million files, and makes one of them fail. */
typedef struct claims {
    uint64_t *slots; /* 0: free */
    size_t n, cap;   /* cap is a power of two */
} claims;

/* Enters a name. False when it was there, or with *memory set when memory was out. */
bool claims_add(claims *c, const char *name, bool *memory);
bool claims_has(const claims *c, const char *name);
void claims_free(claims *c);

#endif

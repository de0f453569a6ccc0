#include "digest.h"

#include <xxhash.h>

bool digest_begin(digest *d) {
    if (!d->state) d->state = XXH3_createState();
    return d->state && XXH3_64bits_reset(d->state) == XXH_OK;
}

void digest_add(digest *d, const void *bytes, size_t n) {
    if (d->state && n) XXH3_64bits_update(d->state, bytes, n);
}

uint64_t digest_end(const digest *d) {
    return d->state ? XXH3_64bits_digest(d->state) : 0;
}

void digest_free(digest *d) {
    XXH3_freeState(d->state);
    d->state = NULL;
}

uint64_t digest_of(const void *bytes, size_t n) {
    return XXH3_64bits(n ? bytes : "", n);
}

uint64_t digest_after(uint64_t before, const void *bytes, size_t n) {
    return XXH3_64bits_withSeed(n ? bytes : "", n, before);
}

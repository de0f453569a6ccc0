#include "output/digest.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { PIECE = 64 * 1024 };

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

bool digest_add_file(digest *d, int fd, uint64_t *n) {
    char piece[PIECE];
    for (*n = 0;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        digest_add(d, piece, (size_t)got);
        *n += (uint64_t)got;
    }
}

uint64_t digest_of(const void *bytes, size_t n) {
    return XXH3_64bits(n ? bytes : "", n);
}

uint64_t digest_after(uint64_t before, const void *bytes, size_t n) {
    return XXH3_64bits_withSeed(n ? bytes : "", n, before);
}

uint64_t digest_of_entry(const char *name, uint64_t size, int64_t modified) {
    const uint64_t numbers[] = {size, (uint64_t)modified};
    return digest_after(digest_of(numbers, sizeof numbers), name, strlen(name));
}

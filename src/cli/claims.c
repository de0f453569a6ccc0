#include "claims.h"

#include "digest.h"

#include <stdlib.h>
#include <string.h>

static bool put(claims *c, uint64_t value) {
    size_t i = (size_t)value & (c->cap - 1);
    while (c->slots[i]) {
        if (c->slots[i] == value) return false;
        i = (i + 1) & (c->cap - 1);
    }
    c->slots[i] = value;
    c->n++;
    return true;
}

static bool grow(claims *c) {
    claims wider = {.cap = c->cap ? c->cap * 2 : 256};
    wider.slots = calloc(wider.cap, sizeof *wider.slots);
    if (!wider.slots) return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i]) put(&wider, c->slots[i]);
    free(c->slots);
    *c = wider;
    return true;
}

bool claims_add(claims *c, const char *name, bool *memory) {
    digest d;
    digest_begin(&d);
    digest_add(&d, name, strlen(name));
    uint64_t value = digest_end(&d);
    if (c->n >= c->cap / 2 && !grow(c)) return *memory = true, false;
    return put(c, value ? value : 1);
}

void claims_free(claims *c) {
    free(c->slots);
    *c = (claims){0};
}

#include "output/claims.h"

#include "output/digest.h"

#include <stdlib.h>
#include <string.h>

/* The slot that holds the value, or where it belongs. */
static uint64_t *find(const claims *c, uint64_t value) {
    size_t i = (size_t)value & (c->cap - 1);
    while (c->slots[i] && c->slots[i] != value) i = (i + 1) & (c->cap - 1);
    return &c->slots[i];
}

static bool put(claims *c, uint64_t value) {
    uint64_t *slot = find(c, value);
    if (*slot) return false;
    *slot = value;
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

static uint64_t value_of(const char *name) {
    uint64_t value = digest_of(name, strlen(name));
    return value ? value : 1;
}

bool claims_add(claims *c, const char *name, bool *memory) {
    if (c->n >= c->cap / 2 && !grow(c)) return *memory = true, false;
    return put(c, value_of(name));
}

bool claims_has(const claims *c, const char *name) {
    return c->n > 0 && *find(c, value_of(name)) != 0;
}

void claims_free(claims *c) {
    free(c->slots);
    *c = (claims){0};
}

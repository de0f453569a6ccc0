/* known: what the state says of one input, as a value that goes from process to process. */
#include "state/state.h"

#include <stdlib.h>
#include <string.h>

void known_free(known *k) {
    for (size_t i = 0; i < k->noutputs; i++) free(k->outputs[i].name);
    free(k->outputs);
    *k = (known){0};
}

void known_pack(text *t, const known *k) {
    known plain = *k;
    plain.outputs = NULL;
    PACK_VALUE(t, plain);
    for (size_t i = 0; i < k->noutputs; i++) {
        state_output o = k->outputs[i];
        pack_string(t, o.name);
        o.name = NULL;
        PACK_VALUE(t, o);
    }
}

bool known_unpack(unpacker *u, known *k) {
    known_free(k);
    UNPACK_VALUE(u, *k);
    size_t n = k->noutputs;
    k->noutputs = 0;
    k->outputs = n && !u->failed ? calloc(n, sizeof *k->outputs) : NULL;
    for (size_t i = 0; i < n && k->outputs; i++) {
        char *name = unpack_string(u);
        UNPACK_VALUE(u, k->outputs[i]);
        k->outputs[i].name = name;
        k->noutputs = i + 1;
    }
    return !u->failed && k->noutputs == n;
}

const state_output *known_find(const known *k, const char *name) {
    for (size_t i = 0; i < k->noutputs; i++)
        if (k->outputs[i].name && strcmp(k->outputs[i].name, name) == 0) return &k->outputs[i];
    return NULL;
}

bool known_holds(const state_output *o, uint64_t size, uint64_t digest) {
    return (o->size == size && o->digest == digest) ||
           (o->replaced && o->was_size == size && o->was_digest == digest);
}

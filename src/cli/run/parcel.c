#include "run/parcel.h"

#include "input/item.h"

#include <stdlib.h>

/* ---- There --------------------------------------------------------------------------------- */

void parcel_send(const job *j, text *t) {
    PACK_VALUE(t, j->number);
    item_pack(t, &j->item);
    known_pack(t, &j->before);
}

bool parcel_accept(job *j, unpacker *u) {
    job_clear(j);
    UNPACK_VALUE(u, j->number);
    return item_unpack(u, &j->item) && known_unpack(u, &j->before);
}

/* ---- And back ------------------------------------------------------------------------------ */

static void pack_output(text *t, const output *o) {
    pack_plain(t, o, sizeof *o);
    pack_string(t, o->path);
    pack_string(t, o->listed);
    pack_string(t, o->temp);
}

static void unpack_output(unpacker *u, output *o) {
    unpack_plain(u, o, sizeof *o);
    o->fd = -1;
    o->home = NULL; /* no more is written to it */
    o->sum = (digest){0};
    o->path = unpack_string(u);
    o->listed = unpack_string(u);
    o->temp = unpack_string(u);
}

void parcel_reply(const job *j, text *t) {
    PACK_VALUE(t, j->is);
    pack_text(t, &j->out);
    pack_text(t, &j->log);
    pack_text(t, &j->report);
    pack_text(t, &j->facts);
    fault_pack(t, &j->fault);
    PACK_VALUE(t, j->noutputs);
    for (size_t i = 0; i < j->noutputs; i++) pack_output(t, &j->outputs[i]);
}

bool parcel_receive(job *j, unpacker *u) {
    UNPACK_VALUE(u, j->is);
    unpack_text(u, &j->out);
    unpack_text(u, &j->log);
    unpack_text(u, &j->report);
    unpack_text(u, &j->facts);
    fault_unpack(u, &j->fault);
    UNPACK_VALUE(u, j->noutputs);
    for (size_t i = 0; i < j->noutputs; i++) unpack_output(u, &j->outputs[i]);
    return !u->failed;
}

void parcel_hand_over(job *j) {
    for (size_t i = 0; i < j->noutputs; i++) {
        free(j->outputs[i].temp);
        j->outputs[i].temp = NULL;
    }
}

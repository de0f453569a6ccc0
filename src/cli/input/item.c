#include "input/item.h"

#include <stdlib.h>

void item_pack(text *t, const walk_item *item) {
    PACK_VALUE(t, *item);
    pack_string(t, item->path);
    pack_string(t, item->name);
    pack_string(t, item->whole);
    pack_string(t, item->was);
    pack_string(t, item->how);
    pack_string(t, item->member.archive);
    if (item->why) PACK_VALUE(t, *item->why);
}

bool item_unpack(unpacker *u, walk_item *item) {
    walk_item_free(item);
    UNPACK_VALUE(u, *item);
    bool wrong = item->why && !u->failed;
    item->path = unpack_string(u);
    item->name = unpack_string(u);
    item->whole = unpack_string(u);
    item->was = unpack_string(u);
    item->how = unpack_string(u);
    item->member.archive = unpack_string(u);
    item->why = wrong ? malloc(sizeof *item->why) : NULL;
    if (item->why) UNPACK_VALUE(u, *item->why);
    return !u->failed && wrong == (item->why != NULL);
}

/* item: a walk_item as packed bytes, for another process of this program. */
#ifndef QW_CLI_ITEM_H
#define QW_CLI_ITEM_H

#include "input/walk.h"
#include "pool/pack.h"

void item_pack(text *t, const walk_item *item);

/* In place of what *item held. False when the bytes end too early or memory is out. */
bool item_unpack(unpacker *u, walk_item *item);

#endif

/* place: from text back to the bytes of the undecoded source. */
#ifndef QW_TEXT_PLACE_H
#define QW_TEXT_PLACE_H

#include "model/doc.h"

/* Finds places one after the other. Within a block, asking in ascending order costs one pass over
 * it in all. A finder of zeros, with the document filled in, is a new one. */
typedef struct place_finder {
    const doc *d;
    uint32_t block;
    const span *within; /* the span last looked at; NULL: the whole block */
    size_t at;          /* offset in the block's original text that was last looked up */
    uint64_t source;    /* the source offset of it */
    size_t column;      /* characters of the block before it */
    size_t counted;     /* up to which byte the column was counted */
    bool started;
} place_finder;

/* The source of bytes [from, to) of the original text of a block. */
qw_place place_find(place_finder *f, uint32_t block, size_t from, size_t to);

/* Does the U+FFFD at byte `at` of the original text of a block stand for bytes that this reading
 * could not decode? Otherwise it was in the source. */
bool place_undecodable(const doc *d, uint32_t index, size_t at);

#endif

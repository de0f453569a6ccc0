/* names: what names of files say that come as bytes, as in a ZIP file or on a disk.
 *
 * The names of one archive (or folder) come from one system, so that all are judged together: each
 * step of each path counts once. They are in one of the encodings that names come in, which are
 * fewer than those of text: no UTF-16, no escapes. */
#ifndef QW_TEXT_NAMES_H
#define QW_TEXT_NAMES_H

#include "base/arena.h"
#include "text/encoding.h"

typedef struct raw_name {
    str bytes; /* steps are parted by '/' */
    bool utf8; /* said to be UTF-8; if it is well-formed, it is believed */
} raw_name;

/* The encoding of the names that are neither ASCII nor said to be UTF-8; UTF-8 when there is none.
 * NULL when memory is out. */
const encoding *names_encoding(arena *mem, const raw_name *names, size_t n);

/* One of them as UTF-8, in mem; what cannot be decoded is U+FFFD. {NULL, 0} when memory is out. */
str names_decode(arena *mem, const encoding *e, const raw_name *name);

/* Puts names right that were decoded wrongly (mojibake.h) before they came here. texts[i] is
 * exchanged, how[i] says what it was ("GB18030 read as IBM437"), or is empty for a name that stays.
 * A name is repaired as a whole or not at all. False when memory is out. */
bool names_repair(arena *mem, str *texts, str *how, size_t n);

#endif

/* names: what names of files say that come as bytes, as in a ZIP file or on a disk.
 *
 * The names of one archive (or folder) mostly come from one system, so that all are judged
 * together: each step of each path counts once. Steps that are no text in what was found are judged
 * among themselves, and read in another encoding where that reads them better. They are in one of
 * the encodings that names come in, which are fewer than those of text: no UTF-16, no escapes. */
#ifndef QW_TEXT_NAMES_H
#define QW_TEXT_NAMES_H

#include "base/arena.h"
#include "text/encoding.h"

typedef struct raw_name {
    str bytes; /* steps are parted by '/' */
    bool utf8; /* said to be UTF-8; if it is well-formed, it is believed */
} raw_name;

enum { NAMES_ENCODINGS = 3 };

/* What the names are in that are neither ASCII nor said to be UTF-8: most of them in the first one,
 * which is UTF-8 when there are none. UTF-8 is among them in any case. */
typedef struct names_reading {
    const encoding *encodings[NAMES_ENCODINGS];
    size_t n;
} names_reading;

/* False when memory is out. */
bool names_judge(arena *mem, const raw_name *names, size_t n, names_reading *r);

/* One of them as UTF-8; what cannot be decoded is U+FFFD. *how: the encodings of its steps,
 * "GB18030" or "GB18030, UTF-8"; empty where the bytes needed none. Both in mem. False when memory
 * is out. */
bool names_decode(arena *mem, const names_reading *r, const raw_name *name, str *text, str *how);

/* Puts names right that were decoded wrongly (mojibake.h) before they came here. texts[i] is
 * exchanged, how[i] says what it was ("GB18030 read as IBM437"), or is empty for a name that stays.
 * A name is repaired as a whole or not at all. False when memory is out. */
bool names_repair(arena *mem, str *texts, str *how, size_t n);

#endif

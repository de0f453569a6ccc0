/* mhtml: a page of HTML in one file with what it shows (RFC 2557), as far as its text goes. */
#ifndef QW_FORMAT_MHTML_H
#define QW_FORMAT_MHTML_H

#include "base/arena.h"

typedef struct mhtml {
    size_t from, to; /* the entity that is the page, its header fields and its contents */
    str fields;      /* those header fields */
    str charset;     /* what they say that the page is in; may be empty */
    str html;        /* its bytes, decoded from quoted-printable or base64 */
} mhtml;

/* Whether the file has the header fields of a message (RFC 2045, 4). */
bool mhtml_is_message(str bytes);

/* Finds the first page in the bytes of a file. False, with *found as it was, when it has none, is
 * no message, or memory is out. */
bool mhtml_read(arena *mem, str bytes, mhtml *found);

/* The file with another page, in UTF-8; {NULL, 0} when memory is out. */
str mhtml_with(arena *mem, str bytes, const mhtml *found, str html);

#endif

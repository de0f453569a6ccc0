/* record: what `qingwen pipe` is asked for, one JSON object a line:
 *
 *     {"id": …, "path": "…"}     a file
 *     {"id": …, "bytes": "…"}    its bytes in base64
 *     {"id": …, "text": "…"}     text, in no encoding any more
 *
 * with "name" (a file name, of which the extension is a hint) and "encoding", if known. Other
 * members are left alone, so that rows of a table can be sent as they are. */
#ifndef QW_CLI_RECORD_H
#define QW_CLI_RECORD_H

#include "say.h"

typedef enum record_kind { RECORD_NONE, RECORD_PATH, RECORD_BYTES, RECORD_TEXT } record_kind;

/* Texts keep their memory for the next record. */
typedef struct record {
    qw_str id; /* JSON, in the line; "null" when the record has none */
    record_kind kind;
    text payload; /* a path, bytes or text */
    text name, encoding;
} record;

/* Takes a line apart. On failure *what is the sentence for it; the id is known if it stood before
 * what is wrong. The line must outlive the id. */
bool record_read(record *r, qw_str line, say_id *what);

void record_free(record *r);

#endif

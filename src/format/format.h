/* format: what a reader and a writer are. Each is one file, format/NAME_read.c or NAME_write.c,
 * with a const descriptor reader_NAME or writer_NAME at its bottom and its line in formats.def. */
#ifndef QW_FORMAT_FORMAT_H
#define QW_FORMAT_FORMAT_H

#include "base/out.h"
#include "model/doc.h"
#include "model/edit.h"

typedef struct reader {
    /* Bids for the input by what its first bytes prove, 0 (not mine) to 100 (nobody else's). `name`
     * is a hint only. */
    int (*probe)(str bytes, str name);

    /* Fills the document from d->source; failures go to the document. */
    void (*read)(doc *d, const qw_read_options *options);
} reader;

typedef struct writer {
    /* Writes what stands; failures of the sink are the caller's to see, others go to *why. The
     * document is not changed. Scratch memory may come from d->mem. */
    bool (*write)(doc *d, const qw_write_options *options, out *to, qw_error *why);
} writer;

#endif

/* stream: a long file, or stdin, that is read as it is converted, and never held as a whole. */
#ifndef QW_CLI_STREAM_H
#define QW_CLI_STREAM_H

#include "input/load.h"
#include "output/digest.h"
#include "qingwen.h"

#include <sys/stat.h>

typedef struct stream {
    int fd;
    struct stat info; /* what was opened */
    const char *head; /* what has been read of stdin already, … */
    size_t left;      /* … and is still to be handed out */
    uint64_t n;       /* bytes read */
    digest digest;    /* of them */
    int error;        /* errno, when it could not be read */
} stream;

/* Opens a regular file that is long and starts as plain text; false for any other, which is to be
 * read in the usual way. `size` is what it held when it was listed: short ones are not opened
 * twice. Close with stream_close(). */
bool stream_open(stream *s, const char *path, uint64_t size);
void stream_close(stream *s);

/* Likewise stdin, if it is long; what was read of it to see that is in *head, which must outlive
 * the stream, and where load() goes on when the answer is false. */
bool stream_open_standard(stream *s, loaded *head);

/* For qw_source. */
size_t stream_read(void *self, void *bytes, size_t n);

/* Reads it all for its digest and goes back to the start; false with s->error. */
bool stream_digest(stream *s, uint64_t *out);

/* Is the file as it was when it was opened, and was it read to its end? Of a pipe that is always
 * so. */
bool stream_unchanged(const stream *s);

#endif

/* segment: cuts bytes of several encodings into stretches. Private to src/text.
 *
 * Lines that read well in the present encoding are passed quickly. From the first doubtful line on,
 * a window of bytes goes through a shortest path over (byte, encoding): a character costs what the
 * model says, an ill-formed piece a lot, a change of encoding something before a line and more
 * inside one. UTF-16 blocks, lines and pieces of lines are thus found in the same way. */
#ifndef QW_TEXT_SEGMENT_H
#define QW_TEXT_SEGMENT_H

#include "text/detect.h"

typedef struct stretch_list {
    arena *mem;
    stretch *p;
    size_t n, cap;
} stretch_list;

/* Adds a stretch, joined with the last one if that has the same encoding and neither is a damaged
 * byte; false when memory is out. */
bool stretch_add(stretch_list *list, uint64_t off, uint64_t len, const encoding *e, bool damaged);

/* Starts an empty list with a stretch that was read before, even if nothing of it is left. */
bool stretch_open(stretch_list *list, const stretch *s);

typedef struct segmenter {
    const encoding *base; /* the encoding of the whole, as far as one can tell from its start */
    const encoding *now;  /* the encoding that the next bytes are expected in */
    bool mixed;           /* something else was met: valid UTF-8 is no proof any more */
    struct tape *tape;    /* keeps the text of lines that are passed; NULL: nobody wants it */
} segmenter;

/* Adds the stretches of the bytes from the end of the list on, up to p[n). `last`: nothing follows;
 * otherwise it stops, up to SEGMENT_AHEAD before n, where what follows could matter, so that the
 * result is the same however the bytes come. Returns how far it came; SIZE_MAX when memory is out.
 */
size_t segment(segmenter *s, const uint8_t *p, size_t n, bool last, stretch_list *out);

enum { SEGMENT_AHEAD = 24 * 1024 };

#endif

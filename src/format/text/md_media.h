/* md_media: the pictures of a DOCX on their way out of it: given to who takes them (qw_media) when
 * the first link to each is written, under names made of their bytes. */
#ifndef QW_FORMAT_MD_MEDIA_H
#define QW_FORMAT_MD_MEDIA_H

#include "format/docx_new/docx_images.h"

typedef struct md_media {
    const qw_media *taker;
    str folder; /* how links name the place */
    doc *d;
    package *package;
    docx_images images;
    const char **names; /* by index of the media: NULL while nobody has asked for it */
    bool refused;       /* one was not taken, or memory ran out: no more are given */
    bool memory;
} md_media;

/* Finds the pictures of a document that was read from DOCX. Free with md_media_close() in either
 * case. False after fail(). */
bool md_media_open(md_media *m, doc *d, const qw_media *taker, qw_error *why);
void md_media_close(md_media *m);

/* The name of the picture that the span stands for; NULL when there is none (it is linked from
 * elsewhere, of no known kind), it was refused, or m is NULL. Given away at the first call. */
const char *md_media_take(md_media *m, const span *s);

/* Fails with the reason for md_media.refused. */
bool md_media_refused(const md_media *m, qw_error *why);

#endif

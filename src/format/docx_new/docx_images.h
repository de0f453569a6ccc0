/* docx_images: the pictures of a DOCX, to be carried over into a new one. A picture is known by
 * where its element stands in the part it was read from. */
#ifndef QW_FORMAT_DOCX_IMAGES_H
#define QW_FORMAT_DOCX_IMAGES_H

#include "model/doc.h"
#include "ooxml/package.h"

/* The bytes of a picture, however often it is shown. */
typedef struct docx_media {
    str bytes, type; /* content type */
    const char *extension;
    const char *name; /* of its part in the new package: "word/media/image1.png" */
} docx_media;

typedef struct docx_image {
    uint32_t part; /* index into doc.parts */
    uint64_t off;  /* of its element */
    uint32_t media;
    long width, height; /* EMU, 1/914400 inch */
} docx_image;

typedef struct docx_images {
    docx_image *list; /* in the order of part and offset */
    size_t n;
    docx_media *media;
    size_t nmedia;
} docx_images;

/* Finds the pictures that the document shows; none when it was not read from DOCX. What is found
 * lives in d->mem and, until the package is closed, in the package. False after fail(). */
bool docx_images_find(doc *d, package *p, docx_images *images, qw_error *why);

/* The picture that a span stands for, or NULL. */
const docx_image *docx_image_of(const docx_images *images, const span *s);

#endif

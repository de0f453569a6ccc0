/* html: blocks as HTML elements. For the HTML writer, and for tables that Markdown has no form for.
 * No blank line is ever written, so that the output may stand in an HTML block of CommonMark. */
#ifndef QW_FORMAT_HTML_H
#define QW_FORMAT_HTML_H

#include "base/out.h"
#include "model/doc.h"

/* Where pictures are to be had. */
typedef struct html_pictures {
    bool (*has)(void *self, const span *s);                   /* the one that a span stands for */
    void (*write_source)(void *self, const span *s, out *to); /* its src */
    void *self;
} html_pictures;

/* Writes blocks [from, end) of the regions for which a bit (1 << region) is set. pictures may be
 * NULL: then they are left out. */
void html_blocks(const doc *d, uint32_t from, uint32_t end, unsigned regions,
                 const html_pictures *pictures, out *to);

/* True for a target that may become a link: http, https, ftp, mailto, or a place in the document.
 * Others (javascript:, file:) could do harm where the output is shown. */
bool link_is_safe(str target);

#endif

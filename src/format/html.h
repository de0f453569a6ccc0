/* html: blocks as HTML elements. For the HTML writer, and for tables that Markdown has no form for.
 * No blank line is ever written, so that the output may stand in an HTML block of CommonMark. */
#ifndef QW_FORMAT_HTML_H
#define QW_FORMAT_HTML_H

#include "base/out.h"
#include "model/doc.h"

/* Writes blocks [from, end) of the regions for which a bit (1 << region) is set. */
void html_blocks(const doc *d, uint32_t from, uint32_t end, unsigned regions, out *to);

/* True for a target that may become a link: http, https, ftp, mailto, or a place in the document.
 * Others (javascript:, file:) could do harm where the output is shown. */
bool link_is_safe(str target);

#endif

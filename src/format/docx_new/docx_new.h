/* docx_new: a document as a new DOCX, whatever it was read from. */
#ifndef QW_FORMAT_DOCX_NEW_H
#define QW_FORMAT_DOCX_NEW_H

#include "format/format.h"

/* Writes the document in the layout that o asks for. The parts are put together in memory, since a
 * package needs them whole. Headers, footers, comments and properties of the input are left out:
 * the layout has its own. False after fail(). */
bool docx_new_write(doc *d, const qw_write_options *o, out *to, qw_error *why);

#endif

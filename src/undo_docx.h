/* undo_docx: gives a Word document that was cleaned in place its parts back. */
#ifndef QW_UNDO_DOCX_H
#define QW_UNDO_DOCX_H

#include "base/arena.h"
#include "base/message.h"

/* Writes the package with the parts that it had, byte for byte; path is the document's in the
 * report. Scratch memory comes from mem. False after fail(). */
bool undo_docx(const qw_undo_request *request, str path, arena *mem, const qw_sink *sink,
               qw_error *why);

#endif

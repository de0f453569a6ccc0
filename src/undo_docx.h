/* undo_docx: gives a Word document that was cleaned in place its parts back, or makes it again
 * without some of the edits. */
#ifndef QW_UNDO_DOCX_H
#define QW_UNDO_DOCX_H

#include "base/arena.h"
#include "base/message.h"
#include "undo_edits.h"

/* Writes the package with the parts that it had, byte for byte; path is the document's in the
 * report. When only some edits are asked for, the document is put back, read, and cleaned again by
 * the others; that is refused (undo-whole) when making all of them again does not give the output:
 * then something else than the report says had part in it. Scratch memory comes from mem. False
 * after fail(). */
bool undo_docx(const qw_undo_request *request, str path, undo_edits edits, arena *mem,
               const qw_sink *sink, qw_error *why);

#endif

/* docx_report: for undo, what was cut out of the parts of a package that is written in place. */
#ifndef QW_FORMAT_DOCX_REPORT_H
#define QW_FORMAT_DOCX_REPORT_H

#include "format/format.h"

/* Writes a record for each part that writing the document in place changes; see docs/REPORT.md.
 * Nothing for a document that was not read from DOCX or that is written as something else. False
 * after fail(). */
bool docx_report_write(doc *d, const qw_write_options *o, out *to, qw_error *why);

#endif

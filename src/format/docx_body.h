/* docx_body: the blocks of a document as WordprocessingML, word/document.xml and footnotes.xml. */
#ifndef QW_FORMAT_DOCX_BODY_H
#define QW_FORMAT_DOCX_BODY_H

#include "format/docx_parts.h"

typedef struct docx_body {
    doc *d;
    const docx_parts *parts;
    out *to;
    out *relations; /* of the part that is written; NULL: links become plain text */
    unsigned links; /* written so far; ids "l1", "l2" … */
    str open_link;  /* target of the w:hyperlink element that is open */
} docx_body;

/* word/document.xml. */
void docx_document_write(docx_body *b);

#endif

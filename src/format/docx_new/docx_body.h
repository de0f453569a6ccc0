/* docx_body: the blocks of a document as WordprocessingML, word/document.xml and footnotes.xml. */
#ifndef QW_FORMAT_DOCX_BODY_H
#define QW_FORMAT_DOCX_BODY_H

#include "format/docx_new/docx_parts.h"

/* A note: its id as references have it, and the first of its paragraphs. */
typedef struct docx_note {
    str id;
    uint32_t block;
    uint32_t number; /* 1 based, in the order of the notes */
} docx_note;

typedef struct docx_notes {
    docx_note *list; /* sorted by id */
    size_t n;
} docx_notes;

/* Finds the footnotes and endnotes, which a new DOCX does not tell apart. False when memory is out.
 */
bool docx_notes_find(doc *d, docx_notes *notes);

typedef struct docx_body {
    doc *d;
    const docx_parts *parts;
    const docx_notes *notes; /* NULL while notes are written: they have none themselves */
    out *to;
    out *relations;  /* of the part that is written; NULL: links become plain text */
    unsigned links;  /* written so far; ids "l1", "l2" … */
    unsigned images; /* shown so far: each has a number of its own */
    bool in_imprint; /* the table of the 版记 is open */
    str open_link;   /* target of the w:hyperlink element that is open */
} docx_body;

/* One paragraph (17.3.1.22). note_mark: it starts with the number of its note. */
void docx_paragraph_write(docx_body *b, uint32_t index, bool in_table, bool note_mark);

/* Ends the table of the 版记, if it is open. Whoever writes anything but paragraphs calls it first.
 */
void docx_imprint_close(docx_body *b);

/* word/document.xml and word/footnotes.xml. */
void docx_document_write(docx_body *b);
void docx_footnotes_write(docx_body *b);

#endif

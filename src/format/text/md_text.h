/* md_text: text so escaped that CommonMark 0.31 (and GFM) read it back as that text: no emphasis,
 * link, code, HTML, list or heading that is not meant. */
#ifndef QW_FORMAT_MD_TEXT_H
#define QW_FORMAT_MD_TEXT_H

#include "base/out.h"
#include "format/text/md_media.h"

/* Where text stands decides what a line break in it becomes. */
enum md_place {
    MD_FLOW,    /* a paragraph: a hard line break */
    MD_HEADING, /* one line only: a blank */
    MD_CELL,    /* of a pipe table: <br> */
};

typedef struct md_line {
    out *to;
    md_media *media; /* NULL: pictures are left out */
    enum md_place place;
    unsigned indent; /* columns before each further line: the text of a list item */
    bool start;      /* nothing of the line is written yet, or only blanks */
    bool number;     /* all that is written of it is a number */
} md_line;

void md_text(md_line *l, str s);

/* The text of a paragraph as it is written, without the blanks at its end. */
str md_shown(str s);

/* The whole paragraph: its label, lead, bold stretches, links, pictures and notes. Blanks at its
 * end are left out, since Markdown has no form for them. `skip` bytes of its text, and its label
 * then, are left out at the start. False when memory is out. */
bool md_paragraph(md_line *l, doc *d, const block *b, size_t skip);

/* Writes where a picture of the folder stands, as links and HTML name it. */
void md_media_target(const md_media *m, const char *name, out *to);

#endif

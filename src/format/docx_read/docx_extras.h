/* docx_extras: what a Word document holds beside the text of its stories, as boxes at the end of
 * the document, for filters to judge. Read only when a filter wants it (doc.read_more).
 *
 * A box of REGION_META has in `link` what it is, in `text` what it says, and stands in the part and
 * at the bytes that a writer has to change (docx_meta.c):
 *   core:creator app:Company        a property; the bytes are its value
 *   custom:NAME variable:NAME       a custom property, a document variable; the bytes are an
 * element default: level: author: ruby: deleted:  a form field's default, a list label's text, the
 * author of a change, ruby text, tracked deletions: a value bookmark:ID lock:NAME chunk:ID elements
 *   link:ID link:field active:field a link's target; a field that fetches or starts something
 *   external:TYPE:ID active:TYPE:ID a relationship of the part: what loads by itself; what runs
 *   part:TYPE:ID                    a part that no page shows
 * Properties are paragraphs of that region (docx_read_meta.c). Other boxes are drawings, of the
 * region they stand in, with their traits. */
#ifndef QW_FORMAT_DOCX_EXTRAS_H
#define QW_FORMAT_DOCX_EXTRAS_H

#include "format/format.h"
#include "ooxml/package.h"
#include "ooxml/xml.h"

typedef struct extras {
    doc *d;
    package *package;
    xml_reader *xml;
    str unseen[64]; /* ids of links of the part at work that do not look like links */
    size_t nunseen;
} extras;

/* Adds all of them. Failures go to the document. */
void docx_read_extras(doc *d);

/* Adds a box of REGION_META and returns it; NULL after a failure. kind and name are joined by
 * make the link. */
block *extras_add(extras *x, uint16_t part_index, const char *kind, str name, str text, size_t off,
                  size_t len);

/* Walks a story's part: drawings and what else stands in it. region is that of the story. */
void extras_read_story(extras *x, uint16_t part_index, enum region region);

/* Takes the word back that white text on a dark ground is faint (docx_shading.c). main are the
 * relationships of the main part. */
void extras_read_shading(extras *x, const relations *main);

#endif

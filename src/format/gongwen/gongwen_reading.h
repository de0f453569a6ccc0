/* gongwen_reading: what the two parts of the reader share: gongwen_looks.c has what is said of
 * looks, in runs, paragraphs, styles and the theme, gongwen_read.c the document. For those two
 * only. */
#ifndef QW_FORMAT_GONGWEN_READING_H
#define QW_FORMAT_GONGWEN_READING_H

#include "format/gongwen/gongwen.h"
#include "ooxml/package.h"

/* What a style says itself. */
typedef struct plain_style {
    str id, based_on;
    bool paragraph, by_default;
    gongwen_look look;
} plain_style;

typedef struct reading {
    doc *d;
    qw_error *why;
    gongwen_facts *facts;
    package *package;
    relations relations;
    xml_reader *xml;
    gongwen_look defaults;
    str major, minor; /* the theme's Chinese fonts for headings and for text */
    plain_style *styles;
    size_t nstyles, styles_cap;
    const plain_style *normal; /* the default paragraph style */
    bool ruled;                /* the paragraph at work has a red rule under it */
    uint32_t tables;           /* open ones */
    long columns;              /* width of those of the outermost, so far */
} reading;

enum { STYLES_DEEP = 32 };

/* A look of which nothing is said. */
extern const gongwen_look nothing_said;

/* A list with room for one more element; NULL after fail(). */
void *room_for(reading *r, void *list, size_t n, size_t *cap, size_t size);

/* What is said nearer to the text goes before what is said further off. */
void add_look(gongwen_look *to, const gongwen_look *more);

/* A length in twips, NOT_SAID where there is none. */
long length_of(xml_reader *xml, const char *name);

uint8_t alignment_of(str value);

/* After XML_START of w:rFonts: a font of the theme goes before one that is named (17.3.2.26). */
void read_fonts(const reading *r, gongwen_look *to);

/* After XML_START of w:rPr; *style is set to the id of the character style. */
void read_run(const reading *r, gongwen_look *to, str *style);

/* After XML_START of w:pPr; sections: they count too. */
void read_paragraph(reading *r, gongwen_look *to, str *style, bool sections);

/* After XML_START of w:sectPr. */
void read_section(reading *r);

const plain_style *find_style(const reading *r, str id);

/* Adds a style and what it is based on, the furthest first. */
void add_style(const reading *r, gongwen_look *to, const plain_style *s);

/* Begins to read a part that the main part is related to; *there: there is one. False after fail().
 */
bool begin_part(reading *r, const relation *of, bool *there);

/* Theme and styles. False after fail(). */
bool read_theme(reading *r);
bool read_styles(reading *r);

#endif

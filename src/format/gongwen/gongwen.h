/* gongwen: holds a document against GB/T 9704-2012, the layout of official documents.
 *
 * gongwen_read.c gathers what a DOCX says of its pages and paragraphs, gongwen_check.c judges it by
 * the roles that `headings` gave. What deviates is entered as a finding, with the clause and how
 * strictly it speaks: 规定 (shall), 一般 (as a rule), 推荐 (recommended), 可以 (may). */
#ifndef QW_FORMAT_GONGWEN_H
#define QW_FORMAT_GONGWEN_H

#include "model/doc.h"
#include "ooxml/properties.h"

#include <limits.h>

#define NOT_SAID LONG_MIN

enum line_rule { LINE_NOT_SAID, LINE_MULTIPLE, LINE_EXACT, LINE_AT_LEAST };

enum colour { COLOUR_NOT_SAID, COLOUR_RED, COLOUR_OTHER, COLOUR_THEME };

/* How text and its paragraph look, with all that styles add. Lengths in twips, …_chars in
 * hundredths of a character; NOT_SAID where nothing says. */
typedef struct gongwen_look {
    str font;       /* for Chinese, that of the theme too; {NULL, 0}: not said */
    uint16_t size;  /* half-points; 0: not said */
    uint8_t align;  /* enum alignment */
    uint8_t rule;   /* enum line_rule */
    uint8_t colour; /* enum colour */
    long spacing, line;
    long first, first_chars, left, left_chars, right, right_chars;
} gongwen_look;

/* A paragraph of the body. */
typedef struct gongwen_paragraph {
    size_t off;        /* of its tag in the main part */
    gongwen_look lead; /* of its first text */
    gongwen_look body; /* of most of its text */
    bool in_table;
    bool ruled; /* a red rule under it, or something drawn in it that may be one */
} gongwen_paragraph;

typedef struct gongwen_section {
    long width, height, top, right, bottom, left, footer;
    bool grid_lines, grid_characters;
    long pitch, character_space; /* of the grid; the latter in 4096ths of a point */
} gongwen_section;

/* A footer with the number of the page. */
typedef struct gongwen_number {
    bool there;
    bool outside; /* in a frame that stands at the outer side */
    bool dashes;  /* a dash beside it */
    gongwen_look look;
} gongwen_number;

typedef struct gongwen_facts {
    gongwen_paragraph *paragraphs;
    size_t nparagraphs, paragraphs_cap;
    gongwen_section section; /* the first one */
    size_t nsections;
    long table; /* twips: the widest table by its columns; 0: none */
    size_t table_off;
    bool even_and_odd;
    gongwen_number odd, even;
} gongwen_facts;

/* Gathers the facts of a DOCX; they live in its arena. False after fail(). */
bool gongwen_read(gongwen_facts *f, doc *d, qw_error *why);

/* Enters what deviates as findings of the filter "gongwen". Of a document that is no DOCX only the
 * text is judged. False after fail(). */
bool gongwen_check(doc *d, qw_error *why);

#endif

/* docx_layout: how a new DOCX looks: page, fonts, and one style for each role. A layout is data;
 * the writer has no measure of its own. */
#ifndef QW_FORMAT_DOCX_LAYOUT_H
#define QW_FORMAT_DOCX_LAYOUT_H

#include "base/arena.h"
#include "base/message.h"
#include "model/doc.h"

enum { HEADING_STYLES = 6 };

typedef enum docx_style {
    STYLE_NORMAL,
    STYLE_TITLE,
    STYLE_SUBTITLE,
    STYLE_SALUTATION,
    STYLE_HEADING, /* level 1; the others follow */
    STYLE_LIST = STYLE_HEADING + HEADING_STYLES,
    STYLE_CAPTION,
    STYLE_ATTACHMENT,
    STYLE_ATTACHMENT_MARK, /* 附件1, at the head of an attachment's own pages */
    STYLE_SIGNATURE,
    STYLE_DATE,
    STYLE_NOTE,
    STYLE_TABLE,
    STYLE_FOOTNOTE,
    STYLE_FOOTER,
    /* Of official documents alone; a layout without them has looks of size 0. */
    STYLE_RED_HEAD,        /* 发文机关标志 */
    STYLE_DOCUMENT_NUMBER, /* 发文字号, 签发人 */
    STYLE_MARKING,         /* 份号, 密级, 紧急程度 */
    STYLE_IMPRINT,         /* 版记 */
    DOCX_STYLES
} docx_style;

typedef enum docx_font {
    FONT_BODY,
    FONT_TITLE,
    FONT_HEAD,
    FONT_KAI,
    FONT_PAGE,
    DOCX_FONTS
} docx_font;

/* The fonts for Chinese and for Latin text, and what Word takes when the first is missing. */
typedef struct docx_typeface {
    str chinese, substitute, latin;
} docx_typeface;

/* How a paragraph stands. Indents are in hundredths of a character of its own size (ECMA-376 part
 * 1, 17.3.1.12: …Chars), so that they hold for any size. */
typedef struct docx_look {
    uint8_t font;  /* docx_font */
    uint8_t size;  /* half-points */
    uint8_t align; /* enum align */
    bool bold, keep_next, new_page;
    bool single;                /* lines as high as they are, whatever the layout's pitch */
    int16_t first, left, right; /* first: below zero hangs */
    uint16_t before, after;     /* twips */
    uint8_t below;              /* a red rule, in eighths of a point; 0: none */
    uint8_t below_space;        /* points between the text and the rule */
    bool red;
} docx_look;

enum docx_page_number { PAGE_NUMBER_NONE, PAGE_NUMBER_CENTRE, PAGE_NUMBER_OUTSIDE };

/* All lengths in twips, 1/20 point. */
typedef struct docx_layout {
    const char *name;
    uint16_t top, right, bottom, left, footer; /* margins of the A4 page */
    uint16_t line;                             /* line pitch; when not exact, in 240ths of a line */
    bool exact;
    bool official;            /* GB/T 9704: blocks at the end are set by its rules */
    bool sealed;              /* official: room for a seal over the date */
    uint16_t line_characters; /* in a line of text; 0: as many as there are */
    enum docx_page_number page_number;
    docx_typeface fonts[DOCX_FONTS];
    docx_look looks[DOCX_STYLES];
} docx_layout;

enum { A4_WIDTH = 11906, A4_HEIGHT = 16838 };

/* The layout that is asked for: a name, then options as in a chain: "gongwen:pitch=28,sealed".
 * NULL: plain. The result is constant, or lives in mem. NULL after fail(). */
const docx_layout *docx_layout_find(arena *mem, const char *asked, qw_error *why);

/* Font i of a layout, no font twice; NULL behind the last. Its names live as long as what was asked
 * for, or for ever. */
const docx_typeface *docx_layout_face(const docx_layout *l, size_t i);

/* All of them; the last has no name. */
extern const docx_layout docx_layouts[];

/* The style of a block by its role and level. */
docx_style docx_style_of(const block *b);

/* How one paragraph stands when that is not how its style says. */
typedef struct docx_place {
    docx_look look;
    docx_style style;
    bool direct; /* look differs from the style's */
} docx_place;

/* Where a paragraph goes: what its text and its neighbours ask for beyond its style. */
docx_place docx_place_of(const docx_layout *l, const doc *d, uint32_t index);

/* What a paragraph before the title is, by its text (GB/T 9704-2012, 7.2): STYLE_RED_HEAD,
 * STYLE_DOCUMENT_NUMBER, STYLE_MARKING, or STYLE_NORMAL when it is nothing of the head. */
docx_style docx_head_style(const doc *d, uint32_t index);

/* Whether the text of a note or of a table's cell is that of the 版记: 抄送 or 印发 (7.4). */
bool docx_is_imprint(str text);

#endif

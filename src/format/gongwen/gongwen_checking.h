/* gongwen_checking: what the two parts of the check against GB/T 9704-2012 share: gongwen_check.c
 * has the pages and paragraphs, gongwen_parts.c what has a place of its own, from the issuer's mark
 * to the 版记. For those two only. */
#ifndef QW_FORMAT_GONGWEN_CHECKING_H
#define QW_FORMAT_GONGWEN_CHECKING_H

#include "base/unicode.h"
#include "base/utf8.h"
#include "format/gongwen/gongwen.h"
#include "format/inline.h"

typedef enum rule_id {
    RULE_PAPER,
    RULE_MARGIN_TOP,
    RULE_MARGIN_LEFT,
    RULE_TYPE_AREA,
    RULE_TABLE,
    RULE_LINES,
    RULE_CHARACTERS,
    RULE_BODY_FONT,
    RULE_BODY_SIZE,
    RULE_MARKING,
    RULE_MARK_COLOUR,
    RULE_MARK_PLACE,
    RULE_MARK_FONT,
    RULE_NUMBER_PLACE,
    RULE_RED_RULE,
    RULE_TITLE_FONT,
    RULE_TITLE_SIZE,
    RULE_TITLE_PLACE,
    RULE_SALUTATION_PLACE,
    RULE_SALUTATION_COLON,
    RULE_HEADING_FONT,
    RULE_HEADING_SIZE,
    RULE_HEADING_LABEL,
    RULE_INDENT,
    RULE_NUMBER_YEAR,
    RULE_NUMBER_FORM,
    RULE_ATTACHMENT_END,
    RULE_DATE,
    RULE_SIGNATURE,
    RULE_IMPRINT_END,
    RULE_IMPRINT_FONT,
    RULE_IMPRINT_SIZE,
    RULE_PAGE_NUMBER,
    RULE_PAGE_SIDES,
    RULE_PAGE_FONT,
    RULE_PAGE_DASHES,
    RULES
} rule_id;

/* What breaks a rule: where first, in which way, and how often. */
typedef struct breach {
    uint32_t block;
    uint32_t count;
    str what;
} breach;

/* Headings of each level are one breach, so there are as many as levels. */
enum { LEVELS = 4, BREACHES = RULES * (LEVELS + 1) };

typedef struct checking {
    doc *d;
    gongwen_facts facts;
    bool issuer_mark, red_rule; /* seen in the head */
    breach breaches[BREACHES];
} checking;

/* Notes that a paragraph breaks a rule, in which way; level: of headings, else 0. */
void note_breach(checking *c, rule_id rule, unsigned level, uint32_t index, const char *form, ...)
    __attribute__((format(printf, 5, 6)));

/* Whether s holds one of the words, separated by '|'. */
bool gongwen_has_word(str s, const char *words);

/* The names that fonts of a kind go by, for is_other_font(). */
#define FONTS_FANGSONG   "仿宋|FangSong|Fangsong|fangsong"
#define FONTS_HEI        "黑体|SimHei|Heiti|黑體"
#define FONTS_KAI        "楷体|楷體|KaiTi|Kaiti"
#define FONTS_SMALL_SONG "小标宋|小標宋|XiaoBiaoSong"

/* Whether the font is known, and is none of the words. */
bool is_other_font(const gongwen_look *look, const char *words);

/* Notes a breach when the size is known and is another one. */
void check_size(checking *c, rule_id rule, unsigned level, uint32_t index, const gongwen_look *look,
                unsigned half_points, const char *what);

bool begins_blank(str s);

/* The indent of the first line in hundredths of a character. */
long first_indent(const gongwen_look *look);

/* Parts of the document; p: how the paragraph looks, NULL where nothing is known of that. */
void check_head(checking *c, uint32_t index, const gongwen_paragraph *p);
void check_salutation(checking *c, uint32_t index, const gongwen_paragraph *p);
void check_document_number(checking *c, uint32_t index);
void check_attachment(checking *c, uint32_t index);
void check_date(checking *c, uint32_t index);
void check_signature(checking *c, uint32_t index, const gongwen_paragraph *p);
void check_imprint(checking *c, uint32_t index, const gongwen_paragraph *p);

#endif

/* label: the number or mark that a heading or list item begins with, as it is written.
 *
 * A label is read from the text alone: whether the line is a heading is for others to judge, by the
 * sequence it stands in. What only looks like a number of the text (2022年, 1.5万, 二、三类,
 * 21世纪, 4020.cn) is no label. */
#ifndef QW_MODEL_LABEL_H
#define QW_MODEL_LABEL_H

#include "base/str.h"

#include <stdint.h>

enum label_scheme {
    LABEL_NONE,
    LABEL_UNIT,           /* 第三章, 卷五, Chapter 3 */
    LABEL_HAN,            /* 三、 三． */
    LABEL_HAN_BARE,       /* 三 followed by a blank */
    LABEL_HAN_BRACKET,    /* （三） ㈢ */
    LABEL_DECIMAL,        /* 3.1 3.1.2 */
    LABEL_DIGIT,          /* 3. 3、 3． ⒊ */
    LABEL_DIGIT_BARE,     /* 3 followed by a blank, or by Han */
    LABEL_DIGIT_BRACKET,  /* （3） ⑶ */
    LABEL_DIGIT_HALF,     /* 3） */
    LABEL_CIRCLED,        /* ③ */
    LABEL_ROMAN,          /* III. iii) (iii) */
    LABEL_LETTER,         /* C. C、 */
    LABEL_LETTER_BRACKET, /* (c) */
    LABEL_LETTER_HALF,    /* c) */
    LABEL_ORDINAL,        /* 三是 第三， 其三， 第三 followed by a blank */
    LABEL_BULLET,         /* • ● ■ - * · */
    LABEL_SCHEMES
};

/* What 第N is followed by, from the greatest to the smallest. */
enum label_unit {
    UNIT_NONE,
    UNIT_PART,     /* 部 编 Part */
    UNIT_VOLUME,   /* 卷 册 集 Volume, Book */
    UNIT_DIVISION, /* 分编 篇 部分 单元 */
    UNIT_CHAPTER,  /* 章 回 话 讲 课 幕 Chapter, Lesson */
    UNIT_SECTION,  /* 节 场 Section */
    UNIT_ARTICLE,  /* 条 Article */
    UNIT_PASSAGE,  /* 段 款 则 */
    UNITS
};

enum label_brackets { BRACKETS_NONE, BRACKETS_FULL, BRACKETS_HALF, BRACKETS_MIXED };

#define LABEL_PARTS 6 /* of a decimal number */

typedef struct label {
    uint8_t scheme;               /* enum label_scheme */
    uint8_t unit;                 /* enum label_unit */
    uint8_t brackets;             /* enum label_brackets, where there are some */
    uint8_t nparts;               /* decimals: parts; 1 for the others */
    uint8_t gap;                  /* bytes of blanks between the label and the text */
    uint8_t word;                 /* LABEL_UNIT: which word of its class, 章 or 讲; 0: English */
    bool formal;                  /* LABEL_HAN: 壹、 貳、 and not 一、 */
    bool lower;                   /* letters and Roman numbers: c. iii) */
    bool wide;                    /* full-width digits or stop: １． */
    uint32_t separator;           /* 、 . ． ： … after the number; 0: none */
    uint32_t value;               /* of the number; of a decimal's last part */
    uint32_t parts[LABEL_PARTS];  /* decimals */
    uint32_t inserted;            /* N of 第X条之N; 0: none */
    uint32_t at;                  /* bytes before the label: indent, wrapper, 正文 */
    uint32_t number, number_size; /* the numeral itself: offset in the text and bytes */
    uint32_t size;                /* bytes of the label, separator included, from `at` */
} label;

/* Reads the label at the start of text, after blanks. False, and scheme LABEL_NONE, when there is
 * none. Takes time in the length of the label, not of the text. */
bool label_read(str text, label *out);

/* Reads a bare number before a blank and anything, 2 2022年 or 5 部门职责: a label only where
 * numbers that divide it (2.1) stand under it. What label_read() takes is none of these. */
bool label_read_chapter(str text, label *out);

/* Where the text after the label begins, blanks skipped. */
size_t label_text(const label *l);

#endif

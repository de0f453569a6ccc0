/* properties: what w:pPr and w:rPr say, as far as reading needs it (ECMA-376 part 1, 17.3). Styles
 * and paragraphs share it. */
#ifndef QW_OOXML_PROPERTIES_H
#define QW_OOXML_PROPERTIES_H

#include "ooxml/xml.h"

enum alignment { ALIGNED_UNSET, ALIGNED_START, ALIGNED_CENTRE, ALIGNED_END, ALIGNED_BOTH };

/* A property that is on, off, or not mentioned. */
enum toggle { TOGGLE_UNSET, TOGGLE_OFF, TOGGLE_ON };

typedef struct run_properties {
    str style;       /* id of the character style; NULL when there is none */
    uint16_t size;   /* half-points; 0: not mentioned */
    uint8_t vanish;  /* enum toggle */
    uint8_t bold;    /* enum toggle */
    bool white;      /* white, or the background colour of the theme */
    bool inserted;   /* of a paragraph mark: a tracked insertion */
    bool deleted;    /* of a paragraph mark: a tracked deletion */
    bool narrow;     /* scaled to 5 % of its width or less */
    uint8_t ruled;   /* enum toggle: underlined, its blanks are seen */
    bool clear;      /* painted with nothing, or fully transparent */
    int16_t spacing; /* twentieths of a point that its characters stand further apart */
} run_properties;

typedef struct paragraph_properties {
    str style;           /* id; NULL when there is none */
    long num_id;         /* -1: not mentioned */
    long num_level;      /* 0 based; -1: not mentioned */
    uint8_t outline;     /* 1 based; 0: none */
    uint8_t align;       /* enum alignment */
    bool section;        /* holds a w:sectPr: the last paragraph of its section */
    bool unseen;         /* its lines are a point high, or its frame lies off the page */
    run_properties mark; /* of the paragraph mark */
} paragraph_properties;

/* After XML_START of w:rPr: reads to its end. False at a failure. */
bool read_run_properties(xml_reader *xml, run_properties *to);

/* After XML_START of w:pPr, likewise. */
bool read_paragraph_properties(xml_reader *xml, paragraph_properties *to);

#endif

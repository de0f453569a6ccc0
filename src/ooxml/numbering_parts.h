/* numbering_parts: what numbering.c reads and numbering_label.c counts with. */
#ifndef QW_OOXML_NUMBERING_PARTS_H
#define QW_OOXML_NUMBERING_PARTS_H

#include "ooxml/numbering.h"

/* w:lvl */
typedef struct list_level {
    long start;   /* 0 when it is not given */
    long restart; /* w:lvlRestart; -1: not given */
    numeral_format format;
    str custom; /* w:numFmt/@w:format of a custom format */
    str text;   /* w:lvlText */
    str style;  /* id of the paragraph style that is linked to it */
    str font;   /* of a bullet */
    bool legal; /* w:isLgl */
} list_level;

typedef struct abstract_list {
    str id;
    str style_link;     /* this is the definition behind a numbering style */
    str num_style_link; /* this only points to a numbering style */
    list_level *levels[NUMBERING_LEVELS];
} abstract_list;

/* w:num */
typedef struct list_instance {
    long id;
    str abstract_id;
    size_t abstract;                      /* index, links followed; STR_NONE: no such definition */
    long start[NUMBERING_LEVELS];         /* w:startOverride; -1: none */
    list_level *levels[NUMBERING_LEVELS]; /* w:lvlOverride/w:lvl */
} list_instance;

struct numbering {
    abstract_list *abstracts;
    list_instance *instances; /* by id */
    size_t nabstracts, ninstances;
};

typedef struct counters {
    long value[NUMBERING_LEVELS];
    uint16_t used; /* a bit a level */
} counters;

#endif

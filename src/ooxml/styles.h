/* styles: the styles part, each style with what it inherits (ECMA-376 part 1, 17.7). */
#ifndef QW_OOXML_STYLES_H
#define QW_OOXML_STYLES_H

#include "ooxml/properties.h"

typedef struct style {
    str id, name;
    str based_on;    /* id; NULL when there is none */
    bool paragraph;  /* of type paragraph */
    bool by_default; /* the default of its type */
    uint8_t state;   /* while inheritance is worked out */
    uint8_t outline; /* 1 based; 0: none */
    uint8_t align;   /* enum alignment */
    uint8_t vanish;  /* enum toggle */
    uint8_t bold;    /* enum toggle */
    uint8_t ruled;   /* enum toggle */
    bool white;
    uint16_t size;                  /* half-points; 0: not mentioned */
    long num_id;                    /* -1: none */
    long num_level;                 /* -1: none */
    const struct style *num_holder; /* the style, this or one below it, that names num_id */
} style;

typedef struct styles {
    style *list;
    size_t n;
    const style **sorted;    /* by id */
    const style *paragraph;  /* the default paragraph style, or NULL */
    run_properties defaults; /* w:docDefaults */
} styles;

/* Reads the styles part; an empty one has none. Cycles of w:basedOn are cut. False after fail(). */
bool styles_read(styles *s, arena *mem, str part, str bytes, qw_error *why);

/* The style with an id, or NULL. */
const style *styles_find(const styles *s, str id);

/* The style of a paragraph that names id: the default one when id is unknown or missing. */
const style *styles_of_paragraph(const styles *s, str id);

/* Whether a run is hidden (w:vanish): its own word counts; else the defaults', else that of its
 * paragraph and character styles, of which two cancel each other out (17.7.3). */
bool styles_hides_run(const styles *s, const style *paragraph, const run_properties *run);

#endif

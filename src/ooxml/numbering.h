/* numbering: list labels as Word shows them (ECMA-376 part 1, 17.9; [MS-OI29500] 2.1.50 and what
 * follows there). docs/DOCX.md tells the algorithm.
 *
 * A numbering is what the part says and does not change. Counters run in a numbering_run, one for
 * each story: the body, the text boxes, a header. */
#ifndef QW_OOXML_NUMBERING_H
#define QW_OOXML_NUMBERING_H

#include "ooxml/numeral.h"
#include "ooxml/styles.h"

enum { NUMBERING_LEVELS = 9, LABEL_MAX = 512 };

typedef struct numbering numbering;

typedef struct numbering_run {
    const numbering *of;
    struct counters **counters; /* by abstract definition; made when first used */
    uint16_t *overridden;       /* by w:num: levels whose startOverride was used */
} numbering_run;

typedef struct list_label {
    char text[LABEL_MAX]; /* may be empty: the paragraph is in a list but shows nothing */
    size_t n;
    long num_id;
    unsigned level; /* 0 based */
    bool bullet;
} list_label;

/* Reads the numbering part; an empty one holds no lists. NULL after fail(). Lives in mem; styles
 * must live as long. */
numbering *numbering_read(arena *mem, str part, str bytes, const styles *s, qw_error *why);

/* Counters that have not counted yet. Memory is taken when the first label is made. */
numbering_run numbering_begin(const numbering *n);

/* The label of the next paragraph, which has these properties and style (NULL: none). False when
 * it has none; *ok is false when memory was out. */
bool numbering_next(numbering_run *run, arena *mem, const paragraph_properties *p,
                    const style *paragraph, list_label *label, bool *ok);

#endif

/* References: what the parts of the pass over the text share.
 *
 *   numbering_references.c  which item a number means, and whose text is spoken of
 *   numbering_forms.c       references by the name of a unit, 第三条第（二）项, 图3, 2.1节; the
 * pass numbering_spoken.c      references by the label alone, 参见三、（二）
 */
#ifndef QW_FILTERS_NUMBERING_REFERENCES_H
#define QW_FILTERS_NUMBERING_REFERENCES_H

#include "numbering.h"

/* What is asked for. */
typedef struct wanted {
    unsigned kind;
    label label;     /* value, inserted; decimals: parts */
    uint32_t parent; /* NO_ITEM: any */
    bool within;     /* the text names the parent: what stands elsewhere is not meant */
} wanted;

/* Where in the document the pass stands. */
typedef struct scan {
    listing *x;
    uint32_t block;
    uint32_t own; /* the item that the block stands under, or is; NO_ITEM */
    str text;
    size_t outer_end; /* where a reference to another text ended; STR_NONE: none did */
    bool relabelled;
    wanted *lost; /* what no item has */
    size_t nlost, lost_cap;
} scan;

enum owner { OWN_TEXT, OTHER_TEXT, UNCLEAR };

/* Whose text a reference at byte `at` speaks of, by what stands before it. */
enum owner owner_of(const scan *s, size_t at);

/* Whether s ends with one of the words, which are parted by |. */
bool ends_with_one(str s, const char *words);

/* Whether the document has an item of the kind. */
bool has_kind(const listing *x, unsigned kind);

/* The item of the kind that item i is or stands under; NO_ITEM when there is none. */
uint32_t ancestor(const listing *x, uint32_t i, unsigned kind);

/* The nearest item around the block that has what is wanted under it; NO_ITEM when none has. */
uint32_t nearest_parent(const scan *s, const wanted *w);

/* Enters the number at byte `at` as a reference to what is wanted. Returns the item that it means,
 * NO_ITEM when there is none or it cannot be told. `unclear`: whose text is meant cannot be told,
 * and what fits is refused. */
uint32_t refer(scan *s, const wanted *w, size_t at, size_t n, bool unclear);

/* Reads numbers that labels have, as （二）、（三） or 三、（二）, from byte `at`. `named`: the
 * item that the text names before them, NO_ITEM: none. `bare`: numbers without brackets are some,
 * too. Returns where they end, `at` when there are none. */
size_t read_labels(scan *s, size_t at, uint32_t named, bool bare, bool unclear);

/* The same at byte `at` where what stands before or after it says that labels are spoken of:
 * 参见三、, 见（二）, （二）项. */
size_t read_spoken(scan *s, size_t at);

/* Reads the references of the block from byte `from`. */
void read_references(scan *s, size_t from);

#endif

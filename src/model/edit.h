/* edit: the journal, the only way to change a document once it is read.
 *
 * Every entry says which filter and rule, why, how sure, what stood there and what stands now.
 * Taking the entries back from last to first gives the document as it was read (law 1).
 *
 * The functions that change the document do nothing after a failure, on a block that is gone, or
 * when there is nothing to change; they say whether they changed it. */
#ifndef QW_MODEL_EDIT_H
#define QW_MODEL_EDIT_H

#include "model/doc.h"

struct edit {
    qw_edit_kind kind;
    qw_edit_state state;
    uint32_t block;
    uint32_t at;         /* in the block's text when the edit was made */
    uint32_t from, to;   /* the same bytes in the block's original text; equal when none of them is
                            original */
    uint32_t group;      /* number (1 based) of the first edit of its group */
    uint8_t role, level; /* QW_EDIT_ROLE: what was given */
    uint8_t score;       /* 0 to 100 */
    str before, after;
    str filter, rule, why;
};

/* Why an edit is made. All of it must live as long as the document (constants, rules, its arena).
 */
typedef struct reason {
    str rule;  /* id; may be empty when the filter has but one */
    str why;   /* in words, for people */
    int score; /* how sure, 0 to 100 */
} reason;

/* One change of a block's text: `after` (copied) in the place of bytes [at, at+n). */
typedef struct change {
    size_t at, n;
    str after;
    reason why;
} change;

/* Makes the changes, which are in order, do not overlap, and count in the text as it stands before
 * all of them. Linear in the text, however many. Returns how many were made: all or, after a
 * failure or on a block that is gone, none. Changes that change nothing are left out. */
size_t edit_apply(doc *d, uint32_t index, const change *changes, size_t count);

/* edit_apply() for one change. */
bool edit_remove(doc *d, uint32_t index, size_t at, size_t n, reason why);
bool edit_replace(doc *d, uint32_t index, size_t at, size_t n, str after, reason why);

/* Removes the block; a container goes with all that is in it, as one group. */
bool edit_drop(doc *d, uint32_t index, reason why);

typedef struct block_role {
    qw_role role;
    unsigned level; /* headings: 1 based; 0 otherwise */
    size_t lead;    /* QW_ROLE_RUNIN: bytes of text that are the heading */
    str label;      /* heading number or list label; a slice of the text, or in the arena */
} block_role;

bool edit_role(doc *d, uint32_t index, block_role role, reason why);

/* Enters that bytes [at, at+n) ought to be looked at; changes nothing. */
void edit_finding(doc *d, uint32_t index, size_t at, size_t n, reason why);

/* Enters a removal that was considered and not made: proposed, or refused. */
void edit_proposal(doc *d, uint32_t index, size_t at, size_t n, qw_edit_state state, reason why);

/* A block as it stands, to go back to. */
typedef struct block_copy {
    uint32_t index;
    block block;
    block_more more; /* if the block has any */
} block_copy;

/* Keeps block `index` as it stands in *out, which is good as long as the document is. */
void edit_keep(const doc *d, uint32_t index, block_copy *out);

/* Takes back the edits behind the first `nedits` as though they had never been made. The copies, in
 * the order they were made in, hold each block before such an edit changed it. */
void edit_take_back(doc *d, size_t nedits, const block_copy *copies, size_t n);

/* Edits entered between the two belong together: undo takes all or none of them. They nest. */
void edit_group_begin(doc *d);
void edit_group_end(doc *d);

/* Where byte `at` of the block's current text stands in its original text. */
size_t edit_original_offset(const block *b, size_t at);

#endif

/* skeleton: the normal forms of a stretch of text that rules look at, each with a map back.
 *
 * Folded: NFKC but for the marks ！（），：；？, lower case, look-alikes and traditional forms made
 * one (a table of the rules' file). Skeleton: of that, letters and Han only. A distributor's mark
 * that is spelled in hundreds of ways, by width, case, symbols and digits put in between, has few
 * skeletons. */
#ifndef QW_MODEL_SKELETON_H
#define QW_MODEL_SKELETON_H

#include "base/arena.h"

#include <stdint.h>

/* How characters fold; immutable. */
typedef struct folding folding;

/* A pair of character lists of one length: each of `from` is folded to its counterpart of `to`. */
typedef struct fold_pair {
    str from, to;
} fold_pair;

/* NULL when memory is out or the lists of a pair differ in length; which, if not NULL, is then the
 * pair's index. */
folding *folding_new(arena *mem, const fold_pair *pairs, size_t n, size_t *which);

/* The one character that c folds to; 0 when it folds to several. */
uint32_t folding_char(const folding *f, uint32_t c);

/* Whether a skeleton holds c, which must be folded. */
bool skeleton_holds(uint32_t c);

typedef struct form {
    char *p;
    size_t n, cap;
    uint32_t *from; /* byte i stands for original bytes [from[i], to[i]) */
    uint32_t *to;
} form;

static inline str form_str(const form *f) {
    return (str){f->p, f->n};
}

/* The original range of bytes [at, at + n) of a form; n > 0. */
static inline void form_range(const form *f, size_t at, size_t n, size_t *from, size_t *to) {
    *from = f->from[at];
    *to = f->to[at + n - 1];
}

/* An empty form with room for the forms of `cap` bytes of ordinary text; false when memory is out.
 * Text that folds to more is cut: what expands threefold is no text. */
bool form_init(form *f, arena *mem, size_t cap);

/* The folded form alone and without its map back, which costs a third: for text that is only read.
 */
void skeleton_fold(const folding *f, str text, form *folded);

/* Makes both forms of text. Either may be NULL. */
void skeleton_make(const folding *f, str text, form *folded, form *skeleton);

#endif

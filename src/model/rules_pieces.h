/* rules_pieces: named pieces of expressions, so that a long one can be read. Internal to
 * model/rules_read.c.
 *
 * `define NAME EXPRESSION` gives a piece its name, `{NAME}` stands for it in later lines of the
 * same file, where it is one unit: a quantifier behind it counts for the whole. Within a class, and
 * in an escape (\p{Han}), braces stand for themselves. */
#ifndef QW_MODEL_RULES_PIECES_H
#define QW_MODEL_RULES_PIECES_H

#include "model/rules_read.h"

/* The longest expression, with its pieces in place, in bytes. */
enum { LONGEST_EXPRESSION = 16 * 1024 };

/* The pieces that a file has defined so far: a list of struct piece. */
typedef struct piece {
    str name, expression; /* with the pieces within it in place */
} piece;

/* Takes in what stands behind `define`. A name that is known already gets one more alternative.
 * False: the name is none, there are too many, or, after fail() at place, the expression is wrong.
 */
bool piece_define(arena *mem, list *pieces, str value, str place, qw_error *why);

/* An expression with the pieces in their places, in mem or as it is. {NULL, 0} after fail() at
 * place: no such piece, or too long. */
str piece_expand(arena *mem, const list *pieces, str written, str place, qw_error *why);

/* The expression for a skeleton: symbols and digits may stand between its letters. All of a line;
 * else with the brackets around it, anywhere. In mem; {NULL, 0} when memory is out. */
str piece_of_letters(arena *mem, str skeleton, bool line);

#endif

/* legado_java: expressions as Java and Android write them, as PCRE2 has them. */
#ifndef QW_MODEL_LEGADO_JAVA_H
#define QW_MODEL_LEGADO_JAVA_H

#include "base/arena.h"

/* Brings an expression of Java's (java.util.regex; of Android: ICU) into PCRE2's form: characters
 * given by their numbers, classes within classes and what several classes share ([a&&[^b]]), and
 * look-behinds of bounded length ((?<=a{1,3})), which become the alternatives that they are.
 * `numbered`: somebody refers to its groups by number. {NULL, 0} when memory is out, or with
 * *refusal, in words, when PCRE2 has nothing of the kind. */
str java_translate(arena *mem, str java, bool numbered, str *refusal);

/* A replacement of Java's in the form that regex_expand() knows: \$ and \\ are signs. */
str java_replacement(arena *mem, str java);

/* The byte behind a class, or behind a group with all that is in it, that starts at `at`. */
size_t java_skip(str s, size_t at, char open, char close);

#endif

/* say: every sentence that the program says, by id, in each language (say.def), and the form of a
 * message: `qingwen: PATH:PLACE: what is wrong; what to do`. */
#ifndef QW_CLI_SAY_H
#define QW_CLI_SAY_H

#include "text.h"

typedef enum say_id {
#define SAY(id, english, chinese) SAY_##id,
#include "say.def"
#undef SAY
    SAY_COUNT
} say_id;

/* Arguments of a sentence. A missing one stands as nothing. */
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_WORDS   ((const char *const[]){NULL})

/* A number as an argument. Its storage lasts as long as the enclosing block. */
#define NUM(value) say_number((char[24]){0}, (value))
const char *say_number(char room[24], unsigned long long value);

/* Adds a sentence to t. */
void say(text *t, qw_language language, say_id id, const char *const *words);

/* Adds a line `qingwen: PATH:PLACE: TEXT`; path and place may be NULL or "". Control characters in
 * them are made visible. */
void say_line(text *t, const char *path, const char *place, const char *what);

/* Adds a message line with a sentence of ours, or with the library's error. */
void say_error(text *t, qw_language language, const char *path, say_id id,
               const char *const *words);
void say_failure(text *t, qw_language language, const char *path, const qw_error *why);

/* What errno means, in words; the system's own words for what is rare. */
const char *say_errno(qw_language language, int error);

/* Writes to stderr at once, and empties t. */
void say_now(text *t);

/* The language that the environment asks for (LC_ALL, LC_MESSAGES, LANG). */
qw_language say_locale(void);

#endif

/* message: every sentence that the library says, by id, in each language (src/messages.def).
 *
 * A text holds {0} … {9} where arguments go. Errors are filled in where they happen; notices keep
 * their arguments and are worded when somebody asks. */
#ifndef QW_BASE_MESSAGE_H
#define QW_BASE_MESSAGE_H

#include "base/str.h"
#include "qingwen.h"

#include <stdint.h>

typedef enum message_id {
    MSG_NONE,
#define MESSAGE(id, kind, name, english, chinese) MSG_##id,
#include "messages.def"
#undef MESSAGE
    MSG_COUNT
} message_id;

/* The arguments of a message: an array of str that ends with {NULL, 0}. */
#define ARGS(...) ((const str[]){__VA_ARGS__, {NULL, 0}})
#define NO_ARGS   ((const str[]){{NULL, 0}})

/* A number as an argument. Its storage lasts as long as the enclosing block. */
#define NUM(value) number_text((char[24]){0}, (value))
str number_text(char out[24], uint64_t value);

/* The stable name, "undecodable-bytes". */
const char *message_name(message_id id);

/* For a notice, its level; for an error, its code. */
qw_level message_level(message_id id);
qw_code message_code(message_id id);

/* Writes the text in a language to out (n bytes, NUL-terminated, cut at a character when long). */
void message_text(message_id id, qw_language language, const str *args, char *out, size_t n);

/* Records a failure in *e unless e is NULL or holds one already. Always returns false, so that a
 * caller can `return fail(…)`. place may be empty. */
bool fail(qw_error *e, message_id id, str place, const str *args);

/* Forgets what an earlier call recorded; e may be NULL. */
void fail_begin(qw_error *e);

/* fail() for memory that was out. */
bool fail_memory(qw_error *e);

#endif

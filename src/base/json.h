/* json: reading JSON (RFC 8259). Writing it is out_json() in base/out.h.
 *
 * A value belongs to its document and lives until json_free(). The readers below answer for
 * anything: a value of another kind, or none at all (NULL), gives what "missing" says. */
#ifndef QW_BASE_JSON_H
#define QW_BASE_JSON_H

#include "base/str.h"

typedef struct json json;

/* Parses one value and nothing after it; at most 256 levels deep. Duplicate keys are an error.
 * NULL when the text is not JSON or memory is out; then *line (if not NULL) is where, 1 based. */
json *json_parse(str text, size_t *line);
void json_free(json *root);

/* The member of an object; NULL when missing. */
const json *json_get(const json *object, const char *key);

/* Arrays: how many, and which one; 0 and NULL when it is no array. */
size_t json_count(const json *array);
const json *json_at(const json *array, size_t i);

/* The string; {NULL, 0} when it is none. */
str json_text(const json *value);

/* The whole number; `missing` when it is none. */
long long json_int(const json *value, long long missing);

/* True or false; `missing` when it is neither. */
bool json_bool(const json *value, bool missing);

#endif

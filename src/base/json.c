#include "base/json.h"

#include <jansson.h>

/* A json is jansson's value under another name: nobody else needs to know the library. */
static const json_t *value_of(const json *v) {
    return (const json_t *)v;
}

enum { DEEPEST = 256 };

/* jansson nests to 2048 levels; ours is a tighter limit, checked before anything is built. */
static bool too_deep(str text) {
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > DEEPEST)
            return true;
        else if (!quoted && (c == '}' || c == ']') && depth)
            depth--;
    }
    return false;
}

json *json_parse(str text, size_t *line) {
    json_error_t error = {.line = 1};
    json_t *root = NULL;
    if (!too_deep(text))
        root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!root && line) *line = error.line > 0 ? (size_t)error.line : 1;
    return (json *)root;
}

void json_free(json *root) {
    json_decref((json_t *)root);
}

const json *json_get(const json *object, const char *key) {
    return (const json *)json_object_get(value_of(object), key);
}

size_t json_count(const json *array) {
    return json_array_size(value_of(array));
}

const json *json_at(const json *array, size_t i) {
    return (const json *)json_array_get(value_of(array), i);
}

str json_text(const json *value) {
    const json_t *v = value_of(value);
    if (!json_is_string(v)) return (str){NULL, 0};
    return str_make(json_string_value(v), json_string_length(v));
}

long long json_int(const json *value, long long missing) {
    const json_t *v = value_of(value);
    return json_is_integer(v) ? json_integer_value(v) : missing;
}

bool json_bool(const json *value, bool missing) {
    const json_t *v = value_of(value);
    return json_is_boolean(v) ? json_is_true(v) : missing;
}

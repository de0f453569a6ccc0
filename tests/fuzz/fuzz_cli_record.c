/* The reader of a pipe's records against Jansson: what it takes, Jansson takes, and the other way
 * round; what is written again, in either way, is one line and says the same. */
#include "cli/pipe/json.h"
#include "cli/pipe/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds) {
    if (!holds) abort();
}

/* Jansson refuses numbers that do not fit its types, which JSON allows. */
static bool may_differ(const json_error_t *e) {
    enum json_error_code code = json_error_code(e);
    return code == json_error_numeric_overflow || code == json_error_out_of_memory;
}

static void same_syntax(qw_str s) {
    json_reader r = {s.p, s.p + s.n, 0};
    json_error_t e = {0};
    qw_str raw;
    bool ours = json_skip(&r, &raw) && json_at_end(&r);
    json_t *theirs = json_loadb(s.p, s.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &e);
    if (!theirs && may_differ(&e)) return;
    if (ours && !theirs) must(json_error_code(&e) == json_error_stack_overflow);
    /* It takes NUL for the end, and nests deeper than ours. */
    if (theirs && !ours) must(s.n > 256 || memchr(s.p, 0, s.n));
    json_decref(theirs);
}

static void written_again(qw_str s, bool ascii) {
    text once = {0}, twice = {0};
    json_reader r = {s.p, s.p + s.n, 0};
    qw_str raw;
    if (!json_skip(&r, &raw)) return;
    json_put_raw(&once, raw, ascii);
    must(!memchr(text_z(&once), '\n', once.n) && !memchr(text_z(&once), '\r', once.n));
    for (size_t i = 0; i < once.n && ascii; i++) must(once.p[i] > 0);
    json_put_raw(&twice, (qw_str){text_z(&once), once.n}, ascii);
    must(once.n == twice.n && memcmp(text_z(&once), text_z(&twice), once.n) == 0);
    json_t *before = json_loadb(raw.p, raw.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    json_t *after = json_loadb(text_z(&once), once.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    must(!before == !after && (!before || json_equal(before, after)));
    json_decref(before);
    json_decref(after);
    text_free(&once);
    text_free(&twice);
}

/* What a record says is what Jansson finds in it. */
static void same_record(qw_str s) {
    record r = {0};
    say_id what = SAY_COUNT;
    static const char *const names[] = {"", "path", "bytes", "text"};
    if (record_read(&r, s, &what)) {
        json_t *object = json_loadb(s.p, s.n, JSON_ALLOW_NUL, NULL);
        json_t *value = object ? json_object_get(object, names[r.kind]) : NULL;
        must(!object || json_is_string(value));
        if (object && r.kind != RECORD_BYTES)
            must(json_string_length(value) == r.payload.n &&
                 memcmp(json_string_value(value), text_z(&r.payload), r.payload.n) == 0);
        json_decref(object);
    } else
        must(what != SAY_COUNT);
    record_free(&r);
}

static void base64_again(const uint8_t *data, size_t n) {
    text t = {0};
    size_t length;
    json_put_base64(&t, (qw_str){(const char *)data, n});
    length = t.n;
    must(n == 0 || json_take_base64(t.p, &length));
    must(length == n && (n == 0 || memcmp(t.p, data, n) == 0));
    text_free(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    qw_str s = {(const char *)data, n};
    same_syntax(s);
    written_again(s, false);
    written_again(s, true);
    same_record(s);
    base64_again(data, n);
    return 0;
}

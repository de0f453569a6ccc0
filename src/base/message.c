#include "base/message.h"

#include "base/utf8.h"

#include <stdio.h>

/* What a message is: a notice of some level, or an error with its code. */
enum {
    INFO = QW_INFO,
    WARNING = QW_WARNING,
    USAGE = QW_USAGE,
    MEMORY = QW_MEMORY,
    IO = QW_IO,
    FORMAT = QW_FORMAT,
    ENCODING = QW_ENCODING,
    LIMIT = QW_LIMIT,
    UNSUPPORTED = QW_UNSUPPORTED,
};

static const struct {
    int kind;
    const char *name;
    const char *text[QW_LANGUAGES];
} messages[] = {
    [MSG_NONE] = {0, "", {"", ""}},
#define MESSAGE(id, kind, name, english, chinese) [MSG_##id] = {kind, name, {english, chinese}},
#include "messages.def"
#undef MESSAGE
};

str number_text(char out[24], uint64_t value) {
    int n = snprintf(out, 24, "%llu", (unsigned long long)value);
    return str_make(out, (size_t)n);
}

const char *message_name(message_id id) {
    return messages[id].name;
}

qw_level message_level(message_id id) {
    return (qw_level)messages[id].kind;
}

qw_code message_code(message_id id) {
    return (qw_code)messages[id].kind;
}

static size_t count_args(const str *args) {
    size_t n = 0;
    while (args[n].p) n++;
    return n;
}

/* Appends s to out, cut where a character ends. */
static size_t append(char *out, size_t at, size_t n, str s) {
    size_t take = s.n < n - 1 - at ? s.n : n - 1 - at;
    while (take > 0 && take < s.n && ((unsigned char)s.p[take] & 0xC0) == 0x80) take--;
    if (take) memcpy(out + at, s.p, take);
    return at + take;
}

void message_text(message_id id, qw_language language, const str *args, char *out, size_t n) {
    str text = str_of(messages[id].text[language]);
    size_t have = count_args(args), at = 0;
    for (size_t i = 0; i < text.n;) {
        unsigned which = text.p[i] == '{' ? (unsigned)(text.p[i + 1] - '0') : 10;
        if (which < 10) {
            if (which < have) at = append(out, at, n, args[which]);
            i += 3;
            continue;
        }
        size_t brace = str_find_byte(text, '{', i + (text.p[i] == '{'));
        at = append(out, at, n, str_cut(text, i, brace));
        i = brace == STR_NONE ? text.n : brace;
    }
    out[at] = '\0';
}

bool fail(qw_error *e, message_id id, str place, const str *args) {
    if (!e || e->code != QW_OK) return false;
    e->code = message_code(id);
    e->id = message_name(id);
    e->place[append(e->place, 0, sizeof e->place, place)] = '\0';
    for (int l = 0; l < QW_LANGUAGES; l++)
        message_text(id, (qw_language)l, args, e->text[l], sizeof e->text[l]);
    return false;
}

void fail_begin(qw_error *e) {
    if (e) *e = (qw_error){.code = QW_OK};
}

bool fail_memory(qw_error *e) {
    return fail(e, MSG_MEMORY, STR(""), NO_ARGS);
}

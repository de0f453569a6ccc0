#include "say.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sentences[SAY_COUNT][QW_LANGUAGES] = {
#define SAY(id, english, chinese) [SAY_##id] = {english, chinese},
#include "say.def"
#undef SAY
};

const char *say_number(char room[24], unsigned long long value) {
    snprintf(room, 24, "%llu", value);
    return room;
}

static size_t count_words(const char *const *words) {
    size_t n = 0;
    while (words[n]) n++;
    return n;
}

void say(text *t, qw_language language, say_id id, const char *const *words) {
    size_t have = count_words(words);
    for (const char *p = sentences[id][language]; *p;) {
        size_t plain = strcspn(p, "{");
        text_add(t, p, plain);
        p += plain;
        if (*p != '{') break;
        size_t which = (size_t)(p[1] - '0');
        if (which < have) text_put(t, words[which]);
        p += 3;
    }
}

void say_line(text *t, const char *path, const char *place, const char *what) {
    text_put(t, "qingwen: ");
    if (path && *path) text_show(t, str_z(path), 0), text_put(t, place && *place ? ":" : ": ");
    if (place && *place) text_show(t, str_z(place), 0), text_put(t, ": ");
    text_show(t, str_z(what), 0);
    text_put(t, "\n");
}

void say_error(text *t, qw_language language, const char *path, say_id id,
               const char *const *words) {
    text what = {0};
    say(&what, language, id, words);
    say_line(t, path, NULL, text_z(&what));
    text_free(&what);
}

void say_failure(text *t, qw_language language, const char *path, const qw_error *why) {
    say_line(t, path, why->place, why->text[language]);
}

const char *say_errno(qw_language language, int error) {
    static const struct {
        int error;
        say_id id;
    } known[] = {
        {ENOENT, SAY_NO_ENTRY},        {EACCES, SAY_NO_RIGHTS},      {EPERM, SAY_NO_RIGHTS},
        {EISDIR, SAY_IS_DIRECTORY},    {ENOTDIR, SAY_NOT_DIRECTORY}, {ENOSPC, SAY_NO_SPACE},
        {EDQUOT, SAY_NO_SPACE},        {EFBIG, SAY_OVER_QUOTA},      {EROFS, SAY_READ_ONLY},
        {ENAMETOOLONG, SAY_LONG_NAME}, {ELOOP, SAY_MANY_LINKS},      {EIO, SAY_DEVICE_FAILED},
        {EPIPE, SAY_PIPE_CLOSED},      {EBUSY, SAY_IS_HELD},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].error == error) return sentences[known[i].id][language];
    return strerror(error);
}

void say_now(text *t) {
    fwrite(text_z(t), 1, t->n, stderr);
    text_clear(t);
}

qw_language say_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return strncmp(value, "zh", 2) == 0 ? QW_CHINESE : QW_ENGLISH;
    }
    return QW_ENGLISH;
}

#include "text/candidates.h"

/* Where a letter, small or capital, comes next. */
static size_t next_letter(str text, size_t from, char small) {
    size_t n = text.n - from;
    const char *p = text.p + from, *hit = memchr(p, small, n);
    if (hit) n = (size_t)(hit - p);
    const char *capital = memchr(p, small & ~32, n);
    return from + (capital ? (size_t)(capital - p) : n);
}

const encoding *declared_encoding(const uint8_t *p, size_t n) {
    static const char *const words[] = {"charset", "encoding", "coding"};
    str text = {(const char *)p, n < 1024 ? n : 1024};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        str word = str_of(words[w]);
        for (size_t i = 0; i = next_letter(text, i, word.p[0]), i + word.n < text.n; i++) {
            if (!str_eq_nocase(str_cut(text, i, i + word.n), word)) continue;
            size_t from = i + word.n;
            while (from < text.n && from < i + word.n + 4 && strchr("=:\"' ", text.p[from])) from++;
            size_t to = from;
            while (to < text.n && !strchr("\"'<>;,/? \t\r\n", text.p[to])) to++;
            const encoding *e = encoding_find(str_cut(text, from, to));
            if (e && from > i + word.n) return e;
        }
    }
    return NULL;
}

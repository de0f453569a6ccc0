/* Any bytes as a font file: what is found in it stands in it, in UTF-16, and is counted. */
#include "cli/run/font_file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef struct wanted {
    const char *name;
    uint16_t letters[4]; /* the name in small letters; 0 behind the last */
} wanted;

static const wanted names[] = {
    {"仿宋", {0x4EFF, 0x5B8B}},
    {"RiverA", {'r', 'i', 'v', 'e'}},
    {"a", {'a'}},
};

enum { NAMES = sizeof names / sizeof *names, LETTERS = 4 };

static uint16_t letter_at(const uint8_t *p) {
    uint16_t c = (uint16_t)(p[0] << 8 | p[1]);
    return c >= 'A' && c <= 'Z' ? (uint16_t)(c + 'a' - 'A') : c;
}

/* Whether the first letters of a name stand somewhere in the bytes. */
static bool stands_in(const uint8_t *data, size_t n, const wanted *w) {
    size_t letters = 0;
    while (letters < LETTERS && w->letters[letters]) letters++;
    for (size_t at = 0; at + 2 * letters <= n; at++) {
        size_t same = 0;
        while (same < letters && letter_at(data + at + 2 * same) == w->letters[same]) same++;
        if (same == letters) return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    font_wanted all[NAMES];
    size_t found = 0;
    for (size_t i = 0; i < NAMES; i++) all[i] = (font_wanted){{names[i].name, 0}, false};
    for (size_t i = 0; i < NAMES; i++)
        while (names[i].name[all[i].name.n]) all[i].name.n++;
    FILE *f = n ? fmemopen((void *)(uintptr_t)data, n, "rb") : NULL;
    if (!f) return 0;
    size_t counted = font_file_read(f, all, NAMES);
    fclose(f);
    for (size_t i = 0; i < NAMES; i++) {
        found += all[i].found;
        if (all[i].found && !stands_in(data, n, &names[i])) abort();
    }
    if (found != counted) abort();
    return 0;
}

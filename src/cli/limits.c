#include "limits.h"

#include <stdlib.h>
#include <string.h>

const char limits_takes[] = "entries|part|total|ratio|depth=N[K|M|G],...";

enum { DEPTH_MAX = 1024 };

/* A number above 0, perhaps of KiB, MiB or GiB, up to a comma or the end; 0 when it is none. */
static size_t read_size(const char *s, const char **end) {
    char *after;
    unsigned long n = *s >= '0' && *s <= '9' ? strtoul(s, &after, 10) : 0;
    unsigned shift = 0;
    if (!n) return 0;
    switch (*after) {
    case 'K':
    case 'k': shift = 10; break;
    case 'M':
    case 'm': shift = 20; break;
    case 'G':
    case 'g': shift = 30; break;
    default: break;
    }
    after += shift > 0;
    if ((*after && *after != ',') || n > SIZE_MAX >> shift) return 0;
    *end = after;
    return (size_t)n << shift;
}

/* The limit that the word before '=' names, or NULL. */
static size_t *named(const char *word, size_t n, qw_limits *l) {
    const struct {
        const char *name;
        size_t *to;
    } all[] = {
        {"entries", &l->entries}, {"part", &l->part},   {"total", &l->total},
        {"ratio", &l->ratio},     {"depth", &l->depth},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strlen(all[i].name) == n && strncmp(all[i].name, word, n) == 0) return all[i].to;
    return NULL;
}

bool limits_parse(const char *list, qw_limits *limits) {
    const char *s = list;
    for (;;) {
        size_t n = strcspn(s, "=,");
        size_t *to = s[n] == '=' ? named(s, n, limits) : NULL;
        size_t value = to ? read_size(s + n + 1, &s) : 0;
        if (!value || (to == &limits->depth && value > DEPTH_MAX)) return false;
        *to = value;
        if (!*s) return true;
        s++;
    }
}

#include "input/globs.h"

#include <stdlib.h>
#include <string.h>

/* ---- One pattern --------------------------------------------------------------------------- */

/* Longer names cannot be opened. */
enum { NAME_MOST = 4096 };

/* Bytes of the character at p: what is no UTF-8 counts byte by byte. */
static size_t character(const char *p, unsigned *code) {
    const unsigned char *u = (const unsigned char *)p;
    size_t n = u[0] < 0xC2 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : u[0] < 0xF5 ? 4 : 1;
    unsigned c = n == 1 ? u[0] : u[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xC0) != 0x80) return *code = u[0], 1;
        c = c << 6 | (u[i] & 0x3Fu);
    }
    *code = c;
    return n;
}

/* Length of the set at p, which begins with "["; 0 when it does not end: then "[" is itself. */
static size_t set_length(const char *p) {
    const char *q = p + 1;
    if (*q == '!' || *q == '^') q++;
    if (*q == ']') q++;
    while (*q && *q != ']') q += *q == '\\' && q[1] ? 2 : 1;
    return *q ? (size_t)(q - p) + 1 : 0;
}

static size_t set_member(const char *p, unsigned *code) {
    bool escaped = *p == '\\' && p[1];
    return character(p + escaped, code) + escaped;
}

static bool set_has(const char *p, size_t n, unsigned code) {
    const char *end = p + n - 1;
    bool negated = p[1] == '!' || p[1] == '^', found = false;
    p += negated ? 2 : 1;
    do {
        unsigned low, high;
        p += set_member(p, &low);
        high = low;
        if (p[0] == '-' && p + 1 < end) p += 1 + set_member(p + 1, &high);
        found = found || (code >= low && code <= high);
    } while (p < end);
    return found != negated;
}

/* Where a pattern can have come to in a name: at[i] tells that it matches the first i bytes. Each
 * step takes one element of the pattern. */
typedef struct reach {
    const char *name;
    size_t n;
    bool at[NAME_MOST + 1];
} reach;

static void step_literal(reach *r, char c) {
    for (size_t i = r->n; i > 0; i--) r->at[i] = r->at[i - 1] && r->name[i - 1] == c;
    r->at[0] = false;
}

/* One character: any but a slash, or one of a set. */
static void step_one(reach *r, const char *set, size_t length) {
    bool was = false; /* before the character at hand */
    for (size_t i = 0, n; i < r->n; i += n) {
        unsigned code;
        n = character(r->name + i, &code);
        bool fits = r->at[i] && code != '/' && (!set || set_has(set, length, code));
        bool here = was;
        was = fits;
        r->at[i] = here;
        for (size_t k = 1; k < n; k++) r->at[i + k] = false;
    }
    r->at[r->n] = was;
}

static void step_star(reach *r) {
    for (size_t i = 1; i <= r->n; i++)
        if (r->at[i - 1] && r->name[i - 1] != '/') r->at[i] = true;
}

/* Any number of folders, each with its slash. */
static void step_folders(reach *r) {
    bool come = false;
    for (size_t i = 0; i <= r->n; i++) {
        bool here = r->at[i];
        if (come && i > 0 && r->name[i - 1] == '/') r->at[i] = true;
        come = come || here;
    }
}

/* All that is left, a character at least. */
static void step_rest(reach *r) {
    bool come = false;
    for (size_t i = 0; i <= r->n; i++) {
        bool here = r->at[i];
        r->at[i] = come;
        come = come || here;
    }
}

/* Takes one element. `begun`: it stands at the start or after a slash. */
static size_t step(reach *r, const char *p, bool begun) {
    size_t length;
    if (*p == '*') {
        size_t stars = strspn(p, "*");
        if (stars == 2 && begun && p[2] == '/') return step_folders(r), 3;
        if (stars == 2 && begun && !p[2]) return step_rest(r), 2;
        return step_star(r), stars;
    }
    if (*p == '?') return step_one(r, NULL, 0), 1;
    if (*p == '[' && (length = set_length(p)) > 0) return step_one(r, p, length), length;
    bool escaped = *p == '\\' && p[1];
    return step_literal(r, p[escaped]), 1 + (size_t)escaped;
}

bool glob_matches(const char *pattern, const char *path) {
    reach r = {.name = path, .n = strlen(path)};
    if (r.n > NAME_MOST) return false;
    r.at[0] = true;
    bool begun = true;
    for (const char *p = pattern; *p;) {
        size_t n = step(&r, p, begun);
        begun = p[n - 1] == '/';
        p += n;
    }
    return r.at[r.n];
}

/* ---- Lists --------------------------------------------------------------------------------- */

static bool push(globs *g, glob added) {
    if (g->n == g->cap) {
        size_t cap = g->cap ? g->cap * 2 : 8;
        glob *p = realloc(g->all, cap * sizeof *p);
        if (!p) return false;
        g->all = p;
        g->cap = cap;
    }
    g->all[g->n++] = added;
    return true;
}

/* Length without blanks at the end; one after a backslash counts. */
static size_t without_blanks(const char *p, size_t n) {
    if (n > 0 && p[n - 1] == '\r') n--;
    while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t') && (n < 2 || p[n - 2] != '\\')) n--;
    return n;
}

bool globs_add(globs *g, const char *line, size_t n) {
    glob added = {0};
    n = without_blanks(line, n);
    if (n == 0 || *line == '#') return true;
    if (*line == '!') added.except = true, line++, n--;
    if (n > 0 && line[n - 1] == '/') added.folders = true, n--;
    if (n == 0) return true;
    added.anchored = memchr(line, '/', n) != NULL;
    if (*line == '/') line++, n--;
    added.pattern = malloc(n + 1);
    if (!added.pattern) return false;
    memcpy(added.pattern, line, n);
    added.pattern[n] = '\0';
    if (push(g, added)) return true;
    free(added.pattern);
    return false;
}

bool globs_add_lines(globs *g, const char *p, size_t n) {
    static const char mark[] = "\xEF\xBB\xBF";
    const char *end = p + n;
    if (n >= 3 && memcmp(p, mark, 3) == 0) p += 3;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        if (!globs_add(g, p, (size_t)(stop - p))) return false;
        p = stop + 1;
    }
    return true;
}

globs_answer globs_ask(const globs *g, const char *path, bool folder) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (size_t i = g->n; i-- > 0;) {
        const glob *one = &g->all[i];
        if (one->folders && !folder) continue;
        if (glob_matches(one->pattern, one->anchored ? path : name))
            return one->except ? GLOBS_EXCEPT : GLOBS_MATCH;
    }
    return GLOBS_NOTHING;
}

void globs_free(globs *g) {
    for (size_t i = 0; i < g->n; i++) free(g->all[i].pattern);
    free(g->all);
    *g = (globs){0};
}

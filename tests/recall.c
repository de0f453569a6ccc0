/* recall: ads of invented distributors, and honest lines that look like them, put into a clean
 * document one at a time.
 *
 *     recall LINES DOCUMENT OWN-LINE END START
 *
 * LINES holds them (see there), DOCUMENT is text that has no ads. Each line is tried as a line of
 * its own, in the middle and as the last, and at the end and the start of a paragraph, where
 * nothing may stand between it and the document's own words. It fails when an honest line loses a
 * byte, when taking an ad takes something else, or when fewer than OWN-LINE, END and START per cent
 * of the ads go; what was missed is printed. */
#include "qingwen.h"
#include "support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum place { OWN_LINE, LAST_LINE, PARAGRAPH_END, PARAGRAPH_START, PLACES };

static const char *const place_names[PLACES] = {
    "a line of its own", "the last line", "the end of a paragraph", "the start of a paragraph"};

typedef struct score {
    unsigned ads, gone[PLACES], honest, lost;
} score;

static char *clean(const qw_chain *chain, qw_workspace *space, const char *text) {
    content out = {need_memory(NULL, 1), 0};
    qw_error why = {0};
    qw_input input = {.name = "a.txt", .bytes = text, .n = strlen(text)};
    qw_doc *doc = qw_read(space, &input, NULL, &why);
    out.p[0] = '\0';
    if (!doc || !qw_run(chain, doc, &why) ||
        !qw_write(doc, "txt", NULL, &(qw_sink){content_add, &out}, &why)) {
        fprintf(stderr, "%s\n", why.text[QW_ENGLISH]);
        exit(2);
    }
    return out.p;
}

/* The document with a line put in: `half` is where its second half begins, at a line's start. */
static char *put_in(const char *document, size_t half, enum place where, const char *line) {
    const char *rest = document + half;
    if (where == OWN_LINE) return text_of("%.*s%s\n%s", (int)half, document, line, rest);
    if (where == LAST_LINE) return text_of("%s%s\n", document, line);
    if (where == PARAGRAPH_END) return text_of("%.*s%s\n%s", (int)half - 1, document, line, rest);
    return text_of("%.*s%s%s", (int)half, document, line, rest);
}

/* Equal but for white space. */
static bool same_text(const char *a, const char *b) {
    for (;; a++, b++) {
        a += strspn(a, " \n");
        b += strspn(b, " \n");
        if (*a != *b) return false;
        if (!*a) return true;
    }
}

/* Whether text begins with the first n bytes of document, or ends with those behind them; white
 * space does not count. */
static bool keeps(const char *text, const char *document, size_t n) {
    const char *first = document, *last = document + strlen(document);
    const char *from = text, *to = text + strlen(text);
    for (; first < document + n; first++) {
        if (strchr(" \n", *first)) continue;
        from += strspn(from, " \n");
        if (*from++ != *first) return false;
    }
    while (last-- > document + n) {
        if (strchr(" \n", *last)) continue;
        while (to > from && strchr(" \n", to[-1])) to--;
        if (to == from || *--to != *last) return false;
    }
    return true;
}

static void try_line(score *s, const qw_chain *chain, qw_workspace *space, const char *document,
                     size_t half, bool ad, const char *line) {
    for (enum place k = OWN_LINE; k < PLACES; k++) {
        char *before = put_in(document, half, k, line), *after = clean(chain, space, before);
        bool gone = same_text(after, document), untouched = same_text(after, before);
        if (ad) s->gone[k] += gone;
        if (ad && !gone)
            printf("%s as %s: %s\n", untouched ? "missed" : "in part", place_names[k], line);
        size_t place = k == LAST_LINE ? strlen(document) : half;
        if (ad ? !keeps(after, document, place) : !untouched) {
            printf("LOST as %s: %s\n", place_names[k], line);
            s->lost++;
        }
        free(before);
        free(after);
    }
    if (ad)
        s->ads++;
    else
        s->honest++;
}

static void try_all(score *s, const qw_chain *chain, char *lines, const char *document) {
    qw_workspace *space = qw_workspace_new();
    const char *half = strchr(document + strlen(document) / 2, '\n') + 1;
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n"))
        if (line[0] == '+' || line[0] == '-')
            try_line(s, chain, space, document, (size_t)(half - document), line[0] == '+',
                     line + 2);
    qw_workspace_free(space);
}

int main(int argc, char **argv) {
    qw_error why = {0};
    score s = {0};
    if (argc != 6) return 2;
    content lines = file_read(argv[1]), document = file_read(argv[2]);
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.profile = "strip"}, &why);
    if (!lines.p || !document.p || !chain) return 2;
    try_all(&s, chain, lines.p, document.p);
    qw_chain_free(chain);
    free(lines.p);
    free(document.p);
    unsigned bar[PLACES] = {(unsigned)atoi(argv[3]), (unsigned)atoi(argv[3]),
                            (unsigned)atoi(argv[4]), (unsigned)atoi(argv[5])};
    bool ok = s.ads && s.honest && !s.lost;
    for (enum place k = OWN_LINE; k < PLACES; k++) {
        printf("%s: %u of %u ads gone\n", place_names[k], s.gone[k], s.ads);
        ok = ok && s.gone[k] * 100 >= bar[k] * s.ads;
    }
    printf("%u honest lines, %u losses\n", s.honest, s.lost);
    return ok ? 0 : 1;
}

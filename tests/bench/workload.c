/* workload: text of any size out of sample texts, for measuring.
 *
 *     workload MEGABYTES SEED TEXT... > OUT          the texts are UTF-8
 *
 * Paragraphs of one to eight sentences in random order, every tenth line a short one (headings, for
 * the most part), every thirtieth an advertisement, CRLF. The same seed gives the same text. */
#include "support/files.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pool {
    names lines, sentences, ads;
} pool;

static uint64_t state;

/* xorshift64*: the quality is enough for shuffling, and it is the same everywhere. */
static size_t any(size_t below) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return below ? (size_t)((state * 2685821657736338717u) >> 33) % below : 0;
}

static bool is_ad(const char *line) {
    static const char *const signs[] = {"QQ", "公众号", "微信", "www.", "m.", "LINE", "会员"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strstr(line, signs[i])) return true;
    return false;
}

static void add_sentences(pool *p, char *line) {
    static const char stop[] = "。";
    for (char *at = line, *end; (end = strstr(at, stop)); at = end + strlen(stop))
        names_add(&p->sentences, text_of("%.*s%s", (int)(end - at), at, stop));
}

static void add_text(pool *p, char *text) {
    for (char *line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n")) {
        if (is_ad(line) && strlen(line) < 240)
            names_add(&p->ads, text_of("%s", line));
        else if (strlen(line) < 90)
            names_add(&p->lines, text_of("%s", line));
        add_sentences(p, line);
    }
}

static size_t put(const char *text) {
    fputs(text, stdout);
    return strlen(text);
}

static size_t put_paragraph(const pool *p) {
    size_t n = 0, kind = any(30);
    if (kind == 0) return put(p->ads.at[any(p->ads.n)]);
    if (kind < 4) return put(p->lines.at[any(p->lines.n)]);
    for (size_t k = 1 + any(8); k; k--) n += put(p->sentences.at[any(p->sentences.n)]);
    return n;
}

int main(int argc, char **argv) {
    pool p = {0};
    for (int i = 3; i < argc; i++) {
        content c = file_read(argv[i]);
        if (c.p) add_text(&p, c.p);
        free(c.p);
    }
    if (!p.ads.n || !p.lines.n || !p.sentences.n) {
        fputs("usage: workload MEGABYTES SEED TEXT... (with sentences, headings and ads)\n",
              stderr);
        return 2;
    }
    state = strtoull(argv[2], NULL, 10) * 2 + 1;
    double size = atof(argv[1]) * 1e6;
    for (double n = 0; n < size;) n += (double)(put_paragraph(&p) + put("\r\n"));
    names_free(&p.ads);
    names_free(&p.lines);
    names_free(&p.sentences);
    return fflush(stdout) != 0;
}

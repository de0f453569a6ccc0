/* labels: real samples, line by line, against what people said each line is.
 *
 * $QW_DATA/seeds holds samples and labels.tsv: file, line, role, level, heading. The default chain
 * has to take every advertisement out, lose nothing else, and find each title, salutation, heading
 * and run-in heading with its level. The same is asked after the samples were put into other
 * encodings without any sign of which, and of their traditional form in Big5. Skipped (77) without
 * QW_DATA. An argument is a chain to run instead. */
#include "qingwen.h"
#include "support/files.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 1000 };

typedef struct label {
    char file[64], role[32], heading[256];
    int line, level;
} label;

typedef struct sample {
    const char *file;
    const char *encoding;   /* what it is in, and what the library ought to say */
    bool simplified;        /* the characters are those of the labels */
    char *line[MOST_LINES]; /* as UTF-8 */
    size_t nlines;
} sample;

static size_t checked, failures;
static qw_chain *chain;
static qw_workspace *space;

static void complain(const sample *s, int line, const char *what, const char *got,
                     const char *want) {
    fprintf(stderr, "%s:%d (%s): %s: “%.120s”, not “%.120s”\n", s->file, line, s->encoding, what,
            got, want);
    failures++;
}

/* ---- Texts ----------------------------------------------------------------------------------- */

static size_t length_of(const char *p) {
    unsigned char c = (unsigned char)*p;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* In one sample U+30FC stands for 一. */
static bool seen_as_one(const char *p) {
    return strncmp(p, "\u30FC", 3) == 0;
}

/* Copies what is seen of a text: no blanks, nothing invisible. */
static char *seen_of(const char *p, size_t n) {
    static const char *const unseen[] = {" ",      "\t",     "\r",           "\u00A0",
                                         "\u3000", "\u200B", "\xEF\xBB\xBF", "\u00AD"};
    char *seen = need_memory(NULL, n + 1);
    size_t at = 0;
    for (size_t i = 0, size; i < n; i += size) {
        size = length_of(p + i);
        const char *c = seen_as_one(p + i) ? "\u4E00" : p + i;
        bool skip = false;
        for (size_t k = 0; k < sizeof unseen / sizeof *unseen; k++)
            skip = skip || strncmp(p + i, unseen[k], strlen(unseen[k])) == 0;
        if (skip) continue;
        memcpy(seen + at, c, size);
        at += size;
    }
    seen[at] = '\0';
    return seen;
}

static size_t count_characters(const char *p) {
    size_t n = 0;
    for (; *p; p += length_of(p)) n++;
    return n;
}

static bool add_converted(iconv_t cd, const char *p, size_t n, content *to) {
    char *in = (char *)p, *out = to->p + to->n;
    size_t left = 16;
    iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &in, &n, &out, &left) == (size_t)-1) return false;
    to->n = (size_t)(out - to->p);
    return true;
}

/* The sample in its encoding. What that lacks is left out of it and of the lines: U+00A0, U+30FC.
 */
static content encoded(sample *s) {
    content bytes = {NULL, 0};
    size_t cap = 16;
    iconv_t cd = iconv_open(s->encoding, "UTF-8");
    for (size_t i = 0; i < s->nlines; i++) cap += strlen(s->line[i]) * 2 + 16;
    bytes.p = need_memory(NULL, cap);
    for (size_t i = 0; i < s->nlines; i++) {
        char *kept = s->line[i];
        for (const char *p = s->line[i]; *p;) {
            size_t n = length_of(p);
            if (add_converted(cd, p, n, &bytes) ||
                (seen_as_one(p) && add_converted(cd, "\u4E00", 3, &bytes)))
                memmove(kept, p, n), kept += n;
            p += n;
        }
        *kept = '\0';
        add_converted(cd, "\n", 1, &bytes);
    }
    iconv_close(cd);
    return bytes;
}

/* ---- Checks ---------------------------------------------------------------------------------- */

static const char *role_of(const qw_block_info *b) {
    if (b->removed) return "remove";
    switch (b->role) {
    case QW_ROLE_RUNIN: return "runin-heading";
    case QW_ROLE_LIST: return "body";
    default: return qw_role_name(b->role);
    }
}

static void check_heading(const sample *s, const label *l, const qw_block_info *b) {
    size_t n = b->role == QW_ROLE_RUNIN ? b->lead : b->text.n;
    char *got = seen_of(b->text.p, n), *want = seen_of(l->heading, strlen(l->heading));
    if (count_characters(got) != count_characters(want) || (s->simplified && strcmp(got, want)))
        complain(s, l->line, "heading", got, want);
    if (b->level != (unsigned)l->level) {
        char level[2][16];
        snprintf(level[0], sizeof level[0], "%u", b->level);
        snprintf(level[1], sizeof level[1], "%d", l->level);
        complain(s, l->line, "level", level[0], level[1]);
    }
    free(got);
    free(want);
}

static void check_line(const sample *s, const label *l, const qw_block_info *b) {
    checked++;
    if (strcmp(role_of(b), l->role) != 0) complain(s, l->line, "role", role_of(b), l->role);
    if (b->removed || strcmp(l->role, "remove") == 0) return;
    const char *line = s->line[l->line - 1];
    char *got = seen_of(b->text.p, b->text.n), *want = seen_of(line, strlen(line));
    if (strcmp(got, want) != 0) complain(s, l->line, "text", got, want);
    if (strstr(l->role, "heading")) check_heading(s, l, b);
    free(got);
    free(want);
}

static void check_document(const sample *s, const label *labels, size_t nlabels, qw_doc *doc) {
    qw_summary sum;
    qw_summarize(doc, &sum);
    if (strcmp(sum.encoding, s->encoding) != 0)
        complain(s, 0, "encoding", sum.encoding, s->encoding);
    for (size_t i = 0; i < nlabels; i++) {
        qw_block_info b;
        if (strcmp(labels[i].file, s->file) != 0) continue;
        if (!qw_block_get(doc, (size_t)labels[i].line - 1, &b, NULL))
            complain(s, labels[i].line, "line", "nothing", labels[i].role);
        else
            check_line(s, &labels[i], &b);
    }
}

static void check_sample(sample *s, const label *labels, size_t nlabels) {
    content bytes = encoded(s);
    qw_error why = {0};
    qw_doc *doc = qw_read(space, &(qw_input){s->file, bytes.p, bytes.n}, NULL, &why);
    if (doc && qw_run(chain, doc, &why))
        check_document(s, labels, nlabels, doc);
    else
        complain(s, 0, "error", why.text[QW_ENGLISH], "none");
    free(bytes.p);
}

/* ---- Data ------------------------------------------------------------------------------------ */

static void take_lines(sample *s, char **text, size_t most) {
    for (s->nlines = 0; **text && s->nlines < most; s->nlines++) {
        size_t n = strcspn(*text, "\n");
        s->line[s->nlines] = text_of("%.*s", (int)n, *text);
        *text += n + ((*text)[n] == '\n');
    }
}

static void drop_lines(sample *s) {
    while (s->nlines) free(s->line[--s->nlines]);
}

static size_t read_labels(char *text, label *labels, size_t most) {
    size_t n = 0;
    for (char *line = strtok(text, "\n"); line && n < most; line = strtok(NULL, "\n")) {
        label *l = &labels[n];
        l->heading[0] = '\0';
        if (sscanf(line, "%63[^\t]\t%d\t%31[^\t]\t%d\t%255[^\n]", l->file, &l->line, l->role,
                   &l->level, l->heading) >= 4)
            n++;
    }
    return n;
}

static content need_file(const char *folder, const char *name) {
    char *path = text_of("%s/%s", folder, name);
    content c = file_read(path);
    if (!c.p) fprintf(stderr, "%s: cannot be read\n", path), exit(1);
    free(path);
    return c;
}

/* The traditional form is one text: the samples one after another, line for line. */
static void check_file(const char *data, const char *file, char **traditional, const label *labels,
                       size_t nlabels) {
    static const char *const encodings[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    char *folder = text_of("%s/seeds", data);
    content c = need_file(folder, file);
    size_t nlines = 0;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        sample s = {.file = file, .encoding = encodings[i], .simplified = true};
        char *text = c.p;
        take_lines(&s, &text, MOST_LINES);
        nlines = s.nlines;
        check_sample(&s, labels, nlabels);
        drop_lines(&s);
    }
    sample big5 = {.file = file, .encoding = "Big5"};
    take_lines(&big5, traditional, nlines);
    check_sample(&big5, labels, nlabels);
    drop_lines(&big5);
    free(c.p);
    free(folder);
}

int main(int argc, char **argv) {
    static label labels[MOST_LINES];
    const char *data = getenv("QW_DATA");
    if (!data || !*data) return puts("skipped: QW_DATA is not set"), 77;
    char *seeds = text_of("%s/seeds", data), *encodings = text_of("%s/encodings", data);
    content tsv = need_file(seeds, "labels.tsv"), other = need_file(encodings, "traditional.txt");
    char *traditional = other.p;
    size_t n = read_labels(tsv.p, labels, MOST_LINES);
    chain = qw_chain_new(&(qw_chain_options){.filters = argc > 1 ? argv[1] : NULL}, NULL);
    space = qw_workspace_new();
    for (size_t i = 0; chain && space && i < n; i++)
        if (i == 0 || strcmp(labels[i].file, labels[i - 1].file) != 0)
            check_file(data, labels[i].file, &traditional, labels, n);
    qw_workspace_free(space);
    qw_chain_free(chain);
    free(tsv.p);
    free(other.p);
    free(seeds);
    free(encodings);
    printf("%zu lines checked, %zu failures\n", checked, failures);
    return failures || !checked;
}

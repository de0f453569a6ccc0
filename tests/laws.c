/* laws: what holds for every document and every chain, tried on all fixtures.
 *
 *     laws PATH...     files, and folders that are walked
 *
 * Conservation: the text written, and the report about it, give the decoded input back byte for
 * byte; what the decoded input is, is asked of iconv, not of the library. Idempotence: cleaning
 * what is clean changes nothing. Determinism: a workspace that has seen other documents gives the
 * same bytes. Every change says who made it and why. Text in UTF-8 is also tried in other
 * encodings: what it decodes to is then known beforehand. */
#include "base/utf8.h"
#include "qingwen.h"
#include "support/files.h"
#include "support/zip.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct trial {
    const char *path;     /* for messages */
    const char *name;     /* what the library is told */
    const char *encoding; /* likewise; NULL: it has to find out */
    const char *chain;    /* profile or filter */
    content input;
    content truth; /* the decoded input; p is NULL when iconv cannot decode it */
} trial;

typedef struct compiled {
    const char *name;
    qw_chain *chain;
} compiled;

static compiled chains[64];
static size_t nchains, trials, truths, failures;

static void complain(const trial *t, const char *what) {
    fprintf(stderr, "%s (%s%s%s): %s\n", t->path, t->chain, t->encoding ? ", as " : "",
            t->encoding ? t->encoding : "", what);
    failures++;
}

static void complain_why(const trial *t, const char *what, const qw_error *why) {
    char *text = text_of("%s: %s: %s", what, why->place, why->text[QW_ENGLISH]);
    complain(t, text);
    free(text);
}

/* ---- Output in memory ------------------------------------------------------------------------ */

static content write_as(const trial *t, qw_doc *doc, const char *format) {
    content c = {need_memory(NULL, 1), 0};
    qw_error why = {0};
    qw_sink sink = {content_add, &c};
    if (!qw_write(doc, format, NULL, &sink, &why)) complain_why(t, format, &why);
    return c;
}

static bool same(const content *a, const content *b) {
    return a->n == b->n && memcmp(a->p, b->p, a->n) == 0;
}

/* Says where two texts part. */
static void complain_parted(const trial *t, const char *what, const content *got,
                            const content *want) {
    size_t at = 0;
    while (at < got->n && at < want->n && got->p[at] == want->p[at]) at++;
    size_t from = at > 30 ? at - 30 : 0;
    while (from > 0 && ((unsigned char)got->p[from] & 0xC0) == 0x80) from--;
    char *text = text_of("%s: at byte %zu “%.80s”, not “%.80s”", what, at, got->p + from,
                         from < want->n ? want->p + from : "");
    complain(t, text);
    free(text);
}

/* ---- One document, one chain ----------------------------------------------------------------- */

static qw_doc *clean(const trial *t, const qw_chain *chain, qw_workspace *space,
                     const content *input, const char *encoding) {
    qw_error why = {0};
    qw_input in = {t->name, input->p, input->n};
    qw_read_options options = {.encoding = encoding};
    qw_doc *doc = qw_read(space, &in, &options, &why);
    if (doc && qw_run(chain, doc, &why)) return doc;
    complain_why(t, doc ? "cannot be cleaned" : "cannot be read", &why);
    return NULL;
}

static void check_journal(const trial *t, qw_doc *doc) {
    qw_edit_info e;
    for (size_t i = 0; qw_edit_get(doc, i, &e, NULL); i++) {
        if (!e.filter.n) complain(t, "an edit does not say who made it");
        if (!e.why.n) complain(t, "an edit does not say why");
        if (e.score < 0 || e.score > 100) complain(t, "an edit is surer than sure");
        if (e.state == QW_EDIT_DONE && e.kind == QW_EDIT_DROP && e.after.n)
            complain(t, "a dropped block left text");
    }
}

static void check_conservation(const trial *t, const content *text, const content *report) {
    content back = {need_memory(NULL, 1), 0};
    qw_error why = {0};
    qw_sink sink = {content_add, &back};
    qw_undo_request request = {.report = {report->p, report->n}, .output = {text->p, text->n}};
    if (!qw_undo(&request, &sink, &why))
        complain_why(t, "cannot be undone", &why);
    else if (t->truth.p && !same(&back, &t->truth))
        complain_parted(t, "undo does not give the input back", &back, &t->truth);
    free(back.p);
}

static void check_idempotence(const trial *t, const qw_chain *chain, const content *text) {
    qw_workspace *space = qw_workspace_new();
    qw_doc *again = clean(t, chain, space, text, t->encoding ? "UTF-8" : NULL);
    if (again) {
        content twice = write_as(t, again, "txt");
        if (!same(&twice, text))
            complain_parted(t, "cleaning again changes the text", &twice, text);
        free(twice.p);
    }
    qw_workspace_free(space);
}

static void try_chain(trial *t, const compiled *with, qw_workspace *used, bool lines) {
    t->chain = with->name;
    trials++;
    qw_workspace *fresh = qw_workspace_new();
    qw_doc *doc = clean(t, with->chain, fresh, &t->input, t->encoding);
    if (doc) {
        content text = write_as(t, doc, "txt"), report = write_as(t, doc, "report");
        if (utf8_valid_prefix((str){text.p, text.n}) != text.n) complain(t, "is not UTF-8");
        check_journal(t, doc);
        if (lines) check_conservation(t, &text, &report);
        if (lines) check_idempotence(t, with->chain, &text);
        qw_doc *again = clean(t, with->chain, used, &t->input, t->encoding);
        if (again) {
            content text2 = write_as(t, again, "txt"), report2 = write_as(t, again, "report");
            if (!same(&text, &text2)) complain_parted(t, "another text", &text2, &text);
            if (!same(&report, &report2)) complain_parted(t, "another report", &report2, &report);
            free(text2.p);
            free(report2.p);
        }
        free(text.p);
        free(report.p);
    }
    qw_workspace_free(fresh);
}

/* ---- What the input ought to decode to ------------------------------------------------------- */

/* Converts with iconv; p is NULL when there is anything that it refuses. */
static content convert(const content *c, const char *to, const char *from) {
    content result = {NULL, 0};
    iconv_t cd = iconv_open(to, from);
    if (cd == (iconv_t)-1) return result;
    size_t cap = c->n * 4 + 16, left = cap, n = c->n;
    char *bytes = need_memory(NULL, cap), *in = c->p, *out = bytes;
    if (iconv(cd, &in, &n, &out, &left) == (size_t)-1)
        free(bytes);
    else
        result = (content){bytes, cap - left};
    iconv_close(cd);
    return result;
}

/* A BOM is a signature, and no text. Of a file in UTF-8 undo gives it back: the file is the text.
 */
static content without_bom(content c) {
    if (c.p && c.n >= 3 && memcmp(c.p, "\xEF\xBB\xBF", 3) == 0) memmove(c.p, c.p + 3, c.n -= 3);
    return c;
}

/* The input as iconv decodes it from the encoding that the library found, when it is one. */
static content find_truth(const trial *t, qw_workspace *space) {
    content none = {NULL, 0};
    qw_input in = {t->name, t->input.p, t->input.n};
    qw_doc *doc = qw_read(space, &in, NULL, NULL);
    if (!doc) return none;
    qw_summary s;
    qw_summarize(doc, &s);
    if (!t->input.n) return (content){need_memory(NULL, 1), 0};
    if (!*s.encoding) return none;
    content truth = convert(&t->input, "UTF-8", s.encoding);
    return strcmp(s.encoding, "UTF-8") == 0 ? truth : without_bom(truth);
}

/* ---- All of them ----------------------------------------------------------------------------- */

static void try_all(trial *t, qw_workspace *used) {
    qw_input in = {t->name, t->input.p, t->input.n};
    qw_doc *doc = qw_read(used, &in, &(qw_read_options){.encoding = t->encoding}, NULL);
    qw_summary s = {.format = ""};
    if (doc) qw_summarize(doc, &s);
    bool lines = strcmp(s.format, "txt") == 0;
    if (!lines) free(t->truth.p), t->truth.p = NULL;
    truths += t->truth.p != NULL;
    if (!doc) return; /* what cannot be read is for golden to judge */
    for (size_t i = 0; i < nchains; i++) try_chain(t, &chains[i], used, lines);
}

static void try_other_encodings(const trial *t, qw_workspace *used) {
    static const char *const others[] = {"GB18030", "UTF-16LE", "UTF-16BE", "BIG5"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        trial other = *t;
        other.encoding = others[i];
        other.truth = without_bom(convert(&t->input, "UTF-8", "UTF-8"));
        if (!other.truth.p) return;
        other.input = convert(&other.truth, others[i], "UTF-8");
        if (other.input.p && other.truth.n) try_all(&other, used);
        free(other.input.p);
        free(other.truth.p);
    }
}

static void try_input(const char *path, content input, qw_workspace *used) {
    trial t = {.path = path, .name = path, .input = input};
    t.truth = find_truth(&t, used);
    try_all(&t, used);
    free(t.truth.p);
    if (utf8_valid_prefix((str){input.p, input.n}) == input.n) try_other_encodings(&t, used);
    free(input.p);
}

/* Of a case, its input; of another folder, what has the extension of a document. */
static bool is_input(const char *path) {
    const char *name = strrchr(path, '/');
    char *args = text_of("%.*s/args", name ? (int)(name - path) : 1, name ? path : ".");
    bool of_case = is_file(args);
    free(args);
    if (of_case) return strncmp(name + 1, "in.", 3) == 0;
    return strcmp(extension_of(path), "txt") == 0 || strcmp(extension_of(path), "docx") == 0;
}

static void try_path(const char *path, qw_workspace *used) {
    names list = {NULL, 0};
    if (!is_folder(path)) {
        try_input(path, file_read(path), used);
        return;
    }
    list = folder_list(path);
    for (size_t i = 0; i < list.n; i++) {
        char *below = text_of("%s/%s", path, list.at[i]);
        char *args = text_of("%s/args", path);
        bool packed = strcmp(list.at[i], "in") == 0 && is_file(args) && is_folder(below);
        char *package = packed ? text_of("%s.docx", below) : NULL;
        bool expected = strncmp(list.at[i], "out.", 4) == 0;
        if (packed)
            try_input(package, zip_folder(below), used);
        else if (is_folder(below) && !expected)
            try_path(below, used);
        else if (is_input(below))
            try_input(below, file_read(below), used);
        free(package);
        free(args);
        free(below);
    }
    names_free(&list);
}

static void compile(const char *name, const qw_chain_options *options) {
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(options, &why);
    if (!chain) {
        fprintf(stderr, "%s: %s\n", name, why.text[QW_ENGLISH]);
        failures++;
        return;
    }
    if (nchains < sizeof chains / sizeof *chains) chains[nchains++] = (compiled){name, chain};
}

int main(int argc, char **argv) {
    for (size_t i = 0; qw_profile_at(i); i++)
        compile(qw_profile_at(i)->name, &(qw_chain_options){.profile = qw_profile_at(i)->name});
    for (size_t i = 0; qw_filter_at(i); i++)
        compile(qw_filter_at(i)->name, &(qw_chain_options){.filters = qw_filter_at(i)->name});
    static const char *const renumber[] = {"headings,numbering:renumber",
                                           "headings,numbering:renumber:gongwen",
                                           "headings,numbering:renumber:legal"};
    for (size_t i = 0; i < sizeof renumber / sizeof *renumber; i++)
        compile(renumber[i], &(qw_chain_options){.filters = renumber[i]});
    qw_workspace *used = qw_workspace_new();
    for (int i = 1; i < argc; i++) try_path(argv[i], used);
    qw_workspace_free(used);
    for (size_t i = 0; i < nchains; i++) qw_chain_free(chains[i].chain);
    printf("%zu trials, %zu inputs with a truth, %zu broken laws\n", trials, truths, failures);
    return failures || !trials || !truths;
}

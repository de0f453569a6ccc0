/* golden: runs the program on every case and compares what comes out with what is written down.
 *
 *     golden [--bless] PROGRAM FIXTURES [PART-OF-PATH...]
 *
 * A case is a folder below FIXTURES that holds a file `args`. What else it holds is
 * docs/TESTING.md's to tell; what exists is checked. With --bless the expectations are rewritten to
 * what came, and the difference is shown: read it. */
#include "support/files.h"
#include "support/run.h"
#include "support/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct golden {
    const char *program;
    const char *path; /* of the case */
    char *scratch;    /* where the program runs */
    char *args;       /* the command line, one word after another, each followed by a NUL */
    size_t nargs;     /* bytes of it */
    char *input;      /* name in scratch; NULL when the case has none */
    bool bless, failed;
} golden;

static bool is_expectation(const char *name) {
    return strncmp(name, "out.", 4) == 0 || strcmp(name, "args") == 0 || strcmp(name, "err") == 0 ||
           strcmp(name, "code") == 0 || strcmp(name, "report.jsonl") == 0;
}

static void show_difference(const char *want, const char *got) {
    char *words[] = {"diff", "-u", (char *)want, (char *)got, NULL};
    run_in(".", words, NULL, NULL);
}

static void complain(golden *g, const char *what) {
    fprintf(stderr, "%s: %s\n", g->path, what);
    g->failed = true;
}

/* Compares a file of the case with what came; both are paths. */
static void compare_file(golden *g, const char *want, const char *got) {
    content a = file_read(want), b = file_read(got);
    bool same = a.p && b.p && a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
    if (!same) {
        if (!g->bless) complain(g, "not as expected:");
        show_difference(a.p ? want : "/dev/null", b.p ? got : "/dev/null");
        if (g->bless && b.p) file_write(want, b.p, b.n);
    }
    free(a.p);
    free(b.p);
}

static void compare_folders(golden *g, const char *want, const char *got) {
    names a = folder_walk(want), b = folder_walk(got);
    for (size_t i = 0; i < b.n; i++) {
        char *w = text_of("%s/%s", want, b.at[i]), *o = text_of("%s/%s", got, b.at[i]);
        compare_file(g, w, o);
        free(w);
        free(o);
    }
    for (size_t i = 0; i < a.n; i++) {
        char *o = text_of("%s/%s", got, a.at[i]), *w = text_of("%s/%s", want, a.at[i]);
        if (!is_file(o) && g->bless) unlink(w);
        if (!is_file(o) && !g->bless) complain(g, w);
        free(o);
        free(w);
    }
    names_free(&a);
    names_free(&b);
}

/* `out.EXT` that is a folder is a package, unpacked. */
static void compare_output(golden *g, const char *name) {
    char *want = text_of("%s/%s", g->path, name), *got = text_of("%s/.stdout", g->scratch);
    if (is_folder(want)) {
        char *unpacked = text_of("%s/.unpacked", g->scratch);
        content package = file_read(got);
        folder_remove(unpacked);
        if (unzip_to(&package, unpacked))
            compare_folders(g, want, unpacked);
        else
            complain(g, "the output is no package");
        free(package.p);
        free(unpacked);
    } else {
        compare_file(g, want, got);
    }
    free(want);
    free(got);
}

static void compare_code(golden *g, int code) {
    char *path = text_of("%s/code", g->path);
    content want = file_read(path);
    int wanted = want.p ? atoi(want.p) : 0;
    if (code != wanted) {
        char *what = text_of("ends with %d, not %d", code, wanted);
        char *err = text_of("%s/.stderr", g->scratch);
        complain(g, what);
        show_difference("/dev/null", err);
        free(what);
        free(err);
    }
    free(want.p);
    free(path);
}

static bool has_arg(const golden *g, const char *word) {
    for (size_t at = 0; at < g->nargs; at += strlen(g->args + at) + 1)
        if (strcmp(g->args + at, word) == 0) return true;
    return false;
}

/* The command line for one output: the words of `args`, the format, the report, the input. */
static int run_once(golden *g, const char *extension, bool report) {
    char *words[64] = {(char *)g->program};
    size_t n = 1;
    for (size_t at = 0; at < g->nargs && n < 56; at += strlen(g->args + at) + 1)
        words[n++] = g->args + at;
    bool writes = has_arg(g, "clean") || has_arg(g, "convert");
    if (extension && writes && !has_arg(g, "--to"))
        words[n++] = "--to", words[n++] = (char *)extension;
    if (report) words[n++] = "--report", words[n++] = "report.jsonl";
    if (g->input) words[n++] = g->input;
    words[n] = NULL;
    return run_in(g->scratch, words, ".stdout", ".stderr");
}

static bool in_case(const golden *g, const char *name) {
    char *path = text_of("%s/%s", g->path, name);
    bool there = is_file(path) || is_folder(path);
    free(path);
    return there;
}

static void compare_named(golden *g, const char *name, const char *came) {
    char *want = text_of("%s/%s", g->path, name), *got = text_of("%s/%s", g->scratch, came);
    compare_file(g, want, got);
    free(want);
    free(got);
}

/* A new case that says nothing yet of what it expects gets an output from --bless. */
static void start_case(golden *g, names *list) {
    bool says = in_case(g, "err") || in_case(g, "code") || in_case(g, "report.jsonl");
    for (size_t i = 0; i < list->n; i++) says = says || strncmp(list->at[i], "out.", 4) == 0;
    if (says) return;
    if (!g->bless) {
        complain(g, "expects nothing; write out.txt or use --bless");
        return;
    }
    char *path = text_of("%s/out.txt", g->path);
    file_write(path, "", 0);
    names_add(list, text_of("out.txt"));
    free(path);
}

static void run_case(golden *g, names *list) {
    size_t outputs = 0;
    bool report = in_case(g, "report.jsonl");
    int code = 0;
    start_case(g, list);
    for (size_t i = 0; i < list->n; i++) {
        if (strncmp(list->at[i], "out.", 4) != 0) continue;
        code = run_once(g, extension_of(list->at[i]), report);
        compare_code(g, code);
        compare_output(g, list->at[i]);
        outputs++;
    }
    if (!outputs) compare_code(g, run_once(g, NULL, report));
    if (report) compare_named(g, "report.jsonl", "report.jsonl");
    if (in_case(g, "err")) compare_named(g, "err", ".stderr");
}

/* Copies what the case gives the program to the scratch folder, and packs `in/`. */
static void bring_input(golden *g, const names *list) {
    for (size_t i = 0; i < list->n; i++) {
        const char *name = list->at[i];
        char *from = text_of("%s/%s", g->path, name), *to = text_of("%s/%s", g->scratch, name);
        if (strcmp(name, "in") == 0 && is_folder(from)) {
            content package = zip_folder(from);
            char *packed = text_of("%s/in.docx", g->scratch);
            file_write(packed, package.p, package.n);
            free(package.p);
            free(packed);
            g->input = "in.docx";
        } else if (!is_expectation(name) && is_file(from)) {
            file_copy(from, to);
            if (strncmp(name, "in.", 3) == 0) g->input = list->at[i];
        }
        free(from);
        free(to);
    }
}

/* The source is never written to. */
static void check_source(golden *g) {
    char *from = g->input ? text_of("%s/%s", g->path, g->input) : NULL;
    char *now = g->input ? text_of("%s/%s", g->scratch, g->input) : NULL;
    if (from && is_file(from)) {
        content a = file_read(from), b = file_read(now);
        if (!b.p || a.n != b.n || memcmp(a.p, b.p, a.n) != 0) complain(g, "the input was changed");
        free(a.p);
        free(b.p);
    }
    free(from);
    free(now);
}

static void split_words(golden *g, content text) {
    g->args = text.p;
    for (size_t i = 0; i < text.n;) {
        size_t n = strcspn(text.p + i, " \t\n");
        if (n) {
            memmove(g->args + g->nargs, text.p + i, n);
            g->nargs += n + 1;
        }
        i += n + 1;
        if (n) g->args[g->nargs - 1] = '\0';
    }
}

static bool golden_case(const char *program, const char *path, bool bless) {
    golden g = {.program = program, .path = path, .bless = bless};
    char *args = text_of("%s/args", path);
    split_words(&g, file_read(args));
    g.scratch = folder_scratch();
    names list = folder_list(path);
    bring_input(&g, &list);
    run_case(&g, &list);
    check_source(&g);
    folder_remove(g.scratch);
    names_free(&list);
    free(g.scratch);
    free(g.args);
    free(args);
    return !g.failed;
}

static bool wanted(const char *path, char **parts) {
    if (!*parts) return true;
    for (; *parts; parts++)
        if (strstr(path, *parts)) return true;
    return false;
}

int main(int argc, char **argv) {
    bool bless = argc > 1 && strcmp(argv[1], "--bless") == 0;
    if (argc < 3 + bless) {
        fputs("usage: golden [--bless] PROGRAM FIXTURES [PART-OF-PATH...]\n", stderr);
        return 2;
    }
    setenv("LC_ALL", "C.UTF-8", 1);
    const char *program = argv[1 + bless], *root = argv[2 + bless];
    size_t cases = 0, failed = 0;
    names files = folder_walk(root);
    for (size_t i = 0; i < files.n; i++) {
        char *slash = strrchr(files.at[i], '/');
        if (!slash || strcmp(slash, "/args") != 0) continue;
        *slash = '\0';
        char *path = text_of("%s/%s", root, files.at[i]);
        if (wanted(path, argv + 3 + bless)) cases++, failed += !golden_case(program, path, bless);
        free(path);
    }
    names_free(&files);
    printf("%zu cases, %zu failed\n", cases, failed);
    return failed || !cases;
}

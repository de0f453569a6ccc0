#include "input/sources.h"

#include <stdlib.h>
#include <string.h>

struct sources {
    struct stat *files; /* named one by one */
    size_t nfiles;
    char **folders; /* without symbolic links in their paths */
    size_t nfolders;
    char *output; /* the output folder, likewise; NULL: none, or it is not there yet */
};

static bool add(sources *s, const char *input) {
    struct stat info;
    if (stat(input, &info) != 0) return true; /* it will be complained of when it is read */
    if (!S_ISDIR(info.st_mode)) {
        s->files[s->nfiles++] = info;
        return true;
    }
    char *whole = realpath(input, NULL);
    if (whole) s->folders[s->nfolders++] = whole;
    return whole != NULL;
}

sources *sources_new(const char *const *inputs, size_t n, const char *folder) {
    sources *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->files = calloc(n + 1, sizeof *s->files);
    s->folders = calloc(n + 1, sizeof *s->folders);
    bool ok = s->files && s->folders;
    for (size_t i = 0; i < n && ok; i++) ok = add(s, inputs[i]);
    if (folder) s->output = realpath(folder, NULL);
    if (ok) return s;
    sources_free(s);
    return NULL;
}

void sources_free(sources *s) {
    if (!s) return;
    for (size_t i = 0; i < s->nfolders; i++) free(s->folders[i]);
    free(s->folders);
    free(s->files);
    free(s->output);
    free(s);
}

/* Whether path lies in the folder, however deep; both are whole. */
static bool lies_in(const char *path, const char *folder) {
    size_t n = strlen(folder);
    while (n && folder[n - 1] == '/') n--;
    return strncmp(path, folder, n) == 0 && path[n] == '/';
}

static bool in_input_folder(const sources *s, const char *path) {
    for (size_t i = 0; i < s->nfolders; i++) {
        const char *folder = s->folders[i];
        bool output = s->output && lies_in(s->output, folder) && lies_in(path, s->output);
        if (lies_in(path, folder) && !output) return true;
    }
    return false;
}

bool sources_hold(const sources *s, const char *path, const struct stat *there, bool ours) {
    for (size_t i = 0; i < s->nfiles; i++)
        if (s->files[i].st_dev == there->st_dev && s->files[i].st_ino == there->st_ino) return true;
    if (ours || !s->nfolders) return false;
    char *whole = realpath(path, NULL);
    bool held = whole && in_input_folder(s, whole);
    free(whole);
    return held;
}

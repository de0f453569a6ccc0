#include "run/single.h"

#include "output/temporary.h"
#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *inputs_key(const char *what, const options *o) {
    text t = {0};
    uint64_t all = 0;
    for (size_t i = 0; i < o->ninputs; i++) {
        char *whole = realpath(o->inputs[i], NULL);
        const char *name = whole ? whole : o->inputs[i];
        all = digest_after(all, name, strlen(name));
        free(whole);
    }
    text_printf(&t, "%s-of-%016llx", what, (unsigned long long)all);
    return t.p; /* NULL when memory was out */
}

static bool fail(single *s, say_id *what, say_id id) {
    s->file.error = errno;
    *what = id;
    return false;
}

static bool same_folder(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool open_state(single *s, const char *path, state *run, const char *run_folder,
                       bool force) {
    char *folder = path_folder(path);
    if (!folder) return errno = ENOMEM, false;
    temporary_sweep(folder);
    s->own_state = !run || !same_folder(folder, run_folder);
    s->state =
        s->own_state ? state_open(folder, STATE_NAME, force ? STATE_ANEW : STATE_WRITE) : run;
    int error = errno;
    free(folder);
    errno = error;
    return s->state != NULL;
}

bool single_begin(single *s, const char *path, char *input, const output_rules *rules,
                  const struct stat *source, state *run, const char *run_folder, say_id *what) {
    *s = (single){.file = {.fd = -1}, .input = input};
    char *own = path_join("", path), *name = path_base(path);
    errno = ENOMEM;
    if (!own || !name || !input) return free(own), free(name), fail(s, what, SAY_OUT_OF_MEMORY);
    if (!open_state(s, path, run, run_folder, rules->force) ||
        !state_find(s->state, input, name, &s->before)) {
        free(own);
        free(name);
        return fail(s, what, SAY_STATE_FAILED);
    }
    return output_prepare(&s->file, own, name, rules, source, &s->before, what) &&
           output_begin(&s->file, UINT32_MAX, what);
}

void single_say(text *why, qw_language language, const char *path, const char *input, say_id what,
                int error) {
    const char *word = what == SAY_IS_FOREIGN ? input : say_errno(language, error);
    say_error(why, language, path, what, WORDS(word));
}

bool single_end(single *s, say_id *what) {
    if (!output_end(&s->file)) return *what = SAY_CANNOT_WRITE, false;
    if (!s->file.temp) return true;
    state_output o = output_entry(&s->file);
    state_entry e = {.path = s->input,
                     .name = s->file.listed,
                     .shown = s->file.path,
                     .place = {"", 0},
                     .status = STATE_OTHER,
                     .outputs = &o,
                     .noutputs = 1};
    if (!output_sync(&s->file)) return *what = SAY_CANNOT_WRITE, false;
    if (!state_put(s->state, &e) || !state_commit(s->state) || !state_sync(s->state))
        return fail(s, what, SAY_CANNOT_WRITE);
    return output_commit(&s->file, what);
}

void single_drop(single *s) {
    output_drop(&s->file);
    if (s->own_state) state_close(s->state);
    known_free(&s->before);
    free(s->input);
    *s = (single){.file = {.fd = -1}};
}

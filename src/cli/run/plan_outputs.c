/* plan_outputs: where the outputs of a run go and in which formats, the state that remembers them,
 * and which of that cannot go together. */
#include "output/temporary.h"
#include "path.h"
#include "run/plan_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Formats ------------------------------------------------------------------------------- */

static bool add_format(maker *m, const char *name, size_t n) {
    const qw_format_info *f = format_named(name, n);
    char shown[64] = "";
    memcpy(shown, name, n < sizeof shown ? n : sizeof shown - 1);
    if (!f || !f->writes || m->p->nformats == FORMATS_MOST)
        return plan_wrong(m, NULL, SAY_NOT_WRITABLE, WORDS(shown));
    for (size_t i = 0; i < m->p->nformats; i++)
        if (m->p->formats[i] == f) return true;
    m->p->formats[m->p->nformats++] = f;
    return true;
}

static bool plan_formats(maker *m) {
    const char *list = m->o->value[OPTION_TO];
    while (list && *list) {
        size_t n = strcspn(list, ",");
        if (!add_format(m, list, n)) return false;
        list += n;
        if (*list == ',') list++;
    }
    return true;
}

/* ---- Targets ------------------------------------------------------------------------------- */

/* Without --to the one output's extension decides; one that says nothing means text. */
static bool plan_extension(maker *m) {
    if (m->p->nformats > 0) return true;
    const qw_format_info *f = path_format(m->p->file);
    return f ? add_format(m, f->name, strlen(f->name)) : add_format(m, "txt", 3);
}

static bool plan_stdout(maker *m) {
    const qw_format_info *f = m->p->nformats ? m->p->formats[0] : format_named("txt", 3);
    const char *report = m->o->value[OPTION_REPORT];
    if (m->p->dry) return true;
    if (m->made->several || m->p->nformats > 1)
        return plan_wrong(m, NULL, SAY_NEEDS_OUTPUT, NO_WORDS);
    if (report && strcmp(report, "-") == 0) return plan_wrong(m, NULL, SAY_SAME_STDOUT, NO_WORDS);
    if (f && f->binary && m->p->terminal)
        return plan_wrong(m, NULL, SAY_BINARY_TERMINAL, WORDS(f->name));
    return true;
}

/* A folder that is read cannot be the one that is written to: the next run would read outputs. */
static bool plan_folder(maker *m, const char *out) {
    struct stat info, input;
    m->p->folder = out;
    if (stat(out, &info) != 0)
        return errno != ENOTDIR || plan_wrong(m, out, SAY_OUT_NO_FOLDER, NO_WORDS);
    if (!S_ISDIR(info.st_mode)) return plan_wrong(m, out, SAY_OUT_NO_FOLDER, NO_WORDS);
    for (size_t i = 0; i < m->o->ninputs; i++) {
        if (!plan_is_folder(m->o->inputs[i]) || stat(m->o->inputs[i], &input) != 0) continue;
        if (input.st_dev == info.st_dev && input.st_ino == info.st_ino)
            return plan_wrong(m, out, SAY_OUT_IS_INPUT, NO_WORDS);
    }
    return true;
}

static bool plan_bundle(maker *m, const char *out) {
    bool named = out && *out && strcmp(out, "-") != 0 && out[strlen(out) - 1] != '/';
    if (!named || plan_is_folder(out)) return plan_wrong(m, out, SAY_ARCHIVE_NEEDS_FILE, NO_WORDS);
    m->p->bundle = out;
    return true;
}

/* Inputs are replaced: nothing else says where outputs go, or in which format. */
static bool plan_in_place(maker *m) {
    const options *o = m->o;
    bool dash = false;
    for (size_t i = 0; i < o->ninputs; i++) dash |= strcmp(o->inputs[i], "-") == 0;
    if (dash || option_given(o, OPTION_OUTPUT) || option_given(o, OPTION_TO) ||
        option_given(o, OPTION_TO_ARCHIVE))
        return plan_wrong(m, NULL, SAY_IN_PLACE_FILES, NO_WORDS);
    return true;
}

/* Whether two names are of one file, which need not be there. */
static bool same_name(const char *a, const char *b) {
    char *in_a = path_folder(a), *in_b = path_folder(b), *base_a = path_base(a),
         *base_b = path_base(b);
    struct stat x, y;
    bool same = in_a && in_b && base_a && base_b && strcmp(base_a, base_b) == 0 &&
                (strcmp(in_a, in_b) == 0 || (stat(in_a, &x) == 0 && stat(in_b, &y) == 0 &&
                                             x.st_dev == y.st_dev && x.st_ino == y.st_ino));
    free(in_a);
    free(in_b);
    free(base_a);
    free(base_b);
    return same;
}

static bool plan_target(maker *m) {
    const char *out = m->o->value[OPTION_OUTPUT], *report = m->o->value[OPTION_REPORT];
    if (out && report && strcmp(out, "-") != 0 && same_name(out, report))
        return plan_wrong(m, NULL, SAY_SAME_FILE, WORDS(out));
    if (m->o->backup) return plan_in_place(m);
    if (option_given(m->o, OPTION_TO_ARCHIVE)) return plan_bundle(m, out);
    if (!out || strcmp(out, "-") == 0) return plan_stdout(m);
    bool folder = m->made->several || m->p->nformats > 1 || out[strlen(out) - 1] == '/' ||
                  plan_is_folder(out);
    if (folder) return plan_folder(m, out);
    m->p->file = out;
    return plan_extension(m);
}

/* ---- The state ----------------------------------------------------------------------------- */

static bool plan_shard(maker *m) {
    const char *word = m->o->value[OPTION_SHARD];
    if (!word) return true;
    if (!m->p->folder) return plan_wrong(m, NULL, SAY_SHARD_FOLDER, NO_WORDS);
    return shard_read(&m->made->shard, word, m->p->folder, m->o->language, m->why);
}

static bool open_state(maker *m) {
    text name = {0};
    shard_state_name(&m->made->shard, &name);
    state_mode mode = m->p->dry ? STATE_LOOK : m->p->rules.force ? STATE_ANEW : STATE_WRITE;
    m->made->state = state_open(m->made->folder, text_z(&name), mode);
    int error = errno;
    char *path = path_join(m->made->folder, text_z(&name));
    text_free(&name);
    m->made->again = error == EBUSY;
    if (!m->made->state)
        plan_wrong(m, path,
                   error == EILSEQ  ? SAY_STATE_FOREIGN
                   : error == EBUSY ? SAY_STATE_IN_USE
                                    : SAY_STATE_FAILED,
                   WORDS(say_errno(m->o->language, error)));
    free(path);
    return m->made->state != NULL;
}

/* The folder that all inputs lie in, by their real paths; NULL when there is none but the root. */
static char *common_folder(const options *o) {
    char *common = NULL;
    for (size_t i = 0; i < o->ninputs; i++) {
        char *whole = realpath(o->inputs[i], NULL), *folder = whole ? path_folder(whole) : NULL;
        size_t n = 0, same = 0;
        if (!common && folder) common = path_join("", folder);
        while (common && folder && common[n] && common[n] == folder[n]) {
            n++;
            if ((!common[n] || common[n] == '/') && (!folder[n] || folder[n] == '/')) same = n;
        }
        if (common && folder) common[same] = '\0';
        free(folder);
        free(whole);
    }
    if (common && *common) return common;
    free(common);
    return NULL;
}

/* Where inputs are replaced, the state lies in their folder, or in what all of them lie in. One
 * file has a state for its report, which has to tell of what was done before. */
static char *place_of_inputs(const options *o) {
    bool one = o->ninputs == 1, folder = one && plan_is_folder(o->inputs[0]);
    if (one && !folder && !option_given(o, OPTION_REPORT)) return NULL;
    char *place = folder ? path_join("", o->inputs[0]) : common_folder(o);
    if (place && access(place, W_OK) == 0) return place;
    free(place);
    return NULL;
}

static bool plan_state(maker *m) {
    plan *p = m->p;
    if (!plan_shard(m)) return false;
    if (m->o->backup)
        p->home = m->made->folder = place_of_inputs(m->o);
    else if (p->folder)
        p->home = m->made->folder = path_join("", p->folder);
    else if (p->file)
        m->made->folder = path_folder(p->file);
    if (m->made->folder) return open_state(m);
    return (!p->folder && !p->file) || plan_wrong(m, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
}

static bool plan_sources(maker *m) {
    m->made->sources = sources_new(m->o->inputs, m->o->ninputs, m->p->folder);
    m->p->rules.sources = m->made->sources;
    return m->made->sources || plan_wrong(m, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
}

/* What is no document is copied where all is to be kept together. */
static bool copies_others(const options *o) {
    const char *others = o->value[OPTION_OTHERS];
    return others ? *others == 'c' : option_given(o, OPTION_TO_ARCHIVE);
}

/* Pictures of a folder or file for which the outputs are Markdown; what a killed run left goes. */
static bool plan_media(maker *m) {
    const char *folder = m->o->value[OPTION_MEDIA];
    struct stat info;
    bool marked = false;
    if (!folder) return true;
    for (size_t i = 0; i < m->p->nformats; i++) marked |= strcmp(m->p->formats[i]->name, "md") == 0;
    if (!marked || m->p->bundle) return plan_wrong(m, NULL, SAY_MEDIA_NEEDS_MD, NO_WORDS);
    bool there = stat(folder, &info) == 0;
    if (!*folder || (there ? !S_ISDIR(info.st_mode) : errno == ENOTDIR))
        return plan_wrong(m, folder, SAY_OUT_NO_FOLDER, NO_WORDS);
    m->p->media = folder;
    if (there && !m->p->dry) temporary_sweep(folder);
    return true;
}

bool plan_writing(maker *m) {
    m->p->copies = copies_others(m->o);
    m->p->writes = true;
    m->p->dry = option_given(m->o, OPTION_DRY_RUN);
    m->p->report = option_given(m->o, OPTION_REPORT);
    m->p->rules.force = option_given(m->o, OPTION_FORCE);
    return plan_formats(m) && plan_target(m) && plan_media(m) && plan_state(m) && plan_sources(m);
}

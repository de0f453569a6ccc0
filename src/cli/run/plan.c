#include "run/plan.h"

#include "input/lister.h"
#include "interrupt.h"
#include "output/temporary.h"
#include "path.h"
#include "run/fonts.h"
#include "run/job_parts.h"
#include "run/work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct maker {
    planned *made;
    plan *p;
    const options *o;
    text *why;
} maker;

static bool wrong(maker *m, const char *path, say_id id, const char *const *words) {
    say_error(m->why, m->o->language, path, id, words);
    return false;
}

/* ---- The chain ----------------------------------------------------------------------------- */

/* The rules that are asked for come behind the user's. */
static qw_chain *compile(const options *o, const qw_chain_options *asked, const loaded *files,
                         text *why) {
    qw_error failure = {0};
    qw_rule_file *rules = calloc(o->nrules + asked->nrules + 1, sizeof *rules);
    qw_chain *chain = NULL;
    qw_chain_options with = *asked;
    for (size_t i = 0; i < o->nrules && rules; i++)
        rules[i] = (qw_rule_file){o->rules[i], files[i].p, files[i].n};
    for (size_t i = 0; i < asked->nrules && rules; i++) rules[o->nrules + i] = asked->rules[i];
    with.rules = rules;
    with.nrules += o->nrules;
    if (rules) chain = qw_chain_new(&with, &failure);
    if (!rules)
        say_error(why, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    else if (!chain)
        say_failure(why, o->language, NULL, &failure);
    free(rules);
    return chain;
}

qw_chain *plan_chain_of(const options *o, const qw_chain_options *asked, text *why) {
    qw_chain *chain = NULL;
    loaded *files = calloc(o->nrules + 1, sizeof *files);
    bool ok = files != NULL;
    if (!ok) say_error(why, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    for (size_t i = 0; i < o->nrules && ok; i++) {
        say_id what;
        int error;
        ok = load(&files[i], o->rules[i], &what, &error);
        if (!ok)
            say_error(why, o->language, o->rules[i], what, WORDS(say_errno(o->language, error)));
    }
    if (ok) chain = compile(o, asked, files, why);
    for (size_t i = 0; i < o->nrules && files; i++) load_free(&files[i]);
    free(files);
    return chain;
}

size_t plan_refused(const qw_chain *chain) {
    static const char refused[] = "refused";
    qw_rule_info r;
    size_t n = 0;
    for (size_t i = 0; chain && qw_chain_rule(chain, i, &r); i++)
        n += r.kind.n == sizeof refused - 1 && memcmp(r.kind.p, refused, r.kind.n) == 0;
    return n;
}

qw_chain *plan_chain(const options *o, const char *profile, text *why) {
    text shared = {0};
    if (option_given(o, OPTION_MAX_REMOVAL))
        text_printf(&shared, "max_removal=%s", o->value[OPTION_MAX_REMOVAL]);
    const qw_chain_options asked = {
        .profile = option_given(o, OPTION_PROFILE) ? o->value[OPTION_PROFILE] : profile,
        .filters = o->value[OPTION_FILTERS],
        .shared = text_z(&shared),
        .more = option_given(o, OPTION_UNLOCK) ? "unlock" : NULL,
    };
    qw_chain *chain = plan_chain_of(o, &asked, why);
    size_t refused = o->nrules ? plan_refused(chain) : 0;
    if (refused) say_error(why, o->language, NULL, SAY_RULES_REFUSED, WORDS(NUM(refused)));
    text_free(&shared);
    return chain;
}

/* Whether convert writes what shows structure: then it looks for headings, which changes no text.
 */
static bool shows_structure(const plan *p) {
    for (size_t i = 0; i < p->nformats; i++) {
        const char *name = p->formats[i]->name;
        if (strcmp(name, "txt") != 0 && strcmp(name, "dump") != 0) return true;
    }
    return false;
}

/* Documents are only written, in formats that do not tell where text stood in the input. */
static bool changes_nothing(const plan *p) {
    bool tells = option_given(p->o, OPTION_REPORT) || shows_structure(p);
    for (size_t i = 0; i < p->nformats; i++) {
        const char *name = p->formats[i]->name;
        tells |= strcmp(name, "txt") != 0 && strcmp(name, "md") != 0;
    }
    return p->o->command == COMMAND_CONVERT && !tells;
}

bool plan_linear(const options *o, const qw_format_info *const *formats, size_t n) {
    const char *form = o->value[OPTION_FORMULAS];
    bool linear = n > 0;
    for (size_t i = 0; i < n; i++) {
        const char *name = formats[i]->name;
        linear &= strcmp(name, "txt") != 0 && strcmp(name, "docx") != 0;
    }
    return form ? *form == 'l' : linear;
}

static bool plan_filters(maker *m) {
    bool archive = m->o->command == COMMAND_CONVERT;
    if (m->o->command == COMMAND_DETECT) return true;
    options with = *m->o;
    if (archive && shows_structure(m->p)) with.value[OPTION_FILTERS] = "headings";
    m->made->chain = plan_chain(&with, archive ? "archive" : "samples", m->why);
    m->p->chain = m->made->chain;
    m->p->read.fixed = changes_nothing(m->p);
    m->p->read.linear_formulas = plan_linear(m->o, m->p->formats, m->p->nformats);
    m->made->work = work_digest(m->o, m->p->chain);
    return m->p->chain != NULL;
}

/* ---- Inputs and formats -------------------------------------------------------------------- */

static bool is_folder(const char *path) {
    struct stat info;
    return strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool opens(const options *o, const char *path) {
    return !option_given(o, OPTION_NO_ARCHIVES) && may_be_archive(path) &&
           lister_probe(path, (unsigned)o->seconds, o->memory);
}

/* Whether an archive comes on stdin. */
static bool plan_standard(maker *m) {
    say_id what;
    int error;
    if (option_given(m->o, OPTION_NO_ARCHIVES) || m->o->backup) return true;
    if (!standard_look(&m->made->standard, &what, &error))
        return interrupted() ? false : wrong(m, "-", what, WORDS(say_errno(m->o->language, error)));
    m->p->head = (qw_str){text_z(&m->made->standard.head), m->made->standard.head.n};
    m->made->standard_archive = m->made->standard.file && opens(m->o, STANDARD_PATH);
    m->made->several |= m->made->standard_archive;
    return true;
}

static bool plan_inputs(maker *m) {
    const options *o = m->o;
    size_t dashes = 0;
    if (o->ninputs == 0) return wrong(m, NULL, SAY_NO_INPUT, NO_WORDS);
    for (size_t i = 0; i < o->ninputs; i++) dashes += strcmp(o->inputs[i], "-") == 0;
    if (dashes > 1) return wrong(m, NULL, SAY_STDIN_TWICE, NO_WORDS);
    m->made->several =
        o->ninputs > 1 || is_folder(o->inputs[0]) || (!dashes && opens(o, o->inputs[0]));
    return !dashes || plan_standard(m);
}

static bool add_format(maker *m, const char *name, size_t n) {
    const qw_format_info *f = format_named(name, n);
    char shown[64] = "";
    memcpy(shown, name, n < sizeof shown ? n : sizeof shown - 1);
    if (!f || !f->writes || m->p->nformats == FORMATS_MOST)
        return wrong(m, NULL, SAY_NOT_WRITABLE, WORDS(shown));
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

/* ---- Outputs ------------------------------------------------------------------------------- */

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
    if (m->made->several || m->p->nformats > 1) return wrong(m, NULL, SAY_NEEDS_OUTPUT, NO_WORDS);
    if (report && strcmp(report, "-") == 0) return wrong(m, NULL, SAY_SAME_STDOUT, NO_WORDS);
    if (f && f->binary && m->p->terminal)
        return wrong(m, NULL, SAY_BINARY_TERMINAL, WORDS(f->name));
    return true;
}

/* A folder that is read cannot be the one that is written to: the next run would read outputs. */
static bool plan_folder(maker *m, const char *out) {
    struct stat info, input;
    m->p->folder = out;
    if (stat(out, &info) != 0)
        return errno != ENOTDIR || wrong(m, out, SAY_OUT_NO_FOLDER, NO_WORDS);
    if (!S_ISDIR(info.st_mode)) return wrong(m, out, SAY_OUT_NO_FOLDER, NO_WORDS);
    for (size_t i = 0; i < m->o->ninputs; i++) {
        if (!is_folder(m->o->inputs[i]) || stat(m->o->inputs[i], &input) != 0) continue;
        if (input.st_dev == info.st_dev && input.st_ino == info.st_ino)
            return wrong(m, out, SAY_OUT_IS_INPUT, NO_WORDS);
    }
    return true;
}

static bool plan_bundle(maker *m, const char *out) {
    bool named = out && *out && strcmp(out, "-") != 0 && out[strlen(out) - 1] != '/';
    if (!named || is_folder(out)) return wrong(m, out, SAY_ARCHIVE_NEEDS_FILE, NO_WORDS);
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
        return wrong(m, NULL, SAY_IN_PLACE_FILES, NO_WORDS);
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
        return wrong(m, NULL, SAY_SAME_FILE, WORDS(out));
    if (m->o->backup) return plan_in_place(m);
    if (option_given(m->o, OPTION_TO_ARCHIVE)) return plan_bundle(m, out);
    if (!out || strcmp(out, "-") == 0) return plan_stdout(m);
    bool folder =
        m->made->several || m->p->nformats > 1 || out[strlen(out) - 1] == '/' || is_folder(out);
    if (folder) return plan_folder(m, out);
    m->p->file = out;
    return plan_extension(m);
}

static bool plan_shard(maker *m) {
    const char *word = m->o->value[OPTION_SHARD];
    if (!word) return true;
    if (!m->p->folder) return wrong(m, NULL, SAY_SHARD_FOLDER, NO_WORDS);
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
        wrong(m, path,
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
    bool one = o->ninputs == 1, folder = one && is_folder(o->inputs[0]);
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
    return (!p->folder && !p->file) || wrong(m, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
}

static bool plan_sources(maker *m) {
    m->made->sources = sources_new(m->o->inputs, m->o->ninputs, m->p->folder);
    m->p->rules.sources = m->made->sources;
    return m->made->sources || wrong(m, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
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
    if (!marked || m->p->bundle) return wrong(m, NULL, SAY_MEDIA_NEEDS_MD, NO_WORDS);
    bool there = stat(folder, &info) == 0;
    if (!*folder || (there ? !S_ISDIR(info.st_mode) : errno == ENOTDIR))
        return wrong(m, folder, SAY_OUT_NO_FOLDER, NO_WORDS);
    m->p->media = folder;
    if (there && !m->p->dry) temporary_sweep(folder);
    return true;
}

static bool plan_writing(maker *m) {
    m->p->copies = copies_others(m->o);
    m->p->writes = true;
    m->p->dry = option_given(m->o, OPTION_DRY_RUN);
    m->p->report = option_given(m->o, OPTION_REPORT);
    m->p->rules.force = option_given(m->o, OPTION_FORCE);
    return plan_formats(m) && plan_target(m) && plan_media(m) && plan_state(m) && plan_sources(m);
}

/* ---- The whole ----------------------------------------------------------------------------- */

/* A name that is no encoding's is an error of the command line, not of every input: reading nothing
 * in it tells. */
bool plan_encoding(const options *o, text *why) {
    qw_error failure = {0};
    if (!option_given(o, OPTION_ENCODING)) return true;
    qw_workspace *space = qw_workspace_new();
    qw_read_options as_text = {.format = "txt", .encoding = o->value[OPTION_ENCODING]};
    bool ok = space && qw_read(space, &(qw_input){.bytes = "", .n = 0}, &as_text, &failure);
    if (!space) say_error(why, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    if (space && !ok) say_failure(why, o->language, NULL, &failure);
    qw_workspace_free(space);
    return ok;
}

/* The words of --revisions begin with different letters; options.c checked them. */
static qw_revisions revisions_asked(const options *o) {
    const char *view = o->value[OPTION_REVISIONS];
    if (!view || *view == 'f') return QW_REVISIONS_FINAL;
    return *view == 'o' ? QW_REVISIONS_ORIGINAL : QW_REVISIONS_ALL;
}

/* Limits are written out: expand.c holds archives in archives to them together. */
static qw_archive_options archives_asked(const options *o) {
    return (qw_archive_options){
        .password = o->value[OPTION_PASSWORD],
        .repair_names = option_given(o, OPTION_FIX_NAMES),
        .max_members = 1000000,
        .max_total = (uint64_t)64 << 30,
    };
}

static bool plan_showing(maker *m) {
    const char *format = m->o->value[OPTION_FORMAT];
    switch (m->o->command) {
    case COMMAND_DETECT: m->p->show = detect_show; return true;
    case COMMAND_OUTLINE: m->p->show = outline_show; return true;
    default:
        m->p->show = format && strcmp(format, "diff") == 0 ? diff_show : check_show;
        return true;
    }
}

/* A new DOCX is shown with other fonts where those of its layout are missing. In a folder whose
 * files keep their formats there may be none: a layout must have been asked for. */
static void plan_fonts(maker *m) {
    const char *layout = job_write_settings(m->o, NULL).layout, *out = m->o->value[OPTION_OUTPUT];
    bool docx = m->p->nformats == 0 && option_given(m->o, OPTION_LAYOUT) && out && strcmp(out, "-");
    for (size_t i = 0; i < m->p->nformats; i++) docx |= strcmp(m->p->formats[i]->name, "docx") == 0;
    if (layout && docx && m->o->volume >= 0) fonts_say_missing(m->why, m->o->language, layout);
}

bool plan_make(planned *made, const options *o, text *why) {
    *made = (planned){.plan = {.o = o}};
    maker m = {made, &made->plan, o, why};
    m.p->terminal = isatty(STDOUT_FILENO);
    m.p->read.undecodable = undecodable_asked(o);
    m.p->read.encoding = o->value[OPTION_ENCODING];
    m.p->read.revisions = revisions_asked(o);
    m.p->read.limits = o->limits;
    m.p->seconds = (unsigned)o->seconds;
    m.p->memory = m.p->read.max_memory = o->memory;
    m.p->counts = o->volume > 0 || option_given(o, OPTION_PROGRESS);
    m.p->archives = archives_asked(o);
    bool writes = o->command == COMMAND_CLEAN || o->command == COMMAND_CONVERT;
    bool ok = plan_inputs(&m) && plan_encoding(o, why) &&
              (writes ? plan_writing(&m) : plan_showing(&m)) && plan_filters(&m);
    if (ok && writes) plan_fonts(&m);
    return ok;
}

void plan_free(planned *made) {
    qw_chain_free(made->chain);
    state_close(made->state);
    sources_free(made->sources);
    standard_free(&made->standard);
    free(made->folder);
}

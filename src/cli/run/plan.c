#include "run/plan_parts.h"

#include "input/lister.h"
#include "interrupt.h"
#include "run/fonts.h"
#include "run/job_parts.h"
#include "run/work.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool plan_wrong(maker *m, const char *path, say_id id, const char *const *words) {
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

/* ---- Inputs -------------------------------------------------------------------------------- */

bool plan_is_folder(const char *path) {
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
        return interrupted() ? false
                             : plan_wrong(m, "-", what, WORDS(say_errno(m->o->language, error)));
    m->p->head = (qw_str){text_z(&m->made->standard.head), m->made->standard.head.n};
    m->made->standard_archive = m->made->standard.file && opens(m->o, STANDARD_PATH);
    m->made->several |= m->made->standard_archive;
    return true;
}

static bool plan_inputs(maker *m) {
    const options *o = m->o;
    size_t dashes = 0;
    if (o->ninputs == 0) return plan_wrong(m, NULL, SAY_NO_INPUT, NO_WORDS);
    for (size_t i = 0; i < o->ninputs; i++) dashes += strcmp(o->inputs[i], "-") == 0;
    if (dashes > 1) return plan_wrong(m, NULL, SAY_STDIN_TWICE, NO_WORDS);
    m->made->several =
        o->ninputs > 1 || plan_is_folder(o->inputs[0]) || (!dashes && opens(o, o->inputs[0]));
    return !dashes || plan_standard(m);
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

size_t plan_workers(const options *o) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return o->jobs ? o->jobs : processors > 0 ? (size_t)processors : 1;
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

/* explain: what was weighed at one line of a document, and why: `qingwen explain FILE:LINE`. The
 * filters run as they would, but those that have a threshold for reporting report everything. */
#include "commands.h"
#include "input/load.h"
#include "run/plan.h"
#include "show/why.h"

#include <stdlib.h>
#include <string.h>

typedef struct explaining {
    const options *o;
    char *path;
    size_t line;
    qw_chain *chain;
    qw_workspace *space;
    loaded input;
    text out, say;
} explaining;

static bool wrong(explaining *x, const char *path, say_id id, const char *const *words) {
    say_error(&x->say, x->o->language, path, id, words);
    return false;
}

/* ---- FILE:LINE, or FILE:LINE:COLUMN as check prints it --------------------------------------- */

/* Takes ":NUMBER" off the end of a name. */
static bool take_number(char *name, size_t *number) {
    char *colon = strrchr(name, ':'), *end;
    if (!colon || colon == name || colon[1] < '0' || colon[1] > '9') return false;
    unsigned long n = strtoul(colon + 1, &end, 10);
    if (*end || n == 0) return false;
    *number = n;
    *colon = '\0';
    return true;
}

static bool read_place(explaining *x) {
    size_t first;
    if (x->o->ninputs != 1) return wrong(x, NULL, SAY_EXPLAIN_WHAT, NO_WORDS);
    x->path = strdup(x->o->inputs[0]);
    if (!x->path) return wrong(x, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    if (!take_number(x->path, &x->line)) return wrong(x, NULL, SAY_EXPLAIN_WHAT, NO_WORDS);
    if (take_number(x->path, &first)) x->line = first;
    return true;
}

/* ---- The chain ------------------------------------------------------------------------------- */

static const qw_filter_info *filter_named(const char *name, size_t n) {
    const qw_filter_info *f;
    for (size_t i = 0; (f = qw_filter_at(i)); i++)
        if (strlen(f->name) == n && memcmp(f->name, name, n) == 0) return f;
    return NULL;
}

static const qw_option *report_option(const qw_filter_info *f) {
    for (size_t i = 0; f && i < f->noptions; i++)
        if (strcmp(f->options[i].name, "report") == 0) return &f->options[i];
    return NULL;
}

static const char *asked_chain(const options *o) {
    const char *name = o->value[OPTION_PROFILE] ? o->value[OPTION_PROFILE] : "samples";
    const qw_profile_info *p;
    if (o->value[OPTION_FILTERS]) return o->value[OPTION_FILTERS];
    for (size_t i = 0; (p = qw_profile_at(i)); i++)
        if (strcmp(p->name, name) == 0) return p->chain;
    return NULL; /* qw_chain_new() says that there is none */
}

/* The chain with every threshold for reporting at its least. */
static void lower_thresholds(const char *chain, text *t) {
    while (*chain) {
        size_t n = strcspn(chain, ","), name = strcspn(chain, ":,");
        const qw_option *report = report_option(filter_named(chain, name));
        text_add(t, chain, n);
        if (report) text_printf(t, ":report=%ld", report->min);
        chain += n;
        if (*chain == ',') text_put(t, ","), chain++;
    }
}

static bool compile(explaining *x) {
    options o = *x->o;
    text chain = {0};
    const char *asked = asked_chain(&o);
    if (asked) lower_thresholds(asked, &chain);
    if (asked) o.value[OPTION_FILTERS] = text_z(&chain);
    x->chain = plan_chain(&o, "samples", &x->say);
    text_free(&chain);
    return x->chain != NULL;
}

/* ---- The answer ------------------------------------------------------------------------------ */

static void put(explaining *x, say_id id, const char *const *words) {
    say(&x->out, x->o->language, id, words);
    text_put(&x->out, "\n");
}

static void put_block(explaining *x, const qw_block_info *b) {
    text_show(&x->out, b->text, 0);
    text_put(&x->out, "\n");
    if (b->removed) put(x, SAY_EXPLAIN_GONE, NO_WORDS);
    if (b->role == QW_ROLE_BODY && b->reason.n == 0) return;
    text role = {0}, reason = {0};
    const char *name = qw_role_name(b->role);
    why_show(&role, x->o->language, (qw_str){name, strlen(name)});
    why_show(&reason, x->o->language, b->reason);
    put(x, SAY_EXPLAIN_ROLE, WORDS(text_z(&role), NUM(b->level), text_z(&reason)));
    text_free(&role);
    text_free(&reason);
}

static void put_edit(explaining *x, const qw_edit_info *e) {
    text rule = {0}, before = {0}, after = {0}, why = {0};
    text_show(&rule, e->filter, 0);
    if (e->rule.n) text_put(&rule, "/"), text_show(&rule, e->rule, 0);
    text_show(&before, e->before, 0);
    text_show(&after, e->after, 0);
    why_show(&why, x->o->language, e->why);
    say_id done = e->state == QW_EDIT_REFUSED || e->state == QW_EDIT_PROPOSED ? SAY_EXPLAIN_KEPT
                  : e->kind == QW_EDIT_FINDING                                ? SAY_EXPLAIN_SEEN
                  : e->after.n                                                ? SAY_EXPLAIN_REPLACED
                                                                              : SAY_EXPLAIN_REMOVED;
    put(x, done,
        WORDS(text_z(&rule), text_z(&before), text_z(&after), text_z(&why),
              NUM((unsigned long long)(e->score > 0 ? e->score : 0))));
    text_free(&rule);
    text_free(&before);
    text_free(&after);
    text_free(&why);
}

/* The block that starts at the line, or NULL place when there is none. */
static bool find_block(const explaining *x, const qw_doc *d, qw_block_info *b, size_t *index) {
    qw_place place;
    for (*index = 0; qw_block_get(d, *index, b, &place); ++*index)
        if (place.line == x->line) return true;
    return false;
}

static bool answer(explaining *x, qw_doc *d) {
    qw_block_info b;
    qw_edit_info e;
    size_t index, said = 0;
    if (!find_block(x, d, &b, &index))
        return wrong(x, x->path, SAY_NO_LINE, WORDS(NUM(x->line), NUM(qw_block_count(d))));
    put_block(x, &b);
    for (size_t i = 0; qw_edit_get(d, i, &e, NULL); i++) {
        if (e.block != index || e.kind == QW_EDIT_ROLE) continue;
        put_edit(x, &e);
        said++;
    }
    if (said == 0) put(x, SAY_EXPLAIN_NOTHING, NO_WORDS);
    return true;
}

static bool run(explaining *x) {
    say_id what;
    int error;
    qw_error why = {0};
    if (!read_place(x) || !compile(x)) return false;
    if (!load(&x->input, x->path, &what, &error))
        return wrong(x, x->path, what, WORDS(say_errno(x->o->language, error)));
    x->space = qw_workspace_new();
    if (!x->space) return wrong(x, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    qw_input input = {.name = x->path, .bytes = x->input.p, .n = x->input.n};
    qw_read_options settings = {.encoding = x->o->value[OPTION_ENCODING], .limits = x->o->limits};
    qw_doc *d = qw_read(x->space, &input, &settings, &why);
    if (d && qw_run(x->chain, d, &why)) return answer(x, d);
    say_failure(&x->say, x->o->language, x->path, &why);
    return false;
}

int explain_command(const options *o) {
    explaining x = {.o = o};
    bool ok = run(&x);
    say_now(&x.say);
    int code = ok ? print_text(&x.out, o) : EXIT_NOTHING;
    qw_workspace_free(x.space);
    qw_chain_free(x.chain);
    load_free(&x.input);
    text_free(&x.out);
    text_free(&x.say);
    free(x.path);
    return code;
}

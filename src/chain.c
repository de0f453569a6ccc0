/* The grammar of a chain:  chain = [stage {"," stage}]   stage = name {":" option["=" value]}  */
#include "chain.h"

#include "base/hash.h"
#include "registry.h"

#include <stdlib.h>

/* "0 or 1", "0 to 100", "keep or remove": the values that an option takes, for a message. */
static str value_range(arena *mem, const qw_option *o) {
    if (o->type == QW_OPTION_CHOICE) return str_of(o->choices);
    if (o->type == QW_OPTION_FLAG) return STR("0 | 1");
    return arena_printf(mem, "%ld – %ld", o->min, o->max);
}

static bool parse_int(str text, long min, long max, long *value) {
    char digits[24];
    char *end;
    if (!text.n || text.n >= sizeof digits) return false;
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    *value = strtol(digits, &end, 10);
    return *end == '\0' && *value >= min && *value <= max;
}

static bool parse_choice(str text, const char *choices, long *value) {
    str rest = str_of(choices), choice;
    for (*value = 0; str_next(&rest, '|', &choice); ++*value)
        if (str_eq(choice, text)) return true;
    return false;
}

/* A flag may be written without its value: "ads:strict" is "ads:strict=1". */
static bool parse_value(const qw_option *o, str text, long *value) {
    switch (o->type) {
    case QW_OPTION_FLAG: return parse_int(text.n ? text : STR("1"), 0, 1, value);
    case QW_OPTION_INT: return parse_int(text, o->min, o->max, value);
    case QW_OPTION_CHOICE: return parse_choice(text, o->choices, value);
    }
    return false;
}

/* The option that `name` means: its own name, or one of its choices ("watermark:all"). */
static const qw_option *find_option(const qw_filter_info *f, str name, str *value) {
    long ignored;
    for (size_t i = 0; i < f->noptions; i++)
        if (str_eq(str_of(f->options[i].name), name)) return &f->options[i];
    for (size_t i = 0; i < f->noptions && !value->n; i++) {
        const qw_option *o = &f->options[i];
        if (o->type == QW_OPTION_CHOICE && parse_choice(name, o->choices, &ignored))
            return *value = name, o;
    }
    return NULL;
}

static bool parse_option(arena *mem, const qw_filter_info *f, str text, long *values,
                         qw_error *why) {
    size_t eq = str_find_byte(text, '=', 0);
    str name = str_trim(str_cut(text, 0, eq));
    str value = eq == STR_NONE ? (str){"", 0} : str_trim(str_cut(text, eq + 1, text.n));
    const qw_option *o = find_option(f, name, &value);
    if (!o) return fail(why, MSG_NO_OPTION, STR(""), ARGS(str_of(f->name), name));
    if (parse_value(o, value, &values[o - f->options])) return true;
    return fail(why, MSG_BAD_OPTION, STR(""),
                ARGS(str_of(f->name), str_of(o->name), value, value_range(mem, o)));
}

/* Takes those of "name=value,…" that the filter has; others are somebody else's. */
static bool parse_shared(arena *mem, const qw_filter_info *f, str text, long *values,
                         qw_error *why) {
    for (str option; str_next(&text, ',', &option);) {
        str name = str_trim(str_cut(option, 0, str_find_byte(option, '=', 0)));
        for (size_t i = 0; i < f->noptions; i++)
            if (str_eq(str_of(f->options[i].name), name) &&
                !parse_option(mem, f, option, values, why))
                return false;
    }
    return true;
}

static bool parse_stage(stage *s, arena *mem, str text, const char *shared, qw_error *why) {
    str name = {"", 0}, option;
    str_next(&text, ':', &name);
    s->filter = registry_filter(str_trim(name));
    if (!s->filter) return fail(why, MSG_NO_FILTER, STR(""), ARGS(str_trim(name)));
    const qw_filter_info *f = &s->filter->info;
    long *values = arena_zalloc(mem, f->noptions + 1, sizeof *values);
    if (!values) return fail_memory(why);
    for (size_t i = 0; i < f->noptions; i++) values[i] = f->options[i].initial;
    if (shared && !parse_shared(mem, f, str_of(shared), values, why)) return false;
    while (str_next(&text, ':', &option))
        if (!parse_option(mem, f, option, values, why)) return false;
    s->options = values;
    return true;
}

/* The filter whose rules a stage works with; empty: it needs none. */
static str rules_of(const stage *s) {
    const filter *f = s->filter;
    return str_of(f->info.has_rules ? f->info.name : f->borrows ? f->borrows : "");
}

/* Stages that work with the same rules share them. */
static bool find_rules(qw_chain *c, stage *s, const qw_chain_options *o, qw_error *why) {
    str of = rules_of(s);
    for (const stage *before = c->stages; of.n && before < s && !s->rules; before++)
        if (str_eq(rules_of(before), of)) s->rules = before->rules;
    if (of.n && !s->rules) s->rules = ruleset_load(c->mem, of, o->rules, o->nrules, why);
    return !of.n || s->rules;
}

static bool prepare_stage(qw_chain *c, stage *s, const qw_chain_options *o, qw_error *why) {
    if (!find_rules(c, s, o, why)) return false;
    return !s->filter->setup || s->filter->setup(s, c->mem, why);
}

static bool compile(qw_chain *c, str text, const qw_chain_options *o, qw_error *why) {
    size_t room = 1;
    for (size_t i = 0; i < text.n; i++) room += text.p[i] == ',';
    c->stages = arena_zalloc(c->mem, room, sizeof *c->stages);
    c->names = arena_zalloc(c->mem, room, sizeof *c->names);
    if (!c->stages || !c->names) return fail_memory(why);
    for (str written; str_next(&text, ',', &written);) {
        stage *s = &c->stages[c->nstages];
        if (!str_trim(written).n) continue;
        if (!parse_stage(s, c->mem, written, o->shared, why) || !prepare_stage(c, s, o, why))
            return false;
        c->names[c->nstages++] = str_of(s->filter->info.name);
    }
    return true;
}

/* Of all that decides what the chain does to a text, but the document itself. */
static uint64_t digest(const qw_chain *c, const qw_chain_options *o) {
    uint64_t h = hash64(str_of(qw_version()), 0);
    for (const stage *s = c->stages; s < c->stages + c->nstages; s++) {
        const qw_filter_info *f = &s->filter->info;
        h = hash64(str_of(f->name), h);
        for (size_t i = 0; i < f->noptions; i++) {
            unsigned char value[8];
            for (unsigned k = 0; k < 8; k++)
                value[k] = (unsigned char)((uint64_t)s->options[i] >> 8 * k);
            h = hash64((str){(const char *)value, sizeof value}, h);
        }
        for (const rule_text *r = embedded_rules; r->filter; r++)
            if (str_eq(rules_of(s), str_of(r->filter))) h = hash64(r->text, h);
    }
    for (size_t i = 0; i < o->nrules; i++) h = hash64((str){o->rules[i].text, o->rules[i].n}, h);
    return h;
}

uint64_t qw_chain_digest(const qw_chain *c) {
    return c->digest;
}

qw_chain *qw_chain_new(const qw_chain_options *options, qw_error *why) {
    static const qw_chain_options none = {0};
    fail_begin(why);
    const qw_chain_options *o = options ? options : &none;
    str profile = str_of(o->profile ? o->profile : "samples");
    const qw_profile_info *p = registry_profile(profile);
    if (!p) return fail(why, MSG_NO_PROFILE, STR(""), ARGS(profile)), NULL;
    arena *mem = arena_new(0);
    qw_chain *c = mem ? arena_zalloc(mem, 1, sizeof *c) : NULL;
    if (!c) return arena_free(mem), fail_memory(why), NULL;
    c->mem = mem;
    str text =
        arena_printf(mem, "%s,%s", o->filters ? o->filters : p->chain, o->more ? o->more : "");
    if (text.p && compile(c, text, o, why)) return c->digest = digest(c, o), c;
    if (!text.p) fail_memory(why);
    qw_chain_free(c);
    return NULL;
}

void qw_chain_free(qw_chain *c) {
    if (c) arena_free(c->mem);
}

/* Block filters that follow one another run paragraph by paragraph, while it is in the cache. */
static void run_block_filters(const stage *s, const str *names, size_t n, doc *d) {
    for (size_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        for (size_t k = 0; k < n && block_is_text(&d->blocks[i]); k++) {
            d->filter = names[k];
            s[k].filter->block(&s[k], d, (uint32_t)i);
        }
    }
}

static void read_more(const struct qw_chain *c, doc *d) {
    bool wanted = false;
    for (size_t i = 0; i < c->nstages; i++) wanted |= c->stages[i].filter->beyond;
    if (wanted && d->read_more) d->read_more(d);
}

void chain_run(const struct qw_chain *c, doc *d) {
    read_more(c, d);
    for (size_t i = 0; i < c->nstages && doc_ok(d);) {
        size_t n = 0;
        while (i + n < c->nstages && c->stages[i + n].filter->block) n++;
        if (n) {
            run_block_filters(&c->stages[i], &c->names[i], n, d);
        } else {
            d->filter = c->names[i];
            c->stages[i].filter->document(&c->stages[i], d);
            n = 1;
        }
        i += n;
    }
    d->filter = STR("");
}

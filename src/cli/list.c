/* list: what there is: filters with their options, rules, formats, profiles. */
#include "commands.h"
#include "interrupt.h"
#include "output/output.h"
#include "run/plan.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

int print_text(const text *t, const options *o) {
    if (!t->failed && write_all(STDOUT_FILENO, text_z(t), t->n)) return EXIT_DONE;
    text why = {0};
    if (t->failed)
        say_error(&why, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    else if (errno == EPIPE)
        interrupt_with(SIGPIPE);
    else
        say_error(&why, o->language, NULL, SAY_CANNOT_WRITE_STDOUT,
                  WORDS(say_errno(o->language, errno)));
    say_now(&why);
    text_free(&why);
    return EXIT_NOTHING;
}

/* A choice's name by its index in "a|b|c". */
static qw_str choice_name(const char *choices, long index) {
    for (; index > 0 && *choices; index--) {
        choices += strcspn(choices, "|");
        choices += *choices == '|';
    }
    return (qw_str){choices, strcspn(choices, "|")};
}

static void put_values(text *t, const qw_option *f, qw_language language) {
    text initial = {0}, range = {0};
    switch (f->type) {
    case QW_OPTION_FLAG:
        text_put(&range, "0|1");
        text_printf(&initial, "%ld", f->initial);
        break;
    case QW_OPTION_INT:
        say(&range, language, SAY_RANGE,
            WORDS(NUM((unsigned long long)f->min), NUM((unsigned long long)f->max)));
        text_printf(&initial, "%ld", f->initial);
        break;
    case QW_OPTION_CHOICE: {
        qw_str name = choice_name(f->choices, f->initial);
        text_put(&range, f->choices);
        text_add(&initial, name.p, name.n);
    }
    }
    text_printf(t, " (%s; ", text_z(&range));
    say(t, language, SAY_DEFAULT_VALUE, WORDS(text_z(&initial)));
    text_put(t, ")\n");
    text_free(&initial);
    text_free(&range);
}

static void list_filters(text *t, qw_language language) {
    const qw_filter_info *f;
    for (size_t i = 0; (f = qw_filter_at(i)); i++) {
        text_printf(t, "%-12s %s\n", f->name, f->summary[language]);
        for (size_t k = 0; k < f->noptions; k++) {
            text_printf(t, "    %s:%s=  %s", f->name, f->options[k].name,
                        f->options[k].help[language]);
            put_values(t, &f->options[k], language);
        }
    }
}

static void list_formats(text *t, qw_language language) {
    const qw_format_info *f;
    for (size_t i = 0; (f = qw_format_at(i)); i++) {
        if (!*f->extensions) continue; /* a view of a document: no file's format */
        text_printf(t, "%-8s %s (", f->name, f->summary[language]);
        say(t, language,
            f->reads && f->writes ? SAY_READS_WRITES
            : f->reads            ? SAY_READS
                                  : SAY_WRITES,
            NO_WORDS);
        text_printf(t, "; %s)\n", f->extensions);
    }
}

static void list_profiles(text *t, qw_language language) {
    const qw_profile_info *p;
    for (size_t i = 0; (p = qw_profile_at(i)); i++)
        text_printf(t, "%-12s %s\n             %s\n", p->name, p->summary[language],
                    *p->chain ? p->chain : "-");
}

static size_t count_rules(const options *o) {
    text ignored = {0};
    qw_rule_info r;
    size_t n = 0;
    qw_chain *chain = plan_chain(o, "samples", &ignored);
    while (chain && qw_chain_rule(chain, n, &r)) n++;
    qw_chain_free(chain);
    text_free(&ignored);
    return n;
}

static bool list_rules(text *t, const options *o, text *why) {
    qw_rule_info r;
    qw_chain *chain = plan_chain(o, "samples", why);
    for (size_t i = 0; chain && qw_chain_rule(chain, i, &r); i++) {
        text_show(t, r.filter, 0), text_put(t, "/"), text_show(t, r.id, 0);
        text_printf(t, "\t%d\t", r.score);
        text_show(t, r.kind, 0), text_put(t, "\t");
        text_show(t, r.pattern, 0), text_put(t, "\t");
        text_show(t, r.origin, 0), text_put(t, "\n");
    }
    qw_chain_free(chain);
    return chain != NULL;
}

/* A file whose examples fail does not compile, and the message says which one. */
static bool test_rules(text *t, const options *o, text *why) {
    const char *file = o->value[OPTION_TEST];
    options alone = *o, with = *o;
    alone.nrules = 0;
    with.rules = (const char *[]){file};
    with.nrules = 1;
    qw_chain *chain = plan_chain(&with, "samples", why);
    size_t before = count_rules(&alone), after = 0;
    qw_rule_info r;
    while (chain && qw_chain_rule(chain, after, &r)) after++;
    after -= plan_refused(chain);
    qw_chain_free(chain);
    if (!chain) return false;
    if (after <= before) return say_error(why, o->language, file, SAY_NO_RULES, NO_WORDS), false;
    say(t, o->language, SAY_RULES_HOLD, WORDS(file, NUM(after - before)));
    return text_put(t, "\n");
}

int list_command(const options *o) {
    text t = {0}, why = {0};
    bool ok = true;
    if (o->ninputs > 0) {
        say_error(&why, o->language, NULL, SAY_NO_WORDS,
                  WORDS(command_table[o->command].name, o->inputs[0]));
        ok = false;
    } else if (o->command == COMMAND_FILTERS)
        list_filters(&t, o->language);
    else if (o->command == COMMAND_FORMATS)
        list_formats(&t, o->language);
    else if (o->command == COMMAND_PROFILES)
        list_profiles(&t, o->language);
    else if (option_given(o, OPTION_TEST))
        ok = test_rules(&t, o, &why);
    else
        ok = list_rules(&t, o, &why);
    say_now(&why);
    int code = ok ? print_text(&t, o) : EXIT_NOTHING;
    text_free(&t);
    text_free(&why);
    return code;
}

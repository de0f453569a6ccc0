/* man: makes the man page out of a template and the tables that the program itself uses. A line of
 * the template that is @COMMANDS@, @OPTIONS@, @FILTERS@, @PROFILES@, @FORMATS@ or @VERSION@ stands
 * for what the table says, in mdoc. Usage: man en|zh TEMPLATE OUTPUT */
#include "options.h"

#include <stdio.h>
#include <string.h>

/* Adds text in which roff sees no requests or escapes. */
static void put_words(text *t, const char *z) {
    if (*z == '.' || *z == '\'') text_put(t, "\\&");
    for (; *z; z++) {
        if (*z == '\\')
            text_put(t, "\\e");
        else if (*z == '-')
            text_put(t, "\\-");
        else if (*z == '`') /* `qingwen formats` stands as it is, without the ticks */
            continue;
        else
            text_add(t, z, 1);
    }
}

/* A macro's argument: one word, whatever is in it. */
static void put_argument(text *t, const char *z) {
    text_put(t, " \"");
    for (; *z; z++) *z == '"' ? text_put(t, "\\(dq") : text_add(t, z, 1);
    text_put(t, "\"");
}

static void put_line(text *t, const char *z) {
    put_words(t, z);
    text_put(t, "\n");
}

static void put_commands(text *t, qw_language language) {
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text_printf(t, ".It Cm %s", command_table[i].name);
        if (*command_table[i].arguments) {
            text_put(t, " Ar");
            put_argument(t, command_table[i].arguments);
        }
        text_put(t, "\n");
        put_line(t, command_table[i].help[language]);
    }
}

static void put_used_by(text *t, const option_info *o) {
    const char *before = "(";
    if (o->commands == ~0u) return;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!(o->commands & 1u << i)) continue;
        text_printf(t, "%s%s", before, command_table[i].name);
        before = ", ";
    }
    text_put(t, ")\n");
}

static void put_options(text *t, qw_language language) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_info *o = &option_table[i];
        text_put(t, ".It");
        if (o->letter) text_printf(t, " Fl %c ,", o->letter);
        text_printf(t, " Fl Fl %s", o->name);
        if (o->argument && *o->argument == '[') text_put(t, " Ns");
        if (o->argument) text_put(t, " Ar"), put_argument(t, o->argument);
        text_put(t, "\n");
        put_line(t, o->help[language]);
        put_used_by(t, o);
    }
}

static void put_item(text *t, const char *name, const char *words) {
    text_printf(t, ".It Cm %s\n", name);
    put_line(t, words);
}

static void put_filters(text *t, qw_language language) {
    const qw_filter_info *f;
    for (size_t i = 0; (f = qw_filter_at(i)); i++) {
        put_item(t, f->name, f->summary[language]);
        for (size_t k = 0; k < f->noptions; k++) {
            text_printf(t, ".Pp\n.Cm %s : Ns Cm %s :\n", f->name, f->options[k].name);
            put_line(t, f->options[k].help[language]);
        }
    }
}

static void put_profiles(text *t, qw_language language) {
    const qw_profile_info *p;
    for (size_t i = 0; (p = qw_profile_at(i)); i++) {
        put_item(t, p->name, p->summary[language]);
        if (!*p->chain) continue;
        text_put(t, ".br\n");
        put_line(t, p->chain);
    }
}

static void put_formats(text *t, qw_language language) {
    const qw_format_info *f;
    for (size_t i = 0; (f = qw_format_at(i)); i++) {
        if (!*f->extensions) continue; /* a view of a document: no file's format */
        text_printf(t, ".It Cm %s", f->name);
        text_printf(t, " ( Ns %s%s%s )\n", f->reads ? "R" : "", f->writes ? "W" : "", "");
        put_line(t, f->summary[language]);
    }
}

static void put_version(text *t, qw_language language) {
    (void)language;
    text_printf(t, ".Os qingwen %s\n", qw_version());
}

static const struct {
    const char *mark;
    void (*put)(text *t, qw_language language);
} sections[] = {
    {"@COMMANDS@\n", put_commands}, {"@OPTIONS@\n", put_options}, {"@FILTERS@\n", put_filters},
    {"@PROFILES@\n", put_profiles}, {"@FORMATS@\n", put_formats}, {"@VERSION@\n", put_version},
};

static void put_template_line(text *t, const char *line, qw_language language) {
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (strcmp(line, sections[i].mark) != 0) continue;
        sections[i].put(t, language);
        return;
    }
    text_put(t, line);
}

int main(int argc, char **argv) {
    char line[4096];
    text t = {0};
    if (argc != 4) return 2;
    FILE *template = fopen(argv[2], "r"), *page = fopen(argv[3], "w");
    qw_language language = strcmp(argv[1], "zh") == 0 ? QW_CHINESE : QW_ENGLISH;
    while (template && fgets(line, sizeof line, template)) put_template_line(&t, line, language);
    bool ok = template && page && !t.failed && fwrite(text_z(&t), 1, t.n, page) == t.n;
    if (template) fclose(template);
    if (page && fclose(page) != 0) ok = false;
    text_free(&t);
    return ok ? 0 : 1;
}

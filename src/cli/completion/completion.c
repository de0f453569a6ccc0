/* completion: makes the completions for a shell out of the tables that the program itself uses:
 * commands and options with their sentences, and for values the names of formats, profiles and
 * filters. What a value is tells its placeholder in options.def: small letters are the choices
 * themselves, capitals a kind ("FILE"). Usage: completion bash|zsh|fish OUTPUT */
#include "options.h"

#include <stdio.h>
#include <string.h>

/* What completes the value of an option. */
typedef enum value_kind {
    NO_VALUE, /* it takes none */
    ANYTHING, /* nobody can know */
    A_FILE,
    A_NAME,     /* one of a list */
    SOME_NAMES, /* several of a list, with commas between */
} value_kind;

static bool one_of(const char *word, const char *const *list) {
    for (; *list; list++)
        if (strcmp(*list, word) == 0) return true;
    return false;
}

static value_kind kind_of(const option_info *o) {
    static const char *const files[] = {"FILE", "OUT", "PATH", "FOLDER", "DB", NULL};
    const char *a = o->argument;
    if (!a || *a == '[') return NO_VALUE;
    if (one_of(a, files)) return A_FILE;
    if (*a >= 'a' && *a <= 'z') return A_NAME;
    if (o == &option_table[OPTION_PROFILE]) return A_NAME;
    if (o == &option_table[OPTION_TO] || o == &option_table[OPTION_FILTERS]) return SOME_NAMES;
    return ANYTHING;
}

/* The names that an option takes, with spaces between. */
static void put_names(text *t, const option_info *o) {
    const char *gap = "";
    if (o == &option_table[OPTION_PROFILE]) {
        const qw_profile_info *p;
        for (size_t i = 0; (p = qw_profile_at(i)); i++, gap = " ")
            text_printf(t, "%s%s", gap, p->name);
    } else if (o == &option_table[OPTION_FILTERS]) {
        const qw_filter_info *f;
        for (size_t i = 0; (f = qw_filter_at(i)); i++, gap = " ")
            text_printf(t, "%s%s", gap, f->name);
    } else if (o == &option_table[OPTION_TO]) {
        const qw_format_info *f;
        for (size_t i = 0; (f = qw_format_at(i)); i++) {
            if (!f->writes || !*f->extensions) continue;
            text_printf(t, "%s%s", gap, f->name);
            gap = " ";
        }
    } else
        for (const char *c = o->argument; *c; c++) text_add(t, *c == '|' ? " " : c, 1);
}

static bool knows(const option_info *o, size_t command) {
    return command == COMMAND_COUNT ? o->commands == ~0u : o->commands & 1u << command;
}

/* Adds words for a shell's single quotes; `special` are marked by a backslash as well. */
static void put_quoted(text *t, const char *words, const char *quote, const char *special) {
    for (; *words; words++) {
        if (*words == '\'')
            text_put(t, quote);
        else {
            if (strchr(special, *words)) text_put(t, "\\");
            text_add(t, words, 1);
        }
    }
}

/* ---- bash: words without sentences ----------------------------------------------------------- */

static void bash_values(text *t) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_info *o = &option_table[i];
        value_kind kind = kind_of(o);
        if (kind == NO_VALUE) continue;
        text_printf(t, "    --%s", o->name);
        if (o->letter) text_printf(t, "|-%c", o->letter);
        text_put(t, ") ");
        if (kind == A_FILE) text_put(t, "_qingwen_files");
        if (kind == ANYTHING) text_put(t, "COMPREPLY=()");
        if (kind == A_NAME || kind == SOME_NAMES) {
            text_put(t, kind == A_NAME ? "_qingwen_words \"" : "_qingwen_list \"");
            put_names(t, o);
            text_put(t, "\"");
        }
        text_put(t, "; return ;;\n");
    }
}

static void bash_options(text *t, size_t command) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_info *o = &option_table[i];
        if (!knows(o, command)) continue;
        if (o->letter) text_printf(t, "-%c ", o->letter);
        text_printf(t, "--%s ", o->name);
    }
}

static const char bash_head[] =
    "# Completions of qingwen for bash.\n"
    "_qingwen_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\"); }\n"
    "_qingwen_files() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
    "}\n"
    "_qingwen_list() { # one more of a list with commas\n"
    "    local before=\n"
    "    case $current in *,*) before=${current%,*}, ;; esac\n"
    "    mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${current##*,}\")\n"
    "    compopt -o nospace 2>/dev/null\n"
    "}\n"
    "_qingwen() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local command='' options='' word i\n"
    "    COMPREPLY=()\n"
    "    # --to=txt are three words here.\n"
    "    if [ \"$current\" = = ]; then current=\n"
    "    elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
    "    case $before in\n";

static void put_bash(text *t) {
    text_put(t, bash_head);
    bash_values(t);
    text_put(t, "    esac\n"
                "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                "        word=${COMP_WORDS[i]}\n"
                "        case $word in\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text_printf(t, "        %s) options=\"", command_table[i].name);
        bash_options(t, i);
        text_put(t, "\" command=$word; break ;;\n");
    }
    text_put(t, "        esac\n"
                "    done\n"
                "    if [ -z \"$command\" ]; then\n"
                "        case $current in\n"
                "        -*) _qingwen_words \"");
    bash_options(t, COMMAND_COUNT);
    text_put(t, "\" ;;\n        *) _qingwen_words \"help");
    for (size_t i = 0; i < COMMAND_COUNT; i++) text_printf(t, " %s", command_table[i].name);
    text_put(t, "\" ;;\n"
                "        esac\n"
                "        return\n"
                "    fi\n"
                "    case $current in\n"
                "    -*) _qingwen_words \"$options\" ;;\n"
                "    *) _qingwen_files ;;\n"
                "    esac\n"
                "}\n"
                "complete -F _qingwen qingwen\n");
}

/* ---- zsh ------------------------------------------------------------------------------------- */

/* One form of an option, long or short, as _arguments wants it. */
static void zsh_form(text *t, const option_info *o, const char *form, qw_language language) {
    value_kind kind = kind_of(o);
    text_put(t, "        '");
    if (o == &option_table[OPTION_RULES] || o == &option_table[OPTION_INCLUDE] ||
        o == &option_table[OPTION_EXCLUDE])
        text_put(t, "*");
    else if (o->letter)
        text_printf(t, "(-%c --%s)", o->letter, o->name);
    text_put(t, form);
    if (kind != NO_VALUE) text_put(t, form[1] == '-' ? "=" : "+");
    text_put(t, "[");
    put_quoted(t, o->help[language], "'\\''", "[]:\\");
    text_put(t, "]");
    if (kind != NO_VALUE) text_put(t, ":"), put_quoted(t, o->argument, "'\\''", "[]:\\");
    if (kind == A_FILE) text_put(t, ":_files");
    if (kind == ANYTHING) text_put(t, ": ");
    if (kind == A_NAME) text_put(t, ":("), put_names(t, o), text_put(t, ")");
    if (kind == SOME_NAMES) {
        text_printf(t, ": _values -s , %s ", o->name);
        put_names(t, o);
    }
    text_put(t, "'\n");
}

static void zsh_options(text *t, size_t command, qw_language language) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_info *o = &option_table[i];
        char form[40] = {'-', o->letter, '\0'};
        if (!knows(o, command)) continue;
        if (o->letter) zsh_form(t, o, form, language);
        snprintf(form, sizeof form, "--%s", o->name);
        zsh_form(t, o, form, language);
    }
}

static void zsh_language(text *t, qw_language language) {
    text_put(t, "    commands=(\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text_printf(t, "        '%s:", command_table[i].name);
        put_quoted(t, command_table[i].help[language], "'\\''", ":\\");
        text_put(t, "'\n");
    }
    text_put(t, "    )\n    case $command in\n");
    for (size_t i = 0; i <= COMMAND_COUNT; i++) {
        text_printf(t, "    %s) options=(\n", i < COMMAND_COUNT ? command_table[i].name : "*");
        zsh_options(t, i, language);
        text_put(t, "    ) ;;\n");
    }
    text_put(t, "    esac\n");
}

static void put_zsh(text *t) {
    text_put(t, "#compdef qingwen\n"
                "# Completions of qingwen for zsh.\n"
                "_qingwen_english() {\n");
    zsh_language(t, QW_ENGLISH);
    text_put(t, "}\n_qingwen_chinese() {\n");
    zsh_language(t, QW_CHINESE);
    text_put(t, "}\n"
                "_qingwen() {\n"
                "    local command word\n"
                "    local -a commands options\n"
                "    for word in ${words[2,CURRENT-1]}; do\n"
                "        case $word in\n        ");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        text_printf(t, "%s%s", i ? "|" : "", command_table[i].name);
    text_put(t, ") command=$word; break ;;\n"
                "        esac\n"
                "    done\n"
                "    case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in\n"
                "    zh*) _qingwen_chinese ;;\n"
                "    *) _qingwen_english ;;\n"
                "    esac\n"
                "    _arguments -s -S $options '1:command:{_describe command commands}' "
                "'*:input:_files'\n"
                "}\n"
                "_qingwen \"$@\"\n");
}

/* ---- fish ------------------------------------------------------------------------------------ */

static void fish_option(text *t, const option_info *o, qw_language language) {
    value_kind kind = kind_of(o);
    text_put(t, "    complete -c qingwen");
    if (o->commands != ~0u) {
        text_put(t, " -n '__fish_seen_subcommand_from");
        for (size_t i = 0; i < COMMAND_COUNT; i++)
            if (knows(o, i)) text_printf(t, " %s", command_table[i].name);
        text_put(t, "'");
    }
    if (o->letter) text_printf(t, " -s %c", o->letter);
    text_printf(t, " -l %s", o->name);
    if (kind == A_FILE) text_put(t, " -rF");
    if (kind != A_FILE && kind != NO_VALUE) text_put(t, " -x");
    if (kind == A_NAME) text_put(t, " -a '"), put_names(t, o), text_put(t, "'");
    if (kind == SOME_NAMES) {
        text_put(t, " -a '(__fish_append , ");
        put_names(t, o);
        text_put(t, ")'");
    }
    text_put(t, " -d '");
    put_quoted(t, o->help[language], "\\'", "\\");
    text_put(t, "'\n");
}

static void fish_language(text *t, qw_language language) {
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text_printf(t, "    complete -c qingwen -f -n __fish_use_subcommand -a %s -d '",
                    command_table[i].name);
        put_quoted(t, command_table[i].help[language], "\\'", "\\");
        text_put(t, "'\n");
    }
    for (size_t i = 0; i < OPTION_COUNT; i++) fish_option(t, &option_table[i], language);
}

static void put_fish(text *t) {
    text_put(t, "# Completions of qingwen for fish.\n"
                "set -l qingwen_locale $LC_ALL $LC_MESSAGES $LANG ''\n"
                "if string match -q 'zh*' -- $qingwen_locale[1]\n");
    fish_language(t, QW_CHINESE);
    text_put(t, "else\n");
    fish_language(t, QW_ENGLISH);
    text_put(t, "end\n");
}

int main(int argc, char **argv) {
    text t = {0};
    if (argc != 3) return 2;
    if (strcmp(argv[1], "bash") == 0) put_bash(&t);
    if (strcmp(argv[1], "zsh") == 0) put_zsh(&t);
    if (strcmp(argv[1], "fish") == 0) put_fish(&t);
    FILE *file = t.n ? fopen(argv[2], "w") : NULL;
    bool ok = file && !t.failed && fwrite(text_z(&t), 1, t.n, file) == t.n;
    if (file && fclose(file) != 0) ok = false;
    text_free(&t);
    return ok ? 0 : 1;
}

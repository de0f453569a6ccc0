#include "help.h"

#include <string.h>

enum { TEXT_COLUMN = 32, LAST_COLUMN = 96 };

static void pad(text *t, size_t have, size_t want) {
    for (size_t i = have; i < want; i++) text_put(t, " ");
}

/* Goes to the column of texts from what began at byte `before`, on the next line if it is long. */
static void go_to_text(text *t, size_t before) {
    size_t have = t->n - before;
    if (have >= TEXT_COLUMN) text_put(t, "\n"), have = 0;
    pad(t, have, TEXT_COLUMN);
}

/* Columns that a character takes: two for what is wide (all that we print beyond Latin). */
static size_t character_width(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 1 : 2;
}

static size_t character_bytes(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Bytes of the next piece that is not to be broken: a word, or one wide character. */
static size_t next_piece(const char *p, size_t *width) {
    size_t n = 0;
    *width = 0;
    do {
        size_t wide = character_width((unsigned char)p[n]);
        if (wide == 2 && n > 0) break;
        *width += wide;
        n += character_bytes((unsigned char)p[n]);
        if (wide == 2) break;
    } while (p[n] && p[n] != ' ');
    while (p[n] == ' ') n++, *width += 1;
    return n;
}

/* Adds p, broken into lines that start at a column; the first one stands there already. */
static void put_wrapped(text *t, const char *p, size_t start) {
    size_t column = start, width;
    for (size_t n; *p; p += n) {
        n = next_piece(p, &width);
        if (column + width > LAST_COLUMN) {
            while (t->n && t->p[t->n - 1] == ' ') t->n--;
            text_put(t, "\n");
            pad(t, 0, start);
            column = start;
        }
        text_add(t, p, n);
        column += width;
    }
    text_put(t, "\n");
}

static void put_sentence(text *t, qw_language language, say_id id) {
    text words = {0};
    say(&words, language, id, NO_WORDS);
    put_wrapped(t, text_z(&words), 0);
    text_free(&words);
}

static void put_option(text *t, const option_info *o, qw_language language) {
    size_t before = t->n;
    if (o->letter)
        text_printf(t, "  -%c, --%s", o->letter, o->name);
    else
        text_printf(t, "      --%s", o->name);
    if (o->argument) text_printf(t, "%s%s", *o->argument == '[' ? "" : " ", o->argument);
    go_to_text(t, before);
    put_wrapped(t, o->help[language], TEXT_COLUMN);
}

static void put_options(text *t, unsigned commands, bool common, qw_language language) {
    say(t, language, SAY_OPTIONS, NO_WORDS);
    text_put(t, "\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_info *o = &option_table[i];
        if ((o->commands & commands) == 0) continue;
        if (!common || o->commands == ~0u) put_option(t, o, language);
    }
}

static void put_command(text *t, const command_info *c, qw_language language) {
    size_t before = t->n;
    text_printf(t, "  %s %s", c->name, c->arguments);
    go_to_text(t, before);
    put_wrapped(t, c->help[language], TEXT_COLUMN);
}

static void help_program(text *t, qw_language language) {
    say(t, language, SAY_USAGE, NO_WORDS);
    text_put(t, "qingwen COMMAND [OPTION...] [INPUT...]\nqingwen (清文) ");
    text_printf(t, "%s: ", qw_version());
    put_sentence(t, language, SAY_TITLE);
    text_put(t, "\n");
    put_sentence(t, language, SAY_COMMANDS);
    for (size_t i = 0; i < COMMAND_COUNT; i++) put_command(t, &command_table[i], language);
    text_put(t, "\n");
    put_options(t, ~0u, true, language);
    text_put(t, "\n");
    put_sentence(t, language, SAY_HELP_INPUT);
    put_sentence(t, language, SAY_HELP_CODES);
    put_sentence(t, language, SAY_HELP_MORE);
}

void help_text(text *t, command_id command, qw_language language) {
    if (command == COMMAND_COUNT) {
        help_program(t, language);
        return;
    }
    const command_info *c = &command_table[command];
    say(t, language, SAY_USAGE, NO_WORDS);
    text_printf(t, "qingwen %s %s%s[OPTION...]\n%s\n\n", c->name, c->arguments,
                *c->arguments ? " " : "", c->help[language]);
    put_options(t, 1u << command, false, language);
    if (!strstr(c->arguments, "INPUT")) return;
    text_put(t, "\n");
    put_sentence(t, language, SAY_HELP_INPUT);
    put_sentence(t, language, SAY_HELP_CODES);
}

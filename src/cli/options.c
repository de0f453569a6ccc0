#include "options.h"

#include "limits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define IN(id) (1u << COMMAND_##id)
#define EVERY  (~0u)

const command_info command_table[COMMAND_COUNT] = {
#define COMMAND(id, name, arguments, english, chinese)                                             \
    [COMMAND_##id] = {name, arguments, {english, chinese}},
#include "options.def"
};

const option_info option_table[OPTION_COUNT] = {
#define OPTION(id, letter, name, argument, commands, english, chinese)                             \
    [OPTION_##id] = {letter, name, argument, commands, {english, chinese}},
#include "options.def"
};

/* ---- Names --------------------------------------------------------------------------------- */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Edits (insert, delete, exchange) between two short words; longer than the table: no match. */
static size_t distance(const char *a, const char *b) {
    enum { MOST = 32 };
    size_t row[MOST + 1], n = strlen(a), m = strlen(b);
    if (n > MOST || m > MOST) return MOST;
    for (size_t j = 0; j <= m; j++) row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = least(least(above, row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[m];
}

size_t nearest_name(const char *word, const char *(*name)(size_t i), size_t n) {
    size_t best = n, best_distance = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, name(i));
        if (d < best_distance && d <= (strlen(name(i)) + 2) / 3) best = i, best_distance = d;
    }
    return best;
}

static const char *command_name(size_t i) {
    return command_table[i].name;
}

static const char *option_name(size_t i) {
    return option_table[i].name;
}

static command_id find_command(const char *name) {
    size_t i = 0;
    while (i < COMMAND_COUNT && strcmp(command_table[i].name, name) != 0) i++;
    return (command_id)i;
}

static option_id find_option(const char *name, size_t n) {
    size_t i = 0;
    while (i < OPTION_COUNT &&
           (strlen(option_table[i].name) != n || strncmp(option_table[i].name, name, n) != 0))
        i++;
    return (option_id)i;
}

static option_id find_letter(char letter) {
    size_t i = 0;
    while (i < OPTION_COUNT && option_table[i].letter != letter) i++;
    return (option_id)i;
}

/* ---- Parsing ------------------------------------------------------------------------------- */

/* What one input may take: time for 4 GiB on a slow disk. */
enum { SECONDS_USUAL = 600 };

typedef struct parser {
    options *o;
    char **argv;
    int argc, at;
    text *why;
    bool rest; /* "--" was seen: only inputs follow */
} parser;

static bool wrong(parser *p, say_id id, const char *const *words) {
    say_error(p->why, p->o->language, NULL, id, words);
    return false;
}

static const char *command_word(const options *o) {
    return o->command < COMMAND_COUNT ? command_table[o->command].name : "COMMAND";
}

static bool unknown_option(parser *p, const char *word) {
    const char *name = word + strspn(word, "-");
    char plain[40] = "";
    size_t n = strcspn(name, "=");
    if (n < sizeof plain) memcpy(plain, name, n), plain[n] = '\0';
    size_t near = nearest_name(plain, option_name, OPTION_COUNT);
    if (near == OPTION_COUNT || word[1] != '-')
        return wrong(p, SAY_UNKNOWN_OPTION, WORDS(word, command_word(p->o)));
    char offer[40] = "--";
    strncat(offer, option_table[near].name, sizeof offer - 3);
    return wrong(p, SAY_UNKNOWN_OPTION_NEAR, WORDS(word, offer));
}

static bool bad_value(parser *p, option_id id, const char *value, const char *takes) {
    char name[40] = "--";
    strncat(name, option_table[id].name, sizeof name - 3);
    return wrong(p, SAY_BAD_VALUE, WORDS(name, value, takes));
}

static bool one_of(const char *word, const char *choices) {
    size_t n = strlen(word);
    for (const char *c = choices; *c; c += strcspn(c, "|"), c += *c == '|')
        if (strcspn(c, "|") == n && strncmp(c, word, n) == 0) return true;
    return false;
}

static bool set_number(parser *p, option_id id, const char *value, size_t low, size_t high,
                       const char *takes, size_t *number) {
    char *end;
    unsigned long n = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || n < low || n > high)
        return bad_value(p, id, value, takes);
    *number = n;
    return true;
}

/* A number of bytes, with K, M or G after it or not. */
static bool set_bytes(parser *p, option_id id, const char *value, size_t *number) {
    static const char units[] = "KMG";
    char *end;
    unsigned long long n = strtoull(value, &end, 10);
    const char *unit = *end && !end[1] ? strchr(units, *end) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    if (*value < '0' || *value > '9' || (*end && !unit) || n == 0 || n > SIZE_MAX >> shift)
        return bad_value(p, id, value, option_table[id].argument);
    *number = (size_t)n << shift;
    return true;
}

static bool add_glob(parser *p, globs *to, const char *value) {
    return globs_add(to, value, strlen(value)) || wrong(p, SAY_OUT_OF_MEMORY, NO_WORDS);
}

/* Backups of an earlier run are no inputs of this one. */
static bool set_in_place(parser *p, const char *value) {
    text pattern = {0};
    options *o = p->o;
    o->backup = *value ? value : ".bak";
    if (strchr(o->backup, '/')) return bad_value(p, OPTION_IN_PLACE, value, "SUFFIX");
    text_put(&pattern, "*");
    for (const char *c = o->backup; *c; c++) {
        if (strchr("*?[\\", *c)) text_put(&pattern, "\\");
        text_add(&pattern, c, 1);
    }
    bool ok = !pattern.failed && add_glob(p, &o->exclude, text_z(&pattern));
    text_free(&pattern);
    return ok || wrong(p, SAY_OUT_OF_MEMORY, NO_WORDS);
}

/* The words of --on-undecodable begin with different letters; set() checks them. */
qw_undecodable undecodable_asked(const options *o) {
    const char *word = o->value[OPTION_ON_UNDECODABLE];
    if (option_given(o, OPTION_STRICT) || (word && *word == 'f')) return QW_FAIL_UNDECODABLE;
    return word && *word == 'h' ? QW_HEX_UNDECODABLE : QW_MARK_UNDECODABLE;
}

static bool set(parser *p, option_id id, const char *value) {
    options *o = p->o;
    o->value[id] = value;
    switch (id) {
    case OPTION_RULES: o->rules[o->nrules++] = value; return true;
    case OPTION_JOBS: return set_number(p, id, value, 1, 1024, "1 … 1024", &o->jobs);
    case OPTION_CHUNK: return set_number(p, id, value, 64, 1 << 30, "64 … 1073741824", &o->chunk);
    case OPTION_IN_PLACE: return set_in_place(p, value);
    case OPTION_INCLUDE: return add_glob(p, &o->include, value);
    case OPTION_EXCLUDE: return add_glob(p, &o->exclude, value);
    case OPTION_MAX_TIME: return set_number(p, id, value, 0, 1000000, "0 … 1000000", &o->seconds);
    case OPTION_MAX_RECORD: return set_bytes(p, id, value, &o->record);
    case OPTION_MAX_MEMORY: return set_bytes(p, id, value, &o->memory);
    case OPTION_LIMIT:
        return limits_parse(value, &o->limits) || bad_value(p, id, value, limits_takes);
    case OPTION_QUIET: o->volume = -1; return true;
    case OPTION_VERBOSE: o->volume = 1; return true;
    case OPTION_FORMAT:
    case OPTION_PROGRESS:
    case OPTION_REVISIONS:
    case OPTION_FORMULAS:
    case OPTION_ON_UNDECODABLE:
    case OPTION_TO_ARCHIVE:
    case OPTION_OTHERS:
    case OPTION_LANG:
        if (!one_of(value, option_table[id].argument))
            return bad_value(p, id, value, option_table[id].argument);
        if (id == OPTION_LANG) o->language = *value == 'z' ? QW_CHINESE : QW_ENGLISH;
        return true;
    default: return true;
    }
}

/* Sets an option that takes an argument, which is the next word when `value` is NULL. */
static bool set_argument(parser *p, option_id id, const char *shown, const char *value) {
    const char *argument = option_table[id].argument;
    if (!value && p->at + 1 < p->argc) value = p->argv[++p->at];
    if (!value || !*value) return wrong(p, SAY_NEEDS_ARGUMENT, WORDS(shown, argument));
    return set(p, id, value);
}

static bool parse_long(parser *p, const char *word) {
    size_t n = strcspn(word + 2, "=");
    const char *value = word[2 + n] ? word + 3 + n : NULL;
    option_id id = find_option(word + 2, n);
    if (id == OPTION_COUNT) return unknown_option(p, word);
    char shown[40] = "--";
    strncat(shown, option_table[id].name, sizeof shown - 3);
    const char *argument = option_table[id].argument;
    if (argument && *argument != '[') return set_argument(p, id, shown, value);
    if (argument && value && !*value) return wrong(p, SAY_NEEDS_ARGUMENT, WORDS(shown, argument));
    if (value && !argument) return wrong(p, SAY_NO_ARGUMENT, WORDS(shown, value));
    return set(p, id, value ? value : "");
}

/* -qv, -j4, -j 4 */
static bool parse_letters(parser *p, const char *word) {
    for (const char *c = word + 1; *c; c++) {
        char shown[3] = {'-', *c, '\0'};
        option_id id = find_letter(*c);
        if (id == OPTION_COUNT) return unknown_option(p, word);
        if (option_table[id].argument) return set_argument(p, id, shown, c[1] ? c + 1 : NULL);
        if (!set(p, id, "")) return false;
    }
    return true;
}

static bool unknown_command(parser *p, const char *word) {
    size_t near = nearest_name(word, command_name, COMMAND_COUNT);
    if (access(word, F_OK) == 0) return wrong(p, SAY_FILE_NO_COMMAND, WORDS(word));
    if (near == COMMAND_COUNT) return wrong(p, SAY_UNKNOWN_COMMAND, WORDS(word));
    return wrong(p, SAY_UNKNOWN_COMMAND_NEAR, WORDS(word, command_name(near)));
}

static bool parse_word(parser *p, const char *word) {
    options *o = p->o;
    if (o->command < COMMAND_COUNT || p->rest) {
        o->inputs[o->ninputs++] = word;
        return true;
    }
    if (strcmp(word, "help") == 0) { /* `help clean` is `clean --help` */
        o->value[OPTION_HELP] = "";
        return true;
    }
    o->command = find_command(word);
    return o->command < COMMAND_COUNT || unknown_command(p, word);
}

static bool parse_one(parser *p) {
    const char *word = p->argv[p->at];
    if (p->rest || word[0] != '-' || word[1] == '\0') return parse_word(p, word);
    if (strcmp(word, "--") == 0) return p->rest = true;
    return word[1] == '-' ? parse_long(p, word) : parse_letters(p, word);
}

static bool check_options_fit(parser *p) {
    const options *o = p->o;
    for (size_t i = 0; i < OPTION_COUNT && o->command < COMMAND_COUNT; i++) {
        if (!o->value[i] || option_table[i].commands & (1u << o->command)) continue;
        char shown[40] = "--";
        strncat(shown, option_table[i].name, sizeof shown - 3);
        return wrong(p, SAY_FOREIGN_OPTION, WORDS(shown, command_table[o->command].name));
    }
    return true;
}

/* --lang counts for every message, also for those before it. */
static void find_language(options *o, int argc, char **argv) {
    o->language = say_locale();
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0) value = argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) value = argv[i + 1];
        if (value && strcmp(value, "zh") == 0) o->language = QW_CHINESE;
        if (value && strcmp(value, "en") == 0) o->language = QW_ENGLISH;
    }
}

bool options_parse(options *o, int argc, char **argv, text *why) {
    *o = (options){.command = COMMAND_COUNT, .seconds = SECONDS_USUAL};
    parser p = {.o = o, .argv = argv, .argc = argc, .at = 1, .why = why};
    find_language(o, argc, argv);
    o->inputs = calloc((size_t)argc + 1, sizeof *o->inputs);
    o->rules = calloc((size_t)argc + 1, sizeof *o->rules);
    if (!o->inputs || !o->rules) return wrong(&p, SAY_OUT_OF_MEMORY, NO_WORDS);
    for (; p.at < argc; p.at++)
        if (!parse_one(&p)) return false;
    return option_given(o, OPTION_HELP) || check_options_fit(&p);
}

void options_free(options *o) {
    free(o->inputs);
    free(o->rules);
    globs_free(&o->include);
    globs_free(&o->exclude);
}

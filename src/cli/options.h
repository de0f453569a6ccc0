/* options: the command line, taken apart by the tables of options.def. */
#ifndef QW_CLI_OPTIONS_H
#define QW_CLI_OPTIONS_H

#include "input/globs.h"
#include "say.h"

typedef enum command_id {
#define COMMAND(id, name, arguments, english, chinese) COMMAND_##id,
#include "options.def"
    COMMAND_COUNT
} command_id;

typedef enum option_id {
#define OPTION(id, letter, name, argument, commands, english, chinese) OPTION_##id,
#include "options.def"
    OPTION_COUNT
} option_id;

typedef struct command_info {
    const char *name, *arguments;
    const char *help[QW_LANGUAGES];
} command_info;

typedef struct option_info {
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* NULL: a flag; "[=…]": it need not be given, and only after "=" */
    unsigned commands;    /* bit 1 << command_id */
    const char *help[QW_LANGUAGES];
} option_info;

extern const command_info command_table[COMMAND_COUNT];
extern const option_info option_table[OPTION_COUNT];

/* A command line. Strings are those of argv. */
typedef struct options {
    command_id command;              /* COMMAND_COUNT: none was given */
    const char *value[OPTION_COUNT]; /* the last one given; "" for a flag; NULL: not given */
    const char **rules;              /* every --rules */
    size_t nrules;
    const char *backup;     /* what --in-place adds to names; NULL: not given */
    globs include, exclude; /* every one given */
    const char **inputs;    /* the other words */
    size_t ninputs;
    size_t jobs;    /* 0: not given */
    size_t chunk;   /* likewise */
    size_t seconds; /* --max-time */
    size_t record;  /* bytes of --max-record; 0: not given */
    size_t memory;  /* bytes of --max-memory; 0: not given */
    qw_limits limits;
    qw_language language;
    int volume; /* -1 quiet, 0, 1 verbose */
} options;

/* Takes argv apart. On failure a message is in *why, and language and volume are set as far as they
 * were known. Free with options_free() in either case. */
bool options_parse(options *o, int argc, char **argv, text *why);
void options_free(options *o);

/* What --strict and --on-undecodable ask for. */
qw_undecodable undecodable_asked(const options *o);

static inline bool option_given(const options *o, option_id id) {
    return o->value[id] != NULL;
}

/* The word nearest to the one given, for "did you mean": the index below n of a name that differs
 * in at most a third of its letters, or n. */
size_t nearest_name(const char *word, const char *(*name)(size_t i), size_t n);

#endif

/* state: what a run knows of its inputs and outputs, in a small SQLite database in the folder that
 * output goes to (docs/STATE.md has its tables). By it a run that is started again does only what
 * is new, changed or failed, and an output is replaced only when this program wrote it for the same
 * input and nobody has changed it since.
 *
 * Entries are put in first and committed together; only then do their outputs get their names. So
 * whatever moment a run is killed at, each file that has its name is known, with what stood there
 * before. An entry whose output did not get its name is noticed by the time the output was written,
 * which is no other file's. Only the process that opened a state uses it. */
#ifndef QW_CLI_STATE_H
#define QW_CLI_STATE_H

#include "state/facts.h"

#include <sys/types.h>

typedef struct state state;

typedef enum state_status {
    STATE_DONE,
    STATE_FAILED,
    STATE_SKIPPED, /* no document */
    STATE_OTHER,   /* no input: a report, or what was put back */
} state_status;

typedef struct state_output {
    char *name; /* relative to the folder */
    uint64_t size, digest;
    int64_t written; /* its time of modification, in nanoseconds since 1970 */
    bool current;    /* of the last work on the input; older ones are remembered */
    bool replaced;   /* another one of ours stood there before: */
    uint64_t was_size, was_digest;
} state_output;

/* What is known of an input from earlier work on it. */
typedef struct known {
    int64_t row; /* 0: nothing */
    state_status status;
    uint64_t size, digest, work;
    int64_t modified;
    uint64_t undecodable;
    bool has_report;
    bool same; /* resume.c: the same would be done with it, and its outputs stand */
    state_output *outputs;
    size_t noutputs;
} known;

void known_free(known *k);
void known_pack(text *t, const known *k);
bool known_unpack(unpacker *u, known *k); /* false when memory was out */

/* The output of that name; NULL: it is not known. */
const state_output *known_find(const known *k, const char *name);

/* Whether the output has been written with this size and digest, now or before. */
bool known_holds(const state_output *o, uint64_t size, uint64_t digest);

/* What is to be remembered of the work on an input. The input is named by its path and by what its
 * output is called, so that one input may have outputs in several places. */
typedef struct state_entry {
    const char *path;  /* absolute */
    const char *name;  /* as walk_item.name, or the name of the one output */
    const char *shown; /* as it was given */
    qw_str place;      /* entries in the order of these bytes are in the order of the inputs */
    state_status status;
    uint64_t size, digest; /* of the input */
    int64_t modified;
    uint64_t work;     /* digest of all that decides what is done with an input */
    qw_str facts;      /* packed; empty: there are none */
    const char *error; /* id; NULL: none */
    const char *why[QW_LANGUAGES];
    const state_output *outputs;
    size_t noutputs;
    const text *report; /* its records; NULL: none were asked for */
    double seconds;     /* of work */
    bool unless_there;  /* an entry that is there stays */
} state_entry;

typedef enum state_mode {
    STATE_LOOK,  /* nothing is written */
    STATE_WRITE, /* made when the first entry is put in, with its folder */
    STATE_ANEW,  /* the same; one that cannot be read is replaced */
} state_mode;

/* The state of a folder, which need not exist; `name` is that of the file in it. NULL with errno
 * set: EILSEQ for what is no state of this program's. */
state *state_open(const char *folder, const char *name, state_mode mode);

/* Commits nothing. Leaves one file without companions when nobody else has it open. */
void state_close(state *s);

/* Whether there is anything in it. */
bool state_exists(const state *s);

/* Removes a state that was made since state_open(), with the folder if that was too. */
void state_discard(state *s);

/* What is known of an input; k is zeros when nothing is. False with errno set. */
bool state_find(state *s, const char *path, const char *name, known *k);

/* The stored records of the report; false with errno set. */
bool state_report(state *s, int64_t row, text *t);

/* Puts an entry in the place of an older one. False with errno set: then all entries since the last
 * commit are lost. What is committed outlives this process; when it has been written through to the
 * disk, by state_sync() or with the whole file system, it outlives a power failure. */
bool state_put(state *s, const state_entry *e);
bool state_commit(state *s);
bool state_sync(state *s);

/* What is known of a folder of inputs whose files were all done, or left out. */
typedef struct state_folder {
    uint64_t work;            /* as in state_entry */
    uint64_t inputs, outputs; /* sums of digest_of_entry() over what lay in it, and in its output */
    uint64_t items;           /* how many inputs that were; of these … */
    uint64_t left_out, undecoded;
} state_folder;

/* False when nothing is known. */
bool state_find_folder(state *s, const char *path, state_folder *f);

/* Puts it in the place of what was known. False with errno set, as state_put(). */
bool state_put_folder(state *s, const char *path, const state_folder *f);

/* Whether it lies on this file system. */
bool state_lies_on(const state *s, dev_t device);

/* Notes something about the run, by name; overwrites. Counts as an entry. */
bool state_note(state *s, const char *key, const char *value);

/* Adds what was noted; false when nothing was. */
bool state_noted(state *s, const char *key, text *t);

/* An unchanged input was written anew, with the same bytes. */
bool state_touch(state *s, int64_t row, int64_t modified);

#define STATE_NAME ".qingwen.db"

/* The tables, for what makes states of states. */
extern const char state_schema[];

/* One that only this program asks; older states are without. */
extern const char state_folders[];
enum { STATE_VERSION = 1, STATE_APPLICATION = 0x7177656E };

#endif

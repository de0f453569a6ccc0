#include "state/shard.h"

#include "output/digest.h"
#include "state/state.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Numbers ------------------------------------------------------------------------------- */

static bool read_number(const char *p, const char *end, unsigned *n) {
    uint64_t value = 0;
    if (p == end || end - p > 9) return false;
    for (; p < end; p++) {
        if (*p < '0' || *p > '9') return false;
        value = value * 10 + (unsigned)(*p - '0');
    }
    *n = (unsigned)value;
    return true;
}

static bool read_variable(const char *name, unsigned *n) {
    const char *value = getenv(name);
    return value && read_number(value, value + strlen(value), n);
}

/* ---- Schedulers ---------------------------------------------------------------------------- */

/* The task of an array, as its scheduler numbers it. */
typedef struct task {
    unsigned number, first, count; /* count 0: unknown */
} task;

/* A whole array begins at 0 or 1 and leaves none out; others are parts that were submitted again.
 */
static bool read_slurm(task *t) {
    unsigned first, last, count;
    if (!read_variable("SLURM_ARRAY_TASK_ID", &t->number)) return false;
    bool whole = read_variable("SLURM_ARRAY_TASK_MIN", &first) && first <= 1 &&
                 read_variable("SLURM_ARRAY_TASK_MAX", &last) &&
                 read_variable("SLURM_ARRAY_TASK_COUNT", &count) && last - first + 1 == count;
    t->first = whole ? first : 0;
    t->count = whole ? count : 0;
    return true;
}

static bool read_task(task *t) {
    *t = (task){0, 0, 0};
    if (read_slurm(t)) return true;
    if (read_variable("AWS_BATCH_JOB_ARRAY_INDEX", &t->number)) {
        read_variable("AWS_BATCH_JOB_ARRAY_SIZE", &t->count);
        return true;
    }
    return read_variable("JOB_COMPLETION_INDEX", &t->number);
}

/* ---- Names of states ----------------------------------------------------------------------- */

void shard_state_name(const shard *s, text *t) {
    if (s->count)
        text_printf(t, ".qingwen-%u-of-%u.db", s->index + 1, s->count);
    else
        text_put(t, STATE_NAME);
}

bool shard_of_state(const char *name, shard *s) {
    int end = 0;
    *s = (shard){0, 0, 1};
    if (strcmp(name, STATE_NAME) == 0) return true;
    if (sscanf(name, ".qingwen-%9u-of-%9u.db%n", &s->index, &s->count, &end) != 2) return false;
    if (end == 0 || name[end] != '\0' || s->index == 0 || s->index > s->count) return false;
    s->index--;
    return s->count <= SHARDS_MOST;
}

/* What the state of an earlier task of the same array tells. States of different arrays tell
 * nothing. */
static void look_at_states(task *t, const char *folder) {
    shard found = {0, 0, 0};
    bool differ = false;
    DIR *d = folder ? opendir(folder) : NULL;
    struct dirent *file;
    while (d && (file = readdir(d))) {
        shard s;
        if (!shard_of_state(file->d_name, &s) || !s.count) continue;
        differ |= found.count && found.count != s.count;
        if (!found.count) s.first = shard_noted_first(folder, file->d_name), found = s;
    }
    if (d) closedir(d);
    if (!found.count || differ || (t->count && t->count != found.count)) return;
    t->count = found.count;
    t->first = found.first;
}

unsigned shard_noted_first(const char *folder, const char *name) {
    state *s = state_open(folder, name, STATE_LOOK);
    text t = {0};
    unsigned first = 1;
    if (s && state_noted(s, "first", &t)) read_number(text_z(&t), text_z(&t) + t.n, &first);
    text_free(&t);
    state_close(s);
    return first;
}

/* ---- The option ---------------------------------------------------------------------------- */

static bool wrong(const char *word, qw_language language, text *why) {
    say_error(why, language, NULL, SAY_BAD_VALUE,
              WORDS("--shard", word, "1/8 … 8/8, auto, auto/8"));
    return false;
}

static bool read_auto(shard *s, const char *word, const char *folder, qw_language language,
                      text *why) {
    task t;
    unsigned count = 0;
    const char *end = word + strlen(word);
    if (word[4] && !(word[4] == '/' && read_number(word + 5, end, &count) && count))
        return wrong(word, language, why);
    if (!read_task(&t)) {
        say_error(why, language, NULL, SAY_NO_ARRAY, NO_WORDS);
        return false;
    }
    if (count && t.count != count) t.count = count, t.first = t.number == count;
    look_at_states(&t, folder);
    if (!t.count || t.count > SHARDS_MOST) {
        say_error(why, language, NULL, SAY_SHARD_COUNT, NO_WORDS);
        return false;
    }
    if (t.number < t.first || t.number - t.first >= t.count) {
        say_error(why, language, NULL, SAY_SHARD_BEYOND, WORDS(NUM(t.number), NUM(t.count)));
        return false;
    }
    *s = (shard){t.number - t.first, t.count, t.first};
    return true;
}

bool shard_read(shard *s, const char *word, const char *folder, qw_language language, text *why) {
    if (strncmp(word, "auto", 4) == 0) return read_auto(s, word, folder, language, why);
    const char *slash = strchr(word, '/');
    unsigned number, count;
    bool ok = slash && read_number(word, slash, &number) &&
              read_number(slash + 1, slash + strlen(slash), &count) && number >= 1 &&
              number <= count && count <= SHARDS_MOST;
    if (!ok) return wrong(word, language, why);
    *s = (shard){number - 1, count, 1};
    return true;
}

bool shard_holds(const shard *s, const char *name) {
    return s->count <= 1 || digest_of(name, strlen(name)) % s->count == s->index;
}

void shard_list_missing(text *t, const bool *there, unsigned count, unsigned first) {
    const char *comma = "";
    for (unsigned i = 0; i < count; i++) {
        if (there[i]) continue;
        unsigned last = i;
        while (last + 1 < count && !there[last + 1]) last++;
        text_printf(t, "%s%u", comma, first + i);
        if (last > i) text_printf(t, "-%u", first + last);
        comma = ",";
        i = last;
    }
}

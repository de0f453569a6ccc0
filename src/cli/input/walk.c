#include "input/walk.h"

#include "input/level.h"
#include "input/load.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
    level *levels;
    size_t depth, cap;
    uint64_t folders; /* that were listed */
    bool several;     /* more than one input: folders go under their own names */
    walk_rules rules;
    struct {
        const char *path;
        bool known; /* it was there when we last looked: */
        dev_t device;
        ino_t number;
    } skips[WALK_SKIPS];
    bool failed;
};

/* ---- Levels -------------------------------------------------------------------------------- */

static level *push(walk *w) {
    if (w->depth == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 8;
        level *p = realloc(w->levels, cap * sizeof *p);
        if (!p) return NULL;
        w->levels = p;
        w->cap = cap;
    }
    level *l = &w->levels[w->depth++];
    *l = (level){0};
    return l;
}

/* Looks where the output folder and the report are. */
static void look_for_skips(walk *w) {
    struct stat info;
    for (size_t i = 0; i < WALK_SKIPS; i++) {
        if (!w->skips[i].path || stat(w->skips[i].path, &info) != 0) continue;
        w->skips[i].known = true;
        w->skips[i].device = info.st_dev;
        w->skips[i].number = info.st_ino;
    }
}

/* What was not there when we last looked may have come into being since, by a worker, and be the
 * very entry that was just read. */
static bool is_skipped(walk *w, const struct stat *info) {
    bool unknown = false;
    for (size_t i = 0; i < WALK_SKIPS; i++) unknown |= w->skips[i].path && !w->skips[i].known;
    if (unknown) look_for_skips(w);
    for (size_t i = 0; i < WALK_SKIPS; i++)
        if (w->skips[i].known && info->st_dev == w->skips[i].device &&
            info->st_ino == w->skips[i].number)
            return true;
    return false;
}

static enum entry_kind kind_of(const struct stat *info) {
    if (S_ISREG(info->st_mode)) return ENTRY_FILE;
    if (S_ISDIR(info->st_mode)) return ENTRY_FOLDER;
    return S_ISLNK(info->st_mode) ? ENTRY_LINK : ENTRY_OTHER;
}

static bool is_passed_over(const char *name) {
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

/* ---- Patterns ------------------------------------------------------------------------------ */

#define IGNORE_FILE ".qingwenignore"

/* Reads the list of what is to be left out of a folder, if there is one. */
static bool read_ignored(level *l, int *error) {
    struct stat info;
    loaded list = {0};
    say_id what;
    char *path = path_join(l->path, IGNORE_FILE);
    bool ok = path != NULL;
    if (ok && lstat(path, &info) == 0 && S_ISREG(info.st_mode))
        ok = load(&list, path, &what, error) && globs_add_lines(&l->ignored, list.p, list.n);
    load_free(&list);
    free(path);
    return ok;
}

/* `path` as it is seen from a level that it lies below. */
static const char *seen_from(const level *l, const char *path) {
    path += strlen(l->path);
    return path + strspn(path, "/");
}

/* The list nearest to the entry that says something decides; those of the command line before. */
static bool is_left_out(const walk *w, const char *path, enum entry_kind kind) {
    bool folder = kind == ENTRY_FOLDER;
    const char *from_input = seen_from(&w->levels[1], path);
    const walk_rules *rules = &w->rules;
    if (rules->exclude && globs_ask(rules->exclude, from_input, folder) == GLOBS_MATCH) return true;
    if (rules->include && rules->include->n && !folder &&
        globs_ask(rules->include, from_input, folder) != GLOBS_MATCH)
        return true;
    for (size_t i = w->depth; i-- > 1;) {
        const level *l = &w->levels[i];
        globs_answer answer = globs_ask(&l->ignored, seen_from(l, path), folder);
        if (answer != GLOBS_NOTHING) return answer == GLOBS_MATCH;
    }
    return false;
}

static bool has_patterns(const walk *w) {
    bool any =
        (w->rules.include && w->rules.include->n) || (w->rules.exclude && w->rules.exclude->n);
    for (size_t i = 1; i < w->depth && !any; i++) any = w->levels[i].ignored.n > 0;
    return any;
}

static bool apply_patterns(const walk *w, level *l) {
    if (!has_patterns(w)) return true;
    for (size_t i = 0; i < l->n; i++) {
        char *path = path_join(l->path, l->entries[i].is.name);
        if (!path) return false;
        if (is_left_out(w, path, l->entries[i].kind)) l->entries[i].kind = ENTRY_LEFT_OUT;
        free(path);
    }
    return true;
}

/* ---- Folders ------------------------------------------------------------------------------- */

static bool read_entry(walk *w, level *l, DIR *folder, const char *name) {
    struct stat info;
    if (is_passed_over(name)) return true;
    bool there = fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && is_skipped(w, &info)) return true;
    return level_add(l, name, there ? kind_of(&info) : ENTRY_FILE, there ? &info : NULL);
}

static bool read_entries(walk *w, level *l, int *error) {
    DIR *folder = opendir(l->path);
    struct dirent *d = NULL;
    bool ok = folder != NULL;
    *error = ok ? 0 : errno;
    while (ok && (errno = 0, d = readdir(folder))) ok = read_entry(w, l, folder, d->d_name);
    if (ok) *error = errno;
    if (folder) closedir(folder);
    return ok && !*error;
}

/* Whether all files in a folder are to be passed over. */
static bool is_done(walk *w, level *l) {
    l->number = ++w->folders;
    if (!w->rules.is_done) return false;
    walk_folder sum = level_sum(l);
    return w->rules.is_done(w->rules.self, &sum);
}

/* Reads the names in a folder. False when memory was out, or with *error set. */
static bool list(walk *w, level *l, int *error) {
    if (w->rules.begin) w->rules.begin(w->rules.begin_self, l->whole, l->name);
    look_for_skips(w);
    if (!read_entries(w, l, error) || !read_ignored(l, error)) return false;
    level_settle(l);
    if (!apply_patterns(w, l)) return false;
    if (is_done(w, l)) level_keep_folders(l);
    level_sort(l);
    return level_mark_twins(l) && (!w->rules.fix_names || level_fix_names(l));
}

/* ---- Items --------------------------------------------------------------------------------- */

void walk_item_free(walk_item *item) {
    free(item->path);
    free(item->name);
    free(item->was);
    free(item->how);
    free(item->member.archive);
    free(item->why);
    free(item->whole);
    *item = (walk_item){0};
}

static bool set_skipped(walk_item *item, say_id what) {
    item->kind = WALK_SKIPPED;
    item->what = what;
    return true;
}

static bool set_failed(walk_item *item, say_id what, int error) {
    item->kind = WALK_FAILED;
    item->what = what;
    item->error = error;
    return true;
}

/* The name that a folder of the command line goes under. */
static char *folder_name(const walk *w, const char *path) {
    if (!w->several) return path_join("", "");
    char *whole = realpath(path, NULL), *name = path_base(whole ? whole : path);
    free(whole);
    return name;
}

/* The name of an entry for its output, in place of `base` when that is wrong. */
static bool fix_item(const level *l, char **base, walk_item *item) {
    qw_str name = {NULL, 0}, how = {NULL, 0};
    bool fixed = l->fixed && qw_names_get(l->fixed, l->at - 1, &name, &how) && how.n;
    if (!fixed && !l->was) return true;
    item->was = path_join(l->was ? l->was : l->name, *base);
    item->how = fixed ? path_part(how.p, how.n) : path_join("", item->how ? item->how : "");
    if (!fixed) return item->was && item->how;
    char *better = path_part(name.p, name.n);
    for (char *p = better; p && *p; p++)
        if (*p == '/' || (unsigned char)*p < ' ') *p = '_';
    free(*base);
    *base = better;
    return better && item->was && item->how;
}

/* Goes down into the folder that the item names. True when an item is to be handed out: the folder
 * could not be listed. */
static bool enter(walk *w, walk_item *item) {
    int error = 0;
    level *l = push(w);
    if (!l) return w->failed = true, false;
    l->path = item->path;
    l->name = item->named ? folder_name(w, item->path) : path_join("", item->name);
    l->was = item->was;
    item->was = NULL;
    item->path = NULL;
    l->whole = item->whole;
    item->whole = NULL;
    bool ok = l->name && list(w, l, &error);
    if (ok) return false;
    w->depth--;
    item->path = path_join("", l->path);
    level_free(l);
    if (!error || !item->path) return w->failed = true, false;
    return set_failed(item, SAY_CANNOT_LIST, error);
}

/* Where an input really is. What is not there, and stdin, is where it was said to be. */
static char *whole_path(const level *l, const char *name, const char *path) {
    if (l->whole) return path_join(l->whole, name);
    char *whole = strcmp(path, "-") == 0 ? NULL : realpath(path, NULL);
    return whole ? whole : path_join("", path);
}

static bool name_item(walk *w, const level *l, const entry *e, walk_item *item) {
    const char *name = e->is.name;
    bool standard_input = w->depth == 1 && strcmp(name, "-") == 0;
    item->named = w->depth == 1;
    item->path = path_join(l->path, name);
    item->whole = item->path ? whole_path(l, name, item->path) : NULL;
    char *base = path_base(standard_input ? "stdin" : name);
    bool fixed = base && fix_item(l, &base, item);
    item->name = fixed ? path_join(l->name, base) : NULL;
    item->twin = e->twin;
    item->size = e->size;
    item->modified = e->modified;
    item->argument = (uint32_t)w->levels[0].at - 1;
    item->folder = l->number;
    free(base);
    return item->path && item->name && item->whole;
}

/* Makes an item of an entry. True when it is to be handed out. */
static bool visit(walk *w, walk_item *item) {
    level *l = &w->levels[w->depth - 1];
    const entry *e = &l->entries[l->at++];
    walk_item_free(item);
    if (!name_item(w, l, e, item)) return w->failed = true, false;
    switch ((enum entry_kind)e->kind) {
    case ENTRY_FOLDER: return enter(w, item);
    case ENTRY_LINK: return set_skipped(item, SAY_SKIPPED_LINK);
    case ENTRY_OTHER: return set_skipped(item, SAY_SKIPPED_KIND);
    case ENTRY_LEFT_OUT: return set_skipped(item, SAY_SKIPPED_PATTERN);
    case ENTRY_MISSING: /* opening it will say why */
    case ENTRY_FILE: break;
    }
    item->kind = WALK_FILE;
    return true;
}

bool walk_next(walk *w, walk_item *item) {
    while (w->depth > 0 && !w->failed) {
        level *l = &w->levels[w->depth - 1];
        if (l->at == l->n) {
            level_free(l);
            w->depth--;
        } else if (visit(w, item))
            return true;
    }
    return false;
}

/* ---- The command line ---------------------------------------------------------------------- */

static bool add_input(level *l, const char *path) {
    struct stat info;
    if (strcmp(path, "-") == 0) return level_add(l, path, ENTRY_FILE, NULL);
    if (stat(path, &info) != 0) return level_add(l, path, ENTRY_MISSING, NULL);
    return level_add(l, path, S_ISDIR(info.st_mode) ? ENTRY_FOLDER : ENTRY_FILE, &info);
}

static bool list_inputs(walk *w, const char *const *inputs, size_t n) {
    level *l = push(w);
    if (!l) return false;
    l->path = path_join("", "");
    l->name = path_join("", "");
    bool ok = l->path && l->name;
    for (size_t i = 0; i < n && ok; i++) ok = add_input(l, inputs[i]);
    level_settle(l);
    return ok && level_mark_twins(l);
}

walk *walk_new(const char *const *inputs, size_t n, const walk_rules *rules) {
    walk *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->several = n > 1;
    w->rules = *rules;
    for (size_t i = 0; i < WALK_SKIPS; i++) w->skips[i].path = rules->skip[i];
    if (list_inputs(w, inputs, n)) return w;
    walk_free(w);
    return NULL;
}

void walk_free(walk *w) {
    if (!w) return;
    while (w->depth > 0) level_free(&w->levels[--w->depth]);
    free(w->levels);
    free(w);
}

bool walk_failed(const walk *w) {
    return w->failed;
}

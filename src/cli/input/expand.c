#include "input/expand.h"

#include "path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* An archive whose members come next. */
typedef struct level {
    member at;  /* of its members; the last number is that of the next one */
    char *path; /* to show */
    char *name; /* relative to the output folder; "" for that itself */
    char *whole;
    bool *twins; /* of the members: another one differs in extension alone */
    size_t n;
} level;

struct expand {
    const expand_rules *rules;
    members archives;
    level levels[MEMBER_DEPTH];
    size_t depth;
    walk_item outer;         /* the archive on the disk that the levels are of, … */
    char *file;              /* … and what is opened for it */
    uint64_t members, bytes; /* that it was found to hold so far, with all that lies in it */
    bool failed;
};

expand *expand_new(const expand_rules *rules) {
    expand *e = calloc(1, sizeof *e);
    if (!e) return NULL;
    e->rules = rules;
    e->archives.options = &rules->archives;
    return e;
}

static void level_free(level *l) {
    free(l->path);
    free(l->name);
    free(l->whole);
    free(l->twins);
    *l = (level){.path = NULL};
}

static void forget_file(expand *e) {
    members_close(&e->archives);
    walk_item_free(&e->outer);
    free(e->file);
    e->file = NULL;
}

static void leave(expand *e) {
    level_free(&e->levels[--e->depth]);
    if (e->depth == 0) forget_file(e);
}

void expand_free(expand *e) {
    if (!e) return;
    while (e->depth > 0) leave(e);
    forget_file(e);
    free(e);
}

bool expand_failed(const expand *e) {
    return e->failed;
}

/* ---- Twins --------------------------------------------------------------------------------- */

typedef struct stem {
    const char *name;
    size_t n;
    bool archive;
    size_t member;
} stem;

static int by_stem(const void *a, const void *b) {
    const stem *x = a, *y = b;
    int order = memcmp(x->name, y->name, x->n < y->n ? x->n : y->n);
    if (order) return order;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->archive != y->archive) return x->archive ? 1 : -1;
    return x->member < y->member ? -1 : x->member > y->member;
}

static bool is_same(const stem *a, const stem *b) {
    return a->n == b->n && a->archive == b->archive && memcmp(a->name, b->name, a->n) == 0;
}

/* Marks the members whose outputs would get the same name. */
static bool mark_twins(level *l, const qw_archive *a) {
    stem *stems = calloc(l->n + 1, sizeof *stems);
    l->twins = calloc(l->n + 1, sizeof *l->twins);
    qw_member m;
    size_t n = 0;
    for (size_t i = 0; stems && qw_archive_member(a, i, &m, NULL); i++) {
        bool archive = is_archive_name(m.name);
        if (m.kind != QW_MEMBER_FILE) continue;
        stems[n++] = (stem){m.name, archive ? archive_stem(m.name) : path_stem(m.name), archive, i};
    }
    if (n) qsort(stems, n, sizeof *stems, by_stem);
    for (size_t i = 1; i < n && l->twins; i++)
        if (is_same(&stems[i - 1], &stems[i]))
            l->twins[stems[i - 1].member] = l->twins[stems[i].member] = true;
    free(stems);
    return stems && l->twins;
}

/* Whether there is something beside a file whose output would get the name of the file without its
 * extension. */
static bool has_twin(const char *path) {
    static const char *const others[] = {"",     ".zip",    ".7z",     ".rar",     ".tar",
                                         ".tgz", ".tar.gz", ".tar.xz", ".tar.zst", ".tar.bz2"};
    size_t n = archive_stem(path);
    bool found = false;
    for (size_t i = 0; i < sizeof others / sizeof *others && !found; i++) {
        struct stat info;
        if (strcmp(path + n, others[i]) == 0) continue;
        char *other = malloc(n + strlen(others[i]) + 1);
        if (!other) return true;
        memcpy(other, path, n);
        strcpy(other + n, others[i]);
        found = lstat(other, &info) == 0;
        free(other);
    }
    return found;
}

/* ---- Going in ------------------------------------------------------------------------------ */

static bool give(walk_item *item, say_id what, int error) {
    item->kind = WALK_FAILED;
    item->what = what;
    item->error = error;
    return true;
}

static bool give_error(expand *e, walk_item *item, const qw_error *why) {
    item->kind = WALK_FAILED;
    item->what = SAY_COUNT;
    item->why = malloc(sizeof *why);
    if (!item->why) return e->failed = true, false;
    *item->why = *why;
    return true;
}

static bool is_error(const qw_error *why, const char *id) {
    return why->id && strcmp(why->id, id) == 0;
}

static bool is_standard(const walk_item *item) {
    return strcmp(item->path, "-") == 0;
}

/* What is broken is an archive if it is called one. */
static bool is_called_archive(const walk_item *item) {
    return is_standard(item) || is_archive_name(item->path);
}

/* Counts what an archive holds towards what the outermost one may. */
static bool count_members(expand *e, const qw_archive *a, size_t *n) {
    qw_member m;
    for (*n = 0; qw_archive_member(a, *n, &m, NULL); ++*n) {
        e->members++;
        e->bytes += m.sized && m.kind == QW_MEMBER_FILE ? m.size : 0;
    }
    return e->members <= e->rules->archives.max_members && e->bytes <= e->rules->archives.max_total;
}

/* The name of the folder that the members go into. */
static char *folder_name(const expand *e, const qw_archive *a, const walk_item *item) {
    const char *slash = strrchr(item->name, '/');
    size_t folder = slash ? (size_t)(slash - item->name) : 0;
    if (qw_archive_is_single(a)) return path_part(item->name, folder);
    if (item->named && e->rules->bare) return path_join("", "");
    if (is_standard(item)) return path_join("", item->name);
    bool twin = e->depth ? item->twin : has_twin(item->path);
    return path_part(item->name, twin ? strlen(item->name) : archive_stem(item->name));
}

/* Makes the members of the archive that the item is come next. */
static bool fill_level(expand *e, level *l, const qw_archive *a, const walk_item *item) {
    l->path = path_join("", is_standard(item) ? item->name : item->path);
    l->whole = path_join("", item->whole);
    l->name = folder_name(e, a, item);
    return l->path && l->name && l->whole && mark_twins(l, a);
}

/* Goes into the archive that the item is, if it is one: then the item is gone. */
static expand_entry enter(expand *e, walk_item *item, const member *at) {
    qw_error why = {0};
    say_id what;
    int error;
    level *l = &e->levels[e->depth];
    qw_archive *a = members_open(&e->archives, at, &what, &error, &why);
    if (!a && (is_error(&why, "no-archive") || !is_called_archive(item))) return EXPAND_NO_ARCHIVE;
    if (a && qw_archive_is_document(a)) return EXPAND_NO_ARCHIVE;
    if (!a && what != SAY_COUNT) return give(item, what, error), EXPAND_WRONG;
    if (!a || !qw_archive_list(a, &why)) return give_error(e, item, &why), EXPAND_WRONG;
    if (e->depth == 0) e->members = e->bytes = 0;
    *l = (level){.at = *at};
    if (!count_members(e, a, &l->n)) return give(item, SAY_NESTED_TOO_MUCH, 0), EXPAND_WRONG;
    bool ok = fill_level(e, l, a, item);
    e->depth++;
    if (e->depth == 1) {
        e->outer = *item;
        *item = (walk_item){.kind = WALK_FILE};
    }
    if (!ok) e->failed = true;
    return EXPAND_ENTERED;
}

expand_entry expand_enter(expand *e, walk_item *item, const char *file) {
    members_close(&e->archives);
    e->file = path_join("", file);
    if (!e->file) return e->failed = true, EXPAND_ENTERED;
    expand_entry entry = enter(e, item, &(member){.archive = e->file, .depth = 1});
    if (entry != EXPAND_ENTERED) forget_file(e);
    return entry;
}

/* ---- Members ------------------------------------------------------------------------------- */

/* Names that start with ".qingwen" are those of our own files, and no member may have one. */
static bool is_passed_over(const expand *e, const char *name) {
    const globs *include = e->rules->include, *exclude = e->rules->exclude;
    if (strncmp(name, "__MACOSX/", 9) == 0) return true;
    for (const char *step = name; step; step = strchr(step, '/')) {
        step += *step == '/';
        bool hidden = *step == '.' || strncmp(step, "~$", 2) == 0;
        if ((hidden && !e->rules->hidden) || strncmp(step, ".qingwen", 8) == 0) return true;
    }
    if (exclude && globs_ask(exclude, name, false) == GLOBS_MATCH) return true;
    return include && include->n && globs_ask(include, name, false) != GLOBS_MATCH;
}

/* Fills in the item for a member of the innermost level. */
static bool name_member(expand *e, walk_item *item, const qw_member *m) {
    const level *l = &e->levels[e->depth - 1];
    *item = (walk_item){
        .kind = WALK_FILE,
        .path = path_join(l->path, m->name),
        .name = path_join(l->name, m->name),
        .whole = path_join(l->whole, m->name),
        .twin = l->twins[l->at.at[l->at.depth - 1]],
        .size = m->sized ? m->size : 0,
        .modified = e->outer.modified,
        .argument = e->outer.argument,
        .member = l->at,
        .timed = m->timed,
        .time = m->time,
    };
    item->member.archive = path_join("", e->file);
    if (*m->repaired) {
        item->was = path_join(l->name, m->was);
        item->how = path_join("", m->repaired);
    }
    bool named = !*m->repaired || (item->was && item->how);
    if (item->path && item->name && item->whole && item->member.archive && named) return true;
    return e->failed = true, false;
}

/* Goes into a member that is an archive. */
static expand_entry enter_member(expand *e, walk_item *item) {
    member at = item->member;
    if (!is_archive_name(item->path)) return EXPAND_NO_ARCHIVE;
    if (at.depth == MEMBER_DEPTH) return give(item, SAY_NESTED_TOO_DEEP, 0), EXPAND_WRONG;
    at.archive = e->levels[0].at.archive;
    at.at[at.depth++] = 0;
    return enter(e, item, &at);
}

/* The next member of the innermost level. True when the item is to be handed out. */
static bool visit(expand *e, walk_item *item) {
    level *l = &e->levels[e->depth - 1];
    qw_member m;
    qw_error refused, why;
    say_id what;
    int error;
    uint32_t *number = &l->at.at[l->at.depth - 1];
    qw_archive *a = members_open(&e->archives, &l->at, &what, &error, &why);
    bool there = a && qw_archive_member(a, *number, &m, &refused);
    walk_item_free(item);
    if (!there) return leave(e), false;
    bool taken = m.kind != QW_MEMBER_FOLDER && (refused.code || !is_passed_over(e, m.name));
    bool named = taken && name_member(e, item, &m);
    ++*number;
    if (!named) return false;
    if (refused.code) return give_error(e, item, &refused);
    expand_entry in = enter_member(e, item);
    if (in == EXPAND_ENTERED) walk_item_free(item);
    return in != EXPAND_ENTERED;
}

bool expand_next(expand *e, walk_item *item) {
    while (!expand_failed(e) && e->depth > 0)
        if (visit(e, item)) return true;
    return false;
}

#include "run/ledger.h"

#include "output/digest.h"
#include "path.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- As they stand ------------------------------------------------------------------------- */

static uint64_t digest_listed(int folder, const char *name) {
    struct stat info;
    if (name[0] == '.' || fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return 0;
    if (S_ISDIR(info.st_mode)) return 0;
    return digest_of_entry(name, (uint64_t)info.st_size, modified_at(&info));
}

/* The sum over the files in it. What is no output of ours makes it another. */
uint64_t ledger_list(const void *self, const char *name) {
    const plan *p = self;
    char *path = path_join(p->folder, name);
    DIR *folder = path ? opendir(path) : NULL;
    struct dirent *d;
    uint64_t sum = 0;
    while (folder && (d = readdir(folder))) sum += digest_listed(dirfd(folder), d->d_name);
    if (folder) closedir(folder);
    free(path);
    return sum;
}

void ledger_begin(void *self, const char *whole, const char *name) {
    ledger *l = self;
    l->known = state_find_folder(l->made->state, whole, &l->is) && l->is.work == l->made->work;
    if (l->known) aside_ask(&l->lister, name);
}

static bool stands(ledger *l, const walk_folder *f) {
    return l->known && aside_answered(&l->lister, true) && l->is.outputs == l->lister.answer &&
           l->is.items == f->n && l->is.inputs == f->digest;
}

/* ---- Pages --------------------------------------------------------------------------------- */

/* Without a page the state will not be told. */
static void add_page(ledger *l, const walk_folder *f) {
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 16;
        page *p = realloc(l->pages, cap * sizeof *p);
        if (!p) return;
        l->pages = p;
        l->cap = cap;
    }
    char *path = path_join("", f->whole);
    if (!path) return;
    state_folder is = {.work = l->made->work, .items = f->n, .inputs = f->digest};
    l->pages[l->n++] = (page){.number = f->number, .left = f->n, .path = path, .is = is};
}

bool ledger_knows(ledger *l, const walk_folder *f, state_folder *is) {
    bool same = stands(l, f); /* the answer is taken in any case */
    if (f->n == 0 || f->archives) return false;
    if (!same) add_page(l, f);
    *is = l->is;
    return same;
}

/* The page of a job: most often the newest. */
static page *page_of(const ledger *l, const job *j) {
    for (size_t i = l->n; i-- > 0 && j->item.folder;)
        if (l->pages[i].number == j->item.folder) return &l->pages[i];
    return NULL;
}

static void close_page(ledger *l, page *p) {
    free(p->path);
    *p = l->pages[--l->n];
}

/* ---- Jobs ---------------------------------------------------------------------------------- */

static void add_output(page *p, const state_output *o) {
    const char *slash = strrchr(o->name, '/');
    p->is.outputs += digest_of_entry(slash ? slash + 1 : o->name, o->size, o->written);
}

/* The outputs that stand there now. */
static void add_outputs(page *p, const job *j) {
    for (size_t i = 0; i < j->noutputs && j->is.status == JOB_DONE; i++) {
        state_output o = output_entry(&j->outputs[i]);
        add_output(p, &o);
    }
    for (size_t i = 0; i < j->before.noutputs && j->is.status == JOB_BEFORE; i++)
        if (j->before.outputs[i].current) add_output(p, &j->before.outputs[i]);
}

void ledger_note(ledger *l, const job *j) {
    page *p = page_of(l, j);
    if (!p) return;
    bool looked_at = j->is.source.st_nlink > 0 || j->is.status == JOB_BEFORE;
    p->failed |= j->is.status == JOB_FAILED || j->is.status == JOB_GIVEN_UP;
    p->is.left_out += j->is.status == JOB_SKIPPED && !looked_at;
    p->is.undecoded += j->is.status != JOB_SKIPPED && j->is.undecodable > 0;
    add_outputs(p, j);
    if (--p->left > 0) return;
    if (!p->failed) state_put_folder(l->made->state, p->path, &p->is);
    close_page(l, p);
}

void ledger_free(ledger *l) {
    while (l->n > 0) close_page(l, &l->pages[l->n - 1]);
    free(l->pages);
    *l = (ledger){.n = 0};
}

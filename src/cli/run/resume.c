#include "run/resume.h"

#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- Names --------------------------------------------------------------------------------- */

static void put_number(text *t, uint32_t n) {
    char bytes[4];
    for (unsigned i = 0; i < 4; i++) bytes[i] = (char)(n >> (24 - 8 * i));
    text_add(t, bytes, sizeof bytes);
}

void resume_place(const walk_item *item, text *t) {
    const char *path = item->member.archive ? item->member.archive : item->path;
    text_clear(t);
    put_number(t, item->argument);
    for (const char *p = path, *end; *p; p = end + (*end == '/')) {
        end = p + strcspn(p, "/");
        text_add(t, p, (size_t)(end - p));
        if (*end) text_add(t, "", 1);
    }
    for (uint32_t i = 0; i < item->member.depth; i++)
        text_add(t, "", 1), put_number(t, item->member.at[i]);
}

bool resume_name(const planned *made, job *j) {
    const plan *p = &made->plan;
    if (!made->state) return true;
    free(j->name);
    j->name = p->file ? path_base(p->file) : path_join("", j->item.name);
    return j->name != NULL;
}

/* ---- Was it done before? ------------------------------------------------------------------- */

static bool stands(const plan *p, const state_output *o) {
    struct stat info;
    char *path = path_join(p->folder ? p->folder : "", p->folder ? o->name : p->file);
    bool ok = path && stat(path, &info) == 0 && S_ISREG(info.st_mode) &&
              (uint64_t)info.st_size == o->size && modified_at(&info) == o->written;
    free(path);
    return ok;
}

/* All outputs of the last work on it stand as they were written. */
static bool all_stand(const plan *p, const known *k) {
    size_t n = 0;
    for (size_t i = 0; i < k->noutputs; i++) {
        if (!k->outputs[i].current) continue;
        if (!stands(p, &k->outputs[i])) return false;
        n++;
    }
    /* Where the input is replaced, it is what stands there. */
    return n > 0 || k->status == STATE_SKIPPED || p->o->backup;
}

/* Nothing is to be done if only the input is what it was. */
static bool would_be_same(const planned *made, const known *k) {
    const plan *p = &made->plan;
    return k->row && !p->dry && !p->rules.force &&
           (k->status == STATE_DONE || k->status == STATE_SKIPPED) && k->work == made->work &&
           (!p->report || k->has_report || k->status == STATE_SKIPPED) && all_stand(p, k);
}

bool resume_admit(const planned *made, job *j) {
    state *s = made->state;
    if (!s) return true;
    if (!state_find(s, j->item.whole, j->name, &j->before)) {
        job_fail(&made->plan, j, SAY_STATE_FAILED, errno);
        return false;
    }
    j->before.same = would_be_same(made, &j->before);
    if (!j->before.same || j->item.size != j->before.size ||
        j->item.modified != j->before.modified || strcmp(j->item.path, "-") == 0)
        return true;
    j->is.status = JOB_BEFORE;
    j->is.undecodable = j->before.undecodable;
    return false;
}

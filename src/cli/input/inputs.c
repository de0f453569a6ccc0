#include "input/inputs.h"

#include "input/lister.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct inputs {
    walk *walk;
    const inputs_rules *rules;
    lister *lister;
    walk_item archive; /* that is being listed */
    bool listing;
};

inputs *inputs_new(walk *w, const inputs_rules *rules) {
    inputs *in = calloc(1, sizeof *in);
    if (!in) return NULL;
    *in = (inputs){.walk = w, .rules = rules};
    in->lister = lister_new(&rules->archives, rules->seconds, rules->memory);
    if (in->lister) return in;
    free(in);
    return NULL;
}

void inputs_free(inputs *in) {
    if (!in) return;
    lister_free(in->lister);
    walk_item_free(&in->archive);
    free(in);
}

bool inputs_failed(const inputs *in) {
    return walk_failed(in->walk);
}

int inputs_wait(const inputs *in) {
    return lister_wait(in->lister);
}

static bool is_standard(const walk_item *item) {
    return strcmp(item->path, "-") == 0;
}

/* What to open, if the item may be an archive; else NULL. */
static const char *archive_file(const inputs *in, const walk_item *item) {
    if (item->kind != WALK_FILE || in->rules->closed) return NULL;
    if (is_standard(item)) return in->rules->standard;
    bool may = is_archive_name(item->path) || (item->named && may_be_archive(item->path));
    return may ? item->path : NULL;
}

/* Hands the archive out in place of what lies in it. */
static inputs_answer give_archive(inputs *in, walk_item *item) {
    walk_item_free(item);
    *item = in->archive;
    in->archive = (walk_item){0};
    in->listing = false;
    return INPUTS_ITEM;
}

static inputs_answer give_failed(inputs *in, walk_item *item, int error) {
    give_archive(in, item);
    item->kind = WALK_FAILED;
    item->what = SAY_CANNOT_LIST;
    item->error = error;
    return INPUTS_ITEM;
}

static inputs_answer give_lost(inputs *in, walk_item *item, int status) {
    give_archive(in, item);
    item->kind = WALK_LOST;
    item->error = status;
    return INPUTS_ITEM;
}

static inputs_answer list(inputs *in, walk_item *item) {
    int status;
    switch (lister_next(in->lister, item, &status)) {
    case LISTER_LATER: return INPUTS_LATER;
    case LISTER_ITEM: return INPUTS_ITEM;
    case LISTER_NO_ARCHIVE: return give_archive(in, item);
    case LISTER_LOST: return give_lost(in, item, status);
    case LISTER_END: break;
    }
    walk_item_free(&in->archive);
    in->listing = false;
    return INPUTS_END;
}

inputs_answer inputs_next(inputs *in, walk_item *item) {
    while (!inputs_failed(in)) {
        inputs_answer answer = in->listing ? list(in, item) : INPUTS_END;
        if (answer != INPUTS_END) return answer;
        if (inputs_failed(in) || !walk_next(in->walk, item)) return INPUTS_END;
        const char *file = archive_file(in, item);
        if (!file) return INPUTS_ITEM;
        struct stat info;
        if (is_standard(item) && stat(file, &info) == 0) item->modified = modified_at(&info);
        in->listing = lister_ask(in->lister, item, file);
        int error = errno;
        in->archive = *item;
        *item = (walk_item){0};
        if (!in->listing) return give_failed(in, item, error);
    }
    return INPUTS_END;
}

/* plan_parts: what the files that make a plan share. */
#ifndef QW_CLI_PLAN_PARTS_H
#define QW_CLI_PLAN_PARTS_H

#include "run/plan.h"

typedef struct maker {
    planned *made;
    plan *p;
    const options *o;
    text *why;
} maker;

/* Says what is wrong with the command line, or with what stands at path (NULL: neither). False. */
bool plan_wrong(maker *m, const char *path, say_id id, const char *const *words);

bool plan_is_folder(const char *path);

/* Plans what a command that writes does with its results. False when that cannot be, which was
 * said. The inputs are planned before. */
bool plan_writing(maker *m);

#endif

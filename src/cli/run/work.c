#include "run/work.h"

#include "output/digest.h"

#include <string.h>

/* Options that say nothing of what becomes of an input: which inputs, where to, how it is told.
 * What the filters do is in the chain's digest. */
uint64_t work_digest(const options *o, const qw_chain *chain) {
    static const option_id others[] = {
        OPTION_OUTPUT,  OPTION_PROFILE,  OPTION_FILTERS,     OPTION_RULES,    OPTION_REPORT,
        OPTION_DRY_RUN, OPTION_FORCE,    OPTION_JOBS,        OPTION_MAX_TIME, OPTION_MAX_MEMORY,
        OPTION_QUIET,   OPTION_VERBOSE,  OPTION_LANG,        OPTION_SHARD,    OPTION_INCLUDE,
        OPTION_EXCLUDE, OPTION_PROGRESS, OPTION_NO_ARCHIVES, OPTION_PASSWORD,
    };
    uint64_t work = chain ? qw_chain_digest(chain) : 0;
    for (option_id i = 0; i < OPTION_COUNT; i++) {
        bool counts = o->value[i] != NULL;
        for (size_t k = 0; k < sizeof others / sizeof *others; k++) counts &= others[k] != i;
        if (!counts) continue;
        work = digest_after(work, option_table[i].name, strlen(option_table[i].name));
        work = digest_after(work, o->value[i], strlen(o->value[i]));
    }
    /* A profile may bring a layout with it. */
    const char *profile = o->value[OPTION_PROFILE], *command = command_table[o->command].name;
    if (profile) work = digest_after(work, profile, strlen(profile));
    return digest_after(work, command, strlen(command));
}

/* What a state knows of inputs is the same in whatever order they are asked for, and after entries
 * were changed in between. */
#include "check.h"
#include "cli/state/database.h"
#include "cli/state/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUTS = 700 };

static char folder[] = "/tmp/qingwen-ahead-XXXXXX";

/* Every input has as many outputs as its number says: 0 to 2. */
static bool put(state *s, unsigned number, uint64_t digest) {
    char path[40], names[2][20];
    state_output outputs[2];
    snprintf(path, sizeof path, "/in/%u", number);
    for (unsigned i = 0; i < 2; i++) {
        snprintf(names[i], sizeof names[i], "%u.%u", number, i);
        outputs[i] = (state_output){.name = names[i], .size = number, .digest = digest + i};
    }
    return state_put(s, &(state_entry){
                            .path = path,
                            .name = "x",
                            .shown = path,
                            .status = STATE_DONE,
                            .digest = digest,
                            .outputs = outputs,
                            .noutputs = number % 3,
                        });
}

static bool finds(state *s, unsigned number, uint64_t digest) {
    char path[40], name[20];
    known k = {0};
    snprintf(path, sizeof path, "/in/%u", number);
    bool ok = state_find(s, path, "x", &k) && k.row && k.digest == digest &&
              k.status == STATE_DONE && k.noutputs == number % 3;
    for (unsigned i = 0; i < number % 3 && ok; i++) {
        snprintf(name, sizeof name, "%u.%u", number, i);
        const state_output *o = known_find(&k, name);
        ok = o && o->size == number && o->digest == digest + i && o->current;
    }
    known_free(&k);
    return ok;
}

static bool misses(state *s, const char *path) {
    known k = {0};
    bool ok = state_find(s, path, "x", &k) && k.row == 0 && k.noutputs == 0;
    known_free(&k);
    return ok;
}

static state *reopened(state *s, state_mode mode) {
    state_close(s);
    return state_open(folder, STATE_NAME, mode);
}

static void in_any_order(void) {
    state *s = state_open(folder, STATE_NAME, STATE_WRITE);
    bool ok = true;
    for (unsigned i = 0; i < INPUTS; i++) ok = ok && put(s, i, i + 1);
    CHECK(ok && state_commit(s));
    s = reopened(s, STATE_LOOK);
    for (unsigned i = 0; i < INPUTS; i++) ok = ok && finds(s, i, i + 1);
    CHECK(ok);
    for (unsigned i = INPUTS; i-- > 0;) ok = ok && finds(s, i, i + 1);
    CHECK(ok);
    for (unsigned step = 2; step < 40; step++)
        for (unsigned i = 0; i < INPUTS; i += step) ok = ok && finds(s, i, i + 1);
    CHECK(ok);
    unsigned number = 1;
    for (unsigned i = 0; i < 3000; i++, number = number * 1103515245u + 12345u)
        ok = ok && finds(s, (number >> 16) % INPUTS, (number >> 16) % INPUTS + 1);
    CHECK(ok);
    state_close(s);
}

static void new_ones_between(void) {
    state *s = state_open(folder, STATE_NAME, STATE_LOOK);
    bool ok = true;
    for (unsigned i = 0; i < INPUTS; i++) {
        if (i % 7 == 0) ok = ok && misses(s, "/in/new");
        ok = ok && finds(s, i, i + 1);
    }
    CHECK(ok && misses(s, "/in/new") && finds(s, 0, 1) && misses(s, "/in/0x"));
    state_close(s);
}

static void changed_between(void) {
    state *s = state_open(folder, STATE_NAME, STATE_WRITE);
    bool ok = true;
    for (unsigned i = 0; i < INPUTS; i++) {
        ok = ok && finds(s, i, i + 1);
        if (i % 5 == 0 && i + 3 < INPUTS) ok = ok && put(s, i + 3, 1000 + i) && state_commit(s);
        if (i % 5 == 0 && i + 3 < INPUTS)
            ok = ok && finds(s, i + 3, 1000 + i) && put(s, i + 3, i + 4);
    }
    CHECK(ok && state_commit(s));
    s = reopened(s, STATE_WRITE);
    CHECK(put(s, 1, 77) && finds(s, 0, 1) && finds(s, 1, 77) && put(s, 2, 78) && finds(s, 2, 78));
    state_close(s);
    s = state_open(folder, STATE_NAME, STATE_LOOK);
    CHECK(finds(s, 1, 2) && finds(s, 2, 3)); /* what was not committed is not there */
    state_close(s);
}

int main(void) {
    char path[100];
    CHECK(mkdtemp(folder) != NULL);
    RUN(in_any_order);
    RUN(new_ones_between);
    RUN(changed_between);
    snprintf(path, sizeof path, "%s/%s", folder, STATE_NAME);
    CHECK(unlink(path) == 0 && rmdir(folder) == 0);
    return check_result();
}

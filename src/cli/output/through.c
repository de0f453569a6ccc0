#include "output/through.h"

#include "output/system.h"
#include "pool/pack.h"
#include "pool/pool_worker.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- In the process ------------------------------------------------------------------------ */

static _Noreturn void live(channel *c, pid_t supervisor) {
    const char *bytes;
    size_t n;
    worker_begin(supervisor, 0);
    for (;;) {
        while (!channel_next(c, &bytes, &n))
            if (!channel_fill(c)) _exit(WORKER_IDLE);
        unpacker u = {bytes, bytes + n, false};
        char *path = unpack_string(&u);
        text answer = {0};
        bool ok = path && system_sync(path);
        PACK_VALUE(&answer, ok);
        if (answer.failed || !channel_put(c, &answer) || !channel_flush(c)) _exit(WORKER_MEMORY);
        text_free(&answer);
        free(path);
    }
}

/* ---- Beside it ----------------------------------------------------------------------------- */

void through_open(through *t) {
    channel child;
    pid_t supervisor = getpid();
    *t = (through){.channel = {.fd = -1}};
    if (!channel_pair(&t->channel, &child)) return;
    t->process = fork();
    if (t->process == 0) {
        close(t->channel.fd);
        live(&child, supervisor);
    }
    channel_close(&child);
    if (t->process > 0) return;
    t->process = 0;
    channel_close(&t->channel);
}

void through_close(through *t) {
    if (!t->process) return;
    channel_end(&t->channel);
    while (waitpid(t->process, NULL, 0) < 0 && errno == EINTR) {}
    *t = (through){.channel = {.fd = -1}};
}

/* Sends the question, which is short. */
static bool send_path(through *t, const char *path) {
    text question = {0};
    pack_string(&question, path);
    bool ok = !question.failed && channel_put(&t->channel, &question);
    text_free(&question);
    return ok && channel_flush(&t->channel) && !channel_has_unsent(&t->channel);
}

void through_ask(through *t, const char *path) {
    t->asked = t->process && send_path(t, path);
    if (!t->asked) t->ok = system_sync(path);
}

/* One that is gone has not done it. */
bool through_answered(through *t, bool wait) {
    const char *bytes;
    size_t n;
    while (t->asked && !channel_next(&t->channel, &bytes, &n)) {
        struct pollfd one = {.fd = t->channel.fd, .events = POLLIN};
        if (poll(&one, 1, wait ? -1 : 0) == 0) return false;
        if (channel_fill(&t->channel)) continue;
        through_close(t);
        return true;
    }
    if (!t->asked) return true;
    unpacker u = {bytes, bytes + n, false};
    UNPACK_VALUE(&u, t->ok);
    t->asked = false;
    return true;
}

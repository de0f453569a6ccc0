#include "pool/aside.h"

#include "pool/pack.h"
#include "pool/pool_worker.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- In the process ------------------------------------------------------------------------ */

static void answer(const aside *a, channel *c, const char *bytes, size_t n) {
    unpacker u = {bytes, bytes + n, false};
    char *question = unpack_string(&u);
    text t = {0};
    uint64_t value = question ? a->work(a->self, question) : 0;
    PACK_VALUE(&t, value);
    if (t.failed || !channel_put(c, &t) || !channel_flush(c)) _exit(WORKER_MEMORY);
    text_free(&t);
    free(question);
}

static _Noreturn void live(const aside *a, channel *c, pid_t supervisor) {
    const char *bytes;
    size_t n;
    worker_begin(supervisor, 0);
    for (;;) {
        while (!channel_next(c, &bytes, &n))
            if (!channel_fill(c)) _exit(WORKER_IDLE);
        answer(a, c, bytes, n);
    }
}

/* ---- Beside it ----------------------------------------------------------------------------- */

void aside_open_here(aside *a, aside_work *work, const void *self) {
    *a = (aside){.work = work, .self = self, .channel = {.fd = -1}};
}

void aside_open(aside *a, aside_work *work, const void *self) {
    channel child;
    pid_t supervisor = getpid();
    aside_open_here(a, work, self);
    if (!channel_pair(&a->channel, &child)) return;
    a->process = fork();
    if (a->process == 0) {
        close(a->channel.fd);
        live(a, &child, supervisor);
    }
    channel_close(&child);
    if (a->process > 0) return;
    a->process = 0;
    channel_close(&a->channel);
}

void aside_close(aside *a) {
    if (!a->process) return;
    channel_end(&a->channel);
    while (waitpid(a->process, NULL, 0) < 0 && errno == EINTR) {}
    aside_open_here(a, a->work, a->self);
}

/* Sends the question, which is short. */
static bool send_question(aside *a, const char *question) {
    text t = {0};
    pack_string(&t, question);
    bool ok = !t.failed && channel_put(&a->channel, &t);
    text_free(&t);
    return ok && channel_flush(&a->channel) && !channel_has_unsent(&a->channel);
}

void aside_ask(aside *a, const char *question) {
    aside_answered(a, true); /* to an older question */
    a->asked = a->process && send_question(a, question);
    if (!a->asked) a->answer = a->work(a->self, question);
}

bool aside_answered(aside *a, bool wait) {
    const char *bytes;
    size_t n;
    while (a->asked && !channel_next(&a->channel, &bytes, &n)) {
        struct pollfd one = {.fd = a->channel.fd, .events = POLLIN};
        if (poll(&one, 1, wait ? -1 : 0) == 0) return false;
        if (channel_fill(&a->channel)) continue;
        aside_close(a); /* it is gone, and has done nothing */
        return true;
    }
    if (!a->asked) return true;
    unpacker u = {bytes, bytes + n, false};
    UNPACK_VALUE(&u, a->answer);
    a->asked = false;
    return true;
}

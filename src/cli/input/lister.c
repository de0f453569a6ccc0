#include "input/lister.h"

#include "input/item.h"
#include "interrupt.h"
#include "pool/channel.h"
#include "pool/pool_worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct lister {
    const expand_rules *rules;
    unsigned seconds;
    size_t memory;
    pid_t process; /* 0: none */
    channel channel;
};

/* An answer that is longer is none of ours. */
enum { ANSWER_MOST = 64 << 20 };

/* ---- In the process ------------------------------------------------------------------------ */

static void say_answer(channel *c, lister_answer answer, const walk_item *item) {
    text t = {0};
    PACK_VALUE(&t, answer);
    if (answer == LISTER_ITEM) item_pack(&t, item);
    alarm(0); /* to wait for the other side is no work */
    bool ok = !t.failed && channel_put(c, &t) && channel_flush(c);
    text_free(&t);
    if (!ok) _exit(WORKER_MEMORY);
}

static void list(const lister *l, channel *c, expand *e, walk_item *item, const char *file) {
    alarm(l->seconds);
    switch (expand_enter(e, item, file)) {
    case EXPAND_NO_ARCHIVE: say_answer(c, LISTER_NO_ARCHIVE, NULL); return;
    case EXPAND_WRONG: say_answer(c, LISTER_ITEM, item); break;
    case EXPAND_ENTERED:
        while (expand_next(e, item)) {
            say_answer(c, LISTER_ITEM, item);
            alarm(l->seconds);
        }
    }
    if (expand_failed(e)) _exit(WORKER_MEMORY);
    say_answer(c, LISTER_END, NULL);
}

static void serve(const lister *l, channel *c, expand *e) {
    const char *bytes;
    size_t n;
    walk_item item = {0};
    while (!channel_next(c, &bytes, &n))
        if (!channel_fill(c)) _exit(WORKER_IDLE);
    unpacker u = {bytes, bytes + n, false};
    char *file = unpack_string(&u);
    if (!file || !item_unpack(&u, &item)) _exit(WORKER_MEMORY);
    list(l, c, e, &item, file);
    walk_item_free(&item);
    free(file);
}

static _Noreturn void live(const lister *l, channel *c, pid_t supervisor) {
    worker_begin(supervisor, l->memory);
    expand *e = expand_new(l->rules);
    while (e && !interrupted()) serve(l, c, e);
    _exit(e ? WORKER_IDLE : WORKER_MEMORY);
}

/* ---- Beside it ----------------------------------------------------------------------------- */

lister *lister_new(const expand_rules *rules, unsigned seconds, size_t memory) {
    lister *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    *l = (lister){.rules = rules, .seconds = seconds, .memory = memory, .channel = {.fd = -1}};
    return l;
}

static int end(lister *l, bool now) {
    int status = 0;
    if (l->process && now) kill(l->process, SIGKILL);
    channel_close(&l->channel);
    while (l->process && waitpid(l->process, &status, 0) < 0 && errno == EINTR) {}
    l->process = 0;
    return status;
}

void lister_free(lister *l) {
    if (!l) return;
    end(l, true);
    free(l);
}

static bool start(lister *l) {
    channel child;
    pid_t supervisor = getpid();
    if (!channel_pair(&l->channel, &child)) return false;
    l->process = fork();
    if (l->process == 0) {
        close(l->channel.fd);
        live(l, &child, supervisor);
    }
    int error = errno;
    channel_close(&child);
    if (l->process > 0) return true;
    l->process = 0;
    end(l, false);
    return errno = error, false;
}

bool lister_ask(lister *l, const walk_item *archive, const char *file) {
    text t = {0};
    /* One that ended with nothing to do is no archive's fault. */
    if (l->process && waitpid(l->process, NULL, WNOHANG) == l->process) {
        l->process = 0;
        channel_close(&l->channel);
    }
    if (!l->process && !start(l)) return false;
    pack_string(&t, file);
    item_pack(&t, archive);
    bool ok = !t.failed && channel_put(&l->channel, &t);
    text_free(&t);
    if (!ok) errno = ENOMEM;
    return ok;
}

static lister_answer understand(const char *bytes, size_t n, walk_item *item) {
    lister_answer answer;
    unpacker u = {bytes, bytes + n, false};
    UNPACK_VALUE(&u, answer);
    if (answer == LISTER_ITEM) item_unpack(&u, item);
    return u.failed ? LISTER_LOST : answer;
}

lister_answer lister_next(lister *l, walk_item *item, int *status) {
    channel *c = &l->channel;
    const char *bytes;
    size_t n;
    if (l->process && !channel_flush(c)) channel_drop_unsent(c);
    bool there = channel_next(c, &bytes, &n), alive = there || (l->process && channel_fill(c));
    there = there || channel_next(c, &bytes, &n);
    lister_answer answer = there ? understand(bytes, n, item) : alive ? LISTER_LATER : LISTER_LOST;
    bool senseless = !there && c->in.n > ANSWER_MOST;
    if (answer != LISTER_LOST && !senseless) return answer;
    *status = end(l, there || senseless);
    return LISTER_LOST;
}

int lister_wait(const lister *l) {
    return l->process ? l->channel.fd : -1;
}

/* ---- One question -------------------------------------------------------------------------- */

bool lister_probe(const char *path, unsigned seconds, size_t memory) {
    int status = 0;
    pid_t supervisor = getpid(), process = fork();
    if (process < 0) return is_archive_name(path);
    if (process == 0) {
        worker_begin(supervisor, memory);
        alarm(seconds);
        _exit(is_archive(path) ? 0 : 1);
    }
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        if (interrupted()) kill(process, SIGKILL);
    return !WIFEXITED(status) || WEXITSTATUS(status) == 0;
}

/* pool: order, limits and losses, with jobs that are numbers. A worker does to a number what its
 * table says: most are doubled, some end their worker. */
#include "check.h"
#include "interrupt.h"
#include "pool/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

typedef enum deed { DOUBLE, ABORT, LOOP, EAT, KILL, TERM, LEAVE, BULKY, NOTHING } deed;

enum { JOBS_MOST = 4000, BULK = 3 << 20 };

typedef struct numbers {
    unsigned char deeds[JOBS_MOST];
    unsigned taken, n, finished;
    unsigned lost[JOBS_MOST]; /* by number: the signal, or 1000 + exit code */
    bool in_order, right, slowly;
} numbers;

typedef struct number {
    unsigned n;
    uint64_t result;
    text bulk;
    bool lost;
} number;

static pool_taken take(void *self, void *job, uint64_t *weight) {
    numbers *all = self;
    number *j = job;
    if (interrupted() || all->taken == all->n) return POOL_END;
    if (all->slowly) {
        all->slowly = false;
        return POOL_LATER;
    }
    j->n = all->taken++;
    j->lost = false;
    *weight = j->n % 7 * 50000;
    all->slowly = all->n < 100 && j->n % 3 == 0;
    return all->deeds[j->n] == NOTHING ? POOL_READY : POOL_JOB;
}

static void send_number(void *self, const void *job, text *t) {
    (void)self;
    PACK_VALUE(t, ((const number *)job)->n);
}

static bool accept_number(void *self, void *job, unpacker *u) {
    (void)self;
    number *j = job;
    text_clear(&j->bulk);
    UNPACK_VALUE(u, j->n);
    return true;
}

/* Writes to every page, so that memory is really asked for. */
static void eat(void) {
    for (unsigned i = 0; i < 1000; i++) {
        char *p = malloc(1 << 20);
        if (!p) raise(SIGUSR1);
        for (size_t at = 0; p && at < 1 << 20; at += 512) p[at] = 1;
    }
}

static void work(void *self, void *worker, void *job) {
    numbers *all = self;
    number *j = job;
    volatile unsigned turns = 1;
    ++*(unsigned *)worker;
    switch ((deed)all->deeds[j->n]) {
    case ABORT: abort();
    case KILL: raise(SIGKILL); break;
    case TERM: raise(SIGTERM); break;
    case LEAVE: _exit(9);
    case LOOP:
        while (turns) {}
        break;
    case EAT: eat(); break;
    case BULKY:
        while (j->bulk.n < BULK) text_put(&j->bulk, "much to say; ");
        break;
    case NOTHING:
    case DOUBLE: break;
    }
    j->result = 2 * (uint64_t)j->n;
}

static void reply(void *self, const void *job, text *t) {
    (void)self;
    const number *j = job;
    pack_plain(t, &j->result, sizeof j->result);
    pack_text(t, &j->bulk);
}

static bool receive(void *self, void *job, unpacker *u) {
    (void)self;
    number *j = job;
    UNPACK_VALUE(u, j->result);
    unpack_text(u, &j->bulk);
    return true;
}

static void hand_over(void *self, void *job) {
    (void)self;
    (void)job;
}

static void lose(void *self, void *job, const pool_loss *loss) {
    numbers *all = self;
    number *j = job;
    int status = loss->status;
    j->lost = true;
    all->lost[j->n] =
        WIFSIGNALED(status) ? (unsigned)WTERMSIG(status) : 1000 + (unsigned)WEXITSTATUS(status);
}

static void finish(void *self, void *job) {
    numbers *all = self;
    number *j = job;
    deed d = (deed)all->deeds[j->n];
    if (j->n != all->finished++) all->in_order = false;
    if (!j->lost && d != NOTHING && j->result != 2 * (uint64_t)j->n) all->right = false;
    if (!j->lost && d == BULKY && j->bulk.n < BULK) all->right = false;
    j->result = 0;
}

static void drop_job(void *job) {
    text_free(&((number *)job)->bulk);
}

static void drop_worker(void *worker) {
    (void)worker;
}

static int run(numbers *all, size_t workers, unsigned seconds, size_t memory) {
    int ready = open("/dev/null", O_RDONLY); /* always has something to tell */
    pool_work w = {
        .self = all,
        .slot_size = sizeof(number),
        .worker_size = sizeof(unsigned),
        .seconds = seconds,
        .memory = memory,
        .input = ready,
        .take = take,
        .send = send_number,
        .receive = receive,
        .lose = lose,
        .finish = finish,
        .accept = accept_number,
        .work = work,
        .reply = reply,
        .hand_over = hand_over,
        .drop_job = drop_job,
        .drop_worker = drop_worker,
    };
    all->in_order = all->right = true;
    int error = pool_run(&w, workers);
    close(ready);
    return error;
}

/* No child is left, neither running nor unwaited for. */
static bool childless(void) {
    return waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD;
}

static void all_in_order(void) {
    static const size_t workers[] = {0, 1, 2, 8};
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        numbers all = {.n = i ? JOBS_MOST : 99};
        for (unsigned n = 0; n < all.n; n++)
            all.deeds[n] = n % 5 == 4 ? NOTHING : n % 101 == 100 ? BULKY : DOUBLE;
        CHECK_INT(run(&all, workers[i], 60, 0), 0);
        CHECK_INT(all.finished, all.n);
        CHECK(all.in_order && all.right);
        CHECK(childless());
    }
}

static void few_and_slow(void) {
    numbers all = {.n = 50};
    CHECK_INT(run(&all, 3, 0, 0), 0);
    CHECK_INT(all.finished, 50);
    CHECK(all.in_order && all.right);
    numbers none = {.n = 0};
    CHECK_INT(run(&none, 3, 0, 0), 0);
    CHECK_INT(none.finished, 0);
}

static unsigned losses(const numbers *all) {
    unsigned sum = 0;
    for (unsigned n = 0; n < all->n; n++) sum += all->lost[n] != 0;
    return sum;
}

/* Just the job that ends its worker is lost, and it is told why. */
static void poison(void) {
    for (size_t workers = 1; workers <= 3; workers++) {
        numbers all = {.n = 300};
        all.deeds[0] = all.deeds[131] = all.deeds[132] = ABORT;
        all.deeds[40] = KILL;
        all.deeds[41] = LEAVE;
        all.deeds[150] = TERM;
        all.deeds[299] = ABORT;
        CHECK_INT(run(&all, workers, 60, 0), 0);
        CHECK_INT(all.finished, 300);
        CHECK(all.in_order && all.right);
        CHECK_INT(losses(&all), 7);
        CHECK_INT(all.lost[40], SIGKILL);
        CHECK_INT(all.lost[41], 1009);
        CHECK_INT(all.lost[150], SIGTERM);
        CHECK(all.lost[0] && all.lost[131] && all.lost[132] && all.lost[299]);
        CHECK(SANITIZED || all.lost[0] == SIGABRT);
        CHECK(childless());
    }
}

static void too_slow(void) {
    numbers all = {.n = 60};
    all.deeds[7] = all.deeds[8] = LOOP;
    CHECK_INT(run(&all, 2, 1, 0), 0);
    CHECK_INT(all.finished, 60);
    CHECK(all.in_order && all.right);
    CHECK_INT(losses(&all), 2);
    CHECK_INT(all.lost[7], SIGALRM);
    CHECK_INT(all.lost[8], SIGALRM);
    CHECK(childless());
}

static void too_large(void) {
    numbers all = {.n = 20};
    all.deeds[5] = EAT;
    if (SANITIZED) return; /* their own memory would count */
    CHECK_INT(run(&all, 2, 60, 200 << 20), 0);
    CHECK_INT(losses(&all), 1);
    CHECK_INT(all.lost[5], SIGUSR1); /* malloc() said no */
    CHECK(childless());
}

/* Last: the flag stays set. What workers are at is given up soon, though they would loop on. */
static void stopped(void) {
    numbers all = {.n = 1000};
    all.deeds[20] = LOOP;
    pid_t self = getpid();
    pid_t child = fork();
    if (child == 0) {
        sleep(1);
        kill(self, SIGTERM);
        _exit(0);
    }
    CHECK_INT(run(&all, 2, 60, 0), 0);
    CHECK(interrupted());
    CHECK(all.lost[20]);
    CHECK(all.finished == all.taken && all.finished < 1000);
    CHECK(all.in_order && all.right);
    CHECK_INT(waitpid(child, NULL, 0), child);
    CHECK(childless());
}

int main(void) {
    interrupt_watch();
    RUN(all_in_order);
    RUN(few_and_slow);
    RUN(poison);
    RUN(too_slow);
    RUN(too_large);
    RUN(stopped);
    return check_result();
}

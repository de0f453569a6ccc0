#include "pool/pool.h"

#include "interrupt.h"
#include "pool/pool_worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SLOTS_PER_MEMBER = 64,    /* jobs that may wait behind a slow one */
    AHEAD_MOST = 32,          /* jobs that a member has at once, */
    AHEAD_LEAST = 16,         /* … filled up when no more than these are left, */
    AHEAD_WEIGHT = 512 << 10, /* … while they weigh less than this together */
    NAP = 1000 * 1000,        /* nanoseconds; see nap() */
    LOOK_UP = 200,            /* milliseconds after which a signal is noticed at the latest */
    PATIENCE = 2,             /* seconds that members have to end in good order */
};

typedef enum state { FREE, WAITING, SENT, READY } state;

typedef struct slot {
    state state;
    uint64_t weight;
} slot;

/* A worker as the supervisor sees it. */
typedef struct member {
    pid_t pid; /* 0: none */
    channel channel;
    uint64_t jobs[AHEAD_MOST]; /* sent and not answered, in the order they were sent */
    size_t njobs;
    uint64_t weight;
    bool full; /* until few are left: messages go out several at a time */
} member;

typedef struct pool {
    const pool_work *work;
    char *jobs;
    slot *slots;
    size_t nslots;
    member *members;
    size_t nmembers;
    struct pollfd *polled; /* one a member, and the input */
    /* Jobs are numbered as they are taken; those in first … next - 1 hold slots. */
    uint64_t first, next;
    size_t waiting;  /* slots in this state */
    bool ended;      /* there are no more jobs */
    bool later;      /* … for now */
    bool scarce;     /* a member could not be started: we make do with those there are */
    int error;       /* … errno */
    bool failed;     /* there is none left */
    text message;    /* to be sent */
    time_t stopping; /* when the members were told to end; 0: they were not */
} pool;

static slot *slot_of(const pool *p, uint64_t number) {
    return &p->slots[number % p->nslots];
}

static void *job_of(const pool *p, uint64_t number) {
    return p->jobs + number % p->nslots * p->work->slot_size;
}

static void set_state(pool *p, uint64_t number, state to) {
    slot *s = slot_of(p, number);
    if (s->state == WAITING) p->waiting--;
    if (to == WAITING) p->waiting++;
    s->state = to;
}

/* ---- Jobs ---------------------------------------------------------------------------------- */

static bool take(pool *p) {
    if (p->ended || p->later || p->next - p->first == p->nslots) return false;
    slot *s = slot_of(p, p->next);
    s->weight = 0;
    switch (p->work->take(p->work->self, job_of(p, p->next), &s->weight)) {
    case POOL_END: p->ended = true; return false;
    case POOL_LATER: p->later = true; return false;
    case POOL_READY: set_state(p, p->next++, READY); return true;
    case POOL_JOB: set_state(p, p->next++, WAITING); return true;
    }
    return false;
}

static void finish(pool *p) {
    while (p->first < p->next && slot_of(p, p->first)->state == READY) {
        p->work->finish(p->work->self, job_of(p, p->first));
        set_state(p, p->first++, FREE);
        p->later = false; /* what take() waits for may be room */
    }
}

static void lose(pool *p, uint64_t number, const pool_loss *loss) {
    p->work->lose(p->work->self, job_of(p, number), loss);
    set_state(p, number, READY);
}

static void lose_waiting(pool *p) {
    for (uint64_t number = p->first; number < p->next && p->waiting; number++)
        if (slot_of(p, number)->state == WAITING) lose(p, number, &(pool_loss){0});
}

/* ---- Members ------------------------------------------------------------------------------- */

static bool start(pool *p, member *m) {
    channel child;
    pid_t supervisor = getpid();
    if (!channel_pair(&m->channel, &child)) return p->error = errno, false;
    m->pid = fork();
    if (m->pid == 0) {
        /* A copy of an end of ours would keep another member from seeing that we are gone. */
        for (size_t i = 0; i < p->nmembers; i++)
            if (p->members[i].channel.fd >= 0) close(p->members[i].channel.fd);
        pool_worker(p->work, &child, supervisor);
    }
    p->error = m->pid < 0 ? errno : 0;
    channel_close(&child);
    if (m->pid > 0) return true;
    channel_close(&m->channel);
    m->pid = 0;
    return false;
}

/* Takes the job that the member is at from its list. */
static uint64_t pop(pool *p, member *m) {
    uint64_t number = m->jobs[0];
    memmove(m->jobs, m->jobs + 1, --m->njobs * sizeof *m->jobs);
    m->weight -= slot_of(p, number)->weight;
    if (m->njobs <= AHEAD_LEAST) m->full = false;
    return number;
}

static void collect(pool *p, member *m) {
    const char *bytes;
    size_t n;
    while (m->njobs > 0 && channel_next(&m->channel, &bytes, &n)) {
        uint64_t number = pop(p, m);
        unpacker u = {bytes, bytes + n, false};
        if (p->work->receive(p->work->self, job_of(p, number), &u) && !u.failed)
            set_state(p, number, READY);
        else
            lose(p, number, &(pool_loss){0});
    }
}

/* A member is gone, or cannot be heard any more. The job it was at is lost; those that it had ahead
 * wait for another member. */
static void bury(pool *p, member *m) {
    pool_loss loss = {.worker = m->pid};
    if (m->channel.in.failed) kill(m->pid, SIGKILL);
    channel_close(&m->channel);
    while (waitpid(m->pid, &loss.status, 0) < 0 && errno == EINTR) {}
    m->pid = 0;
    if (m->njobs > 0) lose(p, pop(p, m), &loss);
    while (m->njobs > 0) set_state(p, pop(p, m), WAITING);
}

/* When it cannot be sent to, what it still has to say is heard first. */
static void flush(member *m) {
    if (m->pid && !channel_flush(&m->channel)) channel_drop_unsent(&m->channel);
}

static void listen_to(pool *p, member *m) {
    bool alive = channel_fill(&m->channel);
    collect(p, m);
    if (!alive) bury(p, m);
}

/* ---- Giving out ---------------------------------------------------------------------------- */

static bool has_room(const pool *p, const member *m) {
    if (!m->pid) return !p->scarce;
    return m->njobs == 0 || (!m->full && m->weight < AHEAD_WEIGHT);
}

/* The member with the least to do that can take one more; NULL when there is none. */
static member *idlest(const pool *p) {
    member *best = NULL;
    for (size_t i = 0; i < p->nmembers; i++) {
        member *m = &p->members[i];
        if (has_room(p, m) && (!best || m->njobs < best->njobs)) best = m;
    }
    return best;
}

static uint64_t first_waiting(const pool *p) {
    uint64_t number = p->next - 1; /* just taken, unless a member was buried */
    if (p->waiting == 1 && slot_of(p, number)->state == WAITING) return number;
    for (number = p->first; slot_of(p, number)->state != WAITING;) number++;
    return number;
}

static void give(pool *p, member *m, uint64_t number) {
    text_clear(&p->message);
    p->work->send(p->work->self, job_of(p, number), &p->message);
    if (p->message.failed || !channel_put(&m->channel, &p->message)) {
        lose(p, number, &(pool_loss){0});
        return;
    }
    set_state(p, number, SENT);
    m->jobs[m->njobs++] = number;
    m->weight += slot_of(p, number)->weight;
    if (m->njobs == AHEAD_MOST) m->full = true;
}

/* Gives jobs out as long as there are any and somebody has room. */
static void give_out(pool *p) {
    member *m;
    while ((m = idlest(p))) {
        while (p->waiting == 0)
            if (!take(p)) return;
        if (m->pid || start(p, m))
            give(p, m, first_waiting(p));
        else
            p->scarce = true;
    }
}

static bool all_gone(const pool *p) {
    for (size_t i = 0; i < p->nmembers; i++)
        if (p->members[i].pid) return false;
    return true;
}

/* ---- The end ------------------------------------------------------------------------------- */

static time_t now(void) {
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1;
}

/* After a signal: nothing more is given out, and what is being worked on is given up. */
static void stop(pool *p) {
    bool first = !p->stopping, killing = p->stopping && now() - p->stopping >= PATIENCE;
    p->ended = true;
    if (first) p->stopping = now();
    lose_waiting(p);
    for (size_t i = 0; i < p->nmembers; i++)
        if (p->members[i].pid && (first || killing))
            kill(p->members[i].pid, killing ? SIGKILL : SIGTERM);
}

/* Those who have nothing to do end when their channel does. */
static void dismiss(pool *p) {
    for (size_t i = 0; i < p->nmembers; i++) channel_end(&p->members[i].channel);
    for (size_t i = 0; i < p->nmembers; i++)
        if (p->members[i].pid) bury(p, &p->members[i]);
}

/* ---- The run ------------------------------------------------------------------------------- */

/* While every member has enough ahead, what they say can wait a little: to be woken for every
 * answer costs more than to hear some of them together. */
static void nap(const pool *p) {
    for (size_t i = 0; i < p->nmembers; i++)
        if (p->members[i].njobs <= AHEAD_LEAST) return;
    if (!interrupted()) nanosleep(&(struct timespec){.tv_nsec = NAP}, NULL);
}

static void wait_for_members(pool *p) {
    nap(p);
    for (size_t i = 0; i < p->nmembers; i++) {
        const member *m = &p->members[i];
        short events = channel_has_unsent(&m->channel) ? POLLIN | POLLOUT : POLLIN;
        p->polled[i] = (struct pollfd){.fd = m->pid ? m->channel.fd : -1, .events = events};
    }
    struct pollfd *input = &p->polled[p->nmembers];
    *input = (struct pollfd){.fd = p->later ? p->work->input : -1, .events = POLLIN};
    int rest = p->work->rest ? p->work->rest(p->work->self) : -1;
    int wait = rest < 0 || rest > LOOK_UP ? LOOK_UP : rest;
    if (poll(p->polled, (nfds_t)p->nmembers + 1, wait) <= 0) return;
    if (input->revents) p->later = false;
    for (size_t i = 0; i < p->nmembers; i++)
        if (p->polled[i].revents & (POLLIN | POLLHUP | POLLERR)) listen_to(p, &p->members[i]);
}

/* Keeps the members busy and finishes what is ready, until nothing can be done but wait. */
static void advance(pool *p) {
    uint64_t before;
    do {
        before = p->first;
        if (interrupted()) stop(p);
        if (p->scarce && all_gone(p)) p->ended = p->failed = true, lose_waiting(p);
        if (!p->ended || p->waiting) give_out(p);
        finish(p);
    } while (p->first != before);
    for (size_t i = 0; i < p->nmembers; i++) flush(&p->members[i]);
}

static void supervise(pool *p) {
    advance(p);
    while (p->first < p->next || !p->ended) {
        wait_for_members(p);
        advance(p);
    }
    dismiss(p);
}

/* With no workers the supervisor does the work, and may be stopped by what it does. */
static bool work_alone(const pool_work *work) {
    void *job = calloc(1, work->slot_size + 1), *worker = calloc(1, work->worker_size + 1);
    pool_taken taken = POOL_LATER;
    uint64_t weight;
    while (job && worker && taken != POOL_END) {
        taken = work->take(work->self, job, &weight);
        if (taken == POOL_JOB) work->work(work->self, worker, job);
        if (taken == POOL_JOB || taken == POOL_READY) work->finish(work->self, job);
        if (taken == POOL_LATER)
            poll(&(struct pollfd){.fd = work->input, .events = POLLIN}, 1, LOOK_UP);
    }
    if (worker) work->drop_worker(worker);
    if (job) work->drop_job(job);
    free(worker);
    free(job);
    return taken == POOL_END;
}

int pool_run(const pool_work *work, size_t workers) {
    if (workers == 0) return work_alone(work) ? 0 : ENOMEM;
    pool p = {.work = work, .nslots = workers * SLOTS_PER_MEMBER, .nmembers = workers};
    p.jobs = calloc(p.nslots, work->slot_size);
    p.slots = calloc(p.nslots, sizeof *p.slots);
    p.members = calloc(p.nmembers, sizeof *p.members);
    p.polled = calloc(p.nmembers + 1, sizeof *p.polled);
    bool ok = p.jobs && p.slots && p.members && p.polled;
    for (size_t i = 0; i < workers && ok; i++) p.members[i].channel.fd = -1;
    if (ok) supervise(&p);
    for (size_t i = 0; i < p.nslots && p.jobs; i++) work->drop_job(job_of(&p, i));
    text_free(&p.message);
    free(p.jobs);
    free(p.slots);
    free(p.members);
    free(p.polled);
    if (!ok) return ENOMEM;
    return p.failed ? p.error : 0;
}

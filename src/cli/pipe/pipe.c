/* pipe: records in, records out, in the same order, for programs that send documents through a
 * process: `qingwen pipe`. A document that cannot be cleaned is an answer like others. The
 * supervisor reads, hands lines to workers, and writes their answers; when it holds much it reads
 * no more until some is written, so memory does not grow with the input. */
#include "commands.h"
#include "interrupt.h"
#include "output/output.h"
#include "path.h"
#include "pipe/answer.h"
#include "pipe/lines.h"
#include "pool/pool.h"
#include "run/job_parts.h"
#include "run/plan.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes of records and answers that are held before reading goes on; of a record. */
enum { HELD_MOST = 64 << 20, RECORD_USUAL = 64 << 20 };

typedef struct pipe_job {
    uint64_t number; /* of its line, from 1 */
    text line;       /* in the supervisor */
    qw_str sent;     /* in the worker, as long as it works on it */
    text answer;
    bool given_up;
} pipe_job;

typedef struct pipeline {
    const options *o;
    answer_plan plan;
    qw_chain *chain;
    pool_work work;
    lines in;
    uint64_t taken;
    size_t held;
    text say;
    bool failed; /* stdin or stdout */
} pipeline;

/* ---- In the supervisor --------------------------------------------------------------------- */

static void stop(pipeline *p, say_id what, int error) {
    if (p->failed) return;
    p->failed = true;
    if (what == SAY_CANNOT_WRITE_STDOUT && error == EPIPE) {
        interrupt_with(SIGPIPE);
        return;
    }
    interrupt_stop();
    say_error(&p->say, p->o->language, NULL, what, WORDS(say_errno(p->o->language, error)));
}

static pool_taken take(void *self, void *slot, uint64_t *weight) {
    pipeline *p = self;
    pipe_job *j = slot;
    bool cut;
    if (interrupted()) return POOL_END;
    p->work.input = p->held > HELD_MOST ? -1 : p->in.fd;
    if (p->held > HELD_MOST) return POOL_LATER;
    switch (lines_next(&p->in, &j->line, &cut)) {
    case LINES_LATER: return POOL_LATER;
    case LINES_END: return POOL_END;
    case LINES_FAILED: stop(p, SAY_CANNOT_READ_STDIN, errno); return POOL_END;
    case LINES_ONE: break;
    }
    j->number = ++p->taken;
    p->held += j->line.n;
    *weight = j->line.n;
    if (!cut) return POOL_JOB;
    answer_wrong(&p->plan, (qw_str){text_z(&j->line), j->line.n}, j->number, SAY_RECORD_LONG,
                 WORDS(NUM(p->in.most)), &j->answer);
    p->held += j->answer.n;
    return POOL_READY;
}

static void send_job(void *self, const void *slot, text *t) {
    const pipe_job *j = slot;
    (void)self;
    PACK_VALUE(t, j->number);
    pack_text(t, &j->line);
}

static bool receive(void *self, void *slot, unpacker *u) {
    pipeline *p = self;
    pipe_job *j = slot;
    unpack_text(u, &j->answer);
    p->held += j->answer.n;
    return !j->answer.failed;
}

static void lose(void *self, void *slot, const pool_loss *loss) {
    pipeline *p = self;
    pipe_job *j = slot;
    int number = WIFSIGNALED(loss->status) ? WTERMSIG(loss->status) : 0;
    say_id what = number == 0         ? SAY_OUT_OF_MEMORY
                  : number == SIGALRM ? SAY_TOO_SLOW
                  : number == SIGKILL ? SAY_WORKER_KILLED
                                      : SAY_WORKER_CRASHED;
    j->given_up = interrupted();
    text_clear(&j->answer);
    if (j->given_up) return;
    answer_wrong(&p->plan, (qw_str){text_z(&j->line), j->line.n}, j->number, what,
                 WORDS(NUM(number == SIGALRM ? p->o->seconds : (size_t)number)), &j->answer);
    p->held += j->answer.n;
}

static void finish(void *self, void *slot) {
    pipeline *p = self;
    pipe_job *j = slot;
    if (j->answer.failed) stop(p, SAY_OUT_OF_MEMORY, ENOMEM);
    if (!j->given_up && !p->failed && !write_all(STDOUT_FILENO, text_z(&j->answer), j->answer.n))
        stop(p, SAY_CANNOT_WRITE_STDOUT, errno);
    p->held -= j->line.n + j->answer.n;
    text_clear(&j->line);
    text_clear(&j->answer);
    j->given_up = false;
}

/* ---- In a worker --------------------------------------------------------------------------- */

static bool accept_job(void *self, void *slot, unpacker *u) {
    pipe_job *j = slot;
    (void)self;
    UNPACK_VALUE(u, j->number);
    j->sent = unpack_bytes(u);
    return !u->failed;
}

static void work(void *self, void *worker_self, void *slot) {
    const pipeline *p = self;
    pipe_job *j = slot;
    text_clear(&j->answer);
    answer(&p->plan, worker_self, j->sent, j->number, &j->answer);
}

static void reply(void *self, const void *slot, text *t) {
    const pipe_job *j = slot;
    (void)self;
    if (j->answer.failed) t->failed = true;
    pack_text(t, &j->answer);
}

static void hand_over(void *self, void *slot) {
    (void)self;
    (void)slot;
}

static void drop_job(void *slot) {
    pipe_job *j = slot;
    text_free(&j->line);
    text_free(&j->answer);
}

static void drop_worker(void *self) {
    answerer_free(self);
}

/* ---- The command --------------------------------------------------------------------------- */

static bool wrong(pipeline *p, say_id what, const char *const *words) {
    say_error(&p->say, p->o->language, NULL, what, words);
    return false;
}

static bool plan_format(pipeline *p) {
    const char *name = p->o->value[OPTION_TO] ? p->o->value[OPTION_TO] : "txt";
    const qw_format_info *f = format_named(name, strlen(name));
    p->plan.format = f;
    return (f && f->writes) || wrong(p, SAY_NOT_WRITABLE, WORDS(name));
}

static bool plan_pipe(pipeline *p) {
    const options *o = p->o;
    if (o->ninputs > 0)
        return wrong(p, SAY_NO_WORDS, WORDS(command_table[o->command].name, o->inputs[0]));
    p->plan.edits = option_given(o, OPTION_EDITS);
    p->plan.ascii = option_given(o, OPTION_ASCII);
    p->plan.read = (qw_read_options){
        .encoding = o->value[OPTION_ENCODING],
        .undecodable = undecodable_asked(o),
        .max_memory = o->memory,
        .limits = o->limits,
    };
    p->plan.write = job_write_settings(o, NULL);
    p->in = (lines){.fd = STDIN_FILENO, .most = o->record ? o->record : RECORD_USUAL};
    if (!plan_format(p) || !plan_encoding(o, &p->say)) return false;
    if (o->value[OPTION_TO]) p->plan.read.linear_formulas = plan_linear(o, &p->plan.format, 1);
    p->plan.chain = p->chain = plan_chain(o, "samples", &p->say);
    return p->chain != NULL;
}

static void run(pipeline *p) {
    p->work = (pool_work){
        .self = p,
        .slot_size = sizeof(pipe_job),
        .worker_size = sizeof(answerer),
        .seconds = (unsigned)p->o->seconds,
        .memory = p->o->memory,
        .input = p->in.fd,
        .take = take,
        .send = send_job,
        .receive = receive,
        .lose = lose,
        .finish = finish,
        .accept = accept_job,
        .work = work,
        .reply = reply,
        .hand_over = hand_over,
        .drop_job = drop_job,
        .drop_worker = drop_worker,
    };
    int error = pool_run(&p->work, plan_workers(p->o));
    if (error) stop(p, SAY_NO_WORKER, error);
}

int pipe_command(const options *o) {
    pipeline p = {.o = o};
    bool ok = plan_pipe(&p);
    if (ok) run(&p);
    say_now(&p.say);
    qw_chain_free(p.chain);
    lines_free(&p.in);
    text_free(&p.say);
    return ok && !p.failed ? EXIT_DONE : EXIT_NOTHING;
}

#include "run/progress.h"

#include "pipe/json.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- How much there is in all -------------------------------------------------------------- */

typedef struct sums {
    uint64_t items, bytes;
} sums;

static _Noreturn void count_all(int to, const char *const *inputs, size_t n,
                                const walk_rules *rules) {
    sums all = {0, 0};
    walk_item item = {0};
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    walk *w = walk_new(inputs, n, rules);
    while (w && walk_next(w, &item)) all.items++, all.bytes += item.size;
    bool ok = w && !walk_failed(w) && write(to, &all, sizeof all) == sizeof all;
    _exit(ok ? 0 : 1);
}

static void start_counting(progress *p, const char *const *inputs, size_t n,
                           const walk_rules *rules) {
    int ends[2];
    if (pipe(ends) != 0) return;
    for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    p->all.child = fork();
    if (p->all.child == 0) {
        close(ends[0]);
        count_all(ends[1], inputs, n, rules);
    }
    close(ends[1]);
    p->all.from = ends[0];
    if (p->all.child > 0) return;
    p->all.child = 0;
    close(ends[0]);
}

static void end_counting(progress *p) {
    if (!p->all.child) return;
    kill(p->all.child, SIGKILL);
    while (waitpid(p->all.child, NULL, 0) < 0 && errno == EINTR) {}
    close(p->all.from);
    p->all.child = 0;
}

static void look_at_count(progress *p) {
    struct pollfd one = {.fd = p->all.from, .events = POLLIN};
    sums all;
    if (!p->all.child || poll(&one, 1, 0) <= 0) return;
    p->all.known = read(p->all.from, &all, sizeof all) == sizeof all;
    if (p->all.known) p->all.items = all.items, p->all.bytes = all.bytes;
    end_counting(p);
}

/* ---- Showing ------------------------------------------------------------------------------- */

void progress_begin(progress *p, progress_kind kind, qw_language language,
                    const char *const *inputs, size_t n, const walk_rules *rules) {
    *p = (progress){.kind = kind, .language = language};
    if (kind == PROGRESS_NONE) return;
    p->began = p->last = now();
    start_counting(p, inputs, n, rules);
}

/* Seconds that the rest will take, if what is left goes as what is done did. */
static bool time_left(const progress *p, double seconds, uint64_t *left) {
    bool sound = p->all.known && !p->open && p->items > 0 && p->items <= p->all.items;
    if (!sound) return false;
    double part = p->bytes && p->bytes <= p->all.bytes ? (double)p->bytes / (double)p->all.bytes
                                                       : (double)p->items / (double)p->all.items;
    *left = (uint64_t)(seconds / part - seconds + 0.5);
    return true;
}

static void show_line(progress *p, uint64_t failed, double seconds) {
    text t = {0}, rest = {0}, line = {0};
    uint64_t left, rate = (uint64_t)((double)p->items / seconds);
    if (time_left(p, seconds, &left)) {
        char clock[32];
        snprintf(clock, sizeof clock, "%" PRIu64 ":%02u", left / 60, (unsigned)(left % 60));
        say(&rest, p->language, SAY_PROGRESS_LEFT, WORDS(NUM(p->all.items), clock));
    }
    say(&line, p->language, SAY_PROGRESS,
        WORDS(NUM(p->items), NUM(failed), NUM(rate), text_z(&rest)));
    text_put(&t, "\r\033[K");
    text_put(&t, text_z(&line));
    say_now(&t);
    text_free(&t);
    text_free(&rest);
    text_free(&line);
    p->shown = true;
}

static void put_state(const progress *p, text *t, double seconds) {
    text_printf(t, "\"items\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"seconds\":%.3f", p->items,
                p->bytes, seconds);
}

static void show_object(progress *p, uint64_t failed, double seconds) {
    text t = {0};
    uint64_t left;
    text_put(&t, "{\"event\":\"progress\",");
    put_state(p, &t, seconds);
    text_printf(&t, ",\"failed\":%" PRIu64, failed);
    if (p->all.known && !p->open) text_printf(&t, ",\"of\":%" PRIu64, p->all.items);
    if (time_left(p, seconds, &left)) text_printf(&t, ",\"left\":%" PRIu64, left);
    text_put(&t, "}\n");
    say_now(&t);
    text_free(&t);
}

static void advance(progress *p, uint64_t items, uint64_t bytes, uint64_t failed) {
    p->items += items;
    p->bytes += bytes;
    double time = now();
    if (time - p->last < (p->kind == PROGRESS_JSON ? 1.0 : 0.1)) return;
    p->last = time;
    look_at_count(p);
    if (p->kind == PROGRESS_JSON)
        show_object(p, failed, time - p->began);
    else
        show_line(p, failed, time - p->began);
}

void progress_step(progress *p, const walk_item *item, uint64_t failed) {
    if (p->kind == PROGRESS_NONE) return;
    p->open = p->open || item->member.archive;
    advance(p, 1, item->size, failed);
}

void progress_pass(progress *p, const walk_folder *folder, uint64_t failed) {
    if (p->kind != PROGRESS_NONE) advance(p, folder->n, folder->bytes, failed);
}

void progress_clear(progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}

void progress_say(progress *p, text *lines) {
    text t = {0};
    progress_clear(p);
    if (p->kind != PROGRESS_JSON) {
        say_now(lines);
        return;
    }
    for (const char *line = text_z(lines), *end; *line; line = end + (*end == '\n')) {
        end = line + strcspn(line, "\n");
        text_put(&t, "{\"event\":\"message\",\"text\":");
        json_put_name(&t, (qw_str){line, (size_t)(end - line)});
        text_put(&t, "}\n");
    }
    text_clear(lines);
    say_now(&t);
    text_free(&t);
}

void progress_end(progress *p, const text *sum) {
    text t = {0};
    progress_clear(p);
    if (p->kind == PROGRESS_NONE) return;
    end_counting(p);
    if (p->kind != PROGRESS_JSON) return;
    text_put(&t, "{\"event\":\"end\",");
    put_state(p, &t, now() - p->began);
    if (sum->n) text_printf(&t, ",%s", text_z(sum));
    text_put(&t, "}\n");
    say_now(&t);
    text_free(&t);
}

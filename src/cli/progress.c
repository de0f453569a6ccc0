#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_begin(progress *p, bool wanted, qw_language language) {
    *p = (progress){.on = wanted && isatty(STDERR_FILENO), .language = language};
    if (p->on) p->began = p->last = now();
}

void progress_show(progress *p, uint64_t done, uint64_t failed) {
    if (!p->on) return;
    double time = now();
    if (time - p->last < 0.1) return;
    p->last = time;
    uint64_t rate = (uint64_t)((double)(done + failed) / (time - p->began));
    text t = {0};
    text_put(&t, "\r\033[K");
    say(&t, p->language, SAY_PROGRESS, WORDS(NUM(done), NUM(failed), NUM(rate)));
    say_now(&t);
    text_free(&t);
    p->shown = true;
}

void progress_clear(progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}

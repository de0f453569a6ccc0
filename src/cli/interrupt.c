#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

/* 0: nothing; a signal; STOPPED: an end without one. Atomic, because workers look at it. */
enum { STOPPED = -1 };
static _Atomic int came;

static void note(int number) {
    came = number;
}

void interrupt_watch(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction catch = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], NULL, &before);
        /* What the caller had us ignore (nohup) stays ignored. */
        if (before.sa_handler != SIG_IGN) sigaction(numbers[i], &catch, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
}

bool interrupted(void) {
    return came != 0;
}

void interrupt_with(int signal_number) {
    came = signal_number;
}

void interrupt_stop(void) {
    came = STOPPED;
}

void interrupt_end(void) {
    int number = came;
    if (number <= 0) return;
    signal(number, SIG_DFL);
    raise(number);
}

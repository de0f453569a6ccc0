#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

/* 0: nothing; a signal; STOPPED: an end without one. */
enum { STOPPED = -1 };
static volatile sig_atomic_t came;
static pid_t served; /* 0: this is no worker */

/* One document may take long to finish; whoever sent the signal need not wait for it. */
enum { PATIENCE = 5 /* seconds */ };

static void note(int number) {
    came = number;
    alarm(PATIENCE);
}

static void end_now(int number) {
    (void)number;
    interrupt_end();
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
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = end_now}, NULL);
}

void interrupt_serve(pid_t supervisor) {
    served = supervisor;
    signal(SIGTERM, note);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGALRM, SIG_DFL); /* see pool_worker.c */
}

pid_t interrupt_owner(void) {
    return served ? served : getpid();
}

/* A process whose parent is gone has another one. */
bool interrupted(void) {
    return came != 0 || (served && getppid() != served);
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

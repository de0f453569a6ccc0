#include "output/temporary.h"

#include "interrupt.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DAY = 24 * 60 * 60 };

/* Folders are shared by machines, on which the same process numbers are others: a short digest
 * (FNV-1a) of the machine's name. Two of the same digest would have to write to one folder. */
static uint32_t machine(void) {
    char name[256] = "";
    uint32_t sum = 2166136261u;
    if (gethostname(name, sizeof name - 1) != 0) name[0] = '\0';
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        sum = (sum ^ *p) * 16777619u;
    return sum;
}

void temporary_name(char name[TEMPORARY_ROOM], uint64_t number, unsigned attempt) {
    snprintf(name, TEMPORARY_ROOM, ".qingwen-%08" PRIx32 "-%ld-%" PRIu64 "-%u", machine(),
             (long)interrupt_owner(), number, attempt);
}

/* libzip writes a file "NAME" by way of "NAME.abcdef", with six letters and digits. */
static bool is_end(const char *rest) {
    size_t n = 0;
    if (*rest == '\0') return true;
    while (rest[n + 1] && strchr("0123456789abcdefghijklmnopqrstuvwxyz", rest[n + 1] | 32)) n++;
    return *rest == '.' && n == 6 && rest[n + 1] == '\0';
}

/* Whether a name is one of ours, all of it. */
static bool parse(const char *name, uint32_t *of, long *process, uint64_t *number) {
    int length = 0;
    unsigned attempt;
    if (strncmp(name, ".qingwen-", 9) != 0 || strlen(name) >= TEMPORARY_ROOM) return false;
    return sscanf(name + 9, "%8" SCNx32 "-%ld-%" SCNu64 "-%u%n", of, process, number, &attempt,
                  &length) == 4 &&
           is_end(name + 9 + length) && *process > 0;
}

/* Whether a process has ended and nobody has asked how, where the system tells (Linux). In a
 * container there is often nobody who does. */
static bool is_defunct(long process) {
    char path[64], state = ' ';
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *f = fopen(path, "r");
    if (!f) return false;
    bool known = fscanf(f, "%*d (%*[^)]) %c", &state) == 1;
    fclose(f);
    return known && (state == 'Z' || state == 'X');
}

static bool is_gone(long process) {
    if (kill((pid_t)process, 0) == 0) return is_defunct(process);
    return errno == ESRCH;
}

static bool is_abandoned(int folder, const char *name) {
    uint32_t of;
    long by;
    uint64_t number;
    struct stat info;
    if (!parse(name, &of, &by, &number)) return false;
    if (of == machine() && is_gone(by)) return true;
    return fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
           time(NULL) - info.st_mtim.tv_sec > DAY;
}

static bool is_mine(const char *name, uint64_t first, uint64_t end) {
    uint32_t of;
    long by;
    uint64_t number;
    return parse(name, &of, &by, &number) && of == machine() && by == interrupt_owner() &&
           number >= first && number < end;
}

/* Ours with these numbers; without any, what is abandoned. */
static size_t drop(const char *folder, uint64_t first, uint64_t end) {
    DIR *d = opendir(folder);
    struct dirent *e;
    size_t n = 0;
    if (!d) return 0;
    while ((e = readdir(d)))
        if (is_mine(e->d_name, first, end) || (first == end && is_abandoned(dirfd(d), e->d_name)))
            n += unlinkat(dirfd(d), e->d_name, 0) == 0;
    closedir(d);
    return n;
}

size_t temporary_sweep(const char *folder) {
    return drop(folder, 0, 0);
}

size_t temporary_drop(const char *folder, uint64_t first, uint64_t end) {
    return first < end ? drop(folder, first, end) : 0;
}

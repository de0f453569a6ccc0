#ifdef __linux__
#define _GNU_SOURCE /* syncfs(), renameat2() */
#endif
#include "output/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifdef __linux__

/* Older kernels keep to themselves what syncfs() could not write. */
static bool tells_failures(void) {
    struct utsname system;
    unsigned major = 0, minor = 0;
    return uname(&system) == 0 && sscanf(system.release, "%u.%u", &major, &minor) == 2 &&
           (major > 5 || (major == 5 && minor >= 8));
}

bool system_sync(const char *path) {
    int fd = tells_failures() ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    bool ok = fd >= 0 && syncfs(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

#else

bool system_sync(const char *path) {
    (void)path;
    return false;
}

#endif

/* By a second name, and the first is taken away; where a file can have one only, by renaming. */
static bool link_new(const char *from, const char *to) {
    if (link(from, to) != 0) return errno != EEXIST && rename(from, to) == 0;
    unlink(from);
    return true;
}

bool system_name(const char *from, const char *to) {
#ifdef RENAME_NOREPLACE
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
#endif
    return link_new(from, to);
}

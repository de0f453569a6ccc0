#include "output/inplace.h"

#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool refuse(output *o, say_id *what, say_id id) {
    o->error = errno;
    *what = id;
    return false;
}

bool inplace_prepare(output *o, char *path, say_id *what) {
    *o = (output){.path = path, .fd = -1, .exists = true};
    o->listed = path ? path_base(path) : NULL;
    errno = ENOMEM;
    return o->listed || refuse(o, what, SAY_OUT_OF_MEMORY);
}

bool inplace_end(output *o, const struct stat *source, const void *input, size_t n) {
    if (!o->temp || o->error) return !o->error;
    if (o->size == n && o->digest == digest_of(input, n)) {
        unlink(o->temp);
        free(o->temp);
        o->temp = NULL;
        return true;
    }
    /* Another's file may be rewritten but not given back to him: then it is ours, with his rights.
     */
    if (chown(o->temp, source->st_uid, source->st_gid) != 0) errno = 0;
    if (chmod(o->temp, source->st_mode & 07777) != 0) o->error = errno;
    return !o->error;
}

static bool is_unchanged(const char *path, const struct stat *source) {
    struct stat now;
    return stat(path, &now) == 0 && now.st_dev == source->st_dev && now.st_ino == source->st_ino &&
           now.st_size == source->st_size && now.st_mtim.tv_sec == source->st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == source->st_mtim.tv_nsec;
}

/* Gives the input a second name. Where a file can have one only, it is moved there, and for a
 * moment there is no file of its own name. */
static bool back_up(const output *o, const char *backup, bool force, bool *moved) {
    struct stat there;
    *moved = false;
    if (link(o->path, backup) == 0) return true;
    if (errno == EEXIST) {
        if (!force || unlink(backup) != 0) return false;
        return link(o->path, backup) == 0;
    }
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK) return false;
    if (lstat(backup, &there) == 0 && !force) return errno = EEXIST, false;
    return *moved = rename(o->path, backup) == 0;
}

static bool replace(output *o, const char *backup, bool force, say_id *what) {
    bool moved;
    if (!back_up(o, backup, force, &moved))
        return refuse(o, what, errno == EEXIST ? SAY_BACKUP_EXISTS : SAY_CANNOT_BACK_UP);
    if (rename(o->temp, o->path) != 0) {
        refuse(o, what, SAY_CANNOT_WRITE);
        if (moved ? rename(backup, o->path) != 0 : unlink(backup) != 0) errno = 0;
        return false;
    }
    free(o->temp);
    o->temp = NULL;
    return true;
}

bool inplace_commit(output *o, const struct stat *source, const char *suffix, bool force,
                    say_id *what) {
    if (!o->temp) return true;
    if (!is_unchanged(o->path, source)) return refuse(o, what, SAY_CHANGED_MEANWHILE);
    size_t n = strlen(o->path), m = strlen(suffix);
    char *backup = malloc(n + m + 1);
    errno = ENOMEM;
    if (!backup) return refuse(o, what, SAY_CANNOT_BACK_UP);
    memcpy(backup, o->path, n);
    memcpy(backup + n, suffix, m + 1);
    bool ok = replace(o, backup, force, what);
    free(backup);
    return ok;
}

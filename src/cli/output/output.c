#include "output/output.h"

#include "input/load.h"
#include "interrupt.h"
#include "output/system.h"
#include "output/temporary.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool write_all(int fd, const void *bytes, size_t n) {
    const char *p = bytes;
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR && !interrupted()) continue;
        if (done < 0) return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

bool stdout_sink(void *self, const void *bytes, size_t n) {
    int *error = self;
    if (!write_all(STDOUT_FILENO, bytes, n)) *error = errno;
    return !*error;
}

static bool refuse(output *o, say_id *what, say_id id) {
    o->error = errno;
    *what = id;
    return false;
}

/* ---- May it be written? -------------------------------------------------------------------- */

static bool digest_there(output *o, int fd, digest *d) {
    struct stat before, after;
    bool ok = fstat(fd, &before) == 0 && S_ISREG(before.st_mode) && digest_begin(d) &&
              digest_add_file(d, fd, &o->there_size) && fstat(fd, &after) == 0;
    o->there = digest_end(d);
    o->there_written = ok ? modified_at(&after) : 0;
    return ok && modified_at(&before) == o->there_written &&
           (uint64_t)after.st_size == o->there_size;
}

/* Takes in what the file holds: what it is, not the bytes, for it may be long. */
static bool look_at(output *o) {
    digest d = {0};
    int fd = open(o->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    bool ok = digest_there(o, fd, &d);
    digest_free(&d);
    close(fd);
    return ok;
}

/* The file there holds what the state says that we wrote for this input. */
static bool is_ours(output *o, const struct stat *there, const known *before) {
    const state_output *ours = before ? known_find(before, o->listed) : NULL;
    uint64_t size = (uint64_t)there->st_size;
    if (!ours || (ours->size != size && !(ours->replaced && ours->was_size == size))) return false;
    return look_at(o) && known_holds(ours, o->there_size, o->there);
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool may_write(output *o, const output_rules *rules, const struct stat *source,
                      const known *before, say_id *what) {
    struct stat entry, there;
    if (lstat(o->path, &entry) != 0) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        return absent || refuse(o, what, SAY_CANNOT_WRITE);
    }
    bool dangling = stat(o->path, &there) != 0;
    if (!dangling) {
        if (S_ISDIR(there.st_mode)) return refuse(o, what, SAY_IS_FOLDER);
        if (source && same_file(&there, source)) return refuse(o, what, SAY_IS_SOURCE);
        o->special = !S_ISREG(there.st_mode);
        if (o->special) return true;
    }
    o->exists = true;
    bool plain = S_ISREG(entry.st_mode); /* a link is never ours */
    o->ours = plain && is_ours(o, &there, before);
    if (!dangling && rules->sources && sources_hold(rules->sources, o->path, &there, o->ours))
        return refuse(o, what, SAY_IS_SOURCE);
    if (rules->force || o->ours) return true;
    return refuse(o, what, SAY_IS_FOREIGN);
}

bool output_prepare(output *o, char *path, char *listed, const output_rules *rules,
                    const struct stat *source, const known *before, say_id *what) {
    *o = (output){.path = path, .listed = listed, .fd = -1};
    if (!path || !listed) return refuse(o, what, SAY_OUT_OF_MEMORY);
    return may_write(o, rules, source, before, what);
}

bool output_draft(output *o, char *path, char *listed, char *home) {
    *o = (output){.path = path, .listed = listed, .home = home, .fd = -1};
    if (path && listed && home) return true;
    o->error = ENOMEM;
    return false;
}

/* ---- Writing ------------------------------------------------------------------------------- */

static bool open_temporary(output *o, uint64_t number) {
    char name[TEMPORARY_ROOM];
    char *folder = o->home ? path_join("", o->home) : path_folder(o->path);
    errno = ENOMEM;
    for (unsigned attempt = 0; folder && attempt < 100; attempt++) {
        temporary_name(name, number, attempt);
        o->temp = path_join(folder, name);
        if (!o->temp) break;
        o->fd = open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (o->fd >= 0) break;
        free(o->temp);
        o->temp = NULL;
        if (errno != EEXIST) break; /* else left by a process of our number that was killed */
    }
    int error = errno;
    free(folder);
    errno = error;
    return o->fd >= 0;
}

bool output_begin(output *o, uint64_t number, say_id *what) {
    errno = ENOMEM;
    if (!digest_begin(&o->sum)) return refuse(o, what, SAY_CANNOT_WRITE);
    if (o->special) {
        o->fd = open(o->path, O_WRONLY | O_CLOEXEC);
        return o->fd >= 0 || refuse(o, what, SAY_CANNOT_WRITE);
    }
    if (open_temporary(o, number)) return true;
    if (errno != ENOENT || o->home) return refuse(o, what, SAY_CANNOT_WRITE);
    if (!path_make_folders(o->path)) return refuse(o, what, SAY_CANNOT_MAKE_FOLDER);
    return open_temporary(o, number) || refuse(o, what, SAY_CANNOT_WRITE);
}

bool output_sink(void *self, const void *bytes, size_t n) {
    output *o = self;
    if (o->error) return false;
    if (interrupted())
        o->error = EINTR;
    else if (!write_all(o->fd, bytes, n))
        o->error = errno;
    if (o->error) return false;
    digest_add(&o->sum, bytes, n);
    o->size += n;
    return true;
}

/* A file system that cannot keep the time keeps the file all the same. */
static void set_time(int fd, int64_t seconds) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)seconds}};
    (void)futimens(fd, times);
}

bool output_end(output *o) {
    int fd = o->fd;
    struct stat info;
    o->fd = -1;
    if (fd >= 0 && o->timed && !o->special) set_time(fd, o->time);
    if (fd >= 0 && fstat(fd, &info) == 0) o->written = modified_at(&info), o->device = info.st_dev;
    o->digest = digest_end(&o->sum);
    digest_free(&o->sum);
    if (fd >= 0 && close(fd) != 0 && !o->error) o->error = errno;
    return !o->error;
}

/* ---- The name ------------------------------------------------------------------------------ */

/* What is written is what stands there already: it keeps its date. */
static bool is_nothing_new(const output *o) {
    return o->ours && o->there == o->digest && o->there_size == o->size;
}

state_output output_entry(const output *o) {
    bool same = is_nothing_new(o);
    return (state_output){
        .name = o->listed,
        .size = o->size,
        .digest = o->digest,
        .written = same ? o->there_written : o->written,
        .current = true,
        .replaced = o->ours && !same,
        .was_size = o->there_size,
        .was_digest = o->there,
    };
}

bool output_needs_sync(const output *o) {
    return o->temp && !is_nothing_new(o);
}

void output_begin_sync(output *o) {
    if (!output_needs_sync(o) || o->fd >= 0) return;
    o->fd = open(o->temp, O_RDONLY | O_CLOEXEC);
    /* That it will not be needed makes the system write it, and wait for nothing. */
    if (o->fd >= 0) posix_fadvise(o->fd, 0, 0, POSIX_FADV_DONTNEED);
}

bool output_sync(output *o) {
    if (!output_needs_sync(o)) return true;
    output_begin_sync(o);
    bool ok = o->fd >= 0 && fsync(o->fd) == 0;
    if (!ok && !o->error) o->error = errno;
    if (o->fd >= 0) close(o->fd);
    o->fd = -1;
    return ok;
}

bool output_commit(output *o, say_id *what) {
    if (!o->temp || is_nothing_new(o)) return true;
    if (o->exists ? rename(o->temp, o->path) != 0 : !system_name(o->temp, o->path)) {
        int error = errno;
        /* Another run may have been as fast, with the same result. */
        if (error == EEXIST && look_at(o) && (o->ours = true, is_nothing_new(o))) return true;
        errno = error;
        return refuse(o, what, error == EEXIST ? SAY_IS_FOREIGN : SAY_CANNOT_WRITE);
    }
    free(o->temp);
    o->temp = NULL;
    return true;
}

void output_drop(output *o) {
    if (o->path && o->fd >= 0) close(o->fd);
    if (o->temp) unlink(o->temp);
    digest_free(&o->sum);
    free(o->temp);
    free(o->path);
    free(o->listed);
    free(o->home);
    *o = (output){.fd = -1};
}

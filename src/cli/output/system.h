/* system: two steps for which a system may have a better way than POSIX: where it has none, or the
 * file system does not take part, they say so or go the common way. */
#ifndef QW_CLI_SYSTEM_H
#define QW_CLI_SYSTEM_H

#include <stdbool.h>

/* Writes through to the disk all that was written to the file system on which `path` lies: for many
 * files that costs as much as for one. False when it cannot be done, or something there could not
 * be written, whichever file it belongs to: then each has to be asked for by fsync(). */
bool system_sync(const char *path);

/* Gives a file another name in its folder, where nothing has that name. False with errno set:
 * EEXIST when there is something. */
bool system_name(const char *from, const char *to);

#endif

/* path: names of files, and the name of an output. */
#ifndef QW_CLI_PATH_H
#define QW_CLI_PATH_H

#include "qingwen.h"

/* a + "/" + b, or just b when a is "". Newly allocated; NULL when memory is out. */
char *path_join(const char *a, const char *b);

/* The first n bytes of a name. Newly allocated; NULL when memory is out. */
char *path_part(const char *name, size_t n);

/* The last component, without slashes after it; "" for "/". Newly allocated. */
char *path_base(const char *path);

/* The folder a path lies in: "." for a bare name. Newly allocated. */
char *path_folder(const char *path);

/* Length of a name without its extension. Only extensions of formats that are read or written
 * count: in "report.v2" there is none. */
size_t path_stem(const char *name);

/* The format that a name's extension stands for; NULL when it stands for none. */
const qw_format_info *path_format(const char *name);

/* The format of this name, NULL when there is none. */
const qw_format_info *format_named(const char *name, size_t n);

/* The usual extension of a format, or its name when it has none; not NUL-terminated. */
qw_str format_extension(const qw_format_info *format);

/* The name of an output. An input whose extension stands for the format keeps its name; otherwise
 * that extension is exchanged for the format's usual one. A `twin` (another input in its folder
 * differs from it in extension alone) keeps its own extension before it. Newly allocated. */
char *path_output(const char *name, bool twin, const qw_format_info *format);

/* Makes the folders that lead to a file. False with errno set. */
bool path_make_folders(const char *file);

#endif

/* files: whole files and folders, for the test programs. What goes wrong here is the test's fault,
 * not the library's: these functions say so on stderr and end the program. */
#ifndef QW_TESTS_FILES_H
#define QW_TESTS_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* A file's bytes, followed by a NUL. */
typedef struct content {
    char *p;
    size_t n;
} content;

/* The write() of a qw_sink whose self is a content. */
bool content_add(void *self, const void *bytes, size_t n);

/* Names in a folder, or paths; sorted as bytes. */
typedef struct names {
    char **at;
    size_t n;
} names;

/* malloc() and realloc() that end the program when memory is out. */
void *need_memory(void *old, size_t n);

/* printf into fresh memory, the caller's. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What a file holds; p is NULL when there is no such file. Free p. */
content file_read(const char *path);

/* Writes a file, and makes the folder that it is in. */
void file_write(const char *path, const void *bytes, size_t n);
void file_copy(const char *from, const char *to);
bool is_folder(const char *path);
bool is_file(const char *path);

/* The names in a folder but "." and "..", sorted. */
names folder_list(const char *path);

/* The paths of all files below a folder, relative to it, sorted. */
names folder_walk(const char *path);
void names_add(names *list, char *name);
void names_free(names *list);

/* Makes a folder and those above it. */
void folder_make(const char *path);

/* Removes a folder and all that is in it; fine when there is none. */
void folder_remove(const char *path);

/* A fresh folder under $TMPDIR or /tmp; the caller frees the path and removes the folder. */
char *folder_scratch(void);

/* "docx" of "a/in.docx"; "" when there is none. */
const char *extension_of(const char *path);

#endif

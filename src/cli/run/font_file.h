/* font_file: the names that a font file gives its fonts (OpenType, ISO/IEC 14496-22: the table
 * `name`, in UTF-16). A hostile file is read no further than what it says fits. */
#ifndef QW_CLI_FONT_FILE_H
#define QW_CLI_FONT_FILE_H

#include "qingwen.h"

#include <stdio.h>

/* A name that is looked for, of a family or of one font of it. */
typedef struct font_wanted {
    qw_str name; /* UTF-8 */
    bool found;
} font_wanted;

/* Marks those of n names that a font of the file has, without regard to case (A to Z), and that
 * were not found before; returns how many. */
size_t font_file_read(FILE *f, font_wanted *all, size_t n);

#endif

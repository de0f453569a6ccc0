/* fonts: which fonts this machine has, by the names in the files of its font folders. */
#ifndef QW_CLI_FONTS_H
#define QW_CLI_FONTS_H

#include "run/font_file.h"
#include "text.h"

/* Marks those that are installed. What cannot be read is passed over; how many
 * files and folders are looked at is bounded. */
void fonts_find(font_wanted *all, size_t n);

/* Says which fonts of a layout ("gongwen:body=仿宋") are missing, and which of these have their
 * substitute here. Adds nothing when all are there. */
void fonts_say_missing(text *t, qw_language language, const char *layout);

#endif

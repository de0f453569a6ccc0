/* zip: packages for the test programs. A fixture keeps a DOCX as a folder, so that a change of it
 * can be read; these turn the one into the other. */
#ifndef QW_TESTS_ZIP_H
#define QW_TESTS_ZIP_H

#include "support/files.h"

/* Packs the files below a folder; [Content_Types].xml comes first, the rest in order of name. Dates
 * are 1980-01-01, so that the same folder gives the same bytes. Free p. */
content zip_folder(const char *folder);

/* Unpacks a package into a folder. False when it is no package that libzip reads. */
bool unzip_to(const content *package, const char *folder);

#endif

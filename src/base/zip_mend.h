/* zip_mend: ZIP files whose names say that they are UTF-8 and are not (APPNOTE 4.4.4, bit 11):
 * bsdtar writes such, of names as it finds them. libzip refuses them as a whole.
 * Likewise files that have something before them. */
#ifndef QW_BASE_ZIP_MEND_H
#define QW_BASE_ZIP_MEND_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Takes the mark off such names, in the bytes of a ZIP file. Says whether there was one. */
bool zip_mend(char *p, size_t n);

/* The ZIP file without what stands before it, when its offsets do not count that in: a program that
 * unpacks it, or the rest of a message. Other bytes come back as they are. */
str zip_without_lead(str bytes);

#endif

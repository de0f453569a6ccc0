/* package_kind: what the bytes of a file prove it to be. */
#ifndef QW_OOXML_PACKAGE_KIND_H
#define QW_OOXML_PACKAGE_KIND_H

#include "base/str.h"

enum package_kind {
    PACKAGE_NONE, /* nothing that this layer knows: text, HTML … */
    PACKAGE_ZIP,
    PACKAGE_LATE_ZIP, /* a ZIP that something stands before */
    PACKAGE_FLAT,     /* Flat OPC: one XML file */
    PACKAGE_ENCRYPTED,
    PACKAGE_OLD_DOC,
    PACKAGE_OLE,
    PACKAGE_CIPHERTEXT,
    PACKAGE_LOCK_FILE,
    PACKAGE_RTF,
    PACKAGE_PDF,
};

/* name is a hint: Word's lock files begin with "~$". */
enum package_kind package_kind(str bytes, str name);

#endif

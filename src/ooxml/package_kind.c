/* package_kind: what the bytes of a file prove it to be, package or not. */
#include "ooxml/package_kind.h"

/* Names of streams stand in UTF-16LE in the directory of a compound file ([MS-CFB] 2.6). */
static bool holds_wide(str bytes, const char *name) {
    char wide[128];
    size_t n = 0;
    for (; name[n / 2] && n < sizeof wide; n += 2) wide[n] = name[n / 2], wide[n + 1] = '\0';
    return str_find(bytes, str_make(wide, n), 0) != STR_NONE;
}

static enum package_kind compound_kind(str bytes) {
    if (holds_wide(bytes, "EncryptedPackage")) return PACKAGE_ENCRYPTED;
    if (holds_wide(bytes, "WordDocument")) return PACKAGE_OLD_DOC;
    return PACKAGE_OLE;
}

/* Word's owner file: 162 bytes, the first of them the length of the user's name, which follows in
 * the ANSI code page and, at byte 55, in UTF-16. */
static bool is_lock_file(str bytes, str name) {
    size_t slash = name.n;
    while (slash > 0 && name.p[slash - 1] != '/' && name.p[slash - 1] != '\\') slash--;
    bool named = str_starts(str_cut(name, slash, name.n), STR("~$"));
    if (bytes.n != 162 && bytes.n != 165) return false;
    uint8_t length = (uint8_t)bytes.p[0];
    if (length == 0 || length > 52) return false;
    return named || (bytes.p[54] == bytes.p[0] && bytes.p[55] == '\0') ||
           (bytes.p[53] == ' ' && bytes.p[54] == bytes.p[0]) ||
           str_find(str_cut(bytes, 1 + (size_t)length, 54), STR("    "), 0) != STR_NONE;
}

/* <pkg:package> within the first bytes, whatever its prefix. */
static bool is_flat(str bytes) {
    static const str ns = STR_INIT("http://schemas.microsoft.com/office/2006/xmlPackage");
    str head = str_cut(bytes, 0, 4096);
    size_t at = str_starts(head, STR("\xEF\xBB\xBF")) ? 3 : 0;
    str rest = str_trim(str_cut(head, at, head.n));
    if (!str_starts(rest, STR("<"))) return false;
    return str_find(head, ns, 0) != STR_NONE && str_find(head, STR("package"), 0) != STR_NONE;
}

/* A local file header anywhere near the start: something stands before the archive. */
static bool is_late_zip(str bytes) {
    size_t at = str_find(str_cut(bytes, 0, 64 * 1024), STR("PK\3\4"), 0);
    return at != STR_NONE && bytes.n > at + 30 && bytes.p[at + 5] == 0 &&
           str_find(str_cut(bytes, bytes.n < 66000 ? 0 : bytes.n - 66000, bytes.n), STR("PK\5\6"),
                    0) != STR_NONE;
}

enum package_kind package_kind(str bytes, str name) {
    if (str_starts(bytes, STR("PK\3\4")) || str_starts(bytes, STR("PK\5\6"))) return PACKAGE_ZIP;
    if (str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) return compound_kind(bytes);
    if (str_starts(bytes, STR("%TSD-Header-"))) return PACKAGE_CIPHERTEXT;
    if (str_starts(bytes, STR("{\\rtf"))) return PACKAGE_RTF;
    if (str_starts(bytes, STR("%PDF-"))) return PACKAGE_PDF;
    if (is_lock_file(bytes, name)) return PACKAGE_LOCK_FILE;
    if (is_flat(bytes)) return PACKAGE_FLAT;
    return is_late_zip(bytes) ? PACKAGE_LATE_ZIP : PACKAGE_NONE;
}

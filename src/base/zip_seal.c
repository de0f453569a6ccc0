#include "base/zip_seal.h"

#include <stdint.h>
#include <string.h>

enum { VERSION = 51, ENCRYPTED = 1, METHOD_AES = 99, METHOD_DEFLATE = 8, NAME = 1, EXTRA = 11 };

static char *put(char *p, uint64_t value, unsigned bytes) {
    for (; bytes > 0; bytes--, value >>= 8) *p++ = (char)(value & 255);
    return p;
}

/* APPNOTE 4.4, from "version needed" to the length of the extra field. */
static char *put_common(char *p, size_t n) {
    p = put(p, VERSION, 2);
    p = put(p, ENCRYPTED, 2);
    p = put(p, METHOD_AES, 2);
    p = put(p, 0, 4 + 4); /* time and CRC */
    p = put(p, n, 4);
    p = put(p, n, 4);
    p = put(p, NAME, 2);
    return put(p, EXTRA, 2);
}

/* The name, and the field of "AES Encryption Information" (WinZip): AE-2, of the strength 1 to 3.
 */
static char *put_name(char *p, unsigned bits) {
    *p++ = 'a';
    p = put(p, 0x9901, 2);
    p = put(p, EXTRA - 4, 2);
    p = put(p, 2, 2);
    *p++ = 'A';
    *p++ = 'E';
    p = put(p, bits / 64 - 1, 1);
    return put(p, METHOD_DEFLATE, 2);
}

void zip_seal(char head[SEAL_HEAD], char tail[SEAL_TAIL], size_t n, unsigned bits) {
    char *p = head;
    memcpy(p, "PK\3\4", 4);
    put_name(put_common(p + 4, n), bits);
    p = tail;
    memcpy(p, "PK\1\2", 4);
    p = put_common(put(p + 4, VERSION, 2), n);
    p = put(p, 0, 2 + 2 + 2 + 4 + 4); /* comment, disk, attributes, offset */
    p = put_name(p, bits);
    memcpy(p, "PK\5\6", 4);
    p = put(p + 4, 0, 4);
    p = put(p, 1, 2);
    p = put(p, 1, 2);
    p = put(p, 46 + NAME + EXTRA, 4);
    p = put(p, SEAL_HEAD + n, 4);
    put(p, 0, 2);
}

/* zip_seal: a ZIP file made around the encrypted bytes of one entry (WinZip AES, AE-2), as one that
 * is deflated: what is decrypted and left packed of such has no CRC, so that libzip 1.7, which asks
 * for one in any case, says whether the authentication code behind the bytes is right. */
#ifndef QW_BASE_ZIP_SEAL_H
#define QW_BASE_ZIP_SEAL_H

#include <stddef.h>

enum { SEAL_HEAD = 30 + 1 + 11, SEAL_TAIL = 46 + 1 + 11 + 22 };

/* What stands before and behind n encrypted bytes; bits: 128, 192 or 256. */
void zip_seal(char head[SEAL_HEAD], char tail[SEAL_TAIL], size_t n, unsigned bits);

#endif

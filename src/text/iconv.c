/* Works with glibc's iconv and GNU libiconv: both stop before a character that does not fit, is cut
 * off or ill-formed, with their input pointer at its first byte. */
#include "text/iconv.h"

#include <errno.h>
#include <iconv.h>

void *iconv_door_open(const char *name) {
    iconv_t cd = iconv_open("UTF-8", name);
    return cd == (iconv_t)-1 ? NULL : (void *)cd;
}

void iconv_door_close(void *cd) {
    if (cd) iconv_close((iconv_t)cd);
}

state_result iconv_door_run(void *cd, const uint8_t **p, size_t *n, bool last, char **out,
                            size_t *room) {
    char *in = (char *)*p; /* iconv's prototype lacks the const; it does not write there */
    size_t done = iconv((iconv_t)cd, &in, n, out, room);
    *p = (const uint8_t *)in;
    if (done != (size_t)-1 && last && !*n)
        done = iconv((iconv_t)cd, NULL, NULL, out, room); /* what was held back; forgets escapes */
    if (done != (size_t)-1) return STATE_DONE;
    return errno == E2BIG ? STATE_FULL : errno == EINVAL ? STATE_MORE : STATE_BAD;
}

/* Undo of a hostile report: the input is a report, a NUL, and an output. Nothing may crash, and
 * nothing may be written when the call fails. */
#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static const size_t only[] = {1, 3};
    str all = str_make((const char *)data, n);
    size_t cut = str_find_byte(all, '\0', 0);
    qw_undo_request r = {.report = str_cut(all, 0, cut)};
    if (cut != STR_NONE) r.output = str_cut(all, cut + 1, n);
    for (int some = 0; some < 2; some++) {
        buf back = BUF_INIT(1 << 26);
        qw_sink sink = {to_buf, &back};
        qw_error why = {0};
        r.only = some ? only : NULL;
        r.nonly = some ? 2 : 0;
        if (!qw_undo(&r, &sink, &why) && (back.n || why.code == QW_OK)) abort();
        buf_free(&back);
    }
    return 0;
}

/* Law 1 under any edits: the first half of the input is a text, the second says what is done to it.
 * Output and report must give the text back, byte for byte. */
#include "base/buf.h"
#include "model/edit.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

/* A character boundary of the text at or before at. */
static size_t boundary(str text, size_t at) {
    if (at > text.n) at = text.n;
    while (at > 0 && at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80) at--;
    return at;
}

static void edit_once(doc *d, const uint8_t *op) {
    static const reason why = {STR_INIT("rule"), STR_INIT("why"), 50};
    uint32_t index = op[0] % d->nblocks;
    str text = d->blocks[index].text;
    size_t from = boundary(text, text.n ? op[1] % (text.n + 1) : 0);
    size_t to = boundary(text, from + op[2] % 16);
    if (op[3] % 8 == 0)
        edit_drop(d, index, why);
    else if (op[3] % 8 < 4)
        edit_remove(d, index, from, to - from, why);
    else
        edit_replace(d, index, from, to - from, STR("（改）"), why);
}

static void check(qw_doc *d, str want) {
    buf output = BUF_INIT(1 << 24), report = BUF_INIT(1 << 26), back = BUF_INIT(1 << 24);
    qw_sink to_output = {to_buf, &output}, to_report = {to_buf, &report}, to_back = {to_buf, &back};
    qw_error why = {0};
    if (!qw_write(d, "txt", NULL, &to_output, &why)) abort();
    if (!qw_write(d, "report", NULL, &to_report, &why)) abort();
    qw_undo_request r = {.report = buf_str(&report), .output = buf_str(&output)};
    if (!qw_undo(&r, &to_back, &why) || !str_eq(buf_str(&back), want)) abort();
    buf_free(&output);
    buf_free(&report);
    buf_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    size_t half = n / 2;
    qw_workspace *space = qw_workspace_new();
    qw_input in = {"a.txt", data, half};
    qw_doc *d = qw_read(space, &in, &(qw_read_options){.encoding = "UTF-8"}, NULL);
    if (d && d->undecodable == 0 && d->nblocks) {
        d->filter = STR("fuzz");
        for (size_t i = half; n - i >= 4 && i < half + 400; i += 4) edit_once(d, data + i);
        check(d, str_make((const char *)data, half));
    }
    qw_workspace_free(space);
    return 0;
}

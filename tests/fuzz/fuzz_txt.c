/* fuzz_txt: any bytes as a text file, through the default chain and back. Asserts that the text
 * written is UTF-8, and that undo gives the decoded input, byte for byte. */
#include "base/utf8.h"
#include "support/keep.h"
#include "text/decode.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void need(bool condition) {
    if (!condition) abort();
}

/* The input as the decoder alone gives it: the stretches one after another, with a signature only
 * when it is that of UTF-8. */
static buf decoded_input(const uint8_t *data, size_t n) {
    buf whole = BUF_INIT(1 << 30);
    arena *mem = arena_new(0);
    stretch *stretches = NULL;
    size_t count = 0;
    need(mem && detect_stretches(mem, data, n, NULL, &stretches, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        const stretch *s = &stretches[i];
        size_t skip = s->off == 0 ? s->bom : 0;
        if (skip && s->enc == encoding_at(ENC_UTF8)) skip = 0;
        decoded piece;
        need(decode(mem, s->enc, data + s->off + skip, s->len - skip, s->off + skip, &piece));
        need(utf8_valid_prefix(piece.text) == piece.text.n);
        need(buf_add(&whole, piece.text));
    }
    arena_free(mem);
    return whole;
}

static buf write_as(qw_doc *doc, const char *format) {
    buf o = BUF_INIT(1 << 30);
    need(qw_write(doc, format, NULL, &(qw_sink){keep, &o}, NULL));
    return o;
}

static void check_undo(const uint8_t *data, size_t n, const buf *text, const buf *report) {
    buf back = BUF_INIT(1 << 30), want = decoded_input(data, n);
    qw_undo_request request = {.report = buf_str(report), .output = buf_str(text)};
    need(qw_undo(&request, &(qw_sink){keep, &back}, NULL));
    need(str_eq(buf_str(&back), buf_str(&want)));
    buf_free(&back);
    buf_free(&want);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static qw_chain *chain;
    static qw_workspace *space;
    if (!chain) need((chain = qw_chain_new(NULL, NULL)) && (space = qw_workspace_new()));
    qw_doc *doc =
        qw_read(space, &(qw_input){"a.txt", data, n}, &(qw_read_options){.format = "txt"}, NULL);
    if (!doc || !qw_run(chain, doc, NULL)) return 0;
    buf text = write_as(doc, "txt"), report = write_as(doc, "report");
    need(utf8_valid_prefix(buf_str(&text)) == text.n);
    check_undo(data, n, &text, &report);
    buf_free(&text);
    buf_free(&report);
    return 0;
}

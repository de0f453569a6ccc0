/* fuzz_txt: any bytes as a text file, through the default chain and back. Asserts that the text
 * written is UTF-8, and that undo gives the decoded input, byte for byte. */
#include "base/utf8.h"
#include "qingwen.h"
#include "text/decode.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef struct output {
    char *p;
    size_t n, cap;
} output;

static void need(bool condition) {
    if (!condition) abort();
}

static bool keep(void *self, const void *bytes, size_t n) {
    output *o = self;
    if (n > o->cap - o->n) {
        o->cap = (o->cap + n) * 2;
        need((o->p = realloc(o->p, o->cap)) != NULL);
    }
    if (n) memcpy(o->p + o->n, bytes, n);
    o->n += n;
    return true;
}

/* The input as the decoder alone gives it: the stretches one after another, with a signature only
 * when it is that of UTF-8. */
static output decoded_input(const uint8_t *data, size_t n) {
    output whole = {NULL, 0, 0};
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
        keep(&whole, piece.text.p, piece.text.n);
    }
    arena_free(mem);
    return whole;
}

static output write_as(qw_doc *doc, const char *format) {
    output o = {NULL, 0, 0};
    need(qw_write(doc, format, NULL, &(qw_sink){keep, &o}, NULL));
    return o;
}

static void check_undo(const uint8_t *data, size_t n, const output *text, const output *report) {
    output back = {NULL, 0, 0}, want = decoded_input(data, n);
    qw_undo_request request = {.report = {report->p, report->n}, .output = {text->p, text->n}};
    need(qw_undo(&request, &(qw_sink){keep, &back}, NULL));
    need(back.n == want.n && (want.n == 0 || memcmp(back.p, want.p, want.n) == 0));
    free(back.p);
    free(want.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static qw_chain *chain;
    static qw_workspace *space;
    if (!chain) need((chain = qw_chain_new(NULL, NULL)) && (space = qw_workspace_new()));
    qw_doc *doc =
        qw_read(space, &(qw_input){"a.txt", data, n}, &(qw_read_options){.format = "txt"}, NULL);
    if (!doc || !qw_run(chain, doc, NULL)) return 0;
    output text = write_as(doc, "txt"), report = write_as(doc, "report");
    need(text.n == 0 || utf8_valid_prefix((str){text.p, text.n}) == text.n);
    check_undo(data, n, &text, &report);
    free(text.p);
    free(report.p);
    return 0;
}

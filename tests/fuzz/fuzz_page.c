/* fuzz_page: any bytes as a page of HTML or MHTML that goes by the name of a Word document. Asserts
 * that the text written is UTF-8, before and after cleaning, and that bytes which could not be
 * decoded are told. */
#include "base/utf8.h"
#include "support/keep.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void need(bool condition) {
    if (!condition) abort();
}

static void write_text(qw_doc *doc) {
    buf o = BUF_INIT(1 << 30);
    need(qw_write(doc, "txt", NULL, &(qw_sink){keep, &o}, NULL));
    need(utf8_valid_prefix(buf_str(&o)) == o.n);
    buf_free(&o);
}

static void check_notices(const qw_doc *doc) {
    qw_summary sum;
    qw_note_info told;
    bool any = false;
    qw_summarize(doc, &sum);
    for (size_t i = 0; qw_note_get(doc, i, &told); i++)
        any |= strcmp(told.id, "undecodable-sum") == 0;
    need(any == (sum.undecodable > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static qw_chain *chain;
    static qw_workspace *space;
    if (!chain) need((chain = qw_chain_new(NULL, NULL)) && (space = qw_workspace_new()));
    qw_doc *doc =
        qw_read(space, &(qw_input){"a.doc", data, n}, &(qw_read_options){.format = "html"}, NULL);
    if (!doc) return 0;
    check_notices(doc);
    write_text(doc);
    if (qw_run(chain, doc, NULL)) write_text(doc);
    return 0;
}

/* fuzz_page: any bytes as a page of HTML or MHTML that goes by the name of a Word document. Asserts
 * that the text written is UTF-8, before and after cleaning, and that bytes which could not be
 * decoded are told. */
#include "base/utf8.h"
#include "qingwen.h"

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

static void write_text(qw_doc *doc) {
    output o = {NULL, 0, 0};
    need(qw_write(doc, "txt", NULL, &(qw_sink){keep, &o}, NULL));
    need(o.n == 0 || utf8_valid_prefix((str){o.p, o.n}) == o.n);
    free(o.p);
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

/* Any batch of documents, parted by NUL bytes, a line a paragraph: what is learned from it is a
 * rule file that loads. */
#include "base/utf8.h"
#include "model/learn.h"

#include <stdlib.h>

enum { MOST = 3000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static doc *document(arena *mem, str text) {
    doc *d = doc_new(mem, STR("d"), STR(""));
    for (size_t from = 0, to; d && from <= text.n; from = to + 1) {
        to = str_find_byte(text, '\n', from);
        if (to == STR_NONE) to = text.n;
        doc_add_block(d, BLOCK_PARAGRAPH, str_cut(text, from, to), 0, 0);
    }
    return d;
}

/* Both passes over the batch. */
static void read_batch(arena *mem, learner *l, str batch, bool look) {
    for (size_t from = 0, to; from <= batch.n; from = to + 1) {
        to = str_find_byte(batch, '\0', from);
        if (to == STR_NONE) to = batch.n;
        doc *d = document(mem, str_cut(batch, from, to));
        if (!d) return;
        if (look)
            learner_look(l, d);
        else
            learner_count(l, d);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static arena *forever;
    static const ruleset *rules;
    qw_error why = {0};
    if (!forever) {
        forever = arena_new(0);
        rules = ruleset_load(forever, STR("ads"), NULL, 0, &why);
        if (!rules) abort();
    }
    str batch = str_make((const char *)data, n < MOST ? n : MOST);
    batch.n = utf8_valid_prefix(batch);
    arena *mem = arena_new(1 << 28);
    learner *l = mem ? learner_new(mem, rules) : NULL;
    if (l) {
        buf out = {0};
        read_batch(mem, l, batch, false);
        read_batch(mem, l, batch, true);
        size_t found = learner_write(l, &out);
        qw_rule_file file = {"learned.rules", buf_str(&out).p, buf_str(&out).n};
        if (found && !ruleset_load(mem, STR("ads"), &file, 1, &why)) abort();
        buf_free(&out);
    }
    arena_free(mem);
    return 0;
}

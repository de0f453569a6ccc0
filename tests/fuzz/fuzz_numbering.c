/* Styles and a numbering part with a byte 1 between them; then a few bytes for each paragraph: its
 * list, its level, its style. Labels are UTF-8 and no longer than they may be. */
#include "base/utf8.h"
#include "ooxml/numbering.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static void count(arena *mem, const numbering *n, const styles *s, str paragraphs) {
    static const str ids[] = {STR_INIT("a"), STR_INIT("b"), STR_INIT("1"), {NULL, 0}};
    numbering_run run = numbering_begin(n);
    list_label *label = calloc(1, sizeof *label);
    must(label != NULL);
    for (size_t i = 0; i + 2 < paragraphs.n && i < 3000; i += 3) {
        paragraph_properties p = {.num_id = paragraphs.p[i] % 8, .num_level = paragraphs.p[i + 1]};
        bool ok;
        const style *own = styles_of_paragraph(s, ids[(uint8_t)paragraphs.p[i + 2] % 4]);
        if (p.num_level < -1) p.num_level = -1;
        if (p.num_id < 0) p.num_id = -1;
        if (!numbering_next(&run, mem, &p, own, label, &ok)) continue;
        must(ok && label->n <= LABEL_MAX && label->level < NUMBERING_LEVELS);
        must(utf8_valid_prefix(str_make(label->text, label->n)) == label->n);
    }
    free(label);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str rest = str_make((const char *)data, size), styles_part = STR(""), part = STR("");
    str_next(&rest, '\1', &styles_part);
    str_next(&rest, '\1', &part);
    arena *mem = arena_new(0);
    qw_error why = {0};
    styles s;
    must(mem != NULL);
    if (styles_read(&s, mem, STR("styles"), styles_part, &why)) {
        const numbering *n = numbering_read(mem, STR("numbering"), part, &s, &why);
        must((n != NULL) == (why.code == QW_OK));
        if (n) count(mem, n, &s, rest);
    }
    arena_free(mem);
    return 0;
}

/* A hostile export of Legado's rules. */
#include "model/legado.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    arena *mem = arena_new(1 << 26);
    qw_error why = {0};
    rule_texts out = {0};
    bool ok = mem && legado_read(mem, STR("fuzz"), str_make((const char *)data, n), &out, &why);
    if (mem && !ok && why.code == QW_OK) abort();
    const draft *drafts = out.drafts.items;
    for (size_t i = 0; ok && i < out.drafts.n; i++)
        if (!drafts[i].expression.n) abort();
    arena_free(mem);
    return 0;
}

/* A hostile export of Legado's rules: what is taken over can be made into a set, or is refused rule
 * by rule, and can be looked for. */
#include "model/legado.h"
#include "model/rules.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look_for(const ruleset *set, arena *mem) {
    str text = STR("（甲乙第12期）他说：“乙丙丁。”甲甲。abc 三号仓库");
    form folded, skeleton;
    finding found[16];
    if (!form_init(&folded, mem, text.n) || !form_init(&skeleton, mem, text.n)) return;
    skeleton_make(ruleset_folding(set), text, &folded, &skeleton);
    size_t all = ruleset_find(set, text, &folded, &skeleton, found, 16);
    for (size_t i = 0; i < all; i++)
        if (found[i].from >= found[i].to || found[i].to > text.n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    arena *mem = arena_new(1 << 26);
    qw_error why = {0};
    rule_texts out = {0};
    str text = str_make((const char *)data, n);
    bool ok = mem && legado_read(mem, STR("fuzz"), text, &out, &why);
    if (mem && !ok && why.code == QW_OK) abort();
    const draft *drafts = out.drafts.items;
    for (size_t i = 0; ok && i < out.drafts.n; i++)
        if (!drafts[i].expression.n) abort();
    qw_rule_file file = {"fuzz", text.p, text.n};
    const ruleset *set = ok ? ruleset_load_alone(mem, STR("ads"), &file, 1, &why) : NULL;
    if (ok && legado_is(text) && !set && why.code != QW_MEMORY && out.drafts.n) abort();
    if (set) look_for(set, mem);
    arena_free(mem);
    return 0;
}

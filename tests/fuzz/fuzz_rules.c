/* A hostile rule file, a NUL, and a text that its rules are looked for in; the shipped rules, which
 * take long to make, are left out. */
#include "base/utf8.h"
#include "model/rules.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    enum { MOST = 32, LONGEST = 2000 };
    str all = str_make((const char *)data, n);
    size_t cut = str_find_byte(all, '\0', 0);
    const qw_rule_file file = {"fuzz", all.p, cut == STR_NONE ? n : cut};
    str text = cut == STR_NONE ? STR("") : str_cut(all, cut + 1, cut + 1 + LONGEST);
    if (utf8_valid_prefix(str_make(file.text, file.n)) < file.n) return 0;
    text.n = utf8_valid_prefix(text);
    arena *mem = arena_new(1 << 26);
    qw_error why = {0};
    ruleset *set = mem ? ruleset_load_alone(mem, STR("ads"), &file, 1, &why) : NULL;
    if (mem && !set && why.code == QW_OK) abort();
    form folded, skeleton;
    finding found[MOST];
    if (set && form_init(&folded, mem, text.n) && form_init(&skeleton, mem, text.n)) {
        skeleton_make(ruleset_folding(set), text, &folded, &skeleton);
        size_t many = ruleset_find(set, text, &folded, &skeleton, found, MOST);
        for (size_t i = 0; i < many; i++)
            if (found[i].from >= found[i].to || found[i].to > text.n) abort();
        ruleset_suspect(set, text, 0);
    }
    arena_free(mem);
    return 0;
}

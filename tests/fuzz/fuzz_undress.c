/* Any text, undressed: the letters are those that were there and those that references stand for,
 * in their order and at their places. */
#include "base/utf8.h"

#include "../../filters/ads/ads_undress.h"

#include <stdlib.h>

enum { MOST = 3000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool ok) {
    if (!ok) abort();
}

/* Places go forward, and lie within the text. */
static void check_places(const form *f, size_t n) {
    for (size_t i = 0; i < f->n; i++) {
        demand(f->from[i] < f->to[i] && f->to[i] <= n);
        demand(!i || f->from[i] >= f->from[i - 1]);
    }
}

/* Whether what stands in b stands in a, in that order. */
static bool is_within(const form *a, const form *b) {
    size_t at = 0;
    for (size_t i = 0; i < b->n; i++, at++)
        while (at == a->n || a->p[at] != b->p[i])
            if (at++ >= a->n) return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static arena *forever;
    static folding *fold;
    if (!forever) {
        forever = arena_new(0);
        fold = folding_new(forever, NULL, 0, NULL);
    }
    str text = {(const char *)data, n < MOST ? n : MOST};
    arena *mem = arena_new(0);
    form before, folded, skeleton;
    text.n = utf8_valid_prefix(text);
    demand(fold && form_init(&before, mem, text.n) && form_init(&folded, mem, text.n) &&
           form_init(&skeleton, mem, text.n));
    skeleton_make(fold, text, &before, NULL);
    skeleton_make(fold, text, &folded, &skeleton);
    bool undressed = ads_undress(fold, &folded, &skeleton);
    demand(folded.n <= before.n && undressed == (folded.n < before.n));
    demand(utf8_valid_prefix(form_str(&folded)) == folded.n);
    check_places(&folded, text.n);
    check_places(&skeleton, text.n);
    if (undressed) demand(is_within(&folded, &skeleton));
    if (str_find(text, STR("&"), 0) == STR_NONE) demand(is_within(&before, &folded));
    size_t from = text.n / 3, to = text.n - text.n / 3;
    while (from > 0 && ((unsigned char)text.p[from] & 0xC0) == 0x80) from--;
    while (to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80) to++;
    size_t start = from, end = to;
    ads_take_runs(text, &start, &end);
    demand(start <= from && end >= to && end <= text.n);
    arena_free(mem);
    return 0;
}

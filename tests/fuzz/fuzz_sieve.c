/* Any text: the sieve against a slow search for the same literals. It stops within an occurrence,
 * and not behind the end of the first. The wording of the text is within its bounds. */
#include "base/utf8.h"
#include "model/sieve.h"
#include "model/wording.h"

#include <stdlib.h>

enum { LITERALS = 6, GAP = 4, MOST = 4000 };

static const str literals[LITERALS] = {
    STR_INIT("小说网"), STR_INIT("qq"),     STR_INIT("下载站"),
    STR_INIT(".cn"),    STR_INIT("公众号"), STR_INIT("的一是"),
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The end of a literal that begins at byte at, what may stand between its letters passed over. */
static size_t end_of(const folding *fold, str text, str literal, size_t at) {
    int gap = 0;
    for (size_t i = 0; i < literal.n;) {
        if (at == text.n || gap > GAP) return STR_NONE;
        size_t next = i;
        uint32_t c = utf8_next(text, &at), one = folding_char(fold, c);
        bool letter = skeleton_holds(one) || (c >= 0x3400 && c < 0xA000);
        if (one == utf8_next(literal, &next))
            i = next, gap = 0;
        else if (letter || c >= 0x10000 || i == 0)
            return STR_NONE;
        else
            gap++;
    }
    return at;
}

static void compare(const sieve *s, const folding *fold, str text) {
    size_t got = sieve_next(s, text, 0, false), first = STR_NONE;
    bool within = got == STR_NONE;
    for (size_t i = 0; i < LITERALS; i++)
        for (size_t at = 0; at < text.n; utf8_next(text, &at)) {
            size_t end = end_of(fold, text, literals[i], at);
            if (end == STR_NONE) continue;
            if (end < first) first = end;
            within |= at <= got && got < end;
        }
    if (!within || (first != STR_NONE && got >= first)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static arena *mem;
    static folding *fold;
    static sieve *s;
    if (!mem) {
        mem = arena_new(0);
        fold = folding_new(mem, NULL, 0, NULL);
        s = sieve_new(mem, fold, literals, NULL, LITERALS);
    }
    str text = str_make((const char *)data, n < MOST ? n : MOST);
    text.n = utf8_valid_prefix(text);
    compare(s, fold, text);
    int odds = wording_odds(text);
    if (odds > 100000 || odds < -100000) abort();
    return 0;
}

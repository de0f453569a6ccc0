#include "text/kinds.h"
#include "base/utf8.h"
#include "text/score.h"

#include <stdint.h>

enum { BMP = 0x10000, WORD = 64 };

static bool counts(uint32_t c) {
    return c >= 0x80 && !is_chinese_sign(c);
}

kinds kinds_of(str text) {
    uint64_t seen[BMP / WORD] = {0};
    kinds k = {0, 0};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!counts(c)) continue;
        k.chars++;
        if (c < BMP && seen[c / WORD] >> c % WORD & 1) continue;
        k.kinds++;
        if (c < BMP) seen[c / WORD] |= UINT64_C(1) << c % WORD;
    }
    return k;
}

bool is_drawing(str text) {
    bool some = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!counts(c)) continue;
        if (c < 0x2500 || c > 0x259F) return false;
        some = true;
    }
    return some;
}

/* why: reasons are phrases with numbers behind them, parted by " + ", " - ", " = ", ", ", "; " and
 * ": ". Some are said of a number of the document's, 四、 or 3., which stands before them. */
#include "why.h"

#include <string.h>

typedef struct phrase {
    const char *english, *chinese;
    bool of_label;
} phrase;

static const phrase phrases[] = {
#define WHY(english, chinese)       {english, chinese, false},
#define WHY_LABEL(english, chinese) {english, chinese, true},
#include "why.def"
#undef WHY
#undef WHY_LABEL
};

/* Whether a phrase may end before s: with a mark, a number, or a label. */
static bool ends_before(qw_str s) {
    if (s.n == 0 || strchr(",:;", *s.p)) return true;
    if (s.n < 2 || *s.p != ' ') return false;
    unsigned char c = (unsigned char)s.p[1];
    return c >= 0x80 || strchr("+-=(", c) || (c >= '0' && c <= '9');
}

/* The longest known phrase that s begins with, of a label or not; NULL when there is none. */
static const phrase *phrase_at(qw_str s, bool of_label) {
    const phrase *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t n = strlen(phrases[i].english);
        if (phrases[i].of_label != of_label || n <= most || n > s.n) continue;
        if (memcmp(s.p, phrases[i].english, n) != 0) continue;
        if (ends_before((qw_str){s.p + n, s.n - n})) best = &phrases[i], most = n;
    }
    return best;
}

/* How many bytes of s lead up to where the next phrase may stand. */
static size_t step(qw_str s) {
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i - 1] != ' ') continue;
        if (i < 2 || strchr("+-=,:;", s.p[i - 2])) return i;
        if (phrase_at((qw_str){s.p + i, s.n - i}, true)) return i;
    }
    return s.n;
}

void why_show(text *t, qw_language language, qw_str reason) {
    bool begun = false;
    for (; language == QW_CHINESE && reason.n; begun = true) {
        const phrase *known = phrase_at(reason, false);
        if (!known && begun) known = phrase_at(reason, true);
        size_t n = known ? strlen(known->english) : step(reason);
        if (known)
            text_put(t, known->chinese);
        else
            text_show(t, (qw_str){reason.p, n}, 0);
        reason.p += n, reason.n -= n;
    }
    if (reason.n) text_show(t, reason, 0);
}

/* why: reasons are phrases with numbers behind them, parted by " + ", " - ", " = ", ", " and ": ".
 */
#include "why.h"

#include <string.h>

typedef struct phrase {
    const char *english, *chinese;
} phrase;

static const phrase phrases[] = {
#define WHY(english, chinese) {english, chinese},
#include "why.def"
#undef WHY
};

/* Whether a phrase may end before s. */
static bool ends_before(qw_str s) {
    if (s.n == 0 || *s.p == ',' || *s.p == ':') return true;
    if (s.n < 2 || *s.p != ' ') return false;
    return s.p[1] == '+' || s.p[1] == '-' || s.p[1] == '=' || (s.p[1] >= '0' && s.p[1] <= '9');
}

/* The longest known phrase that s begins with; NULL when there is none. */
static const phrase *phrase_at(qw_str s) {
    const phrase *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t n = strlen(phrases[i].english);
        if (n <= most || n > s.n || memcmp(s.p, phrases[i].english, n) != 0) continue;
        if (ends_before((qw_str){s.p + n, s.n - n})) best = &phrases[i], most = n;
    }
    return best;
}

/* How many bytes of s lead up to the next phrase. */
static size_t step(qw_str s) {
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i - 1] == ' ' && (i < 2 || strchr("+-=,:", s.p[i - 2]))) return i;
    return s.n;
}

void why_show(text *t, qw_language language, qw_str reason) {
    while (language == QW_CHINESE && reason.n) {
        const phrase *known = phrase_at(reason);
        size_t n = known ? strlen(known->english) : step(reason);
        if (known)
            text_put(t, known->chinese);
        else
            text_show(t, (qw_str){reason.p, n}, 0);
        reason.p += n, reason.n -= n;
    }
    if (reason.n) text_show(t, reason, 0);
}

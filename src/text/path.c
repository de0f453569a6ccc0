#include "text/path.h"
#include "text/codec.h"
#include "text/score.h"

enum {
    RING = 8,                 /* more than the longest character or ill-formed piece */
    SWITCH_LINE = 14 * BIT,   /* a change of encoding where a line starts */
    SWITCH_INSIDE = 36 * BIT, /* and anywhere else */
    SWITCH_WIDE = 96 * BIT,   /* and there to UTF-16: damage of a few bytes must not look like it */
};

static int least(int x, int y) {
    return x < y ? x : y;
}

static int chinese_cost(uint32_t c) {
    return least(char_cost(TONGUE_HANS, c), char_cost(TONGUE_HANT, c));
}

/* A Unicode encoding can write everything: the tongue that this character belongs to. */
static int unicode_cost(uint32_t c, int letters) {
    if (c == 0xFEFF) return 8 * BIT;
    if (c - 0x4E00 < 0x5200 || c >= 0xFF00) return chinese_cost(c);
    if (c - 0xAC00 < 11172) return char_cost(TONGUE_KO, c) + BIT / 2;
    if (c - 0x3040 < 0xC0) return char_cost(TONGUE_JA, c) + BIT / 2;
    return least(chinese_cost(c), char_cost(TONGUE_LETTERS, c) + letters);
}

int path_cost(const encoding *e, uint32_t c) {
    if (c < 0x80) return ascii_cost[c];
    switch (encoding_id_of(e)) {
    case ENC_UTF8: return unicode_cost(c, 0);
    case ENC_UTF16LE:
    case ENC_UTF16BE: return unicode_cost(c, 4 * BIT);
    case ENC_GB18030: return chinese_cost(c);
    case ENC_BIG5: return char_cost(TONGUE_HANT, c);
    case ENC_SHIFT_JIS:
    case ENC_EUC_JP: return char_cost(TONGUE_JA, c);
    case ENC_EUC_KR: return char_cost(TONGUE_KO, c);
    default: return char_cost(TONGUE_LETTERS, c);
    }
}

static unsigned add_state(path_work *w, const encoding *e) {
    unsigned s = 0;
    while (s < w->count && w->states[s] != e) s++;
    if (s == w->count) w->states[w->count++] = e;
    return s;
}

bool path_is_chinese(const encoding *e) {
    switch (encoding_id_of(e)) {
    case ENC_UTF8:
    case ENC_GB18030:
    case ENC_BIG5:
    case ENC_UTF16LE:
    case ENC_UTF16BE: return true;
    default: return false;
    }
}

static void choose_states(path_work *w, const encoding *base, const encoding *now) {
    static const encoding_id chinese[] = {ENC_UTF8, ENC_GB18030, ENC_BIG5, ENC_UTF16LE,
                                          ENC_UTF16BE};
    unsigned count = path_is_chinese(base) ? sizeof chinese / sizeof *chinese : 1;
    w->count = 0;
    for (unsigned i = 0; i < count; i++) add_state(w, encoding_at(chinese[i]));
    w->base = add_state(w, base);
    w->first = add_state(w, now);
}

/* Does a line start here in some encoding? */
static bool line_start(const uint8_t *p, size_t i) {
    if (!i || p[i - 1] == '\n' || p[i - 1] == '\r') return true;
    return i >= 2 && p[i - 1] == 0 && p[i - 2] == '\n';
}

/* What is left to pay from a byte on, for the bytes just behind the present one. */
typedef struct ring {
    int64_t cost[RING][PATH_STATES];
    uint32_t c[RING][PATH_STATES]; /* the character there, 0 for an ill-formed piece */
} ring;

/* Cost of reading on from byte i in state s. */
static int64_t stay(path_work *w, ring *r, const uint8_t *p, size_t i, unsigned s) {
    const encoding *e = w->states[s];
    uint32_t c = 0;
    size_t length = e->codec->next(e, p + i, w->n - i, &c);
    int64_t cost;
    if (length) {
        c = codec_first(c);
        cost =
            c ? path_cost(e, c) : (int64_t)COST_CONTROL * e->unit; /* a wide NUL is two of them */
        if (c == 0xFEFF && !line_start(p, i)) cost += COST_CONTROL;
        uint32_t next = r->c[(i + length) % RING][s];
        if (c >= 0x3000 && next >= 0x3000 && w->choice[i + length][s] == s)
            cost -= pair_gain(c, next);
    } else {
        length = e->codec->bad(e, p + i, w->n - i);
        cost = COST_BAD + (int64_t)(length - 1) * 4 * BIT;
        c = 0;
    }
    w->length[i][s] = (uint8_t)length;
    r->c[i % RING][s] = c;
    return cost + r->cost[(i + length) % RING][s];
}

void path_find(path_work *w, const encoding *base, const encoding *now, const uint8_t *p, size_t n,
               bool last) {
    ring r;
    choose_states(w, base, now);
    w->n = n;
    for (unsigned s = 0; s < w->count; s++) {
        r.cost[n % RING][s] = last || s == w->base ? 0 : SWITCH_LINE / 2;
        r.c[n % RING][s] = 0;
        w->choice[n][s] = (uint8_t)s;
    }
    for (size_t i = n; i-- > 0;) {
        int64_t costs[PATH_STATES], least_there = INT64_MAX;
        unsigned best = 0;
        bool starts = line_start(p, i);
        for (unsigned s = 0; s < w->count; s++) {
            int change = starts                   ? SWITCH_LINE
                         : w->states[s]->unit > 1 ? SWITCH_WIDE
                                                  : SWITCH_INSIDE;
            costs[s] = stay(w, &r, p, i, s);
            if (costs[s] + change < least_there) least_there = costs[s] + change, best = s;
        }
        for (unsigned s = 0; s < w->count; s++) {
            bool changes = least_there < costs[s];
            w->choice[i][s] = (uint8_t)(changes ? best : s);
            r.cost[i % RING][s] = changes ? least_there : costs[s];
        }
    }
}

path_piece path_next(path_work *w, size_t at) {
    unsigned state = w->choice[at][w->first];
    size_t end = at;
    while (end < w->n && w->choice[end][state] == state) end += w->length[end][state];
    w->first = state;
    return (path_piece){end - at, w->states[state], 0};
}

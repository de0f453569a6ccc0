#include "text/path.h"
#include "base/unicode.h"
#include "text/codec.h"
#include "text/score.h"

enum {
    RING = 8,                 /* more than the longest character or ill-formed piece */
    SWITCH_LINE = 14 * BIT,   /* a change of encoding where a line starts */
    SWITCH_INSIDE = 36 * BIT, /* and anywhere else */
    SWITCH_WIDE = 96 * BIT,   /* and there to UTF-16: damage of a few bytes must not look like it */
    DROP = 36 * BIT,          /* a byte that is left out where something could be read */
    DROP_BIG5 = 30 * BIT,     /* in Big5, where codes soon fall into step again */
    ALONE = 8 * BIT,          /* there, a single ASCII character among wide ones */
    AGAIN = 3 * BIT,          /* a character that stands one or two characters further on too */
    READ_ON = 23 * BIT / 2,   /* what a character behind it may cost on average */
    READ_ON_LEAST = 3,        /* and how many there must be */
};

/* What path_work.length says of a character beside its length. */
enum { DROPPED = 0x40, UNFINISHED = 0x80, LENGTH = 0x3F };

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
    case ENC_BIG5:
    case ENC_BIG5_HKSCS: return char_cost(TONGUE_HANT, c);
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

static bool is_big5(const encoding *e) {
    return encoding_id_of(e) == ENC_BIG5 || encoding_id_of(e) == ENC_BIG5_HKSCS;
}

bool path_is_chinese(const encoding *e) {
    switch (encoding_id_of(e)) {
    case ENC_UTF8:
    case ENC_GB18030:
    case ENC_BIG5:
    case ENC_BIG5_HKSCS:
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
    for (unsigned i = 0; i < count; i++) {
        bool hongkong = chinese[i] == ENC_BIG5 && encoding_id_of(base) == ENC_BIG5_HKSCS;
        add_state(w, hongkong ? base : encoding_at(chinese[i]));
    }
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

/* Is a byte by itself ill-formed, and may stand in the way of what follows? Where characters are of
 * two bytes, one byte too many or too few shifts all that follows it. */
static bool may_drop(const encoding *e, uint8_t byte) {
    switch (encoding_id_of(e)) {
    case ENC_GB18030:
    case ENC_BIG5:
    case ENC_BIG5_HKSCS:
    case ENC_EUC_JP:
    case ENC_EUC_KR: return byte > 0x80 && byte < 0xFF;
    case ENC_UTF16LE:
    case ENC_UTF16BE: return true;
    default: return false;
    }
}

static int drop_cost(const encoding *e) {
    return is_big5(e) ? DROP_BIG5 : DROP;
}

/* The second byte of a code of Big5 may be ASCII: behind a lost byte it stands by itself. */
static bool is_stray(const encoding *e, const uint8_t *p, size_t i, size_t n) {
    return is_big5(e) && i && i + 1 < n && p[i] >= 0x40 && p[i] < 0x7F && p[i + 1] > 0x80 &&
           p[i - 1] >= 0x40 && (p[i - 1] > 0x80 || (i >= 2 && p[i - 2] > 0x80));
}

/* Is a unit of UTF-16 at p two printed ASCII characters that are the same, or no letters either? A
 * rule of ASCII, ----- or =-=-=, looks like this when it is read as UTF-16. */
static bool is_ascii_rule(const encoding *e, const uint8_t *p) {
    bool printed = e->unit == 2 && p[0] > ' ' && p[0] < 0x7F && p[1] > ' ' && p[1] < 0x7F;
    return printed && (p[0] == p[1] || !(is_ascii_letter(p[0]) || is_ascii_letter(p[1])));
}

/* Is the character at i, of so many bytes, one of a row: a rule of stars, a cough, a frame? Such a
 * row is as long in every encoding, and must prove no more than one of its characters does. */
static bool is_in_row(const path_work *w, const ring *r, size_t i, size_t length, unsigned s) {
    uint32_t c = r->c[i % RING][s];
    size_t next = i + length, after = next + (next < w->n ? w->length[next][s] & LENGTH : 0);
    if (c < 0x80 || next >= w->n || w->choice[next][s] != s) return false;
    if (r->c[next % RING][s] == c) return true;
    return after < w->n && after - i < RING && w->choice[after][s] == s &&
           r->c[after % RING][s] == c;
}

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
        if (c < 0x80 && is_stray(e, p, i, w->n)) cost += ALONE;
        r->c[i % RING][s] = c;
        if (cost > AGAIN && is_in_row(w, r, i, length, s) && !is_ascii_rule(e, p + i)) cost = AGAIN;
        uint32_t next = r->c[(i + length) % RING][s];
        if (cost > AGAIN && c >= 0x3000 && next >= 0x3000 && w->choice[i + length][s] == s)
            cost -= pair_gain(c, next);
    } else {
        length = e->codec->bad(e, p + i, w->n - i);
        cost = COST_BAD + (int64_t)(length - 1) * 4 * BIT;
        c = 0;
    }
    cost += r->cost[(i + length) % RING][s];
    bool drop = w->drops && length > 1 && may_drop(e, p[i]) &&
                drop_cost(e) + r->cost[(i + 1) % RING][s] < cost;
    if (drop) cost = drop_cost(e) + r->cost[(i + 1) % RING][s];
    w->length[i][s] = (uint8_t)(drop ? 1 | DROPPED : length);
    r->c[i % RING][s] = drop ? 0 : c;
    return cost;
}

/* At the end of a window that is not the last: the rest of a character may follow. */
static bool unfinished(path_work *w, const uint8_t *p, size_t i, unsigned s) {
    uint32_t c;
    const encoding *e = w->states[s];
    if (w->n - i >= e->unit || e->codec->next(e, p + i, w->n - i, &c)) return false;
    w->length[i][s] = (uint8_t)((w->n - i) | UNFINISHED);
    return true;
}

/* Finds the way from byte i on, that from i + 1 on being known. */
static void find_from(path_work *w, ring *r, const uint8_t *p, size_t i, bool last) {
    int64_t costs[PATH_STATES], least_there = INT64_MAX;
    unsigned best = 0;
    bool starts = line_start(p, i);
    for (unsigned s = 0; s < w->count; s++) {
        int change = starts ? SWITCH_LINE : w->states[s]->unit > 1 ? SWITCH_WIDE : SWITCH_INSIDE;
        if (!last && unfinished(w, p, i, s)) {
            costs[s] = r->cost[w->n % RING][s];
            r->c[i % RING][s] = 0;
        } else {
            costs[s] = stay(w, r, p, i, s);
        }
        if (costs[s] + change < least_there) least_there = costs[s] + change, best = s;
    }
    for (unsigned s = 0; s < w->count; s++) {
        bool changes = least_there < costs[s];
        w->choice[i][s] = (uint8_t)(changes ? best : s);
        r->cost[i % RING][s] = changes ? least_there : costs[s];
    }
}

static void find(path_work *w, const uint8_t *p, bool last) {
    ring r;
    for (unsigned s = 0; s < w->count; s++) {
        r.cost[w->n % RING][s] = last || s == w->base ? 0 : SWITCH_LINE / 2;
        r.c[w->n % RING][s] = 0;
        w->choice[w->n][s] = (uint8_t)s;
    }
    for (size_t i = w->n; i-- > 0;) find_from(w, &r, p, i, last);
}

/* Does the text behind a dropped byte, up to the end of the line or the next such byte, read well
 * in state s? Rare characters in a row may cost more than what they give when they are shifted, but
 * that is no text either. */
static bool reads_on(const path_work *w, const uint8_t *p, size_t at, unsigned s) {
    const encoding *e = w->states[s];
    int64_t cost = 0, chars = 0;
    while (at < w->n && w->choice[at][s] == s && !(w->length[at][s] & (DROPPED | UNFINISHED))) {
        uint32_t c = 0;
        size_t length = e->codec->next(e, p + at, w->n - at, &c);
        if (c == '\n') break;
        if (length && c >= 0x80) cost += path_cost(e, codec_first(c)), chars++;
        at += w->length[at][s];
    }
    return chars >= READ_ON_LEAST && cost <= chars * READ_ON;
}

/* Is every byte that the way leaves out worth it? */
static bool drops_well(const path_work *w, const uint8_t *p) {
    unsigned s = w->choice[0][w->first];
    for (size_t at = 0; at < w->n; s = w->choice[at][s]) {
        unsigned length = w->length[at][s];
        if (length & UNFINISHED) break;
        at += length & LENGTH;
        if (length & DROPPED && (at == w->n || !reads_on(w, p, at, w->choice[at][s]))) return false;
    }
    return true;
}

void path_find(path_work *w, const encoding *base, const encoding *now, const uint8_t *p, size_t n,
               bool last) {
    choose_states(w, base, now);
    w->n = n;
    w->drops = true;
    find(w, p, last);
    if (drops_well(w, p)) return;
    w->drops = false;
    find(w, p, last);
}

path_piece path_next(path_work *w, size_t at) {
    unsigned state = w->choice[at][w->first];
    size_t end = at;
    bool damaged = w->length[at][state] & DROPPED;
    w->first = state;
    if (damaged) return (path_piece){1, w->states[state], true};
    while (end < w->n && w->choice[end][state] == state &&
           !(w->length[end][state] & (DROPPED | UNFINISHED)))
        end += w->length[end][state];
    return (path_piece){end - at, w->states[state], false};
}

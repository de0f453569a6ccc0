#include "text/candidates.h"
#include "text/codec.h"
#include "text/reads.h"
#include "text/state.h"

enum {
    MORE_BYTES = 256, /* after which hopeless candidates must be dropped, if they are to be */
    PROVEN = 8, /* characters that an encoding without escapes must show that only iconv reads */
    LEAST_SAMPLE = 2 * MORE_BYTES + 4,
    HKSCS_PRIOR = 6 * BIT, /* what Big5-HKSCS costs more than Big5: a code or two prove it */
};

void field_enter(field *f, candidate c) {
    if (f->n < CANDIDATES) f->list[f->n++] = c;
}

void field_sort(field *f) {
    for (size_t i = 1; i < f->n; i++) {
        candidate c = f->list[i];
        size_t at = i;
        for (; at && f->list[at - 1].cost > c.cost; at--) f->list[at] = f->list[at - 1];
        f->list[at] = c;
    }
}

text_language language_of(const score *s) {
    if (!s->chars) return LANG_NONE;
    switch (s->best) {
    case TONGUE_HANS: return LANG_ZH_HANS;
    case TONGUE_HANT: return LANG_ZH_HANT;
    case TONGUE_JA: return LANG_JA;
    case TONGUE_KO: return LANG_KO;
    default: return LANG_NONE;
    }
}

/* Bits that an encoding costs before anything is read. */
static const struct prior {
    encoding_id id;
    int bits;
} multi_byte[] = {
    {ENC_UTF8, 0},   {ENC_GB18030, 1}, {ENC_BIG5, 2},    {ENC_SHIFT_JIS, 5},
    {ENC_EUC_JP, 5}, {ENC_EUC_KR, 5},  {ENC_UTF16LE, 5}, {ENC_UTF16BE, 7},
};

enum { MULTI_BYTE = sizeof multi_byte / sizeof *multi_byte };

/* Text of some length without NUL and its like is no UTF-16. */
static bool out_of_question(const sample *s, const encoding *e) {
    return e->unit == 2 && !s->controls && s->n >= 256;
}

/* The bytes that are read first, and what they have shown. A candidate must be hopeless at the
 * start and in the middle, because the bytes may be mixed. */
typedef struct probes {
    int64_t sums[MULTI_BYTE]; /* what each candidate cost */
    bool possible[MULTI_BYTE];
    size_t left, first; /* how many are possible, and one of them */
} probes;

/* Reads n bytes at p as every candidate that is in question. */
static void read_as_all(const sample *s, const uint8_t *p, size_t n, int64_t cost[MULTI_BYTE]) {
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        const encoding *e = encoding_at(multi_byte[i].id);
        score now = {.cost = INT64_MAX};
        if (!out_of_question(s, e)) score_bytes(e, p, n, true, &now);
        cost[i] = now.cost;
    }
}

/* How many are not hopeless; they are possible. */
static size_t count_possible(const int64_t cost[MULTI_BYTE], bool possible[MULTI_BYTE]) {
    int64_t best = INT64_MAX;
    size_t count = 0;
    for (size_t i = 0; i < MULTI_BYTE; i++)
        if (cost[i] < best) best = cost[i];
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        possible[i] = cost[i] <= best + best / 4 + HOPELESS;
        count += possible[i];
    }
    return count;
}

/* A few bytes from p on; more of them as long as they leave a choice. */
static void probe(const sample *s, const uint8_t *p, probes *all) {
    int64_t cost[MULTI_BYTE];
    bool possible[MULTI_BYTE];
    size_t n = FEW_BYTES;
    do {
        read_as_all(s, p, n, cost);
        n *= 2;
    } while (count_possible(cost, possible) > 1 && n <= MORE_BYTES);
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        all->possible[i] |= possible[i];
        if (cost[i] < INT64_MAX) all->sums[i] += cost[i];
    }
}

/* A place near the middle of the sample, behind a line end if one is near. */
static size_t middle(const sample *s) {
    size_t at = s->n / 4 * 2, most = s->n - at - MORE_BYTES;
    const uint8_t *lf = s->controls ? NULL : memchr(s->p + at, '\n', most);
    return lf ? (size_t)(lf - s->p) + 1 : at;
}

static void probe_sample(const sample *s, probes *all) {
    *all = (probes){.left = 0};
    probe(s, s->p, all);
    probe(s, s->p + middle(s), all);
    for (size_t i = 0; i < MULTI_BYTE; i++)
        if (all->possible[i]) all->left++, all->first = i;
}

static candidate scored(const sample *s, size_t i) {
    candidate c = {.enc = encoding_at(multi_byte[i].id)};
    score_bytes(c.enc, s->p, s->n, s->cut, &c.score);
    c.cost = c.score.cost + multi_byte[i].bits * BIT;
    c.language = language_of(&c.score);
    return c;
}

bool fits_well(const score *s, const sample *all) {
    return s->bad * 50 <= s->chars &&
           s->cost < (int64_t)(s->chars * 25 * BIT / 2 + all->n * 3 * BIT);
}

/* The cheapest of the others, behind by as much as it was so where it was looked at. */
static candidate next_behind(const candidate *best, const sample *s, const probes *all) {
    size_t next = MULTI_BYTE;
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        if (i == all->first || out_of_question(s, encoding_at(multi_byte[i].id))) continue;
        if (next == MULTI_BYTE || all->sums[i] < all->sums[next]) next = i;
    }
    candidate c = {.enc = encoding_at(multi_byte[next].id)};
    c.cost = c.score.cost = best->cost + all->sums[next] - all->sums[all->first];
    return c;
}

/* The one that is possible, when the first bytes read so well in it that the rest of the sample
 * need not be looked at: it is looked at when it is cut into stretches. */
static bool is_plain(const sample *s, const probes *all, candidate *out) {
    sample start = {.n = MORE_BYTES, .cut = true};
    const encoding *e = encoding_at(multi_byte[all->first].id);
    memcpy(start.p, s->p, start.n);
    *out = (candidate){.enc = e};
    score_bytes(e, start.p, start.n, true, &out->score);
    out->cost = out->score.cost + multi_byte[all->first].bits * BIT;
    out->language = language_of(&out->score);
    if (e->unit == 1 && s->controls) return false;
    return !out->score.bad && out->score.chars >= 64 &&
           out->score.written * 2 >= out->score.chars && fits_well(&out->score, &start);
}

/* Whether bytes that go on read well; the last of them may be half a character. */
static bool begins_well(const encoding *e, const uint8_t *p, size_t n) {
    return reads_well(e, p, n) || reads_well(e, p, n - 1);
}

/* The other encodings read it so badly that they need not be asked: docs/ENCODINGS.md has the
 * figures. */
bool is_plain_chinese(const score *s) {
    return !s->bad && s->chars >= PLAIN_LEAST && s->written * 2 >= s->chars &&
           s->cost - s->ascii < (int64_t)s->chars * PLAIN;
}

/* Most files are plain Chinese from the start to the middle and beyond. */
static bool enter_plain(field *f, const sample *s) {
    static const encoding_id known[] = {ENC_GB18030, ENC_BIG5};
    for (size_t i = 0; i < sizeof known / sizeof *known && !s->controls; i++) {
        candidate c = {.enc = encoding_at(known[i])};
        if (!begins_well(c.enc, s->p, FEW_BYTES) ||
            !begins_well(c.enc, s->p + middle(s), MORE_BYTES))
            continue;
        score_bytes(c.enc, s->p, MORE_BYTES, true, &c.score);
        if (!is_plain_chinese(&c.score) || c.score.chars < MORE_BYTES / 4) continue;
        c.language = language_of(&c.score);
        c.cost = c.score.cost;
        field_enter(f, c);
        return true;
    }
    return false;
}

/* When a single candidate is left and fits the sample, the others need not be scored on that. */
void enter_multi_byte(field *f, const sample *s) {
    probes all = {.left = 0};
    if (s->n >= LEAST_SAMPLE && enter_plain(f, s)) return;
    if (s->n >= LEAST_SAMPLE) probe_sample(s, &all);
    if (all.left == 1) {
        candidate best;
        if (!is_plain(s, &all, &best)) best = scored(s, all.first);
        if (fits_well(&best.score, s)) {
            field_enter(f, best);
            field_enter(f, next_behind(&best, s, &all));
            return;
        }
    }
    for (size_t i = 0; i < MULTI_BYTE; i++)
        if ((all.left < 2 || all.possible[i]) && !out_of_question(s, encoding_at(multi_byte[i].id)))
            field_enter(f, scored(s, i));
}

/* Big5 and Big5-HKSCS are scored on the whole sample, so that they can be compared. */
void enter_hkscs(field *f, const sample *s) {
    candidate *best = &f->list[0], hkscs = {.enc = encoding_at(ENC_BIG5_HKSCS)};
    if (encoding_id_of(best->enc) != ENC_BIG5) return;
    score whole;
    score_bytes(best->enc, s->p, s->n, s->cut, &whole);
    if (!whole.outside && !whole.disputed) return;
    score_bytes(hkscs.enc, s->p, s->n, s->cut, &hkscs.score);
    hkscs.cost = best->cost + hkscs.score.cost - whole.cost + HKSCS_PRIOR;
    hkscs.language = language_of(&hkscs.score);
    field_enter(f, hkscs);
}

void enter_utf32(field *f, const sample *s) {
    for (encoding_id id = ENC_UTF32LE; id <= ENC_UTF32BE; id++) {
        candidate c = {.enc = encoding_at(id)};
        score_bytes(c.enc, s->p, s->n / 4 * 4, s->cut, &c.score);
        c.cost = c.score.cost;
        c.language = language_of(&c.score);
        if (c.score.bad * 50 <= s->n / 4) field_enter(f, c);
    }
}

void enter_pages(field *f, const sample *s, bool ebcdic) {
    single best[SINGLE_BEST];
    score_pages(s->p, s->n, ebcdic, best);
    for (size_t i = 0; i < SINGLE_BEST && best[i].enc; i++)
        field_enter(f, (candidate){.enc = best[i].enc,
                                   .language = best[i].language,
                                   .cost = best[i].cost + best[i].prior,
                                   .score = {.cost = best[i].cost, .chars = s->high}});
}

bool like_ebcdic(const sample *s) {
    return s->n >= 32 && s->signs > s->n / 16 && s->spaces < s->signs / 4;
}

void enter_state(field *f, const sample *s, encoding_id id, int bits) {
    char text[3 * SAMPLE];
    const uint8_t *p = s->p;
    char *out = text;
    size_t n = s->n, room = sizeof text, bad = 0;
    state_decoder *d = state_decoder_open(encoding_at(id));
    if (!d) return;
    while (n) {
        state_result result = state_run(d, &p, &n, true, &out, &room);
        if (result == STATE_BAD)
            p++, n--, bad++;
        else
            break;
    }
    state_decoder_close(d);
    candidate c = {.enc = encoding_at(id)};
    score_text((str){text, (size_t)(out - text)}, &c.score);
    c.score.bad += bad;
    c.cost = c.score.cost + (int64_t)bad * COST_BAD + bits * BIT;
    c.language = language_of(&c.score);
    bool proven =
        c.score.written >= (size_t)(bits ? PROVEN : 1) && c.score.bad * 50 <= c.score.chars;
    if (proven) field_enter(f, c);
}

static bool has(const sample *s, const char *needle) {
    return str_find((str){(const char *)s->p, s->n}, str_of(needle), 0) != STR_NONE;
}

void enter_escapes(field *f, const sample *s) {
    if (has(s, "\x1B$)C"))
        enter_state(f, s, ENC_ISO_2022_KR, 0);
    else if (has(s, "\x1B$)A") || has(s, "\x1B$)G") || has(s, "\x1B$)E"))
        enter_state(f, s, ENC_ISO_2022_CN, 0);
    else if (has(s, "\x1B$B") || has(s, "\x1B$@") || has(s, "\x1B(J") || has(s, "\x1B$(D"))
        enter_state(f, s, ENC_ISO_2022_JP, 0);
    if (has(s, "~{")) enter_state(f, s, ENC_HZ, 0);
}

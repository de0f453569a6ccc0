#include "text/detect.h"
#include "text/codec.h"
#include "text/score.h"
#include "text/single.h"
#include "text/state.h"

enum {
    SAMPLE = SINGLE_MOST,
    LOOKED_AT = 64 * 1024, /* bytes in which a sample is looked for */
    FEW_BYTES = 64,        /* bytes after which hopeless candidates are dropped */
    MORE_BYTES = 256,      /* and after which they must be, if they are to be */
    LEAST_SAMPLE = 2 * MORE_BYTES + 4,
    HOPELESS = 160 * BIT, /* what a candidate may then be behind, and a quarter more */
    UNSURE = 6 * BIT,     /* a margin that proves nothing */
    CANDIDATES = 24,
};

typedef struct candidate {
    const encoding *enc;
    text_language language;
    int64_t cost;
    score score;
} candidate;

typedef struct field {
    candidate list[CANDIDATES];
    size_t n;
} field;

const char *text_language_tag(text_language language) {
    static const char *const tags[LANG_COUNT] = {
        "",
#define LANGUAGE(id, tag) tag,
#include "text/languages.def"
#undef LANGUAGE
    };
    return tags[language];
}

/* ---- Byte order marks -------------------------------------------------------------------------
 */

static const encoding *bom_of(const uint8_t *p, size_t n, unsigned *length) {
    *length = 4;
    bool fours = n % 4 == 0 || n >= LOOKED_AT;
    if (n >= 4 && fours && !memcmp(p, "\xFF\xFE\0\0", 4)) return encoding_at(ENC_UTF32LE);
    if (n >= 4 && !memcmp(p, "\0\0\xFE\xFF", 4)) return encoding_at(ENC_UTF32BE);
    *length = 3;
    if (n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3)) return encoding_at(ENC_UTF8);
    *length = 2;
    if (n >= 2 && !memcmp(p, "\xFF\xFE", 2)) return encoding_at(ENC_UTF16LE);
    if (n >= 2 && !memcmp(p, "\xFE\xFF", 2)) return encoding_at(ENC_UTF16BE);
    *length = 0;
    return NULL;
}

unsigned bom_length(const encoding *e, const uint8_t *p, size_t n) {
    unsigned length;
    return bom_of(p, n, &length) == e ? length : 0;
}

/* ---- The sample -------------------------------------------------------------------------------
 */

typedef struct sample {
    uint8_t p[SAMPLE];
    size_t n;
    size_t high;     /* bytes from 0x80 on */
    size_t controls; /* control bytes that no text has, NUL among them */
    size_t spaces;   /* of ASCII */
    size_t signs;    /* 0x40: the space of EBCDIC */
    bool escapes;    /* ESC, or ~{ */
    bool cut;        /* the bytes go on */
} sample;

/* As ascii_cost says it, but so that many bytes are compared at once. */
static inline uint8_t is_control(uint8_t c) {
    uint8_t used = (c == '\t') | (c == '\n') | (c == '\f') | (c == '\r') | ((c & 0xFE) == 0x1A);
    return (uint8_t)(((c < 0x20) & !used) | (c == 0x7F));
}

/* "~{" starts Chinese in HZ. */
static bool has_shift(const sample *s) {
    const uint8_t *end = s->p + s->n, *hit = s->p;
    while ((hit = memchr(hit, '~', (size_t)(end - hit))) && ++hit < end)
        if (*hit == '{') return true;
    return false;
}

/* `n` is at most what a counter of one byte can hold; when it is constant, many bytes are counted
 * at once. */
static inline void count_block(sample *s, const uint8_t *p, size_t n) {
    uint8_t high = 0, controls = 0, spaces = 0, signs = 0;
    for (size_t i = 0; i < n; i++) {
        high = (uint8_t)(high + (p[i] >> 7));
        controls = (uint8_t)(controls + is_control(p[i]));
        spaces = (uint8_t)(spaces + (p[i] == ' '));
        signs = (uint8_t)(signs + (p[i] == 0x40));
    }
    s->high += high;
    s->controls += controls;
    s->spaces += spaces;
    s->signs += signs;
}

static void count_bytes(sample *s) {
    enum { BLOCK = 128 };
    size_t at = 0;
    for (; s->n - at >= BLOCK; at += BLOCK) count_block(s, s->p + at, BLOCK);
    count_block(s, s->p + at, s->n - at);
    s->escapes |= memchr(s->p, 0x1B, s->n) || has_shift(s);
}

/* Is this byte worth looking at: not plain ASCII? */
static bool telling(uint8_t c) {
    return c >= 0x80 || is_control(c) || c == 0x1B;
}

/* The start of the bytes; when those are ASCII for long, the lines in which they are not. */
static void take_sample(const uint8_t *p, size_t n, sample *s) {
    *s = (sample){.n = n < SAMPLE ? n : SAMPLE, .cut = n > SAMPLE};
    memcpy(s->p, p, s->n);
    count_bytes(s);
    if (!s->cut || s->controls || s->high > 256) return;
    size_t most = n < LOOKED_AT ? n : LOOKED_AT, at = 0, end;
    sample lines = {.cut = true};
    for (; at < most && lines.n < SAMPLE; at = end) {
        const uint8_t *lf = memchr(p + at, '\n', most - at);
        end = lf ? (size_t)(lf - p) + 1 : most;
        size_t i = at;
        while (i < end && !telling(p[i])) i++;
        if (i == end) continue;
        size_t from = end - at > 512 && i - at > 64 ? i - 64 : at, length = end - from;
        if (length > SAMPLE - lines.n) length = SAMPLE - lines.n;
        memcpy(lines.p + lines.n, p + from, length);
        lines.n += length;
    }
    count_bytes(&lines);
    if (lines.n) *s = lines;
}

/* ---- Candidates -------------------------------------------------------------------------------
 */

static void enter(field *f, candidate c) {
    if (f->n < CANDIDATES) f->list[f->n++] = c;
}

static void sort_field(field *f) {
    for (size_t i = 1; i < f->n; i++) {
        candidate c = f->list[i];
        size_t at = i;
        for (; at && f->list[at - 1].cost > c.cost; at--) f->list[at] = f->list[at - 1];
        f->list[at] = c;
    }
}

static text_language language_of(const score *s) {
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

/* Few ill-formed pieces, and characters no dearer than those of plain text. */
static bool fits_well(const score *s, const sample *all) {
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

/* When a single candidate is left and fits the sample, the others need not be scored on that. */
static void enter_multi_byte(field *f, const sample *s) {
    probes all = {.left = 0};
    if (s->n >= LEAST_SAMPLE) probe_sample(s, &all);
    if (all.left == 1) {
        candidate best;
        if (!is_plain(s, &all, &best)) best = scored(s, all.first);
        if (fits_well(&best.score, s)) {
            enter(f, best);
            enter(f, next_behind(&best, s, &all));
            return;
        }
    }
    for (size_t i = 0; i < MULTI_BYTE; i++)
        if ((all.left < 2 || all.possible[i]) && !out_of_question(s, encoding_at(multi_byte[i].id)))
            enter(f, scored(s, i));
}

/* UTF-32 must be well-formed but for a stray NUL. */
static void enter_utf32(field *f, const sample *s) {
    for (encoding_id id = ENC_UTF32LE; id <= ENC_UTF32BE; id++) {
        candidate c = {.enc = encoding_at(id)};
        score_bytes(c.enc, s->p, s->n / 4 * 4, s->cut, &c.score);
        c.cost = c.score.cost;
        c.language = language_of(&c.score);
        if (c.score.bad * 50 <= s->n / 4) enter(f, c);
    }
}

static void enter_pages(field *f, const sample *s, bool ebcdic) {
    single best[SINGLE_BEST];
    score_pages(s->p, s->n, ebcdic, best);
    for (size_t i = 0; i < SINGLE_BEST && best[i].enc; i++)
        enter(f, (candidate){.enc = best[i].enc,
                             .language = best[i].language,
                             .cost = best[i].cost + best[i].prior,
                             .score = {.cost = best[i].cost, .chars = s->high}});
}

static bool like_ebcdic(const sample *s) {
    return s->n >= 32 && s->signs > s->n / 16 && s->spaces < s->signs / 4;
}

/* An encoding that only a state decoder reads. */
static void enter_state(field *f, const sample *s, encoding_id id, int bits) {
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
    enter(f, c);
}

static bool has(const sample *s, const char *needle) {
    return str_find((str){(const char *)s->p, s->n}, str_of(needle), 0) != STR_NONE;
}

/* Escape sequences say by themselves what they are. */
static void enter_escapes(field *f, const sample *s) {
    if (has(s, "\x1B$)C"))
        enter_state(f, s, ENC_ISO_2022_KR, 0);
    else if (has(s, "\x1B$)A") || has(s, "\x1B$)G") || has(s, "\x1B$)E"))
        enter_state(f, s, ENC_ISO_2022_CN, 0);
    else if (has(s, "\x1B$B") || has(s, "\x1B$@") || has(s, "\x1B(J") || has(s, "\x1B$(D"))
        enter_state(f, s, ENC_ISO_2022_JP, 0);
    if (has(s, "~{")) enter_state(f, s, ENC_HZ, 0);
}

/* ---- Declarations -----------------------------------------------------------------------------
 */

/* Where a letter, small or capital, comes next. */
static size_t next_letter(str text, size_t from, char small) {
    size_t n = text.n - from;
    const char *p = text.p + from, *hit = memchr(p, small, n);
    if (hit) n = (size_t)(hit - p);
    const char *capital = memchr(p, small & ~32, n);
    return from + (capital ? (size_t)(capital - p) : n);
}

/* The encoding that the text says it is in: charset=…, encoding="…", coding: …; NULL if none. */
static const encoding *declared(const uint8_t *p, size_t n) {
    static const char *const words[] = {"charset", "encoding", "coding"};
    str text = {(const char *)p, n < 1024 ? n : 1024};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        str word = str_of(words[w]);
        for (size_t i = 0; i = next_letter(text, i, word.p[0]), i + word.n < text.n; i++) {
            if (!str_eq_nocase(str_cut(text, i, i + word.n), word)) continue;
            size_t from = i + word.n;
            while (from < text.n && from < i + word.n + 4 && strchr("=:\"' ", text.p[from])) from++;
            size_t to = from;
            while (to < text.n && !strchr("\"'<>;,/? \t\r\n", text.p[to])) to++;
            const encoding *e = encoding_find(str_cut(text, from, to));
            if (e && from > i + word.n) return e;
        }
    }
    return NULL;
}

static void weigh_declaration(field *f, const uint8_t *p, size_t n) {
    const encoding *said = declared(p, n);
    for (size_t i = 0; said && i < f->n; i++)
        if (f->list[i].enc == said) f->list[i].cost -= 20 * BIT;
}

/* ---- The answer -------------------------------------------------------------------------------
 */

/* Do two encodings read the sample as the same text? */
static bool same_text(const encoding *a, const encoding *b, const sample *s) {
    if (!a->codec || !b->codec) return false;
    for (size_t at = 0; at < s->n;) {
        uint32_t c = 0, d = 0;
        size_t length = a->codec->next(a, s->p + at, s->n - at, &c);
        if (!length || b->codec->next(b, s->p + at, s->n - at, &d) != length || c != d)
            return false;
        at += length;
    }
    return true;
}

static bool is_magic(const uint8_t *p, size_t n) {
    static const struct magic {
        unsigned at;
        str bytes;
    } magics[] = {
        {0, STR_INIT("\x89PNG")},
        {0, STR_INIT("\xFF\xD8\xFF")},
        {0, STR_INIT("GIF8")},
        {0, STR_INIT("PK\3\4")},
        {0, STR_INIT("%PDF-")},
        {4, STR_INIT("ftyp")},
        {0, STR_INIT("\x1F\x8B")},
        {0, STR_INIT("RIFF")},
        {0, STR_INIT("\x7F"
                     "ELF")},
        {0, STR_INIT("Rar!\x1A")},
        {0, STR_INIT("7z\xBC\xAF")},
        {0, STR_INIT("BZh")},
        {0, STR_INIT("\xD0\xCF\x11\xE0")},
    };
    str text = {(const char *)p, n};
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(str_cut(text, magics[i].at, n), magics[i].bytes) &&
            memchr(p, 0, n < 512 ? n : 512))
            return true;
    return false;
}

/* Text to begin with: what follows may be shifted by a lost byte. */
static bool starts_as_text(const encoding *e, const sample *s) {
    score start;
    score_bytes(e, s->p, s->n < 2 * FEW_BYTES ? s->n : 2 * FEW_BYTES, true, &start);
    return !start.bad && start.written >= FEW_BYTES / 4;
}

static bool is_binary(const candidate *best, const sample *s) {
    size_t unit = best->enc->unit, chars = s->n / (unit > 1 ? unit : 1);
    if (!encoding_is_ascii(best->enc) && unit == 1) return best->score.bad * 10 > s->n;
    bool words = best->score.written || best->cost < (int64_t)(chars * 17 * BIT / 2);
    if (unit > 1 && starts_as_text(best->enc, s)) return false;
    if (unit > 1) return best->score.bad * 10 > chars || (!words && s->controls * 12 > s->n);
    return s->controls * 12 > s->n && best->score.written < 2 * best->score.bad;
}

/* Long enough and well-formed: no other encoding gets there by chance. */
static bool surely_utf8(const sample *s) {
    size_t wide = 0;
    if (s->controls || s->high < 18) return false;
    for (size_t at = 0; at < s->n;) {
        uint32_t c;
        size_t length = utf8_read((const char *)s->p + at, s->n - at, &c);
        if (!length) return s->cut && s->n - at < 4;
        wide += length > 1;
        at += length;
    }
    return wide >= 6;
}

static void answer(field *f, const sample *s, detection *out) {
    sort_field(f);
    const candidate *best = &f->list[0];
    out->enc = best->enc;
    out->language = best->language;
    size_t also = 0;
    for (size_t i = 1; i < f->n; i++) {
        const candidate *c = &f->list[i];
        bool near = c->cost - best->cost < UNSURE;
        if ((out->second && !near) || same_text(best->enc, c->enc, s)) continue;
        if (near && also < sizeof out->also / sizeof *out->also) out->also[also++] = c->enc;
        if (out->second) continue;
        out->second = c->enc;
        out->margin = (float)(c->cost - best->cost) / BIT;
    }
    if (!out->second) out->margin = HOPELESS / BIT;
    out->unsure = also > 0;
    out->binary = is_binary(best, s);
}

/* UTF-16 of which every byte happens to be a letter is believed only if it reads far better. */
static void judge_ascii(const sample *s, detection *out) {
    field f = {.n = 0};
    if (s->escapes) enter_escapes(&f, s);
    if (s->n <= 64 && s->n % 2 == 0) enter_multi_byte(&f, s);
    for (size_t i = 0; i < f.n; i++)
        if (f.list[i].enc->unit > 1) f.list[i].cost += 20 * BIT;
    if (!f.n) return;
    candidate ascii = {.enc = encoding_at(ENC_UTF8)};
    score_bytes(ascii.enc, s->p, s->n, s->cut, &ascii.score);
    ascii.cost = ascii.score.cost;
    enter(&f, ascii);
    answer(&f, s, out);
}

static void judge(const uint8_t *p, size_t n, detection *out) {
    sample s;
    take_sample(p, n, &s);
    if (!s.high && !s.controls) {
        judge_ascii(&s, out);
        return;
    }
    field f = {.n = 0};
    if (surely_utf8(&s)) {
        size_t few = s.n < 300 ? s.n : 300;
        candidate c = {.enc = encoding_at(ENC_UTF8)};
        score_bytes(c.enc, s.p, few, true, &c.score);
        c.language = language_of(&c.score);
        out->language = c.language;
        out->margin = (float)(s.high * 2);
        return;
    }
    enter_multi_byte(&f, &s);
    if (s.controls * 4 >= s.n && s.n >= 8) enter_utf32(&f, &s); /* one byte of four is NUL */
    sort_field(&f);
    if (s.escapes && s.high < s.n / 8) enter_escapes(&f, &s); /* they are of seven bits */
    sort_field(&f);
    const score *best = &f.list[0].score;
    bool well = fits_well(best, &s);
    if (s.high && (!well || best->chars < 64)) {
        enter_pages(&f, &s, false);
        sort_field(&f);
    }
    if (like_ebcdic(&s)) enter_pages(&f, &s, true);
    if (s.high >= 8 && (best->bad * 50 > best->chars || !well)) {
        enter_state(&f, &s, ENC_EUC_TW, 12);
        enter_state(&f, &s, ENC_JOHAB, 12);
    }
    weigh_declaration(&f, p, n);
    answer(&f, &s, out);
}

void detect(const uint8_t *p, size_t n, detection *out) {
    unsigned bom;
    const encoding *said = bom_of(p, n, &bom);
    *out = (detection){.enc = encoding_at(ENC_UTF8)};
    if (said) {
        *out = (detection){.enc = said, .margin = 100, .bom = true};
        return;
    }
    if (n) judge(p, n, out);
    if (!out->binary && n && is_magic(p, n)) out->binary = true;
    if (out->binary) out->enc = NULL;
}

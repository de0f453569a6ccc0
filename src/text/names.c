/* names: see names.h. names_repair() is in names_repair.c. */
#include "text/names.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/decode.h"
#include "text/score.h"
#include "text/single.h"

enum {
    SAMPLE = SINGLE_MOST, /* bytes of steps that are looked at */
    SEEN = 4096,          /* cells for their digests: a power of two, and more than they can be */
};

/* Bits that an encoding costs beforehand. Most archives with such names are made by Windows set to
 * simplified Chinese; tools that write UTF-8 without saying so come next. */
static const struct prior {
    encoding_id id;
    int bits;
} multi_byte[] = {
    {ENC_UTF8, 0},      {ENC_GB18030, 0}, {ENC_BIG5, 3},
    {ENC_SHIFT_JIS, 6}, {ENC_EUC_KR, 6},  {ENC_EUC_JP, 12},
};
enum { MULTI_BYTE = sizeof multi_byte / sizeof *multi_byte, PAGES_PRIOR = 6 };

/* The evidence: the steps that are not ASCII, and what they cost in each encoding. */
typedef struct evidence {
    uint64_t seen[SEEN];
    int64_t cost[MULTI_BYTE];
    uint8_t sample[SAMPLE]; /* the steps, each with a line feed */
    size_t n;
} evidence;

static bool is_utf8(str s) {
    return utf8_valid_prefix(s) == s.n;
}

/* Needs no encoding to be found for it. */
static bool is_settled(const raw_name *name, str step) {
    return str_is_ascii(step) || (name->utf8 && is_utf8(step));
}

/* Each step that is entered takes two bytes of the sample at least, so that cells stay free. */
static bool is_new(evidence *e, str step) {
    uint64_t key = hash64(step, 0) | 1;
    size_t at = key >> 20 & (SEEN - 1);
    while (e->seen[at] && e->seen[at] != key) at = (at + 1) & (SEEN - 1);
    if (e->seen[at]) return false;
    e->seen[at] = key;
    return true;
}

/* False when the sample is full. */
static bool add_step(evidence *e, str step) {
    if (e->n + step.n + 1 > SAMPLE) return false;
    if (!is_new(e, step)) return true;
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        score s;
        score_bytes(encoding_at(multi_byte[i].id), (const uint8_t *)step.p, step.n, false, &s);
        e->cost[i] += s.cost;
    }
    memcpy(e->sample + e->n, step.p, step.n);
    e->n += step.n;
    e->sample[e->n++] = '\n';
    return true;
}

static void add_names(evidence *e, const raw_name *names, size_t n) {
    str rest, step;
    for (size_t i = 0; i < n; i++) {
        for (rest = names[i].bytes; str_next(&rest, '/', &step);)
            if (!is_settled(&names[i], step) && !add_step(e, step)) return;
    }
}

static const encoding *cheapest(const evidence *e) {
    single pages[SINGLE_BEST];
    int64_t best = INT64_MAX;
    const encoding *found = NULL;
    for (size_t i = 0; i < MULTI_BYTE; i++) {
        int64_t cost = e->cost[i] + multi_byte[i].bits * BIT;
        if (cost < best) best = cost, found = encoding_at(multi_byte[i].id);
    }
    score_pages(e->sample, e->n, false, pages);
    if (pages[0].enc && pages[0].cost + pages[0].prior + PAGES_PRIOR * BIT < best)
        found = pages[0].enc;
    return found;
}

/* The encoding of the steps that are not settled; NULL when there is none. False when memory is
 * out. */
static bool judge(arena *mem, const raw_name *names, size_t n, const encoding **found) {
    evidence *e = arena_zalloc(mem, 1, sizeof *e);
    if (!e) return false;
    add_names(e, names, n);
    *found = e->n ? cheapest(e) : NULL;
    return true;
}

/* ---- Names that are not like the others ------------------------------------------------------ */

/* Strangers that are looked at, and what another encoding has to be cheaper by where the first one
 * reads a step whole too: two ideographs of GB18030 can be UTF-8 by accident. */
enum { STRANGERS = 256, CLEARLY = 10 * BIT };

static int64_t cost_as(const encoding *e, str step) {
    score s;
    score_bytes(e, (const uint8_t *)step.p, step.n, false, &s);
    return s.cost;
}

static bool is_page(const encoding *e) {
    for (size_t i = 0; i < MULTI_BYTE; i++)
        if (encoding_at(multi_byte[i].id) == e) return false;
    return true;
}

static size_t count_high(str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += (uint8_t)s.p[i] >= 0x80;
    return n;
}

static bool is_whole(const decoded *d) {
    return d->nbad + d->npua == 0;
}

/* Is a step, read in the first encoding as d, better off in another one that reads it whole? Costs
 * of an encoding of one byte cannot be compared: there half of the bytes must have said nothing, or
 * all of them be UTF-8. A name that was cut in the middle of a character stays what it is. */
static bool is_better(const encoding *first, const decoded *d, const encoding *other, str step) {
    if (is_page(first) && other == encoding_at(ENC_UTF8)) return true;
    if (is_page(other) || is_page(first)) return 2 * (d->nbad + d->npua) >= count_high(step);
    return cost_as(other, step) + (is_whole(d) ? CLEARLY : 0) < cost_as(first, step);
}

static bool read_step(arena *mem, const encoding *e, str step, decoded *d) {
    return decode(mem, e, (const uint8_t *)step.p, step.n, 0, d);
}

/* Puts the reading in e in the place of the one in the first encoding if it is better. False when
 * memory is out. */
static bool try_other(arena *mem, const names_reading *r, const encoding *e, str step, decoded *d,
                      const encoding **best) {
    decoded other;
    if (*best != r->encodings[0] || e == *best) return true;
    if (e == encoding_at(ENC_UTF8) && !is_utf8(step)) return true;
    if (!read_step(mem, e, step, &other)) return false;
    if (is_whole(&other) && is_better(*best, d, e, step)) *d = other, *best = e;
    return true;
}

/* Reads a step that is not settled: in the first encoding, unless it is better off in UTF-8 or in
 * one of those that were found for others. NULL when memory is out; *whole: nothing stayed unread.
 */
static const encoding *read_best(arena *mem, const names_reading *r, str step, str *text,
                                 bool *whole) {
    const encoding *best = r->encodings[0];
    decoded d;
    if (!read_step(mem, best, step, &d)) return NULL;
    bool ok = try_other(mem, r, encoding_at(ENC_UTF8), step, &d, &best);
    for (size_t i = 1; ok && i < r->n; i++)
        ok = try_other(mem, r, r->encodings[i], step, &d, &best);
    *text = d.text;
    *whole = is_whole(&d);
    return ok ? best : NULL;
}

/* Collects steps that no encoding of r reads whole. */
static bool find_strangers(arena *mem, const names_reading *r, const raw_name *names, size_t n,
                           raw_name *strangers, size_t *found) {
    str rest, step, text;
    bool whole;
    *found = 0;
    for (size_t i = 0; i < n; i++)
        for (rest = names[i].bytes; str_next(&rest, '/', &step);) {
            if (is_settled(&names[i], step)) continue;
            if (!read_best(mem, r, step, &text, &whole)) return false;
            if (!whole) strangers[(*found)++].bytes = step;
            if (*found == STRANGERS) return true;
        }
    return true;
}

static bool knows(const names_reading *r, const encoding *e) {
    for (size_t i = 0; i < r->n; i++)
        if (r->encodings[i] == e) return true;
    return false;
}

bool names_judge(arena *mem, const raw_name *names, size_t n, names_reading *r) {
    const encoding *found;
    raw_name *strangers = arena_zalloc(mem, STRANGERS, sizeof *strangers);
    if (!strangers || !judge(mem, names, n, &found)) return false;
    *r = (names_reading){{found ? found : encoding_at(ENC_UTF8)}, 1};
    while (found && r->n < NAMES_ENCODINGS) {
        size_t count;
        arena *scratch = arena_new(0);
        bool ok = scratch && find_strangers(scratch, r, names, n, strangers, &count);
        arena_free(scratch);
        if (!ok || !judge(mem, strangers, count, &found)) return false;
        if (!found || knows(r, found)) break;
        r->encodings[r->n++] = found;
    }
    return true;
}

/* Puts the encoding among those that `how` names, "GB18030, UTF-8". */
static str say_encoding(arena *mem, str how, const encoding *e) {
    str name = str_of(encoding_name(e));
    if (str_find(how, name, 0) != STR_NONE) return how;
    return how.n ? arena_printf(mem, "%s, %s", how.p, name.p) : arena_str(mem, name);
}

/* Puts the steps together as they read. */
static bool add_steps(arena *mem, const names_reading *r, const raw_name *name, buf *out,
                      str *how) {
    str rest = name->bytes, step, text;
    for (bool whole, first = true; str_next(&rest, '/', &step); first = false) {
        if (!first) buf_add_byte(out, '/');
        const encoding *e = NULL;
        text = step;
        if (!is_settled(name, step)) {
            e = read_best(mem, r, step, &text, &whole);
            if (!e) return false;
            *how = say_encoding(mem, *how, e);
        }
        buf_add(out, text);
    }
    if (str_ends(name->bytes, STR("/"))) buf_add_byte(out, '/');
    return !out->failed;
}

bool names_decode(arena *mem, const names_reading *r, const raw_name *name, str *text, str *how) {
    buf out = BUF_INIT(SIZE_MAX);
    *how = STR("");
    bool ok = is_settled(name, name->bytes) || add_steps(mem, r, name, &out, how);
    if (ok) *text = arena_str(mem, is_settled(name, name->bytes) ? name->bytes : buf_str(&out));
    buf_free(&out);
    return ok && !arena_failed(mem);
}

/* names: see names.h. */
#include "text/names.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/decode.h"
#include "text/encode.h"
#include "text/mojibake.h"
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

static bool is_ascii(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] >= 0x80) return false;
    return true;
}

static bool is_believed(const raw_name *name) {
    return name->utf8 && utf8_valid_prefix(name->bytes) == name->bytes.n;
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
    if (is_ascii(step)) return true;
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
        if (is_ascii(names[i].bytes) || is_believed(&names[i])) continue;
        for (rest = names[i].bytes; str_next(&rest, '/', &step);)
            if (!add_step(e, step)) return;
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

const encoding *names_encoding(arena *mem, const raw_name *names, size_t n) {
    evidence *e = arena_zalloc(mem, 1, sizeof *e);
    if (!e) return NULL;
    add_names(e, names, n);
    return e->n ? cheapest(e) : encoding_at(ENC_UTF8);
}

str names_decode(arena *mem, const encoding *e, const raw_name *name) {
    decoded d;
    const encoding *own = is_believed(name) ? encoding_at(ENC_UTF8) : e;
    if (!decode(mem, own, (const uint8_t *)name->bytes.p, name->bytes.n, 0, &d))
        return (str){NULL, 0};
    return arena_str(mem, d.text);
}

/* ---- Repair ---------------------------------------------------------------------------------- */

enum { TOGETHER = 16 * 1024 }; /* bytes of names that are repaired as one text */

/* What was found is one repair of the whole text, without loss. */
static bool is_whole(const mojibake *found, size_t n, str text) {
    return n == 1 && found->kind == MOJIBAKE_REPAIRED && found->from == 0 && found->to == text.n;
}

/* The texts with a line feed between them; {NULL, 0} when memory is out. */
static str join_all(arena *mem, const str *texts, size_t n) {
    size_t size = n, at = 0;
    for (size_t i = 0; i < n; i++) size += texts[i].n;
    char *p = arena_alloc(mem, size);
    if (!p) return (str){NULL, 0};
    for (size_t i = 0; i < n; i++) {
        if (texts[i].n) memcpy(p + at, texts[i].p, texts[i].n);
        at += texts[i].n;
        p[at++] = '\n';
    }
    return str_make(p, size - 1);
}

static size_t count_lines(str s) {
    size_t lines = 1;
    for (size_t i = 0; i < s.n; i++) lines += s.p[i] == '\n';
    return lines;
}

/* Repairs n names as one text: what is too short to be sure of alone is sure in company. True when
 * that could be done; *ok: memory was not out. */
static bool repair_together(const mojibake_tools *tools, arena *mem, str *texts, str *how, size_t n,
                            bool *ok) {
    mojibake *found;
    size_t nfound;
    str all = join_all(mem, texts, n), step;
    *ok = all.p && mojibake_find(tools, mem, all, &found, &nfound);
    if (!*ok || !is_whole(found, nfound, all) || count_lines(found->text) != n) return false;
    str rest = found->text;
    for (size_t i = 0; i < n && str_next(&rest, '\n', &step); i++) {
        if (!str_eq(step, texts[i])) how[i] = found->how;
        texts[i] = arena_str(mem, step);
        *ok = *ok && texts[i].p;
    }
    return true;
}

static bool repair_one(const mojibake_tools *tools, arena *mem, str *text, str *how) {
    mojibake *found;
    size_t n;
    if (!mojibake_find(tools, mem, *text, &found, &n)) return false;
    if (n != 1 || found->kind != MOJIBAKE_REPAIRED) return true;
    *how = found->how;
    str head = arena_join(mem, str_cut(*text, 0, found->from), found->text);
    *text = arena_join(mem, head, str_cut(*text, found->to, text->n));
    return text->p != NULL;
}

/* The bytes that a name was before it was read as `wrong`; {NULL, 0} when it cannot have been. */
static str bytes_of(const encode_tables *tables, arena *mem, const encoding *wrong, str text) {
    char *p = arena_alloc(mem, 4 * text.n + 1);
    size_t n = 0;
    for (size_t at = 0; p && at < text.n;) {
        size_t length = encode_char(tables, wrong, utf8_next(text, &at), (uint8_t *)p + n);
        if (!length) return (str){NULL, 0};
        n += length;
    }
    return str_make(p, n);
}

/* Names that were all read in the same wrong encoding are bytes again, and judged together like
 * others: a name of two characters alone may be anything. */
static bool judge_again(arena *mem, encoding_id id, const str *before, str *texts, str *how,
                        size_t n) {
    const encoding *wrong = encoding_at(id);
    const encode_tables *tables = encode_tables_new(mem);
    raw_name *raw = arena_zalloc(mem, n + 1, sizeof *raw);
    str end = arena_printf(mem, " read as %s", encoding_name(wrong));
    if (!tables || !raw || !end.p) return false;
    for (size_t i = 0; i < n; i++) {
        bool one = str_ends(how[i], end) && str_find(how[i], STR(", then "), 0) == STR_NONE;
        if (one) raw[i].bytes = bytes_of(tables, mem, wrong, before[i]);
    }
    const encoding *right = names_encoding(mem, raw, n);
    for (size_t i = 0; right && i < n; i++) {
        if (!raw[i].bytes.n) continue;
        texts[i] = names_decode(mem, right, &raw[i]);
        how[i] = arena_join(mem, str_of(encoding_name(right)), end);
    }
    return right && !arena_failed(mem);
}

static bool any_how(const str *how, size_t n, const char *wrong) {
    for (size_t i = 0; i < n; i++)
        if (str_ends(how[i], str_of(wrong))) return true;
    return false;
}

bool names_repair(arena *mem, str *texts, str *how, size_t n) {
    const mojibake_tools *tools = NULL;
    bool ok = true, wide = false;
    for (size_t i = 0; i < n; i++) how[i] = (str){"", 0}, wide |= !is_ascii(texts[i]);
    if (!wide) return true;
    tools = mojibake_tools_new(mem);
    str *before = arena_alloc(mem, n * sizeof *before);
    if (!before) return false;
    memcpy(before, texts, n * sizeof *before);
    for (size_t i = 0, end; ok && tools && i < n; i = end) {
        size_t bytes = texts[i].n;
        for (end = i + 1; end < n && bytes + texts[end].n < TOGETHER; end++) bytes += texts[end].n;
        if (repair_together(tools, mem, texts + i, how + i, end - i, &ok)) continue;
        for (size_t k = i; ok && k < end; k++) ok = repair_one(tools, mem, &texts[k], &how[k]);
    }
    static const encoding_id wrongs[] = {ENC_IBM437, ENC_WINDOWS_1252};
    for (size_t w = 0; ok && w < sizeof wrongs / sizeof *wrongs; w++)
        if (any_how(how, n, encoding_name(encoding_at(wrongs[w]))))
            ok = judge_again(mem, wrongs[w], before, texts, how, n);
    return ok && tools;
}

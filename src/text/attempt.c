#include "text/attempt.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/glance.h"
#include "text/holes.h"

enum {
    FOLLOWED = 3,     /* attempts that a second chain is tried on */
    CHAIN = 16 * BIT, /* what a second chain costs, and an ill-formed piece */
};

/* Encodings that text is wrongly read in, and those that it is in. */
static const encoding_id wrong_ones[] = {ENC_WINDOWS_1252, ENC_GB18030,      ENC_IBM437,
                                         ENC_MACINTOSH,    ENC_WINDOWS_1250, ENC_BIG5,
                                         ENC_SHIFT_JIS,    ENC_EUC_KR};
static const encoding_id right_ones[] = {ENC_UTF8,      ENC_GB18030, ENC_BIG5,
                                         ENC_SHIFT_JIS, ENC_EUC_JP,  ENC_EUC_KR};
enum {
    WRONGS = sizeof wrong_ones / sizeof *wrong_ones,
    RIGHTS = sizeof right_ones / sizeof *right_ones,
};

bool text_has_wide(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return true;
    return false;
}

static size_t replacements(str s) {
    size_t count = 0;
    for (size_t at = 0; (at = str_find(s, STR("\xEF\xBF\xBD"), at)) != STR_NONE; at += 3) count++;
    return count;
}

void attempt_weigh(attempt *a) {
    score_text(a->text, &a->score);
    a->lost = replacements(a->text);
    a->cost = a->score.cost - (int64_t)a->lost * (COST_CONTROL - HOLE);
}

/* The bytes of a text in the wrong encoding; U+FFFD is a hole. False when a character has none. */
static bool to_bytes(const encode_tables *tables, const encoding *wrong, str text, holed *out) {
    out->n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        uint8_t bytes[4];
        if (c == UTF8_REPLACEMENT) {
            out->p[out->n++] = HOLE_BYTE;
            continue;
        }
        size_t n = encode_char(tables, wrong, c, bytes);
        if (!n) return false;
        for (size_t i = 0; i < n; i++) out->p[out->n++] = bytes[i];
    }
    return true;
}

/* Decodes bytes with holes by a codec; *bad counts ill-formed pieces. A hole is U+FFFD. */
static str by_codec(arena *mem, const encoding *right, const holed *bytes, size_t *bad) {
    uint8_t *p = arena_alloc(mem, bytes->n);
    char *text = arena_alloc(mem, 3 * bytes->n + 8);
    if (!p || !text) return (str){NULL, 0};
    for (size_t i = 0; i < bytes->n; i++)
        p[i] = bytes->p[i] == HOLE_BYTE ? 0xFF : (uint8_t)bytes->p[i];
    size_t n = 0;
    for (size_t at = 0; at < bytes->n;) {
        uint32_t c;
        size_t length = right->codec->next(right, p + at, bytes->n - at, &c);
        if (!length) {
            c = UTF8_REPLACEMENT, length = 1;
            *bad += bytes->p[at] != HOLE_BYTE;
        }
        n += codec_write(text + n, c);
        at += length;
    }
    return (str){text, n};
}

/* Undoes one (wrong, right) pair; false when it cannot be that one. */
static bool undo(arena *mem, const attempt *from, const encoding *wrong, const encoding *right,
                 const holed *bytes, attempt *out) {
    size_t bad = 0, most = 1 + bytes->n / 40;
    *out = *from;
    if (encoding_id_of(right) == ENC_UTF8)
        out->text = holes_fill(mem, bytes, encoding_id_of(wrong) == ENC_WINDOWS_1252, &bad);
    else
        out->text = by_codec(mem, right, bytes, &bad);
    if (!out->text.p || bad > most || str_eq(out->text, from->text)) return false;
    out->chain[2 * from->depth] = wrong;
    out->chain[2 * from->depth + 1] = right;
    out->depth++;
    attempt_weigh(out);
    out->cost += (int64_t)from->depth * CHAIN + (int64_t)bad * CHAIN;
    return out->lost * 3 <= out->score.chars;
}

/* Still so odd that a second chain may lie below: Latin letters and signs in rows, or bad Chinese.
 */
static bool still_odd(const attempt *a) {
    return a->depth < DEPTH && a->score.chars &&
           (!a->score.written || a->cost - a->score.ascii > (int64_t)a->score.chars * READS_BADLY);
}

/* Attempts that are better than what they come from, and still odd: the best few. */
typedef struct shortlist {
    attempt p[FOLLOWED];
    size_t n;
} shortlist;

static void shortlist_add(shortlist *list, const attempt *a) {
    size_t at = list->n;
    while (at && list->p[at - 1].cost > a->cost) at--;
    if (at == FOLLOWED) return;
    size_t last = list->n < FOLLOWED ? list->n++ : FOLLOWED - 1;
    memmove(list->p + at + 1, list->p + at, (last - at) * sizeof *list->p);
    list->p[at] = *a;
}

/* Undoes every pair on `from`; keeps the best in *best and those to go on from in *odd. */
static void try_pairs(const encode_tables *tables, arena *mem, const attempt *from, attempt *best,
                      shortlist *odd) {
    holed bytes = {.p = arena_alloc(mem, 4 * from->text.n * sizeof *bytes.p + 8)};
    for (unsigned w = 0; bytes.p && w < WRONGS; w++) {
        const encoding *wrong = encoding_at(wrong_ones[w]);
        if (!to_bytes(tables, wrong, from->text, &bytes)) continue;
        for (unsigned r = 0; r < RIGHTS; r++) {
            const encoding *right = encoding_at(right_ones[r]);
            attempt next;
            if (wrong == right || !undo(mem, from, wrong, right, &bytes, &next)) continue;
            if (next.cost < best->cost) *best = next;
            if (next.cost < from->cost && still_odd(&next)) shortlist_add(odd, &next);
        }
    }
}

void attempt_search(const encode_tables *tables, arena *mem, const attempt *from, attempt *best) {
    shortlist odd = {.n = 0}, none;
    try_pairs(tables, mem, from, best, &odd);
    for (size_t i = 0; i < odd.n; i++) {
        none.n = 0;
        if (text_has_wide(odd.p[i].text)) try_pairs(tables, mem, &odd.p[i], best, &none);
    }
}

str attempt_how(arena *mem, const attempt *a) {
    str text = {NULL, 0};
    for (unsigned i = a->depth; i-- > 0;) {
        str step = arena_printf(mem, "%s%s read as %s", text.n ? ", then " : "",
                                encoding_name(a->chain[2 * i + 1]), encoding_name(a->chain[2 * i]));
        text = arena_join(mem, text, step);
    }
    return text;
}

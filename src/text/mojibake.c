#include "text/mojibake.h"
#include "base/utf8.h"
#include "text/codec.h"
#include "text/encode.h"
#include "text/holes.h"
#include "text/kinds.h"
#include "text/score.h"

enum {
    DEPTH = 2,
    LONGEST = 32 * 1024,        /* bytes that are looked at together */
    FOLLOWED = 3,               /* attempts that a second chain is tried on */
    SCRATCH = 64 << 20,         /* bytes of memory for one line */
    GAIN = 16 * BIT,            /* what a repair must save */
    GAIN_EACH = 3 * BIT,        /* and for each of its wide characters */
    GAIN_SURE = 8 * BIT,        /* a saving for each that no clean text gives */
    READS_WELL = 13 * BIT,      /* what a wide character of the result may cost */
    READS_FAIRLY = 17 * BIT,    /* the same after such a saving */
    READS_BADLY = 25 * BIT / 2, /* and from where on those of a line are suspicious */
    GAIN_WIDE = 30 * BIT,       /* what a repair of ideographs must save, each kind counted once */
    READS_PLAINLY = 11 * BIT,   /* and what its result may cost, unless it saves twice as much */
    CHAIN = 16 * BIT,           /* what a second chain costs, and an ill-formed piece */
    HOLE = 12 * BIT,            /* what U+FFFD costs in a result */
};

enum { BMP = 0x10000, EVEN = 64, ODD = 0x80, STRANGE = 0xFF };

struct mojibake_tools {
    const encode_tables *tables;
    /* For a first look: EVEN and what a character leaves of the READS_BADLY that it may cost, in
     * bits / 8; for one that ordinary Chinese has seldom and never in a row, ODD more; STRANGE for
     * one that it does not have. */
    uint8_t look[BMP];
};

static uint8_t evened(int left) {
    return (uint8_t)(left < -EVEN ? 0 : left > EVEN - 1 ? 2 * EVEN - 1 : EVEN + left);
}

static uint8_t look_of(uint32_t c) {
    if (c == 0x951F) return STRANGE; /* 锟 of 锟斤拷 */
    /* 烫烫烫, 屯屯屯, 葺葺葺: what is left of text that was destroyed. */
    if (c == 0x70EB || c == 0x5C6F || c == 0x847A) return ODD | EVEN;
    if (c - 0x4E00 < 0x5200) return evened(READS_BADLY - han_cost(c));
    if (c < 0x80) return ascii_cost[c] == COST_CONTROL ? STRANGE : EVEN;
    if (is_chinese_sign(c)) return EVEN;
    bool text = (c >= 0xA0 && c < 0xD800 && c != 0xAD) || (c >= 0xF900 && c < 0xFFFD);
    return text && c != 0xFEFF ? ODD | evened(-4 * BIT) : STRANGE;
}

const mojibake_tools *mojibake_tools_new(arena *mem) {
    mojibake_tools *t = arena_alloc(mem, sizeof *t);
    if (!t) return NULL;
    t->tables = encode_tables_new(mem);
    for (uint32_t c = 0; c < BMP; c++) t->look[c] = look_of(c);
    return t->tables ? t : NULL;
}

/* The look of the character of three bytes at p. */
static inline unsigned look_wide(const uint8_t *look, const unsigned char *p) {
    return look[((unsigned)p[0] << 12) + ((unsigned)p[1] << 6) + p[2] - 0xE2080u];
}

/* What a row of text has shown. */
typedef struct glance {
    size_t sum, chars;
    bool odd; /* the last character was one */
} glance;

/* Passes over characters of three bytes, four at a time, as long as none is odd. */
static inline size_t glance_wide(glance *g, const uint8_t *look, const unsigned char *p, size_t n) {
    size_t at = 0;
    for (; n - at >= 12; at += 12) {
        const unsigned char *q = p + at;
        if (((q[0] ^ 0xE0) | (q[3] ^ 0xE0) | (q[6] ^ 0xE0) | (q[9] ^ 0xE0)) & 0xF0) break;
        unsigned a = look_wide(look, q), b = look_wide(look, q + 3);
        unsigned c = look_wide(look, q + 6), d = look_wide(look, q + 9);
        if ((a | b | c | d) & ODD) break;
        g->sum += a + b + c + d;
        g->chars += 4;
    }
    if (at) g->odd = false;
    return at;
}

/* One character; false when it calls for a closer look. */
static inline bool glance_at(glance *g, unsigned look) {
    bool odd = look & ODD;
    if (look == STRANGE || (odd && g->odd)) return false;
    g->odd = odd;
    g->sum += look & ~(unsigned)ODD;
    g->chars++;
    return true;
}

/* A quick look at well-formed UTF-8: ASCII, Chinese, its punctuation, now and then something else
 * by itself; and it costs no more than Chinese does. All that clean text costs is this loop. */
static bool reads_as_chinese(const mojibake_tools *t, str text) {
    const unsigned char *p = (const unsigned char *)text.p;
    glance g = {0, 0, false};
    for (size_t at = 0; at < text.n;) {
        at += glance_wide(&g, t->look, p + at, text.n - at);
        if (at == text.n) break;
        uint32_t c = utf8_next(text, &at);
        if (!glance_at(&g, c < BMP ? t->look[c] : STRANGE)) return false;
    }
    return g.sum >= g.chars * EVEN;
}

bool mojibake_possible(str line) {
    glance g = {0, 0, false};
    for (size_t at = 0; at < line.n;)
        if (!glance_at(&g, look_of(utf8_next(line, &at)))) return true;
    return g.sum < g.chars * EVEN;
}

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

/* A text while it is worked on. */
typedef struct attempt {
    str text;
    score score;
    int64_t cost;
    size_t lost;
    const encoding *chain[2 * DEPTH]; /* wrong, right, wrong, right */
    unsigned depth;
} attempt;

static size_t replacements(str s) {
    size_t count = 0;
    for (size_t at = 0; (at = str_find(s, STR("\xEF\xBF\xBD"), at)) != STR_NONE; at += 3) count++;
    return count;
}

static void weigh(attempt *a) {
    score_text(a->text, &a->score);
    a->lost = replacements(a->text);
    a->cost = a->score.cost - (int64_t)a->lost * (COST_CONTROL - HOLE);
}

/* ---- One step ---------------------------------------------------------------------------------
 */

/* The bytes of a text in the wrong encoding; U+FFFD is a hole. False when a character has none. */
static bool to_bytes(const mojibake_tools *tools, const encoding *wrong, str text, holed *out) {
    out->n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        uint8_t bytes[4];
        if (c == UTF8_REPLACEMENT) {
            out->p[out->n++] = HOLE_BYTE;
            continue;
        }
        size_t n = encode_char(tools->tables, wrong, c, bytes);
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
    weigh(out);
    out->cost += (int64_t)from->depth * CHAIN + (int64_t)bad * CHAIN;
    return out->lost * 3 <= out->score.chars;
}

/* Only bytes above 0x7F can have been read wrongly. */
static bool has_wide(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return true;
    return false;
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
static void try_pairs(const mojibake_tools *tools, arena *mem, const attempt *from, attempt *best,
                      shortlist *odd) {
    holed bytes = {.p = arena_alloc(mem, 4 * from->text.n * sizeof *bytes.p + 8)};
    for (unsigned w = 0; bytes.p && w < WRONGS; w++) {
        const encoding *wrong = encoding_at(wrong_ones[w]);
        if (!to_bytes(tools, wrong, from->text, &bytes)) continue;
        for (unsigned r = 0; r < RIGHTS; r++) {
            const encoding *right = encoding_at(right_ones[r]);
            attempt next;
            if (wrong == right || !undo(mem, from, wrong, right, &bytes, &next)) continue;
            if (next.cost < best->cost) *best = next;
            if (next.cost < from->cost && still_odd(&next)) shortlist_add(odd, &next);
        }
    }
}

/* The best attempt that can be reached from `from` by one chain, or by two where the first improves
 * the text. */
static void search(const mojibake_tools *tools, arena *mem, const attempt *from, attempt *best) {
    shortlist odd = {.n = 0}, none;
    try_pairs(tools, mem, from, best, &odd);
    for (size_t i = 0; i < odd.n; i++) {
        none.n = 0;
        if (has_wide(odd.p[i].text)) try_pairs(tools, mem, &odd.p[i], best, &none);
    }
}

/* ---- Pieces -----------------------------------------------------------------------------------
 */

/* Is it half of characters that no single bytes make: ideographs, kana, syllables, wide signs? Then
 * it may as well be rare words, verse, names or sounds, which cost as much as mojibake does. */
static bool is_wide(const attempt *a) {
    size_t wide = 0;
    for (size_t at = 0; at < a->text.n;) {
        uint32_t c = utf8_next(a->text, &at);
        wide += c >= 0x2E80 || (c > 0x25A0 && c != 0x25CA);
    }
    return wide * 2 >= a->score.chars;
}

/* What a repair of such text must show besides. */
static bool convincing_wide(const attempt *after, int64_t proof) {
    if (proof < GAIN_WIDE || after->score.written * 2 < after->score.chars) return false;
    return after->cost - after->score.ascii <= (int64_t)after->score.chars * READS_PLAINLY ||
           proof >= 2 * GAIN_WIDE;
}

static bool convincing(const attempt *before, const attempt *after) {
    int64_t gain = before->cost - after->cost, wide = (int64_t)after->score.chars;
    if (!after->depth || gain < GAIN || gain < wide * GAIN_EACH) return false;
    if (after->score.bad > after->lost) return false;
    kinds k = kinds_of(after->text);
    int64_t proof = k.chars ? gain * (int64_t)k.kinds / (int64_t)k.chars : 0;
    if (proof < GAIN || (is_wide(before) && !convincing_wide(after, proof))) return false;
    bool utf8 = after->chain[2 * after->depth - 1] == encoding_at(ENC_UTF8);
    if (!after->score.written && !utf8) return false; /* signs and letters prove little */
    int64_t most = gain >= wide * GAIN_SURE ? READS_FAIRLY : READS_WELL;
    return after->cost - after->score.ascii <= wide * most + 4 * BIT;
}

/* Is a piece worth the trouble? */
static bool suspicious(const attempt *a) {
    if (!a->score.chars || is_drawing(a->text)) return false;
    if (a->score.bad) return true;
    if (!a->score.written) return a->score.chars >= 2;
    return a->cost - a->score.ascii > (int64_t)a->score.chars * READS_BADLY;
}

/* Characters that clean Chinese has between its parts, and mojibake hardly ever. */
static bool is_seam(uint32_t c) {
    return c == 0x3002 || c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == 0xFF1A || c == 0xFF1F ||
           c == 0xFF01 || c == 0x3000 || c == '\t' || c == '\n' || c == '\r';
}

/* Is it a character that mojibake of one byte a character consists of? */
static bool is_bytelike(uint32_t c) {
    return (c >= 0x80 && c < 0x180) || c == 0x192 || c == 0x2C6 || c == 0x2DC ||
           (c >= 0x391 && c < 0x3CA) || (c >= 0x2010 && c < 0x2600) || c == UTF8_REPLACEMENT ||
           (c >= 0xF8FF && c < 0xFB03);
}

typedef enum piece_class { CLASS_NEUTRAL, CLASS_BYTES, CLASS_WIDE, CLASS_SEAM } piece_class;

static piece_class class_of(uint32_t c) {
    if (is_seam(c)) return CLASS_SEAM;
    if (c < 0x80) return CLASS_NEUTRAL;
    return is_bytelike(c) ? CLASS_BYTES : CLASS_WIDE;
}

/* The end of the piece that starts at `at`: up to a seam, or to where bytes and wide characters
 * meet. */
static size_t piece_end(str line, size_t at) {
    piece_class now = CLASS_NEUTRAL;
    while (at < line.n) {
        size_t before = at;
        piece_class c = class_of(utf8_next(line, &at));
        if (c == CLASS_SEAM) return now == CLASS_NEUTRAL ? at : before;
        if (c == CLASS_NEUTRAL) continue;
        if (now != CLASS_NEUTRAL && c != now) return before;
        now = c;
    }
    return at;
}

typedef struct findings {
    arena *mem;
    arena *scratch; /* for attempts */
    mojibake *p;
    size_t n, cap;
    bool failed;
} findings;

static void add_finding(findings *f, mojibake found) {
    if (f->n == f->cap) {
        size_t cap = f->cap ? 2 * f->cap : 4;
        mojibake *p = arena_alloc(f->mem, cap * sizeof *p);
        if (!p) {
            f->failed = true;
            return;
        }
        if (f->n) memcpy(p, f->p, f->n * sizeof *p);
        f->p = p, f->cap = cap;
    }
    f->p[f->n++] = found;
}

static str chain_text(arena *mem, const attempt *a) {
    str text = {NULL, 0};
    for (unsigned i = a->depth; i-- > 0;) {
        str step = arena_printf(mem, "%s%s read as %s", text.n ? ", then " : "",
                                encoding_name(a->chain[2 * i + 1]), encoding_name(a->chain[2 * i]));
        text = arena_join(mem, text, step);
    }
    return text;
}

/* Repairs [from, to) of the line if that convinces. */
static bool repair(const mojibake_tools *tools, findings *f, str line, size_t from, size_t to) {
    attempt before = {.text = str_cut(line, from, to)};
    weigh(&before);
    if (!suspicious(&before)) return false;
    attempt best = before;
    search(tools, f->scratch, &before, &best);
    if (!convincing(&before, &best)) return false;
    add_finding(f, (mojibake){.from = from,
                              .to = to,
                              .kind = best.lost ? MOJIBAKE_PARTLY : MOJIBAKE_REPAIRED,
                              .text = arena_str(f->mem, best.text),
                              .how = chain_text(f->mem, &best),
                              .lost = best.lost,
                              .gain = (float)(before.cost - best.cost) / BIT});
    return true;
}

/* ---- What is beyond repair --------------------------------------------------------------------
 */

static const struct ruin {
    str unit, how;
    size_t least; /* times in a row */
} ruins[] = {
    {STR_INIT("锟斤拷"), STR_INIT("U+FFFD read as GBK: the text is lost"), 1},
    {STR_INIT("烫"), STR_INIT("memory that was never written (0xCC), read as GBK"), 3},
    {STR_INIT("屯"), STR_INIT("memory that was never written (0xCD), read as GBK"), 3},
    {STR_INIT("葺"), STR_INIT("freed memory (0xDD), read as GBK"), 3},
    {STR_INIT("\xEF\xBF\xBD"), STR_INIT("bytes that an earlier conversion could not read"), 2},
};

/* The ruin that starts at `at`, in bytes; 0 when there is none. */
static size_t ruin_at(str line, size_t at, str *how) {
    for (size_t i = 0; i < sizeof ruins / sizeof *ruins; i++) {
        size_t end = at, times = 0;
        while (str_starts(str_cut(line, end, line.n), ruins[i].unit))
            end += ruins[i].unit.n, times++;
        if (times >= ruins[i].least) return *how = ruins[i].how, end - at;
    }
    return 0;
}

static bool has_ruin(str text) {
    str how;
    for (size_t at = 0; at < text.n; utf8_next(text, &at))
        if (ruin_at(text, at, &how)) return true;
    return false;
}

/* Returns whether there were any. */
static bool find_ruins(findings *f, str line, size_t from, size_t to) {
    size_t before = f->n;
    while (from < to) {
        str how;
        size_t n = ruin_at(str_cut(line, 0, to), from, &how);
        if (n) add_finding(f, (mojibake){from, from + n, MOJIBAKE_DESTROYED, {NULL, 0}, how, 0, 0});
        if (n)
            from += n;
        else
            utf8_next(line, &from);
    }
    return f->n > before;
}

/* One line, or LONGEST bytes of it: as a whole, else in pieces. */
static void find_in_part(const mojibake_tools *tools, findings *f, str line, size_t from,
                         size_t to) {
    attempt whole = {.text = str_cut(line, from, to)};
    weigh(&whole);
    if (suspicious(&whole) && !has_ruin(whole.text) && repair(tools, f, line, from, to)) return;
    for (size_t at = from; at < to;) {
        size_t end = piece_end(str_cut(line, 0, to), at);
        if (!find_ruins(f, line, at, end)) repair(tools, f, line, at, end);
        at = end;
    }
}

/* Where the part that starts at `at` ends: at the end of the line, or behind an ASCII character if
 * there is one near the limit. */
static size_t part_end(str line, size_t at) {
    if (line.n - at <= LONGEST) return line.n;
    size_t end = at + LONGEST;
    while (end > at + LONGEST / 2 && (unsigned char)line.p[end - 1] >= 0x80) end--;
    if (end > at + LONGEST / 2) return end;
    for (end = at + LONGEST; ((unsigned char)line.p[end] & 0xC0) == 0x80; end--) continue;
    return end;
}

bool mojibake_find(const mojibake_tools *tools, arena *mem, str line, mojibake **out,
                   size_t *count) {
    findings f = {.mem = mem};
    *out = NULL;
    *count = 0;
    if (!has_wide(line) || reads_as_chinese(tools, line)) return true;
    f.scratch = arena_new(SCRATCH);
    for (size_t at = 0; f.scratch && at < line.n;) {
        size_t end = part_end(line, at);
        find_in_part(tools, &f, line, at, end);
        arena_reset(f.scratch, SCRATCH / 8);
        at = end;
    }
    bool ok = f.scratch && !f.failed && !arena_failed(mem);
    arena_free(f.scratch);
    *out = f.p;
    *count = f.n;
    return ok;
}

#include "text/mojibake.h"
#include "base/utf8.h"
#include "text/attempt.h"
#include "text/glance.h"
#include "text/kinds.h"

enum {
    LONGEST = 32 * 1024,      /* bytes that are looked at together */
    SCRATCH = 64 << 20,       /* bytes of memory for one line */
    GAIN = 16 * BIT,          /* what a repair must save */
    GAIN_EACH = 3 * BIT,      /* and for each of its wide characters */
    GAIN_SURE = 8 * BIT,      /* a saving for each that no clean text gives */
    READS_WELL = 13 * BIT,    /* what a wide character of the result may cost */
    READS_FAIRLY = 17 * BIT,  /* the same after such a saving */
    GAIN_WIDE = 30 * BIT,     /* what a repair of ideographs must save, each kind counted once */
    READS_PLAINLY = 11 * BIT, /* and what its result may cost, unless it saves twice as much */
};

struct mojibake_tools {
    const encode_tables *tables;
    glance_table glance;
};

const mojibake_tools *mojibake_tools_new(arena *mem) {
    mojibake_tools *t = arena_alloc(mem, sizeof *t);
    if (!t) return NULL;
    t->tables = encode_tables_new(mem);
    glance_fill(&t->glance);
    return t->tables ? t : NULL;
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

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

/* Repairs [from, to) of the line if that convinces. */
static bool repair(const mojibake_tools *tools, findings *f, str line, size_t from, size_t to) {
    attempt before = {.text = str_cut(line, from, to)};
    attempt_weigh(&before);
    if (!suspicious(&before)) return false;
    attempt best = before;
    attempt_search(tools->tables, f->scratch, &before, &best);
    if (!convincing(&before, &best)) return false;
    add_finding(f, (mojibake){.from = from,
                              .to = to,
                              .kind = best.lost ? MOJIBAKE_PARTLY : MOJIBAKE_REPAIRED,
                              .text = arena_str(f->mem, best.text),
                              .how = attempt_how(f->mem, &best),
                              .lost = best.lost,
                              .gain = (float)(before.cost - best.cost) / BIT});
    return true;
}

/* ---- What is beyond repair ------------------------------------------------------------------- */

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
    attempt_weigh(&whole);
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

mojibake_sight mojibake_look(const mojibake_tools *tools, str line) {
    return text_has_wide(line) ? glance(&tools->glance, line) : MOJIBAKE_NONE;
}

bool mojibake_possible(str line) {
    return glance_is_odd(line);
}

bool mojibake_search(const mojibake_tools *tools, arena *mem, str line, mojibake **out,
                     size_t *count) {
    findings f = {.mem = mem, .scratch = arena_new(SCRATCH)};
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

bool mojibake_find(const mojibake_tools *tools, arena *mem, str line, mojibake **out,
                   size_t *count) {
    *out = NULL;
    *count = 0;
    if (mojibake_look(tools, line) != MOJIBAKE_SUSPECTED) return true;
    return mojibake_search(tools, mem, line, out, count);
}

#include "text/detect.h"
#include "text/candidates.h"
#include "text/codec.h"

enum {
    UNSURE = 6 * BIT,    /* a margin that proves nothing */
    DEAR = 23 * BIT / 2, /* what a character costs at most that is read rightly, on average */
    DECLARED = 20 * BIT, /* what a declaration counts */
    LETTERS = 10 * BIT,  /* what is against UTF-16 of which every byte is ASCII */
};

const char *text_language_tag(text_language language) {
    static const char *const tags[LANG_COUNT] = {
        "",
#define LANGUAGE(id, tag) tag,
#include "text/languages.def"
#undef LANGUAGE
    };
    return tags[language];
}

/* ---- Byte order marks ------------------------------------------------------------------------ */

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

/* ---- The answer ------------------------------------------------------------------------------ */

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

static void weigh_declaration(field *f, const uint8_t *p, size_t n) {
    const encoding *said = declared_encoding(p, n);
    for (size_t i = 0; said && i < f->n; i++)
        if (f->list[i].enc == said) f->list[i].cost -= DECLARED;
}

/* What any other would be behind at least, when no other was asked. */
static float margin_alone(const candidate *c) {
    int64_t behind = (int64_t)c->score.chars * ODD - (c->score.cost - c->score.ascii);
    return (float)(behind > HOPELESS ? behind : HOPELESS) / BIT;
}

static void answer(field *f, const sample *s, detection *out) {
    field_sort(f);
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
    if (!out->second) out->margin = margin_alone(best);
    out->unsure = also > 0;
    out->binary = is_binary(best, s);
}

/* UTF-16 of which every byte happens to be a letter is believed only if it reads far better. */
static void judge_ascii(const sample *s, detection *out) {
    field f = {.n = 0};
    if (s->escapes) enter_escapes(&f, s);
    if (like_ebcdic(s)) enter_pages(&f, s, true);
    if (s->n <= 64 && s->n % 2 == 0) enter_multi_byte(&f, s);
    for (size_t i = 0; i < f.n; i++)
        if (f.list[i].enc->unit > 1) f.list[i].cost += LETTERS;
    if (!f.n) return;
    candidate ascii = {.enc = encoding_at(ENC_UTF8)};
    score_bytes(ascii.enc, s->p, s->n, s->cut, &ascii.score);
    ascii.cost = ascii.score.cost;
    field_enter(&f, ascii);
    answer(&f, s, out);
}

/* Characters that cost more than those of a language do in its own encoding. */
static bool is_dear(const score *s) {
    return s->cost - s->ascii > (int64_t)s->chars * DEAR;
}

static void judge(const uint8_t *p, size_t n, detection *out) {
    sample s;
    sample_take(p, n, &s);
    if (!s.high && !s.controls) {
        judge_ascii(&s, out);
        return;
    }
    field f = {.n = 0};
    if (sample_is_utf8(&s)) {
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
    field_sort(&f);
    if (s.escapes && s.high < s.n / 8) enter_escapes(&f, &s); /* they are of seven bits */
    field_sort(&f);
    const score *best = &f.list[0].score;
    bool well = fits_well(best, &s);
    if (s.high && (!well || best->chars < 64) && !is_plain_chinese(best)) {
        enter_pages(&f, &s, false);
        field_sort(&f);
    }
    if (like_ebcdic(&s)) enter_pages(&f, &s, true);
    if (s.high >= 8 && (best->bad * 50 > best->chars || !well || is_dear(best))) {
        enter_state(&f, &s, ENC_EUC_TW, 12);
        enter_state(&f, &s, ENC_JOHAB, 12);
    }
    field_sort(&f);
    enter_hkscs(&f, &s);
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

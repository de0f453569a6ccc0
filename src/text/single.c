#include "text/single.h"
#include "text/codec.h"
#include "text/tables/model.h"
#include "text/tables/pages.h"

enum { FIRST_LANGUAGE = LANG_EN, LANGUAGES = LANG_COUNT - LANG_EN };

/* Bits that a page costs before anything is read: what is seldom met must fit better. */
static int page_prior(int page) {
    switch (page) {
    case PAGE_CP1252:
    case PAGE_CP1251: return 3 * BIT;
    case PAGE_CP1250:
    case PAGE_CP1253:
    case PAGE_CP1254:
    case PAGE_CP1255:
    case PAGE_CP1256:
    case PAGE_CP1257:
    case PAGE_CP874:
    case PAGE_KOI8_R: return 5 * BIT;
    case PAGE_ISO8859_2:
    case PAGE_ISO8859_5:
    case PAGE_ISO8859_7:
    case PAGE_ISO8859_15:
    case PAGE_CP866: return 6 * BIT;
    case PAGE_CP437:
    case PAGE_CP850:
    case PAGE_CP852:
    case PAGE_CP1258:
    case PAGE_KOI8_U:
    case PAGE_MAC_ROMAN:
    case PAGE_MAC_CYRILLIC: return 8 * BIT;
    case PAGE_KOI8_T: return 200 * BIT; /* KOI8-R with better quotation marks */
    default: return 10 * BIT;
    }
}

/* Characters as a language sees them: class 0 is no letter of it, and UPPER marks capitals. */
enum { CELLS = 0x780, UPPER = 0x80 };

typedef struct alphabet {
    uint8_t classes[CELLS];
    const letter_model *model;
} alphabet;

/* Where a character stands in alphabet.classes; cell 0 for what no alphabet has. */
static unsigned alphabet_cell(uint16_t c) {
    return c < 0x700 ? c : c - 0xE00u < 0x80 ? c - 0xE00u + 0x700 : 0;
}

static void alphabet_fill(alphabet *a, const letter_model *model) {
    memset(a->classes, 0, sizeof a->classes);
    a->model = model;
    for (unsigned i = model->count; i-- > 0;) {
        if (model->upper[i] != model->lower[i])
            a->classes[alphabet_cell(model->upper[i])] = (uint8_t)(UPPER | (i + 1));
        a->classes[alphabet_cell(model->lower[i])] = (uint8_t)(i + 1);
    }
    a->classes[0] = 0;
}

static bool is_ascii_letter(uint16_t c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Box drawing and blocks: frames of DOS. */
static bool is_line_art(uint16_t c) {
    return c >= 0x2500 && c < 0x25A0;
}

/* Cost of a character that is no letter of the language, given the one before. */
static int other_cost(uint16_t before, uint16_t c) {
    if (c < 0x80) return is_ascii_letter(c) ? ascii_cost[c] + 16 : ascii_cost[c] / 2;
    if (c == UTF8_REPLACEMENT) return COST_BAD;
    if (c < 0xA0 || (c >= 0xE000 && c < 0xF900)) return COST_CONTROL;
    if (c == before || (c == 0xA0 && before == 0xAB) || (c == 0xBB && before == 0xA0))
        return 2 * BIT;
    if (is_line_art(c)) return 13 * BIT;
    if (c >= 0x2010 && c < 0x2040) return 7 * BIT;
    if (c == 0xA0 || c == 0xAB || c == 0xBB || c == 0x2116 || c == 0xB0 || c == 0xA7)
        return 7 * BIT;
    if (c == 0xA1 || c == 0xBF || c == 0x20AC) return 8 * BIT;
    if (c == 0xA4) return 16 * BIT; /* the sign that the euro took the place of */
    if (c == 0xA2 || c == 0xA3 || c == 0xA9 || c == 0xAE || c == 0xB1 || c == 0xB7) return 9 * BIT;
    return 12 * BIT;
}

/* How a sign stands to letters: it opens, it closes, it may stand in a word, or it keeps away. */
static char sign_manner(uint16_t c) {
    switch (c) {
    case 0x201C:
    case 0x201E:
    case 0x2018:
    case 0x201A:
    case 0x2039:
    case 0xAB:
    case 0xA1:
    case 0xBF: return '(';
    case 0x201D:
    case 0x2026:
    case 0x203A:
    case 0xBB:
    case 0x2122:
    case 0xAE:
    case 0xB0: return ')';
    case 0x2019:
    case 0xB7:
    case 0xAD: return 'x';
    case 0xA0: return ' ';
    default: return is_line_art(c) ? '|' : '!';
    }
}

/* A sign of the page where none belongs: an opening one behind a letter, say. */
static int sign_cost(uint16_t before, uint16_t c, uint8_t from, uint8_t to) {
    if (c >= 0x80 && !to && from) {
        char manner = sign_manner(c);
        return manner == '(' ? 6 * BIT : manner == '!' ? 4 * BIT : 0;
    }
    if (before >= 0x80 && !from && to) {
        char manner = sign_manner(before);
        return manner == ')' ? 6 * BIT : manner == '!' ? 4 * BIT : 0;
    }
    return 0;
}

static int case_cost(uint8_t before, uint8_t now) {
    if (!(now & UPPER)) return 0;
    return !before ? 5 * BIT / 2 : before & UPPER ? BIT : 9 * BIT;
}

/* A letter of another script next to one of ASCII: words are not mixed. */
static int script_cost(const alphabet *a, uint16_t before, uint16_t c, uint8_t from, uint8_t to) {
    if (a->classes['a'] || !(from || to)) return 0;
    bool ascii =
        ((before | 32) >= 'a' && (before | 32) <= 'z') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    return ascii ? 8 * BIT : 0;
}

static int pair_cost(const alphabet *a, const uint16_t *page, uint8_t x, uint8_t y) {
    uint16_t before = page[x], c = page[y];
    uint8_t from = a->classes[alphabet_cell(before)], to = a->classes[alphabet_cell(c)];
    unsigned cell = (from & 63u) * MODEL_CLASSES + (to & 63u);
    int cost =
        from || to ? (a->model->cost[cell / 2] >> 4 * (cell & 1) & 15) * MODEL_LETTER_STEP : 0;
    cost += script_cost(a, before, c, from, to) + sign_cost(before, c, from, to);
    return cost + (to ? case_cost(from, to) : other_cost(before, c));
}

/* The pairs of a sample with a high byte in them, and what the rest costs in every page. In EBCDIC
 * there is no rest. */
typedef struct pairs {
    uint8_t pair[SINGLE_MOST][2];
    size_t count;
    int64_t rest;
    size_t after_latin; /* runs of high bytes behind a word of ASCII letters */
    bool ebcdic;
} pairs;

static bool is_ebcdic(int page) {
    return pages[page]['A'] != 'A';
}

static void take_pairs(pairs *s, const uint8_t *p, size_t n) {
    uint8_t before = ' ';
    for (size_t i = 0; i < n; before = p[i++]) {
        if ((before | p[i]) < 0x80 && !s->ebcdic) {
            s->rest += ascii_cost[p[i]];
        } else {
            bool word = i >= 2 && p[i - 2] >= 'a' && p[i - 2] <= 'z';
            s->after_latin +=
                !s->ebcdic && before < 0x80 && (word || (before >= 'a' && before <= 'z'));
            s->pair[s->count][0] = before;
            s->pair[s->count++][1] = p[i];
        }
    }
}

/* A frame parts ASCII words by the same upright stroke, again and again. */
static bool is_upright(uint16_t c) {
    return c == 0x2502 || c == 0x2551;
}

static int64_t pairs_cost(const pairs *s, size_t most, const alphabet *a, const uint16_t *page) {
    int64_t cost = 0;
    size_t count = most < s->count ? most : s->count;
    uint16_t stroke = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t before = s->pair[i][0], now = s->pair[i][1];
        cost += pair_cost(a, page, before, now);
        if (before >= 0x80 || !is_upright(page[now])) continue;
        if (page[now] == stroke) cost -= 6 * BIT;
        stroke = page[now];
    }
    return cost;
}

static int64_t with_prior(const single *s) {
    return s->cost + s->prior;
}

/* Puts s among the best n unless they are all better; an encoding stands there once. */
static void keep(single *best, size_t n, const single *s) {
    size_t at = 0;
    while (at < n && best[at].enc && with_prior(&best[at]) <= with_prior(s)) {
        if (best[at].enc == s->enc) return;
        at++;
    }
    if (at == n) return;
    size_t end = at;
    while (end < n - 1 && best[end].enc && best[end].enc != s->enc) end++;
    memmove(best + at + 1, best + at, (end - at) * sizeof *best);
    best[at] = *s;
}

static void score_page(const pairs *s, size_t most, const alphabet *a, text_language language,
                       encoding_id id, single *best, size_t n) {
    const encoding *e = encoding_at(id);
    if (e->codec != &codec_single || !(a->model->pages >> e->page & 1)) return;
    if (is_ebcdic(e->page) != s->ebcdic) return;
    int64_t cost = pairs_cost(s, most, a, pages[e->page]) + s->rest;
    if (!a->classes['a']) cost += (int64_t)s->after_latin * 9 * BIT;
    single now = {e, language, cost, page_prior(e->page)};
    keep(best, n, &now);
}

void score_pages(const uint8_t *p, size_t n, bool ebcdic, single best[SINGLE_BEST]) {
    enum { FEW = 300, SHORT_LIST = 12 };
    static const single none = {NULL, LANG_NONE, 0, 0};
    pairs s = {.ebcdic = ebcdic};
    alphabet a;
    take_pairs(&s, p, n);
    single list[SHORT_LIST];
    for (size_t i = 0; i < SHORT_LIST; i++) list[i] = none;
    for (size_t i = 0; i < SINGLE_BEST; i++) best[i] = none;
    for (unsigned l = 0; l < LANGUAGES; l++) {
        alphabet_fill(&a, &letter_models[l]);
        for (unsigned id = 0; id < ENC_COUNT; id++)
            score_page(&s, FEW, &a, (text_language)(FIRST_LANGUAGE + l), (encoding_id)id, list,
                       SHORT_LIST);
    }
    /* The short list names pages, each with the language that fits it best. */
    for (size_t i = 0; i < SHORT_LIST && list[i].enc; i++) {
        alphabet_fill(&a, &letter_models[list[i].language - FIRST_LANGUAGE]);
        score_page(&s, s.count, &a, list[i].language, encoding_id_of(list[i].enc), best,
                   SINGLE_BEST);
    }
}

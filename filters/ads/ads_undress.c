/* ads_undress: two passes over a form, first for references, then for runs of letters that all
 * stand apart. Both are linear and write no further than they have read. */
#include "ads_undress.h"

#include "ads_look.h"

enum {
    RUN = 3,     /* letters, of Han some, that symbols part: fewer are an accident */
    SPACED = 5,  /* of other letters, or if spaces alone part them */
    BETWEEN = 5, /* at most so many symbols between two of them */
};

/* Punctuation that a sentence is made of. */
static bool is_of_sentence(uint32_t c) {
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '@':
    case 0x3001:
    case 0x3002:
    case 0xFF01:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F: return true;
    default: return (c >= 0x2018 && c <= 0x201D) || (c >= 0x300A && c <= 0x300F);
    }
}

/* Moves bytes [from, to) of a form down to byte at; returns the end of the copy. */
static size_t put_down(form *f, size_t at, size_t from, size_t to) {
    if (at == from) return to;
    for (; from < to; from++, at++)
        f->p[at] = f->p[from], f->from[at] = f->from[from], f->to[at] = f->to[from];
    return at;
}

/* The end of the run of letters that begins at byte at, all of which stand apart; how many there
 * are goes to *letters. */
static size_t run_end(str s, size_t at, size_t *letters) {
    size_t end = at, before = at, between = 1;
    *letters = 0;
    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        if (c == '\n') break;
        if (!ads_counts(c)) {
            if (++between > BETWEEN) break;
            continue;
        }
        if (!between) { /* the last one begins a word */
            --*letters;
            return before;
        }
        before = end, end = at;
        between = 0;
        ++*letters;
    }
    return end;
}

/* Whether c may stand between letters, and so around them. */
static bool is_symbol(uint32_t c) {
    return !ads_counts(c) && !is_of_sentence(c) && c != '\n';
}

/* How many symbols there are in s, spaces left out. */
static size_t count_symbols(str s) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        n += is_symbol(c) && !is_space(c);
    }
    return n;
}

static bool has_han(str s) {
    for (size_t at = 0; at < s.n;)
        if (is_han(utf8_next(s, &at))) return true;
    return false;
}

/* Whether so many letters, at the bytes s, are a run that somebody made; symbols says with what.
 * Addresses have a few numbers in a row. */
static bool is_run(str s, size_t letters, bool *symbols) {
    *symbols = letters >= RUN && 2 * count_symbols(s) >= letters - 1;
    return letters >= SPACED || (*symbols && has_han(s));
}

/* The same bytes without what stands between their letters. Where symbols part them, spaces part
 * words. */
static size_t put_letters(form *f, size_t out, size_t from, size_t to, bool symbols) {
    for (size_t at = from, here = from; at < to; here = at) {
        uint32_t c = utf8_next(form_str(f), &at);
        if (!is_symbol(c) || (symbols && is_space(c))) out = put_down(f, out, here, at);
    }
    return out;
}

static bool drop_symbols(form *f) {
    size_t out = 0, n = f->n;
    bool apart = true;
    for (size_t at = 0, here = 0; at < n; here = at) {
        size_t letters = 0;
        bool letter = ads_counts(utf8_next(form_str(f), &at));
        size_t end = letter && apart ? run_end(form_str(f), here, &letters) : at;
        if (letters) at = end;
        apart = !letter;
        bool symbols = false;
        bool run = letters && is_run(str_cut(form_str(f), here, at), letters, &symbols);
        out = run ? put_letters(f, out, here, at, symbols) : put_down(f, out, here, at);
    }
    f->n = out;
    return out < n;
}

static void take_symbols(str s, size_t *from, size_t *to) {
    for (size_t at = *from; at > 0 && is_symbol(utf8_prev(s, &at));) *from = at;
    for (size_t at = *to; at < s.n && is_symbol(utf8_next(s, &at));) *to = at;
}

void ads_take_runs(str s, size_t *from, size_t *to) {
    bool apart = true;
    for (size_t at = 0, here = 0; at < s.n && here < *to; here = at) {
        size_t letters = 0;
        bool letter = ads_counts(utf8_next(s, &at));
        size_t end = letter && apart ? run_end(s, here, &letters) : at;
        if (letters) at = end;
        apart = !letter;
        bool symbols, run = is_run(str_cut(s, here, at), letters, &symbols);
        if (!run || at <= *from || here >= *to) continue;
        size_t start = here;
        take_symbols(s, &start, &end);
        if (start < *from) *from = start;
        if (end > *to) *to = end;
    }
}

/* The character that "&#x5fae;" or "&#24494;" at byte at stands for, and where it ends; 0: none. */
static uint32_t reference_at(str s, size_t at, size_t *end) {
    enum { LAST = 0x10FFFF };
    if (!str_starts(str_cut(s, at, s.n), STR("&#"))) return 0;
    at += 2;
    uint32_t base = at < s.n && s.p[at] == 'x' ? 16 : 10, c = 0;
    for (at += base == 16; at < s.n && s.p[at] != ';'; at++) {
        uint32_t digit = (uint32_t)(unsigned char)s.p[at] - '0';
        if (digit > 9) digit = (uint32_t)(unsigned char)s.p[at] - 'a' + 10;
        if (digit >= base) return 0;
        c = c * base + digit;
        if (c > LAST) return 0;
    }
    *end = at + 1;
    return at < s.n && (c < 0xD800 || c > 0xDFFF) ? c : 0;
}

static bool read_references(const folding *fold, form *f) {
    size_t out = 0, n = f->n;
    if (str_find(form_str(f), STR("&#"), 0) == STR_NONE) return false;
    for (size_t at = 0, end; at < n; at = end) {
        uint32_t c = f->p[at] == '&' ? reference_at((str){f->p, n}, at, &end) : 0;
        if (!c) {
            end = at + 1;
            out = put_down(f, out, at, end);
            continue;
        }
        uint32_t from = f->from[at], to = f->to[end - 1], one = folding_char(fold, c);
        size_t length = utf8_write(f->p + out, one ? one : c);
        for (; length; length--, out++) f->from[out] = from, f->to[out] = to;
    }
    f->n = out;
    return out < n;
}

bool ads_undress(const folding *fold, form *folded, form *skeleton) {
    bool read = read_references(fold, folded), dropped = drop_symbols(folded);
    if (!read && !dropped) return false;
    skeleton->n = 0;
    for (size_t at = 0, here = 0; at < folded->n; here = at) {
        if (!skeleton_holds(utf8_next(form_str(folded), &at))) continue;
        if (skeleton->n + (at - here) > skeleton->cap) break;
        for (; here < at; here++, skeleton->n++) {
            skeleton->p[skeleton->n] = folded->p[here];
            skeleton->from[skeleton->n] = folded->from[here];
            skeleton->to[skeleton->n] = folded->to[here];
        }
    }
    return true;
}

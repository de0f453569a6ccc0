/* ads_brackets: the marks around a mark: brackets that it stands in, symbols that it is dressed up
 * with. */
#include "ads_look.h"

enum {
    ENCLOSED = 24, /* letters up to the bracket that closes */
    NAME = 12,     /* from the one that opens */
};

bool ads_parts_clauses(uint32_t c) {
    switch (c) {
    case 0xFF0C:
    case 0x3002:
    case 0xFF1B:
    case 0xFF1A:
    case 0xFF01:
    case 0xFF1F:
    case 0x3001:
    case 0x201C:
    case 0x201D:
    case '\n':
    case 0x2026:
    case ';':
    case 0x300C:
    case 0x300D: return true;
    default: return false;
    }
}

uint32_t ads_closing_of(uint32_t c) {
    switch (c) {
    case '(': return ')';
    case '[': return ']';
    case '<': return '>';
    case '{': return '}';
    case 0xFF08: return 0xFF09;
    case 0xFF3B: return 0xFF3D;
    case 0x3010: return 0x3011;
    case 0x3014: return 0x3015;
    case 0x3016: return 0x3017;
    case 0x300A: return 0x300B;
    case 0x300E: return 0x300F;
    case 0xFF5B: return 0xFF5D;
    case 0xFF1C: return 0xFF1E;
    default: return 0;
    }
}

bool ads_is_closing(uint32_t c) {
    static const uint32_t all[] = {')',    ']',    '>',    '}',    0xFF09, 0xFF3D, 0x3011,
                                   0x3015, 0x3017, 0x300B, 0x300F, 0xFF5D, 0xFF1E};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (c == all[i]) return true;
    return false;
}

bool ads_closes(uint32_t open, uint32_t c) {
    static const uint32_t wide[][2] = {{'[', 0xFF3D}, {0xFF3B, ']'}, {'(', 0xFF09},
                                       {0xFF08, ')'}, {'<', 0xFF1E}, {0xFF1C, '>'}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (open == wide[i][0] && c == wide[i][1]) return true;
    return c == ads_closing_of(open);
}

/* Symbols that marks are dressed up with: not letters, not what a Chinese sentence is made of. */
static bool is_dress(uint32_t c) {
    if (is_space(c)) return true;
    if (ads_counts(c) || ads_parts_clauses(c) || ads_closing_of(c)) return false;
    if (c == ')' || c == ']' || c == '}' || c == '>' || c == ',' || c == '.' || c == '"')
        return false;
    if ((c >= 0x3009 && c <= 0x301B) || c == 0xFF09 || c == 0xFF3D || c == 0xFF5D) return false;
    if (c == 0x2018 || c == 0x2019 || c == 0x300B || c == 0xFF05 || c == '%') return false;
    return true;
}

bool look_starts_bracketed(const look *l, const draft_mark *m) {
    size_t at = m->from;
    return at < l->to && ads_closing_of(utf8_next(l->text, &at));
}

bool look_take_brackets(const look *l, size_t *from, size_t *to) {
    size_t letters = 0;
    for (size_t at = *from; at > l->from && letters <= REACH;) {
        uint32_t open = utf8_prev(l->text, &at);
        letters += ads_counts(open);
        if (!ads_closing_of(open)) {
            if (ads_parts_clauses(open) && open != 0xFF1A) return false;
            continue;
        }
        size_t inner = 0;
        letters = 0;
        for (size_t i = *to; i < l->to && letters <= ENCLOSED;) {
            uint32_t c = utf8_next(l->text, &i);
            letters += ads_counts(c);
            inner += c == open;
            if (!ads_closes(open, c) || inner-- > 0) continue;
            *from = at;
            *to = i;
            return true;
        }
        return false;
    }
    return false;
}

void look_take_dress(const look *l, size_t *from, size_t *to) {
    size_t start = l->own_line ? l->from : look_number_end(l);
    while (*from > start) {
        size_t at = *from;
        if (!is_dress(utf8_prev(l->text, &at))) break;
        *from = at;
    }
    while (*to < l->to) {
        size_t at = *to;
        if (!is_dress(utf8_next(l->text, &at))) break;
        *to = at;
    }
}

void look_take_closing(const look *l, size_t from, size_t *to) {
    uint32_t open = 0;
    for (size_t at = from; at < *to;) {
        uint32_t c = utf8_next(l->text, &at);
        if (ads_closing_of(c))
            open = c;
        else if (open && ads_closes(open, c))
            open = 0;
    }
    size_t at = *to;
    while (open && at < l->to) {
        uint32_t c = utf8_next(l->text, &at);
        if (ads_closes(open, c)) *to = at;
        if (!is_space(c)) return;
    }
}

/* The last bracket of s that closes what s does not open; 0 if there is none. */
static uint32_t unopened(str s) {
    enum { DEEP = 4 };
    uint32_t close[DEEP] = {0};
    size_t n = 0;
    for (size_t at = s.n; at > 0;) {
        uint32_t c = utf8_prev(s, &at);
        if (n && ads_closes(c, close[n - 1]))
            n--;
        else if (n < DEEP && ads_is_closing(c))
            close[n++] = c;
    }
    return n ? close[0] : 0;
}

void look_take_opening(const look *l, size_t *from, size_t to) {
    uint32_t close = unopened(str_cut(l->text, *from, to));
    size_t letters = 0;
    for (size_t at = *from; close && at > l->from && letters <= NAME;) {
        uint32_t open = utf8_prev(l->text, &at);
        letters += ads_counts(open);
        if (ads_parts_clauses(open)) return;
        if (!ads_closes(open, close)) continue;
        *from = at;
        look_take_dress(l, from, &to);
        return;
    }
}

void look_take_bare_brackets(const look *l, size_t *from, size_t *to) {
    for (size_t before = *from, behind = *to; before > l->from && behind < l->to;) {
        uint32_t open = utf8_prev(l->text, &before), close = utf8_next(l->text, &behind);
        if (!ads_closing_of(open) || !ads_closes(open, close)) return;
        *from = before, *to = behind;
    }
}

/* The mark that c closes: a bracket or a quotation mark; 0 if it closes none. */
static uint32_t opening_of(uint32_t c) {
    if (c == 0x201D) return 0x201C;
    if (c == 0xFF09) return 0xFF08;
    if (c == 0x300D || c == 0x300F || c == 0x3011 || c == 0x300B) return c - 1;
    return c == ')' ? '(' : 0;
}

/* Whether `open` stands in s and what closes it does not. */
static bool is_open(str s, uint32_t open) {
    int n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        n += c == open;
        n -= n > 0 && opening_of(c) == open;
    }
    return n > 0;
}

void look_leave_closing(const look *l, size_t from, size_t *to) {
    enum { FAR = 1200 };
    size_t at = *to, last = *to, start = from > FAR ? from - FAR : 0;
    uint32_t open = 0;
    while (at > from && !open) last = at, open = opening_of(utf8_prev(l->text, &at));
    if (!open || at == from || ads_weight(l->text, last, *to)) return;
    while (start > 0 && ((unsigned char)l->text.p[start] & 0xC0) == 0x80) start--;
    if (!is_open(str_cut(l->text, from, at), open) && is_open(str_cut(l->text, start, from), open))
        *to = at;
}

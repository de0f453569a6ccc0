#include "model/rules_pieces.h"

#include "base/utf8.h"

enum { MOST_PIECES = 500 };

static const str none = {NULL, 0};

/* ---- Reading expressions --------------------------------------------------------------------- */

/* Where the class ends that begins at byte at of s, behind its bracket. */
static size_t class_end(str s, size_t at) {
    at++;
    if (at < s.n && s.p[at] == '^') at++;
    if (at < s.n && s.p[at] == ']') at++;
    while (at < s.n && s.p[at] != ']') {
        bool named = s.p[at] == '[' && at + 1 < s.n && s.p[at + 1] == ':';
        size_t end = named ? str_find(s, STR(":]"), at) : STR_NONE;
        at += end != STR_NONE ? end + 2 - at : s.p[at] == '\\' ? 2 : 1;
    }
    return at < s.n ? at + 1 : s.n;
}

/* Where the escape ends that begins at byte at of s: \d, \p{Han}. */
static size_t escape_end(str s, size_t at) {
    size_t end = at + 2;
    bool letter = at + 1 < s.n && ((s.p[at + 1] | 0x20) >= 'a' && (s.p[at + 1] | 0x20) <= 'z');
    if (letter && end < s.n && s.p[end] == '{') {
        size_t brace = str_find_byte(s, '}', end);
        end = brace == STR_NONE ? s.n : brace + 1;
    }
    return end < s.n ? end : s.n;
}

/* Where the next thing in an expression ends: an escape, a class, the start of a group, a byte. */
static size_t thing_end(str s, size_t at) {
    static const str groups[] = {STR_INIT("(?:"), STR_INIT("(?<="), STR_INIT("(?<!"),
                                 STR_INIT("(?="), STR_INIT("(?!"),  STR_INIT("(?>")};
    if (s.p[at] == '\\') return escape_end(s, at);
    if (s.p[at] == '[') return class_end(s, at);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (str_starts(str_cut(s, at, s.n), groups[i])) return at + groups[i].n;
    return at + 1;
}

static bool is_name(str s) {
    for (size_t i = 0; i < s.n; i++) {
        bool letter = s.p[i] >= 'a' && s.p[i] <= 'z';
        bool other = (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
        if (!letter && (i == 0 || !other)) return false;
    }
    return s.n > 0;
}

/* The name between braces at byte at of s; empty when there is none: {2,5}. */
static str name_at(str s, size_t at) {
    size_t end = s.p[at] == '{' ? str_find_byte(s, '}', at) : STR_NONE;
    str name = end == STR_NONE ? STR("") : str_cut(s, at + 1, end);
    return is_name(name) ? name : STR("");
}

/* ---- Putting pieces in their places ---------------------------------------------------------- */

static piece *find_piece(const list *pieces, str name) {
    piece *all = pieces->items;
    for (size_t i = 0; i < pieces->n; i++)
        if (str_eq(all[i].name, name)) return &all[i];
    return NULL;
}

/* Whether an expression needs no brackets between what stands before and byte behind of s. */
static bool stands_alone(str expression, bool opened, str s, size_t behind) {
    bool closed = behind == s.n || s.p[behind] == ')' || s.p[behind] == '|';
    return (opened && closed) || thing_end(expression, 0) == expression.n;
}

/* An expression being put together, in a space for the longest; over: it did not fit. */
typedef struct writing {
    char *p;
    size_t n;
    bool over;
} writing;

static void put(writing *w, str s) {
    w->over = w->over || s.n > LONGEST_EXPRESSION - w->n;
    if (w->over) return;
    memcpy(w->p + w->n, s.p, s.n);
    w->n += s.n;
}

static void put_piece(writing *w, const piece *p, bool bare) {
    if (!bare) put(w, STR("(?:"));
    put(w, p->expression);
    if (!bare) put(w, STR(")"));
}

static str too_long(str place, qw_error *why) {
    char most[24];
    fail(why, MSG_LONG_EXPRESSION, place, ARGS(number_text(most, LONGEST_EXPRESSION)));
    return none;
}

str piece_expand(arena *mem, const list *pieces, str written, str place, qw_error *why) {
    if (str_find_byte(written, '{', 0) == STR_NONE) return written;
    writing w = {.p = arena_alloc(mem, LONGEST_EXPRESSION)};
    if (!w.p) return fail_memory(why), none;
    bool opened = true;
    for (size_t at = 0, end; at < written.n && !w.over; at = end) {
        str name = name_at(written, at);
        end = name.n ? at + name.n + 2 : thing_end(written, at);
        const piece *p = name.n ? find_piece(pieces, name) : NULL;
        if (name.n && !p) return fail(why, MSG_NO_PIECE, place, ARGS(name)), none;
        if (p)
            put_piece(&w, p, stands_alone(p->expression, opened, written, end));
        else
            put(&w, str_cut(written, at, end));
        opened = written.p[at] == '|' || written.p[at] == '(';
    }
    if (w.over) return too_long(place, why);
    arena_shrink(mem, w.p, LONGEST_EXPRESSION, w.n);
    return str_make(w.p, w.n);
}

/* Adds an alternative to a piece, which has none at first. */
static bool add_alternative(arena *mem, piece *p, str expression, str place, qw_error *why) {
    str both = p->expression.n
                   ? arena_concat(mem, (const str[]){p->expression, STR("|"), expression}, 3)
                   : expression;
    if (both.n > LONGEST_EXPRESSION) return too_long(place, why), false;
    p->expression = both;
    return both.p || fail_memory(why);
}

bool piece_define(arena *mem, list *pieces, str value, str place, qw_error *why) {
    str name = none, rest = value;
    if (!str_next(&rest, ' ', &name) || !is_name(name) || !str_trim(rest).n) return false;
    str expression = piece_expand(mem, pieces, str_trim(rest), place, why);
    if (!expression.p || !regex_check(mem, expression, 0, place, why)) return false;
    piece *p = find_piece(pieces, name);
    if (!p && pieces->n < MOST_PIECES) {
        p = list_add(mem, pieces, sizeof *p);
        if (!p) return fail_memory(why);
        *p = (piece){.name = name};
    }
    return p && add_alternative(mem, p, expression, place, why);
}

/* Puts s at byte `end` of p; returns where it ends. */
static size_t join(char *p, size_t end, str s) {
    memcpy(p + end, s.p, s.n);
    return end + s.n;
}

str piece_of_letters(arena *mem, str skeleton, bool line) {
    str between = STR("[\\W\\d_]{0,14}");
    str before = line ? STR("^[\\W\\d_]*") : STR("[【《〖『「\\[(（]?");
    str behind = line ? STR("[\\W\\d_]*$") : STR("\\d{0,14}[】》〗』」\\])）]?");
    size_t end = 0;
    char *p = arena_alloc(mem, before.n + behind.n + skeleton.n * (between.n + 1));
    if (!p) return none;
    end = join(p, end, before);
    for (size_t at = 0, from = 0; at < skeleton.n; from = at) {
        utf8_next(skeleton, &at);
        if (from) end = join(p, end, between);
        end = join(p, end, str_cut(skeleton, from, at));
    }
    end = join(p, end, behind);
    return (str){p, end};
}

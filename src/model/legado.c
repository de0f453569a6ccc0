#include "model/legado.h"

#include "base/json.h"
#include "base/utf8.h"

#include <stdio.h>

enum { MOST_RULES = 20000, LONGEST_PATTERN = 4096, SHORTEST = 2 };

bool legado_is(str text) {
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.n);
    text = str_trim(text);
    return text.n && (text.p[0] == '[' || text.p[0] == '{');
}

/* ---- Literals that a match must hold --------------------------------------------------------- */

/* A walk over an expression that collects, of what stands outside groups and classes, the longest
 * stretch of plain characters. */
typedef struct walk {
    str s;
    size_t at;
    char *run;      /* the stretch at hand */
    size_t n, last; /* its bytes; where its last character starts */
    char *best;
    size_t best_n;
} walk;

static void end_run(walk *w) {
    if (w->n > w->best_n) {
        memcpy(w->best, w->run, w->n);
        w->best_n = w->n;
    }
    w->n = 0;
}

/* The byte behind a class, or a group with all that is in it, that starts at `at`. */
static size_t skip(str s, size_t at, char open, char close) {
    int depth = 0;
    bool in_class = false;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (c == '\\')
            at++;
        else if (open == '(' && c == '[')
            in_class = true;
        else if (open == '(' && c == ']')
            in_class = false;
        else if (c == open && !in_class && (open == '(' || depth == 0))
            depth++;
        else if (c == close && !in_class && --depth == 0)
            return at + 1;
    }
    return s.n;
}

static void add_char(walk *w, size_t n) {
    w->last = w->n;
    memcpy(w->run + w->n, w->s.p + w->at, n);
    w->n += n;
    w->at += n;
}

/* Takes one step; false at the end of an alternative. */
static bool step(walk *w) {
    char c = w->s.p[w->at];
    if (c == '|') return false;
    if (c == '\\') {
        char next = w->at + 1 < w->s.n ? w->s.p[w->at + 1] : '\0';
        bool letter = (next | 32) >= 'a' && (next | 32) <= 'z';
        w->at++;
        if (letter || !next || (next >= '0' && next <= '9') || (unsigned char)next >= 0x80) {
            end_run(w);
            w->at += next != '\0';
            /* \p{…} and \x{…} hold no plain characters either */
            if (w->at < w->s.n && letter && w->s.p[w->at] == '{')
                w->at = skip(w->s, w->at, '{', '}');
            return true;
        }
        add_char(w, 1);
        return true;
    }
    if (c == '[' || c == '(') {
        end_run(w);
        w->at = skip(w->s, w->at, c, c == '[' ? ']' : ')');
        return true;
    }
    if (c == '?' || c == '*' || c == '{') w->n = w->last < w->n ? w->last : 0;
    if (strchr("?*{+.^$", c)) {
        end_run(w);
        w->at = c == '{' ? skip(w->s, w->at, '{', '}') : w->at + 1;
        return true;
    }
    size_t end = w->at;
    utf8_next(w->s, &end);
    add_char(w, end - w->at);
    return true;
}

/* Adds a literal for each alternative of an expression; takes all back when one has none. */
static bool add_literals(arena *mem, str expression, list *literals) {
    size_t before = literals->n;
    walk w = {.s = expression};
    w.run = arena_alloc(mem, expression.n + 1);
    while (w.run && w.at <= expression.n) {
        w.best = arena_alloc(mem, expression.n + 1);
        if (!w.best) return false;
        w.best_n = w.n = w.last = 0;
        while (w.at < expression.n && step(&w)) {}
        end_run(&w);
        w.at++;
        if (utf8_count(str_make(w.best, w.best_n)) < SHORTEST) {
            literals->n = before;
            return true;
        }
        str *slot = list_add(mem, literals, sizeof *slot);
        if (!slot) return false;
        *slot = str_make(w.best, w.best_n);
    }
    return w.run != NULL;
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* An expression for a plain text. */
static str quoted(arena *mem, str plain) {
    char *p = arena_alloc(mem, 2 * plain.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < plain.n; i++) {
        if (strchr("\\^$.|?*+()[]{}#-", plain.p[i]) && plain.p[i]) p[n++] = '\\';
        p[n++] = plain.p[i];
    }
    return (str){p, n};
}

/* The number that four hexadecimal digits at byte `at` give; 0 when there are none. */
static uint32_t hex_at(str s, size_t at) {
    uint32_t n = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.n ? s.p[i] : '\0', low = (char)(c | 32);
        if (!(c >= '0' && c <= '9') && !(low >= 'a' && low <= 'f')) return 0;
        n = 16 * n + (uint32_t)(c <= '9' ? c - '0' : low - 'a' + 10);
    }
    return n;
}

/* An expression of Java's as one of PCRE2's: characters that are given by their numbers. */
static str translated(arena *mem, str java) {
    char *p = arena_alloc(mem, 2 * java.n + 8);
    size_t n = 0;
    for (size_t i = 0; p && i < java.n;) {
        bool escape = java.p[i] == '\\' && i + 1 < java.n;
        uint32_t c = escape && java.p[i + 1] == 'u' ? hex_at(java, i + 2) : 0;
        if (c >= 0xD800 && c < 0xDC00 && str_starts(str_cut(java, i + 6, java.n), STR("\\u"))) {
            c = 0x10000 + ((c & 0x3FF) << 10) + (hex_at(java, i + 8) & 0x3FF);
            i += 6;
        }
        if (c) {
            n += (size_t)snprintf(p + n, 16, "\\x{%X}", (unsigned)c);
            i += 6;
            continue;
        }
        if (escape) p[n++] = java.p[i++];
        p[n++] = java.p[i++];
    }
    return (str){p, n};
}

static bool holds_any(str s, const char *signs) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] && strchr(signs, s.p[i])) return true;
    return false;
}

/* An expression that begins with a look-behind of no fixed length, which PCRE2 does not have: what
 * stands there is matched, and left out of what was found. */
static str left_behind(arena *mem, str expression) {
    static const str look = STR_INIT("(?<=");
    if (!str_starts(expression, look)) return expression;
    size_t end = skip(expression, 0, '(', ')');
    str behind = str_cut(expression, look.n, end - 1),
        rest = str_cut(expression, end, expression.n);
    if (!rest.n || !holds_any(behind, "?*+{") || holds_any(rest, "|")) return expression;
    return arena_printf(mem, "(?:%.*s)\\K%.*s", (int)behind.n, behind.p, (int)rest.n, rest.p);
}

static bool is_wanted(const json *entry) {
    bool title = json_bool(json_get(entry, "scopeTitle"), false);
    bool content = json_bool(json_get(entry, "scopeContent"), true);
    return json_bool(json_get(entry, "isEnabled"), true) && (content || !title);
}

static bool too_many(arena *mem, str name, size_t n, qw_error *why) {
    str id = arena_printf(mem, "%zu", n);
    return fail(why, MSG_BAD_RULE, name, ARGS(id, STR("too many rules"), STR("规则太多")));
}

/* Whether one entry at least is a rule: else the file is something else. */
static bool is_export(const json *root, size_t n) {
    bool some = n == 0;
    for (size_t i = 0; i < n && !some; i++)
        some = json_text(json_get(json_at(root, i), "pattern")).n > 0;
    return some;
}

static bool add_rule(arena *mem, str name, const json *entry, size_t i, rule_texts *out,
                     qw_error *why) {
    if (!is_wanted(entry)) return true;
    str pattern = json_text(json_get(entry, "pattern")), title = json_text(json_get(entry, "name"));
    const char *refusal = !pattern.n                    ? "it has no pattern"
                          : pattern.n > LONGEST_PATTERN ? "its pattern is very long"
                                                        : NULL;
    if (refusal) pattern = STR("(?!)"); /* which finds nothing */
    bool plain = !refusal && !json_bool(json_get(entry, "isRegex"), true);
    pattern = plain ? quoted(mem, pattern) : translated(mem, pattern);
    draft *d = list_add(mem, &out->drafts, sizeof *d);
    if (!d || !pattern.p) return fail_memory(why);
    bool grouped = holds_any(json_text(json_get(entry, "replacement")), "$");
    d->expression = plain || grouped ? pattern : left_behind(mem, pattern);
    d->file = name;
    d->line = i + 1;
    d->rule.id = arena_printf(mem, "legado-%zu", i + 1);
    d->rule.filter = STR("ads");
    d->rule.kind = STR("mark");
    d->rule.score = 100;
    d->rule.form = RULE_RAW;
    d->rule.origin = title.n ? arena_str(mem, title) : name;
    d->rule.replacement = arena_str(mem, json_text(json_get(entry, "replacement")));
    d->rule.within = arena_str(mem, json_text(json_get(entry, "scope")));
    d->rule.without = arena_str(mem, json_text(json_get(entry, "excludeScope")));
    d->foreign = true;
    if (refusal) d->refusal = str_of(refusal);
    if (str_starts(d->rule.replacement, STR("@js:")))
        d->refusal = STR("its replacement is a program");
    if (!plain && str_find(pattern, STR("&&["), 0) != STR_NONE)
        d->refusal = STR("PCRE2 has no classes that intersect");
    if (!add_literals(mem, d->expression, &d->literals) || !d->expression.p || !d->rule.without.p ||
        !d->rule.id.p)
        return fail_memory(why);
    return true;
}

bool legado_read(arena *mem, str name, str text, rule_texts *out, qw_error *why) {
    size_t line = 0;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.n);
    json *root = json_parse(text, &line);
    if (!root) {
        str place = arena_printf(mem, "%.*s:%zu", (int)name.n, name.p, line);
        return fail(why, MSG_BAD_RULE_LINE, place, ARGS(STR("JSON")));
    }
    bool one = json_get(root, "pattern") != NULL, ok = true;
    size_t n = one ? 1 : json_count(root);
    if (n > MOST_RULES) ok = too_many(mem, name, n, why);
    if (ok && !one && !is_export(root, n))
        ok = fail(why, MSG_BAD_RULE, name,
                  ARGS(STR("1"), STR("no pattern in any of them"), STR("没有一条有 pattern")));
    for (size_t i = 0; ok && i < n; i++)
        ok = add_rule(mem, name, one ? root : json_at(root, i), i, out, why);
    json_free(root);
    return ok;
}

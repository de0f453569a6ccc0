#include "model/legado.h"

#include "base/json.h"
#include "base/utf8.h"
#include "model/legado_java.h"

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
                w->at = java_skip(w->s, w->at, '{', '}');
            return true;
        }
        add_char(w, 1);
        return true;
    }
    if (c == '[' || c == '(') {
        end_run(w);
        w->at = java_skip(w->s, w->at, c, c == '[' ? ']' : ')');
        return true;
    }
    if (c == '?' || c == '*' || c == '{') w->n = w->last < w->n ? w->last : 0;
    if (strchr("?*{+.^$", c)) {
        end_run(w);
        w->at = c == '{' ? java_skip(w->s, w->at, '{', '}') : w->at + 1;
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

/* A replacement for a plain text, in which $ is a sign like others. */
static str doubled(arena *mem, str plain) {
    char *p = arena_alloc(mem, 2 * plain.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < plain.n; i++) {
        if (plain.p[i] == '$') p[n++] = '$';
        p[n++] = plain.p[i];
    }
    return (str){p, p ? n : 0};
}

/* A rule as an export has it. */
typedef struct entry {
    str name, pattern, replacement, scope, exclude;
    bool expression; /* the pattern is no plain text */
    bool wanted;
} entry;

/* Reads a rule of today's exports, or of those of the app's first versions, which have other names
 * for its fields. */
static entry read_entry(const json *from) {
    str old = json_text(json_get(from, "regex"));
    entry e = {
        json_text(json_get(from, "name")),           json_text(json_get(from, "pattern")),
        json_text(json_get(from, "replacement")),    json_text(json_get(from, "scope")),
        json_text(json_get(from, "excludeScope")),   json_bool(json_get(from, "isRegex"), true),
        json_bool(json_get(from, "isEnabled"), true)};
    bool title = json_bool(json_get(from, "scopeTitle"), false);
    if (title && !json_bool(json_get(from, "scopeContent"), true)) e.wanted = false;
    if (e.pattern.n || !old.n) return e;
    e.name = json_text(json_get(from, "replaceSummary"));
    e.pattern = old;
    e.scope = json_text(json_get(from, "useTo"));
    e.expression = json_bool(json_get(from, "isRegex"), false);
    e.wanted = json_bool(json_get(from, "enable"), false);
    return e;
}

static bool too_many(arena *mem, str name, size_t n, qw_error *why) {
    str id = arena_printf(mem, "%zu", n);
    return fail(why, MSG_BAD_RULE, name, ARGS(id, STR("too many rules"), STR("规则太多")));
}

/* Whether one entry at least is a rule: else the file is something else. */
static bool is_export(const json *root, size_t n) {
    bool some = n == 0;
    for (size_t i = 0; i < n && !some; i++) some = read_entry(json_at(root, i)).pattern.n > 0;
    return some;
}

/* Why a rule is refused before its expression is looked at; empty: it is not. */
static str refusal_of(const entry *e) {
    if (!e->pattern.n) return STR("it has no pattern");
    if (e->pattern.n > LONGEST_PATTERN) return STR("its pattern is very long");
    if (str_starts(e->replacement, STR("@js:"))) return STR("its replacement is a program");
    if (e->expression && str_find(e->replacement, STR("${"), 0) != STR_NONE)
        return STR("its replacement names groups");
    return STR("");
}

/* Sets a draft's expression and replacement. Of one that is refused the expression finds nothing.
 */
static void set_expression(arena *mem, const entry *e, draft *d) {
    bool numbered = str_find(e->replacement, STR("$"), 0) != STR_NONE;
    d->refusal = refusal_of(e);
    if (!d->refusal.n && e->expression)
        d->expression = java_translate(mem, e->pattern, numbered, &d->refusal);
    else if (!d->refusal.n)
        d->expression = quoted(mem, e->pattern);
    if (d->refusal.n) d->expression = STR("(?!)");
    d->rule.replacement =
        e->expression ? java_replacement(mem, e->replacement) : doubled(mem, e->replacement);
}

static bool add_rule(arena *mem, str name, const json *from, size_t i, rule_texts *out,
                     qw_error *why) {
    entry e = read_entry(from);
    if (!e.wanted) return true;
    draft *d = list_add(mem, &out->drafts, sizeof *d);
    if (!d) return fail_memory(why);
    d->foreign = true;
    d->rule = (rule){.id = arena_printf(mem, "legado-%zu", i + 1),
                     .filter = STR("ads"),
                     .file = name,
                     .line = i + 1,
                     .kind = STR("mark"),
                     .score = 100,
                     .form = RULE_RAW,
                     .origin = e.name.n ? arena_str(mem, e.name) : name,
                     .pattern = arena_str(mem, e.pattern),
                     .within = arena_str(mem, e.scope),
                     .without = arena_str(mem, e.exclude)};
    set_expression(mem, &e, d);
    bool ok = d->expression.p && d->rule.replacement.p &&
              add_literals(mem, d->expression, &d->literals) && !arena_failed(mem);
    return ok || fail_memory(why);
}

bool legado_read(arena *mem, str name, str text, rule_texts *out, qw_error *why) {
    size_t line = 0;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.n);
    json *root = json_parse(text, &line);
    if (!root) {
        str place = arena_printf(mem, "%.*s:%zu", (int)name.n, name.p, line);
        return fail(why, MSG_BAD_RULE_LINE, place, ARGS(STR("JSON")));
    }
    bool one = read_entry(root).pattern.n > 0, ok = true;
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

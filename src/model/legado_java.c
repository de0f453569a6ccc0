#include "model/legado_java.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>

enum {
    MOST_VARIANTS = 512,  /* alternatives of one look-behind */
    MOST_BYTES = 1 << 15, /* of all of them */
    DEEPEST = 16,         /* groups within groups */
    MOST_PARTS = 8,       /* of a class, parted by && */
};

static bool at_word(str s, size_t at, const char *word) {
    return at <= s.n && str_starts(str_cut(s, at, s.n), str_of(word));
}

/* The last byte of the name [:alpha:] that starts at `at`; `at` when it is none. */
static size_t named_class_end(str s, size_t at) {
    size_t end = str_find(s, STR(":]"), at);
    return end == STR_NONE ? at : end + 1;
}

size_t java_skip(str s, size_t at, char open, char close) {
    int depth = 0;
    bool in_class = false;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (c == '\\')
            at++;
        else if (c == '[' && (depth || in_class) && at_word(s, at, "[:"))
            at = named_class_end(s, at);
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

/* The end of the sign at byte `at`: an escape, which may have braces, or one character. */
static size_t sign_end(str s, size_t at) {
    size_t end = at;
    utf8_next(s, &end);
    if (s.p[at] != '\\' || end == s.n) return end;
    char c = s.p[end];
    utf8_next(s, &end);
    bool braces = c && strchr("pPxk", c) && end < s.n && s.p[end] == '{';
    return braces ? java_skip(s, end, '{', '}') : end;
}

/* ---- Characters ------------------------------------------------------------------------------ */

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

static str with_characters(arena *mem, str java) {
    char *p = arena_alloc(mem, 2 * java.n + 8);
    size_t n = 0;
    for (size_t i = 0; p && i < java.n;) {
        bool escape = java.p[i] == '\\' && i + 1 < java.n;
        uint32_t c = escape && java.p[i + 1] == 'u' ? hex_at(java, i + 2) : 0;
        if (c >= 0xD800 && c < 0xDC00 && at_word(java, i + 6, "\\u")) {
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

/* ---- Classes --------------------------------------------------------------------------------- */

/* The byte behind the class at `at`, with the classes in it; STR_NONE when they do not close, and a
 * bracket in it is a sign like others. */
static size_t class_end(str s, size_t at) {
    int depth = 0;
    for (; at < s.n; at = sign_end(s, at)) {
        if (s.p[at] == '[') depth++;
        if (s.p[at] == ']' && --depth == 0) return at + 1;
    }
    return STR_NONE;
}

/* One of the classes that && parts, as PCRE2 has it; {NULL, 0} when it has none. */
static str class_part(arena *mem, str s) {
    if (s.n && s.p[0] == '[' && class_end(s, 0) == s.n)
        return str_find(s, STR("["), 1) == STR_NONE ? s : (str){NULL, 0};
    char *p = arena_alloc(mem, s.n + 3);
    size_t n = 0;
    if (p) p[n++] = '[';
    for (size_t at = 0, end; p && at < s.n; at = end) {
        end = sign_end(s, at);
        if (s.p[at] == '[' && (at_word(s, end, "^") || at_word(s, end, ":"))) return (str){NULL, 0};
        if (s.p[at] == '[' || s.p[at] == ']') continue; /* of a class in the class */
        memcpy(p + n, s.p + at, end - at);
        n += end - at;
    }
    if (p) p[n++] = ']';
    return (str){p, p ? n : 0};
}

/* The class whose inner text is s: what all its parts have. */
static str class_of(arena *mem, str s) {
    bool negated = s.n && s.p[0] == '^';
    str parts[MOST_PARTS];
    size_t n = 0, from = negated;
    int depth = 0;
    for (size_t at = from; at <= s.n; at = at < s.n ? sign_end(s, at) : at + 1) {
        if (at < s.n && s.p[at] == '[') depth++;
        if (at < s.n && s.p[at] == ']') depth--;
        if (at < s.n && (depth || !at_word(s, at, "&&"))) continue;
        str part = class_part(mem, str_cut(s, from, at));
        if (!part.p || part.n <= 2 || n == MOST_PARTS) return (str){NULL, 0};
        parts[n++] = part;
        from = at + 2;
        at++;
    }
    str first = parts[0], all = STR("");
    if (n == 1 && !negated) return first;
    if (n == 1) return arena_join(mem, STR("[^"), str_cut(first, 1, first.n));
    for (size_t i = 1; i < n; i++)
        all = arena_printf(mem, "%.*s(?=%.*s)", (int)all.n, all.p, (int)parts[i].n, parts[i].p);
    return arena_printf(mem, negated ? "(?:(?!%.*s%.*s)(?s:.))" : "(?:%.*s%.*s)", (int)all.n, all.p,
                        (int)first.n, first.p);
}

/* Whether a class holds another one, or what several share. */
static bool is_composed(str class) {
    for (size_t at = 1; at < class.n; at = sign_end(class, at))
        if ((class.p[at] == '[' && !at_word(class, at, "[:")) || at_word(class, at, "&&"))
            return true;
    return false;
}

/* ---- Look-behinds ---------------------------------------------------------------------------- */

/* The texts of fixed length that an expression stands for. */
typedef struct variants {
    arena *mem;
    str *items;
    size_t n, bytes;
    bool failed; /* too many, of no bounded length, or memory is out */
} variants;

static void add_variant(variants *v, str before, str behind) {
    if (v->n == MOST_VARIANTS || (v->bytes += before.n + behind.n) > MOST_BYTES) v->failed = true;
    if (!v->items) v->items = arena_alloc(v->mem, MOST_VARIANTS * sizeof *v->items);
    if (!v->items) v->failed = true;
    if (v->failed) return;
    str *item = &v->items[v->n++];
    *item = arena_join(v->mem, before, behind);
    if (!item->p) v->failed = true;
}

/* Each text of a with each of b behind it. */
static variants joined(const variants *a, const variants *b) {
    variants out = {.mem = a->mem, .failed = a->failed || b->failed};
    for (size_t i = 0; i < a->n && !out.failed; i++)
        for (size_t k = 0; k < b->n && !out.failed; k++)
            add_variant(&out, a->items[i], b->items[k]);
    return out;
}

/* How often what stands before byte *at is said. False when that has no bound. */
static bool read_times(str s, size_t *at, unsigned *least, unsigned *most) {
    char c = *at < s.n ? s.p[*at] : '\0', digits[16] = "", stop = '\0';
    *least = *most = 1;
    if (c == '*' || c == '+') return false;
    if (c == '?') *least = 0, ++*at;
    if (c == '{') {
        size_t end = java_skip(s, *at, '{', '}');
        str inner = str_cut(s, *at + 1, end - 1);
        if (!inner.n || inner.n >= sizeof digits) return false;
        memcpy(digits, inner.p, inner.n);
        int read = sscanf(digits, "%u%c%u", least, &stop, most);
        if (read < 1 || read == 2 || (read == 3 && stop != ',')) return false;
        if (read == 1) *most = *least;
        *at = end;
    }
    if ((c == '?' || c == '{') && *at < s.n && s.p[*at] == '?') ++*at; /* as few as can be */
    return *least <= *most && !(*at < s.n && s.p[*at] == '+');
}

static variants alternatives(arena *mem, str s, int depth);

/* What the item at byte *at, a sign, a class or a group, stands for. */
static variants item_at(arena *mem, str s, size_t *at, int depth) {
    variants out = {.mem = mem};
    size_t from = *at;
    char c = s.p[from];
    *at = c == '['   ? java_skip(s, from, '[', ']')
          : c == '(' ? java_skip(s, from, '(', ')')
                     : sign_end(s, from);
    bool plain = c == '(' && !at_word(s, from, "(?"), open = at_word(s, from, "(?:");
    if (plain || open) return alternatives(mem, str_cut(s, from + (open ? 3 : 1), *at - 1), depth);
    add_variant(&out, str_cut(s, from, *at), STR(""));
    return out;
}

/* The sign or class `item` said n times. */
static void add_times(variants *v, str item, unsigned n) {
    if (!n) item = STR("");
    add_variant(v, item, n > 1 ? arena_printf(v->mem, "{%u}", n) : STR(""));
}

/* The item at byte *at, as often as is said behind it. */
static variants repeated(arena *mem, str s, size_t *at, int depth) {
    bool group = s.p[*at] == '(';
    variants item = item_at(mem, s, at, depth), out = {.mem = mem}, now = {.mem = mem};
    unsigned least, most;
    bool bounded = read_times(s, at, &least, &most) && most <= MOST_VARIANTS;
    out.failed = item.failed || !bounded;
    for (unsigned n = least; !group && n <= most && !out.failed; n++)
        add_times(&out, item.items[0], n);
    add_variant(&now, STR(""), STR(""));
    for (unsigned n = 0; group && n <= most && !out.failed; n++) {
        for (size_t i = 0; n >= least && i < now.n; i++) add_variant(&out, now.items[i], STR(""));
        if (n < most) now = joined(&now, &item);
        out.failed |= now.failed;
    }
    return out;
}

static variants alternatives(arena *mem, str s, int depth) {
    variants out = {.mem = mem, .failed = depth == DEEPEST}, now = {.mem = mem};
    add_variant(&now, STR(""), STR(""));
    for (size_t at = 0; !out.failed && at <= s.n;) {
        if (at < s.n && s.p[at] != '|') {
            variants next = repeated(mem, s, &at, depth + 1);
            now = joined(&now, &next);
            out.failed |= now.failed;
            continue;
        }
        for (size_t i = 0; i < now.n; i++) add_variant(&out, now.items[i], STR(""));
        now.n = 0;
        add_variant(&now, STR(""), STR(""));
        at++;
    }
    return out;
}

static bool holds_any(str s, const char *signs) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] && strchr(signs, s.p[i])) return true;
    return false;
}

/* How many groups an expression has that a number refers to. */
static size_t count_groups(str s) {
    size_t n = 0;
    for (size_t at = 0; at < s.n; at = sign_end(s, at))
        n += s.p[at] == '(' && !at_word(s, at, "(?");
    return n;
}

/* Adds a look-behind whose inner text is s: as it is, unless it is of several lengths and all of
 * them can be said. The groups of one that must not be there are never set, but count. */
static void add_look_behind(arena *mem, str opening, str s, bool numbered, buf *out) {
    bool negated = str_ends(opening, STR("!"));
    size_t groups = numbered ? count_groups(s) : 0;
    variants all = {.failed = !holds_any(s, "?*+{(") || (groups && !negated)};
    if (!all.failed) all = alternatives(mem, s, 0);
    buf_add(out, opening);
    if (all.failed) buf_add(out, s);
    for (size_t i = 0; !all.failed && i < all.n; i++) {
        if (i) buf_add(out, STR("|"));
        buf_add(out, all.items[i]);
    }
    buf_add(out, STR(")"));
    for (size_t i = 0; !all.failed && i < groups; i++) buf_add(out, STR("(){0}"));
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* A translation under way. */
typedef struct translation {
    arena *mem;
    bool numbered;
    str *refusal;
} translation;

static bool translate(const translation *t, str s, buf *out, int depth);

/* Adds the look-behind in bytes [at, end) of s. */
static bool translate_behind(const translation *t, str s, size_t at, size_t end, buf *out,
                             int depth) {
    enum { OPENING = 4 /* bytes: (?<= */ };
    buf inner = BUF_INIT(MOST_BYTES);
    bool ok = translate(t, str_cut(s, at + OPENING, end - 1), &inner, depth + 1);
    if (ok)
        add_look_behind(t->mem, str_cut(s, at, at + OPENING), buf_str(&inner), t->numbered, out);
    buf_free(&inner);
    return ok;
}

/* Adds the class s. */
static bool translate_class(const translation *t, str s, buf *out) {
    bool composed = class_end(s, 0) != STR_NONE && is_composed(s);
    str plain = composed ? class_of(t->mem, str_cut(s, 1, s.n - 1)) : s;
    if (!plain.p) *t->refusal = STR("PCRE2 has no such classes within classes");
    return plain.p && buf_add(out, plain);
}

static bool translate(const translation *t, str s, buf *out, int depth) {
    bool ok = depth < DEEPEST;
    for (size_t at = 0, end; ok && at < s.n; at = end) {
        bool class = s.p[at] == '[', behind = at_word(s, at, "(?<=") || at_word(s, at, "(?<!");
        end = class ? class_end(s, at) : behind ? java_skip(s, at, '(', ')') : sign_end(s, at);
        if (end == STR_NONE) end = java_skip(s, at, '[', ']');
        if (class)
            ok = translate_class(t, str_cut(s, at, end), out);
        else if (behind && s.p[end - 1] == ')')
            ok = translate_behind(t, s, at, end, out, depth);
        else
            ok = buf_add(out, str_cut(s, at, end));
    }
    return ok && !out->failed;
}

static bool refers(str s) {
    for (size_t at = 0; at < s.n; at = sign_end(s, at))
        if (s.p[at] == '\\' && at + 1 < s.n && s.p[at + 1] >= '1' && s.p[at + 1] <= '9')
            return true;
    return false;
}

str java_translate(arena *mem, str java, bool numbered, str *refusal) {
    str s = with_characters(mem, java), done = {NULL, 0};
    translation t = {mem, numbered || refers(s), refusal};
    buf out = BUF_INIT(4 * MOST_BYTES);
    *refusal = STR("");
    if (s.p && translate(&t, s, &out, 0))
        done = arena_str(mem, buf_str(&out));
    else if (s.p && !refusal->n)
        *refusal = STR("it is too deep or too long");
    buf_free(&out);
    return done;
}

str java_replacement(arena *mem, str java) {
    char *p = arena_alloc(mem, 2 * java.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < java.n; i++) {
        bool escape = java.p[i] == '\\' && i + 1 < java.n;
        i += escape;
        if (escape && java.p[i] == '$') p[n++] = '$';
        p[n++] = java.p[i];
    }
    return (str){p, p ? n : 0};
}

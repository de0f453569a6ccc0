/* rules: a set of rules made from their texts, shipped and users', each tried on its own examples.
 */
#include "model/rules.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "model/rules_pieces.h"
#include "model/rules_set.h"

/* ---- Making -------------------------------------------------------------------------------- */

/* What a set is made of, while it is made. */
typedef struct making {
    arena *mem;
    rule_texts texts;
    draft *drafts;
    rule *rules;
    size_t n;
    ruleset *set;
    qw_error *why;
} making;

static str place_of(making *m, const draft *d) {
    return arena_printf(m->mem, "%.*s:%zu", (int)d->rule.file.n, d->rule.file.p, d->rule.line);
}

static bool bad_rule(making *m, const draft *d, const char *english, const char *chinese) {
    return fail(m->why, MSG_BAD_RULE, place_of(m, d),
                ARGS(d->rule.id, str_of(english), str_of(chinese)));
}

/* Brings literals into the rule's form. */
static const str *fold_literals(making *m, const list *from, bool of_skeleton) {
    str *to = arena_alloc(m->mem, (from->n + 1) * sizeof *to);
    for (size_t i = 0; to && i < from->n; i++) {
        str literal = ((const str *)from->items)[i];
        form f;
        if (!form_init(&f, m->mem, literal.n)) return NULL;
        skeleton_make(m->set->fold, literal, of_skeleton ? NULL : &f, of_skeleton ? &f : NULL);
        to[i] = form_str(&f);
    }
    return to;
}

/* Keeps a rule of another program's that cannot be used, for the list of rules alone. */
static bool refuse(making *m, const draft *d, str because, rule *out) {
    out->kind = STR("refused");
    out->origin = arena_printf(m->mem, "%.*s: %.*s", (int)d->rule.origin.n, d->rule.origin.p,
                               (int)because.n, because.p);
    out->score = 0;
    out->nliterals = 0;
    *m->why = (qw_error){0};
    return out->origin.p || fail_memory(m->why);
}

static bool compile_expression(making *m, const draft *d, rule *out) {
    if (d->refusal.n) return refuse(m, d, d->refusal, out);
    regex *first = regex_new(m->mem, d->expression, d->regex_options, m->why);
    const str *others = d->alternatives.items;
    str last = d->expression;
    out->confirm = first;
    bool right = first != NULL;
    for (size_t i = 0; right && i < d->alternatives.n; i++) {
        last = others[i];
        right = regex_add(m->mem, first, last, d->regex_options, m->why);
    }
    if (right || m->why->code != QW_USAGE) return right;
    if (d->foreign) return refuse(m, d, regex_fault(m->mem, last, d->regex_options), out);
    *m->why = (qw_error){0}; /* said again, with the rule's place */
    return regex_check(m->mem, last, d->regex_options, place_of(m, d), m->why);
}

/* The beginning of a skeleton, which is looked for. */
static str first_letters(str skeleton) {
    enum { LETTERS = 6 };
    size_t at = 0;
    for (int n = 0; n < LETTERS && at < skeleton.n; n++) utf8_next(skeleton, &at);
    return str_cut(skeleton, 0, at);
}

/* Makes words to look for, and an expression, of the letters that a rule gives. */
static bool spell_letters(making *m, draft *d) {
    form f;
    if (!d->letters.n || d->expression.n) return true;
    if (!form_init(&f, m->mem, d->letters.n)) return fail_memory(m->why);
    skeleton_make(m->set->fold, d->letters, NULL, &f);
    d->expression = piece_of_letters(m->mem, form_str(&f), d->rule.scope == RULE_LINE);
    d->rule.pattern = d->letters;
    str *word = d->literals.n ? NULL : list_add(m->mem, &d->literals, sizeof *word);
    if (word) *word = first_letters(form_str(&f));
    return (d->expression.p && d->literals.n) || fail_memory(m->why);
}

static bool compile(making *m, draft *d, rule *out) {
    if (!spell_letters(m, d)) return false;
    *out = d->rule;
    bool of_skeleton = out->form == RULE_SKELETON;
    out->literals = fold_literals(m, &d->literals, of_skeleton);
    out->unless = fold_literals(m, &d->unless, of_skeleton);
    out->nliterals = d->literals.n;
    out->nunless = d->unless.n;
    if (!out->literals || !out->unless) return fail_memory(m->why);
    for (size_t i = 0; i < out->nliterals; i++)
        if (utf8_count(out->literals[i]) < (out->weak ? 1 : 2))
            return bad_rule(m, d, "a literal is too short", "find 中的词太短");
    if (!out->nliterals && !d->expression.n)
        return bad_rule(m, d, "neither find nor regex", "既没有 find，也没有 regex");
    str first = d->literals.n ? ((const str *)d->literals.items)[0] : STR("");
    if (!d->expression.n) out->pattern = first;
    if (!out->pattern.n) out->pattern = d->expression;
    return !d->expression.n || compile_expression(m, d, out);
}

static bool is_silenced(const making *m, str id) {
    const str *ids = m->texts.silenced.items;
    for (size_t i = 0; i < m->texts.silenced.n; i++)
        if (str_eq(ids[i], id)) return true;
    return false;
}

static bool compile_all(making *m) {
    draft *drafts = m->texts.drafts.items;
    m->rules = arena_alloc(m->mem, (m->texts.drafts.n + 1) * sizeof *m->rules);
    m->drafts = drafts;
    if (!m->rules) return fail_memory(m->why);
    for (size_t i = 0; i < m->texts.drafts.n; i++) {
        if (is_silenced(m, drafts[i].rule.id)) continue;
        if (!compile(m, &drafts[i], &m->rules[m->n])) return false;
        drafts[m->n++] = drafts[i];
    }
    m->set->rules = m->rules;
    m->set->n = m->n;
    return true;
}

/* Which index a rule's literals are in. */
static int index_of(const rule *r) {
    return r->form == RULE_SKELETON ? RULE_SKELETON : RULE_FOLDED;
}

static bool make_index(making *m, int which, literal_index *x) {
    for (size_t i = 0; i < m->n; i++)
        if (index_of(&m->rules[i]) == which) x->n += m->rules[i].nliterals;
    x->literals = arena_alloc(m->mem, (x->n + 1) * sizeof *x->literals);
    x->owner = arena_alloc(m->mem, (x->n + 1) * sizeof *x->owner);
    if (!x->literals || !x->owner) return false;
    size_t at = 0;
    for (size_t i = 0; i < m->n; i++) {
        const rule *r = &m->rules[i];
        for (size_t k = 0; index_of(r) == which && k < r->nliterals; k++, at++)
            x->literals[at] = r->literals[k], x->owner[at] = (uint32_t)i;
    }
    x->find = matcher_new(m->mem, x->literals, x->n);
    return x->find != NULL;
}

/* Whether a rule only says where to look. */
static bool is_faint(const rule *r) {
    return r->score == 0 || str_eq(r->kind, STR("wording"));
}

/* The sieve knows all literals but those of weak rules. */
static bool make_sieve(making *m) {
    size_t n = 0, total = m->set->of[0].n + m->set->of[1].n;
    str *literals = arena_alloc(m->mem, (total + 1) * sizeof *literals);
    bool *faint = arena_alloc(m->mem, (total + 1) * sizeof *faint);
    if (!literals || !faint) return false;
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; !m->rules[i].weak && k < m->rules[i].nliterals; k++)
            literals[n] = m->rules[i].literals[k], faint[n++] = is_faint(&m->rules[i]);
    return (m->set->quick = sieve_new(m->mem, m->set->fold, literals, faint, n)) != NULL;
}

static bool list_bare(making *m) {
    uint32_t *bare = arena_alloc(m->mem, (m->n + 1) * sizeof *bare);
    for (size_t i = 0; bare && i < m->n; i++)
        if (!m->rules[i].nliterals && m->rules[i].confirm) bare[m->set->nbare++] = (uint32_t)i;
    return (m->set->bare = bare) != NULL;
}

static bool make_folding(making *m) {
    const fold_pair *pairs = m->texts.folds.items;
    size_t which = STR_NONE;
    m->set->fold = folding_new(m->mem, pairs, m->texts.folds.n, &which);
    if (m->set->fold) return true;
    if (which == STR_NONE) return fail_memory(m->why);
    return fail(m->why, MSG_BAD_RULE_LINE, STR("fold"), ARGS(pairs[which].from));
}

/* ---- The rules' own examples ----------------------------------------------------------------- */

/* Whether there are no letters and no digits in s. */
static bool says_nothing(str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF19) || unicode_is_letter(c)) return false;
    }
    return true;
}

bool rule_is_in_scope(const rule *r, str text, size_t from, size_t to) {
    bool first = says_nothing(str_cut(text, 0, from)),
         last = says_nothing(str_cut(text, to, text.n));
    if (r->scope == RULE_LINE) return first && last;
    return r->scope != RULE_EDGE || first || last;
}

/* Whether a rule is an order, which is obeyed in its scope alone. What is evidence is weighed where
 * it stands. */
static bool is_order(const rule *r) {
    return str_eq(r->kind, STR("mark"));
}

static bool finds(const ruleset *set, const rule *wanted, str text, form *folded, form *skeleton) {
    enum { MOST = 64 };
    finding found[MOST];
    skeleton_make(set->fold, text, folded, skeleton);
    size_t n = ruleset_find_one(set, wanted, text, folded, skeleton, found, MOST);
    for (size_t i = 0; i < n; i++)
        if (!is_order(wanted) || rule_is_in_scope(wanted, text, found[i].from, found[i].to))
            return true;
    return false;
}

/* Whether the rule would be looked for there at all. */
static bool is_suspect(const ruleset *set, const rule *r, str text) {
    return r->weak || ruleset_suspect(set, text, 0) != STR_NONE;
}

static bool check_rule(making *m, size_t i, form *folded, form *skeleton) {
    const draft *d = &m->drafts[i];
    const rule *r = &m->rules[i];
    const str *gone = d->gone.items, *stays = d->stays.items;
    for (size_t k = 0; k < d->gone.n; k++)
        if (!is_suspect(m->set, r, gone[k]) || !finds(m->set, r, gone[k], folded, skeleton))
            return bad_rule(m, d, "its example `gone` is not found", "它的 gone 例文没有被找到");
    for (size_t k = 0; k < d->stays.n; k++)
        if (finds(m->set, r, stays[k], folded, skeleton))
            return bad_rule(m, d, "its example `stays` is found", "它的 stays 例文被找到了");
    return true;
}

static bool check_all(making *m) {
    form folded, skeleton;
    size_t longest = 0;
    for (size_t i = 0; i < m->n; i++) {
        const str *gone = m->drafts[i].gone.items, *stays = m->drafts[i].stays.items;
        for (size_t k = 0; k < m->drafts[i].gone.n; k++)
            if (gone[k].n > longest) longest = gone[k].n;
        for (size_t k = 0; k < m->drafts[i].stays.n; k++)
            if (stays[k].n > longest) longest = stays[k].n;
    }
    if (!form_init(&folded, m->mem, longest) || !form_init(&skeleton, m->mem, longest))
        return fail_memory(m->why);
    for (size_t i = 0; i < m->n; i++)
        if (!check_rule(m, i, &folded, &skeleton)) return false;
    return true;
}

/* ---- Loading --------------------------------------------------------------------------------- */

static bool read_shipped(making *m, str filter) {
    for (const rule_text *t = embedded_rules; t->filter; t++)
        if (str_eq(filter, str_of(t->filter)) &&
            !rules_read(m->mem, filter, t->text, filter, filter, &m->texts, m->why))
            return false;
    return true;
}

static bool read_users(making *m, str filter, const qw_rule_file *user, size_t nuser) {
    for (size_t i = 0; i < nuser; i++) {
        str name = arena_str(m->mem, str_of(user[i].name ? user[i].name : "rules"));
        str text = arena_str(m->mem, str_make(user[i].text, user[i].n));
        if (!name.p || !text.p) return fail_memory(m->why);
        if (!rules_read(m->mem, name, text, STR("ads"), filter, &m->texts, m->why)) return false;
    }
    return true;
}

static ruleset *make(making *m) {
    if (!make_folding(m) || !compile_all(m)) return NULL;
    if (!make_index(m, RULE_SKELETON, &m->set->of[RULE_SKELETON]) ||
        !make_index(m, RULE_FOLDED, &m->set->of[RULE_FOLDED]) || !make_sieve(m) || !list_bare(m))
        return fail_memory(m->why), NULL;
    return check_all(m) ? m->set : NULL;
}

ruleset *ruleset_load(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                      qw_error *why) {
    making m = {.mem = mem, .why = why, .set = arena_zalloc(mem, 1, sizeof *m.set)};
    if (!m.set) return fail_memory(why), NULL;
    return read_shipped(&m, filter) && read_users(&m, filter, user, nuser) ? make(&m) : NULL;
}

ruleset *ruleset_load_alone(arena *mem, str filter, const qw_rule_file *user, size_t nuser,
                            qw_error *why) {
    making m = {.mem = mem, .why = why, .set = arena_zalloc(mem, 1, sizeof *m.set)};
    if (!m.set) return fail_memory(why), NULL;
    return read_users(&m, filter, user, nuser) ? make(&m) : NULL;
}

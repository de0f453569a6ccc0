/* ads_mark: from what the rules find in a stretch of text to marks with a range and a score. */
#include "ads.h"

enum {
    MOST_FOUND = 96,
    STRETCH_MAX = 3000, /* bytes looked at together */
    REACH = 14,         /* letters between two pieces of one mark, or to the end of their clause */
    PHRASE = 8,         /* letters: a longer piece is a sentence, in which others count */
    ASIDE = 8,          /* letters around a mark's pieces that are part of it */
    FRAGMENT = 5,       /* letters that are not left behind on their own */
};

static const char *const kind_names[ADS_KINDS] = {
    "site",  "name",   "origin",   "invite", "contact",   "limit",   "disclaim",
    "offer", "page",   "beg",      "jam",    "spam",      "residue", "mark",
    "promo", "credit", "official", "lead",   "reference", "code",
};

const ads_state *ads_kinds(arena *mem, const ruleset *rules, qw_error *why) {
    size_t n = ruleset_count(rules);
    ads_state *state = arena_zalloc(mem, 1, sizeof *state);
    uint8_t *kinds = arena_alloc(mem, n + 1);
    if (!state || !kinds) return fail_memory(why), NULL;
    for (size_t i = 0; i < n; i++) {
        const rule *r = ruleset_at(rules, i);
        uint8_t k = 0;
        while (k < ADS_KINDS && !str_eq(r->kind, str_of(kind_names[k]))) k++;
        if (k == ADS_KINDS) {
            fail(why, MSG_BAD_RULE, r->origin, ARGS(r->id, STR("no such kind")));
            return NULL;
        }
        kinds[i] = k;
    }
    *state = (ads_state){ruleset_at(rules, 0), kinds};
    return state;
}

str ads_why(arena *mem, const mark *m) {
    static const struct {
        unsigned sign;
        const char *words;
    } signs[] = {
        {ADS_DISGUISED, "disguised"},
        {ADS_OWN_LINE, "a line of its own"},
        {ADS_BRACKETED, "in brackets"},
        {ADS_EDGE, "at the edge of a paragraph"},
        {ADS_REPEATED, "repeated"},
        {ADS_ZONE, "near the head or tail"},
        {ADS_NEAR, "beside another"},
        {ADS_KNOWN, "a distributor this document names"},
        {ADS_BEFORE_HEADING, "before a heading"},
        {ADS_IN_BLOCK, "within the block of ads at the tail"},
    };
    str why = STR("");
    for (int k = 0; k < ADS_AGAINST; k++)
        if (m->kinds >> k & 1)
            why = arena_printf(mem, "%.*s%s%s", (int)why.n, why.n ? why.p : "", why.n ? " + " : "",
                               kind_names[k]);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (m->signs & signs[i].sign)
            why = arena_printf(mem, "%.*s%s%s", (int)why.n, why.n ? why.p : "", why.n ? ", " : "",
                               signs[i].words);
    return why;
}

/* ---- Characters ------------------------------------------------------------------------------ */

static bool counts(uint32_t c) {
    if (c < 0x80) return is_ascii_letter(c) || is_ascii_digit(c);
    return is_han(c) || unicode_is_letter(c) || (c >= 0xFF10 && c <= 0xFF19);
}

size_t ads_weight(str text, size_t from, size_t to) {
    size_t n = 0;
    while (from < to) n += counts(utf8_next(text, &from));
    return n;
}

/* Marks that part clauses. */
static bool parts_clauses(uint32_t c) {
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

static uint32_t closing_of(uint32_t c) {
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

/* Whether c closes a bracket, of one width or the other. */
static bool closes(uint32_t open, uint32_t c) {
    static const uint32_t wide[][2] = {{'[', 0xFF3D}, {0xFF3B, ']'}, {'(', 0xFF09},
                                       {0xFF08, ')'}, {'<', 0xFF1E}, {0xFF1C, '>'}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (open == wide[i][0] && c == wide[i][1]) return true;
    return c == closing_of(open);
}

/* Symbols that marks are dressed up with: not letters, not what a Chinese sentence is made of. */
static bool is_dress(uint32_t c) {
    if (is_space(c)) return true;
    if (counts(c) || parts_clauses(c) || closing_of(c)) return false;
    if (c == ')' || c == ']' || c == '}' || c == '>' || c == ',' || c == '.' || c == '"')
        return false;
    if ((c >= 0x3009 && c <= 0x301B) || c == 0xFF09 || c == 0xFF3D || c == 0xFF5D) return false;
    if (c == 0x2018 || c == 0x2019 || c == 0x300B || c == 0xFF05 || c == '%') return false;
    return true;
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

/* A stretch that is being looked at. */
typedef struct look {
    ads_work *w;
    uint32_t block;
    str text;        /* the block's */
    size_t from, to; /* the stretch */
    bool own_line;
    finding found[MOST_FOUND];
    uint8_t kind[MOST_FOUND];
    size_t n;
    int against;                 /* 0 or less */
    size_t official[MOST_FOUND]; /* where words of official language stand */
    size_t nofficial;
} look;

/* A mark in the making. */
typedef struct draft_mark {
    size_t from, to;
    size_t first, last; /* its pieces */
    uint32_t kinds;
    unsigned signs;
    int score;
    int sure;    /* a user's rule's own points */
    bool strong; /* one piece at least is enough to look for */
    str rule;
} draft_mark;

static void find_pieces(look *l) {
    ads_work *w = l->w;
    str s = str_cut(l->text, l->from, l->to);
    const ruleset *rules = w->stage->rules;
    finding found[MOST_FOUND];
    skeleton_make(ruleset_folding(rules), s, &w->folded, &w->skeleton);
    size_t n = ruleset_find(rules, s, &w->folded, &w->skeleton, found, MOST_FOUND);
    const rule *counted[8] = {0};
    size_t ncounted = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t kind = w->state->kinds[found[i].rule - w->state->first];
        if (found[i].rule->scope == RULE_LINE && !l->own_line) continue;
        if (kind >= ADS_AGAINST) {
            bool again = ncounted == 8;
            for (size_t k = 0; k < ncounted; k++) again |= counted[k] == found[i].rule;
            if (kind == ADS_OFFICIAL) {
                if (l->nofficial < MOST_FOUND)
                    l->official[l->nofficial++] = found[i].from + l->from;
                continue;
            }
            if (!again) l->against += found[i].rule->score;
            if (!again) counted[ncounted++] = found[i].rule;
            continue;
        }
        found[i].from += l->from;
        found[i].to += l->from;
        l->kind[l->n] = kind;
        l->found[l->n++] = found[i];
    }
}

/* Full and half width in one address. */
static bool is_disguised(str s) {
    bool wide = false, narrow = false;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        wide |= c >= 0xFF21 && c <= 0xFF5A;
        narrow |= is_ascii_letter(c);
    }
    return wide && narrow;
}

/* Whether a better piece of the mark says the same words: one of the same kind, or one no longer
 * than a phrase. */
static bool is_said(const look *l, const draft_mark *m, size_t i) {
    const finding *f = &l->found[i];
    for (size_t k = m->first; k <= m->last; k++) {
        const finding *g = &l->found[k];
        bool better =
            g->rule->score > f->rule->score || (g->rule->score == f->rule->score && k < i);
        size_t from = f->from > g->from ? f->from : g->from, to = f->to < g->to ? f->to : g->to;
        if (k == i || !better || to <= from || 2 * (to - from) < f->to - f->from) continue;
        if (l->kind[k] == l->kind[i] || ads_weight(l->text, g->from, g->to) <= PHRASE) return true;
    }
    return false;
}

/* The points of the pieces: of each kind the best, and three quarters of the second. Words that
 * several rules know count once. */
static int sum_pieces(const look *l, draft_mark *m) {
    int best[ADS_KINDS] = {0}, second[ADS_KINDS] = {0}, top = 0, sum = 0;
    for (size_t i = m->first; i <= m->last; i++) {
        const finding *f = &l->found[i];
        int k = l->kind[i], score = f->rule->score;
        m->strong |= !f->rule->weak;
        if (f->breaks >= 2) m->signs |= ADS_DISGUISED;
        if (k == ADS_SITE && is_disguised(str_cut(l->text, f->from, f->to)))
            m->signs |= ADS_DISGUISED;
        if (is_said(l, m, i)) continue;
        m->kinds |= 1u << k;
        if (score > best[k])
            second[k] = best[k], best[k] = score;
        else if (score > second[k])
            second[k] = score;
        if (score > top) top = score, m->rule = f->rule->id;
    }
    for (int k = 0; k < ADS_KINDS; k++) sum += best[k] + 3 * second[k] / 4;
    return sum;
}

/* Letters of a mark that its pieces hold. */
static size_t covered(const look *l, const draft_mark *m) {
    size_t n = 0, at = m->from;
    for (size_t i = m->first; i <= m->last; i++) {
        size_t from = l->found[i].from > at ? l->found[i].from : at;
        if (l->found[i].to > from) n += ads_weight(l->text, from, l->found[i].to);
        if (l->found[i].to > at) at = l->found[i].to;
    }
    return n;
}

/* ---- Ranges ---------------------------------------------------------------------------------- */

/* The start of the clause that byte at stands in, when no more than so many letters lie between:
 * what is longer is a sentence of somebody else's that the mark was put into. */
static size_t clause_start(const look *l, size_t at, size_t most) {
    size_t letters = 0;
    for (size_t i = at; i > l->from;) {
        size_t before = i;
        uint32_t c = utf8_prev(l->text, &i);
        if (parts_clauses(c) || closing_of(c)) return before;
        letters += counts(c);
        if (letters > most) return at;
    }
    return l->from;
}

/* The end of the sentence that ends behind byte at, likewise. A pause is no end: what follows one
 * may be the sentence that the mark was put before. */
static size_t mark_end(const look *l, size_t at, size_t most) {
    size_t letters = 0;
    for (size_t i = at; i < l->to;) {
        size_t here = i;
        uint32_t c = utf8_next(l->text, &i);
        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F) return here;
        if (parts_clauses(c)) return at;
        letters += counts(c);
        if (letters > most) return at;
    }
    return l->to;
}

/* Takes in the bracket that opens a few letters before the range, if it closes as near behind. */
static bool take_brackets(const look *l, size_t *from, size_t *to) {
    size_t letters = 0;
    for (size_t at = *from; at > l->from && letters <= ASIDE;) {
        uint32_t open = utf8_prev(l->text, &at);
        letters += counts(open);
        if (!closing_of(open)) {
            if (parts_clauses(open) && open != 0xFF1A) return false;
            continue;
        }
        letters = 0;
        for (size_t i = *to; i < l->to && letters <= REACH;) {
            uint32_t c = utf8_next(l->text, &i);
            letters += counts(c);
            if (!closes(open, c)) continue;
            *from = at;
            *to = i;
            return true;
        }
        return false;
    }
    return false;
}

static void take_dress(const look *l, size_t *from, size_t *to) {
    while (*from > l->from) {
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

/* A closing mark whose opening one is in the range goes with it; people mix their widths. */
static void take_closing(const look *l, size_t from, size_t *to) {
    uint32_t open = 0;
    for (size_t at = from; at < *to;) {
        uint32_t c = utf8_next(l->text, &at);
        if (closing_of(c))
            open = c;
        else if (open && closes(open, c))
            open = 0;
    }
    size_t at = *to;
    while (open && at < l->to) {
        uint32_t c = utf8_next(l->text, &at);
        if (closes(open, c)) *to = at;
        if (!is_space(c)) return;
    }
}

enum {
    EXACT = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_SPAM | 1u << ADS_JAM | 1u << ADS_MARK |
            1u << ADS_RESIDUE
};

/* Whether a sentence, however short, ends outside the mark. */
static bool leaves_sentence(const look *l, const draft_mark *m) {
    str before = str_cut(l->text, l->from, m->from), after = str_cut(l->text, m->to, l->to);
    return (ads_weight(before, 0, before.n) > 1 && str_ends(before, STR("。"))) ||
           (ads_weight(after, 0, after.n) > 1 && str_find(after, STR("。"), 0) != STR_NONE);
}

/* Takes what little would be left of the stretch: a few letters at an end, or a quarter. Of a line
 * of page furniture half is enough. */
static void take_rest(const look *l, draft_mark *m) {
    if (m->signs & ADS_BRACKETED && leaves_sentence(l, m)) return;
    if (ads_weight(l->text, l->from, m->from) <= FRAGMENT) m->from = l->from;
    if (ads_weight(l->text, m->to, l->to) <= FRAGMENT) m->to = l->to;
    size_t all = ads_weight(l->text, l->from, l->to), held = ads_weight(l->text, m->from, m->to);
    bool furniture = l->own_line && m->kinds >> ADS_PAGE & 1;
    if (furniture ? 2 * held < all : 4 * held < 3 * all) return;
    if (all - held <= (l->own_line ? REACH : ASIDE)) m->from = l->from, m->to = l->to;
}

static void set_range(look *l, draft_mark *m) {
    m->from = l->found[m->first].from;
    m->to = m->from;
    for (size_t i = m->first; i <= m->last; i++)
        if (l->found[i].to > m->to) m->to = l->found[i].to;
    if (m->kinds & ~EXACT) {
        m->from = clause_start(l, m->from, ASIDE);
        m->to = mark_end(l, m->to, ASIDE);
    } else if (m->kinds >> ADS_SPAM & 1) {
        m->from = clause_start(l, m->from, FRAGMENT);
        if (str_starts(str_cut(l->text, m->to, l->to), STR("："))) m->to += 3;
    }
    if (take_brackets(l, &m->from, &m->to)) m->signs |= ADS_BRACKETED;
    take_closing(l, m->from, &m->to);
    take_dress(l, &m->from, &m->to);
    take_rest(l, m);
}

/* ---- Scores ---------------------------------------------------------------------------------- */

/* Whether an address has no path to speak of. */
static bool is_bare(str s) {
    enum { SHORT_PATH = 12 };
    size_t scheme = str_find(s, STR("//"), 0), slash = scheme == STR_NONE ? 0 : scheme + 2;
    size_t path = str_find_byte(s, '/', slash);
    return path == STR_NONE || s.n - path <= SHORT_PATH;
}

/* An address says little in a sentence; as all that a line or a sentence holds, or in brackets that
 * no word of the sentence asks for, it says more. */
static int address_alone(const look *l, const draft_mark *m) {
    if (!(m->kinds >> ADS_SITE & 1)) return 0;
    size_t i = m->first;
    while (l->kind[i] != ADS_SITE) i++;
    if (!is_bare(str_cut(l->text, l->found[i].from, l->found[i].to))) return 0;
    if (m->signs & ADS_BRACKETED) return 45;
    bool alone = m->from == l->from && m->to == l->to &&
                 2 * covered(l, m) >= ads_weight(l->text, m->from, m->to);
    return alone && !l->against ? 25 : 0;
}

/* One word of official language is an accident, three are a document. */
static int official_words(const look *l, const draft_mark *m) {
    enum { EACH = -22, MOST = 3 };
    int n = 0;
    for (size_t i = 0; i < l->nofficial; i++)
        n += l->official[i] >= m->from && l->official[i] < m->to;
    return EACH * (n < MOST ? n : MOST);
}

/* Kinds that say who, or that nothing else is like. */
enum {
    WHO = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_CONTACT | 1u << ADS_PAGE | 1u << ADS_BEG |
          1u << ADS_JAM | 1u << ADS_SPAM | 1u << ADS_RESIDUE | 1u << ADS_MARK
};

/* An item of a list, an article of a law: （二）, 2., 第七条. */
static bool is_item(str s) {
    size_t at = 0;
    s = str_trim(s);
    if (str_starts(s, STR("（")) || str_starts(s, STR("(")))
        at = s.p[0] == '(' ? 1 : 3;
    else if (str_starts(s, STR("第")))
        at = 3;
    size_t start = at;
    while (at < s.n) {
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (is_ascii_digit(c) || c == 0x4E00 || c == 0x4E8C || c == 0x4E09 || c == 0x56DB ||
            c == 0x4E94 || c == 0x516D || c == 0x4E03 || c == 0x516B || c == 0x4E5D ||
            c == 0x5341 || c == 0x767E)
            continue;
        return here > start && (c == 0xFF09 || c == ')' || c == '.' || c == 0x3001 || c == 0xFF0E ||
                                (start == 3 && c == 0x6761));
    }
    return false;
}

/* Whether a piece is one of several things that a sentence counts up: 微博、微信、QQ群. */
static bool is_counted_up(const look *l, const draft_mark *m) {
    for (size_t i = m->first; i <= m->last; i++) {
        if (l->kind[i] != ADS_CONTACT && l->kind[i] != ADS_INVITE) continue;
        size_t from = l->found[i].from, to = l->found[i].to;
        if (str_starts(str_cut(l->text, to, l->to), STR("、")) ||
            str_ends(str_cut(l->text, l->from, from), STR("、")))
            return true;
    }
    return false;
}

static void score_mark(look *l, draft_mark *m) {
    size_t whole = ads_weight(l->text, m->from, m->to);
    size_t held = covered(l, m);
    m->score += l->against + official_words(l, m);
    if (l->own_line && m->from == l->from && m->to == l->to) {
        m->signs |= ADS_OWN_LINE;
        m->score += whole <= 30 ? 15 : 10;
    } else if (m->from == 0 || m->to == l->text.n) {
        m->signs |= ADS_EDGE;
        m->score += 10;
    }
    if (!(m->kinds & WHO)) {
        if (is_item(str_cut(l->text, l->from, l->to))) m->score -= 30;
        if (!l->own_line) m->score -= 15;
    }
    if (is_counted_up(l, m)) m->score -= 30;
    if (2 * held >= whole) m->score += 10;
    if (4 * held < whole && whole > 24) m->score -= 25;
    if (m->signs & ADS_DISGUISED) m->score += 40;
    m->score += address_alone(l, m);
    /* Only a user's rule, or what is a trade of its own, needs no second witness in mid-sentence.
     */
    bool inside = m->from > l->from && m->to < l->to;
    if (inside && m->kinds & ~EXACT) m->score -= 25;
}

static uint64_t hash(str s) {
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    return h ? h : 1;
}

static uint64_t skeleton_key(look *l, size_t from, size_t to) {
    if (to - from > STRETCH_MAX) return 0;
    skeleton_make(ruleset_folding(l->w->stage->rules), str_cut(l->text, from, to), NULL,
                  &l->w->skeleton);
    return l->w->skeleton.n ? hash(form_str(&l->w->skeleton)) : 0;
}

static void keep_mark(look *l, draft_mark *m) {
    if (!m->strong || m->score < 30) return;
    mark out = {
        .block = l->block,
        .from = (uint32_t)m->from,
        .to = (uint32_t)m->to,
        .score = m->score,
        .kinds = m->kinds,
        .signs = (uint16_t)m->signs,
        .rule = m->rule,
        .key = skeleton_key(l, m->from, m->to),
    };
    for (size_t i = m->first; i <= m->last && !out.site; i++)
        if (l->kind[i] == ADS_SITE) out.site = skeleton_key(l, l->found[i].from, l->found[i].to);
    ads_add(l->w, out);
}

/* What takes the place of what a user's rule found. */
static str replacement(look *l, const finding *f) {
    const rule *r = f->rule;
    regex_match m;
    str s = str_cut(l->text, 0, l->to);
    if (!r->replacement.n || !r->confirm || r->form != RULE_RAW) return r->replacement;
    if (regex_find(r->confirm, s, f->from, &m) != REGEX_FOUND || m.from[0] != f->from ||
        m.to[0] != f->to)
        return r->replacement;
    return regex_expand(l->w->d->mem, r->replacement, s, &m);
}

/* Whether what a user's rule found stands where the rule wants it. */
static bool is_in_scope(const look *l, const finding *f) {
    bool first = ads_weight(l->text, 0, f->from) == 0;
    bool last = ads_weight(l->text, f->to, l->text.n) == 0;
    if (f->rule->scope == RULE_LINE) return first && last;
    return f->rule->scope != RULE_EDGE || first || last;
}

/* A user's rule says exactly what goes, and needs no other evidence. */
static void keep_exact(look *l, size_t i) {
    const finding *f = &l->found[i];
    if (!rule_is_for(f->rule, l->w->d->name) || !is_in_scope(l, f)) return;
    /* What a rule puts in may be what it looks for: replacements are made once. */
    if (f->rule->replacement.n && l->w->turn > 0) return;
    bool line = f->rule->scope == RULE_LINE;
    ads_add(l->w, (mark){.block = l->block,
                         .from = line ? 0 : (uint32_t)f->from,
                         .to = (uint32_t)(line ? l->text.n : f->to),
                         .score = f->rule->score,
                         .kinds = 1u << ADS_MARK,
                         .exact = true,
                         .after = replacement(l, f),
                         .rule = f->rule->id});
}

/* Takes the users' marks out of the pieces. */
static void keep_all_exact(look *l) {
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->kind[i] == ADS_MARK) {
            keep_exact(l, i);
            continue;
        }
        l->found[n] = l->found[i];
        l->kind[n++] = l->kind[i];
    }
    l->n = n;
}

/* In running text a common word near a mark is the text's own, unless it touches the mark. */
static void drop_stray_words(const look *l, draft_mark *m) {
    while (m->last > m->first && l->found[m->last].rule->weak) {
        size_t end = 0;
        for (size_t i = m->first; i < m->last; i++)
            if (l->found[i].to > end) end = l->found[i].to;
        if (l->found[m->last].from <= end || !ads_weight(l->text, end, l->found[m->last].from))
            break;
        m->last--;
    }
    while (m->last > m->first && l->found[m->first].rule->weak) {
        size_t end = l->found[m->first].to, next = l->found[m->first + 1].from;
        if (next <= end || !ads_weight(l->text, end, next)) break;
        m->first++;
    }
}

/* Whether piece i still belongs to a mark that ends at byte end. */
static bool is_near(const look *l, size_t end, size_t i) {
    size_t from = l->found[i].from;
    return from <= end || ads_weight(l->text, end, from) <= REACH;
}

void ads_look(ads_work *w, uint32_t index, size_t from, size_t to) {
    str text = w->d->blocks[index].text;
    if (to - from > STRETCH_MAX) {
        to = from + STRETCH_MAX;
        while (to > from && ((unsigned char)text.p[to] & 0xC0) == 0x80) to--;
    }
    look l = {.w = w, .block = index, .text = text, .from = from, .to = to};
    l.own_line = from == 0 && to == text.n;
    find_pieces(&l);
    keep_all_exact(&l);
    for (size_t i = 0; i < l.n;) {
        draft_mark m = {.first = i, .last = i};
        size_t end = l.found[i].to;
        while (++i < l.n && is_near(&l, end, i)) {
            m.last = i;
            if (l.found[i].to > end) end = l.found[i].to;
        }
        if (!l.own_line) drop_stray_words(&l, &m);
        m.score = sum_pieces(&l, &m);
        set_range(&l, &m);
        score_mark(&l, &m);
        keep_mark(&l, &m);
    }
}

#include "model/learn_batch.h"

#include "base/utf8.h"
#include "model/wording.h"

enum {
    ROW = 1 << 20,        /* cells of a row of the sketch */
    CANDIDATES = 1 << 15, /* counted exactly; more are left out */
    PHRASE_BYTES = 600,   /* bytes of a line or sentence that is looked at */
    LETTERS_LEAST = 4,
    LETTERS_MOST = 60,
    FOUND = 48,
    HEAD = 3, /* lines at the ends of a document */
    TAIL = 8,
    LIKELY = 150,  /* hundredths: the odds of a wording that is evidence */
    SPELLINGS = 4, /* of a phrase that are looked at for evidence */
};

/* A line or sentence that is looked at. */
typedef struct phrase {
    str text;
    bool line;       /* it is all of its paragraph */
    bool head, tail; /* it stands near an end of the document */
    uint64_t key;
} phrase;

learner *learner_new(arena *mem, const ruleset *rules) {
    learner *l = arena_zalloc(mem, 1, sizeof *l);
    if (!l) return NULL;
    *l = (learner){.mem = mem, .rules = rules};
    for (int i = 0; i < ROWS; i++)
        if (!(l->rows[i] = arena_zalloc(mem, ROW, sizeof(cell)))) return NULL;
    l->candidates = arena_zalloc(mem, SLOTS, sizeof *l->candidates);
    bool ok = l->candidates && form_init(&l->folded, mem, PHRASE_BYTES) &&
              form_init(&l->skeleton, mem, PHRASE_BYTES);
    return ok ? l : NULL;
}

/* ---- Phrases --------------------------------------------------------------------------------- */

uint64_t learn_key(str s) {
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    h ^= h >> 29;
    return h ? h : 1;
}

/* The key of a phrase, whose skeleton is then in l->skeleton; 0 when it is too short or too long.
 */
static uint64_t make_key(learner *l, str text) {
    if (text.n < LETTERS_LEAST || text.n > PHRASE_BYTES) return 0;
    skeleton_make(ruleset_folding(l->rules), text, NULL, &l->skeleton);
    str s = form_str(&l->skeleton);
    size_t letters = utf8_count(s);
    return letters >= LETTERS_LEAST && letters <= LETTERS_MOST ? learn_key(s) : 0;
}

static bool ends_sentence(str s, size_t at) {
    str c = str_cut(s, at, at + 3);
    return str_eq(c, STR("。")) || str_eq(c, STR("！")) || str_eq(c, STR("？"));
}

/* The first sentence of a paragraph; empty when there is but one. */
static str first_sentence(str s) {
    for (size_t at = 0; at + 3 < s.n && at < PHRASE_BYTES; at++)
        if (ends_sentence(s, at)) return str_cut(s, 0, at + 3);
    return STR("");
}

/* What follows the last sentence end but one, likewise. */
static str last_sentence(str s) {
    for (size_t at = s.n > 3 ? s.n - 4 : 0, n = 0; at > 0 && n < PHRASE_BYTES; at--, n++)
        if (ends_sentence(s, at)) return str_cut(s, at + 3, s.n);
    return STR("");
}

typedef void (*phrase_visitor)(learner *l, const phrase *p);

static void visit(learner *l, str text, phrase p, phrase_visitor look) {
    p.text = str_trim(text);
    p.key = make_key(l, p.text);
    if (p.key) look(l, &p);
}

static bool is_text_line(const block *b) {
    return block_is_text(b) && b->region != REGION_META && str_trim(b->text).n;
}

/* Every phrase of a document, in order. */
static void each_phrase(learner *l, const doc *d, phrase_visitor look) {
    size_t lines = 0, at = 0;
    for (size_t i = 0; i < d->nblocks; i++) lines += is_text_line(&d->blocks[i]);
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!is_text_line(b)) continue;
        phrase p = {.line = true, .head = at < HEAD, .tail = at + TAIL >= lines};
        at++;
        visit(l, b->text, p, look);
        p.line = false;
        visit(l, first_sentence(b->text), p, look);
        visit(l, last_sentence(b->text), p, look);
    }
}

/* ---- Counting -------------------------------------------------------------------------------- */

static cell *cell_of(const learner *l, int row, uint64_t key) {
    return &l->rows[row][(row ? key >> 40 : key >> 16) & (ROW - 1)];
}

static void count(learner *l, const phrase *p) {
    for (int row = 0; row < ROWS; row++) {
        cell *c = cell_of(l, row, p->key);
        if (c->last == l->documents) continue;
        c->last = l->documents;
        c->times++;
    }
}

void learner_count(learner *l, const doc *d) {
    l->documents++;
    each_phrase(l, d, count);
}

static bool may_be_common(const learner *l, uint64_t key) {
    for (int row = 0; row < ROWS; row++)
        if (cell_of(l, row, key)->times < COMMON) return false;
    return true;
}

candidate *learn_slot(const learner *l, uint64_t key) {
    size_t i = (size_t)(key >> 20) & (SLOTS - 1);
    while (l->candidates[i].key && l->candidates[i].key != key) i = (i + 1) & (SLOTS - 1);
    return &l->candidates[i];
}

/* The candidate with a key; NULL when there is none and no room for one. */
static candidate *candidate_of(learner *l, uint64_t key) {
    candidate *c = learn_slot(l, key);
    if (c->key) return c;
    if (l->ncandidates == CANDIDATES) return NULL;
    l->ncandidates++;
    c->key = key;
    return c;
}

/* ---- Evidence -------------------------------------------------------------------------------- */

static bool is_kind(const rule *r, const char *const *kinds) {
    for (; *kinds; kinds++)
        if (str_eq(r->kind, str_of(*kinds))) return true;
    return false;
}

static const char *const against[] = {"official", "lead", "reference", "code", NULL};
static const char *const kept[] = {"promo", "credit", NULL};
static const char *const hints[] = {"wording", "hint", "refused", NULL};

/* The points that the rules give a text: of each kind the best piece, and some for a wording like
 * an ad's. Nothing when there is but common words, or something that speaks for the document. */
static int points_of(learner *l, str text, str *kinds, int *odds) {
    finding found[FOUND];
    int best[FOUND], sum = 0;
    size_t nkinds = 0;
    str names[FOUND];
    bool strong = false;
    *kinds = STR("");
    skeleton_make(ruleset_folding(l->rules), text, &l->folded, &l->skeleton);
    size_t n = ruleset_find(l->rules, text, &l->folded, &l->skeleton, found, FOUND);
    *odds = wording_odds(form_str(&l->folded));
    for (size_t i = 0; i < n; i++) {
        const rule *r = found[i].rule;
        size_t k = 0;
        if (is_kind(r, against) || is_kind(r, kept)) return 0;
        if (is_kind(r, hints)) continue;
        strong |= !r->weak;
        while (k < nkinds && !str_eq(names[k], r->kind)) k++;
        if (k == nkinds) names[nkinds] = r->kind, best[nkinds++] = 0;
        if (r->score > best[k]) best[k] = r->score;
    }
    for (size_t k = 0; k < nkinds; k++) {
        sum += best[k];
        *kinds = arena_printf(l->mem, "%.*s%s%.*s", (int)kinds->n, kinds->n ? kinds->p : "",
                              k ? " + " : "", (int)names[k].n, names[k].p);
    }
    if (*odds < LIKELY) return strong ? sum : 0;
    *kinds = arena_printf(l->mem, "%.*s%swording", (int)kinds->n, kinds->n ? kinds->p : "",
                          kinds->n ? " + " : "");
    return sum + SOME;
}

bool learn_is_spoken_for(learner *l, const candidate *c) {
    finding found[FOUND];
    skeleton_make(ruleset_folding(l->rules), c->spelling, &l->folded, &l->skeleton);
    size_t n = ruleset_find(l->rules, c->spelling, &l->folded, &l->skeleton, found, FOUND);
    for (size_t i = 0; i < n; i++)
        if (is_kind(found[i].rule, against)) return true;
    return false;
}

/* The longest run of letters without anything between them in what a form was made of. */
static str longest_run(const form *f) {
    str best = STR("");
    for (size_t from = 0, to; from < f->n; from = to) {
        for (to = from + 1; to < f->n; to++)
            if (f->from[to] != f->from[to - 1] && f->from[to] != f->to[to - 1]) break;
        if (to - from > best.n) best = str_cut(form_str(f), from, to);
    }
    return best;
}

/* Keeps a spelling, of which l->skeleton is made. */
static void keep_spelling(learner *l, candidate *c, str text) {
    c->spelling = arena_str(l->mem, text);
    c->run = arena_str(l->mem, longest_run(&l->skeleton));
    if (!c->spelling.p || !c->run.p) l->failed = true;
}

/* A key of the digits in a text, plain and wide ones. */
static uint64_t digits_of(str text) {
    uint64_t key = 1;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFF10 - '0';
        if (c >= '0' && c <= '9') key = 31 * key + c;
    }
    return key;
}

static void begin_candidate(learner *l, candidate *c, str text) {
    c->skeleton = arena_str(l->mem, form_str(&l->skeleton));
    keep_spelling(l, c, text);
    c->digits = digits_of(text);
    c->points = points_of(l, text, &c->kinds, &c->odds);
    c->spellings = 1;
    if (!c->skeleton.p) l->failed = true;
}

/* Another spelling of a candidate may be plainer: what is to be looked for is hard to tell where
 * there is a sign between all letters. Or it may show what it is: the address in it, undisguised.
 */
static void look_again(learner *l, candidate *c, str text) {
    str kinds;
    int odds;
    bool another = !str_eq(c->spelling, text);
    if (c->run.n < c->skeleton.n && longest_run(&l->skeleton).n > c->run.n)
        keep_spelling(l, c, text);
    if (!another || c->points >= STRONG || c->spellings == SPELLINGS) return;
    c->spellings++;
    int points = points_of(l, text, &kinds, &odds);
    if (odds > c->odds) c->odds = odds;
    if (points <= c->points) return;
    c->points = points;
    c->kinds = kinds;
}

static void look(learner *l, const phrase *p) {
    if (l->failed || !may_be_common(l, p->key)) return;
    candidate *c = candidate_of(l, p->key);
    if (!c) return;
    if (c->documents)
        look_again(l, c, p->text);
    else
        begin_candidate(l, c, p->text);
    if (c->last == l->looked) return;
    c->last = l->looked;
    c->documents++;
    c->heads += p->head;
    c->tails += p->tail;
    c->edges += !p->line;
    c->others += digits_of(p->text) != c->digits;
}

/* Notes which of a run of candidates without evidence stand beside one with it, once a document. */
static void note_beside(const learner *l, candidate *const *run, size_t n) {
    bool evidence = false;
    for (size_t i = 0; i < n; i++) evidence |= run[i]->points >= SOME;
    for (size_t i = 0; evidence && i < n; i++) {
        if (run[i]->points >= SOME || run[i]->noted == l->looked) continue;
        run[i]->noted = l->looked;
        run[i]->beside++;
    }
}

bool learn_is_sentence(str s) {
    enum { LONG = 90 }; /* bytes */
    return s.n > LONG || str_ends(s, STR("。")) || str_ends(s, STR("；"));
}

/* Counts in which documents a candidate without evidence stands beside one with it: the line before
 * or behind, and of the last lines that many documents have all behind the last sentence. */
static void look_beside(learner *l, const doc *d) {
    candidate *run[TAIL];
    size_t n = 0;
    for (size_t i = 0; i < d->nblocks; i++) {
        if (!is_text_line(&d->blocks[i])) continue;
        uint64_t key = make_key(l, str_trim(d->blocks[i].text));
        candidate *now = key && may_be_common(l, key) ? candidate_of(l, key) : NULL;
        if (!now || !now->documents) {
            n = 0;
            continue;
        }
        if (n == TAIL) memmove(run, run + 1, --n * sizeof *run);
        run[n++] = now;
        if (n > 1) note_beside(l, &run[n - 2], 2);
    }
    size_t first = n;
    while (first > 0 && !learn_is_sentence(run[first - 1]->spelling)) first--;
    note_beside(l, &run[first], n - first);
}

bool learner_look(learner *l, const doc *d) {
    l->looked++;
    each_phrase(l, d, look);
    look_beside(l, d);
    return !l->failed && !arena_failed(l->mem);
}

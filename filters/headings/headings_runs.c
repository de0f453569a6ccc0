/* Runs: chains of candidates of one kind that count on; a 1 begins a new one.
 *
 * Runs also tell which kind stands under which. There is a usual order (第一章, 一、, （一）, 1.,
 * …), but a document may have its own, 1. above （一） or 第一 above 一、: where a whole run begins
 * anew between a member of another run and the next one, it stands under that member. */
#include "headings.h"

/* Ranks between the units and 一、, and below all others. */
#define RANK_FORMAL       8
#define RANK_STEM_ABOVE   9
#define RANK_LETTER_SMALL 23
#define RANK_ROMAN_SMALL  28
#define RANK_STEM_BELOW   33

unsigned label_rank(const label *l) {
    static const uint8_t ranks[LABEL_SCHEMES] = {
        [LABEL_UNIT] = 0,
        [LABEL_HAN] = 10,
        [LABEL_HAN_BARE] = 10,
        [LABEL_ROMAN] = 11,
        [LABEL_HAN_BRACKET] = 12,
        [LABEL_LETTER] = 13,
        [LABEL_DIGIT_BARE] = 14,
        [LABEL_DIGIT] = 15,
        [LABEL_DECIMAL] = 16,
        [LABEL_DIGIT_BRACKET] = 24,
        [LABEL_DIGIT_HALF] = 25,
        [LABEL_CIRCLED] = 26,
        [LABEL_LETTER_BRACKET] = 27,
        [LABEL_LETTER_HALF] = 27,
        [LABEL_ORDINAL] = 29,
        [LABEL_BULLET] = 30,
    };
    if (l->scheme == LABEL_UNIT) return l->unit;
    if (l->formal) return RANK_FORMAL;
    if (l->lower && l->scheme == LABEL_LETTER) return RANK_LETTER_SMALL;
    if (l->lower && l->scheme == LABEL_ROMAN) return RANK_ROMAN_SMALL;
    return ranks[l->scheme] + (l->scheme == LABEL_DECIMAL ? l->nparts : 0);
}

/* In a usual document, in steps of label_rank(). */
static unsigned usual_rank(const outline *o, const candidate *c) {
    if (c->stem) return o->stems_above ? RANK_STEM_ABOVE : RANK_STEM_BELOW;
    return label_rank(&c->label);
}

unsigned candidate_rank(const outline *o, const candidate *c) {
    return c->run != NO_RUN ? o->runs[c->run].rank : usual_rank(o, c) * RANK_STEP;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

/* The runs of one kind of label that may still go on: the newest, and the one before it. */
typedef struct tail {
    uint32_t now, before; /* NO_RUN: none */
    bool closed;          /* a label that stands higher came after it */
} tail;

#define KINDS 48

#define KIND_CHAPTER 14 /* 3. or 3 with 3.1 under it */

/* Labels of one kind may continue one another. 3. and a bare 3 are one kind: writers mix them. */
static unsigned kind_of(const outline *o, const candidate *c) {
    const label *l = &c->label;
    if (c->divided) return KIND_CHAPTER;
    return l->scheme == LABEL_DIGIT_BARE ? 15 : l->scheme == LABEL_HAN_BARE ? 31 : usual_rank(o, c);
}

static bool same_prefix(const label *a, const label *b) {
    for (unsigned i = 0; i + 1 < a->nparts; i++)
        if (a->parts[i] != b->parts[i]) return false;
    return true;
}

/* Whether b goes on from the end of run r: by one, or with a fault of a few. */
static bool goes_on(const outline *o, uint32_t r, const candidate *b, unsigned fault) {
    if (r == NO_RUN) return false;
    const candidate *a = &o->candidates[o->runs[r].last];
    if (b->label.scheme == LABEL_BULLET)
        return a->label.number_size == b->label.number_size && a->label.size == b->label.size &&
               next_text(o->d, a->block + 1) == b->block;
    if (!same_prefix(&a->label, &b->label)) return false;
    uint32_t x = a->label.value, y = b->label.value;
    if (b->label.inserted) return y == x;
    if (!fault) return y == x + 1;
    return y > 1 && y >= x && y <= x + 1 + fault;
}

static uint32_t new_run(outline *o) {
    if (o->nruns == o->runs_cap) {
        size_t cap = o->runs_cap ? o->runs_cap * 2 : 64;
        run *wider = arena_alloc(o->d->mem, cap * sizeof *wider);
        if (!wider) return fail_memory(&o->d->why), NO_RUN;
        if (o->nruns) memcpy(wider, o->runs, o->nruns * sizeof *wider);
        o->runs = wider;
        o->runs_cap = cap;
    }
    o->runs[o->nruns] = (run){.first = NO_RUN, .last = NO_RUN};
    return (uint32_t)o->nruns++;
}

bool has_name(const candidate *c) {
    switch (c->shape) {
    case SHAPE_BARE:
    case SHAPE_COLON: return true;
    case SHAPE_STOPPED: return c->chars <= NAME_MOST;
    case SHAPE_RUNIN: return c->lead_chars <= LEAD_SURE && !c->remark;
    default: return false;
    }
}

static void join(outline *o, uint32_t r, uint32_t index) {
    run *x = &o->runs[r];
    candidate *c = &o->candidates[index];
    if (x->count)
        o->candidates[x->last].next = index;
    else {
        x->first = index;
        x->begun = c->label.value <= 1;
        x->rank = usual_rank(o, c) * RANK_STEP;
    }
    if (x->count && c->label.value == 1 && !c->label.inserted) x->repeats++;
    x->last = index;
    x->count++;
    x->shapes[c->shape]++;
    if (c->shape == SHAPE_RUNIN && c->lead_chars <= LEAD_SURE && !c->remark) x->short_lead++;
    x->named += has_name(c);
    c->run = r;
}

/* 一、 一、 一、: each item of an old list has the number one. */
static bool goes_on_repeating(const outline *o, const tail *t, const candidate *c) {
    if (t->now == NO_RUN || t->closed || c->label.scheme != LABEL_HAN || c->label.value != 1)
        return false;
    const run *r = &o->runs[t->now];
    return o->candidates[r->last].label.value == 1 && r->repeats + 1 == r->count;
}

/* I. after H., V. after U. and X. after W. are letters. */
static void settle_letter(const outline *o, const tail *tails, candidate *c) {
    label *l = &c->label;
    if (l->scheme != LABEL_ROMAN || l->number_size != 1 || c->automatic) return;
    label letter = *l;
    letter.value = (uint32_t)(o->d->blocks[c->block].text.p[l->number] | 32) - 'a' + 1;
    letter.scheme = l->brackets                                     ? LABEL_LETTER_BRACKET
                    : l->separator == ')' || l->separator == 0xFF09 ? LABEL_LETTER_HALF
                                                                    : LABEL_LETTER;
    candidate other = {.label = letter};
    const tail *t = &tails[kind_of(o, &other)];
    if (!t->closed && goes_on(o, t->now, &other, 0)) *l = letter;
}

/* Whether the last of run r has the same word as c: 第二章 does not go on from 第一讲. */
static bool same_word(const outline *o, uint32_t r, const candidate *c) {
    return o->candidates[o->runs[r].last].label.word == c->label.word;
}

/* The run of its kind that a candidate goes on from; NO_RUN: none. */
static uint32_t run_before(const outline *o, const tail *t, const candidate *c) {
    bool now = goes_on(o, t->now, c, 0), before = goes_on(o, t->before, c, 0);
    if (now && same_word(o, t->now, c)) return t->now;
    if (before && same_word(o, t->before, c)) return t->before;
    if (now || goes_on_repeating(o, t, c)) return t->now;
    return before ? t->before : NO_RUN;
}

/* Puts a candidate into the run that it continues, or begins one. */
static void place(outline *o, tail *tails, uint32_t index) {
    candidate *c = &o->candidates[index];
    settle_letter(o, tails, c);
    tail *t = &tails[kind_of(o, c)];
    uint32_t chapters = tails[KIND_CHAPTER].now, r = run_before(o, t, c);
    bool chapter = !c->divided && is_digit_label(&c->label) && c->shape == SHAPE_BARE &&
                   c->content && goes_on(o, chapters, c, 0);
    if (r == NO_RUN && chapter) { /* the last one, which nothing divides */
        c->divided = true;
        join(o, chapters, index);
    } else {
        if (r == NO_RUN && goes_on(o, t->now, c, 4)) r = t->now;
        if (r == NO_RUN) r = new_run(o);
        if (r != t->now) t->before = t->now;
        t->now = r;
        if (r != NO_RUN) join(o, r, index);
    }
    t->closed = false;
    /* A label further up closes what was left behind below it. */
    for (unsigned k = kind_of(o, c) + 1; k < KINDS; k++) {
        tails[k].before = NO_RUN;
        tails[k].closed = true;
    }
}

/* Whether what follows belongs under candidate i: prose, or a label that stands deeper. */
static bool owns_content(const outline *o, uint32_t i) {
    const candidate *c = &o->candidates[i];
    uint32_t next = next_text(o->d, c->block + 1);
    if (next == NO_BLOCK) {
        /* A table or box under it. A line that is all the text there is may be a heading, and a
         * last line too that is the name of a part. */
        uint32_t after = c->block + 1;
        return c->block == o->first_text || c->evidence == EVIDENCE_WORD ||
               (after < o->d->nblocks && o->d->blocks[after].kind != BLOCK_PARAGRAPH);
    }
    if (i + 1 == o->ncandidates || o->candidates[i + 1].block != next) return true;
    const candidate *n = &o->candidates[i + 1];
    if (n->evidence == EVIDENCE_DATE) return c->evidence != EVIDENCE_DATE;
    if (n->evidence != EVIDENCE_LABEL) return false;
    bool lettered = n->label.scheme == LABEL_LETTER || n->label.scheme == LABEL_ROMAN;
    if (lettered && n->label.value == 1 && c->label.scheme == LABEL_DECIMAL) return true;
    return candidate_rank(o, n) > candidate_rank(o, c);
}

static bool may_be_chapter(const candidate *c) {
    return is_digit_label(&c->label) && c->shape == SHAPE_BARE;
}

/* Marks the numbers that the decimals after them divide: 3. before 3.1. */
static void find_divided(outline *o) {
    const label *decimal = NULL;
    for (size_t i = o->ncandidates; i-- > 0;) {
        candidate *c = &o->candidates[i];
        if (c->label.scheme == LABEL_DECIMAL) decimal = &c->label;
        if (!decimal || !may_be_chapter(c)) continue;
        c->divided = c->label.value == decimal->parts[0] && decimal->parts[1] <= 1;
        if (c->divided) decimal = NULL;
    }
}

/* Drops the numbers that are labels only where they are divided, and are not. */
static void drop_doubtful(outline *o) {
    size_t kept = 0;
    for (size_t i = 0; i < o->ncandidates; i++)
        if (!o->candidates[i].doubtful || o->candidates[i].divided)
            o->candidates[kept++] = o->candidates[i];
    o->ncandidates = kept;
}

/* Marks the numbers of chapters: those that are divided, and those between them that count up to
 * the next one. The lists between chapters are numbered 1. 2. 3. as well, and would break their
 * run. */
static void find_chapters(outline *o) {
    uint32_t above = 0;
    for (size_t i = 0; i < o->ncandidates; i++) {
        o->candidates[i].above = above;
        if (o->candidates[i].divided) above = o->candidates[i].label.value;
    }
    const label *next = NULL;
    for (size_t i = o->ncandidates; i-- > 0;) {
        candidate *c = &o->candidates[i];
        uint32_t value = c->label.value;
        if (next && may_be_chapter(c) && c->content && value < next->value &&
            next->value <= value + 2 && (!value || c->above < value))
            c->divided = true;
        if (c->divided) next = &c->label;
    }
}

/* ---- What stands under what ------------------------------------------------------------------ */

/* Whether something stands under labels of this kind, if it is written so: not under notes, bullets
 * and 第一，. */
static bool may_stand_above(const candidate *c) {
    const label *l = &c->label;
    if (l->scheme == LABEL_ORDINAL) return l->separator != 0xFF0C && l->separator != ',';
    return l->scheme != LABEL_CIRCLED && l->scheme != LABEL_BULLET && has_name(c);
}

/* Whether a label that stands higher than x came after y, by the newest candidate of each kind. */
static bool is_parted(const outline *o, const uint32_t *newest, uint32_t y, uint32_t x) {
    unsigned rank = candidate_rank(o, &o->candidates[x]);
    for (unsigned k = 0; k < KINDS; k++)
        if (newest[k] != NO_RUN && newest[k] > y &&
            candidate_rank(o, &o->candidates[newest[k]]) < rank)
            return true;
    return false;
}

/* Whether the run that begins with x may stand under y against the usual order. */
static bool is_unusual(const outline *o, uint32_t y, uint32_t x) {
    const candidate *a = &o->candidates[y], *b = &o->candidates[x];
    if (a->run == b->run || !o->runs[a->run].begun || !o->runs[b->run].begun) return false;
    bool units = a->label.scheme == LABEL_UNIT && a->label.word != b->label.word;
    if (kind_of(o, a) == kind_of(o, b) && !units) return false;
    return may_stand_above(a) && candidate_rank(o, a) >= candidate_rank(o, b);
}

/* Notes that the run that begins with x stands between y and the next of its run. Once is enough
 * right after y; elsewhere it must come twice. */
static void note_nesting(outline *o, const uint32_t *newest, uint32_t y, uint32_t x) {
    const candidate *a = &o->candidates[y], *b = &o->candidates[x];
    run *above = &o->runs[a->run];
    const run *below = &o->runs[b->run];
    bool between = a->next != NO_RUN && a->next > below->last &&
                   o->candidates[a->next].label.value == a->label.value + 1;
    if (!between || below->count < 2 || is_parted(o, newest, y, x)) return;
    uint64_t kind = (uint64_t)1 << kind_of(o, b);
    if (next_text(o->d, a->block + 1) == b->block || (above->maybe & kind)) above->under |= kind;
    above->maybe |= kind;
}

/* Puts the run that begins with x under y, when its kind was found to stand there. */
static bool nest(outline *o, const uint32_t *newest, uint32_t y, uint32_t x) {
    const run *above = &o->runs[o->candidates[y].run];
    run *below = &o->runs[o->candidates[x].run];
    bool known = above->under >> kind_of(o, &o->candidates[x]) & 1;
    if (!known || is_parted(o, newest, y, x)) return false;
    below->rank = above->rank + 1;
    below->nested = true;
    return true;
}

/* Asks of each beginning of a run whether it stands under what came before: first to note where it
 * does, then to put it there, under the nearest. */
static bool find_nesting(outline *o, bool noting) {
    uint32_t newest[KINDS];
    bool any = false;
    memset(newest, 0xFF, sizeof newest);
    for (uint32_t i = 0; i < o->ncandidates; i++) {
        const candidate *c = &o->candidates[i];
        if (c->run == NO_RUN) continue;
        uint32_t nearest = NO_RUN;
        for (unsigned k = 0; o->runs[c->run].first == i && k < KINDS; k++) {
            uint32_t y = newest[k];
            if (y == NO_RUN || !is_unusual(o, y, i)) continue;
            bool known = o->runs[o->candidates[y].run].under >> kind_of(o, c) & 1;
            if (noting)
                note_nesting(o, newest, y, i);
            else if (known && (nearest == NO_RUN || y > nearest))
                nearest = y;
        }
        if (nearest != NO_RUN) any |= nest(o, newest, nearest, i);
        newest[kind_of(o, c)] = i;
    }
    return any;
}

/* ---- All together ---------------------------------------------------------------------------- */

static void find_contents(outline *o) {
    for (uint32_t i = 0; i < o->ncandidates; i++) o->candidates[i].content = owns_content(o, i);
}

static void count_contents(outline *o) {
    for (uint32_t i = 0; i < o->ncandidates; i++) {
        const candidate *c = &o->candidates[i];
        if (c->run != NO_RUN && c->next != NO_RUN && c->content) o->runs[c->run].contents++;
    }
}

void tie_runs(outline *o) {
    tail tails[KINDS];
    for (unsigned k = 0; k < KINDS; k++) tails[k] = (tail){NO_RUN, NO_RUN, false};
    find_divided(o);
    drop_doubtful(o);
    settle_dates(o);
    find_contents(o);
    find_chapters(o);
    for (uint32_t i = 0; i < o->ncandidates && doc_ok(o->d); i++)
        if (o->candidates[i].label.scheme) place(o, tails, i);
    if (!doc_ok(o->d)) return;
    find_nesting(o, true);
    if (find_nesting(o, false)) find_contents(o);
    count_contents(o);
    for (size_t i = 0; i < o->nruns && !o->numbered; i++) {
        unsigned rank = label_rank(&o->candidates[o->runs[i].first].label);
        o->numbered = o->runs[i].count > 1 && rank >= 10 && rank <= 24;
    }
}

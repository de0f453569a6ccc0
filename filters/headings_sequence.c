/* Sequence: a candidate is judged by the run it stands in, not alone.
 *
 * A run is a chain of candidates of one scheme that count on; a 1 begins a new one. What a run's
 * members look like, and whether anything stands under them, tells headings from list items:
 * headings own what follows; items follow one another and end with ； or as sentences. Schemes
 * differ in how much they need: 第三章 and 三、 hardly anything else, （3） and ③ a whole run. */
#include "headings.h"

/* Characters of a first sentence that is the heading of its paragraph even among paragraphs that
 * have none; that surely is one; and that may be one in a run of such. */
#define LEAD_SHORT 15
#define LEAD_SURE  28
#define LEAD_MOST  40

/* Characters of a whole sentence that may be a heading. */
#define NAME_MOST 20

/* Between the units and 一、; and below all others. */
#define RANK_FORMAL     8
#define RANK_STEM_ABOVE 9
#define RANK_STEM_BELOW 31

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
        [LABEL_ORDINAL] = 28,
        [LABEL_BULLET] = 29,
    };
    if (l->scheme == LABEL_UNIT) return l->unit;
    if (l->formal) return RANK_FORMAL;
    return ranks[l->scheme] + (l->scheme == LABEL_DECIMAL ? l->nparts : 0);
}

unsigned candidate_rank(const outline *o, const candidate *c) {
    if (c->stem) return o->stems_above ? RANK_STEM_ABOVE : RANK_STEM_BELOW;
    return label_rank(&c->label);
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
    if (c->stem) return candidate_rank(o, c);
    if (c->divided) return KIND_CHAPTER;
    return l->scheme == LABEL_DIGIT_BARE ? 15 : l->scheme == LABEL_HAN_BARE ? 30 : label_rank(l);
}

static bool is_digit(const label *l) {
    return l->scheme == LABEL_DIGIT || l->scheme == LABEL_DIGIT_BARE;
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

/* Whether a member of a run has a name, as headings do. */
static bool has_name(const candidate *c) {
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
    }
    if (x->count && c->label.value == 1 && !c->label.inserted) x->repeats++;
    if (x->count && o->candidates[x->last].content) x->contents++;
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

/* Puts a candidate into the run that it continues, or begins one. */
static void place(outline *o, tail *tails, uint32_t index) {
    candidate *c = &o->candidates[index];
    tail *t = &tails[kind_of(o, c)];
    uint32_t chapters = tails[KIND_CHAPTER].now;
    bool chapter = !c->divided && is_digit(&c->label) && c->shape == SHAPE_BARE && c->content &&
                   goes_on(o, chapters, c, 0);
    if (goes_on(o, t->now, c, 0) || goes_on_repeating(o, t, c)) {
        join(o, t->now, index);
    } else if (goes_on(o, t->before, c, 0)) {
        uint32_t r = t->before;
        t->before = t->now;
        join(o, t->now = r, index);
    } else if (chapter) { /* the last one, which nothing divides */
        c->divided = true;
        join(o, chapters, index);
    } else if (goes_on(o, t->now, c, 4)) {
        join(o, t->now, index);
    } else {
        t->before = t->now;
        t->now = new_run(o);
        if (t->now != NO_RUN) join(o, t->now, index);
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
        /* A table or box under it. */
        uint32_t after = c->block + 1;
        return after < o->d->nblocks && o->d->blocks[after].kind != BLOCK_PARAGRAPH;
    }
    if (i + 1 == o->ncandidates || o->candidates[i + 1].block != next) return true;
    const candidate *n = &o->candidates[i + 1];
    if (n->evidence != EVIDENCE_LABEL) return false;
    bool lettered = n->label.scheme == LABEL_LETTER || n->label.scheme == LABEL_ROMAN;
    if (lettered && n->label.value == 1 && c->label.scheme == LABEL_DECIMAL) return true;
    return candidate_rank(o, n) > candidate_rank(o, c);
}

static bool may_be_chapter(const candidate *c) {
    return is_digit(&c->label) && c->shape == SHAPE_BARE;
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

/* Marks the numbers of chapters: those that are divided, and those between them that count up to
 * the next one. The lists between chapters are numbered 1. 2. 3. as well, and would break their
 * run. */
static void find_chapters(outline *o) {
    uint32_t above = 0;
    find_divided(o);
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

static void make_runs(outline *o) {
    tail tails[KINDS];
    for (unsigned k = 0; k < KINDS; k++) tails[k] = (tail){NO_RUN, NO_RUN, false};
    for (uint32_t i = 0; i < o->ncandidates; i++) o->candidates[i].content = owns_content(o, i);
    find_chapters(o);
    for (uint32_t i = 0; i < o->ncandidates && doc_ok(o->d); i++)
        if (o->candidates[i].label.scheme) place(o, tails, i);
    for (size_t i = 0; i < o->nruns && !o->numbered; i++) {
        unsigned rank = label_rank(&o->candidates[o->runs[i].first].label);
        o->numbered = o->runs[i].count > 1 && rank >= 10 && rank <= 24;
    }
}

/* ---- Verdicts -------------------------------------------------------------------------------- */

static bool list_like(const run *r) {
    return r->shapes[SHAPE_ITEM] * 2 >= r->count || r->repeats * 2 >= r->count;
}

/* Whether members of a run have something under them; the last one is not asked. */
static bool owns(const run *r) {
    return r->count >= 2 && r->contents * 2 >= r->count - 1 && r->contents > 0;
}

/* Several short members, one after the other, with nothing under any of them. */
static bool bare_list(const run *r) {
    return r->count >= 2 && r->contents == 0 &&
           r->shapes[SHAPE_BARE] + r->shapes[SHAPE_COLON] >= r->count;
}

/* Whether the first sentence is the heading of the paragraph; `alone`: the most characters it may
 * have in a run of one. 1. and what stands below it are numbered paragraphs where most of the run
 * are long sentences. */
static bool has_lead(const candidate *c, const run *r, uint32_t alone) {
    if (c->shape != SHAPE_RUNIN) return false;
    if (r->count < 2) return c->lead_chars <= alone;
    bool paragraphs = r->shapes[SHAPE_SENTENCE] * 2 >= r->count;
    bool official = c->label.scheme == LABEL_HAN || c->label.scheme == LABEL_HAN_BRACKET;
    if (paragraphs && !official) return c->lead_chars <= LEAD_SHORT;
    if (c->remark && r->short_lead * 2 < r->count) return false;
    if (r->count >= 4 && r->named * 5 < r->count * 2) return false; /* numbered paragraphs */
    if (c->lead_chars <= LEAD_SURE) return true;
    return !paragraphs && c->lead_chars <= LEAD_MOST && r->short_lead * 2 >= r->shapes[SHAPE_RUNIN];
}

static enum verdict judge_chapter(const candidate *c, const run *r) {
    bool spaced = c->label.gap || c->label.separator || c->label.at;
    if (c->shape == SHAPE_EMPTY || c->shape == SHAPE_BARE || c->shape == SHAPE_COLON)
        return VERDICT_HEADING;
    if (c->shape != SHAPE_STOPPED) return VERDICT_NONE;
    return c->title_end || (spaced && r->count >= 2) ? VERDICT_HEADING : VERDICT_NONE;
}

/* 第三条: a heading when it has only a name; else its number leads the paragraph. */
static enum verdict judge_article(candidate *c, const run *r) {
    bool named = c->shape == SHAPE_EMPTY || c->shape == SHAPE_BARE;
    if (named && c->content && c->chars <= 20) return VERDICT_HEADING;
    if (r->count < 2 && !c->label.gap) return VERDICT_NONE;
    c->lead = c->label.at + c->label.size;
    return c->shape == SHAPE_EMPTY ? VERDICT_HEADING : VERDICT_RUNIN;
}

/* 第二段: only where nothing follows. */
static enum verdict judge_passage(const candidate *c) {
    return c->shape == SHAPE_EMPTY && c->content ? VERDICT_HEADING : VERDICT_NONE;
}

/* （二）发展目标。 with text under it: a heading among headings, however they are set. */
static bool is_stopped_name(const candidate *c, const run *r) {
    if (r->shapes[SHAPE_BARE] * 2 >= r->count) return true;
    if (c->chars <= LEAD_SURE && (r->count < 2 || owns(r))) return true;
    return c->chars <= NAME_MOST && r->named * 2 >= r->count;
}

/* 陆、张二人, 伍、陈两家: names that are also numerals. Alone they are no labels. */
static bool is_surname(const outline *o, const candidate *c) {
    str s = o->d->blocks[c->block].text;
    return !c->automatic && c->label.value > 1 && any_at(s, c->label.number, "陆|陸|伍") > 0;
}

/* 丙、: most that begins so is a party of a contract or a name. A heading in a whole run of names
 * with something under each. */
static enum verdict judge_stem(const candidate *c, const run *r) {
    bool named = r->shapes[SHAPE_BARE] == r->count && r->begun && !r->repeats;
    return r->count >= 2 && named && owns(r) && c->shape == SHAPE_BARE ? VERDICT_HEADING
                                                                       : VERDICT_NONE;
}

/* 三、 and （三）. */
static enum verdict judge_official(const outline *o, const candidate *c, const run *r) {
    if (r->count < 2 && is_surname(o, c)) return VERDICT_NONE;
    bool first = c->label.scheme == LABEL_HAN;
    if (list_like(r) || bare_list(r)) return VERDICT_LIST;
    switch (c->shape) {
    case SHAPE_EMPTY: return c->content ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_BARE: return VERDICT_HEADING;
    case SHAPE_COLON:
        return c->chars <= 30 && (first || c->content) ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_STOPPED: return c->content && is_stopped_name(c, r) ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_RUNIN: return has_lead(c, r, 30) ? VERDICT_RUNIN : VERDICT_LIST;
    case SHAPE_WRAPPED: return VERDICT_NONE;
    default: return VERDICT_LIST;
    }
}

/* 3.1 */
static enum verdict judge_decimal(const candidate *c, const run *r) {
    if (list_like(r)) return VERDICT_LIST;
    bool amount = c->label.value == 0 || (c->chars < 4 && !c->content); /* 8.0 版本, 1.5 公里 */
    if (r->count < 2 && amount) return VERDICT_NONE;
    if (c->shape == SHAPE_BARE) return VERDICT_HEADING;
    if (c->shape == SHAPE_STOPPED && c->title_end && c->content) return VERDICT_HEADING;
    if (c->shape == SHAPE_COLON && c->content && c->chars <= LEAD_SURE) return VERDICT_HEADING;
    if (has_lead(c, r, 20)) return VERDICT_RUNIN;
    return c->shape == SHAPE_WRAPPED || c->shape == SHAPE_EMPTY ? VERDICT_NONE : VERDICT_LIST;
}

/* 3. */
static enum verdict judge_digit(const candidate *c, const run *r) {
    if (list_like(r)) return VERDICT_LIST;
    if (c->divided) return VERDICT_HEADING;
    bool heads = owns(r) || (r->count < 2 && c->content && c->apart && c->chars <= 25);
    switch (c->shape) {
    case SHAPE_BARE: return heads && c->chars <= 40 ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_COLON:
        return owns(r) && c->content && c->chars <= 20 ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_STOPPED:
        return owns(r) && c->content && c->chars <= 20 && !r->shapes[SHAPE_SENTENCE]
                   ? VERDICT_HEADING
                   : VERDICT_LIST;
    case SHAPE_RUNIN:
        return has_lead(c, r, 20) && r->shapes[SHAPE_RUNIN] * 2 >= r->count ? VERDICT_RUNIN
                                                                            : VERDICT_LIST;
    case SHAPE_WRAPPED: return VERDICT_NONE;
    default: return VERDICT_LIST;
    }
}

/* A bare number: most lines that begin with one are no headings. */
static enum verdict judge_bare(const candidate *c, const run *r) {
    if (c->shape != SHAPE_BARE || c->chars > 30) return VERDICT_NONE;
    if (c->divided || (owns(r) && r->begun)) return VERDICT_HEADING;
    bool wide = c->label.gap >= 3 || c->label.scheme == LABEL_HAN_BARE;
    if (owns(r) && c->content) return VERDICT_HEADING;
    return wide && c->content && c->apart && c->chars >= 2 ? VERDICT_HEADING : VERDICT_NONE;
}

/* （3） 3） ③ III. C.: headings in whole runs only. */
static enum verdict judge_weak(const outline *o, const candidate *c, const run *r) {
    bool letters = c->label.scheme == LABEL_LETTER || c->label.scheme == LABEL_ROMAN;
    if (r->count < 2) return letters ? VERDICT_NONE : VERDICT_LIST;
    if (list_like(r)) return VERDICT_LIST;
    if (c->shape == SHAPE_BARE && c->chars <= (letters ? 45u : 25u) &&
        r->contents + 1 >= r->count && r->begun)
        return VERDICT_HEADING;
    if (c->label.scheme == LABEL_CIRCLED && !o->numbered) return VERDICT_LIST; /* notes */
    if (has_lead(c, r, 0) && r->shapes[SHAPE_RUNIN] == r->count && c->lead_chars <= LEAD_SURE)
        return VERDICT_RUNIN;
    return VERDICT_LIST;
}

static enum verdict judge(const outline *o, candidate *c) {
    const run *r = c->run == NO_RUN ? NULL : &o->runs[c->run];
    if (c->evidence == EVIDENCE_OUTLINE || c->evidence == EVIDENCE_HASH) return VERDICT_HEADING;
    if (c->evidence == EVIDENCE_WORD) return c->content ? VERDICT_HEADING : VERDICT_NONE;
    if (!r) return VERDICT_NONE;
    if (c->stem) return judge_stem(c, r);
    switch (c->label.scheme) {
    case LABEL_UNIT:
        if (c->label.unit == UNIT_ARTICLE) return judge_article(c, r);
        if (c->label.unit == UNIT_PASSAGE) return judge_passage(c);
        return judge_chapter(c, r);
    case LABEL_HAN:
    case LABEL_HAN_BRACKET: return judge_official(o, c, r);
    case LABEL_DECIMAL: return judge_decimal(c, r);
    case LABEL_DIGIT: return judge_digit(c, r);
    case LABEL_DIGIT_BARE:
    case LABEL_HAN_BARE: return judge_bare(c, r);
    case LABEL_ORDINAL: return VERDICT_NONE;
    case LABEL_BULLET: return r->count >= 2 ? VERDICT_LIST : VERDICT_NONE;
    default: return judge_weak(o, c, r);
    }
}

/* Under an article of law, （一） and 1. are its items, whatever they look like (立法法, art. 65).
 */
static bool is_item_of_law(const candidate *c) {
    unsigned rank = label_rank(&c->label);
    return c->evidence == EVIDENCE_LABEL && rank >= 12 && c->label.scheme != LABEL_DECIMAL;
}

void judge_candidates(outline *o) {
    make_runs(o);
    if (!doc_ok(o->d)) return;
    bool in_article = false;
    for (size_t i = 0; i < o->ncandidates; i++) {
        candidate *c = &o->candidates[i];
        c->verdict = (uint8_t)judge(o, c);
        bool heading = c->verdict == VERDICT_HEADING || c->verdict == VERDICT_RUNIN;
        if (heading && in_article && is_item_of_law(c))
            c->verdict = VERDICT_LIST;
        else if (heading)
            in_article = c->verdict == VERDICT_RUNIN && c->label.unit == UNIT_ARTICLE;
    }
}

const candidate *candidate_of(const outline *o, uint32_t index) {
    size_t low = 0, high = o->ncandidates;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (o->candidates[middle].block < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < o->ncandidates && o->candidates[low].block == index ? &o->candidates[low] : NULL;
}

/* headings: recognizes the structure of a document and enters it as roles: title, headings with
 * their levels, run-in headings (the lead alone; the paragraph is never split), list items,
 * salutation, captions, attachments, signature and date. The text stays as it is.
 *
 * First comes what the format says (outline level, style), then the label and the sequence it
 * stands in. See headings.h for the parts. */
#include "headings.h"

#define DEEPEST 9

/* Words of parts before 后记 that are compared with it. */
#define LIKE_WORDS 64

/* A heading that those after it may stand under. */
typedef struct open {
    label label;
    unsigned rank, level;
    uint32_t run;
    bool nested;
} open;

typedef struct levels {
    open stack[16];
    unsigned depth;
    bool official, bracketed;     /* the document has headings 一、 and （一） */
    unsigned hash_top;            /* the fewest hashes of a heading that is not the title */
    size_t first_unit, last_unit; /* candidates: 第一章 to the last chapter */
    str words[LIKE_WORDS];        /* that stand between them: 尾声 of a part */
    unsigned nwords;
} levels;

static bool is_decimal(const label *l) {
    return l->scheme == LABEL_DECIMAL;
}

static bool is_lettered(const label *l) {
    return l->scheme == LABEL_LETTER || l->scheme == LABEL_ROMAN;
}

/* Whether a heading labelled l may stand under the open one. */
static bool may_stand_under(const open *o, const label *l, unsigned rank, bool divided) {
    if (is_decimal(l) && is_digit_label(&o->label)) return o->label.value == l->parts[0];
    if (is_digit_label(l) && is_decimal(&o->label)) return !divided;
    if (is_lettered(l) && is_decimal(&o->label)) return true;
    return o->rank < rank;
}

/* Whether the open heading is of the same kind: then the new one is its sibling. */
static bool is_sibling(const open *o, const label *l, unsigned rank, bool nested) {
    if (is_digit_label(l) && is_digit_label(&o->label) && !nested && !o->nested) return true;
    return o->rank == rank && o->label.scheme == l->scheme;
}

/* The level of a heading that nothing stands above. */
static unsigned top_level(const levels *v, const label *l) {
    switch (l->scheme) {
    case LABEL_HAN_BRACKET: return 2;
    case LABEL_DECIMAL: return l->nparts;
    case LABEL_DIGIT: return 1u + v->official + v->bracketed;
    case LABEL_DIGIT_BRACKET: return v->official || v->bracketed ? 2u + v->bracketed : 1;
    default: return 1;
    }
}

/* Levels that a decimal stands below its parent: 1.2.1 stands two below 1, one below 1.2. */
static unsigned step_below(const open *parent, const label *l) {
    if (!is_decimal(l)) return 1;
    if (is_decimal(&parent->label))
        return l->nparts > parent->label.nparts ? (unsigned)(l->nparts - parent->label.nparts) : 1u;
    bool counts = is_digit_label(&parent->label) ||
                  (parent->label.scheme == LABEL_UNIT && parent->label.value == l->parts[0]);
    return counts ? l->nparts - 1u : 1u;
}

/* Closes what the heading does not stand under. What is left on top is its sibling or its parent.
 */
static void close_for(levels *v, const candidate *c, unsigned rank, bool nested) {
    for (unsigned i = v->depth; i-- > 0;) {
        if (c->run == NO_RUN || v->stack[i].run != c->run) continue;
        v->depth = i + 1;
        return;
    }
    for (; v->depth; v->depth--) {
        const open *top = &v->stack[v->depth - 1];
        if (is_sibling(top, &c->label, rank, nested) ||
            may_stand_under(top, &c->label, rank, c->divided))
            return;
    }
}

/* Whether a word behind the last chapter closes the whole work, 后记 after the last volume, and not
 * its last part: no part before it has the like. */
static bool closes_work(const levels *v, const outline *o, const candidate *c) {
    str word = o->d->blocks[c->block].text;
    if (v->last_unit == SIZE_MAX || (size_t)(c - o->candidates) < v->last_unit) return false;
    for (unsigned i = 0; i < v->nwords; i++)
        if (word.n >= 6 && str_starts(v->words[i], str_cut(word, 0, 6))) return false;
    return true;
}

/* The level of a heading without a number, as high as the units from `least` on. */
static unsigned level_above(levels *v, unsigned least) {
    while (v->depth && v->stack[v->depth - 1].rank >= least * RANK_STEP) v->depth--;
    return v->depth ? v->stack[v->depth - 1].level + 1 : 1;
}

/* The level of 前言 or 参考文献: that of a chapter, or of the greatest parts when it closes the
 * work. Nothing stands under it but text. */
static unsigned level_of_word(levels *v, const outline *o, const candidate *c) {
    return level_above(v, closes_work(v, o, c) ? UNIT_PART : UNIT_CHAPTER);
}

static bool is_nested(const outline *o, const candidate *c) {
    return c->run != NO_RUN && o->runs[c->run].nested;
}

/* Finds the level of a labelled heading, and opens it. */
static unsigned level_of(levels *v, const outline *o, const candidate *c) {
    unsigned rank = candidate_rank(o, c);
    if (c->evidence == EVIDENCE_WORD) return level_of_word(v, o, c);
    if (c->evidence == EVIDENCE_DATE) return level_above(v, UNITS);
    bool nested = is_nested(o, c);
    close_for(v, c, rank, nested);
    const open *top = v->depth ? &v->stack[v->depth - 1] : NULL;
    bool sibling = top && ((c->run != NO_RUN && top->run == c->run) ||
                           is_sibling(top, &c->label, rank, nested));
    unsigned level = sibling ? top->level
                     : top   ? top->level + step_below(top, &c->label)
                             : top_level(v, &c->label);
    if (level > DEEPEST) level = DEEPEST;
    if (sibling || v->depth == sizeof v->stack / sizeof *v->stack) v->depth--;
    v->stack[v->depth++] = (open){c->label, rank, level, c->run, nested};
    return level;
}

/* A heading whose level is given closes those at and below it. */
static void open_given(levels *v, const candidate *c) {
    while (v->depth && v->stack[v->depth - 1].level >= c->level) v->depth--;
    if (v->depth == sizeof v->stack / sizeof *v->stack) v->depth--;
    v->stack[v->depth++] = (open){c->label, 0, c->level, c->run, false};
}

static void survey(levels *v, const outline *o) {
    v->hash_top = DEEPEST;
    v->first_unit = v->last_unit = SIZE_MAX;
    for (size_t i = 0; i < o->ncandidates; i++) {
        const candidate *c = &o->candidates[i];
        bool heading = c->verdict == VERDICT_HEADING || c->verdict == VERDICT_RUNIN;
        heading = heading && !is_nested(o, c);
        if (heading && c->label.scheme == LABEL_UNIT && c->label.unit <= UNIT_CHAPTER) {
            if (v->first_unit == SIZE_MAX) v->first_unit = i;
            v->last_unit = i;
        }
        if (heading && c->label.scheme == LABEL_HAN) v->official = true;
        if (heading && c->label.scheme == LABEL_HAN_BRACKET) v->bracketed = true;
        bool title = c->block == o->first_text && c->level == 1;
        if (c->evidence == EVIDENCE_HASH && !title && c->level < v->hash_top)
            v->hash_top = c->level;
    }
}

/* Words between the first chapter and the last. */
static void survey_words(levels *v, const outline *o) {
    if (v->first_unit == SIZE_MAX) return;
    for (size_t i = v->first_unit; i < v->last_unit && v->nwords < LIKE_WORDS; i++) {
        const candidate *c = &o->candidates[i];
        if (c->evidence == EVIDENCE_WORD) v->words[v->nwords++] = o->d->blocks[c->block].text;
    }
}

/* ---- Reasons --------------------------------------------------------------------------------- */

static str label_of(const doc *d, const candidate *c) {
    const block *b = &d->blocks[c->block];
    if (c->automatic) return b->more ? b->more->label : STR("");
    return str_cut(b->text, c->label.at, c->label.at + c->label.size);
}

/* What speaks for a heading or item, in words. */
static reason reason_of(const outline *o, const candidate *c) {
    doc *d = o->d;
    str l = label_of(d, c);
    if (c->evidence == EVIDENCE_OUTLINE) {
        str style = d->blocks[c->block].more->style;
        return (reason){STR("style"),
                        arena_printf(d->mem, "the format says outline level %u%s%.*s", c->level,
                                     style.n ? ", style " : "", (int)style.n, style.p),
                        100};
    }
    if (c->evidence == EVIDENCE_HASH)
        return (reason){STR("hash"), STR("a line that begins with #"), 90};
    if (c->evidence == EVIDENCE_WORD)
        return (reason){STR("word"), STR("a line that is the name of a part"), 85};
    if (c->evidence == EVIDENCE_DATE)
        return (reason){STR("dates"), STR("one of the dates that part the text"), 80};
    const run *r = &o->runs[c->run];
    str how = r->count == 1                   ? STR(" stands alone")
              : &o->candidates[r->first] == c ? STR(" begins a run")
                                              : STR(" continues the run");
    if (c->verdict == VERDICT_LIST)
        return (reason){STR("list"),
                        arena_concat(d->mem, (str[]){l, how, STR(" of list items")}, 3), 70};
    if (c->label.scheme == LABEL_BULLET)
        return (reason){
            STR("series"),
            arena_printf(d->mem, "%.*s begins names with text under each", (int)l.n, l.p), 75};
    bool lead = c->verdict == VERDICT_RUNIN, article = c->label.unit == UNIT_ARTICLE;
    const str words[] = {
        l,
        how,
        STR(" at level "),
        NUM(c->level),
        r->nested ? STR(", which begins anew under those above it") : STR(""),
        !lead     ? STR("")
        : article ? STR("; its number leads the paragraph")
                  : STR("; its first sentence is the heading"),
    };
    return (reason){lead ? STR("run-in") : STR("sequence"),
                    arena_concat(d->mem, words, sizeof words / sizeof *words),
                    r->count > 1 ? 95 : 80};
}

enum { OPTION_APPLY };

/* ---- Entering -------------------------------------------------------------------------------- */

static void enter(outline *o, candidate *c) {
    block_role role = {.level = c->level};
    role.label = c->automatic ? STR("") : label_of(o->d, c);
    role.role = QW_ROLE_HEADING;
    if (c->verdict == VERDICT_RUNIN) {
        role.role = QW_ROLE_RUNIN;
        role.lead = c->lead;
    } else if (c->verdict == VERDICT_LIST) {
        role.role = QW_ROLE_LIST;
        role.level = 0;
    }
    edit_role(o->d, c->block, role, reason_of(o, c));
}

/* Returns how many headings there are. */
static size_t enter_headings(outline *o) {
    levels v = {0};
    size_t count = 0;
    survey(&v, o);
    survey_words(&v, o);
    for (size_t i = 0; i < o->ncandidates; i++) {
        candidate *c = &o->candidates[i];
        if (c->verdict == VERDICT_NONE) continue;
        if (c->evidence == EVIDENCE_HASH && c->block == o->first_text && c->level == 1 &&
            v.hash_top > 1) {
            edit_role(o->d, c->block, (block_role){.role = QW_ROLE_TITLE},
                      (reason){STR("hash"), STR("the first line begins with #"), 90});
            continue;
        }
        if (c->evidence == EVIDENCE_HASH) c->level = (uint8_t)(c->level - v.hash_top + 1);
        if (c->evidence == EVIDENCE_HASH || c->evidence == EVIDENCE_OUTLINE)
            open_given(&v, c);
        else if (c->verdict != VERDICT_LIST)
            c->level = (uint8_t)level_of(&v, o, c);
        enter(o, c);
        count += c->verdict != VERDICT_LIST;
    }
    return count;
}

static void headings_document(const stage *s, doc *d) {
    outline o = {.d = d};
    d->apply_headings |= stage_option(s, OPTION_APPLY) != 0;
    find_candidates(&o);
    if (!doc_ok(d)) return;
    judge_candidates(&o);
    if (!doc_ok(d)) return;
    bool any = enter_headings(&o) > 0;
    find_roles(&o);
    if (!any) find_layout(&o);
}

static const qw_option options[] = {
    {"apply",
     {"Word documents in place: give headings real heading styles",
      "Word 文档原样保存时，为标题套用真正的标题样式"},
     QW_OPTION_FLAG,
     0,
     0,
     1,
     NULL},
};

const filter filter_headings = {
    .info =
        {
            .name = "headings",
            .summary = {"recognize title, headings, run-in headings, lists and closing elements",
                        "识别标题、各级小标题、段首标题、列表和落款等结构"},
            FILTER_OPTIONS(options),
        },
    .document = headings_document,
};

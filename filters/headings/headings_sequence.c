/* Verdicts: a candidate is judged by the run it stands in, not alone.
 *
 * What a run's members look like, and whether anything stands under them, tells headings from list
 * items: headings own what follows; items follow one another and end with ； or as sentences.
 * Schemes differ in how much they need: 第三章 and 三、 hardly anything else, （3） and ③ a whole
 * run. */
#include "headings.h"

/* Characters of a first sentence that is the heading of its paragraph even among paragraphs that
 * have none; and that may be one in a run of such. */
#define LEAD_SHORT 15
#define LEAD_MOST  40

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
    bool few = r->named * 5 < r->count * 2; /* among numbered paragraphs */
    if (few && (r->count >= 4 || c->clauses)) return false;
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

/* 第一条为了规范……: how laws begin. */
static bool states_purpose(const outline *o, const candidate *c) {
    str s = o->d->blocks[c->block].text;
    return c->label.value == 1 &&
           any_at(s, label_text(&c->label), "为|為|根据|根據|依据|依據|依照|按照|本") > 0;
}

/* 第三条: a heading when it has only a name; else its number leads the paragraph. */
static enum verdict judge_article(const outline *o, candidate *c, const run *r) {
    bool named = c->shape == SHAPE_EMPTY || c->shape == SHAPE_BARE;
    if (named && c->content && c->chars <= 20) return VERDICT_HEADING;
    if (r->count < 2 && !c->label.gap && !states_purpose(o, c)) return VERDICT_NONE;
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

/* A line that breaks off tells nothing by its end: what stands under it does, and its run. */
static bool is_among_names(const candidate *c, const run *r) {
    uint32_t others = r->count - r->shapes[SHAPE_CUT];
    return c->content && (r->count < 2 || (others && r->named * 2 >= others));
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
    if (c->trails) return VERDICT_LIST;
    if (list_like(r) || bare_list(r)) return VERDICT_LIST;
    switch (c->shape) {
    case SHAPE_EMPTY: return c->content ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_BARE: return VERDICT_HEADING;
    case SHAPE_COLON:
        return c->chars <= 30 && (first || c->content) ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_STOPPED: return c->content && is_stopped_name(c, r) ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_RUNIN: return has_lead(c, r, 30) ? VERDICT_RUNIN : VERDICT_LIST;
    case SHAPE_CUT: return is_among_names(c, r) ? VERDICT_HEADING : VERDICT_LIST;
    case SHAPE_WRAPPED: return VERDICT_NONE;
    default: return VERDICT_LIST;
    }
}

/* 3.1 */
static enum verdict judge_decimal(const outline *o, const candidate *c, const run *r) {
    if (list_like(r)) return VERDICT_LIST;
    str s = o->d->blocks[c->block].text;
    bool amount = c->label.value == 0 || any_at(s, label_text(&c->label), "万|亿|萬|億") ||
                  (c->chars < 4 && !c->content); /* 8.0 版本, 1.5 公里 */
    if (r->count < 2 && amount) return VERDICT_NONE;
    if (c->shape == SHAPE_BARE) return VERDICT_HEADING;
    if (c->shape == SHAPE_CUT) return is_among_names(c, r) ? VERDICT_HEADING : VERDICT_LIST;
    bool name = c->title_end || (c->chars <= NAME_MOST && !c->clauses && is_stopped_name(c, r));
    if (c->shape == SHAPE_STOPPED && c->content && name) return VERDICT_HEADING;
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

/* Whether a line goes on with numbers of its own, as rows of tables do: 3 苹果 20 梨. */
static bool is_row(str s) {
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] != ' ' && s.p[i] != '\t') continue;
        size_t to = i + 1;
        while (to < s.n && is_ascii_digit((unsigned char)s.p[to])) to++;
        if (to > i + 1 && to < s.n && (s.p[to] == ' ' || s.p[to] == '\t')) return true;
    }
    return false;
}

/* 14 某某先生, alone between paragraphs: Han after a blank, and no other number. */
static bool is_spaced_name(str s) {
    size_t at = 0;
    if (!s.n || !is_han(utf8_next(s, &at)) || count_chars(s, 4) < 4) return false;
    for (size_t i = 0; i < s.n; i++)
        if (is_ascii_digit((unsigned char)s.p[i])) return false;
    return true;
}

/* A bare number: most lines that begin with one are no headings. */
static enum verdict judge_bare(const outline *o, const candidate *c, const run *r) {
    if (c->shape != SHAPE_BARE || c->chars > 30) return VERDICT_NONE;
    str text = o->d->blocks[c->block].text;
    str name = str_cut(text, label_text(&c->label), text.n);
    if (is_row(name)) return VERDICT_NONE;
    if (c->divided || (owns(r) && r->begun)) return VERDICT_HEADING;
    bool wide = c->label.gap >= 3 || c->label.scheme == LABEL_HAN_BARE ||
                (c->label.gap && !o->numbered && is_spaced_name(name));
    if (owns(r) && c->content) return VERDICT_HEADING;
    return wide && c->content && c->apart && c->chars >= 2 ? VERDICT_HEADING : VERDICT_NONE;
}

/* 第三 or 第三、 before a name, in a whole run of such with something under each; 第三， is said.
 */
static enum verdict judge_ordinal(const candidate *c, const run *r) {
    bool said = c->label.separator == 0xFF0C || c->label.separator == ',';
    bool named = r->shapes[SHAPE_BARE] == r->count && r->begun && !r->repeats;
    return !said && r->count >= 2 && named && r->contents + 1 >= r->count && c->content
               ? VERDICT_HEADING
               : VERDICT_NONE;
}

/* Whether the run is of short first sentences, most with more text after them: （3）监测。…… and
 * （4）其他措施。 */
static bool is_of_leads(const run *r) {
    return r->named == r->count && r->shapes[SHAPE_RUNIN] * 2 >= r->count &&
           r->shapes[SHAPE_RUNIN] + r->shapes[SHAPE_STOPPED] == r->count;
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
    if (r->count < 3 || !is_of_leads(r) || c->label.scheme != LABEL_DIGIT_BRACKET)
        return VERDICT_LIST;
    if (c->shape == SHAPE_RUNIN) return has_lead(c, r, 0) ? VERDICT_RUNIN : VERDICT_LIST;
    return c->chars <= LEAD_SHORT && !c->clauses ? VERDICT_HEADING : VERDICT_LIST;
}

static enum verdict judge(const outline *o, candidate *c) {
    const run *r = c->run == NO_RUN ? NULL : &o->runs[c->run];
    if (c->evidence == EVIDENCE_OUTLINE || c->evidence == EVIDENCE_HASH) return VERDICT_HEADING;
    if (c->evidence == EVIDENCE_WORD) return c->content ? VERDICT_HEADING : VERDICT_NONE;
    if (c->evidence == EVIDENCE_DATE) return VERDICT_HEADING;
    if (!r) return VERDICT_NONE;
    if (c->stem) return judge_stem(c, r);
    switch (c->label.scheme) {
    case LABEL_UNIT:
        if (c->label.unit == UNIT_ARTICLE) return judge_article(o, c, r);
        if (c->label.unit == UNIT_PASSAGE) return judge_passage(c);
        return judge_chapter(c, r);
    case LABEL_HAN:
    case LABEL_HAN_BRACKET: return judge_official(o, c, r);
    case LABEL_DECIMAL: return judge_decimal(o, c, r);
    case LABEL_DIGIT: return judge_digit(c, r);
    case LABEL_DIGIT_BARE:
    case LABEL_HAN_BARE: return judge_bare(o, c, r);
    case LABEL_ORDINAL: return judge_ordinal(c, r);
    case LABEL_BULLET: return r->count >= 2 ? VERDICT_LIST : VERDICT_NONE;
    default: return judge_weak(o, c, r);
    }
}

/* （3） 3） ③ III. C.: a bit for the kind, of one case; 0 for all others. */
static uint64_t peer_of(const candidate *c) {
    bool weak = c->label.scheme >= LABEL_DIGIT_BRACKET && c->label.scheme <= LABEL_LETTER_HALF;
    return weak ? (uint64_t)1 << (c->label.scheme * 2u + c->label.lower) : 0;
}

/* A. under II., alone: a heading where A. and B. under I. are some. */
static bool is_like_peers(const outline *o, const candidate *c, uint64_t peers) {
    bool single = c->evidence == EVIDENCE_LABEL && c->run != NO_RUN && o->runs[c->run].count == 1;
    return single && c->label.value == 1 && c->shape == SHAPE_BARE && c->content &&
           (peers & peer_of(c));
}

/* Under an article of law, （一） and 1. are its items, whatever they look like (立法法, art. 65).
 */
static bool is_item_of_law(const candidate *c) {
    unsigned rank = label_rank(&c->label);
    return c->evidence == EVIDENCE_LABEL && rank >= 12 && c->label.scheme != LABEL_DECIMAL;
}

void judge_candidates(outline *o) {
    tie_runs(o);
    if (!doc_ok(o->d)) return;
    bool in_article = false;
    uint64_t peers = 0;
    for (size_t i = 0; i < o->ncandidates; i++) {
        candidate *c = &o->candidates[i];
        c->verdict = (uint8_t)judge(o, c);
        bool whole = c->run != NO_RUN && o->runs[c->run].count > 1;
        if (whole && c->verdict == VERDICT_HEADING) peers |= peer_of(c);
    }
    judge_bullets(o);
    for (size_t i = 0; i < o->ncandidates; i++) {
        candidate *c = &o->candidates[i];
        if (is_like_peers(o, c, peers)) c->verdict = VERDICT_HEADING;
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

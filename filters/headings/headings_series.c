/* Series: lines that are headings only because many of their like stand in the document, each with
 * text under it: the dates of a diary, and names behind a bullet that is none of a list. */
#include "headings_roles.h"

/* Members that make a series. */
#define SERIES_LEAST 3

/* Characters of a name that a bullet may stand before to say who speaks: ■某某. */
#define SPEAKER_MOST 4

/* Whether the text after block i is a paragraph of prose. */
static bool has_prose_under(const outline *o, uint32_t i) {
    uint32_t next = next_text(o->d, i + 1);
    if (next == NO_BLOCK) return false;
    str s = at(o, next)->text;
    return count_chars(s, 20) == 20 && ends_sentence(s);
}

/* Whether block i does not follow a short line, as the date of a letter follows who wrote it. */
static bool begins_anew(const outline *o, uint32_t i) {
    uint32_t before = previous_text(o->d, i);
    return before == NO_BLOCK || ends_sentence(at(o, before)->text);
}

/* ---- Dates ----------------------------------------------------------------------------------- */

bool is_diary_date(str line) {
    str s = trim(line);
    if (s.n < 8 || s.n > 90) return false;
    if (is_date(s)) return true;
    for (size_t from = 8; from < s.n;) {
        size_t blank = from;
        if (!is_space(utf8_next(s, &from))) continue;
        str rest = trim(str_cut(s, from, s.n));
        return count_chars(rest, 16) < 16 && !ends_sentence(rest) &&
               has_word(rest, "星期|周|礼拜|禮拜|晴|阴|陰|雨|雪|多云|多雲") &&
               is_date(str_cut(s, 0, blank));
    }
    return false;
}

void settle_dates(outline *o) {
    uint32_t dates = 0, heads = 0;
    for (size_t i = 0; i < o->ncandidates; i++) {
        const candidate *c = &o->candidates[i];
        if (c->evidence != EVIDENCE_DATE) continue;
        dates++;
        heads += has_prose_under(o, c->block) && begins_anew(o, c->block);
    }
    if (!dates || (heads >= SERIES_LEAST && heads * 4 >= dates * 3)) return;
    size_t kept = 0;
    for (size_t i = 0; i < o->ncandidates; i++)
        if (o->candidates[i].evidence != EVIDENCE_DATE) o->candidates[kept++] = o->candidates[i];
    o->ncandidates = kept;
}

/* ---- Bullets --------------------------------------------------------------------------------- */

/* The bullet of a candidate, 0 when it has none or one of those that lists are typed with. */
static uint32_t bullet_of(const outline *o, const candidate *c) {
    size_t from = c->label.number;
    if (c->evidence != EVIDENCE_LABEL || c->label.scheme != LABEL_BULLET || c->automatic) return 0;
    str s = at(o, c->block)->text;
    uint32_t mark = from < s.n ? utf8_next(s, &from) : 0;
    return mark > 0x7F ? mark : 0;
}

static bool may_head(const outline *o, const candidate *c) {
    bool named = c->shape == SHAPE_BARE || (c->shape == SHAPE_STOPPED && c->title_end);
    return named && c->chars > SPEAKER_MOST && c->content && has_prose_under(o, c->block);
}

void judge_bullets(outline *o) {
    enum { MARKS = 8 };
    struct {
        uint32_t mark, all, heads;
    } marks[MARKS] = {{0}};
    for (int judging = 0; judging < 2; judging++)
        for (size_t i = 0; i < o->ncandidates; i++) {
            candidate *c = &o->candidates[i];
            uint32_t mark = bullet_of(o, c);
            size_t k = 0;
            while (mark && k < MARKS && marks[k].mark && marks[k].mark != mark) k++;
            if (!mark || k == MARKS) continue;
            bool head = may_head(o, c);
            if (!judging) {
                marks[k].mark = mark;
                marks[k].all++;
                marks[k].heads += head;
            } else if (head && marks[k].heads >= SERIES_LEAST && marks[k].heads == marks[k].all) {
                c->verdict = VERDICT_HEADING;
            }
        }
}

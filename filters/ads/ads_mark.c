/* ads_mark: from what the rules find in a stretch of text to marks: which pieces make one, and
 * which of those are kept. */
#include "ads_look.h"
#include "ads_undress.h"

static uint64_t skeleton_key(look *l, size_t from, size_t to) {
    if (to - from > STRETCH_MAX) return 0;
    skeleton_make(ruleset_folding(l->w->stage->rules), str_cut(l->text, from, to), NULL,
                  &l->w->skeleton);
    return l->w->skeleton.n ? hash64(form_str(&l->w->skeleton), 0) | 1 : 0;
}

enum { WORTH = 30, FAINT = 20 /* points that a mark is kept for */ };

/* Whether a mark says enough to be kept: more than common words; or common words of two kinds in a
 * repeated line, all of which they must be. */
static bool says_enough(const look *l, const draft_mark *m) {
    bool repeated = l->w->d->blocks[l->block].flags & BLOCK_REPEATED;
    return m->strong || l->w->lenient || (repeated && m->kinds & (m->kinds - 1));
}

static mark finished(look *l, const draft_mark *m) {
    mark out = {
        .block = l->block,
        .from = (uint32_t)m->from,
        .to = (uint32_t)m->to,
        .score = m->score,
        .kinds = m->kinds,
        .signs = (uint16_t)m->signs,
        .parted = m->parted,
        .rule = m->rule,
        .why = m->why,
        .key = skeleton_key(l, m->from, m->to),
    };
    for (size_t i = m->first; i <= m->last && !out.site; i++)
        if (l->kind[i] == ADS_SITE) out.site = skeleton_key(l, l->found[i].from, l->found[i].to);
    return out;
}

static void keep_mark(look *l, draft_mark *m) {
    if (l->w->lenient) {
        if (l->against || l->nofficial || m->score < FAINT) return;
        m->from = l->from, m->to = l->to;
        look_give(m, GROUND_LITTLE, FAINT - m->score);
    } else if (m->score < WORTH || !(m->strong || m->signs & ADS_OWN_LINE)) {
        if (l->w->all) ads_add_idle(l->w, finished(l, m));
        return;
    }
    if (!m->strong && !l->w->lenient) m->signs |= ADS_COMMON;
    if (l->against) m->signs |= ADS_DOUBTED;
    ads_add(l->w, finished(l, m));
}

/* The first match at or behind byte `to` of those from the stretch's start on, in the paragraph:
 * there ^ and $ are its ends, and what stands around the stretch can be looked at. */
static bool find_in_paragraph(const look *l, const regex *r, str s, size_t to, regex_match *m) {
    bool cut = s.n < l->text.n;
    for (size_t at = l->from; at <= to;) {
        if ((cut ? regex_find_cut : regex_find)(r, s, at, m) != REGEX_FOUND) return false;
        if (m->from[0] >= to) return true;
        if (m->to[0] > at)
            at = m->to[0];
        else
            utf8_next(s, &at);
    }
    return false;
}

/* Whether an expression that sees the text as it stands finds in the paragraph, too, what it found
 * in the stretch. Sets where that ends, and what takes its place. */
static bool confirm(look *l, finding *f, str *after) {
    const rule *r = f->rule;
    size_t end = l->to + STRETCH_MAX;
    while (end < l->text.n && (l->text.p[end] & 0xC0) == 0x80) end++; /* inside a character */
    str s = str_cut(l->text, 0, end);
    regex_match m;
    *after = r->replacement;
    if (!r->confirm || r->form != RULE_RAW) return true;
    if (!find_in_paragraph(l, r->confirm, s, f->from, &m) || m.from[0] != f->from) return false;
    if (m.to[0] < f->to) f->to = m.to[0];
    if (!r->replacement.n) return f->to > f->from;
    *after = regex_expand(l->w->d->mem, r->replacement, s, &m);
    return m.to[0] == f->to;
}

/* A user's rule says exactly what goes, and needs no other evidence. */
static void keep_exact(look *l, size_t i) {
    finding *f = &l->found[i];
    str after;
    if (!rule_is_for(f->rule, l->w->d->name) || !confirm(l, f, &after)) return;
    if (!rule_is_in_scope(f->rule, l->text, f->from, f->to)) return;
    /* What a rule puts in may be what it looks for: replacements are made once. */
    if (f->rule->replacement.n && l->w->turn > 0) return;
    bool line = f->rule->scope == RULE_LINE;
    ads_add(l->w, (mark){.block = l->block,
                         .from = line ? 0 : (uint32_t)f->from,
                         .to = (uint32_t)(line ? l->text.n : f->to),
                         .score = f->rule->score,
                         .kinds = 1u << ADS_MARK,
                         .exact = true,
                         .after = after,
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
        l->points[n] = l->points[i];
        l->kind[n++] = l->kind[i];
    }
    l->n = n;
}

static bool letter_at(const look *l, size_t at) {
    return at < l->to && ads_counts(utf8_next(l->text, &at));
}

static bool letter_before(const look *l, size_t at) {
    return at > l->from && ads_counts(utf8_prev(l->text, &at));
}

/* In running text a common word at an end of a mark is the text's own, if it stands apart from the
 * mark or runs on into the text. Several rules may know one word. */
static bool is_stray_end(const look *l, const draft_mark *m, size_t *last) {
    size_t word = l->found[m->last].from, end = 0, to = 0;
    *last = m->last;
    for (size_t i = m->last + 1; i-- > m->first;) {
        const finding *f = &l->found[i];
        if (f->from < word) {
            end = f->to > end ? f->to : end;
            continue;
        }
        if (!f->rule->weak) return false;
        *last = i;
        to = f->to > to ? f->to : to;
    }
    if (*last == m->first || to <= end) return false;
    --*last;
    return letter_at(l, to) || (word > end && ads_weight(l->text, end, word));
}

static void drop_stray_words(const look *l, draft_mark *m) {
    size_t last;
    while (m->last > m->first && is_stray_end(l, m, &last)) m->last = last;
    while (m->last > m->first && l->found[m->first].rule->weak) {
        const finding *f = &l->found[m->first], *next = f + 1;
        bool apart = next->from > f->to && ads_weight(l->text, f->to, next->from);
        bool named = l->kind[m->first] == ADS_NAME, same = next->from <= f->from;
        if (!apart && !(same && next->rule->weak) && (named || !letter_before(l, f->from))) break;
        m->first++;
    }
}

static bool has_wording(const look *l, const draft_mark *m) {
    for (size_t i = m->first; i <= m->last; i++)
        if (l->kind[i] == ADS_WORDING) return true;
    return false;
}

/* A line that is a sentence: with a pause in it and a full stop at its end. */
static bool is_prose(const look *l) {
    str line = str_trim(l->text);
    return str_ends(line, STR("。")) && str_find(line, STR("，"), 0) != STR_NONE;
}

/* Where the bracket closes that the mark's first piece stands in or is, if what it holds is enough
 * for a mark: an address, a contact; 0 if not. */
static size_t bracket_end(const look *l, const draft_mark *m, size_t next) {
    enum { ENOUGH = 80 };
    size_t i = m->first;
    while (i + 1 < next && l->kind[i] == ADS_WORDING) i++;
    size_t from = l->found[i].from, inner = from;
    if (!ads_closing_of(utf8_next(l->text, &inner))) inner = from;
    size_t to = inner > from ? inner : l->found[i].to;
    if (!look_take_brackets(l, &inner, &to)) return 0;
    for (; i < next && l->found[i].from < to; i++)
        if (l->kind[i] == ADS_SITE || l->kind[i] == ADS_CONTACT || l->points[i] >= ENOUGH)
            return to;
    return 0;
}

/* Whether piece i still belongs to a mark that ends at byte end. In running text what is in
 * brackets is told apart from what goes on behind them. */
static bool is_near(const look *l, draft_mark *m, size_t end, size_t i) {
    size_t from = l->found[i].from;
    if (from > end && ads_weight(l->text, end, from) > REACH) return false;
    size_t close = l->own_line ? 0 : bracket_end(l, m, i);
    if (!close || from < close || !ads_weight(l->text, close, from)) return true;
    m->most = close;
    return false;
}

/* What stands behind the last full stop of a paragraph and ends without one: a line that somebody
 * put there. */
static bool is_appended(str text, size_t from, size_t to) {
    static const char *const ends[] = {"。", "！", "？", "”", "；",     "：",    "…",
                                       "」", "，", "、", ";", "负责）", "附后）"};
    str s = str_trim(str_cut(text, from, to));
    str before = str_trim(str_cut(text, 0, from));
    if (from == 0 || to < text.n ||
        !(str_ends(before, STR("。")) || str_ends(before, STR("）")) ||
          str_ends(before, STR("："))))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) return false;
    return true;
}

/* Whether a stretch begins with brackets that are the text's own: no rule knows a word in them, or
 * they say who is responsible. */
static bool starts_with_note(const ads_work *w, str s, size_t close) {
    if (!str_starts(s, STR("（")) || close == STR_NONE || close <= 3) return false;
    str aside = str_cut(s, 0, close);
    return str_ends(aside, STR("负责")) || ruleset_suspect(w->stage->rules, aside, 0) == STR_NONE;
}

/* Where the last stretch of a paragraph begins, without what closes the paragraph itself: who is
 * responsible, in brackets; "… as follows:". */
static size_t skip_close(const ads_work *w, str text, size_t from, size_t to) {
    str s = str_cut(text, from, to);
    size_t close = str_find(s, STR("）"), 0), follows = str_find(s, STR("如下："), 0);
    size_t skip = starts_with_note(w, s, close) ? close + 3 : 0;
    if (follows != STR_NONE && ads_weight(s, 0, follows) <= 12) skip = follows + 9;
    return ads_weight(s, skip, s.n) ? from + skip : from;
}

/* Whether one pair of brackets encloses a mark: the text around it is no part of it. */
static bool is_in_one_bracket(const look *l, const draft_mark *m) {
    size_t at = m->from;
    uint32_t open = m->from < m->to ? utf8_next(l->text, &at) : 0;
    while (ads_closing_of(open) && at < m->to)
        if (ads_closes(open, utf8_next(l->text, &at))) return !ads_weight(l->text, at, m->to);
    return false;
}

/* A mark whose letters all stand apart ends where they do, or where another begins. */
static void take_dressed(const look *l, draft_mark *m) {
    const marks *all = &l->w->marks;
    const mark *last = all->n ? &all->items[all->n - 1] : NULL;
    size_t from = m->from - l->from, to = m->to - l->from;
    if (!(m->signs & ADS_DISGUISED) || is_in_one_bracket(l, m)) return;
    ads_take_runs(str_cut(l->text, l->from, l->to), &from, &to);
    m->to = l->from + to;
    if (!last || last->block != l->block || last->to <= l->from + from) m->from = l->from + from;
}

void ads_look(ads_work *w, uint32_t index, size_t from, size_t to) {
    str text = w->d->blocks[index].text;
    if (from > 0 && to == text.n) from = skip_close(w, text, from, to);
    if (to - from > STRETCH_MAX) {
        to = from + STRETCH_MAX;
        while (to > from && ((unsigned char)text.p[to] & 0xC0) == 0x80) to--;
    }
    if (w->faint && !look_is_worded(w, str_cut(text, from, to))) return;
    look l = {.w = w, .block = index, .text = text, .from = from, .to = to};
    l.own_line = to == text.n &&
                 (from == 0 || is_appended(text, from, to) || from == ads_heading_end(w, text));
    look_find(&l);
    keep_all_exact(&l);
    for (size_t i = 0; i < l.n;) {
        draft_mark m = {.first = i, .last = i};
        size_t end = l.found[i].to;
        while (++i < l.n && is_near(&l, &m, end, i)) {
            m.last = i;
            if (l.found[i].to > end) end = l.found[i].to;
        }
        if ((!l.own_line || is_prose(&l)) && !has_wording(&l, &m)) drop_stray_words(&l, &m);
        m.score = look_sum(&l, &m);
        bool enough = says_enough(&l, &m);
        if (!enough && !w->all) continue;
        look_set_range(&l, &m);
        take_dressed(&l, &m);
        look_score(&l, &m);
        if (enough)
            keep_mark(&l, &m);
        else
            ads_add_idle(w, finished(&l, &m));
    }
}

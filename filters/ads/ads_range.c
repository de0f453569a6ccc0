/* ads_range: which bytes go with the pieces of a mark. */
#include "ads_look.h"

size_t look_number_end(const look *l) {
    static const unsigned numbers = 1u << LABEL_UNIT | 1u << LABEL_HAN;
    label read;
    if (l->from || !label_read(l->text, &read) || !(numbers >> read.scheme & 1)) return l->from;
    return read.at + read.size + read.gap;
}

/* The start of the clause that byte at stands in, when no more than so many letters lie between:
 * what is longer is a sentence of somebody else's that the mark was put into. */
static size_t clause_start(const look *l, size_t at, size_t most) {
    size_t letters = 0;
    size_t start = l->own_line ? l->from : look_number_end(l);
    for (size_t i = at; i > start;) {
        size_t before = i;
        uint32_t c = utf8_prev(l->text, &i);
        if (ads_parts_clauses(c) || ads_closing_of(c) || ads_is_closing(c)) return before;
        letters += ads_counts(c);
        if (letters > most) return at;
    }
    return start < at ? start : at;
}

/* Whether a number or words that count begin here: （三） 一、 一是 第二条. They are the text's
 * own, and the mark was put before them. Chapters are named by marks too. */
static bool starts_item(str s) {
    static const unsigned items = 1u << LABEL_HAN | 1u << LABEL_HAN_BRACKET |
                                  1u << LABEL_DIGIT_BRACKET | 1u << LABEL_CIRCLED |
                                  1u << LABEL_ORDINAL | 1u << LABEL_DIGIT;
    label read;
    if (!label_read(s, &read) || read.at) return false;
    return items >> read.scheme & 1 || (read.scheme == LABEL_UNIT && read.unit == UNIT_ARTICLE);
}

size_t look_item(const look *l, size_t from, size_t to) {
    for (size_t at = from, here = at; at < to; here = at) {
        utf8_next(l->text, &at);
        if (here > from && starts_item(str_cut(l->text, here, l->text.n))) return here;
    }
    return to;
}

/* The end of the sentence that ends behind byte at, likewise. A pause is no end: what follows one
 * may be the sentence that the mark was put before. A mark in brackets ends
 * with them. */
static size_t mark_end(const look *l, size_t at, size_t most) {
    size_t letters = 0, open = 0;
    for (size_t i = at; i < l->to;) {
        size_t here = i;
        if (!l->own_line && starts_item(str_cut(l->text, here, l->to))) return here;
        uint32_t c = utf8_next(l->text, &i);
        if (ads_is_closing(c) && !open && ads_weight(l->text, i, l->to)) return here;
        open += ads_closing_of(c) != 0;
        open -= open && ads_is_closing(c);
        if (ads_is_stop(c)) return here;
        if (ads_parts_clauses(c)) return l->own_line ? here : at;
        letters += ads_counts(c);
        if (letters > most) return at;
    }
    return l->to;
}

/* Where the pieces of the mark end: in running text no later than at an item of the text's own. */
static size_t pieces_end(const look *l, const draft_mark *m) {
    size_t to = m->from;
    for (size_t i = m->first; i <= m->last; i++)
        if (l->found[i].to > to) to = l->found[i].to;
    return l->own_line ? to : look_item(l, m->from, to);
}

/* The end of the account, the code or the number that byte at stands in, or whose label ends there.
 * A number behind letters, or behind an address, may be the text's. */
static size_t run_end(const look *l, const draft_mark *m, size_t at) {
    size_t before = at, end = at;
    uint32_t last = at > l->from ? utf8_prev(l->text, &before) : 0;
    bool labelled =
        last == ':' || last == 0xFF1A || (is_space(last) && m->kinds >> ADS_CONTACT & 1);
    while (end < l->to && ads_is_in_run((unsigned char)l->text.p[end])) end++;
    if (labelled || end == at) return end;
    bool number = is_ascii_digit((unsigned char)l->text.p[at]) && !is_ascii_digit(last);
    return ads_is_in_run(last) && !number && !(m->kinds >> ADS_SITE & 1) ? end : at;
}

/* The first piece of the mark that is more than the wording of the whole. */
static size_t first_piece(const look *l, const draft_mark *m) {
    size_t i = m->first;
    while (i < m->last && l->kind[i] == ADS_WORDING) i++;
    return i;
}

/* The first piece that is more than a common word; the first of all if there is none. */
static size_t first_firm(const look *l, const draft_mark *m) {
    size_t i = first_piece(l, m), first = i;
    while (i <= m->last && (l->found[i].rule->weak || l->kind[i] == ADS_WORDING)) i++;
    return i <= m->last ? i : first;
}

/* Whether a mark is said by somebody: between quotation marks that open and close within a few
 * lines, around it and not in it. */
static bool is_spoken(const look *l, const draft_mark *m) {
    enum { FEW = 600 };
    uint32_t c = 0;
    size_t place = l->found[first_firm(l, m)].from;
    for (size_t at = place; at > 0 && place - at < FEW && c != 0x201C && c != 0x300C;) {
        c = utf8_prev(l->text, &at);
        if (c == 0x201D || c == 0x300D || c == '\n') return false;
    }
    uint32_t close = c == 0x201C ? 0x201D : c == 0x300C ? 0x300D : 0;
    for (size_t at = place; close && at < l->text.n && at - place < FEW;)
        if (utf8_next(l->text, &at) == close) return true;
    return false;
}

/* Whether a mark names somebody by more than a common word. */
static bool has_name(const look *l, const draft_mark *m) {
    for (size_t i = m->first; i <= m->last; i++)
        if (l->kind[i] == ADS_NAME && !l->found[i].rule->weak) return true;
    return false;
}

/* Speech in a story invites, begs and forbids as ads do; it has no addresses. */
static void weigh_speech(const look *l, draft_mark *m) {
    enum { POINTS = -150 };
    static const uint32_t written = ADS_EXACT & ~(1u << ADS_NAME);
    if (m->kinds & written || m->signs & ADS_DISGUISED || has_name(l, m) || !is_spoken(l, m))
        return;
    look_give(m, GROUND_SPOKEN, POINTS);
    m->signs |= ADS_DOUBTED;
}

/* Where the last sentence ends that stands in the stretch before byte at and is more than a call;
 * the start of the stretch when there is none. */
static size_t told_end(const look *l, size_t at) {
    size_t end = l->from;
    for (size_t i = l->from; i < at;) {
        uint32_t c = utf8_next(l->text, &i);
        if (ads_is_stop(c) || c == 0x2026 || c == 0x201D) end = i;
    }
    return ads_weight(l->text, l->from, end) > REACH ? end : l->from;
}

/* Leaves common words out that stand before the mark in a heading, in a sentence that ends before
 * it, or in one that the address of a page, any in brackets, or one that is glued to prose, was put
 * into: they are its own. */
static void drop_common_words(const look *l, draft_mark *m) {
    enum { PROSE = -300 };
    size_t i = m->first;
    while (i < m->last && (l->found[i].rule->weak || l->kind[i] == ADS_WORDING)) i++;
    const finding *f = &l->found[i];
    for (size_t told = told_end(l, f->from); m->first < i && l->found[m->first].from < told;)
        m->first++;
    size_t from = f->from, to = f->to;
    bool site = l->kind[i] == ADS_SITE;
    bool page = site && !ads_is_bare(str_cut(l->text, from, to));
    page |= site && l->odds < PROSE && look_take_brackets(l, &from, &to);
    page |= site && look_is_glued_to_prose(l, f->from);
    if (page || look_is_in_heading(l, f->from)) m->first = i;
}

/* Whether brackets enclose the pieces: the mark ends with them. */
static bool is_enclosed(const look *l, const draft_mark *m) {
    size_t first = m->from, last = m->to;
    uint32_t open = utf8_next(l->text, &first);
    return ads_closing_of(open) && utf8_prev(l->text, &last) == ads_closing_of(open);
}

/* Leaves the number of its paragraph to the text that the mark was put before. */
static void leave_number(const look *l, draft_mark *m) {
    size_t number = look_number_end(l);
    bool behind = m->from < number && l->found[m->first].from >= number;
    if (behind && ads_weight(l->text, m->to, l->to)) m->from = number;
}

/* Ends the mark there, with the spaces behind. */
static void end_at(const look *l, draft_mark *m, size_t to) {
    m->to = to, m->parted = true;
    while (to < l->to && is_space(utf8_next(l->text, &to))) m->to = to;
}

void look_set_range(look *l, draft_mark *m) {
    drop_common_words(l, m);
    m->from = l->found[m->first].from;
    m->to = run_end(l, m, pieces_end(l, m));
    if (m->kinds & ~ADS_EXACT && !(m->kinds >> ADS_SPAM & 1)) {
        if (!look_starts_bracketed(l, m)) m->from = clause_start(l, m->from, ASIDE);
        if (!is_enclosed(l, m)) m->to = mark_end(l, m->to, ASIDE);
    } else if (m->kinds >> ADS_SPAM & 1) {
        m->from = clause_start(l, m->from, FRAGMENT);
        if (str_starts(str_cut(l->text, m->to, l->to), STR("："))) m->to += 3;
    }
    if (look_take_brackets(l, &m->from, &m->to)) m->signs |= ADS_BRACKETED;
    look_take_closing(l, m->from, &m->to);
    look_take_dress(l, &m->from, &m->to);
    look_take_rest(l, m);
    look_leave_own(l, m);
    leave_number(l, m);
    if (m->most && m->to > m->most) end_at(l, m, m->most);
    look_take_opening(l, &m->from, m->to);
    look_take_bare_brackets(l, &m->from, &m->to);
    look_leave_closing(l, m->from, &m->to);
    weigh_speech(l, m);
}

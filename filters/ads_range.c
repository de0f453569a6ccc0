/* ads_range: which bytes go with the pieces of a mark. */
#include "ads_look.h"

enum {
    ASIDE = 8,     /* letters around a mark's pieces that are part of it */
    FRAGMENT = 5,  /* letters that are not left behind on their own */
    NAME = 6,      /* letters before 书屋, 小说网 that are its name */
    ENCLOSED = 24, /* letters up to the bracket that closes */
};

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

static bool is_closing(uint32_t c) {
    static const uint32_t all[] = {')',    ']',    '>',    '}',    0xFF09, 0xFF3D, 0x3011,
                                   0x3015, 0x3017, 0x300B, 0x300F, 0xFF5D, 0xFF1E};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (c == all[i]) return true;
    return false;
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
    if (ads_counts(c) || parts_clauses(c) || closing_of(c)) return false;
    if (c == ')' || c == ']' || c == '}' || c == '>' || c == ',' || c == '.' || c == '"')
        return false;
    if ((c >= 0x3009 && c <= 0x301B) || c == 0xFF09 || c == 0xFF3D || c == 0xFF5D) return false;
    if (c == 0x2018 || c == 0x2019 || c == 0x300B || c == 0xFF05 || c == '%') return false;
    return true;
}

/* The start of the clause that byte at stands in, when no more than so many letters lie between:
 * what is longer is a sentence of somebody else's that the mark was put into. */
static size_t clause_start(const look *l, size_t at, size_t most) {
    size_t letters = 0;
    for (size_t i = at; i > l->from;) {
        size_t before = i;
        uint32_t c = utf8_prev(l->text, &i);
        if (parts_clauses(c) || closing_of(c) || is_closing(c)) return before;
        letters += ads_counts(c);
        if (letters > most) return at;
    }
    return l->from;
}

/* Whether a number or words that count begin here: （三） 一、 一是 第二条. They are the text's
 * own, and the mark was put before them. Chapters are named by marks too. */
static bool starts_item(str s) {
    static const unsigned items = 1u << LABEL_HAN | 1u << LABEL_HAN_BRACKET |
                                  1u << LABEL_DIGIT_BRACKET | 1u << LABEL_CIRCLED |
                                  1u << LABEL_ORDINAL;
    label read;
    if (!label_read(s, &read)) return false;
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
        if (!l->own_line && starts_item(str_cut(l->text, here, l->to))) return at;
        uint32_t c = utf8_next(l->text, &i);
        if (is_closing(c) && !open && ads_weight(l->text, i, l->to)) return here;
        open += closing_of(c) != 0;
        open -= open && is_closing(c);
        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F) return here;
        if (parts_clauses(c)) return l->own_line ? here : at;
        letters += ads_counts(c);
        if (letters > most) return at;
    }
    return l->to;
}

/* Whether the mark itself begins with a bracket: what stands before it is the text's own. */
static bool starts_bracketed(const look *l, const draft_mark *m) {
    size_t at = m->from;
    return at < l->to && closing_of(utf8_next(l->text, &at));
}

/* Takes in the bracket that opens a few letters before the range, if it closes as near behind. */
static bool take_brackets(const look *l, size_t *from, size_t *to) {
    size_t letters = 0;
    for (size_t at = *from; at > l->from && letters <= REACH;) {
        uint32_t open = utf8_prev(l->text, &at);
        letters += ads_counts(open);
        if (!closing_of(open)) {
            if (parts_clauses(open) && open != 0xFF1A) return false;
            continue;
        }
        letters = 0;
        for (size_t i = *to; i < l->to && letters <= ENCLOSED;) {
            uint32_t c = utf8_next(l->text, &i);
            letters += ads_counts(c);
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

/* Likewise an opening mark whose closing one is in the range. */
static void take_opening(const look *l, size_t *from, size_t to) {
    uint32_t close = 0, open = 0;
    for (size_t at = to; at > *from;) {
        uint32_t c = utf8_prev(l->text, &at);
        if (close && closes(c, close))
            close = 0;
        else if (is_closing(c))
            close = c;
    }
    size_t at = *from;
    if (close && at > l->from && closes(open = utf8_prev(l->text, &at), close)) *from = at;
}

/* Whether a sentence, however short, ends outside the mark. */
static bool leaves_sentence(const look *l, const draft_mark *m) {
    str before = str_cut(l->text, l->from, m->from), after = str_cut(l->text, m->to, l->to);
    return (ads_weight(before, 0, before.n) > 1 && str_ends(before, STR("。"))) ||
           (ads_weight(after, 0, after.n) > 1 && str_find(after, STR("。"), 0) != STR_NONE);
}

/* Kinds that are said in words: what else such a line holds belongs to the saying. */
enum {
    SAID = 1u << ADS_ORIGIN | 1u << ADS_INVITE | 1u << ADS_CONTACT | 1u << ADS_LIMIT |
           1u << ADS_DISCLAIM | 1u << ADS_OFFER | 1u << ADS_PAGE | 1u << ADS_BEG
};

/* The odds of a part of the stretch: model/wording.h. */
static int odds_of_part(const look *l, size_t from, size_t to) {
    if (!ads_weight(l->text, from, to)) return 0;
    skeleton_make(ruleset_folding(l->w->stage->rules), str_cut(l->text, from, to), &l->w->folded,
                  NULL);
    return wording_odds(form_str(&l->w->folded));
}

/* Whether half of a short line is enough to take all of it: page furniture, and what is said in
 * words where nothing speaks the language of documents; but not the half of what stands behind the
 * last full stop of a paragraph, which may be the paragraph's own. */
static bool is_of_one_piece(const look *l, const draft_mark *m, size_t all) {
    enum { SHORT_LINE = 80 };
    if (!l->own_line || all > SHORT_LINE) return false;
    return m->kinds >> ADS_PAGE & 1 ||
           (l->from == 0 && m->kinds & SAID && !l->against && !l->nofficial);
}

/* Whether no mark parts what stands outside the mark from it. */
static bool is_one_clause(const look *l, const draft_mark *m) {
    for (size_t at = l->from; at < l->to; at = at < m->from || at >= m->to ? at : m->to)
        if (parts_clauses(utf8_next(l->text, &at)) && (at <= m->from || at > m->to)) return false;
    return true;
}

/* Whether what stands outside the mark is of one making with it: the stretch as a whole is worded
 * like an ad, and neither part of the rest like prose. */
static bool is_of_one_making(const look *l, const draft_mark *m) {
    enum { LIKELY = 150, PROSE = -150 };
    if (l->odds < LIKELY || !(m->kinds & SAID)) return false;
    return odds_of_part(l, l->from, m->from) >= PROSE && odds_of_part(l, m->to, l->to) >= PROSE;
}

/* In a line of its own: what little would be left, a few letters or a quarter; half of a line of
 * one piece, and of what is disguised. */
static void take_rest_of_line(const look *l, draft_mark *m) {
    size_t all = ads_weight(l->text, l->from, l->to), held = ads_weight(l->text, m->from, m->to);
    bool one = is_of_one_piece(l, m, all), most = 4 * held >= 3 * all;
    bool disguised = m->signs & ADS_DISGUISED && 2 * held >= all && is_one_clause(l, m);
    if (all - held <= FRAGMENT || (one && 2 * held >= all) ||
        ((most || disguised) && all - held <= REACH) || is_of_one_making(l, m))
        m->from = l->from, m->to = l->to;
}

/* The start of the name whose last letters are found at byte at: "甲乙" of "甲乙书屋", if something
 * other than a letter stands a few letters before. What stands before it in one piece is text. */
static size_t name_start(const look *l, size_t at) {
    size_t letters = 0, i = at;
    while (i > l->from && letters <= NAME) {
        size_t before = i;
        if (!ads_counts(utf8_prev(l->text, &i))) return before;
        letters++;
    }
    return letters <= NAME && l->from > 0 ? l->from : at;
}

/* Whether what a sentence begins with, before the mark, is a call ("注意，") or what is left of a
 * disguise, and no text. */
static bool is_stray(const look *l, const draft_mark *m) {
    enum { CALL = 3 };
    size_t han = 0, letters = 0;
    for (size_t i = l->from; i < m->from;) {
        uint32_t c = utf8_next(l->text, &i);
        if (c == 0xFF1A || c == 0xFF09) return false;
        letters += ads_counts(c);
        han += is_han(c);
    }
    if (m->signs & ADS_DISGUISED) return letters <= ASIDE;
    return letters <= CALL && (han == 0 || han == letters);
}

/* Whether nothing but a label stands before the mark: "PS：". */
static bool is_label(const look *l, const draft_mark *m) {
    enum { LABEL = 2 };
    str before = str_trim(str_cut(l->text, l->from, m->from));
    size_t n = ads_weight(before, 0, before.n);
    return n && n <= LABEL && (str_ends(before, STR("：")) || str_ends(before, STR(":")));
}

/* A few letters at the end of a paragraph, unless they lead to the next: "… as follows:". */
static bool is_fragment(str s) {
    return ads_weight(s, 0, s.n) <= FRAGMENT && !str_ends(str_trim(s), STR("："));
}

/* In a paragraph the rest is somebody's text. A few letters at its end go, and what stands alone
 * before words of advertising. */
static void take_rest_of_sentence(const look *l, draft_mark *m) {
    if (l->kind[m->first] == ADS_NAME && m->from == l->found[m->first].from)
        m->from = name_start(l, m->from);
    if (l->to == l->text.n && is_fragment(str_cut(l->text, m->to, l->to))) m->to = l->to;
    if (l->from > 0 && m->to == l->to && (is_stray(l, m) || is_label(l, m))) m->from = l->from;
    if (l->from > 0 && is_of_one_making(l, m)) m->from = l->from, m->to = l->to;
}

bool ads_ends_as_text(str text) {
    static const char *const ends[] = {"。", "！", "？", "”", "…", "」", "』", "...", "!\"", "?\""};
    str s = str_trim(text);
    if (!ads_weight(s, 0, s.n)) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) return true;
    return false;
}

bool look_is_in_heading(const look *l, size_t at) {
    label read;
    return l->from == 0 && label_read(l->text, &read) && read.scheme == LABEL_UNIT &&
           read.unit != UNIT_ARTICLE && at >= read.at + read.size;
}

/* Whether a whole address at byte at stands right behind words that are worded like prose: it is
 * what a link in them led to. */
static bool is_glued_to_prose(const look *l, size_t at) {
    enum { PROSE = -200 };
    size_t before = at;
    return at > l->from && is_han(utf8_prev(l->text, &before)) &&
           str_starts(str_cut(l->text, at, l->to), STR("http")) &&
           ads_weight(l->text, l->from, at) > FRAGMENT && odds_of_part(l, l->from, at) < PROSE;
}

/* Whether what stands around the mark is somebody's text, however little it is: a sentence before
 * it, a sentence that a bracket was put into, a heading; words before the address of a page. */
static bool is_set_in_text(const look *l, const draft_mark *m) {
    const finding *f = &l->found[m->first];
    str before = str_cut(l->text, l->from, m->from);
    size_t left = ads_weight(before, 0, before.n), right = ads_weight(l->text, m->to, l->to);
    if (ads_ends_as_text(before) || look_is_in_heading(l, m->from)) return true;
    bool bracketed = m->signs & ADS_BRACKETED || starts_bracketed(l, m);
    static const uint32_t source = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_ORIGIN;
    bool words = m->kinds & ~source || !l->own_line;
    if (bracketed && words && left && (right || left > FRAGMENT)) return true;
    return l->kind[m->first] == ADS_SITE && left > FRAGMENT &&
           (!ads_is_bare(str_cut(l->text, f->from, f->to)) || is_glued_to_prose(l, f->from));
}

static void take_rest(const look *l, draft_mark *m) {
    if (str_eq(str_trim(str_cut(l->text, m->to, l->to)), STR("："))) m->to = l->to;
    if ((m->signs & ADS_BRACKETED && leaves_sentence(l, m)) || is_set_in_text(l, m)) return;
    if (!ads_weight(l->text, l->from, m->from)) m->from = l->from;
    if (!ads_weight(l->text, m->to, l->to)) m->to = l->to;
    if (l->own_line)
        take_rest_of_line(l, m);
    else
        take_rest_of_sentence(l, m);
}

/* Where the pieces of the mark end: in running text no later than at an item of the text's own. */
static size_t pieces_end(const look *l, const draft_mark *m) {
    size_t to = m->from;
    for (size_t i = m->first; i <= m->last; i++)
        if (l->found[i].to > to) to = l->found[i].to;
    return l->own_line ? to : look_item(l, m->from, to);
}

/* The first piece of the mark that is more than the wording of the whole. */
static size_t first_piece(const look *l, const draft_mark *m) {
    size_t i = m->first;
    while (i < m->last && l->kind[i] == ADS_WORDING) i++;
    return i;
}

/* Whether a mark is said by somebody: between quotation marks that open and close within a few
 * lines, around it and not in it. */
static bool is_spoken(const look *l, const draft_mark *m) {
    enum { FEW = 600 };
    uint32_t c = 0;
    size_t place = l->found[first_piece(l, m)].from;
    for (size_t at = place; at > 0 && place - at < FEW && c != 0x201C && c != 0x300C;) {
        c = utf8_prev(l->text, &at);
        if (c == 0x201D || c == 0x300D || c == '\n') return false;
    }
    uint32_t close = c == 0x201C ? 0x201D : c == 0x300C ? 0x300D : 0;
    for (size_t at = place; close && at < l->text.n && at - place < FEW;)
        if (utf8_next(l->text, &at) == close) return true;
    return false;
}

/* Speech in a story invites, begs and forbids as ads do; it has no addresses. */
static void weigh_speech(const look *l, draft_mark *m) {
    enum { POINTS = -150 };
    if (m->kinds & (ADS_EXACT | 1u << ADS_PAGE) || m->signs & ADS_DISGUISED || !is_spoken(l, m))
        return;
    m->score += POINTS;
    m->signs |= ADS_DOUBTED;
}

/* Where the last sentence ends that stands in the stretch before byte at and is more than a call;
 * the start of the stretch when there is none. */
static size_t told_end(const look *l, size_t at) {
    size_t end = l->from;
    for (size_t i = l->from; i < at;) {
        uint32_t c = utf8_next(l->text, &i);
        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x2026 || c == 0x201D) end = i;
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
    page |= site && l->odds < PROSE && take_brackets(l, &from, &to);
    page |= site && is_glued_to_prose(l, f->from);
    if (page || look_is_in_heading(l, f->from)) m->first = i;
}

/* Leaves common words out that stand behind the bracket that the mark begins in. */
static void drop_words_behind(const look *l, draft_mark *m) {
    size_t from = l->found[m->first].from, to = l->found[m->first].to;
    if (!take_brackets(l, &from, &to)) return;
    while (m->last > m->first && l->found[m->last].from >= to && l->found[m->last].rule->weak)
        m->last--;
}

void look_set_range(look *l, draft_mark *m) {
    drop_common_words(l, m);
    drop_words_behind(l, m);
    m->from = l->found[m->first].from;
    m->to = pieces_end(l, m);
    if (m->kinds & ~ADS_EXACT && !(m->kinds >> ADS_SPAM & 1)) {
        if (!starts_bracketed(l, m)) m->from = clause_start(l, m->from, ASIDE);
        m->to = mark_end(l, m->to, ASIDE);
    } else if (m->kinds >> ADS_SPAM & 1) {
        m->from = clause_start(l, m->from, FRAGMENT);
        if (str_starts(str_cut(l->text, m->to, l->to), STR("："))) m->to += 3;
    }
    if (take_brackets(l, &m->from, &m->to)) m->signs |= ADS_BRACKETED;
    take_closing(l, m->from, &m->to);
    take_opening(l, &m->from, m->to);
    take_dress(l, &m->from, &m->to);
    take_rest(l, m);
    look_leave_own(l, m);
    weigh_speech(l, m);
}

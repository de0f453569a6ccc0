/* ads_own: what of a stretch is the document's own beside the mark that was put into it.
 *
 * A heading, a title, a greeting or a clause that the wording model takes for prose stays, though
 * the line as a whole looks like an ad. Of the places where the mark may begin and end, outside its
 * pieces, the one is taken at which the odds of the mark and of the text differ most. */
#include "ads_look.h"

enum {
    OWN = -250,        /* hundredths: odds of what is the document's */
    OWN_BEHIND = -400, /* behind the mark */
    OWN_TITLE = -100,  /* if it begins with a title or a number of a chapter */
    SPEECH = 100,      /* if somebody says it */
    SURELY_OWN = -700, /* if nothing but a pause parts it from a mark that begins the stretch */
    AD = 100,          /* of the mark without it */
    FARTHER = 300,     /* by how much a place farther from the pieces must be better */
    NEARER = 100,      /* likewise behind them */
    UNSURE = 200,      /* and to give up the exact one */
    OWN_LEAST = 2,     /* letters of its own that a heading has behind its number */
    CLAUSE = 8,        /* of a clause that nothing parts from the mark */
    CLAUSE_INSIDE = 4, /* if the mark stands in the middle of a sentence */
    PLACES = 20,       /* places that are tried on each side */
};

/* What a place is like between two characters. */
enum seam { SEAM_NONE, SEAM_GLUED, SEAM_CLEAN };

static bool is_pause_or_stop(uint32_t c) {
    static const uint32_t all[] = {0xFF0C, 0x3002, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F, 0x201D,
                                   0x300D, 0x2026, ',',    ':',    ';',    '!',    '?'};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (c == all[i]) return true;
    return false;
}

static bool is_pause(uint32_t c) {
    return c == 0xFF0C || c == ',' || c == 0xFF1B || c == ';';
}

/* What parts without being of either side's text: a space, a dash, a stroke. */
static bool is_stroke(uint32_t c) {
    return is_space(c) || c == 0x2014 || c == '-' || c == '_' || c == '|';
}

static bool opens(uint32_t c) {
    return c == '(' || c == '[' || c == 0xFF08 || c == 0xFF3B || c == 0x3010 || c == 0x3014 ||
           c == 0x300A || c == 0x201C || c == 0x300C;
}

static bool shuts(uint32_t c) {
    return c == ')' || c == ']' || c == 0xFF09 || c == 0xFF3D || c == 0x3011 || c == 0x3015 ||
           c == 0x300B || c == 0x201D || c == 0x300D;
}

/* Brackets that close what was put in. */
static bool encloses(uint32_t c) {
    return shuts(c) && c != 0x300B;
}

/* A quotation mark opens a name as often as a sentence, and a title is what many a mark is of. */
static enum seam seam_at(str text, size_t at) {
    if (!at || at >= text.n) return SEAM_NONE;
    size_t place = at, next = at;
    uint32_t before = utf8_prev(text, &place), after = utf8_next(text, &next);
    if (is_pause_or_stop(after) || shuts(after) || opens(before)) return SEAM_NONE;
    if (is_pause_or_stop(before) || is_stroke(before) || is_stroke(after)) return SEAM_CLEAN;
    if ((opens(after) && after != 0x201C && after != 0x300A) || encloses(before)) return SEAM_CLEAN;
    return is_han(after) && before != 0x300B ? SEAM_GLUED : SEAM_NONE;
}

/* Whether every bracket that opens in s closes there, and no other does. */
static bool is_balanced(str s) {
    int open = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        open += opens(c);
        open -= shuts(c);
        if (open < 0) return false;
    }
    return !open;
}

/* Letters of a text without the number that it begins with. */
static size_t letters_of_own(str s) {
    label read;
    size_t from = label_read(s, &read) ? read.at + read.size : 0, han = 0;
    while (from < s.n) han += is_han(utf8_next(s, &from));
    return han;
}

/* Whether text begins with a title. */
static bool is_titled(str text) {
    return str_starts(str_trim(text), STR("《"));
}

/* Whether text begins with a book's name and, behind a blank, the number of a chapter: what pages
 * have as their title. */
static bool is_chapter_of_book(str text) {
    enum { NAME_BYTES = 48 };
    label read;
    for (size_t at = 0; at < text.n && at < NAME_BYTES;) {
        if (!is_space(utf8_next(text, &at))) continue;
        str rest = str_cut(text, at, text.n);
        return label_read(str_trim(rest), &read) && read.scheme == LABEL_UNIT;
    }
    return false;
}

/* Whether text begins as a heading or a title does. */
static bool is_headed(str text) {
    static const unsigned no =
        1u << LABEL_DECIMAL | 1u << LABEL_DIGIT_BARE | 1u << LABEL_LETTER | 1u << LABEL_BULLET;
    label read;
    if (is_titled(text) || is_chapter_of_book(str_trim(text))) return true;
    return label_read(str_trim(text), &read) && !(no >> read.scheme & 1);
}

/* Whether text begins with the number of a chapter or a section, which nothing else has: 第三章,
 * 一、 */
static bool is_numbered(str text) {
    label read;
    return is_chapter_of_book(text) || (label_read(text, &read) && ads_is_section(&read));
}

static bool ends_with_colon(str text) {
    text = str_trim(text);
    return str_ends(text, STR("：")) || str_ends(text, STR(":"));
}

/* Whether text ends as a sentence does; a quotation alone may be a name, and dots lead on. */
static bool is_told(str text) {
    text = str_trim(text);
    size_t stop = text.n;
    uint32_t last = stop ? utf8_prev(text, &stop) : 0;
    if (last == 0x201D || last == 0x300D) {
        size_t at = stop;
        return stop && is_pause_or_stop(utf8_prev(text, &at));
    }
    if (last == '!' || last == '?') return stop && is_han(utf8_prev(text, &stop));
    return ads_is_stop(last);
}

/* Whether text is what somebody says, to its end: “…！” */
static bool is_speech(str text) {
    text = str_trim(text);
    bool opens = str_starts(text, STR("“")) || str_starts(text, STR("「"));
    return opens && !str_ends(text, STR("。")) && is_told(text);
}

/* Whether a part of the stretch is worded as the document's own, and what its odds are. */
static bool is_own(const look *l, str text, int most, int *odds) {
    bool speech = is_speech(text);
    if (letters_of_own(text) < (speech ? 1 : OWN_LEAST) || !is_balanced(text)) return false;
    *odds = ads_odds(l->w, text);
    if (speech) return *odds <= SPEECH;
    if (is_numbered(str_trim(text))) return *odds <= AD;
    if (is_titled(text)) return *odds <= OWN_TITLE;
    return *odds <= (is_headed(text) ? OWN : most);
}

/* Whether a bracket or a dash opens at byte at. */
static bool is_aside(const look *l, size_t at) {
    uint32_t c = utf8_next(l->text, &at);
    return (opens(c) && c != 0x201C && c != 0x300A) || c == 0x2014;
}

/* Whether what stands before byte at is whole without the mark: a heading, a sentence, or what a
 * bracket or a dash was put behind. What ends with a colon leads to what follows. */
static bool is_whole_before(const look *l, size_t at) {
    str own = str_cut(l->text, l->from, at);
    if (is_aside(l, at) || is_told(own)) return true;
    size_t place = at;
    bool pauses = is_pause(utf8_prev(l->text, &place));
    return !ends_with_colon(own) && is_headed(own) && !pauses;
}

/* Names in Latin letters have spaces in them. */
static bool ends_in_latin(str text) {
    text = str_trim(text);
    return text.n && is_ascii_letter((unsigned char)text.p[text.n - 1]);
}

/* Whether text ends with what is done with an address or a name that stands behind. */
static bool leads_to_site(str text) {
    static const char *const words[] = {"登录", "登陆", "访问", "搜索",
                                        "百度", "网址", "请上", "请到"};
    text = str_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ends(text, str_of(words[i]))) return true;
    return false;
}

/* Where the document's own text ends before the mark, which lasts to byte `end`; the start of the
 * stretch if there is none. */
static size_t own_before(const look *l, size_t first, size_t end, bool whole) {
    size_t best = l->from, tried = 0;
    int most = 0;
    for (size_t at = first; at > l->from && tried < PLACES; utf8_prev(l->text, &at), tried++) {
        int odds, ad;
        if (seam_at(l->text, at) != SEAM_CLEAN || (whole && !is_whole_before(l, at))) continue;
        str own = str_cut(l->text, l->from, at);
        if (ends_in_latin(own) || leads_to_site(own)) continue;
        if (!is_own(l, own, OWN, &odds)) continue;
        if (best == l->from && is_aside(l, at)) return at;
        if ((ad = ads_odds(l->w, str_cut(l->text, at, end))) < AD) continue;
        if (best == l->from || ad - odds > most + FARTHER) best = at, most = ad - odds;
    }
    return best;
}

/* Whether text begins with a word, and not with an account or an address. */
static bool starts_with_word(str text) {
    size_t at = 0;
    text = str_trim(text);
    uint32_t c = text.n ? utf8_next(text, &at) : 0;
    return is_han(c) || opens(c);
}

/* Whether what stands from byte at on is whole without the mark: a heading, or the end of a
 * sentence. Behind a mark that begins the stretch it is rather the mark's own, if nothing but a
 * pause is between them; less so behind an address, whose end is seen. */
static bool is_whole_behind(const look *l, size_t at, enum seam seam, bool inside) {
    str own = str_cut(l->text, at, l->to);
    size_t letters = ads_weight(own, 0, own.n), place = at;
    bool joined = seam == SEAM_GLUED || is_pause(utf8_prev(l->text, &place));
    if (joined ? is_numbered(own) : is_headed(own)) return true;
    if (joined && !inside && ends_in_latin(str_cut(l->text, l->from, at)))
        return is_told(own) && letters >= CLAUSE_INSIDE && ads_odds(l->w, own) < OWN_BEHIND;
    if (joined && !inside)
        return is_told(own) && letters > CLAUSE && ads_odds(l->w, own) < SURELY_OWN;
    if (joined) return is_told(own) && letters >= CLAUSE_INSIDE;
    return starts_with_word(own) && (is_told(own) || ends_with_colon(own)) && letters > OWN_LEAST;
}

/* Whether a rule knows a word that begins behind byte at. */
static bool holds_piece(const look *l, size_t at) {
    for (size_t i = 0; i < l->n; i++)
        if (l->kind[i] != ADS_WORDING && l->found[i].from >= at) return true;
    return false;
}

/* Whether byte at stands within what a rule knows of a disclaimer, whose words go to its end. */
static bool is_in_disclaimer(const look *l, size_t at) {
    for (size_t i = 0; i < l->n; i++)
        if (l->kind[i] == ADS_DISCLAIM && l->found[i].from < at && l->found[i].to > at) return true;
    return false;
}

/* Whether a word ends at byte at, as far as can be told: a piece does, or one in Latin letters. */
static bool ends_piece(const look *l, const draft_mark *m, size_t at) {
    for (size_t i = m->first; i <= m->last; i++)
        if (l->found[i].to == at && l->kind[i] != ADS_WORDING) return true;
    return !is_han(utf8_prev(l->text, &at));
}

/* Whether an address ends at byte at, and a heading or an item begins with its number, which may be
 * all of it: the mark was put before it. */
static bool is_number_behind_address(const look *l, size_t at) {
    static const unsigned digits = 1u << LABEL_DIGIT | 1u << LABEL_DECIMAL;
    str own = str_cut(l->text, at, l->to);
    label read;
    bool numbered = is_numbered(own) || (label_read(own, &read) && digits >> read.scheme & 1);
    return numbered && ends_in_latin(str_cut(l->text, l->from, at)) && is_balanced(own) &&
           ads_odds(l->w, own) < AD;
}

/* Where it begins behind byte `last`; the stretch's end if it does not. Without a bracket, a pause
 * or the end of a piece between them the place is not *sure. */
static size_t own_behind(const look *l, draft_mark *m, size_t start, size_t last, bool *sure) {
    size_t best = l->to, tried = 0;
    int most = 0;
    *sure = true;
    for (size_t at = last; at < l->to && tried < PLACES; utf8_next(l->text, &at), tried++) {
        enum seam seam = seam_at(l->text, at);
        bool glued = seam == SEAM_GLUED,
             exact = !glued || ends_piece(l, m, at) || is_numbered(str_cut(l->text, at, l->to));
        int odds, ad;
        if (seam == SEAM_NONE || is_in_disclaimer(l, at)) continue;
        /* What stands before is the shorter part, so it is read first. */
        bool latin = ends_in_latin(str_cut(l->text, l->from, at));
        if (glued && !latin && ads_odds(l->w, str_cut(l->text, start, at)) < AD) continue;
        if (!is_whole_behind(l, at, seam, start > l->from)) continue;
        if (is_number_behind_address(l, at)) return *sure = true, at;
        str own = str_cut(l->text, at, l->to);
        if (!is_own(l, own, OWN_BEHIND, &odds)) continue;
        if ((holds_piece(l, at) && !is_headed(own)) || look_is_continued(own)) continue;
        ad = ads_odds(l->w, str_cut(l->text, start, at));
        if (ad < AD && glued) continue;
        int margin = exact == *sure ? (glued ? 0 : NEARER) : exact ? -UNSURE : UNSURE;
        if (best == l->to || ad - odds > most + margin) best = at, most = ad - odds, *sure = exact;
    }
    return best;
}

/* Strokes and spaces before a mark go with it. */
static size_t before_strokes(const look *l, size_t at) {
    for (size_t here = at; here > l->from; at = here)
        if (!is_stroke(utf8_prev(l->text, &here))) break;
    return at;
}

/* Whether piece i tells where the mark is: common words do where nothing else does. */
static bool tells_place(const look *l, size_t i, bool firm) {
    return l->kind[i] != ADS_WORDING && (!firm || !l->found[i].rule->weak);
}

/* The bytes that the mark holds at least: from the start of its first piece to that of its last
 * one; to its end if that says exactly what goes. *end is where the first piece ends. */
static bool find_core(const look *l, const draft_mark *m, size_t *first, size_t *end,
                      size_t *last) {
    bool firm = false;
    for (size_t i = m->first; i <= m->last; i++) firm |= tells_place(l, i, true);
    *first = l->to, *end = l->to, *last = l->from;
    for (size_t i = m->first; i <= m->last; i++) {
        const finding *f = &l->found[i];
        if (!tells_place(l, i, firm) || f->from >= m->to) continue;
        if (f->from < *first) *first = f->from, *end = f->to;
        size_t least = ADS_EXACT >> l->kind[i] & 1 ? f->to : f->from;
        if (least > *last) *last = least;
    }
    return *first < *end;
}

/* Leaves a heading that the furniture of a page was put before: behind a bracket or a full stop, or
 * one with a number that pages do not have. */
static void leave_heading(const look *l, draft_mark *m) {
    for (size_t at = m->from, next = at; at < m->to; at = next) {
        utf8_next(l->text, &next);
        str own = str_cut(l->text, at, l->to);
        size_t before = at;
        label read;
        if (at == m->from || !label_read(own, &read) || read.at || !ads_is_section(&read)) continue;
        uint32_t c = utf8_prev(l->text, &before);
        bool stopped = encloses(c) || ads_is_stop(c);
        if ((read.scheme == LABEL_UNIT && !stopped) || holds_piece(l, at)) continue;
        if (letters_of_own(own) < OWN_LEAST || ads_odds(l->w, own) > AD) continue;
        m->to = at, m->parted = true;
        return;
    }
}

static void leave_own(look *l, draft_mark *m) {
    size_t first, last, end;
    bool sure = true;
    if (m->kinds >> ADS_PAGE & 1) {
        leave_heading(l, m);
        return;
    }
    if (!find_core(l, m, &first, &end, &last)) return;
    size_t start = first == l->from && last < end ? end : first;
    size_t to = own_behind(l, m, first, last, &sure);
    size_t from = own_before(l, start, to, false);
    if (from != first) to = own_behind(l, m, from, last, &sure);
    if (to == l->to) from = own_before(l, start, to, true);
    if (from > m->from && from < m->to) m->from = before_strokes(l, from), m->parted = true;
    if (to >= m->to || to <= m->from || ads_weight(l->text, m->to, l->to)) return;
    m->to = to, m->parted = true, m->unsure = !sure;
    for (size_t at = to; at < l->to && is_space(utf8_next(l->text, &at)); to = at) m->to = at;
}

void look_leave_own(look *l, draft_mark *m) {
    size_t first, last, end;
    leave_own(l, m);
    if (is_number_behind_address(l, m->to)) return;
    if (find_core(l, m, &first, &end, &last)) look_find_turn(l, m, last);
    look_take_ends(l, m);
}

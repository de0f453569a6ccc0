/* ads_score: the points of a mark for how it stands in its stretch and how it is worded. What its
 * pieces give by themselves is ads_pieces.c's, what the document adds is ads_weigh.c's. */
#include "ads_look.h"

bool ads_is_bare(str s) {
    enum { SHORT_PATH = 12 };
    size_t scheme = str_find(s, STR("//"), 0), slash = scheme == STR_NONE ? 0 : scheme + 2;
    size_t path = str_find_byte(s, '/', slash);
    return path == STR_NONE || s.n - path <= SHORT_PATH;
}

/* Whether text ends with a word in quotation marks that its sentence goes on about: a name. */
static bool ends_quoted(str text) {
    enum { NAME = 12 * 3 };
    str s = str_trim(text);
    if (!str_ends(s, STR("”"))) return false;
    size_t from = s.n > NAME + 6 ? s.n - NAME - 6 : 0, open = STR_NONE;
    for (size_t at = from; (at = str_find(s, STR("“"), at)) != STR_NONE; at += 3) open = at;
    if (open == STR_NONE || open == 0) return false;
    size_t at = open;
    uint32_t before = utf8_prev(s, &at);
    return is_han(before) || before == 0x3001;
}

/* Whether what stands before byte at is no name: nothing, the end of a sentence or of a clause, or
 * a particle. */
static bool stands_apart(const look *l, size_t at) {
    static const char *const ends[] = {"，", "；", "：", "了", "着", "过",
                                       "地", "得", "吧", "吗", "呢", "啊"};
    str before = str_trim(str_cut(l->text, 0, at));
    if (ends_quoted(before)) return false;
    if (!before.n || ads_ends_as_text(before) || look_is_in_heading(l, at)) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(before, str_of(ends[i]))) return true;
    return false;
}

/* An address says little in a sentence; as all that a line or a sentence holds, or in brackets that
 * no word of the sentence asks for, it says more: less within the sentence, where it may be whose
 * name stands before it. */
static int address_alone(const look *l, const draft_mark *m) {
    if (!(m->kinds >> ADS_SITE & 1)) return 0;
    size_t i = m->first;
    while (l->kind[i] != ADS_SITE) i++;
    if (!ads_is_bare(str_cut(l->text, l->found[i].from, l->found[i].to))) return 0;
    if (m->signs & ADS_BRACKETED) return stands_apart(l, m->from) ? 45 : 10;
    bool alone = m->from == l->from && m->to == l->to &&
                 2 * look_covered(l, m) >= ads_weight(l->text, m->from, m->to);
    return alone && !l->against ? 25 : 0;
}

/* One word of official language is an accident, three are a document. */
static int official_words(const look *l, const draft_mark *m) {
    enum { EACH = -22, MOST = 3 };
    int n = 0;
    for (size_t i = 0; i < l->nofficial; i++)
        n += l->official[i] >= m->from && l->official[i] < m->to;
    return EACH * (n < MOST ? n : MOST);
}

/* Kinds that say who, or that nothing else is like. */
enum {
    WHO = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_CONTACT | 1u << ADS_PAGE | 1u << ADS_BEG |
          1u << ADS_JAM | 1u << ADS_SPAM | 1u << ADS_RESIDUE | 1u << ADS_MARK
};

/* An item of a list, an article of a law: （二）, 2., 第七条. */
static bool is_item(str s) {
    size_t at = 0;
    s = str_trim(s);
    if (str_starts(s, STR("（")) || str_starts(s, STR("(")))
        at = s.p[0] == '(' ? 1 : 3;
    else if (str_starts(s, STR("第")))
        at = 3;
    size_t start = at;
    while (at < s.n) {
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (is_ascii_digit(c) || c == 0x4E00 || c == 0x4E8C || c == 0x4E09 || c == 0x56DB ||
            c == 0x4E94 || c == 0x516D || c == 0x4E03 || c == 0x516B || c == 0x4E5D ||
            c == 0x5341 || c == 0x767E)
            continue;
        return here > start && (c == 0xFF09 || c == ')' || c == '.' || c == 0x3001 || c == 0xFF0E ||
                                (start == 3 && c == 0x6761));
    }
    return false;
}

/* Whether a piece is one of several things that a sentence counts up: 微博、微信、QQ群. */
static bool is_counted_up(const look *l, const draft_mark *m) {
    for (size_t i = m->first; i <= m->last; i++) {
        if (l->kind[i] != ADS_CONTACT && l->kind[i] != ADS_INVITE) continue;
        size_t from = l->found[i].from, to = l->found[i].to;
        if (str_starts(str_cut(l->text, to, l->to), STR("、")) ||
            str_ends(str_cut(l->text, l->from, from), STR("、")))
            return true;
    }
    return false;
}

static bool is_mostly_han(str s) {
    size_t han = 0, letters = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        han += is_han(c);
        letters += ads_counts(c);
    }
    return 2 * han > letters;
}

/* The odds of what would go: of the stretch if that is most of it. */
static int odds_of_range(const look *l, const draft_mark *m) {
    str s = str_cut(l->text, m->from, m->to);
    if ((!m->parted || l->odds < 0) &&
        2 * ads_weight(s, 0, s.n) >= ads_weight(l->text, l->from, l->to))
        return l->odds;
    if (s.n > STRETCH_MAX) return 0;
    return ads_odds(l->w, s);
}

/* Whether an address is written or put where no text has one. */
static bool has_odd_address(const look *l, const draft_mark *m) {
    enum { PLAIN = 40 }; /* points */
    for (size_t i = m->first; i <= m->last; i++)
        if (l->kind[i] == ADS_SITE && l->points[i] > PLAIN) return true;
    return false;
}

/* Words that are looked for may be used by a text as any other: then what would go reads like
 * prose. In the middle of prose, what reads like an ad is one. Addresses, page furniture and the
 * like go by other signs. */
static int wording_of_range(const look *l, const draft_mark *m) {
    enum { AD = 150, FOR = 15, SURE_AD = 300, MORE_FOR = 30 };
    enum { PROSE = -300, AGAINST = -25, SURE_PROSE = -500, MORE_AGAINST = -45 };
    static const uint32_t words = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_ORIGIN |
                                  1u << ADS_INVITE | 1u << ADS_CONTACT | 1u << ADS_LIMIT |
                                  1u << ADS_DISCLAIM | 1u << ADS_OFFER;
    if (m->kinds & ~words || m->signs & ADS_DISGUISED || has_odd_address(l, m)) return 0;
    if (!is_mostly_han(str_cut(l->text, m->from, m->to))) return 0;
    int odds = odds_of_range(l, m);
    if (odds < PROSE) return odds < SURE_PROSE ? MORE_AGAINST : AGAINST;
    if (m->parted && l->odds >= 0) return odds < AD ? 0 : odds < SURE_AD ? FOR : MORE_FOR;
    if (odds < AD || l->odds > 0 || look_is_continued(str_cut(l->text, m->to, l->to))) return 0;
    return odds < SURE_AD ? FOR : MORE_FOR;
}

enum { SURE_WORDING = 300 }; /* hundredths: such odds make all of a stretch evidence */

/* A line that has but its wording, and common words of one kind, by which that was judged: both are
 * one witness, which does not suffice unless it is sure. */
static void weigh_lone_wording(const look *l, draft_mark *m) {
    enum { SURELY = 320, DOUBT = 30 };
    if (m->alone && !m->parted && l->odds < SURELY) look_give(m, GROUND_ALONE, -m->common - DOUBT);
}

enum { DOUBTFUL = 60 /* points that are reported: what would go may be a word too much */ };

void look_score(look *l, draft_mark *m) {
    size_t whole = ads_weight(l->text, m->from, m->to);
    size_t held = look_covered(l, m);
    /* Nobody disguises what is part of a document. */
    if (!(m->signs & ADS_DISGUISED)) look_give(m, GROUND_AGAINST, l->against);
    look_give(m, GROUND_OFFICIAL, official_words(l, m));
    if (l->own_line && m->from == l->from && m->to == l->to) {
        m->signs |= m->from == 0 ? ADS_OWN_LINE : ADS_EDGE;
        look_give(m, m->from == 0 ? GROUND_OWN_LINE : GROUND_EDGE, whole <= 30 ? 15 : 10);
        weigh_lone_wording(l, m);
    } else if (m->from == 0 || m->to == l->text.n) {
        m->signs |= ADS_EDGE;
        look_give(m, GROUND_EDGE, 10);
    }
    if (!(m->kinds & WHO)) {
        if (is_item(str_cut(l->text, l->from, l->to))) look_give(m, GROUND_ITEM, -30);
        if (!l->own_line) look_give(m, GROUND_NOBODY, -15);
    }
    if (is_counted_up(l, m)) look_give(m, GROUND_COUNTED, -30);
    if (2 * held >= whole) look_give(m, GROUND_MOST, 10);
    bool worded = m->kinds >> ADS_WORDING & 1 && l->odds >= SURE_WORDING;
    if (4 * held < whole && whole > 24 && !worded) look_give(m, GROUND_LITTLE, -25);
    if (m->signs & ADS_DISGUISED) look_give(m, GROUND_DISGUISED, 40);
    look_give(m, GROUND_ADDRESS, address_alone(l, m));
    look_give(m, GROUND_ODDS, wording_of_range(l, m));
    /* Only a user's rule, or what is a trade of its own, needs no second witness in mid-sentence;
     * brackets with little in them but who made it and how to reach them hold two. */
    static const unsigned maker = 1u << ADS_ORIGIN | 1u << ADS_CONTACT;
    bool inside = m->from > l->from && m->to < l->to;
    bool signed_aside =
        m->signs & ADS_BRACKETED && (m->kinds & maker) == maker && 2 * held >= whole;
    if (inside && m->kinds & ~ADS_EXACT && !signed_aside) look_give(m, GROUND_INSIDE, -25);
    if (m->unsure && m->score > DOUBTFUL) look_give(m, GROUND_UNSURE, DOUBTFUL - m->score);
}

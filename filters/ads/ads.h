/* ads: what the files of this filter share.
 *
 * A stretch is a sentence, or a short line as a whole. What the rules find in it are pieces of
 * evidence; pieces that stand together make a mark, with the range that should go and a score.
 *
 *   ads          which blocks are looked at, turn after turn
 *   ads_stretch  the stretches of a block; ads_turn parts one that is of two makings
 *   ads_mark     the marks in a stretch, with what ads_look.h declares: the pieces (ads_pieces,
 *                ads_read, ads_undress, ads_wording), the range (ads_range, ads_brackets, ads_rest,
 *                ads_own, ads_turn) and the score (ads_score)
 *   ads_aside, ads_noise  marks that need no rule
 *   ads_weigh    what the document says of its marks, with ads_company, ads_contact, ads_lists,
 *                ads_maker and ads_block
 *   ads_loss     whether what goes can be borne
 *   ads_change   the edits; ads_why, their reasons
 *   ads_judge    the way in for other filters
 */
#ifndef QW_ADS_H
#define QW_ADS_H

#include "filter.h"

/* Kinds of evidence, in the order of their names in ads_why.c. */
enum ads_kind {
    ADS_SITE,
    ADS_NAME,
    ADS_ORIGIN,
    ADS_INVITE,
    ADS_CONTACT,
    ADS_LIMIT,
    ADS_DISCLAIM,
    ADS_OFFER,
    ADS_PAGE,
    ADS_BEG,
    ADS_JAM,
    ADS_SPAM,
    ADS_RESIDUE,
    ADS_MARK,
    ADS_PROMO,
    ADS_CREDIT,
    ADS_WORDING,
    ADS_HINT,
    ADS_OFFICIAL,
    ADS_LEAD,
    ADS_REFERENCE,
    ADS_CODE,
    ADS_KINDS,
    ADS_AGAINST = ADS_OFFICIAL, /* this and those after it */
};

/* Evidence from where a mark stands, which adds to what it says. */
enum ads_sign {
    ADS_OWN_LINE = 1,
    ADS_DISGUISED = 2,
    ADS_BRACKETED = 4,
    ADS_EDGE = 8, /* at an end of its paragraph */
    ADS_REPEATED = 16,
    ADS_ZONE = 32,   /* near the head or tail of the document */
    ADS_NEAR = 64,   /* beside another mark */
    ADS_KNOWN = 128, /* of a distributor that this document names elsewhere */
    ADS_BEFORE_HEADING = 256,
    ADS_COMMON = 512,   /* of a repeated line: nothing but common words, which is only reported */
    ADS_DOUBTED = 1024, /* something speaks against it */
    ADS_ADDRESS = 2048, /* nothing but an address says much */
};

/* Everything that gives a mark points or takes them: kinds of evidence, and circumstances. */
enum ads_ground {
    GROUND_OWN_LINE = ADS_KINDS,
    GROUND_DISGUISED,
    GROUND_ADDRESS, /* it is in brackets, or alone */
    GROUND_EDGE,
    GROUND_MOST, /* most of it is evidence */
    GROUND_ODDS, /* how what would go is worded */
    GROUND_REPEATED,
    GROUND_ZONE,
    GROUND_NEAR,
    GROUND_KNOWN,
    GROUND_BEFORE_HEADING,
    GROUND_AGAINST, /* rules that speak for the document */
    GROUND_OFFICIAL,
    GROUND_ITEM,
    GROUND_NOBODY,  /* nothing says who */
    GROUND_ALONE,   /* nothing but its wording, and common words by which that was judged */
    GROUND_COUNTED, /* it is one of several things */
    GROUND_LITTLE,  /* most of it is no evidence */
    GROUND_INSIDE,  /* the sentence goes on at both sides */
    GROUND_UNSURE,  /* where the text begins again is not clear */
    GROUND_SPOKEN,
    GROUND_LIST, /* words in a list of words, a title among titles */
    GROUND_LONE, /* a word alone, and the only mark */
    GROUND_MANUAL,
    GROUND_FOREIGN,
    GROUND_SITES,  /* one of many addresses */
    GROUND_OFFICE, /* among what only an office's contacts hold */
    GROUNDS,
};

/* The points for each ground. */
typedef struct grounds {
    int16_t points[GROUNDS];
} grounds;

/* Gives a score points and writes down what for. */
static inline void ads_give(int *score, grounds *why, int ground, int points) {
    *score += points;
    why->points[ground] = (int16_t)(why->points[ground] + points);
}

/* A stretch of a block's text that may have to go. */
typedef struct mark {
    uint32_t block, from, to; /* bytes of the block's text */
    int score;
    uint32_t kinds; /* bits of enum ads_kind */
    uint16_t signs; /* enum ads_sign */
    bool gone;
    bool exact;    /* a user's rule's: the seam is not mended */
    bool parted;   /* what it leaves of its line is no scrap of it */
    str after;     /* what takes its place */
    uint64_t key;  /* of its skeleton */
    uint64_t site; /* of the address in it; 0: none */
    str rule;      /* the strongest piece of evidence */
    grounds why;
} mark;

typedef struct marks {
    mark *items;
    size_t n, cap;
} marks;

/* What the chain prepares once. */
typedef struct ads_state {
    const rule *first;
    const uint8_t *kinds; /* by rule */
    const rule *wording;  /* of that kind; NULL: a user silenced it */
} ads_state;

/* The working memory for one document. */
typedef struct ads_work {
    const stage *stage;
    const ads_state *state;
    doc *d;
    form folded, skeleton;
    struct readings *readings; /* of stretches: ads_read.c */
    str part;                  /* of a stretch, whose wording was read last in this turn */
    int part_odds;
    marks marks;
    marks seen;         /* as they were found, before they were weighed: for the next turn */
    uint8_t *stale;     /* by block: its text is not what `seen` tells of */
    int turn;           /* 0 based */
    size_t nedits;      /* of the document before the first turn */
    uint32_t *had;      /* by block: bytes of its text before the first change; 0 if it is blank */
    block_copy *before; /* what each turn changed, as it stood, in the order of the changes */
    size_t nbefore, before_cap;
    uint8_t *sure; /* by block: it goes as a whole */
    bool lenient;  /* a sentence beside an ad is looked at: any evidence counts */
    bool faint;    /* nothing but its wording can make the stretch an ad */
    bool apart; /* signs part the line's letters: nothing but a rule for that can make it an ad */
    bool all;   /* what is too weak to be weighed is reported, too: kept here */
    marks idle;
    bool failed;
} ads_work;

/* The points with which a mark goes. */
static inline int ads_limit(const ads_work *w) {
    return (int)stage_option(w->stage, 0);
}

/* How much of a document goes: of its text, and of its paragraphs, each of which counts alike. */
typedef struct ads_loss {
    uint64_t had, gone; /* bytes */
    size_t paragraphs, touched;
    uint64_t shares; /* of each paragraph what goes of it, in millionths, added up */
} ads_loss;

/* Counts a paragraph that had so many bytes, of which so many will be left. */
void ads_lose(ads_loss *l, size_t had, size_t left);

/* Whether no more than `most` per cent goes: of the text; or, if its share of the paragraphs is
 * less, the mean of both. Of less than 1 KiB a single paragraph may be half as much again. */
bool ads_can_bear(const ads_loss *l, int64_t most);

/* Whether a label is the number of a chapter, a section or an article: 第三章, 一、, （一） */
static inline bool ads_is_section(const label *l) {
    return l->scheme == LABEL_UNIT || l->scheme == LABEL_HAN || l->scheme == LABEL_HAN_BRACKET;
}

/* Whether c ends a sentence: 。！？ */
static inline bool ads_is_stop(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

/* The kinds as rules name them. */
extern const char *const ads_kind_names[ADS_KINDS];

/* Looks up the kinds of a set's rules; NULL after fail() for a kind that does not exist. */
const ads_state *ads_kinds(arena *mem, const ruleset *rules, qw_error *why);

/* Words for a mark's evidence and what each piece of it gives: "contact 65 + a line of its own 15 -
 * words of offices 22 = 58"; in mem. */
str ads_why(arena *mem, const mark *m);

/* Whether an address has no path to speak of. */
bool ads_is_bare(str address);

/* The end of the ideographs at byte at, by their first bytes: U+4000 to U+9FFF. */
static inline size_t ads_skip_han(str s, size_t at) {
    while (at < s.n && (unsigned char)s.p[at] >= 0xE4 && (unsigned char)s.p[at] <= 0xE9) at += 3;
    return at;
}

/* Letters and digits in bytes [from, to) of text: the length that counts. */
size_t ads_weight(str text, size_t from, size_t to);

/* Whether s holds more letters than that; it is read no further. */
bool ads_holds_more(str s, size_t letters);

/* Whether text ends as something said or told does: what a mark was put behind. */
bool ads_ends_as_text(str text);

/* How a stretch of text is worded: model/wording.h. What was read last is remembered, so s must
 * live as long as the document. 0 when memory is out, which is w->failed. */
int ads_read_odds(ads_work *w, str s);

/* Whether those odds are at least so high, at first sight: what begins as prose is read no further.
 */
bool ads_is_likely(ads_work *w, str s, int odds);

/* Whether a line in which no rule suspects anything is worth a look: a short one that ends as no
 * sentence does, and is surely worded like an ad. */
bool ads_is_worded(ads_work *w, str line);

/* Whether one and the same sign stands between the first letters of a line: ⊙青⊙禾⊙. */
bool ads_is_interleaved(str line);

/* The end of the ad that begins a sentence in bytes [from, to) of text and that nothing parts from
 * prose behind it; `to` if there is none. */
size_t ads_part_end(ads_work *w, str text, size_t from, size_t to);

/* Where the ad begins that stands behind the heading that text begins with; 0 if none does. */
size_t ads_heading_end(ads_work *w, str text);

/* Looks at bytes [from, to) of a block, a sentence or a whole line, and adds the marks in it. */
void ads_look(ads_work *w, uint32_t block, size_t from, size_t to);

/* Looks through a block in which the rules suspect something at byte `suspect`, sentence by
 * sentence. */
void ads_look_through(ads_work *w, uint32_t block, size_t suspect);

/* Adds the brackets in a block that hold an ad by their wording; its other marks are those from
 * index `first` on. */
void ads_look_at_asides(ads_work *w, uint32_t block, size_t first);

/* Whether a mark is an address and nothing that invites: what any text may hold. */
bool ads_is_plain(const mark *m);

/* Adds a mark; false when memory is out. */
bool ads_add(ads_work *w, mark m);

/* Adds one that is only reported. */
void ads_add_idle(ads_work *w, mark m);

/* Anti-copy noise at the ends of a block. */
void ads_look_for_noise(ads_work *w, uint32_t block);

/* Whether a line may be one of a list of offers: a phrase of Han and nothing else. */
bool ads_is_phrase(str line);

/* Whether a line begins with words that close a document or follow its end: 特此, 附件, 祝大家. */
bool ads_closes_text(str line);

/* Takes points from contacts that stand among those of an office, and from addresses for which the
 * line before them asks: ads_contact.c. */
void ads_weigh_contacts(ads_work *w);

/* Takes the faint marks of short paragraphs that are ads for two thirds. */
void ads_weigh_company(ads_work *w);

/* Adds the whole of a short paragraph of which marks that go leave little, if all that they leave
 * is of their making. The marks are settled, and are to be settled again. */
void ads_take_rests(ads_work *w);

/* Takes points from lines of a few letters that stand in a list of such lines. */
void ads_weigh_lists(ads_work *w);

/* Leaves words of a page's furniture alone in a document that holds no other mark: they are
 * reported. */
void ads_weigh_lone_words(ads_work *w);

/* Adds the lines that hold nothing but a name of a maker whose mark goes: ads_maker.c. */
void ads_find_named_lines(ads_work *w);

/* Takes lines of blocks of ads at head and tail that go by their place and wording: ads_block.c.
 * The marks are settled, and are to be settled again. */
void ads_weigh_blocks(ads_work *w);

/* Whether a line may be a signature: the name of an office, a company, a village. */
bool ads_may_sign(str line);

/* Why a mark goes or is reported. */
reason ads_reason(const ads_work *w, const mark *m);

/* Takes the marks that are to go out of the text; says whether anything changed. */
bool ads_change_all(ads_work *w);

/* Weighs the marks against the document and settles which go. They are in order of place. */
void ads_weigh(ads_work *w);

#endif

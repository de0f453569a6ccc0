/* ads_look: what the files share that look at one stretch of text. Pieces of evidence are found
 * (ads_pieces.c), gathered into marks (ads_mark.c), given a range (ads_range.c, with
 * ads_brackets.c, ads_rest.c, ads_own.c and ads_turn.c) and a score (ads_score.c). */
#ifndef QW_ADS_LOOK_H
#define QW_ADS_LOOK_H

#include "ads.h"

enum {
    MOST_FOUND = 96,
    STRETCH_MAX = 3000, /* bytes looked at together */
    REACH = 14,         /* letters between two pieces of one mark, or to the end of their clause */
    ASIDE = 8,          /* letters around a mark's pieces that are part of it */
    FRAGMENT = 5,       /* letters that are not left behind on their own */
};

/* A stretch that is being looked at. */
typedef struct look {
    ads_work *w;
    uint32_t block;
    str text;        /* the block's */
    size_t from, to; /* the stretch */
    bool own_line;   /* a whole paragraph, or a line put behind one */
    finding found[MOST_FOUND];
    uint8_t kind[MOST_FOUND];
    int points[MOST_FOUND]; /* of each piece: its rule's, or the wording's */
    size_t n;
    int odds;                    /* of its wording: model/wording.h */
    int against;                 /* 0 or less */
    size_t official[MOST_FOUND]; /* where words of official language stand */
    size_t nofficial;
} look;

/* A mark in the making. */
typedef struct draft_mark {
    size_t from, to;
    size_t first, last; /* its pieces */
    size_t most;        /* the byte it ends at the latest: behind a bracket; 0: anywhere */
    uint32_t kinds;
    unsigned signs;
    int score;
    int sure;    /* a user's rule's own points */
    int common;  /* points of common words of one kind, with nothing but the wording beside them */
    bool alone;  /* so, or without any */
    bool strong; /* one piece at least is enough to look for */
    bool parted; /* from text of the document's own */
    bool unsure; /* where that text begins */
    str rule;
    grounds why;
} draft_mark;

static inline uint8_t ads_kind_of(const ads_work *w, const finding *f) {
    return w->state->kinds[f->rule - w->state->first];
}

/* The odds of the wording of a part of a block's text, of which only the last one is remembered. */
int ads_odds(ads_work *w, str s);

/* What the rules find in s, without hints; returns how many findings are in out, which has room for
 * MOST_FOUND. *odds is ads_read_odds(w, s). */
size_t ads_read(ads_work *w, str s, finding *out, int *odds);

/* Gives a mark points. */
static inline void look_give(draft_mark *m, int ground, int points) {
    ads_give(&m->score, &m->why, ground, points);
}

/* Finds the pieces of the stretch, and what speaks against. */
void look_find(look *l);

/* Adds a piece if the stretch is worded like an ad: all of it. */
void look_wording(look *l);

/* Whether it would for a stretch s. */
bool look_is_worded(ads_work *w, str s);

/* Where an item of the text's own, （三） or 第二条, begins between two bytes of the stretch,
 * behind the first of them; else the second. */
size_t look_item(const look *l, size_t from, size_t to);

/* Where the stretch begins behind the number of its paragraph, which is the text's own: 第三条 */
size_t look_number_end(const look *l);

/* The points of the pieces: of each kind the best, and three quarters of the second. Words that
 * several rules know count once. Sets the mark's kinds, rule, signs and strength. */
int look_sum(const look *l, draft_mark *m);

/* Whether byte at stands in a chapter's heading, behind the number. */
bool look_is_in_heading(const look *l, size_t at);

/* Gives the mark its points beyond those of its pieces: ads_score.c. Its range is set. */
void look_score(look *l, draft_mark *m);

/* Letters of a mark that its pieces hold. */
size_t look_covered(const look *l, const draft_mark *m);

/* Sets what should go with the pieces: their clause, brackets, and what little would be left. */
void look_set_range(look *l, draft_mark *m);

/* Whether a mark parts clauses: ，。：、 and their like, a line's end, quotation marks. */
bool ads_parts_clauses(uint32_t c);

/* The bracket that closes what c opens; 0 if it opens nothing. */
uint32_t ads_closing_of(uint32_t c);

/* Whether c closes the bracket `open`, of one width or the other. */
bool ads_closes(uint32_t open, uint32_t c);

/* Whether c is a closing bracket. */
bool ads_is_closing(uint32_t c);

/* Whether the mark itself begins with a bracket: what stands before it is the text's own. */
bool look_starts_bracketed(const look *l, const draft_mark *m);

/* Takes in the bracket that opens a few letters before the range, if it closes as near behind. */
bool look_take_brackets(const look *l, size_t *from, size_t *to);

/* Takes in the symbols around the range that marks are dressed up with, and spaces. */
void look_take_dress(const look *l, size_t *from, size_t *to);

/* Takes in a closing mark behind the range whose opening one is in it; people mix their widths. */
void look_take_closing(const look *l, size_t from, size_t *to);

/* Likewise an opening mark before it, or before the name that it begins with the rest of. */
void look_take_opening(const look *l, size_t *from, size_t to);

/* Takes in brackets that would be left with nothing in them. */
void look_take_bare_brackets(const look *l, size_t *from, size_t *to);

/* Leaves to the text a bracket or quotation mark at the range's end that closes what the text
 * opened before it. */
void look_leave_closing(const look *l, size_t from, size_t *to);

/* Whether a whole address at byte at stands right behind words that are worded like prose: it is
 * what a link in them led to. */
bool look_is_glued_to_prose(const look *l, size_t at);

/* Whether text is brackets that say who is responsible, as documents of offices have them. */
bool ads_is_note(str s);

/* Takes in what would be a scrap on its own. */
void look_take_rest(const look *l, draft_mark *m);

/* Takes in a call to those who may care, and a letter that the cut leaves of a word. */
void look_take_ends(const look *l, draft_mark *m);

/* Whether what stands before s is part of its sentence: "… 的提示应当 …". */
bool look_is_continued(str s);

/* Where nothing parts the mark from what stands beside it, finds its first and its last letter; the
 * last is no earlier than byte least. */
void look_find_turn(look *l, draft_mark *m, size_t least);

/* Leaves to the document what stands beside the mark's pieces and is its own. */
void look_leave_own(look *l, draft_mark *m);

/* Whether a character is a letter, a digit or Han: what lengths are counted in. */
bool ads_counts(uint32_t c);

/* Whether c is one of the letters and digits that accounts, codes and addresses are made of. */
static inline bool ads_is_in_run(uint32_t c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-';
}

/* Kinds whose pieces say exactly what goes. */
enum {
    ADS_EXACT = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_SPAM | 1u << ADS_JAM | 1u << ADS_MARK |
                1u << ADS_RESIDUE
};

#endif

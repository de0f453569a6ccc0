/* headings: what the parts of the filter share.
 *
 *   headings_candidates.c  finds the lines that may be headings or list items
 *   headings_shape.c       the shape of a line, by its text alone
 *   headings_words.c       headings without a number: 前言, 参考文献
 *   headings_runs.c        ties them into runs, and finds which kind of label stands under which
 *   headings_sequence.c    judges each candidate by the run it stands in
 *   headings_series.c      headings that only a whole series tells: dates of a diary, ■ names
 *   headings_layout.c      finds headings by their looks, where there are no others
 *   headings_lines.c       what a line says by itself: a date, a caption, an attachment, a note
 *   headings_head.c        title, subtitle, salutation
 *   headings_roles.c       the rest: captions, attachments, signature, date
 *   headings.c             the filter: puts them together, gives levels, enters the roles
 *
 * Everything lives in the document's arena. */
#ifndef QW_FILTERS_HEADINGS_H
#define QW_FILTERS_HEADINGS_H

#include "filter.h"

/* What the text after a label looks like. */
enum shape {
    SHAPE_EMPTY,    /* nothing follows */
    SHAPE_BARE,     /* a short text without an end */
    SHAPE_COLON,    /* a short text that ends with ： */
    SHAPE_STOPPED,  /* one short sentence with its end */
    SHAPE_RUNIN,    /* a short sentence, and more text up to an end */
    SHAPE_WRAPPED,  /* the same, but the line breaks off without an end */
    SHAPE_ITEM,     /* ends with ； or ， */
    SHAPE_CUT,      /* long, and breaks off: no sentence in it has an end */
    SHAPE_SENTENCE, /* long */
    SHAPES
};

/* Why a line is a candidate. */
enum evidence { EVIDENCE_LABEL, EVIDENCE_WORD, EVIDENCE_DATE, EVIDENCE_HASH, EVIDENCE_OUTLINE };

enum verdict { VERDICT_NONE, VERDICT_HEADING, VERDICT_RUNIN, VERDICT_LIST };

#define NO_RUN UINT32_MAX

typedef struct candidate {
    uint32_t block;
    label label;
    uint8_t evidence; /* enum evidence */
    uint8_t shape;    /* enum shape */
    uint8_t verdict;  /* enum verdict */
    uint8_t level;    /* EVIDENCE_HASH, EVIDENCE_OUTLINE: as it says; then: as given */
    bool automatic;   /* the label is the format's, not in the text */
    bool content;     /* what follows belongs under it */
    bool apart;       /* stands between prose or blank lines */
    bool title_end;   /* ends with ！ ？ or …, as titles may */
    bool trails;      /* ends with …, and is longer than a heading that does */
    bool clauses;     /* the first sentence has several */
    bool remark;      /* nothing but （a remark） follows the first sentence */
    bool stem;        /* 甲、 乙、 丙、, entered as a number with 、 */
    bool doubtful;    /* its number is a label only where it is divided: 5 部门职责 */
    bool divided;     /* 3. before 3.1: the number of a chapter */
    uint32_t above;   /* the number of the divided chapter before it */
    uint32_t chars;   /* of the text after the label; SHAPE_CHARS: so many or more */
    uint32_t lead;    /* bytes of the block's text up to the end of the first sentence */
    uint32_t lead_chars;
    uint32_t run;
    uint32_t next; /* the next candidate of its run */
} candidate;

#define SHAPE_CHARS 64

/* Characters of a first sentence that surely is the heading of its paragraph, and of a whole
 * sentence that may be a heading. */
#define LEAD_SURE 28
#define NAME_MOST 20

/* Candidates that count on from one another: 1. 2. 3. */
typedef struct run {
    uint32_t first, last; /* candidates */
    uint32_t count;
    uint32_t shapes[SHAPES];
    uint32_t contents;   /* members with content, the last one left out */
    uint32_t short_lead; /* run-in members with a lead that is surely one */
    uint32_t named;      /* members with a name: bare ones, and those with a short first sentence */
    uint32_t repeats;    /* members that are number one again */
    uint32_t rank;       /* how deep it stands; see candidate_rank() */
    uint64_t maybe;      /* kinds that stood under one of its members */
    uint64_t under;      /* kinds that begin anew under its members, against their usual order */
    bool nested;         /* its rank was found so */
    bool begun;          /* its first number is 0 or 1 */
} run;

typedef struct outline {
    doc *d;
    candidate *candidates;
    size_t ncandidates, candidates_cap;
    run *runs;
    size_t nruns, runs_cap;
    uint32_t *named; /* paragraphs that may be captions, attachments or notes */
    size_t nnamed, named_cap;
    bool official;       /* 一、 has come up */
    bool stems_above;    /* … after the first 甲、 */
    bool spaced;         /* paragraphs are parted by blank lines */
    bool numbered;       /* some labels that stand above ① count on */
    uint32_t last_text;  /* the last one that is in no table */
    uint32_t first_text; /* the first paragraph that is not blank; NO_BLOCK: none */
} outline;

/* Paragraphs of the body in order, those in tables and boxes left out: the first one at or after
 * i that shows text, or NO_BLOCK. */
uint32_t next_text(const doc *d, uint32_t i);

/* The last one before i. */
uint32_t previous_text(const doc *d, uint32_t i);

/* 3. or 3 */
static inline bool is_digit_label(const label *l) {
    return l->scheme == LABEL_DIGIT || l->scheme == LABEL_DIGIT_BARE;
}

/* Characters of s, counted up to a limit. */
size_t count_chars(str s, size_t limit);

/* The last visible character of s, closing quotes and brackets passed over; 0 when there is none.
 */
uint32_t last_mark(str s);

/* Whether s ends as a sentence or a lead-in does. */
bool ends_sentence(str s);

/* Whether `word` stands at s.p + at. */
static inline bool has_at(str s, size_t at, const char *word) {
    return str_starts(str_cut(s, at, s.n), str_of(word));
}

/* Whether one of the words, separated by '|', stands at byte at; its bytes. */
size_t any_at(str s, size_t at, const char *words);

/* Bytes of s up to the last one that is no blank. */
size_t visible_end(str s);

/* Sets the shape of a candidate, and what goes with it, by the text of s from byte `from` on. */
void measure_shape(candidate *c, str s, size_t from);

/* Letter-spaced words (尾　声) closed up into `to`; the bytes, or 0 when they are more than there
 * is room for. */
size_t close_up(str s, char *to, size_t room);

/* Whether the line is a date and no more, or with the day of the week and the weather. */
bool is_diary_date(str s);

/* Leaves the dates that part the text as those of a diary do, and drops all others, before there
 * are runs. */
void settle_dates(outline *o);

/* Gives verdicts to names behind bullets (■ 第一站) that have text under each, all of them. */
void judge_bullets(outline *o);

/* Whether the line is a heading without a number, maybe with a title: 番外 少年时. */
bool is_heading_word(str s);

/* Whether a line with these first bytes can be a caption, an attachment or a note. */
bool may_be_named(str s);

/* Fills o->candidates and o->named in one pass. */
void find_candidates(outline *o);

/* Ties the candidates into runs, and gives the runs their ranks. */
void tie_runs(outline *o);

/* Whether a member of a run has a name, as headings do. */
bool has_name(const candidate *c);

/* Calls tie_runs() and sets the verdicts of the candidates. */
void judge_candidates(outline *o);

/* Enters headings that only layout tells; for documents without others. */
void find_layout(outline *o);

/* Enters the roles of what is no heading and no list item. */
void find_roles(outline *o);

/* The candidate of a block, NULL when it has none; by search. */
const candidate *candidate_of(const outline *o, uint32_t index);

/* How deep a label usually stands: the smaller, the nearer to the top. */
unsigned label_rank(const label *l);

/* The same of a candidate in its document, finer: what begins anew under each member of another run
 * stands below it, whatever the usual order says; 甲、 stands above 一、 where it comes first, and
 * else below all others. RANK_STEP of these are one of label_rank(). */
unsigned candidate_rank(const outline *o, const candidate *c);

#define RANK_STEP 16

#endif

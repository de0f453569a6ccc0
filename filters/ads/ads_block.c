/* ads_block: lines of a block of ads that only their place and their wording give away: "one fee,
 * for life" among a seller's terms, his name above them.
 *
 * A block stands at the head or the tail of a document. It reaches from one anchor to another:
 * lines that go, at least one, or are worded likewise. What stands between them reads like no line
 * of a document: the odds of signatures, dates, titles and what else stands there are far lower.
 * Of a line or two with ads at both sides less is asked, and that they are no signature and no
 * date. A line in which something speaks against an ad ends a block. Lines that are worded like ads
 * on the whole are a block even where none of them goes, if the document ends or its title stands
 * right behind them. What a page lists under "related articles", down to its end, are titles of
 * others. */
#include "ads_look.h"

enum {
    FAR_HEAD = 12,        /* lines looked at from the start */
    FAR_TAIL = 30,        /* and from the end */
    GAP = 4,              /* lines between two anchors */
    LONGEST = 36,         /* letters of a line */
    TITLE = 60,           /* of a title */
    ANCHOR = 100,         /* hundredths: odds from which a line counts as one that goes */
    AMONG = -100,         /* of a line between an ad and another anchor */
    AMONG_SEVERAL = -180, /* if there are several ads */
    SANDWICHED = -280,    /* of a line or two with ads at both sides */
    SANDWICH = 2,         /* lines with ads at both sides; one more if there are three ads */
    NAME = -180,          /* of a name that stands on top of a block */
    NAME_ALONE = 0,       /* likewise, if there is one ad */
    TOP = 3,              /* lines from the name to the first anchor */
    END = 2,              /* lines from the last anchor to the end of the document */
    NAME_LEAST = 4,
    NAME_MOST = 10,  /* letters */
    PLAIN_MOST = 24, /* of a line with ads at both sides */
    RELATED = 12,    /* titles in a list */
    SEVERAL = 3,     /* lines that are a block though none of them goes */
    MEMBER = -450,   /* odds of each line of a block that is read as a whole */
    TELLING = 250,   /* what more one line says than this is not counted */
};

static bool has_text(const block *b) {
    return block_is_text(b) && b->region == REGION_BODY && ads_holds_more(b->text, 0);
}

/* Whether a line ends as a sentence, a clause or a salutation does. */
static bool ends_as_prose(str s) {
    static const char *const ends[] = {"。", "；", "：", "，", "、", "。”", "！”", "？”", ";", ":"};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) return true;
    return false;
}

/* Whether a line begins with the number of a chapter or a section, as no ad does. */
static bool is_numbered(str s) {
    label read;
    return label_read(str_trim(s), &read) && ads_is_section(&read);
}

enum { NEVER = -10000, NO_WORDS = -5000 };

static size_t count_han(str s) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) n += is_han(utf8_next(s, &at));
    return n;
}

/* Whether something that the rules know speaks against an ad. */
static bool is_doubted(ads_work *w, str s) {
    finding found[MOST_FOUND];
    int odds;
    size_t n = ads_read(w, s, found, &odds);
    for (size_t i = 0; i < n; i++)
        if (ads_kind_of(w, &found[i]) >= ADS_AGAINST) return true;
    return false;
}

/* The odds of a line that may stand in a block; NEVER otherwise. A number alone is one of a table
 * as well. */
static int odds_in_block(ads_work *w, str s) {
    if (ads_holds_more(s, LONGEST) || ends_as_prose(s) || is_numbered(s)) return NEVER;
    if (str_starts(s, STR("（")) && str_ends(s, STR("）"))) return NEVER; /* a note */
    s = str_trim(s);
    if (!count_han(s) || ads_closes_text(s) || is_doubted(w, s)) return NO_WORDS;
    return ads_read_odds(w, s);
}

bool ads_may_sign(str s) {
    static const char *const ends[] = {"局", "委", "府", "办",   "司",   "会",   "部", "院", "中心",
                                       "组", "科", "处", "队",   "所",   "校",   "站", "厅", "社区",
                                       "村", "镇", "乡", "街道", "公室", "支部", "学", "园"};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, str_of(ends[i]))) return true;
    return false;
}

/* Whether a line is a few letters of Han and nothing else, as names are. */
static bool is_name(str s) {
    size_t letters = 0;
    s = str_trim(s);
    for (size_t at = 0; at < s.n; letters++)
        if (!is_han(utf8_next(s, &at)) || letters == NAME_MOST) return false;
    return letters >= NAME_LEAST && !ads_may_sign(s);
}

static void take(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    ads_add(w, (mark){.block = index,
                      .to = (uint32_t)text.n,
                      .score = 85,
                      .kinds = 1u << ADS_WORDING,
                      .signs = ADS_OWN_LINE | ADS_ZONE | ADS_NEAR,
                      .rule = STR("ads-block")});
    w->sure[index] = 1;
}

/* The next line with text from block i on, upwards or downwards; NO_BLOCK at the end. */
static uint32_t next(const ads_work *w, uint32_t i, bool up) {
    while (up ? i-- > 0 : ++i < w->d->nblocks)
        if (has_text(&w->d->blocks[i])) return i;
    return NO_BLOCK;
}

/* A line that may stand in a block. */
typedef struct row {
    uint32_t index;
    int odds;
    bool goes;
} row;

/* The rows from one end of the document on, as far as a block may reach. */
static size_t gather(ads_work *w, bool up, row *rows, size_t far) {
    size_t n = 0;
    uint32_t i = up ? (uint32_t)w->d->nblocks : NO_BLOCK;
    while (n < far && (i = next(w, i, up)) != NO_BLOCK) {
        row r = {.index = i, .goes = w->sure[i]};
        r.odds = r.goes ? ANCHOR : odds_in_block(w, w->d->blocks[i].text);
        if (r.odds == NEVER) break;
        rows[n++] = r;
    }
    return n;
}

/* Whether a title stands behind a block at the head; else one may stand in it. */
static bool is_before_title(const ads_work *w, uint32_t last) {
    uint32_t i = next(w, last, false);
    if (i == NO_BLOCK) return false;
    str text = w->d->blocks[i].text;
    return !ads_holds_more(text, TITLE) && !ends_as_prose(text);
}

/* The first and the last anchor among some rows, and how many of them go. */
typedef struct reach {
    size_t first, last, ads;
} reach;

static reach find_anchors(const row *rows, size_t from, size_t to) {
    reach r = {to, from, 0};
    for (size_t i = from; i < to; i++) {
        if (rows[i].odds < ANCHOR) continue;
        if (r.first == to) r.first = i;
        r.last = i;
        r.ads += rows[i].goes;
    }
    return r;
}

/* Whether the document ends before block i: with a sentence or a date. */
static bool is_after_end(const ads_work *w, uint32_t i) {
    static const char *const ends[] = {"。", "！", "？", "”", "）", "日"};
    if ((i = next(w, i, true)) == NO_BLOCK) return false;
    str text = str_trim(w->d->blocks[i].text);
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (str_ends(text, str_of(ends[k]))) return true;
    return false;
}

/* The row of the name that stands above the last anchor of a walk up, directly or with a line or
 * two of praise between; the anchor's if there is none. */
static size_t find_name(const ads_work *w, const row *rows, size_t n, const reach *r) {
    int least = r->ads > 1 ? NAME : NAME_ALONE, praise = r->ads > 1 ? AMONG_SEVERAL : AMONG;
    for (size_t i = r->last + 1; i < n && i <= r->last + TOP; i++) {
        bool named = rows[i].odds >= least && is_name(w->d->blocks[rows[i].index].text);
        if (named && is_after_end(w, rows[i].index)) return i;
        if (rows[i].odds < praise) break;
    }
    return r->last;
}

/* Takes the lines between two blocks that hold nothing but symbols. */
static void take_ornaments(ads_work *w, uint32_t one, uint32_t other) {
    for (uint32_t i = one < other ? one : other; i < (one < other ? other : one); i++) {
        const block *b = &w->d->blocks[i];
        if (block_is_text(b) && b->region == REGION_BODY && str_trim(b->text).n && !has_text(b))
            take(w, i);
    }
}

/* Takes the lines of a block from its first anchor to its last, and the name on top of it; rows are
 * in the order of the walk. */
static void take_block(ads_work *w, bool up, const row *rows, size_t n, const reach *r) {
    if (!r->ads || (!up && !is_before_title(w, rows[r->last].index))) return;
    size_t last = up ? find_name(w, rows, n, r) : r->last, first = r->first;
    while (up && first > 0 && first <= END && rows[first - 1].odds >= AMONG) first--;
    if (up && first > 0) first = r->first;
    for (size_t i = first; i <= last; i++)
        if (!rows[i].goes) take(w, rows[i].index);
    take_ornaments(w, rows[first].index, rows[last].index);
}

/* Whether a line may be put among ads and is no signature, date, contact or list of persons. */
static bool is_plain(str s) {
    static const char *const own[] = {"：", ":", "年", "月", "完毕", "谢谢"};
    size_t run = 0, longest = 0;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_find(s, str_of(own[i]), 0) != STR_NONE) return false;
    for (size_t at = 0; at < s.n;) {
        run = is_han(utf8_next(s, &at)) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest > 3 && ads_weight(s, 0, s.n) <= PLAIN_MOST && !ads_may_sign(s);
}

/* Whether row i is one of a line or two with ads at both sides. */
static bool is_sandwiched(const ads_work *w, const row *rows, size_t n, size_t ads, size_t i) {
    size_t before = i, behind = i, most = ads > 2 ? SANDWICH + 1 : SANDWICH;
    while (before > 0 && !rows[before].goes) before--;
    while (behind + 1 < n && !rows[behind].goes) behind++;
    const block *b = w->d->blocks, *one = b + rows[before].index, *other = b + rows[behind].index;
    return rows[i].odds >= SANDWICHED && rows[before].goes && rows[behind].goes &&
           behind - before <= most + 1 && !str_eq(str_trim(one->text), str_trim(other->text)) &&
           is_plain(b[rows[i].index].text);
}

/* How many rows from the start of a walk are one block: on the whole they are worded like ads
 * rather than like text, and the text ends, or its title stands, right behind them. */
static size_t find_whole(const ads_work *w, bool up, const row *rows, size_t n) {
    size_t whole = 0, ads = 0, others = 0;
    int sum = 0;
    for (size_t i = 0; i < n && rows[i].odds >= MEMBER; i++) {
        uint32_t index = rows[i].index;
        str text = w->d->blocks[index].text;
        bool goes = rows[i].goes;
        if (!goes && ads_may_sign(text)) break;
        ads += goes, others += !goes;
        sum += goes ? 0 : rows[i].odds < TELLING ? rows[i].odds : TELLING;
        if (sum < 0 || (!ads && others < SEVERAL)) continue;
        if (!goes && str_find(text, STR("："), 0) != STR_NONE) continue; /* one of the text's */
        if (up ? is_after_end(w, index) : is_before_title(w, index)) whole = i + 1;
    }
    return whole;
}

/* Finds blocks in the rows: what is read like the document's own parts them, and so do too many
 * lines without an anchor. The more ads there are, the less a line between them has to say. */
static void find_blocks(ads_work *w, bool up, const row *rows, size_t n) {
    size_t ads = 0;
    for (size_t i = 0; i < n; i++) ads += rows[i].goes;
    int least = ads > 1 ? AMONG_SEVERAL : AMONG;
    size_t whole = find_whole(w, up, rows, n);
    for (size_t i = 0; i < whole; i++)
        if (!rows[i].goes) take(w, rows[i].index);
    for (size_t from = whole, to; from < n && ads; from = to + 1) {
        size_t gap = 0;
        for (to = from; to < n && gap <= GAP; to++) {
            if (rows[to].odds < least && !(up && is_sandwiched(w, rows, n, ads, to))) break;
            gap = rows[to].odds >= ANCHOR ? 0 : gap + 1;
        }
        reach r = find_anchors(rows, from, to);
        take_block(w, up, rows, n, &r);
    }
}

/* Takes the titles that stand below a line which names them, if there is nothing else. */
static void take_related(ads_work *w, uint32_t index) {
    uint32_t lines[RELATED];
    size_t n = 0;
    for (uint32_t i = next(w, index, false); i != NO_BLOCK; i = next(w, i, false)) {
        if (w->sure[i]) continue;
        if (n == RELATED || odds_in_block(w, w->d->blocks[i].text) == NEVER) return;
        lines[n++] = i;
    }
    for (size_t i = 0; i < n; i++) take(w, lines[i]);
}

static void find_related(ads_work *w) {
    uint32_t names[FAR_HEAD];
    size_t n = 0, seen = 0;
    for (size_t i = w->marks.n; i-- > 0 && n < FAR_HEAD && seen < FAR_TAIL; seen++) {
        const mark *m = &w->marks.items[i];
        if (m->gone && w->sure[m->block] && str_eq(m->rule, STR("page-related")))
            names[n++] = m->block;
    }
    while (n-- > 0) take_related(w, names[n]);
}

void ads_weigh_blocks(ads_work *w) {
    row rows[FAR_TAIL];
    if (!w->state->wording) return;
    find_related(w);
    find_blocks(w, true, rows, gather(w, true, rows, FAR_TAIL));
    find_blocks(w, false, rows, gather(w, false, rows, FAR_HEAD));
}

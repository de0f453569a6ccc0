/* ads_lists: marks that are mere words. Glossaries, tables of signs and indexes name what web pages
 * have for furniture, too: 关闭窗口 between 保存文件 and 打开文件. So a text may hold such a word
 * alone. Likewise titles among titles: a list of headlines has some that are worded like ads. */
#include "ads_look.h"

#include <limits.h>

/* A few letters and nothing else: what lists of words are made of. Numbered ones are headings. */
static bool is_entry(str s) {
    enum { MOST = 8 };
    label read;
    str line = str_trim(s);
    if (!line.n || line.n > 6 * MOST || label_read(line, &read)) return false;
    for (size_t at = 0; at < line.n;) {
        uint32_t c = utf8_next(line, &at);
        if (!ads_counts(c) && !is_space(c)) return false;
    }
    return ads_weight(line, 0, line.n) <= MOST;
}

static bool has_text(const block *b) {
    return block_is_text(b) && ads_holds_more(b->text, 0);
}

/* A line that ends as no sentence does, and is none of several: a title, a name, an option. */
static bool is_title(str s) {
    enum { MOST = 30 };
    static const char *const ends[] = {"。", "；", "：", "，", "”", "、", "…"};
    str line = str_trim(s);
    if (!line.n || line.n > 4 * MOST || str_find(line, STR("。"), 0) != STR_NONE) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(line, str_of(ends[i]))) return false;
    return ads_weight(line, 0, line.n) <= MOST;
}

/* Whether a mark is nothing but words that a title may hold as well. */
static bool is_worded(const mark *m) {
    static const uint32_t words = 1u << ADS_NAME | 1u << ADS_ORIGIN | 1u << ADS_INVITE |
                                  1u << ADS_OFFER | 1u << ADS_WORDING | 1u << ADS_LIMIT;
    return m->kinds >> ADS_WORDING & 1 && !(m->kinds & ~words);
}

/* Whether a line near mark i holds a mark that has at least so many points. */
static bool is_marked(const ads_work *w, size_t near, uint32_t index, int least) {
    enum { BESIDE = 8 };
    size_t i = near > BESIDE ? near - BESIDE : 0;
    for (; i < w->marks.n && i <= near + BESIDE; i++)
        if (w->marks.items[i].block == index && w->marks.items[i].score >= least) return true;
    return false;
}

/* What lists are made of: which lines, how many of them and how far off are looked at on each side
 * of a mark, and the points from which one is an ad itself. */
typedef struct list_of {
    bool (*is_one)(str line);
    int lines, least;
    uint32_t far;
} list_of;

/* Of the lines with text on one side of mark i, how many are such and no ads. */
static int count_side(const ads_work *w, size_t i, bool behind, const list_of *all) {
    int seen = 0, such = 0;
    uint32_t index = w->marks.items[i].block;
    for (uint32_t step = 1; step <= all->far && seen < all->lines; step++) {
        if (behind ? index + step >= w->d->nblocks : index < step) break;
        uint32_t k = behind ? index + step : index - step;
        if (!has_text(&w->d->blocks[k])) continue;
        seen++;
        such += all->is_one(w->d->blocks[k].text) && !is_marked(w, i, k, all->least);
    }
    return such;
}

static int count_beside(const ads_work *w, size_t i, const list_of *all) {
    return count_side(w, i, false, all) + count_side(w, i, true, all);
}

/* Titles among titles: headlines, names of shops and films, options of an exercise. */
static void weigh_titles(ads_work *w) {
    enum { LEAST = 6, POINTS = -60 };
    const list_of titles = {is_title, 4, ads_limit(w), 12};
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        bool line = m->signs & ADS_OWN_LINE && !(m->signs & ADS_DISGUISED) && !m->exact;
        if (!line || !is_worded(m) || !is_title(w->d->blocks[m->block].text)) continue;
        if (count_beside(w, i, &titles) < LEAST) continue;
        ads_give(&m->score, &m->why, GROUND_LIST, POINTS);
        m->signs |= ADS_DOUBTED;
    }
}

/* The row of a table that block `index` stands in, if it begins near; else NO_BLOCK. */
static uint32_t row_of(const doc *d, uint32_t index) {
    enum { FAR = 64 };
    for (uint32_t i = index; i > 0 && index - i < FAR; i--) {
        const block *b = &d->blocks[i - 1];
        if (b->kind == BLOCK_ROW && b->more && b->more->end > index) return i - 1;
    }
    return NO_BLOCK;
}

/* How many cells of a row hold text. */
static size_t count_cells(const doc *d, uint32_t row) {
    size_t n = 0;
    bool empty = false;
    for (uint32_t i = row + 1; i < d->blocks[row].more->end; i++) {
        bool text = has_text(&d->blocks[i]);
        n += empty && text;
        empty = d->blocks[i].kind == BLOCK_CELL || (empty && !text);
    }
    return n;
}

/* An address, or a word of what pages have, in a row of a table: a value beside its name. */
static void weigh_cells(ads_work *w) {
    enum { LEAST = 2, POINTS = -60 };
    static const uint32_t values =
        1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_INVITE | 1u << ADS_PAGE | 1u << ADS_WORDING;
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (m->kinds & ~values || m->signs & ADS_DISGUISED || m->exact) continue;
        uint32_t row = row_of(w->d, m->block);
        if (row == NO_BLOCK || count_cells(w->d, row) < LEAST) continue;
        ads_give(&m->score, &m->why, GROUND_LIST, POINTS);
        m->signs |= ADS_DOUBTED;
    }
}

void ads_weigh_lists(ads_work *w) {
    enum { LEAST = 4, POINTS = -45, WORDED = -60 /* the wording of a few letters tells little */ };
    const list_of entries = {is_entry, 3, INT_MIN, 8}; /* a mark at all is none */
    weigh_titles(w);
    weigh_cells(w);
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        bool line = m->signs & ADS_OWN_LINE && !(m->signs & ADS_DISGUISED) && !m->exact;
        if (!line || !is_entry(w->d->blocks[m->block].text)) continue;
        if (count_beside(w, i, &entries) < LEAST) continue;
        ads_give(&m->score, &m->why, GROUND_LIST, POINTS + (is_worded(m) ? WORDED : 0));
        m->signs |= ADS_DOUBTED;
    }
}

/* A word of a few Han, with or without a number or a date behind it: 返回首页, 点击数：305. */
static bool is_word(str s) {
    enum { MOST = 5, DIGITS = 8 };
    str line = str_trim(s);
    size_t han = 0, digits = 0;
    for (size_t at = 0; at < line.n;) {
        uint32_t c = utf8_next(line, &at);
        if (is_ascii_digit(c))
            digits++;
        else if (is_han(c) && !digits)
            han++;
        else if (!is_space(c) && c != ':' && c != 0xFF1A && !(digits && (c == '-' || c == '/')))
            return false;
    }
    return han > 1 && han <= MOST && digits <= DIGITS;
}

/* Whether a mark is nothing but such a word, and nothing near it says more. */
static bool is_lone_word(const ads_work *w, const mark *m) {
    uint32_t words =
        1u << ADS_PAGE | 1u << ADS_NAME | 1u << ADS_INVITE | 1u << ADS_OFFER | 1u << ADS_WORDING;
    if (m->kinds >> ADS_PAGE & 1) words |= 1u << ADS_ORIGIN;
    static const unsigned seconded = ADS_DISGUISED | ADS_REPEATED | ADS_NEAR | ADS_KNOWN;
    return m->signs & ADS_OWN_LINE && !(m->signs & seconded) && !m->exact && !(m->kinds & ~words) &&
           is_word(w->d->blocks[m->block].text);
}

/* Whether three such words stand in lines that follow one another, at the head or the tail: the
 * buttons of a page. */
static bool is_row_of_words(const ads_work *w, size_t i) {
    enum { WORDS = 3 };
    const mark *m = &w->marks.items[i];
    for (size_t k = 0; k < WORDS; k++) {
        if (i + k == w->marks.n || m[k].score < ads_limit(w) || !(m[k].signs & ADS_ZONE))
            return false;
        if (!is_lone_word(w, &m[k]) || m[k].signs & ADS_DOUBTED) return false;
        if (k && m[k].block != m[k - 1].block + 1) return false;
    }
    return true;
}

void ads_weigh_lone_words(ads_work *w) {
    int limit = ads_limit(w);
    for (size_t i = 0; i < w->marks.n; i++) {
        const mark *m = &w->marks.items[i];
        if (m->score >= limit && (!is_lone_word(w, m) || is_row_of_words(w, i))) return;
    }
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (m->score >= limit) ads_give(&m->score, &m->why, GROUND_LONE, limit - 1 - m->score);
    }
}

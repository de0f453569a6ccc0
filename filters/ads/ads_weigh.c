/* ads_weigh: what the document as a whole says about its marks: which are repeated, where they
 * stand, and what stands beside them. */
#include "ads.h"

#include <stdlib.h>

enum {
    HEAD = 6, /* lines: the zones where distributors put themselves */
    TAIL = 15,
    LIKELY = 45,      /* points from which circumstances count */
    PHRASE_LEAST = 5, /* letters of a phrase: a name has fewer */
    PHRASE_MOST = 32,
};

bool ads_is_plain(const mark *m) {
    static const uint32_t plain = 1u << ADS_SITE | 1u << ADS_NAME;
    if (m->signs & ADS_DISGUISED) return false;
    return m->signs & ADS_ADDRESS || !(m->kinds & ~plain);
}

/* The marks of a document by some number, for counting. */
typedef struct tally {
    uint64_t *keys;
    uint32_t *counts;
    size_t mask;
} tally;

static bool tally_init(tally *t, arena *mem, size_t n) {
    size_t slots = 16;
    while (slots < 2 * n) slots *= 2;
    t->mask = slots - 1;
    t->keys = arena_zalloc(mem, slots, sizeof *t->keys);
    t->counts = arena_zalloc(mem, slots, sizeof *t->counts);
    return t->keys && t->counts;
}

static uint32_t *tally_at(tally *t, uint64_t key) {
    size_t i = (size_t)(key ^ key >> 32) & t->mask;
    while (t->keys[i] && t->keys[i] != key) i = (i + 1) & t->mask;
    t->keys[i] = key;
    return &t->counts[i];
}

/* Adds points for a circumstance, once. */
static void sign(mark *m, enum ads_ground ground, unsigned which, int points) {
    if (m->signs & which) return;
    m->signs |= (uint16_t)which;
    ads_give(&m->score, &m->why, ground, points);
}

static void weigh_repeats(ads_work *w, tally *keys) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].key) ++*tally_at(keys, w->marks.items[i].key);
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (!m->key || m->score < LIKELY) continue;
        uint32_t count = *tally_at(keys, m->key);
        bool repeated = m->signs & ADS_OWN_LINE && w->d->blocks[m->block].flags & BLOCK_REPEATED;
        if (repeated && count < 3) count = 3;
        if (count >= 2) sign(m, GROUND_REPEATED, ADS_REPEATED, count >= 3 ? 25 : 10);
    }
}

/* Paragraphs of a few sentences that are marks all: together they are a line of their own. */
static void weigh_full_lines(ads_work *w) {
    enum { MOST = 120, POINTS = 15 };
    mark *m = w->marks.items;
    for (size_t i = 0, end; i < w->marks.n; i = end) {
        str text = w->d->blocks[m[i].block].text;
        size_t held = 0;
        for (end = i; end < w->marks.n && m[end].block == m[i].block; end++)
            held += text.n < 6 * MOST ? ads_weight(text, m[end].from, m[end].to) : 0;
        if (end - i < 2 || text.n >= 6 * MOST) continue;
        size_t all = ads_weight(text, 0, text.n);
        if (all > MOST || 4 * held < 3 * all) continue;
        for (size_t k = i; k < end; k++)
            if (!m[k].exact) sign(&m[k], GROUND_OWN_LINE, ADS_OWN_LINE, POINTS);
    }
}

static void weigh_sites(ads_work *w, tally *sites) {
    for (size_t i = 0; i < w->marks.n; i++) {
        const mark *m = &w->marks.items[i];
        if (m->site && m->score >= ads_limit(w)) ++*tally_at(sites, m->site);
    }
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (m->site && m->score < ads_limit(w) && m->score >= 30 && *tally_at(sites, m->site))
            sign(m, GROUND_KNOWN, ADS_KNOWN, 30);
    }
}

/* ---- Phrases --------------------------------------------------------------------------------- */

bool ads_closes_text(str s) {
    static const char *const real[] = {
        "附件",   "抄送",   "此致",   "敬礼",   "谢谢",   "第",     "参考",   "全文",   "完",
        "以上",   "特此",   "报告人", "汇报人", "述职人", "祝大家", "祝各位", "让我们", "请予",
        "请各位", "请批评", "请领导", "汇报完", "述职完", "报告完", "发言完"};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        if (str_starts(s, str_of(real[i]))) return true;
    return false;
}

/* Signatures, dates, attachments and contacts hold other things or begin with words of closing; a
 * name and an office in a list of persons stand apart by more than one blank. */
bool ads_is_phrase(str s) {
    if (ads_closes_text(s)) return false;
    s = str_trim(s);
    size_t pause = str_find(s, STR("、"), 0), blanks = 0;
    if (pause != STR_NONE && pause <= 6) return false; /* "三、" begins a heading */
    for (size_t at = 0; at < s.n && blanks < 2;) {
        uint32_t c = utf8_next(s, &at);
        blanks = is_space(c) ? blanks + 1 : 0;
        bool plain = is_han(c) || is_space(c) || c == 0x3001 || c == 0xFF0C || c == 0x3010 ||
                     c == 0x3011 || c == 0xFF01;
        if (!plain) return false;
    }
    if (blanks == 2) return false;
    size_t n = ads_weight(s, 0, s.n);
    return n >= PHRASE_LEAST && n <= PHRASE_MOST;
}

/* ---- Places ---------------------------------------------------------------------------------- */

static bool is_blank(const block *b) {
    for (size_t at = 0, next = 0; at < b->text.n; at = next) {
        utf8_next(b->text, &next);
        if (ads_weight(b->text, at, next)) return false;
    }
    return true;
}

/* Whether a line counts when lines are: it stands in the body, holds text and stays. A phrase that
 * the filter `tail` may take does not. */
static bool is_line(const ads_work *w, uint32_t i) {
    const block *b = &w->d->blocks[i];
    return block_is_text(b) && b->region == REGION_BODY && !w->sure[i] && !is_blank(b) &&
           !ads_is_phrase(b->text);
}

/* The number of lines, as far as it matters for the zones. */
static int count_lines(const ads_work *w) {
    enum { MANY = 4 * TAIL };
    int lines = 0;
    for (uint32_t i = 0; i < w->d->nblocks && lines < MANY; i++) lines += is_line(w, i);
    return lines;
}

/* The block before which the first lines end: HEAD, or a quarter of a short document. */
static uint32_t head_end(const ads_work *w, int lines) {
    uint32_t i = 0;
    for (int want = lines / 4 < HEAD ? lines / 4 : HEAD; i < w->d->nblocks && want > 0; i++)
        want -= is_line(w, i);
    return i;
}

/* The block at which the last lines begin: TAIL, or a third of a short document. */
static uint32_t tail_start(const ads_work *w, int lines) {
    uint32_t i = (uint32_t)w->d->nblocks;
    for (int want = lines / 3 < TAIL ? lines / 3 : TAIL; i > 0 && want > 0; i--)
        want -= is_line(w, i - 1);
    return i;
}

/* 第…章, 第…回 and so on, or a numbered heading. */
static bool is_heading(str s) {
    size_t at = 0, steps = 0;
    while (at < s.n && is_space(utf8_next(s, &at))) steps = at;
    s = str_cut(s, steps, s.n);
    if (!str_starts(s, STR("第")) || s.n > 120) return false;
    for (at = 3, steps = 0; at < s.n && steps < 9; steps++) {
        uint32_t c = utf8_next(s, &at);
        if (c == 0x7AE0 || c == 0x8282 || c == 0x56DE || c == 0x5377 || c == 0x96C6) return true;
        if (c == 0x6761) return false;
    }
    return false;
}

/* The next block with text after i, or NO_BLOCK; looks no further than a few lines. */
static uint32_t next_line(const ads_work *w, uint32_t i) {
    for (uint32_t k = i + 1; k < w->d->nblocks && k < i + 8; k++)
        if (is_line(w, k)) return k;
    return NO_BLOCK;
}

static void weigh_places(ads_work *w) {
    int lines = count_lines(w);
    uint32_t head = head_end(w, lines), tail = tail_start(w, lines);
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (m->score < LIKELY) continue;
        if ((m->block < head || m->block >= tail) && m->signs & ADS_OWN_LINE)
            sign(m, GROUND_ZONE, ADS_ZONE, 10);
        uint32_t next = next_line(w, m->block);
        if (m->to == w->d->blocks[m->block].text.n && next != NO_BLOCK &&
            is_heading(w->d->blocks[next].text))
            sign(m, GROUND_BEFORE_HEADING, ADS_BEFORE_HEADING, 10);
    }
}

/* ---- What the document is -------------------------------------------------------------------- */

/* A line of a program or of its manual, of those with marks of ASCII. */
static bool is_technical(str s) {
    static const char *const signs[] = {
        "](", "</", "/>", "();", "->", "=>", "::", "==", "`", "${", "||", "&&", "\":", "#include"};
    str line = str_trim(s);
    if (!line.n) return false;
    if (str_starts(line, STR("```")) || str_ends(line, STR("{")) || str_ends(line, STR(";")) ||
        str_ends(line, STR("}")))
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_find(line, str_of(signs[i]), 0) != STR_NONE) return true;
    return false;
}

/* What some lines of a document say about it. */
typedef struct sample {
    size_t lines, technical, letters, han;
} sample;

/* Counts the letters of a line; whether there are marks of ASCII in it. */
static bool count_letters(sample *s, str line) {
    bool marked = false;
    for (size_t at = 0, from = 0; at < line.n; from = at) {
        at = ads_skip_han(line, at);
        s->han += (at - from) / 3;
        s->letters += (at - from) / 3;
        if (at == line.n) break;
        uint32_t c = utf8_next(line, &at);
        bool han = is_han(c), letter = is_ascii_letter(c);
        s->han += han;
        s->letters += han || letter;
        marked |= c > ' ' && c < 0x7F && !letter && !is_ascii_digit(c);
    }
    return marked;
}

static sample take_sample(const doc *d) {
    enum { SAMPLE = 1000, LINE = 2000 };
    sample s = {0};
    uint32_t every = (uint32_t)(d->nblocks / SAMPLE + 1);
    for (uint32_t i = 0; i < d->nblocks; i += every) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b) || is_blank(b)) continue;
        str line = str_cut(b->text, 0, LINE);
        line.n = b->text.n > LINE ? utf8_valid_prefix(line) : line.n;
        s.lines++;
        s.technical += count_letters(&s, line) && is_technical(line);
    }
    return s;
}

/* The number of different addresses that stand without a word of advertising. */
static size_t count_sites(ads_work *w, tally *sites) {
    size_t n = 0;
    for (size_t i = 0; i < w->marks.n; i++) {
        const mark *m = &w->marks.items[i];
        if (m->site && ads_is_plain(m) && ++*tally_at(sites, m->site) == 1) n++;
    }
    return n;
}

/* The points of a wording that says little: that a line is a label and an address. */
static int doubtful_wording(const mark *m) {
    enum { SURE = 75 };
    int points = m->why.points[ADS_WORDING];
    return points < SURE ? points : 0;
}

/* In a manual, in a text in another language, in a list of sites, addresses and tags are what the
 * text is about. */
static void weigh_document(ads_work *w, tally *sites) {
    enum { ONE_IN = 20, LEAST = 5, MANY_SITES = 4, TECHNICAL = -50, FOREIGN = -50, LISTED = -40 };
    if (!w->marks.n) return;
    sample s = take_sample(w->d);
    bool technical = s.technical >= LEAST && ONE_IN * s.technical >= s.lines;
    bool foreign = 3 * s.han < s.letters, listed = count_sites(w, sites) >= MANY_SITES;
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        bool plain = ads_is_plain(m);
        if (m->exact) continue;
        if (technical) ads_give(&m->score, &m->why, GROUND_MANUAL, TECHNICAL);
        if (foreign && !(m->kinds >> ADS_PAGE & 1))
            ads_give(&m->score, &m->why, GROUND_FOREIGN, FOREIGN);
        if (listed && plain)
            ads_give(&m->score, &m->why, GROUND_SITES, LISTED - doubtful_wording(m));
    }
}

/* Whether nothing that counts stands between two marks. */
static bool are_neighbours(const ads_work *w, const mark *a, const mark *b) {
    const doc *d = w->d;
    if (a->block == b->block) return ads_weight(d->blocks[a->block].text, a->to, b->from) == 0;
    if (b->block - a->block > 8) return false;
    if (d->blocks[a->block].region != d->blocks[b->block].region) return false;
    size_t n = d->blocks[a->block].text.n;
    if (ads_weight(d->blocks[a->block].text, a->to, n) ||
        ads_weight(d->blocks[b->block].text, 0, b->from))
        return false;
    for (uint32_t i = a->block + 1; i < b->block; i++)
        if (block_is_text(&d->blocks[i]) && !is_blank(&d->blocks[i])) return false;
    return true;
}

/* Whether company tells nothing of a mark: of an address with a path, which refers to a page; of
 * what something spoke against; of the beginning or end of another paragraph. */
static bool stands_alone(const ads_work *w, const mark *sure, const mark *m) {
    str text = w->d->blocks[m->block].text;
    bool plain = ads_is_plain(m);
    if (m->signs & ADS_DOUBTED) return true;
    if (sure->block != m->block && !(m->signs & ADS_OWN_LINE)) return true;
    return plain && !ads_is_bare(str_cut(text, m->from, m->to));
}

static void weigh_neighbour(const ads_work *w, const mark *sure, mark *m) {
    if (sure->score >= ads_limit(w) && m->score < ads_limit(w) && m->score >= LIKELY &&
        !stands_alone(w, sure, m))
        sign(m, GROUND_NEAR, ADS_NEAR, sure->block == m->block ? 25 : 20);
}

static void weigh_neighbours(ads_work *w) {
    mark *m = w->marks.items;
    for (size_t i = 1; i < w->marks.n; i++)
        if (are_neighbours(w, &m[i - 1], &m[i])) weigh_neighbour(w, &m[i - 1], &m[i]);
    for (size_t i = w->marks.n; i-- > 1;)
        if (are_neighbours(w, &m[i - 1], &m[i])) weigh_neighbour(w, &m[i], &m[i - 1]);
}

/* ---- Settling ------------------------------------------------------------------------------- */

static int by_place(const void *x, const void *y) {
    const mark *a = x, *b = y;
    if (a->block != b->block) return a->block < b->block ? -1 : 1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->to < b->to) - (a->to > b->to);
}

/* Kinds of a mark that is reported and stays. Who typed a text is told in few words: a line worded
 * like an ad that gives an address, a contact or terms as well is a distributor's. */
static uint32_t kinds_that_stay(const mark *m) {
    static const uint32_t more =
        1u << ADS_SITE | 1u << ADS_CONTACT | 1u << ADS_LIMIT | 1u << ADS_DISCLAIM;
    bool distributor = m->kinds >> ADS_WORDING & 1 && m->kinds & more;
    return 1u << ADS_PROMO | (distributor ? 0 : 1u << ADS_CREDIT);
}

static void sort_marks(ads_work *w) {
    if (w->marks.n) qsort(w->marks.items, w->marks.n, sizeof *w->marks.items, by_place);
}

/* Brings the marks in order and notes the lines that will go as a whole. */
static void settle(ads_work *w) {
    sort_marks(w);
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        m->gone = m->score >= ads_limit(w) && !(m->kinds & kinds_that_stay(m)) &&
                  !(m->signs & ADS_COMMON);
        if (m->gone && m->from == 0 && m->to == w->d->blocks[m->block].text.n)
            w->sure[m->block] = 1;
    }
}

void ads_weigh(ads_work *w) {
    tally keys, sites, named;
    w->sure = arena_zalloc(w->d->mem, w->d->nblocks + 1, 1);
    if (!w->sure || !tally_init(&keys, w->d->mem, w->marks.n) ||
        !tally_init(&sites, w->d->mem, w->marks.n) || !tally_init(&named, w->d->mem, w->marks.n)) {
        w->failed = true;
        return;
    }
    sort_marks(w);
    weigh_document(w, &named);
    ads_weigh_lists(w);
    ads_weigh_contacts(w);
    weigh_repeats(w, &keys);
    weigh_full_lines(w);
    weigh_places(w);
    weigh_sites(w, &sites);
    weigh_neighbours(w);
    ads_weigh_company(w);
    ads_weigh_lone_words(w);
    settle(w);
    ads_take_rests(w);
    ads_find_named_lines(w);
    settle(w);
    ads_weigh_blocks(w);
    settle(w);
}

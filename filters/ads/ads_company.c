/* ads_company: paragraphs that are an ad for the most part. What the rules find in them leaves a
 * rest in which nobody knows a word: who the seller says he is, a greeting, the end of a sentence
 * whose beginning went. It goes with the ad if all of it is of the ad's making, else all of it
 * stays: half of it would be no one's text. */
#include "ads_look.h"

enum {
    LONGEST = 900,   /* bytes of a paragraph that is looked at */
    LIKE = 0,        /* hundredths: odds of a sentence that is no prose */
    LIKE_AD = 150,   /* of one that is worded as an ad */
    HOPELESS = -900, /* of one that is surely prose */
    NAME_LEAST = 4,  /* letters of a name that is known again */
    NAME_MOST = 12,
};

/* A paragraph and its marks; `gone` of them go, with so many letters of all. */
typedef struct company {
    ads_work *w;
    str text;
    const mark *marks;
    size_t n, gone, held, all;
} company;

/* None go where a user's rule says exactly what does, or where a mark is to be reported. */
static company company_of(ads_work *w, size_t first, size_t end) {
    const mark *m = w->marks.items + first;
    company c = {.w = w, .text = w->d->blocks[m->block].text, .marks = m, .n = end - first};
    if (c.text.n > LONGEST) return c;
    c.all = ads_weight(c.text, 0, c.text.n);
    for (size_t i = 0; i < c.n; i++) {
        if (m[i].exact || (!m[i].gone && m[i].score >= ads_limit(w))) return (company){0};
        if (!m[i].gone) continue;
        c.gone++;
        c.held += ads_weight(c.text, m[i].from, m[i].to);
    }
    return c;
}

static bool is_stop(uint32_t c) {
    return ads_is_stop(c) || c == '!' || c == '?';
}

/* The end of the sentence at byte from of a part of the paragraph that ends at byte to. */
static size_t sentence_end(str text, size_t from, size_t to) {
    for (size_t at = from; at < to;) {
        if (!is_stop(utf8_next(text, &at))) continue;
        for (size_t next = at; at < to && is_stop(utf8_next(text, &next)); at = next) {}
        return at;
    }
    return to;
}

static bool starts_as(str s, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, str_of(words[i]))) return true;
    return false;
}

static bool is_greeting(str s) {
    static const char *const words[] = {"您好", "你好", "大家好", "各位书友", "亲爱的"};
    enum { MOST = 10 };
    return starts_as(s, words, sizeof words / sizeof *words) && !ads_holds_more(s, MOST);
}

/* Whether a text goes on with a sentence that began before it. */
static bool goes_on(str s) {
    static const char *const words[] = {"都", "就", "也", "的", "是", "会", "并", "或", "吧"};
    return starts_as(s, words, sizeof words / sizeof *words);
}

/* The name that somebody gives himself at the start of a sentence: 我是甲乙丙丁，… Empty when there
 * is none. */
static str name_given(str s) {
    static const char *const words[] = {"我是", "我叫", "我们是", "这里是", "欢迎来到"};
    size_t at = 0, letters = 0, end = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(s, str_of(words[i]))) at = strlen(words[i]);
    for (end = at; at && end < s.n && letters <= NAME_MOST; letters++) {
        size_t next = end;
        if (!ads_counts(utf8_next(s, &next))) break;
        end = next;
    }
    return letters >= NAME_LEAST && letters <= NAME_MOST ? str_cut(s, at, end) : STR("");
}

/* Whether what goes names whom a sentence names as its speaker. */
static bool is_by_the_same(const company *c, str s) {
    str name = name_given(s);
    for (size_t i = 0; i < c->n && name.n; i++) {
        str taken = str_cut(c->text, c->marks[i].from, c->marks[i].to);
        if (c->marks[i].gone && str_find(taken, name, 0) != STR_NONE) return true;
    }
    return false;
}

/* Whether a sentence, or what is left of one, in bytes [from, to) is of the ad's making; its odds
 * must be at least `like`. */
static bool is_of_the_ad(const company *c, size_t from, size_t to, int like) {
    label read;
    str s = str_trim(str_cut(c->text, from, to));
    if (!ads_weight(s, 0, s.n) || (c->gone > 1 && is_greeting(s))) return true;
    if (label_read(s, &read) || str_starts(s, STR("“")) || str_starts(s, STR("《"))) return false;
    int odds = ads_odds(c->w, s);
    if (c->gone > 1 && goes_on(s)) return odds > HOPELESS;
    if (odds < like) return is_by_the_same(c, s);
    return odds >= LIKE_AD || ads_ends_as_text(s);
}

/* Whether all sentences between the marks are. */
static bool is_all_of_the_ad(const company *c, int like) {
    size_t from = 0;
    for (size_t i = 0; i <= c->n; i++) {
        if (i < c->n && !c->marks[i].gone) continue;
        size_t to = i < c->n ? c->marks[i].from : c->text.n;
        for (size_t end; from < to; from = end) {
            end = sentence_end(c->text, from, to);
            if (!is_of_the_ad(c, from, end, like)) return false;
        }
        if (i < c->n && c->marks[i].to > from) from = c->marks[i].to;
    }
    return true;
}

/* Whether an ad takes its whole paragraph with it: two fifths of it are the ad; or a quarter, and
 * all the rest is worded as one. */
static bool takes_all(const company *c) {
    if (!c->gone || c->held >= c->all || 4 * c->held < c->all) return false;
    return is_all_of_the_ad(c, 5 * c->held >= 2 * c->all ? LIKE : LIKE_AD);
}

/* Short paragraphs of which two thirds are ads: the faint marks in them go too. */
static void weigh_faint(ads_work *w, size_t first, size_t end) {
    mark *m = w->marks.items;
    str text = w->d->blocks[m[first].block].text;
    size_t held = 0, faint = 0;
    for (size_t i = first; i < end; i++) {
        bool sure = m[i].score >= ads_limit(w);
        held += sure ? ads_weight(text, m[i].from, m[i].to) : 0;
        faint += !sure;
    }
    if (!held || !faint || 3 * held < 2 * ads_weight(text, 0, text.n)) return;
    for (size_t i = first; i < end; i++) {
        if (m[i].score >= ads_limit(w) || m[i].signs & ADS_NEAR || m[i].exact) continue;
        ads_give(&m[i].score, &m[i].why, GROUND_NEAR, ads_limit(w) - m[i].score);
        m[i].signs |= ADS_NEAR;
    }
}

/* The end of the marks that stand in one block with mark i. */
static size_t block_end(const ads_work *w, size_t i) {
    size_t end = i;
    while (end < w->marks.n && w->marks.items[end].block == w->marks.items[i].block) end++;
    return end;
}

void ads_weigh_company(ads_work *w) {
    for (size_t i = 0, end; i < w->marks.n; i = end) {
        end = block_end(w, i);
        weigh_faint(w, i, end);
    }
}

void ads_take_rests(ads_work *w) {
    size_t n = w->marks.n;
    for (size_t i = 0, end; i < n; i = end) {
        end = block_end(w, i) < n ? block_end(w, i) : n;
        company c = company_of(w, i, end);
        if (!takes_all(&c)) continue;
        mark all = {.block = w->marks.items[i].block,
                    .to = (uint32_t)c.text.n,
                    .signs = ADS_NEAR,
                    .rule = STR("rest")};
        ads_give(&all.score, &all.why, GROUND_NEAR, ads_limit(w));
        ads_add(w, all);
    }
}

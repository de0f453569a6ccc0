/* ads_stretch: which stretches of a block are looked at: its sentences, those of them in which the
 * rules suspect something; or all of it, if it is a short line. A sentence that begins with an ad
 * and goes on as prose is two (ads_turn.c). */
#include "ads_look.h"

enum {
    SENTENCE_LETTERS = 6, /* a sentence has at least that many */
    SHORT_LINE_BYTES = 400,
};

/* Letters and digits of addresses, with the Greek and Cyrillic ones that stand in for them. */
static bool is_latin(uint32_t c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF5A) ||
           (c >= 0x370 && c <= 0x4FF);
}

/* Symbols that no sentence ends with: what is put between the letters of a name. */
static bool is_filler(uint32_t c) {
    return c && c < 0x7F && strchr("|~^*#@$&+=_\\/`-.:<", (int)c);
}

/* Whether a sentence ends with c, which ends before byte at. Latin full stops end none, and 。！？
 * between Latin letters are somebody's way to write a dot. */
static bool ends_sentence(str s, uint32_t c, size_t at) {
    bool wide = ads_is_stop(c);
    if (c == '\n') return true;
    if (!wide && c != '!' && c != '?') return false;
    size_t next = at, place = at;
    utf8_prev(s, &place);
    uint32_t before = place ? utf8_prev(s, &place) : 0;
    if (at >= s.n) return true;
    uint32_t after = utf8_next(s, &next);
    if (!wide) return !is_filler(before) && (after > 0x7F || after == '"' || after == ' ');
    return !is_latin(after) || !(is_latin(before) || is_filler(before));
}

/* The end of the sentence that starts at byte from. */
static size_t sentence_end(str s, size_t from) {
    size_t at = from, letters = 0;
    while (at < s.n) {
        if (letters >= SENTENCE_LETTERS && (at = ads_skip_han(s, at)) == s.n) break;
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (letters < SENTENCE_LETTERS) letters += ads_weight(s, here, at);
        if (letters < SENTENCE_LETTERS || !ends_sentence(s, c, at)) continue;
        while (at < s.n) { /* marks that close it stay with it */
            size_t next = at;
            c = utf8_next(s, &next);
            if (c != 0x201D && c != 0x300D && c != 0xFF09 && c != '"' && c != ')' && c != '!' &&
                !ads_is_stop(c))
                break;
            at = next;
        }
        return ads_weight(s, at, s.n < at + 60 ? s.n : at + 60) < SENTENCE_LETTERS && s.n < at + 60
                   ? s.n
                   : at;
    }
    return s.n;
}

/* A line without a second sentence; or with more, if it is worded like an ad, and none of them like
 * prose. */
static bool is_short_line(ads_work *w, str s) {
    enum { LIKELY = 150, PROSE = -50 };
    if (s.n > SHORT_LINE_BYTES || ads_holds_more(s, 60)) return false;
    size_t to = sentence_end(s, 0);
    if (to == s.n) return true;
    if (ads_read_odds(w, s) < LIKELY) return false;
    for (size_t from = 0; from < s.n; from = to) {
        to = sentence_end(s, from);
        if (ads_read_odds(w, str_cut(s, from, to)) < PROSE) return false;
    }
    return true;
}

static bool holds_all(const finding *f, str s) {
    return !ads_weight(s, 0, f->from) && !ads_weight(s, f->to, s.n);
}

/* Whether the sentence in bytes [from, to) of a line belongs to the ad that all of it seems to be:
 * a rule finds something in it by itself, or it is not worded like prose. What is said behind an
 * ad may be so a little. */
static bool is_of_the_ad(ads_work *w, str s, size_t from, size_t to, const finding *f, size_t n) {
    enum { LEAST = 3, PROSE = -200, PROSE_BEHIND = -600 };
    if (ads_weight(s, from, to) < LEAST) return true;
    for (size_t i = 0; i < n; i++)
        if (!f[i].rule->weak && ads_kind_of(w, &f[i]) < ADS_AGAINST && !holds_all(&f[i], s) &&
            f[i].from >= from && f[i].from < to)
            return true;
    return ads_read_odds(w, str_cut(s, from, to)) >= (from ? PROSE_BEHIND : PROSE);
}

/* Whether a rule for whole lines finds all of a line of several sentences, and none of them is the
 * document's own. */
static bool is_line_of_a_rule(ads_work *w, str s) {
    enum { HOPELESS = -600 };
    finding found[MOST_FOUND];
    int odds;
    bool whole = false;
    if (s.n > SHORT_LINE_BYTES || !ads_is_likely(w, s, HOPELESS)) return false;
    size_t n = ads_read(w, s, found, &odds);
    for (size_t i = 0; i < n && !whole; i++)
        whole = found[i].rule->scope == RULE_LINE && ads_kind_of(w, &found[i]) < ADS_PROMO &&
                holds_all(&found[i], s);
    for (size_t from = 0, to; whole && from < s.n; from = to) {
        to = sentence_end(s, from);
        whole = is_of_the_ad(w, s, from, to, found, n);
    }
    return whole;
}

/* Whether marks from index `first` on leave a stretch of their block alone. */
static bool is_free(const ads_work *w, size_t first, size_t from, size_t to) {
    for (size_t i = first; i < w->marks.n; i++)
        if (w->marks.items[i].from < to && w->marks.items[i].to > from) return false;
    return true;
}

/* The other sentences of a short paragraph that holds a likely ad: for what they are in its
 * company. */
static void look_beside(ads_work *w, uint32_t index, size_t first) {
    enum { LONGEST = 900, LIKELY = 60 };
    str text = w->d->blocks[index].text;
    bool likely = false;
    size_t n = w->marks.n;
    for (size_t i = first; i < n; i++) likely |= w->marks.items[i].score >= LIKELY;
    if (!likely || text.n > LONGEST) return;
    w->lenient = true;
    for (size_t from = 0, to; from < text.n; from = to) {
        to = sentence_end(text, from);
        if (is_free(w, first, from, to)) ads_look(w, index, from, to);
    }
    w->lenient = false;
}

/* The first place at or after byte from of a block where more than its wording may tell. In a line
 * that is repeated, or whose letters are taken apart, common words may, which stand anywhere. */
static size_t find_firm(const ads_work *w, uint32_t index, size_t from) {
    const block *b = &w->d->blocks[index];
    return b->flags & BLOCK_REPEATED || w->apart
               ? from
               : ruleset_suspect_firmly(w->stage->rules, b->text, from);
}

/* Looks at bytes [from, to) of a block, in which only the wording can tell unless byte firm is
 * among them. */
static void look_closely(ads_work *w, uint32_t index, size_t from, size_t to, size_t firm) {
    w->faint = firm >= to;
    ads_look(w, index, from, to);
    w->faint = false;
}

void ads_look_through(ads_work *w, uint32_t index, size_t suspect) {
    str text = w->d->blocks[index].text;
    size_t firm = find_firm(w, index, suspect), heading = ads_heading_end(w, text);
    if (heading && sentence_end(text, heading) == text.n) {
        look_closely(w, index, heading, text.n, firm);
        return;
    }
    if (is_short_line(w, text) || (firm != STR_NONE && is_line_of_a_rule(w, text))) {
        look_closely(w, index, 0, text.n, firm);
        return;
    }
    size_t first = w->marks.n;
    for (size_t from = heading, to; from < text.n && suspect != STR_NONE; from = to) {
        to = sentence_end(text, from);
        if (suspect >= to) continue;
        to = ads_part_end(w, text, from, to);
        if (firm < from) firm = find_firm(w, index, from);
        look_closely(w, index, from, to, firm);
        suspect = ruleset_suspect(w->stage->rules, text, to);
    }
    look_beside(w, index, first);
}

/* ads: takes out distributors' marks and ads.
 *
 * A quick sieve finds the few places that may hold one; only there the rules are looked for, piece
 * by piece (ads_mark.c). The pieces' points add up; circumstances in the document add more
 * (ads_weigh.c). A mark with `limit` points goes, one with `report` points is reported, the rest
 * stays. When more than `max_removal` per cent of the text would go, nothing does. */
#include "ads.h"

enum { LIMIT, REPORT, MAX_REMOVAL };

enum {
    SENTENCE_LETTERS = 6, /* a sentence has at least that many */
    SHORT_LINE_BYTES = 400,
    ALMOST_NOTHING = 2, /* letters left over that go with the rest of a line */
};

static bool reserve(ads_work *w, marks *all, size_t n) {
    if (n <= all->cap) return true;
    size_t cap = n > 32 ? 2 * n : 64, size = sizeof(mark);
    mark *wider = arena_resize(w->d->mem, all->items, all->cap * size, cap * size);
    if (!wider) return w->failed = true, false;
    all->items = wider;
    all->cap = cap;
    return true;
}

bool ads_add(ads_work *w, mark m) {
    if (!reserve(w, &w->marks, w->marks.n + 1)) return false;
    w->marks.items[w->marks.n++] = m;
    return true;
}

/* ---- Sentences ------------------------------------------------------------------------------- */

static bool is_latin(uint32_t c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF5A);
}

/* Symbols that no sentence ends with: what is put between the letters of a name. */
static bool is_filler(uint32_t c) {
    return c && c < 0x7F && strchr("|~^*#@$&+=_\\/`-.:<", (int)c);
}

/* Whether a sentence ends with c, which ends before byte at. Latin full stops end none, and 。！？
 * between Latin letters are somebody's way to write a dot. */
static bool ends_sentence(str s, uint32_t c, size_t at) {
    bool wide = c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
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

/* The end of the ideographs at byte at, by their first bytes: U+4000 to U+9FFF. */
static size_t skip_han(str s, size_t at) {
    while (at < s.n && (unsigned char)s.p[at] >= 0xE4 && (unsigned char)s.p[at] <= 0xE9) at += 3;
    return at;
}

/* The end of the sentence that starts at byte from. */
static size_t sentence_end(str s, size_t from) {
    size_t at = from, letters = 0;
    while (at < s.n) {
        if (letters >= SENTENCE_LETTERS && (at = skip_han(s, at)) == s.n) break;
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (letters < SENTENCE_LETTERS) letters += ads_weight(s, here, at);
        if (letters < SENTENCE_LETTERS || !ends_sentence(s, c, at)) continue;
        while (at < s.n) { /* marks that close it stay with it */
            size_t next = at;
            c = utf8_next(s, &next);
            if (c != 0x201D && c != 0x300D && c != 0xFF09 && c != '"' && c != ')' && c != 0x3002 &&
                c != 0xFF01 && c != 0xFF1F && c != '!')
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
    if (s.n > SHORT_LINE_BYTES || ads_weight(s, 0, s.n) > 60) return false;
    size_t to = sentence_end(s, 0);
    if (to == s.n) return true;
    if (ads_read_odds(w, s) < LIKELY) return false;
    for (size_t from = 0; from < s.n; from = to) {
        to = sentence_end(s, from);
        if (ads_read_odds(w, str_cut(s, from, to)) < PROSE) return false;
    }
    return true;
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

/* Looks at bytes [from, to) of a block in which only the wording can tell, unless a rule may apply
 * before byte to: firm is the first place of such. */
static void look_closely(ads_work *w, uint32_t index, size_t from, size_t to, size_t firm) {
    w->faint = firm >= to && !(w->d->blocks[index].flags & BLOCK_REPEATED);
    ads_look(w, index, from, to);
    w->faint = false;
}

void ads_look_through(ads_work *w, uint32_t index, size_t suspect) {
    str text = w->d->blocks[index].text;
    size_t firm = ruleset_suspect_firmly(w->stage->rules, text, suspect);
    if (is_short_line(w, text)) {
        look_closely(w, index, 0, text.n, firm);
        return;
    }
    size_t first = w->marks.n;
    for (size_t from = 0, to; from < text.n && suspect != STR_NONE; from = to) {
        to = sentence_end(text, from);
        if (suspect >= to) continue;
        if (firm < from) firm = ruleset_suspect_firmly(w->stage->rules, text, from);
        look_closely(w, index, from, to, firm);
        suspect = ruleset_suspect(w->stage->rules, text, to);
    }
    look_beside(w, index, first);
}

/* ---- Noise ----------------------------------------------------------------------------------- */

/* What a run of ASCII is made of. */
typedef struct run {
    size_t tokens, letters, longest, spaces, odd;
    bool seen[128];
} run;

static void add_to_run(run *r, char c, size_t *word) {
    bool letter = is_ascii_letter((unsigned char)c) || is_ascii_digit((unsigned char)c);
    r->tokens += letter && *word == 0;
    *word = letter ? *word + 1 : 0;
    if (*word > r->longest) r->longest = *word;
    r->letters += letter;
    r->spaces += c == ' ';
    if (!letter && c != ' ' && !r->seen[(unsigned char)c]) {
        r->seen[(unsigned char)c] = true;
        r->odd += strchr(";!?&$%@#`'\"~|\\^_{}[]", c) != NULL;
    }
}

/* Single characters and symbols of all kinds, parted at random: what forums put at the ends of
 * lines against copying. Formulas have longer words and fewer kinds of signs. */
static bool is_noise(const run *r) {
    return r->tokens >= 8 && r->longest <= 3 && 2 * r->tokens >= r->letters && r->spaces >= 4 &&
           r->odd >= 4;
}

static void look_for_noise_at(ads_work *w, uint32_t index, bool at_end) {
    enum { LONGEST = 400 };
    str text = w->d->blocks[index].text;
    run r = {0};
    size_t n = 0, word = 0;
    while (n < text.n && n < LONGEST) {
        char c = at_end ? text.p[text.n - 1 - n] : text.p[n];
        if (c < ' ' || c == 0x7F) break;
        add_to_run(&r, c, &word);
        n++;
    }
    if (n == text.n || !is_noise(&r)) return;
    ads_add(w, (mark){.block = index,
                      .from = (uint32_t)(at_end ? text.n - n : 0),
                      .to = (uint32_t)(at_end ? text.n : n),
                      .score = 90,
                      .kinds = 1u << ADS_JAM,
                      .signs = ADS_EDGE,
                      .rule = STR("jam-edge")});
}

/* The group of radicals of an ideograph from 网 to 衣, which lie side by side in Unicode; else 0.
 */
static int padding_group(uint32_t c) {
    static const uint32_t ends[] = {0x7F51, 0x8026, 0x81F5, 0x864D, 0x8840, 0x897F};
    enum { ENDS = sizeof ends / sizeof *ends };
    int group = 0;
    while (group < ENDS && c >= ends[group]) group++;
    return group < ENDS ? group : 0;
}

/* Whether the end of a block is a run of rare ideographs of a few groups, mixed at random, as some
 * libraries put behind what they pass on; where it begins. Dictionaries have them in order. */
static bool ends_with_padding(str s, size_t *from) {
    enum { LEAST = 16, TURNS = 6, GROUPS = 3 };
    int last = 0, turns = 0, n = 0;
    unsigned seen = 0;
    for (size_t at = s.n; at > 0; *from = at, n++) {
        int group = padding_group(utf8_prev(s, &at));
        if (!group) break;
        turns += group > last && last;
        seen |= 1u << group;
        last = group;
    }
    int groups = 0;
    for (; seen; seen &= seen - 1) groups++;
    return n >= LEAST && turns >= TURNS && groups >= GROUPS;
}

static void look_for_padding(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    size_t from = text.n;
    if (!ends_with_padding(text, &from)) return;
    ads_add(w, (mark){.block = index,
                      .from = (uint32_t)from,
                      .to = (uint32_t)text.n,
                      .score = 90,
                      .kinds = 1u << ADS_JAM,
                      .signs = from ? ADS_EDGE : ADS_OWN_LINE,
                      .rule = STR("jam-padding")});
}

/* Whether the last bytes can be those of padding: U+7000 to U+8FFF. */
static bool may_be_padding(str s) {
    unsigned char last = (unsigned char)s.p[s.n - 3], before = (unsigned char)s.p[s.n - 6];
    return (last == 0xE7 || last == 0xE8) && (before == 0xE7 || before == 0xE8);
}

void ads_look_for_noise(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    if (text.n < 24) return;
    if (may_be_padding(text)) look_for_padding(w, index);
    if ((unsigned char)text.p[text.n - 1] < 0x80) look_for_noise_at(w, index, true);
    if ((unsigned char)text.p[0] < 0x80) look_for_noise_at(w, index, false);
}

/* ---- Changes --------------------------------------------------------------------------------- */

static reason why_of(const ads_work *w, const mark *m) {
    return (reason){m->rule, ads_why(w->d->mem, m), m->score > 100 ? 100 : m->score};
}

/* The marks of one block, in order, made into ranges that do not touch. */
typedef struct cuts {
    change *items;
    size_t n;
    bool exact; /* some of it is a user's */
} cuts;

/* Whether what lies between two marks is nothing to be left behind: a letter or two. */
static bool is_gap(str text, size_t from, size_t to) {
    if (to <= from) return true;
    return to - from < 24 && ads_weight(text, from, to) <= ALMOST_NOTHING;
}

static void add_cut(ads_work *w, cuts *c, const mark *m) {
    change *last = c->n ? &c->items[c->n - 1] : NULL;
    if (last && is_gap(w->d->blocks[m->block].text, last->at + last->n, m->from)) {
        if (m->to > last->at + last->n) last->n = m->to - last->at;
        return;
    }
    c->items[c->n++] = (change){m->from, m->to - m->from, m->after, why_of(w, m)};
    c->exact |= m->exact;
}

static uint32_t char_before(str s, size_t at) {
    return at ? utf8_prev(s, &at) : 0;
}

static uint32_t char_at(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

static bool is_pause(uint32_t c) {
    return c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == ',' || c == ';';
}

static bool is_stop(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

/* Whether 。 stands twice, and not three times, before byte at. */
static bool is_doubled_stop(str s, size_t at) {
    s = str_cut(s, 0, at);
    return (str_ends(s, STR("。。")) && !str_ends(s, STR("。。。"))) || str_ends(s, STR("。”。"));
}

/* Mends the seam: no two pauses or stops in a row, no space where the text ends. */
static void mend(str text, change *c) {
    uint32_t before = char_before(text, c->at), after = char_at(text, c->at + c->n);
    uint32_t last = c->n ? char_before(text, c->at + c->n) : 0;
    if (is_doubled_stop(text, c->at)) {
        c->at -= 3, c->n += 3; /* "…。。AD": the mark brought its own */
    } else if (is_pause(before) && is_stop(last) && (!after || !is_pause(after))) {
        /* "…，AD。" keeps the full stop and gives up the comma */
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
        c->after = str_cut(text, c->at + c->n - (last < 0x80 ? 1 : 3), c->at + c->n);
    } else if (((is_pause(before) || c->at == 0) && is_pause(after)) ||
               ((is_stop(before) || c->at == 0) &&
                (is_pause(after) || is_stop(after) || after == 0xFF1A))) {
        size_t at = c->at + c->n;
        utf8_next(text, &at);
        c->n = at - c->at;
    } else if (is_pause(before) && is_stop(after)) {
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
    }
}

/* Takes the spaces at an end of the paragraph that a mark leaves behind. */
static void take_end_spaces(str text, change *c) {
    while (c->at + c->n == text.n && c->at > 0 && is_space(char_before(text, c->at))) {
        size_t at = c->at;
        utf8_prev(text, &at);
        c->n += c->at - at;
        c->at = at;
    }
}

/* Whether what is left of a short paragraph is a scrap of what was taken: no heading, and no
 * sentence before it. */
static bool is_scrap(str text, size_t left) {
    enum { SHORT = 120 };
    label read;
    size_t all = ads_weight(text, 0, text.n);
    return all <= SHORT && 4 * left <= all && !label_read(text, &read);
}

static void change_block(ads_work *w, uint32_t index, cuts *c) {
    str text = w->d->blocks[index].text;
    size_t left = ads_weight(text, 0, text.n);
    for (size_t i = 0; i < c->n; i++)
        left -= ads_weight(text, c->items[i].at, c->items[i].at + c->items[i].n);
    for (size_t i = 0; i < c->n; i++) left += c->items[i].after.n;
    bool told = ads_ends_as_text(str_cut(text, 0, c->items[0].at));
    if (!left || (!told && (left <= ALMOST_NOTHING || (!c->exact && is_scrap(text, left))))) {
        edit_drop(w->d, index, c->items[0].why);
        return;
    }
    for (size_t i = 0; i < c->n && !c->exact; i++) {
        mend(text, &c->items[i]);
        take_end_spaces(text, &c->items[i]);
    }
    size_t n = 1;
    for (size_t i = 1; i < c->n; i++) {
        change *last = &c->items[n - 1];
        if (c->items[i].at < last->at + last->n) {
            size_t end = c->items[i].at + c->items[i].n;
            if (end > last->at + last->n) last->n = end - last->at, last->after = STR("");
        } else {
            c->items[n++] = c->items[i];
        }
    }
    edit_apply(w->d, index, c->items, n);
}

static void report(ads_work *w, const mark *m, qw_edit_state state) {
    edit_proposal(w->d, m->block, m->from, m->to - m->from, state, why_of(w, m));
}

static uint64_t text_bytes(const doc *d) {
    uint64_t n = 0;
    for (size_t i = 0; i < d->nblocks; i++)
        if (block_is_text(&d->blocks[i])) n += d->blocks[i].text.n;
    return n;
}

/* Whether no more than max_removal per cent of the text, which had so many bytes, would be gone. Of
 * a few lines a single one may well be more: half as much again is borne. */
static bool is_bearable(const ads_work *w, uint64_t had) {
    enum { FEW = 1024 }; /* bytes */
    uint64_t left = text_bytes(w->d), most = (uint64_t)stage_option(w->stage, MAX_REMOVAL);
    bool single = left == had;
    const mark *first = NULL;
    for (size_t i = 0; i < w->marks.n; i++) {
        const mark *m = &w->marks.items[i];
        if (!m->gone) continue;
        left -= m->to - m->from;
        left += m->after.n;
        if (!first) first = m;
        single &= m->block == first->block;
    }
    if (single && had < FEW) most += most / 2;
    return left <= had && (had - left) * 100 <= had * most;
}

/* Makes the changes; says whether there were any. */
static bool change_all(ads_work *w) {
    size_t before = w->d->nedits;
    change *room = arena_alloc(w->d->mem, (w->marks.n + 1) * sizeof *room);
    const mark *m = w->marks.items;
    if (!room) {
        w->failed = true;
        return false;
    }
    for (size_t i = 0; i < w->marks.n;) {
        cuts c = {.items = room};
        uint32_t index = m[i].block;
        for (; i < w->marks.n && m[i].block == index; i++)
            if (m[i].gone) add_cut(w, &c, &m[i]);
        if (c.n) change_block(w, index, &c), w->stale[index] = 1;
    }
    return w->d->nedits > before;
}

static void report_all(ads_work *w) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].score >= stage_option(w->stage, REPORT))
            report(w, &w->marks.items[i], QW_EDIT_PROPOSED);
}

static void refuse_all(ads_work *w) {
    for (size_t i = 0; i < w->marks.n; i++)
        if (w->marks.items[i].gone) report(w, &w->marks.items[i], QW_EDIT_REFUSED);
    doc_note(w->d, MSG_ADS_REFUSED, NO_BLOCK, 0, 0, 0,
             ARGS(NUM((uint64_t)stage_option(w->stage, MAX_REMOVAL))));
}

static void look_at(ads_work *w, uint32_t index) {
    const block *b = &w->d->blocks[index];
    if (!block_is_text(b) || !b->text.n) return;
    size_t suspect = ruleset_suspect(w->stage->rules, b->text, 0);
    if (suspect == STR_NONE && b->flags & BLOCK_REPEATED) suspect = 0;
    if (suspect != STR_NONE) ads_look_through(w, index, suspect);
    ads_look_for_noise(w, index);
}

/* Looks at each block whose text is new, and takes what was seen before of the others. */
static void look_at_all(ads_work *w) {
    const mark *m = w->seen.items, *end = m ? m + w->seen.n : m;
    w->marks.n = 0;
    for (uint32_t i = 0; i < w->d->nblocks && !w->failed; i++) {
        if (w->stale[i]) look_at(w, i);
        for (; m < end && m->block == i; m++)
            if (!w->stale[i] && !m->after.n) ads_add(w, *m);
    }
    if (w->failed || !reserve(w, &w->seen, w->marks.n)) return;
    if (w->marks.n) memcpy(w->seen.items, w->marks.items, w->marks.n * sizeof(mark));
    w->seen.n = w->marks.n;
    memset(w->stale, 0, w->d->nblocks);
}

/* Looks, weighs and changes once; says whether something changed. */
static bool take_turn(ads_work *w, uint64_t had) {
    look_at_all(w);
    if (!w->marks.n || w->failed) return false;
    ads_weigh(w);
    if (w->failed) return false;
    if (!is_bearable(w, had)) {
        refuse_all(w);
        return false;
    }
    if (change_all(w)) return true;
    report_all(w);
    return false;
}

/* What goes lets the rest be seen in another light: the zones at head and tail reach further, half
 * a line becomes a line. So it is all done again until nothing changes; cleaning what was cleaned
 * then finds nothing. */
static void document(const stage *s, doc *d) {
    enum { ROOM = 4000, TURNS = 6 };
    ads_work w = {.stage = s, .state = s->state, .d = d};
    w.stale = arena_alloc(d->mem, d->nblocks + 1);
    if (!w.stale || !form_init(&w.folded, d->mem, ROOM) || !form_init(&w.skeleton, d->mem, ROOM)) {
        doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
        return;
    }
    memset(w.stale, 1, d->nblocks);
    uint64_t had = text_bytes(d);
    while (w.turn < TURNS && take_turn(&w, had)) w.turn++;
    if (w.failed) doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
}

static bool setup(stage *s, arena *mem, qw_error *why) {
    return (s->state = ads_kinds(mem, s->rules, why)) != NULL;
}

static const qw_option options[] = {
    {"limit",
     {"points from which a mark is removed", "达到多少分即删除"},
     QW_OPTION_INT,
     80,
     1,
     500,
     NULL},
    {"report",
     {"points from which a mark is reported", "达到多少分即报告"},
     QW_OPTION_INT,
     50,
     1,
     500,
     NULL},
    {"max_removal",
     {"when more per cent of the text would go, nothing does", "拟删内容超过全文的百分之几即不删"},
     QW_OPTION_INT,
     33,
     0,
     100,
     NULL},
};

const filter filter_ads = {
    .info =
        {
            .name = "ads",
            .summary = {"take out ads and distributors' marks", "去除广告和分发者的标记"},
            FILTER_OPTIONS(options),
            .has_rules = true,
        },
    .setup = setup,
    .document = document,
};

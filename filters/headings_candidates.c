/* Candidates: the lines that begin with a label, a word such as 前言, a Markdown hash, or that the
 * format calls headings. A paragraph that cannot be one is left after its first character. */
#include "headings.h"

/* ---- Text ------------------------------------------------------------------------------------ */

static uint32_t after_block(const doc *d, uint32_t i) {
    const block *b = &d->blocks[i];
    bool container = b->kind != BLOCK_PARAGRAPH && b->more && b->more->end > i;
    return container ? b->more->end : i + 1;
}

static bool shows_text(const block *b) {
    if (b->kind != BLOCK_PARAGRAPH || !block_stands(b) || b->region != REGION_BODY) return false;
    str s = b->text;
    if (!s.n) return false;
    if ((unsigned char)s.p[0] > ' ' && (unsigned char)s.p[0] != 0xE3) return true;
    for (size_t at = 0; at < s.n;)
        if (!is_space(utf8_next(s, &at))) return true;
    return false;
}

uint32_t next_text(const doc *d, uint32_t i) {
    for (; i < d->nblocks; i = after_block(d, i))
        if (shows_text(&d->blocks[i])) return i;
    return NO_BLOCK;
}

/* Looks back a bounded way: what stands further off is no neighbour. */
uint32_t previous_text(const doc *d, uint32_t i) {
    for (uint32_t steps = 0; i-- > 0 && steps < 256; steps++) {
        if (d->blocks[i].kind != BLOCK_PARAGRAPH) return NO_BLOCK;
        if (shows_text(&d->blocks[i])) return i;
    }
    return NO_BLOCK;
}

size_t count_chars(str s, size_t limit) {
    size_t count = 0;
    for (size_t i = 0; i < s.n && count < limit; i++)
        count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return count;
}

static bool is_closing(uint32_t c) {
    return c == 0x201D || c == 0x2019 || c == '"' || c == 0x300D || c == 0x300F || c == 0xFF09 ||
           c == ')' || c == 0x3011 || c == ']' || c == 0x300B;
}

uint32_t last_mark(str s) {
    for (size_t at = s.n; at;) {
        uint32_t c = utf8_prev(s, &at);
        if (!is_space(c) && !is_closing(c)) return c;
    }
    return 0;
}

static bool is_item_end(uint32_t c) {
    return c == 0xFF1B || c == ';' || c == 0xFF0C || c == ',' || c == 0x3001;
}

bool ends_sentence(str s) {
    uint32_t c = last_mark(s);
    return is_sentence_end(c) || c == 0xFF1A || c == ':' || c == 0xFF1B || c == ';' || c == 0x2014;
}

size_t any_at(str s, size_t at, const char *words) {
    str rest = str_of(words), word;
    size_t best = 0;
    while (str_next(&rest, '|', &word))
        if (word.n > best && str_starts(str_cut(s, at, s.n), word)) best = word.n;
    return best;
}

/* ---- Shape ----------------------------------------------------------------------------------- */

static int nesting(uint32_t c) {
    if (c == 0x201C || c == 0x300C || c == 0x300E || c == 0xFF08 || c == '(' || c == 0x300A)
        return 1;
    return c == 0x201D || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ')' || c == 0x300B ? -1
                                                                                               : 0;
}

/* Where the first sentence of s ends, looking at `from` and SHAPE_CHARS characters on; 0 when it
 * does not end there. A stop inside quotes counts when the quote closes right after it. */
static size_t sentence_end(str s, size_t from, uint32_t *chars) {
    int depth = 0;
    *chars = 0;
    for (size_t at = from; at < s.n && *chars < SHAPE_CHARS;) {
        uint32_t c = utf8_next(s, &at);
        ++*chars;
        int step = nesting(c);
        depth = depth + step > 0 ? depth + step : 0;
        bool stop = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?';
        if (c == '.' && at < s.n && s.p[at] == ' ' && at - from > 3) stop = true;
        if (!stop) continue;
        size_t next = at;
        if (depth && at < s.n && is_closing(utf8_next(s, &next))) {
            at = next;
            depth--;
        }
        if (!depth) return at;
    }
    return 0;
}

static size_t visible_end(str s) {
    size_t end = s.n;
    while (end) {
        size_t at = end;
        if (!is_space(utf8_prev(s, &at))) break;
        end = at;
    }
    return end;
}

/* Whether a first sentence says more than a heading does: 春节：放假七天。 */
static bool explains(str s) {
    size_t colon = str_find(s, STR("："), 0);
    return colon != STR_NONE && colon + 3 < s.n;
}

static bool ends_closed(str s) {
    size_t at = s.n;
    return at && is_closing(utf8_prev(s, &at));
}

/* Judges the text from byte `from` on. */
static void measure(candidate *c, str s, size_t from) {
    size_t end = visible_end(s);
    str rest = str_cut(s, from, end);
    uint32_t mark = last_mark(rest), chars;
    c->chars = (uint32_t)count_chars(rest, SHAPE_CHARS);
    c->title_end = mark == 0xFF01 || mark == 0xFF1F || mark == '!' || mark == '?' || mark == 0x2026;
    size_t stop = sentence_end(str_cut(s, 0, end), from, &chars);
    bool more = stop && stop < end;
    /* A line that breaks off is one of several of a paragraph, unless it is longer than they are.
     */
    bool long_line = c->chars == SHAPE_CHARS;
    if (stop) {
        c->remark = more && has_at(s, stop, "（") && str_find(s, STR("）"), stop) == end - 3;
        c->clauses = str_find(str_cut(s, from, stop), STR("，"), 0) != STR_NONE;
        c->lead = (uint32_t)stop;
        c->lead_chars = chars;
    }
    if (!rest.n)
        c->shape = SHAPE_EMPTY;
    else if (more && chars <= 40 && !explains(str_cut(s, from, stop)))
        c->shape = ends_sentence(rest) || is_item_end(mark) || ends_closed(rest) || long_line
                       ? SHAPE_RUNIN
                       : SHAPE_WRAPPED;
    else if (is_item_end(mark))
        c->shape = SHAPE_ITEM;
    else if (mark == 0xFF1A || mark == ':')
        c->shape = c->chars <= 40 ? SHAPE_COLON : SHAPE_SENTENCE;
    else if (is_sentence_end(mark))
        c->shape = c->chars <= 40 ? SHAPE_STOPPED : SHAPE_SENTENCE;
    else
        c->shape = c->chars <= 45 ? SHAPE_BARE : SHAPE_SENTENCE;
}

/* ---- Words ----------------------------------------------------------------------------------- */

/* Headings without a number: those that stand alone, and those that a title may follow. */
static const char alone[] =
    "摘要|提要|内容简介|內容簡介|内容提要|作品简介|引言|绪论|緒論|导论|"
    "導論|结论|結論|结语|結語|结束语|致谢|"
    "致謝|参考文献|參考文獻|大结局|前言|"
    "序言|自序|代序|序|跋|后记|後記|尾声|尾聲|楔子|引子|序章|序幕|终章|"
    "終章|附录|附錄|番外|中文摘要|英文摘要|卷首|卷上|卷中|卷下|上卷|中卷|下卷|上篇|中篇|下篇|"
    "卷末|凡例|缘起|緣起|题记|題記|题词|題詞|导读|導讀|出版说明|"
    "译后记|編後記|编后记|附记|附記|附則|附则|总则|總則";
static const char titled[] =
    "楔子|引子|序章|序言|前言|后记|後記|尾声|尾聲|番外|附录|附錄|终章|終章|序幕";
static const char english[] =
    "abstract|introduction|conclusion|conclusions|references|bibliography|"
    "acknowledgements|acknowledgments|appendix|preface|foreword|prologue|"
    "epilogue|summary|background|discussion|results|methods";

/* Letter-spaced words (尾　声) closed up; the bytes, or 0 when the line is no such word. */
static size_t close_up(str s, char *to, size_t room) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        if (is_space(utf8_next(s, &at))) continue;
        if (n + (at - from) > room) return 0;
        memcpy(to + n, s.p + from, at - from);
        n += at - from;
    }
    return n;
}

/* 序 言 张光年: two letter-spaced characters that make a word, and a name. */
static bool is_spaced_word(str s) {
    size_t at = 0, from, n = 0;
    char word[8];
    for (unsigned i = 0; i < 2; i++) {
        from = at;
        uint32_t c = at < s.n ? utf8_next(s, &at) : 0;
        if (!is_han(c) || !is_space(at < s.n ? utf8_next(s, &at) : 0)) return false;
        memcpy(word + n, s.p + from, 3);
        n += 3;
        while (at < s.n && is_space((unsigned char)s.p[at])) at++;
    }
    str rest = str_cut(s, at, s.n);
    return any_at(str_make(word, n), 0, "序言|前言|后记|後記|楔子|引子|尾声|尾聲|附录|附錄") == n &&
           count_chars(rest, 5) < 5 && !ends_sentence(rest);
}

/* Appendix A, Appendix 2: Error codes */
static bool is_appendix(str s) {
    if (s.n < 10 || !str_eq_nocase(str_cut(s, 0, 9), STR("appendix "))) return false;
    unsigned char name = (unsigned char)s.p[9];
    bool named = (name >= 'A' && name <= 'Z') || is_ascii_digit(name);
    return named && (s.n == 10 || memchr(":. -", s.p[10], 4)) && !ends_sentence(s);
}

static bool is_english_word(str s) {
    if (is_appendix(s)) return true;
    str rest = str_of(english), word;
    while (str_next(&rest, '|', &word))
        if (str_eq_nocase(s, word)) return true;
    return false;
}

/* Whether the line is one of the words, maybe with a title. */
static bool is_word(str s) {
    char closed[48];
    if (s.n > 120) return false;
    if ((unsigned char)s.p[0] < 0x80) {
        size_t colon = s.n && s.p[s.n - 1] == ':';
        return (s.p[0] >= 'A' && s.p[0] <= 'Z') && is_english_word(str_cut(s, 0, s.n - colon));
    }
    size_t n = close_up(s, closed, sizeof closed);
    if (n && any_at(str_make(closed, n), 0, alone) == n) return true;
    if (is_spaced_word(s)) return true;
    n = any_at(s, 0, titled);
    if (!n || ends_sentence(s)) return false;
    size_t at = n;
    uint32_t c = n < s.n ? utf8_next(s, &at) : 0;
    uint32_t value;
    size_t number = numeral_read_han(str_cut(s, n, s.n), &value);
    if (number) { /* 番外一 少年时 */
        at = n + number;
        c = at < s.n ? utf8_next(s, &at) : ' ';
        return is_space(c) || c == 0xFF1A;
    }
    return is_space(c) || c == 0xFF1A || c == ':' || is_ascii_digit(c) ||
           (c >= 'A' && c <= 'Z' &&
            (at == s.n || memchr(" :.", s.p[at], 3) || has_at(s, at, "　") || has_at(s, at, "：")));
}

/* Whether a word of the lists can begin with these bytes. */
static bool may_be_word(str s) {
    static const char firsts[] = "摘提内內作引绪緒导導结結致参參大前序自代跋后後尾楔终終附番中英卷"
                                 "上下凡缘緣题題出译編编总總";
    if ((unsigned char)s.p[0] < 0x80)
        return s.n >= 6 && s.n <= 80 && s.p[0] >= 'A' && s.p[0] <= 'Z';
    if (s.n < 3 || s.n > 120) return false;
    for (const char *p = firsts; *p; p += 3)
        if (!memcmp(p, s.p, 3)) return true;
    return false;
}

/* ---- Collecting ------------------------------------------------------------------------------ */

/* An array with room for one more element: the old one, or a copy of twice its size. NULL after a
 * failure. */
static void *widen(doc *d, void *array, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return array;
    size_t more = *cap ? *cap * 2 : 256;
    void *wider = arena_alloc(d->mem, more * size);
    if (!wider) return fail_memory(&d->why), NULL;
    if (n) memcpy(wider, array, n * size);
    *cap = more;
    return wider;
}

static candidate *add(outline *o) {
    candidate *room = widen(o->d, o->candidates, o->ncandidates, &o->candidates_cap, sizeof *room);
    if (!room) return NULL;
    o->candidates = room;
    candidate *c = &o->candidates[o->ncandidates++];
    *c = (candidate){.run = NO_RUN, .next = NO_RUN};
    return c;
}

static void add_named(outline *o, uint32_t i) {
    uint32_t *room = widen(o->d, o->named, o->nnamed, &o->named_cap, sizeof *room);
    if (!room) return;
    o->named = room;
    o->named[o->nnamed++] = i;
}

/* The outline level that the format gives, by level or by the name of the style; 0: none. */
static unsigned format_level(const block *b) {
    if (!b->more) return 0;
    if (b->more->outline && b->more->outline <= 9) return b->more->outline;
    str style = b->more->style;
    size_t n = style.n;
    if (!n || style.p[n - 1] < '1' || style.p[n - 1] > '9') return 0;
    str name = str_trim(str_cut(style, 0, n - 1));
    bool heading = str_eq_nocase(name, STR("heading")) || str_eq(name, STR("标题")) ||
                   str_eq(name, STR("標題"));
    return heading ? (unsigned)(style.p[n - 1] - '0') : 0;
}

/* The role that the name of the style gives: title or subtitle, or body. */
static qw_role style_role(const block *b) {
    static const struct {
        const char *name;
        qw_role role;
    } styles[] = {
        {"Title", QW_ROLE_TITLE},       {"标题", QW_ROLE_TITLE},      {"標題", QW_ROLE_TITLE},
        {"Subtitle", QW_ROLE_SUBTITLE}, {"副标题", QW_ROLE_SUBTITLE}, {"副標題", QW_ROLE_SUBTITLE},
    };
    str style = b->more ? b->more->style : STR("");
    for (size_t i = 0; style.n && i < sizeof styles / sizeof *styles; i++)
        if (str_eq_nocase(style, str_of(styles[i].name))) return styles[i].role;
    return QW_ROLE_BODY;
}

/* The hashes of a Markdown heading at the start of s; 0: it is none. */
static unsigned hashes(str s) {
    unsigned n = 0;
    while (n < s.n && n < 7 && s.p[n] == '#') n++;
    return n && n < 7 && n < s.n && s.p[n] == ' ' && s.n < 400 ? n : 0;
}

/* Whether the blocks beside i are blank, or none. */
static bool is_apart(const doc *d, uint32_t i) {
    bool before = i == 0 || d->blocks[i - 1].kind != BLOCK_PARAGRAPH ||
                  block_original(&d->blocks[i - 1]).n == 0 || d->blocks[i - 1].text.n > 60;
    bool after = i + 1 >= d->nblocks || d->blocks[i + 1].kind != BLOCK_PARAGRAPH ||
                 block_original(&d->blocks[i + 1]).n == 0 || d->blocks[i + 1].text.n > 60;
    return before && after;
}

/* A line of a table of contents ends with leaders and a page number: ……12. */
static bool is_contents_line(str s) {
    size_t at = visible_end(s), end = at;
    while (at && is_ascii_digit((unsigned char)s.p[at - 1])) at--;
    if (at == end || !at || end - at > 4) return false;
    size_t from = at;
    unsigned leaders = 0;
    while (from) {
        size_t last = from;
        uint32_t c = utf8_prev(s, &from);
        if (c == '\t') return true;
        if (c != '.' && c != 0x2026 && c != 0xB7 && c != 0x2014 && c != ' ' && c != '_')
            return leaders >= 3 || (last < at && leaders >= 2);
        leaders += c == 0x2026 ? 2 : c != ' ';
    }
    return false;
}

/* Digits before a line are a number that a page was cut at, when the text before them breaks off
 * in mid-sentence; document libraries leave such numbers. */
static bool is_page_cut(const doc *d, uint32_t i, const label *l) {
    if (l->scheme != LABEL_DIGIT || l->separator != 0x3001) return false;
    uint32_t before = previous_text(d, i);
    if (before == NO_BLOCK || before + 1 != i) return false;
    str s = d->blocks[before].text;
    label other;
    return count_chars(s, 20) == 20 && !ends_sentence(s) && !label_read(s, &other) &&
           last_mark(s) != ')' && last_mark(s) != 0xFF09;
}

static void add_label(outline *o, uint32_t i, const label *l, size_t from, bool automatic) {
    candidate *c = add(o);
    if (!c) return;
    c->block = i;
    c->label = *l;
    c->automatic = automatic;
    c->apart = is_apart(o->d, i);
    measure(c, o->d->blocks[i].text, from);
}

static void add_given(outline *o, uint32_t i, enum evidence e, unsigned level, size_t from) {
    const block *b = &o->d->blocks[i];
    candidate *c = add(o);
    if (!c) return;
    c->block = i;
    c->evidence = (uint8_t)e;
    c->level = (uint8_t)level;
    c->apart = is_apart(o->d, i);
    c->automatic = b->flags & BLOCK_AUTO;
    if (!c->automatic && label_read(str_cut(b->text, from, b->text.n), &c->label))
        c->label.at += (uint32_t)from, c->label.number += (uint32_t)from;
    measure(c, b->text, c->label.scheme ? label_text(&c->label) : from);
}

/* 甲、總則: one of the ten stems before a short name. Sentences that begin so (甲、乙雙方同意……)
 * are no candidates, lest they part what they stand among. */
static bool read_stem(str s, label *l) {
    static const char stems[] = "甲乙丙丁戊己庚辛壬癸";
    enum { STEM_NAME_MOST = 60 }; /* bytes: 20 Han */
    size_t at = 0, from;
    while (from = at, at < s.n && is_space(utf8_next(s, &at))) continue;
    str rest = str_cut(s, from, s.n);
    if (rest.n < 9 || rest.n > 6 + STEM_NAME_MOST || !str_starts(str_cut(rest, 3, 6), STR("、")))
        return false;
    size_t stem = str_find(str_of(stems), str_cut(rest, 0, 3), 0);
    if (stem == STR_NONE || stem % 3 || str_find(rest, STR("、"), 6) != STR_NONE) return false;
    *l = (label){.scheme = LABEL_HAN,
                 .nparts = 1,
                 .separator = 0x3001,
                 .value = (uint32_t)(stem / 3 + 1),
                 .at = (uint32_t)from,
                 .number = (uint32_t)from,
                 .number_size = 3,
                 .size = 6};
    return true;
}

static void add_stem(outline *o, uint32_t i, const label *l) {
    add_label(o, i, l, label_text(l), false);
    if (!doc_ok(o->d)) return;
    candidate *c = &o->candidates[o->ncandidates - 1];
    if (c->shape != SHAPE_BARE) {
        o->ncandidates--;
        return;
    }
    c->stem = true;
    o->stems_above |= !o->official;
}

static void add_doubtful(outline *o, uint32_t i, const label *l) {
    add_label(o, i, l, label_text(l), false);
    if (!doc_ok(o->d)) return;
    candidate *c = &o->candidates[o->ncandidates - 1];
    c->doubtful = true;
    if (c->shape != SHAPE_BARE) o->ncandidates--;
}

static void look(outline *o, uint32_t i) {
    const block *b = &o->d->blocks[i];
    str s = b->text;
    label l;
    unsigned level = format_level(b);
    qw_role role = style_role(b);
    if (role != QW_ROLE_BODY) {
        edit_role(o->d, i, (block_role){.role = role},
                  (reason){STR("style"), STR("the style says so"), 100});
    } else if (level) {
        add_given(o, i, EVIDENCE_OUTLINE, level, 0);
    } else if (b->flags & BLOCK_AUTO) {
        /* A full number is read as if the text stood after it: "1)" and "·" are labels too. */
        if (b->more && label_read(arena_join(o->d->mem, b->more->label, STR(" 文")), &l))
            add_label(o, i, &l, 0, true);
    } else if (label_read(s, &l)) {
        if (!is_contents_line(s) && !is_page_cut(o->d, i, &l))
            add_label(o, i, &l, label_text(&l), false);
        o->official |= l.scheme == LABEL_HAN && !l.formal;
    } else if (is_ascii_digit((unsigned char)s.p[0]) && label_read_chapter(s, &l)) {
        if (!is_contents_line(s)) add_doubtful(o, i, &l);
    } else if (read_stem(s, &l)) {
        if (!is_contents_line(s)) add_stem(o, i, &l);
    } else if (s.p[0] == '#' && (level = hashes(s))) {
        if (level > 1 || i == o->first_text || is_apart(o->d, i))
            add_given(o, i, EVIDENCE_HASH, level, level + 1);
    } else if (may_be_word(s) && is_word(str_trim(s))) {
        add_given(o, i, EVIDENCE_WORD, 0, 0);
    }
}

/* ---- Table of contents ----------------------------------------------------------------------- */

static bool is_contents_title(str s) {
    char closed[16];
    if (s.n > 20 || s.n < 6) return false;
    if (memcmp(s.p, "目", 3) && memcmp(s.p, "C", 1)) return false;
    size_t n = close_up(s, closed, sizeof closed);
    str word = str_make(closed, n);
    return str_eq(word, STR("目录")) || str_eq(word, STR("目錄")) || str_eq(word, STR("目次")) ||
           str_eq_nocase(word, STR("contents"));
}

/* The text of a contents line without its page number, for comparing. */
static str contents_key(str s) {
    size_t end = visible_end(s);
    while (end) {
        size_t at = end;
        uint32_t c = utf8_prev(s, &at);
        if (!is_ascii_digit(c) && !is_space(c) && c != '.' && c != 0x2026 && c != 0xB7) break;
        end = at;
    }
    return str_cut(s, 0, end);
}

/* The first block after the contents that begin after block i: where the first entry comes again,
 * the format has a heading or a number of its own, or the first line that is too long for an entry.
 */
static uint32_t after_contents(const doc *d, uint32_t i) {
    uint32_t first = next_text(d, i + 1);
    if (first == NO_BLOCK) return i + 1;
    str key = contents_key(d->blocks[first].text);
    uint32_t at = next_text(d, first + 1);
    for (unsigned lines = 0; at != NO_BLOCK && lines < 2000; lines++) {
        str s = d->blocks[at].text;
        if (str_eq(contents_key(s), key) && key.n) return at;
        if (format_level(&d->blocks[at]) || (d->blocks[at].flags & BLOCK_AUTO)) return at;
        if (count_chars(s, 50) == 50 || last_mark(s) == 0x3002) return lines ? at : i + 1;
        at = next_text(d, at + 1);
    }
    return i + 1;
}

void find_candidates(outline *o) {
    doc *d = o->d;
    o->first_text = next_text(d, 0);
    for (uint32_t i = o->first_text; i != NO_BLOCK && doc_ok(d);) {
        str s = d->blocks[i].text;
        uint32_t next = i + 1;
        if (is_contents_title(s))
            next = after_contents(d, i);
        else if (d->blocks[i].role == QW_ROLE_BODY)
            look(o, i);
        if (may_be_named(s)) add_named(o, i);
        o->last_text = i;
        i = next_text(d, next);
    }
}

/* Candidates: the lines that begin with a label, a word such as 前言, a Markdown hash, or that the
 * format calls headings. A paragraph that cannot be one is left after its first character. */
#include "headings.h"

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
    measure_shape(c, o->d->blocks[i].text, from);
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
    measure_shape(c, b->text, c->label.scheme ? label_text(&c->label) : from);
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
    } else if (is_heading_word(s)) {
        add_given(o, i, EVIDENCE_WORD, 0, 0);
    } else if (is_diary_date(s)) {
        add_given(o, i, EVIDENCE_DATE, 0, 0);
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

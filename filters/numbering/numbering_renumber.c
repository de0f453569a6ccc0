/* New numbers: counts every run anew, or gives all headings the labels of one scheme, and rewrites
 * what refers to them. All changes are one group: undo takes all of them back or none.
 *
 *   gongwen  一、 （一） 1. （1） ①          by level (GB/T 9704-2012, 7.3.3)
 *   decimal  1 1.1 1.1.1
 *   legal    第一章 第一节 第一条 （一） 1.   articles count through (立法法, art. 65) */
#include "numbering.h"

/* ---- Spelling -------------------------------------------------------------------------------- */

size_t respell(str old, uint32_t value, char *to) {
    uint32_t was;
    char plain[NUMERAL_ROOM];
    if (numeral_read_han(old, &was) == old.n) return numeral_write_han(value, to);
    uint32_t c;
    if (utf8_read(old.p, old.n, &c) == old.n && numeral_enclosed(c, &was) == ENCLOSED_CIRCLE)
        return numeral_write_circled(value, to);
    if (numeral_read_digits(old, &was) != old.n) return 0;
    size_t n = numeral_write_digits(value, plain);
    if (old.p[0] >= '0' && old.p[0] <= '9') return memcpy(to, plain, n), n;
    for (size_t i = 0; i < n; i++) utf8_write(to + 3 * i, 0xFF10u + (uint32_t)(plain[i] - '0'));
    return 3 * n;
}

static size_t write_letter(char old, uint32_t value, char *to) {
    if (value > 26) return 0;
    *to = (char)((old >= 'a' ? 'a' : 'A') + (char)(value - 1));
    return 1;
}

static size_t write_roman(char old, uint32_t value, char *to) {
    size_t n = numeral_write_roman(value, to);
    for (size_t i = 0; old >= 'a' && i < n; i++) to[i] |= 32;
    return n;
}

size_t respell_number(const listing *x, const item *it, char *to) {
    const label *l = &it->label;
    str old = str_cut(x->d->blocks[it->block].text, l->number, l->number + l->number_size);
    switch (l->scheme) {
    case LABEL_CIRCLED: return numeral_write_circled(it->expected, to);
    case LABEL_ROMAN:
        return (unsigned char)*old.p < 0x80 ? write_roman(*old.p, it->expected, to) : 0;
    case LABEL_LETTER:
    case LABEL_LETTER_HALF:
    case LABEL_LETTER_BRACKET:
        return (unsigned char)*old.p < 0x80 ? write_letter(*old.p, it->expected, to) : 0;
    case LABEL_DECIMAL: break;
    default: return l->formal ? 0 : respell(old, it->expected, to);
    }
    size_t n = 0;
    for (unsigned i = 0; i < l->nparts; i++) {
        if (i) to[n++] = '.';
        n += numeral_write_digits(it->parts[i], to + n);
    }
    return n;
}

/* ---- Counting -------------------------------------------------------------------------------- */

const char *item_refused(const listing *x, const item *it) {
    const char *why = x->runs[it->run].refused;
    return why ? why : x->refused[it->kind];
}

/* Refuses the runs that have a label whose kind cannot write its new number: ⑴ ㈠ ⒈ Ｃ. */
static void refuse_unwritable(listing *x) {
    char text[3 * NUMERAL_ROOM];
    for (size_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        run *r = &x->runs[it->run];
        if (it->label.value == it->expected || it->label.scheme == LABEL_DECIMAL || r->refused)
            continue;
        if (!respell_number(x, it, text)) r->refused = "a label of it cannot be written otherwise";
    }
}

static void refuse_runs(listing *x) {
    for (size_t i = 0; i < x->nitems; i++) {
        item *it = &x->items[i];
        if (item_refused(x, it)) it->expected = it->label.value;
    }
}

/* The parts of a decimal: those of what it stands under, and its own. */
static void count_parts(listing *x, item *it) {
    unsigned n = it->label.nparts;
    const item *above = it->parent == NO_ITEM ? NULL : &x->items[it->parent];
    memcpy(it->parts, it->label.parts, sizeof it->parts);
    it->parts[n - 1] = it->expected;
    if (!above || n < 2) return;
    bool decimal = above->label.scheme == LABEL_DECIMAL && above->label.nparts + 1u == n;
    bool number = n == 2 && above->label.value == it->label.parts[0];
    for (unsigned i = 0; decimal && i + 1 < n; i++)
        if (above->label.parts[i] != it->label.parts[i]) decimal = false;
    if (decimal)
        memcpy(it->parts, above->parts, (n - 1) * sizeof *it->parts);
    else if (number && above->label.scheme != LABEL_DECIMAL)
        it->parts[0] = above->expected;
}

/* ---- Schemes --------------------------------------------------------------------------------- */

#define DEEPEST 9

/* The counters of a scheme, by depth; those below a heading begin anew. */
typedef struct counters {
    uint32_t at[DEEPEST + 1];
    unsigned depth_of_level[DEEPEST + 1];
    uint32_t articles;
    bool dotted; /* decimal: 1. and not 1 */
} counters;

enum { DEPTH_CHAPTER = 1, DEPTH_SECTION, DEPTH_ARTICLE, DEPTH_ITEM };

/* How deep a heading stands among chapters, sections, articles and items. */
static unsigned legal_depth(const listing *x, counters *c, const item *it) {
    unsigned depth = it->level > 1 ? c->depth_of_level[it->level - 1] + 1 : DEPTH_CHAPTER;
    bool paragraph = x->d->blocks[it->block].role == QW_ROLE_RUNIN;
    if (paragraph && depth < DEPTH_ARTICLE) depth = DEPTH_ARTICLE;
    for (unsigned i = it->level; i <= DEEPEST; i++) c->depth_of_level[i] = depth;
    return depth;
}

static str write_official(arena *mem, unsigned depth, uint32_t value) {
    char n[NUMERAL_ROOM];
    bool han = depth <= 2;
    size_t size = depth == 5 ? numeral_write_circled(value, n)
                  : han      ? numeral_write_han(value, n)
                             : numeral_write_digits(value, n);
    static const char *const forms[] = {"%.*s、", "（%.*s）", "%.*s.", "（%.*s）", "%.*s"};
    if (!size || depth > 5) return (str){NULL, 0};
    return arena_printf(mem, forms[depth - 1], (int)size, n);
}

static str write_legal(arena *mem, unsigned depth, counters *c) {
    static const char *const names[] = {"", "章", "节", "条"};
    char n[NUMERAL_ROOM];
    if (depth > DEPTH_ARTICLE)
        return depth == DEPTH_ITEM       ? write_official(mem, 2, c->at[depth])
               : depth == DEPTH_ITEM + 1 ? write_official(mem, 3, c->at[depth])
                                         : (str){NULL, 0};
    uint32_t value = depth == DEPTH_ARTICLE ? ++c->articles : c->at[depth];
    size_t size = numeral_write_han(value, n);
    return arena_printf(mem, "第%.*s%s　", (int)size, n, names[depth]);
}

/* Whether paragraphs are numbered at the first level: a bare number before a sentence would be
 * taken for one of its words, so all of that level get a stop. */
static bool has_paragraphs(const listing *x) {
    for (size_t i = 0; i < x->nitems; i++)
        if (x->items[i].level == 1 && x->d->blocks[x->items[i].block].role != QW_ROLE_HEADING)
            return true;
    return false;
}

static str write_decimal(arena *mem, unsigned depth, const counters *c) {
    char text[16 * DEEPEST];
    size_t n = 0;
    for (unsigned i = 1; i <= depth; i++) {
        if (i > 1) text[n++] = '.';
        n += numeral_write_digits(c->at[i] ? c->at[i] : 1, text + n);
    }
    if (depth == 1 && c->dotted) text[n++] = '.';
    text[n++] = ' ';
    return arena_str(mem, str_make(text, n));
}

static void write_labels(listing *x, enum numbering_scheme scheme) {
    counters c = {.dotted = has_paragraphs(x)};
    for (size_t i = 0; i < x->nitems; i++) {
        item *it = &x->items[i];
        if (!it->level || it->level > DEEPEST) continue;
        unsigned depth = scheme == SCHEME_LEGAL ? legal_depth(x, &c, it) : it->level;
        if (depth > DEEPEST) continue;
        c.at[depth]++;
        memset(c.at + depth + 1, 0, (DEEPEST - depth) * sizeof *c.at);
        it->written = scheme == SCHEME_GONGWEN ? write_official(x->d->mem, depth, c.at[depth])
                      : scheme == SCHEME_LEGAL ? write_legal(x->d->mem, depth, &c)
                                               : write_decimal(x->d->mem, depth, &c);
    }
}

/* The kinds of labels that gongwen writes, by level. */
static const uint8_t official[] = {LABEL_NONE,  LABEL_HAN,           LABEL_HAN_BRACKET,
                                   LABEL_DIGIT, LABEL_DIGIT_BRACKET, LABEL_CIRCLED};
enum { OFFICIAL_DEEPEST = 5 };

/* Whether a label is the one that the scheme writes at its level. */
static bool is_of_scheme(const item *it, enum numbering_scheme scheme) {
    const label *l = &it->label;
    if (scheme == SCHEME_GONGWEN)
        return it->level <= OFFICIAL_DEEPEST && l->scheme == official[it->level];
    if (scheme == SCHEME_LEGAL) return l->scheme == LABEL_UNIT || l->scheme == LABEL_HAN_BRACKET;
    bool number =
        l->scheme == LABEL_DIGIT_BARE || (l->scheme == LABEL_DIGIT && l->separator == '.');
    return it->level == 1 ? number : l->scheme == LABEL_DECIMAL && l->nparts == it->level;
}

bool has_scheme(const listing *x, enum numbering_scheme scheme) {
    size_t ours = 0, others = 0;
    for (size_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        const label *l = &it->label; /* list items count too: 1. 甲方应当… */
        bool numbered = scheme == SCHEME_DECIMAL &&
                        (l->scheme == LABEL_DECIMAL || (l->scheme == LABEL_DIGIT && l->gap));
        if (numbered || (it->level && is_of_scheme(it, scheme)))
            ours++;
        else
            others += it->level != 0;
    }
    return others * 4 <= ours;
}

/* List items that are counted together with headings go with them: each gets the level of the
 * heading before it in its run, or of the first one. */
static void level_items(listing *x) {
    for (size_t k = 0; k < x->nruns; k++) {
        uint8_t level = 0;
        for (uint32_t i = x->runs[k].first; !level && i != NO_ITEM; i = x->items[i].next)
            level = x->items[i].level;
        for (uint32_t i = x->runs[k].first; level && i != NO_ITEM; i = x->items[i].next) {
            if (x->items[i].level) level = x->items[i].level;
            x->items[i].level = level;
        }
    }
}

/* Whether list items have labels of a kind that headings of another kind would get. */
static bool has_rivals(const listing *x) {
    uint32_t items = 0, wanted = 0; /* kinds of labels */
    for (size_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        if (!it->level) items |= (uint32_t)1 << it->label.scheme;
        if (it->level && it->level <= OFFICIAL_DEEPEST && !is_of_scheme(it, SCHEME_GONGWEN))
            wanted |= (uint32_t)1 << official[it->level];
    }
    return items & wanted;
}

/* Why the labels of this document cannot be those of another scheme; NULL: they can. */
static const char *refuse_scheme(const listing *x, enum numbering_scheme scheme) {
    for (uint32_t i = 0; i < x->d->nblocks; i++) {
        const block *b = &x->d->blocks[i];
        bool heading = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN;
        if (heading && (b->flags & BLOCK_AUTO))
            return "some headings are numbered by the format itself";
    }
    if (scheme == SCHEME_GONGWEN && has_rivals(x))
        return "list items have labels that headings would get: they could not be told apart";
    for (size_t i = 0; i < x->nruns; i++)
        if (item_refused(x, &x->items[x->runs[i].first]))
            return item_refused(x, &x->items[x->runs[i].first]);
    return NULL;
}

/* ---- Changes --------------------------------------------------------------------------------- */

typedef struct changes {
    change *list;
    size_t n, cap;
} changes;

static void add_change(listing *x, changes *c, size_t at, size_t n, str after, str rule_id,
                       str why) {
    change *room = numbering_room(x->d, c->list, c->n, &c->cap, sizeof *room);
    if (!room) return;
    c->list = room;
    c->list[c->n++] = (change){at, n, arena_str(x->d->mem, after), {rule_id, why, 80}};
}

static void change_label(listing *x, changes *c, const item *it, bool relabel) {
    char text[3 * NUMERAL_ROOM];
    str was = item_label(x, it);
    const label *l = &it->label;
    if (relabel) {
        if (it->written.p)
            add_change(
                x, c, l->at, l->size + l->gap, it->written, STR("renumber"),
                arena_printf(x->d->mem, "%.*s in the labels of the scheme", (int)was.n, was.p));
        return;
    }
    size_t n = respell_number(x, it, text);
    str old = str_cut(x->d->blocks[it->block].text, l->number, l->number + l->number_size);
    if (!n || str_eq(str_make(text, n), old) ||
        (it->expected == l->value && l->scheme != LABEL_DECIMAL))
        return;
    add_change(
        x, c, l->number, l->number_size, str_make(text, n), STR("renumber"),
        arena_printf(x->d->mem, "%.*s is number %u of its run", (int)was.n, was.p, it->expected));
}

static void change_reference(listing *x, changes *c, const reference *r, bool relabel) {
    char text[3 * NUMERAL_ROOM];
    const item *it = &x->items[r->target];
    if (relabel) {
        if (r->whole && it->written.p)
            add_change(x, c, r->at, r->n, it->written, STR("reference"),
                       STR("the line of a heading that gets another label"));
        return;
    }
    str old = str_cut(x->d->blocks[r->block].text, r->at, r->at + r->n);
    size_t n = it->label.scheme == LABEL_DECIMAL ? respell_number(x, it, text)
                                                 : respell(old, it->expected, text);
    bool same = it->label.scheme != LABEL_DECIMAL && it->expected == it->label.value;
    if (!n || same || str_eq(str_make(text, n), old)) return;
    str was = item_label(x, it);
    add_change(x, c, r->at, r->n, str_make(text, n), STR("reference"),
               arena_printf(x->d->mem, "refers to %.*s, which is renumbered", (int)was.n, was.p));
}

/* Makes the changes of labels and references, block by block. */
static void apply(listing *x, bool relabel) {
    changes c = {0};
    size_t i = 0, r = 0;
    edit_group_begin(x->d);
    while ((i < x->nitems || r < x->nreferences) && doc_ok(x->d)) {
        uint32_t at = i < x->nitems ? x->items[i].block : UINT32_MAX;
        if (r < x->nreferences && x->references[r].block < at) at = x->references[r].block;
        c.n = 0;
        if (i < x->nitems && x->items[i].block == at) change_label(x, &c, &x->items[i++], relabel);
        for (; r < x->nreferences && x->references[r].block == at; r++)
            change_reference(x, &c, &x->references[r], relabel);
        if (c.n) edit_apply(x->d, at, c.list, c.n);
    }
    edit_group_end(x->d);
}

static void report_refused(listing *x, const item *it, const char *why) {
    edit_finding(x->d, it->block, it->label.at, it->label.size,
                 (reason){STR("refused"), arena_printf(x->d->mem, "not renumbered: %s", why), 70});
}

void renumber_items(listing *x, enum numbering_scheme scheme) {
    if (scheme != SCHEME_KEEP) {
        level_items(x);
        const char *why = refuse_scheme(x, scheme);
        if (why) {
            report_refused(x, &x->items[0], why);
            return;
        }
        write_labels(x, scheme);
        apply(x, true);
        return;
    }
    refuse_unwritable(x);
    for (size_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        const char *why = item_refused(x, it);
        if (why && it->label.value != it->expected) report_refused(x, it, why);
    }
    refuse_runs(x);
    for (size_t i = 0; i < x->nitems; i++)
        if (x->items[i].label.scheme == LABEL_DECIMAL) count_parts(x, &x->items[i]);
    apply(x, false);
}

/* reflow: joins the lines of paragraphs that were broken at a fixed width.
 *
 * It works only on evidence: the document's lines have a common width that hardly any exceeds, many
 * reach it, and most of those that do break off in mid-sentence. Then a line that reaches the width
 * goes on in the next one, unless that one is blank, is indented, begins with a label, or the first
 * has ended its sentence and indents do not tell. Headings, lists, verse and addresses are shorter
 * than the width, so they stay.
 *
 * It must run before `spaces`, which takes the indents away. */
#include "filter.h"

/* Widths in columns: a Han character takes two. */
#define WIDTH_LEAST 36
#define WIDTH_MOST  160
#define LINES_LEAST 6
#define WIDTH_SLACK 3 /* a mark or a Latin word that did not fit */

/* What was seen of the lines of the document. */
typedef struct habit {
    uint32_t lines;
    uint32_t of_width[WIDTH_MOST + 2];
    uint32_t full, broken; /* lines of the common width; those that break off in mid-sentence */
    uint32_t indented;     /* lines that begin with blanks */
    unsigned width;        /* the common width; 0: none */
} habit;

/* Columns of s up to a limit. */
static unsigned columns(str s) {
    unsigned n = 0;
    for (size_t at = 0; at < s.n && n <= WIDTH_MOST;) n += utf8_next(s, &at) < 0x1100 ? 1 : 2;
    return n;
}

static bool is_blank(str s) {
    for (size_t at = 0; at < s.n;)
        if (!is_space(utf8_next(s, &at))) return false;
    return true;
}

/* Whether the line is a row of a table: it has a tab between words. */
static bool is_row(str s) {
    size_t at = 0, from = 0;
    while (at < s.n && is_space(utf8_next(s, &at))) from = at;
    size_t tab = str_find_byte(s, '\t', from);
    return tab != STR_NONE && !is_blank(str_cut(s, tab, s.n));
}

/* A line of plain text: paragraphs of formats with styles and spans are whole already. */
static bool is_line(const block *b) {
    const block_more *more = b->more;
    if (more && (more->nspans || more->style.n || more->label.n)) return false;
    return block_is_text(b) && b->region == REGION_BODY && b->role == QW_ROLE_BODY &&
           !is_row(b->text);
}

static bool is_indented(str s) {
    size_t at = 0;
    return s.n && is_space(utf8_next(s, &at));
}

static uint32_t last_of(str s) {
    for (size_t at = s.n; at;) {
        uint32_t c = utf8_prev(s, &at);
        if (!is_space(c)) return c;
    }
    return 0;
}

/* Whether the line ends as a sentence or a paragraph does. */
static bool is_ended(str s) {
    uint32_t c = last_of(s);
    return is_sentence_end(c) || c == 0xFF1A || c == 0xFF1B || c == 0x201D || c == 0x300D ||
           c == ':' || c == 0xFF09;
}

static void add_line(habit *h, unsigned width) {
    h->lines++;
    h->of_width[width <= WIDTH_MOST ? width : WIDTH_MOST + 1]++;
}

static void observe(const doc *d, habit *h) {
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!is_line(b) || is_blank(b->text)) continue;
        add_line(h, columns(b->text));
        h->indented += is_indented(b->text);
    }
}

/* The width that lines were broken at: nearly all lines keep to it, and many reach it. */
static unsigned common_width(const habit *h) {
    uint32_t beyond = h->of_width[WIDTH_MOST + 1];
    unsigned width = WIDTH_MOST;
    while (width >= WIDTH_LEAST && (beyond + h->of_width[width]) * 50 <= h->lines)
        beyond += h->of_width[width--];
    uint32_t near = 0;
    for (unsigned n = width; n + WIDTH_SLACK > width && n >= WIDTH_LEAST; n--)
        near += h->of_width[n];
    return h->lines >= LINES_LEAST && width >= WIDTH_LEAST && near * 3 >= h->lines ? width : 0;
}

static bool is_full(const habit *h, str s) {
    return columns(s) + WIDTH_SLACK > h->width;
}

static void count_broken(const doc *d, habit *h) {
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!is_line(b) || !is_full(h, b->text)) continue;
        h->full++;
        h->broken += !is_ended(b->text);
    }
}

/* Whether line b goes on where line a breaks off. */
static bool goes_on(const habit *h, const block *a, const block *b) {
    label l;
    if (!is_line(b) || is_blank(b->text) || !is_full(h, a->text) || is_indented(b->text))
        return false;
    bool indents_tell = h->indented * 20 >= h->lines;
    bool labelled = label_read(b->text, &l) && l.scheme != LABEL_DIGIT_BARE &&
                    l.scheme != LABEL_HAN_BARE && l.scheme != LABEL_DECIMAL;
    if (labelled && is_ended(a->text)) return false;
    return indents_tell || !is_ended(a->text);
}

static bool needs_blank(str a, str b) {
    unsigned char x = a.n ? (unsigned char)a.p[a.n - 1] : 0x80, y = (unsigned char)b.p[0];
    bool latin = (is_ascii_letter(x) || is_ascii_digit(x) || x == ',' || x == '.') &&
                 (is_ascii_letter(y) || is_ascii_digit(y));
    return latin && x != '-';
}

static const reason joined_why = {STR_INIT("join"),
                                  STR_INIT("lines that were broken at a fixed width, joined"), 80};

/* The text of lines (first, last], as it follows that of first. */
static str tail_of(doc *d, uint32_t first, uint32_t last) {
    size_t n = 0, at = 0;
    for (uint32_t i = first + 1; i <= last; i++) n += d->blocks[i].text.n + 1;
    char *p = arena_alloc(d->mem, n);
    if (!p) return fail_memory(&d->why), (str){NULL, 0};
    for (uint32_t i = first + 1; i <= last; i++) {
        str s = d->blocks[i].text;
        if (needs_blank(d->blocks[i - 1].text, s)) p[at++] = ' ';
        memcpy(p + at, s.p, s.n);
        at += s.n;
    }
    return (str){p, at};
}

static void join(doc *d, uint32_t first, uint32_t last) {
    str tail = tail_of(d, first, last);
    if (!tail.p) return;
    edit_group_begin(d);
    edit_replace(d, first, d->blocks[first].text.n, 0, tail, joined_why);
    for (uint32_t i = first + 1; i <= last; i++) edit_drop(d, i, joined_why);
    edit_group_end(d);
}

/* The last line of the paragraph that begins with line i. */
static uint32_t last_line(const doc *d, const habit *h, uint32_t i) {
    while (i + 1 < d->nblocks && goes_on(h, &d->blocks[i], &d->blocks[i + 1])) i++;
    return i;
}

/* Whether the joined text would have no common width any more, as a text of whole paragraphs has
 * none. Else the evidence was no evidence, and a second run would go on joining. */
static bool settles(const doc *d, const habit *h) {
    habit with = {0}, without = {0}; /* indents */
    for (uint32_t i = 0; i < d->nblocks; i++) {
        if (!is_line(&d->blocks[i]) || is_blank(d->blocks[i].text)) continue;
        uint32_t last = last_line(d, h, i);
        unsigned width = 0, indent = 0;
        for (uint32_t k = i; k <= last; k++) width += columns(d->blocks[k].text);
        str s = d->blocks[i].text;
        for (size_t at = 0; at < s.n;) {
            uint32_t c = utf8_next(s, &at);
            if (!is_space(c)) break;
            indent += c == 0x3000 ? 2 : 1;
        }
        add_line(&with, width);
        add_line(&without, width - indent);
        i = last;
    }
    return !common_width(&with) && !common_width(&without);
}

static void reflow_document(const stage *s, doc *d) {
    (void)s;
    habit h = {0};
    observe(d, &h);
    h.width = common_width(&h);
    if (!h.width) return;
    count_broken(d, &h);
    if (h.broken * 2 < h.full || !settles(d, &h)) return;
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        if (!is_line(&d->blocks[i])) continue;
        uint32_t last = last_line(d, &h, i);
        if (last > i) join(d, i, last);
        i = last;
    }
}

const filter filter_reflow = {
    .info =
        {
            .name = "reflow",
            .summary = {"join lines that were broken at a fixed width",
                        "合并按固定宽度硬换行的段落"},
        },
    .document = reflow_document,
};

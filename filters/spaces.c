/* spaces: takes blanks off the ends of paragraphs, and of lines that breaks make in them.
 *
 * Trailing blanks go. Leading ones (two full-width spaces, or what takes their place) go where they
 * are the indent of a paragraph or its centring: layout is the writer's. They stay where they carry
 * meaning: before code and other Latin text that is indented by spaces or tabs, in lines laid out
 * in columns, and in verse, which is three or more short lines with the same deep indent (two are a
 * signature and its date). So do blanks that are underlined, and those that fields and content
 * controls hold. */
#include "filter.h"

#include <string.h>

/* Columns that an ordinary paragraph is indented by at most: two full-width characters. */
#define PARAGRAPH_INDENT 4
/* A line of verse has at most this many bytes (24 Han characters). */
#define VERSE_BYTES 72
/* A line of a table in text has at most this many. */
#define COLUMNS_BYTES 600

/* Bytes that a line's first or last blank can start or end with; anything else is no blank. */
static bool may_be_blank(unsigned char c) {
    return c == ' ' || c == '\t' || c >= 0x80;
}

/* Bytes of blanks at the start; *columns is how far they indent, a full-width one by two. */
static size_t leading(str s, size_t *columns) {
    size_t at = 0;
    *columns = 0;
    while (at < s.n) {
        size_t next = at;
        uint32_t c = utf8_next(s, &next);
        if (!is_space(c)) break;
        *columns += c == 0x3000 ? 2 : c == '\t' ? 4 : 1;
        at = next;
    }
    return at;
}

/* Bytes up to the last character that is no blank. */
static size_t visible_end(str s) {
    size_t end = s.n;
    while (end && may_be_blank((unsigned char)s.p[end - 1])) {
        size_t at = end;
        if (!is_space(utf8_prev(s, &at))) break;
        end = at;
    }
    return end;
}

/* A tab, or two or more blanks in a row after something other than the end of a sentence. */
static bool has_columns(str s) {
    size_t columns, run = 0, end = visible_end(s);
    uint32_t last = 0;
    if (end > COLUMNS_BYTES) return false;
    for (size_t at = leading(s, &columns); at < end;) {
        uint32_t c = utf8_next(s, &at);
        if (c == '\t') return true;
        run = is_space(c) ? run + 1 : 0;
        if (run == 2 && !is_sentence_end(last)) return true;
        if (!run) last = c;
    }
    return false;
}

/* A line: a paragraph, or what stands between two breaks in one. */
typedef struct line {
    const doc *d;
    uint32_t own;   /* the paragraph that is judged, */
    str text;       /* and its text now; of others what was read counts */
    uint32_t index; /* the paragraph that the line is in */
    size_t at, end;
} line;

static str text_around(const line *l) {
    if (l->index == l->own) return l->text;
    bool text = l->index < l->d->nblocks && block_is_text(&l->d->blocks[l->index]);
    return text ? block_original(&l->d->blocks[l->index]) : STR("");
}

static str line_text(const line *l) {
    return str_cut(text_around(l), l->at, l->end);
}

/* Only paragraphs with more than their text have breaks. */
static bool has_breaks(const line *l) {
    return l->index < l->d->nblocks && l->d->blocks[l->index].more;
}

static void find_end(line *l) {
    str s = text_around(l);
    const char *end = has_breaks(l) && l->at < s.n ? memchr(s.p + l->at, '\n', s.n - l->at) : NULL;
    l->end = end ? (size_t)(end - s.p) : s.n;
}

static line line_after(line l) {
    if (l.end < text_around(&l).n) {
        l.at = l.end + 1;
    } else {
        l.index++;
        l.at = 0;
    }
    find_end(&l);
    return l;
}

static line line_before(line l) {
    if (l.at) {
        l.end = l.at - 1;
    } else {
        l.index--;
        l.end = text_around(&l).n;
    }
    str s = text_around(&l);
    l.at = has_breaks(&l) ? l.end : 0;
    while (l.at && s.p[l.at - 1] != '\n') l.at--;
    return l;
}

/* A short line with such an indent. */
static bool is_verse(str s, size_t columns) {
    size_t own;
    return s.n <= VERSE_BYTES && leading(s, &own) < s.n && own == columns;
}

/* Whether the n bytes of blanks before the line's text mean something. */
static bool indent_matters(const line *l, size_t n, size_t columns) {
    str s = line_text(l);
    line above = line_before(*l), below = line_after(*l);
    str last = line_text(&above), next = line_text(&below);
    unsigned char first = (unsigned char)s.p[n];
    bool latin = first < 0x80 && first != '(' && first != '"' && !is_ascii_digit(first);
    if (latin && (s.p[0] == ' ' || s.p[0] == '\t')) return true;
    if (has_columns(s) && (has_columns(last) || has_columns(next))) return true;
    if (columns <= PARAGRAPH_INDENT || !is_verse(s, columns)) return false;
    bool over = is_verse(last, columns), under = is_verse(next, columns);
    line far_above = line_before(above), far_below = line_after(below);
    return (over && under) || (over && is_verse(line_text(&far_above), columns)) ||
           (under && is_verse(line_text(&far_below), columns));
}

static const reason trailing = {STR_INIT("trailing"), STR_INIT("blanks at the end of a line"), 100};
static const reason indent = {STR_INIT("indent"), STR_INIT("the indent of a paragraph in blanks"),
                              95};

/* Adds what goes of the line to changes, two at most; returns how many there are then. */
static size_t judge_line(const line *l, change *changes, size_t count) {
    str s = line_text(l);
    if (!s.n) return count;
    if (!may_be_blank((unsigned char)s.p[0]) && !may_be_blank((unsigned char)s.p[s.n - 1]))
        return count;
    size_t columns = 0, end = visible_end(s), n = end ? leading(s, &columns) : 0;
    if (n && !indent_matters(l, n, columns)) changes[count++] = (change){l->at, n, STR(""), indent};
    if (end < s.n) changes[count++] = (change){l->at + end, s.n - end, STR(""), trailing};
    return count;
}

static size_t count_lines(str s) {
    size_t lines = 1;
    for (size_t i = 0; i < s.n; i++) lines += s.p[i] == '\n';
    return lines;
}

static void spaces_block(const stage *unused, doc *d, uint32_t index) {
    (void)unused;
    const block *b = &d->blocks[index];
    line l = {.d = d, .own = index, .text = b->text, .index = index};
    find_end(&l);
    bool whole = l.end == b->text.n;
    if (!b->text.n) return;
    if (whole && !may_be_blank((unsigned char)b->text.p[0]) &&
        !may_be_blank((unsigned char)b->text.p[b->text.n - 1]))
        return;
    if (block_has_room(b)) return;
    change few[2], *changes = few;
    if (!whole) changes = arena_alloc(d->mem, 2 * count_lines(b->text) * sizeof *changes);
    if (!changes) {
        fail_memory(&d->why);
        return;
    }
    size_t count = 0;
    for (; l.index == index; l = line_after(l)) count = judge_line(&l, changes, count);
    if (count) edit_apply(d, index, changes, count);
}

const filter filter_spaces = {
    .info =
        {
            .name = "spaces",
            .summary = {"remove trailing blanks and paragraph indents made of blanks",
                        "去除行尾空白和段首缩进空格"},
        },
    .block = spaces_block,
};

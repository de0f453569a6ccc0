/* spaces: takes blanks off the ends of paragraphs.
 *
 * Trailing blanks go. Leading ones (two full-width spaces, or what takes their place) go where they
 * are the indent of a paragraph or its centring: layout is the writer's. They stay where they carry
 * meaning: before code and other Latin text that is indented by spaces or tabs, in lines laid out
 * in columns, and in verse, which is three or more short lines with the same deep indent (two are a
 * signature and its date). So do blanks that are underlined, and those of a form's fields. */
#include "filter.h"

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

/* The text that was read at index, empty for what is no paragraph or lies outside. */
static str neighbour(const doc *d, uint32_t index) {
    bool text = index < d->nblocks && block_is_text(&d->blocks[index]);
    return text ? block_original(&d->blocks[index]) : STR("");
}

/* A short line with such an indent. */
static bool is_verse(str s, size_t columns) {
    size_t own;
    return s.n <= VERSE_BYTES && leading(s, &own) < s.n && own == columns;
}

/* Whether the blanks [0, n) before the text mean something. */
static bool indent_matters(const doc *d, uint32_t index, size_t n, size_t columns) {
    str s = d->blocks[index].text;
    str last = neighbour(d, index - 1), next = neighbour(d, index + 1);
    unsigned char first = (unsigned char)s.p[n];
    bool latin = first < 0x80 && first != '(' && first != '"' && !is_ascii_digit(first);
    if (latin && (s.p[0] == ' ' || s.p[0] == '\t')) return true;
    if (has_columns(s) && (has_columns(last) || has_columns(next))) return true;
    if (columns <= PARAGRAPH_INDENT || !is_verse(s, columns)) return false;
    bool above = is_verse(last, columns), below = is_verse(next, columns);
    return (above && below) || (above && is_verse(neighbour(d, index - 2), columns)) ||
           (below && is_verse(neighbour(d, index + 2), columns));
}

static const reason trailing = {STR_INIT("trailing"), STR_INIT("blanks at the end of a line"), 100};
static const reason indent = {STR_INIT("indent"), STR_INIT("the indent of a paragraph in blanks"),
                              95};

static void spaces_block(const stage *unused, doc *d, uint32_t index) {
    (void)unused;
    str s = d->blocks[index].text;
    if (!s.n) return;
    if (!may_be_blank((unsigned char)s.p[0]) && !may_be_blank((unsigned char)s.p[s.n - 1])) return;
    if (block_has_room(&d->blocks[index])) return;
    change changes[2];
    size_t count = 0, columns = 0, end = visible_end(s), n = end ? leading(s, &columns) : 0;
    if (n && !indent_matters(d, index, n, columns))
        changes[count++] = (change){0, n, STR(""), indent};
    if (end < s.n) changes[count++] = (change){end, s.n - end, STR(""), trailing};
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

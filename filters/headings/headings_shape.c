/* Paragraphs in their order, and the shape of a line: how long it is, how it ends, and whether its
 * first sentence may be the heading of the rest. Only the text is judged here, not what stands
 * around it. */
#include "headings.h"

/* Bytes of a line that has no end and may still be a name: 120 Han. */
#define CUT_MOST 360

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
    for (size_t at = 0; at < s.n && count < limit; count++) {
        unsigned char c = (unsigned char)s.p[at];
        at += 1u + (c >= 0xC0) + (c >= 0xE0) + (c >= 0xF0);
    }
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

/* Bytes of the ideographs that s goes on with at `at`, `most` at most: they open, close and end
 * nothing. */
static inline size_t pass_han(str s, size_t at, size_t most) {
    size_t from = at;
    while (at < s.n && (unsigned char)s.p[at] - 0xE4u < 6 && at - from < 3 * most) at += 3;
    return at - from;
}

/* Where the first sentence of s ends, looking at `from` and SHAPE_CHARS characters on; 0 when it
 * does not end there. A stop inside quotes counts when the quote closes right after it. */
static size_t sentence_end(str s, size_t from, uint32_t *chars) {
    int depth = 0;
    *chars = 0;
    for (size_t at = from; at < s.n && *chars < SHAPE_CHARS;) {
        size_t han = pass_han(s, at, SHAPE_CHARS - *chars);
        at += han, *chars += (uint32_t)han / 3;
        if (at == s.n || *chars == SHAPE_CHARS) break;
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

size_t visible_end(str s) {
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

/* Whether a long line has no end, and no sentence in it has one. */
static bool breaks_off(str s, uint32_t mark) {
    static const char stops[] = "。！？；：";
    if (s.n > CUT_MOST || ends_sentence(s) || ends_closed(s)) return false;
    if (is_item_end(mark) && mark != 0x3001) return false;
    for (const char *p = stops; *p; p += 3)
        if (str_find(s, str_make(p, 3), 0) != STR_NONE) return false;
    return true;
}

void measure_shape(candidate *c, str s, size_t from) {
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
    c->trails = mark == 0x2026 && c->chars > LEAD_SURE && !long_line && !more;
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
    else if (long_line && breaks_off(rest, mark))
        c->shape = SHAPE_CUT;
    else if (is_item_end(mark))
        c->shape = SHAPE_ITEM;
    else if (mark == 0xFF1A || mark == ':')
        c->shape = c->chars <= 40 ? SHAPE_COLON : SHAPE_SENTENCE;
    else if (is_sentence_end(mark))
        c->shape = c->chars <= 40 ? SHAPE_STOPPED : SHAPE_SENTENCE;
    else
        c->shape = c->chars <= 45 ? SHAPE_BARE : SHAPE_SENTENCE;
}

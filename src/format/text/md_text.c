#include "format/text/md_text.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "format/inline.h"
#include "format/text/html.h"

/* ---- Escapes --------------------------------------------------------------------------------- */

static bool is_word(str s, size_t at) {
    return at < s.n &&
           (is_ascii_digit((unsigned char)s.p[at]) || is_ascii_letter((unsigned char)s.p[at]));
}

static bool is_blank_or_end(str s, size_t at) {
    return at >= s.n || s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\n';
}

/* Length of "12." or "12)" at the start of s, as an ordered list starts; 0 when it is none. */
static size_t ordered_marker(str s) {
    size_t n = 0;
    while (n < s.n && is_ascii_digit((unsigned char)s.p[n])) n++;
    if (n == 0 || n > 9 || n >= s.n || (s.p[n] != '.' && s.p[n] != ')')) return 0;
    return is_blank_or_end(s, n + 1) ? n + 1 : 0;
}

/* Whether byte `at`, the first of its line, would start a block. */
static bool starts_block(str s, size_t at) {
    switch (s.p[at]) {
    case '#':
    case '>':
    case '=':
    case ':':
    case '-':
    case '+': return true;
    default: return false;
    }
}

/* Whether byte `at` would mean something anywhere in a line. An underscore within a word does not;
 * what follows an ampersand may come with the next stretch of text. */
static bool means_something(str s, size_t at) {
    switch (s.p[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
    case '|': return true;
    case '_': return !(at > 0 && is_word(s, at - 1) && is_word(s, at + 1));
    case '&': return at + 1 == s.n || s.p[at + 1] == '#' || is_word(s, at + 1);
    default: return false;
    }
}

static void break_line(md_line *l) {
    if (l->place == MD_HEADING) out_byte(l->to, ' ');
    if (l->place == MD_CELL) out_text(l->to, "<br>");
    if (l->place != MD_FLOW) return;
    out_text(l->to, "\\\n");
    for (unsigned i = 0; i < l->indent; i++) out_byte(l->to, ' ');
    l->start = true;
}

static bool is_plain(unsigned char c) {
    return c >= 0x80 || (is_ascii_letter(c) || c == ',' || c == '%' || c == '/');
}

static size_t count_digits(str s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && is_ascii_digit((unsigned char)s.p[at + n])) n++;
    return n;
}

/* The number that a line begins with goes on or ends here, in a text that looks otherwise: what
 * would make it a marker is escaped. Returns how many bytes it has dealt with. */
static size_t end_number(md_line *l, str s) {
    size_t n = count_digits(s, 0);
    out_str(l->to, str_cut(s, 0, n));
    if (!s.n || n == s.n) return n;
    l->number = false;
    if (s.p[n] == '.' || s.p[n] == ')') out_byte(l->to, '\\');
    return n;
}

/* The first byte of a line: blanks by number, since Markdown drops them, and nothing that starts a
 * block. Returns how many bytes it has dealt with. */
static size_t line_start(md_line *l, str s, size_t at) {
    char c = s.p[at];
    if (c == ' ' || c == '\t') {
        out_printf(l->to, "&#%d;", c);
        return 1; /* what follows a reference starts no block, but more blanks may come */
    }
    size_t marker = ordered_marker(str_cut(s, at, s.n));
    if (marker) {
        out_str(l->to, str_cut(s, at, at + marker - 1));
        out_byte(l->to, '\\');
        out_byte(l->to, s.p[at + marker - 1]);
        l->start = false;
        return marker;
    }
    l->start = false;
    size_t digits = count_digits(s, at);
    l->number = digits && at + digits == s.n;
    if (!starts_block(s, at)) return 0;
    out_byte(l->to, '\\');
    out_byte(l->to, c);
    return 1;
}

void md_text(md_line *l, str s) {
    size_t from = l->number ? end_number(l, s) : 0;
    for (size_t at = from; at < s.n;) {
        if (l->start && s.p[at] != '\n') {
            out_str(l->to, str_cut(s, from, at));
            size_t done = line_start(l, s, at);
            from = at += done;
            if (done) continue;
        }
        while (at < s.n && is_plain((unsigned char)s.p[at])) at++;
        if (at >= s.n) break;
        if (s.p[at] == '\n') {
            out_str(l->to, str_cut(s, from, at));
            break_line(l);
            from = ++at;
            continue;
        }
        if (means_something(s, at)) {
            out_str(l->to, str_cut(s, from, at));
            out_byte(l->to, '\\');
            from = at;
        }
        at++;
    }
    out_str(l->to, str_cut(s, from, s.n));
}

/* ---- Stretches of one look ------------------------------------------------------------------- */

/* A stretch of the text that looks alike, a note, or a picture. */
typedef struct segment {
    size_t from, to;
    str link, note;
    const span *image;
    bool bold;
} segment;

/* Has no text of its own. */
static bool is_mark(const segment *s) {
    return s->note.p || s->image;
}

typedef struct segments {
    segment *all;
    size_t n;
} segments;

/* Joins what looks like the last one to it. */
static void add_segment(segments *s, segment next) {
    segment *last = s->n ? &s->all[s->n - 1] : NULL;
    bool alike = last && !is_mark(last) && !is_mark(&next) && last->bold == next.bold &&
                 str_eq(last->link, next.link) && last->to == next.from;
    if (alike)
        last->to = next.to;
    else if (next.to > next.from || is_mark(&next))
        s->all[s->n++] = next;
}

static void add_run(segments *all, const block *b, const run *r, size_t from, size_t to) {
    const span *s = r->from;
    segment next = {.from = r->at < from ? from : r->at, .to = r->at + r->text.n};
    if (next.to > to) next.to = to;
    if (s && s->kind == SPAN_NOTE)
        next.note = s->value.n ? s->value : STR("?"), next.to = next.from;
    if (s && s->kind == SPAN_IMAGE) next.image = s, next.to = next.from;
    if (!is_mark(&next) && next.to <= next.from) return;
    if (s && s->flags & SPAN_LINK && link_is_safe(s->value)) next.link = s->value;
    bool heading = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_TITLE;
    next.bold = s && s->flags & SPAN_BOLD && !heading && !is_mark(&next);
    size_t lead = b->role == QW_ROLE_RUNIN ? b->lead : 0;
    if (next.from < lead && !is_mark(&next)) {
        segment head = next;
        head.bold = true;
        head.to = next.to < lead ? next.to : lead;
        add_segment(all, head);
        next.from = head.to;
        next.bold = next.bold && next.to > next.from;
    }
    add_segment(all, next);
}

static void find_segments(const block *b, size_t from, size_t to, segments *all) {
    runs r;
    runs_begin(&r, b);
    for (run one; runs_next(&r, &one);) add_run(all, b, &one, from, to);
}

/* ---- Emphasis -------------------------------------------------------------------------------- */

/* CommonMark takes ** for a delimiter by the characters beside it, and Chinese text has no blanks
 * to help: after 。 and before a letter it closes nothing. So the bold stretch is made shorter
 * until it starts and ends with a letter or stands at the edge of the line. */
static size_t bold_start(str text, const segment *s, bool at_edge) {
    for (size_t at = s->from; at < s->to;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (is_space(c) || c == '\n' || is_invisible(c)) continue;
        if ((at_edge && start == s->from) || !is_punctuation(c)) return start;
    }
    return s->to;
}

static size_t bold_end(str text, size_t from, const segment *s, bool at_edge) {
    for (size_t at = s->to; at > from;) {
        size_t end = at;
        uint32_t c = utf8_prev(text, &at);
        if (is_space(c) || c == '\n' || is_invisible(c)) continue;
        if ((at_edge && end == s->to) || !is_punctuation(c)) return end;
    }
    return from;
}

static void write_bold(md_line *l, str text, const segment *s, bool first, bool last) {
    size_t from = bold_start(text, s, first || s->link.n),
           to = bold_end(text, from, s, last || s->link.n);
    md_text(l, str_cut(text, s->from, from));
    if (from < to) {
        l->start = false;
        out_text(l->to, "**");
        md_text(l, str_cut(text, from, to));
        out_text(l->to, "**");
    }
    md_text(l, str_cut(text, to, s->to));
}

static void put_target(out *to, str target) {
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.p[i];
        if (c <= ' ' || c == '<' || c == '>' || c == '\\' || c == '|')
            out_printf(to, "%%%02X", c);
        else if (c == '&')
            out_text(to, "&amp;");
        else
            out_byte(to, (char)c);
    }
}

static void write_target(out *to, str target) {
    out_text(to, "](<");
    put_target(to, target);
    out_text(to, ">)");
}

void md_media_target(const md_media *m, const char *name, out *to) {
    if (m->folder.n) put_target(to, m->folder), out_byte(to, '/');
    out_text(to, name);
}

/* In a row of its own text; what describes it may have line breaks, which end no paragraph here. */
static void write_image(md_line *l, const span *s) {
    const char *name = md_media_take(l->media, s);
    if (!name) return;
    l->start = false;
    out_text(l->to, "![");
    md_text(&(md_line){.to = l->to, .place = MD_HEADING}, s->value);
    out_text(l->to, "](<");
    md_media_target(l->media, name, l->to);
    out_text(l->to, ">)");
}

static void write_segment(md_line *l, str text, const segment *s, bool first, bool last) {
    if (s->note.p) {
        l->start = false;
        out_text(l->to, "[^");
        out_str(l->to, s->note);
        out_byte(l->to, ']');
        return;
    }
    if (s->image) {
        write_image(l, s->image);
        return;
    }
    if (s->link.n) {
        l->start = false;
        out_byte(l->to, '[');
    }
    if (s->bold)
        write_bold(l, text, s, first, last);
    else
        md_text(l, str_cut(text, s->from, s->to));
    if (s->link.n) write_target(l->to, s->link);
}

str md_shown(str s) {
    while (s.n && (unsigned char)s.p[s.n - 1] <= ' ') s.n--;
    return s;
}

static bool write_segments(md_line *l, doc *d, const block *b, size_t from, size_t to) {
    size_t spans = b->more ? b->more->nspans : 0, pieces = b->more ? b->more->npieces : 0;
    size_t room = (2 * spans + pieces + 4) * 2 * sizeof(segment);
    segments all = {.all = arena_alloc(d->mem, room)};
    if (!all.all) return false;
    bool at_edge = l->start;
    find_segments(b, from, to, &all);
    for (size_t i = 0; i < all.n; i++)
        write_segment(l, b->text, &all.all[i], i == 0 && at_edge, i + 1 == all.n);
    arena_shrink(d->mem, all.all, room, 0);
    return true;
}

bool md_paragraph(md_line *l, doc *d, const block *b, size_t skip) {
    size_t end = md_shown(b->text).n;
    while (skip < end && b->text.p[skip] == '\n') skip++;
    str label = skip ? STR("") : label_shown(b);
    if (label.n) {
        str whole = arena_join(d->mem, label, str_of(label_gap(label)));
        if (!whole.p) return false;
        md_text(l, whole);
    }
    if ((b->more && b->more->nspans) || b->role == QW_ROLE_RUNIN)
        return write_segments(l, d, b, skip, end);
    md_text(l, str_cut(b->text, skip, end));
    return true;
}

/* docx_read_page: HTML and plain text as paragraphs, for files that are merged in and pages that go
 * by the name of a document.
 *
 * HTML is read as far as text goes: elements that begin a line part paragraphs, blanks are one
 * blank, what is in head, script and style is no text. The part is no XML, so what is taken out of
 * it is cut out of its bytes (docx_plan.c). */
#include "base/utf8.h"
#include "format/docx_read/docx_read.h"
#include "format/docx_read/mhtml.h"
#include "text/decode.h"
#include "text/encoding.h"

static const look plain = {0};

/* A paragraph of the page at work. */
typedef struct chunk {
    story *s;
    str text;     /* the part's, UTF-8 */
    size_t begin; /* where the paragraph begins */
    bool blank;   /* a blank is owed before the next text */
    bool any;     /* the paragraph holds something */
    size_t blank_off, blank_n;
} chunk;

/* ---- Paragraphs ------------------------------------------------------------------------------ */

static void end_paragraph(chunk *c, size_t end) {
    story *s = c->s;
    if (c->any) {
        block *b =
            doc_add_block(s->d, BLOCK_PARAGRAPH, STR(""), c->begin, (uint32_t)(end - c->begin));
        if (!b) return;
        b->part = s->part;
        b->region = s->region;
        gather_finish(s, &story_now(s)->shown, (uint32_t)s->d->nblocks - 1);
    }
    gather_begin(&story_now(s)->shown);
    c->any = c->blank = false;
    c->begin = end;
}

static void add(chunk *c, str text, size_t off, size_t n) {
    gatherer *g = &story_now(c->s)->shown;
    if (c->blank) gather_text(c->s, g, STR(" "), c->blank_off, c->blank_n, SPAN_TEXT, &plain);
    gather_text(c->s, g, text, off, n, SPAN_TEXT, &plain);
    c->blank = false;
    c->any = true;
}

/* ---- Plain text ------------------------------------------------------------------------------ */

void story_read_lines(story *s, str text) {
    chunk c = {.s = s, .text = text};
    str rest = text, line;
    gather_begin(&story_now(s)->shown);
    while (doc_ok(s->d) && str_next(&rest, '\n', &line)) {
        size_t off = (size_t)(line.p - text.p);
        if (str_ends(line, STR("\r"))) line.n--;
        c.begin = off;
        if (line.n) add(&c, line, off, line.n);
        end_paragraph(&c, off + line.n);
    }
}

/* ---- HTML ------------------------------------------------------------------------------------ */

static bool is_one_of(str name, const char *const *list) {
    for (; *list; list++)
        if (str_eq_nocase(name, str_of(*list))) return true;
    return false;
}

static bool is_letter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* The end of the tag, comment or declaration that begins at `at`; quotes may hold a ">". */
static size_t tag_end(str text, size_t at) {
    if (str_starts(str_cut(text, at, at + 4), STR("<!--"))) {
        size_t end = str_find(text, STR("-->"), at + 4);
        return end == STR_NONE ? text.n : end + 3;
    }
    char quote = '\0';
    for (size_t i = at + 1; i < text.n; i++) {
        char c = text.p[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '>')
            return i + 1;
        else if ((c == '"' || c == '\'') && text.p[i - 1] == '=')
            quote = c;
    }
    return text.n;
}

/* Where an element ends of which nothing is shown. */
static size_t after_element(str text, size_t at, str name) {
    while ((at = str_find(text, STR("</"), at)) != STR_NONE) {
        if (str_eq_nocase(str_cut(text, at + 2, at + 2 + name.n), name)) return tag_end(text, at);
        at += 2;
    }
    return text.n;
}

static size_t read_tag(chunk *c, size_t at) {
    static const char *const unseen[] = {"script", "style", "title", "template", "textarea", NULL};
    static const char *const inlined[] = {
        "a",      "abbr", "acronym", "b",    "bdi",  "bdo",   "big",  "cite",  "code",
        "del",    "dfn",  "em",      "font", "i",    "ins",   "kbd",  "label", "mark",
        "meta",   "nobr", "q",       "s",    "samp", "small", "span", "sub",   "strike",
        "strong", "sup",  "tt",      "time", "u",    "var",   "wbr",  "img",   NULL};
    size_t from = at + 1 + (str_cut(c->text, at + 1, at + 2).n && c->text.p[at + 1] == '/');
    size_t to = from, end = tag_end(c->text, at);
    while (to < c->text.n &&
           (is_letter(c->text.p[to]) || (c->text.p[to] >= '0' && c->text.p[to] <= '9')))
        to++;
    str name = str_cut(c->text, from, to);
    if (from == at + 1 && is_one_of(name, unseen)) return after_element(c->text, end, name);
    if (name.n && !is_one_of(name, inlined)) end_paragraph(c, at);
    return end;
}

/* The character that a reference means; the "&" itself when it means none. */
static size_t read_reference(chunk *c, size_t at) {
    static const struct {
        str name;
        const char *text;
    } known[] = {
        {STR_INIT("&nbsp;"), "\xC2\xA0"}, {STR_INIT("&ldquo;"), "“"},  {STR_INIT("&rdquo;"), "”"},
        {STR_INIT("&lsquo;"), "‘"},       {STR_INIT("&rsquo;"), "’"},  {STR_INIT("&mdash;"), "—"},
        {STR_INIT("&ndash;"), "–"},       {STR_INIT("&hellip;"), "…"}, {STR_INIT("&middot;"), "·"}};
    str rest = str_cut(c->text, at, at + 12);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(rest, known[i].name)) {
            add(c, str_of(known[i].text), at, known[i].name.n);
            return at + known[i].name.n;
        }
    size_t end = str_find_byte(rest, ';', 0), n = end == STR_NONE ? 1 : end + 1;
    char bytes[16];
    str meant = str_make(bytes, xml_decode(str_cut(rest, 0, n), false, bytes));
    bool sound = n > 1 && meant.n && utf8_valid_prefix(meant) == meant.n && meant.p[0] != '&';
    if (str_starts(rest, STR("&amp;"))) sound = true;
    if (!sound) n = 1, meant = STR("&");
    add(c, arena_str(c->s->d->mem, meant), at, n);
    return at + n;
}

static size_t read_blanks(chunk *c, size_t at) {
    size_t end = at;
    while (end < c->text.n && is_blank(c->text.p[end])) end++;
    if (c->any && !c->blank) c->blank = true, c->blank_off = at, c->blank_n = end - at;
    return end;
}

static bool begins_tag(str text, size_t at) {
    char next = at + 1 < text.n ? text.p[at + 1] : ' ';
    return text.p[at] == '<' && (is_letter(next) || next == '/' || next == '!' || next == '?');
}

static void read_html(chunk *c) {
    size_t at = 0;
    str text = c->text;
    while (at < text.n && doc_ok(c->s->d)) {
        if (begins_tag(text, at)) {
            at = read_tag(c, at);
        } else if (text.p[at] == '&') {
            at = read_reference(c, at);
        } else if (is_blank(text.p[at])) {
            at = read_blanks(c, at);
        } else {
            size_t end = at + 1;
            while (end < text.n && text.p[end] != '<' && text.p[end] != '&' &&
                   !is_blank(text.p[end]))
                end++;
            add(c, str_cut(text, at, end), at, end - at);
            at = end;
        }
    }
    end_paragraph(c, text.n);
}

void story_read_page(story *s, str text) {
    chunk c = {.s = s, .text = text};
    gather_begin(&story_now(s)->shown);
    read_html(&c);
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

static bool is_html(str text) {
    static const char *const tags[] = {"<html", "<!doctype html", "<body", "<p", "<div", NULL};
    str head = str_trim(str_cut(text, 0, 1024));
    for (const char *const *tag = tags; *tag; tag++)
        for (size_t i = 0; i + 1 < head.n; i++)
            if (str_eq_nocase(str_cut(head, i, i + strlen(*tag)), str_of(*tag))) return true;
    return false;
}

/* What could not be decoded is told of the part that is made of the bytes next. */
static void note_bad_bytes(doc *d, const decoded *text, const encoding *e) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < text->nbad; i++) bytes += text->bad[i].len;
    d->undecodable += bytes;
    if (bytes)
        doc_note(d, MSG_UNDECODABLE_SUM, NO_BLOCK, (uint16_t)d->nparts, 0, 0,
                 ARGS(NUM(bytes), NUM(text->nbad), str_of(encoding_name(e))));
}

/* charset: what a header says that the encoding is, or nothing. */
static bool decode_text(doc *d, str bytes, str charset, str *text) {
    detection found;
    decoded all;
    *text = str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_cut(bytes, 3, bytes.n) : bytes;
    if (utf8_valid_prefix(*text) == text->n) return true;
    const encoding *said = encoding_find(charset);
    detect((const uint8_t *)bytes.p, bytes.n, &found);
    if (!said && (!found.enc || found.binary)) return false;
    const encoding *e = said ? said : found.enc;
    if (!decode(d->mem, e, (const uint8_t *)bytes.p, bytes.n, 0, &all) ||
        (d->spelt && !decode_spell_bad(d->mem, (const uint8_t *)bytes.p, &all)))
        return fail_memory(&d->why);
    note_bad_bytes(d, &all, e);
    d->encoding = str_of(encoding_name(e));
    *text = all.text;
    return doc_ok(d);
}

bool page_text(doc *d, str bytes, str *text, bool *html) {
    mhtml wrapped = {.html = bytes};
    bool message = mhtml_is_message(bytes);
    if (message && !mhtml_read(d->mem, bytes, &wrapped)) return false;
    if (!decode_text(d, wrapped.html, wrapped.charset, text)) return false;
    *html = message || is_html(*text);
    return true;
}

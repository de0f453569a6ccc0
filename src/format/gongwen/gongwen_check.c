/* The judgement: each rule of GB/T 9704-2012 that can be measured, against the facts of a document.
 *
 * A rule that many paragraphs break is one finding, at the first of them, with their number. */
#include "format/gongwen/gongwen_checking.h"

#include "format/docx_new/docx_layout.h"
#include "model/edit.h"
#include "model/label.h"

#include <stdarg.h>
#include <stdio.h>

/* The clauses, and how strictly they speak. */
static const struct {
    const char *name, *clause, *force;
} rules[RULES] = {
    [RULE_PAPER] = {"paper", "5.1", "规定"},
    [RULE_MARGIN_TOP] = {"margin", "5.2.1", "规定"},
    [RULE_MARGIN_LEFT] = {"margin", "5.2.1", "规定"},
    [RULE_TYPE_AREA] = {"type-area", "5.2.1", "规定"},
    [RULE_TABLE] = {"table", "5.2.1", "规定"},
    [RULE_BODY_FONT] = {"font", "5.2.2", "一般"},
    [RULE_BODY_SIZE] = {"size", "5.2.2", "一般"},
    [RULE_LINES] = {"lines", "5.2.3", "一般"},
    [RULE_CHARACTERS] = {"characters", "5.2.3", "一般"},
    [RULE_NUMBER_YEAR] = {"document-number", "7.2.5", "规定"},
    [RULE_NUMBER_FORM] = {"document-number", "7.2.5", "规定"},
    [RULE_MARKING] = {"marking", "7.2.2", "一般"},
    [RULE_MARK_COLOUR] = {"issuer-mark", "7.2.4", "规定"},
    [RULE_MARK_PLACE] = {"issuer-mark", "7.2.4", "规定"},
    [RULE_MARK_FONT] = {"issuer-mark-font", "7.2.4", "推荐"},
    [RULE_NUMBER_PLACE] = {"document-number", "7.2.5", "规定"},
    [RULE_RED_RULE] = {"red-rule", "7.2.7", "规定"},
    [RULE_TITLE_FONT] = {"title-font", "7.3.1", "一般"},
    [RULE_TITLE_SIZE] = {"title-size", "7.3.1", "一般"},
    [RULE_TITLE_PLACE] = {"title-place", "7.3.1", "规定"},
    [RULE_SALUTATION_PLACE] = {"salutation", "7.3.2", "规定"},
    [RULE_SALUTATION_COLON] = {"salutation", "7.3.2", "规定"},
    [RULE_HEADING_FONT] = {"heading-font", "7.3.3", "一般"},
    [RULE_HEADING_SIZE] = {"heading-size", "5.2.2", "一般"},
    [RULE_HEADING_LABEL] = {"heading-label", "7.3.3", "可以"},
    [RULE_INDENT] = {"indent", "7.3.3", "规定"},
    [RULE_ATTACHMENT_END] = {"attachment", "7.3.4", "规定"},
    [RULE_DATE] = {"date", "7.3.5.4", "规定"},
    [RULE_SIGNATURE] = {"signature-place", "7.3.5", "规定"},
    [RULE_IMPRINT_END] = {"imprint", "7.4.2", "规定"},
    [RULE_IMPRINT_FONT] = {"imprint-font", "7.4", "一般"},
    [RULE_IMPRINT_SIZE] = {"imprint-size", "7.4", "一般"},
    [RULE_PAGE_NUMBER] = {"page-number", "7.5", "规定"},
    [RULE_PAGE_SIDES] = {"page-number", "7.5", "规定"},
    [RULE_PAGE_FONT] = {"page-number", "7.5", "一般"},
    [RULE_PAGE_DASHES] = {"page-number", "7.5", "规定"},
};

void note_breach(checking *c, rule_id rule, unsigned level, uint32_t index, const char *form, ...) {
    breach *b = &c->breaches[rule * (LEVELS + 1) + (level <= LEVELS ? level : 0)];
    if (b->count++) return;
    char text[256];
    va_list args;
    va_start(args, form);
    vsnprintf(text, sizeof text, form, args);
    va_end(args);
    b->block = index;
    b->what = arena_str(c->d->mem, str_of(text));
}

/* ---- Pages ----------------------------------------------------------------------------------- */

/* Tenths of a millimetre. */
static long tenths(long twips) {
    return (twips * 254 + (twips < 0 ? -720 : 720)) / 1440;
}

#define MM           "%ld.%ld mm"
#define MM_OF(twips) tenths(twips) / 10, (tenths(twips) < 0 ? -tenths(twips) : tenths(twips)) % 10

static bool is_near(long twips, long mm, long tolerance) {
    long off = tenths(twips) - mm * 10;
    return off <= tolerance * 10 && off >= -tolerance * 10;
}

/* The first paragraph that was read behind byte `off` of the main part; else the first one. */
static uint32_t block_after(const doc *d, size_t off, uint32_t first) {
    for (uint32_t i = first; i < d->nblocks; i++)
        if (block_is_text(&d->blocks[i]) && d->blocks[i].off >= off) return i;
    return first;
}

static void check_page(checking *c, uint32_t first) {
    const gongwen_section *s = &c->facts.section;
    if (s->width != NOT_SAID && (!is_near(s->width, 210, 1) || !is_near(s->height, 297, 1)))
        note_breach(c, RULE_PAPER, 0, first, "the paper is " MM " × " MM ", not 210 × 297 mm",
                    MM_OF(s->width), MM_OF(s->height));
    if (s->top == NOT_SAID || s->width == NOT_SAID) return;
    if (!is_near(s->top, 37, 1))
        note_breach(c, RULE_MARGIN_TOP, 0, first, "the margin above is " MM ", not 37±1 mm",
                    MM_OF(s->top));
    if (!is_near(s->left, 28, 1))
        note_breach(c, RULE_MARGIN_LEFT, 0, first, "the margin on the left is " MM ", not 28±1 mm",
                    MM_OF(s->left));
    long wide = s->width - s->left - s->right, high = s->height - s->top - s->bottom;
    if (!is_near(wide, 156, 1) || !is_near(high, 225, 1))
        note_breach(c, RULE_TYPE_AREA, 0, first,
                    "the type area is " MM " × " MM ", not 156 × 225 mm", MM_OF(wide), MM_OF(high));
    if (tenths(c->facts.table) > tenths(wide) + 10)
        note_breach(c, RULE_TABLE, 0, block_after(c->d, c->facts.table_off, first),
                    "a table is " MM " wide, the type area " MM, MM_OF(c->facts.table),
                    MM_OF(wide));
}

/* The pitch of the lines in twips; 0: it depends on the font. */
static long pitch_of(const checking *c, const gongwen_look *look) {
    const gongwen_section *s = &c->facts.section;
    if (look->rule == LINE_EXACT) return look->line;
    if (look->rule == LINE_AT_LEAST || !s->grid_lines || s->pitch <= 0) return 0;
    return look->rule == LINE_MULTIPLE ? s->pitch * look->line / 240 : s->pitch;
}

static void check_grid(checking *c, uint32_t index, const gongwen_look *look) {
    const gongwen_section *s = &c->facts.section;
    if (s->top == NOT_SAID || s->width == NOT_SAID || !look->size) return;
    long pitch = pitch_of(c, look), high = s->height - s->top - s->bottom;
    long lines = pitch > 0 ? (high + 8) / pitch : 0;
    if (!pitch)
        note_breach(c, RULE_LINES, 0, index,
                    "the line pitch is not fixed; 22 lines a page need 28.95 points");
    else if (lines != 22)
        note_breach(c, RULE_LINES, 0, index, "%ld lines a page (pitch %ld.%02ld points), not 22",
                    lines, pitch / 20, pitch % 20 * 5);
    /* Widths in 4096ths of a point, so that none is rounded. */
    long cell = look->size * 2048L + (s->grid_characters ? s->character_space : 0);
    if (look->spacing != NOT_SAID) cell += look->spacing * 4096 / 20;
    long wide = (s->width - s->left - s->right) * 4096 / 20;
    long characters = cell > 0 ? (wide + 2048) / cell : 0;
    if (characters != 28)
        note_breach(c, RULE_CHARACTERS, 0, index, "%ld characters a line, not 28", characters);
}

static void check_page_number(checking *c, uint32_t first) {
    const gongwen_number *odd = &c->facts.odd, *even = &c->facts.even;
    if (!odd->there && !even->there) {
        note_breach(c, RULE_PAGE_NUMBER, 0, first, "there is no page number");
        return;
    }
    bool sides = c->facts.even_and_odd && odd->there && even->there &&
                 odd->look.align == ALIGNED_END && even->look.align != ALIGNED_END &&
                 even->look.align != ALIGNED_CENTRE;
    if (!sides && !odd->outside)
        note_breach(c, RULE_PAGE_SIDES, 0, first,
                    "page numbers do not stand on the right of odd and the left of even pages");
    if (!(odd->there ? odd : even)->dashes)
        note_breach(c, RULE_PAGE_DASHES, 0, first, "page numbers stand without dashes beside them");
    uint16_t size = odd->there ? odd->look.size : even->look.size;
    if (size && size != 28)
        note_breach(c, RULE_PAGE_FONT, 0, first, "page numbers have %u.%u points, not 14",
                    size / 2u, size % 2u * 5u);
}

/* ---- Paragraphs ------------------------------------------------------------------------------ */

bool gongwen_has_word(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_find(s, word, 0) != STR_NONE) return true;
    return false;
}

bool is_other_font(const gongwen_look *look, const char *words) {
    return look->font.n && !gongwen_has_word(look->font, words);
}

void check_size(checking *c, rule_id rule, unsigned level, uint32_t index, const gongwen_look *look,
                unsigned half_points, const char *what) {
    if (look->size && look->size != half_points)
        note_breach(c, rule, level, index, "%s has %u.%u points, not %u", what, look->size / 2u,
                    look->size % 2u * 5u, half_points / 2);
}

bool begins_blank(str s) {
    size_t at = 0;
    return s.n && is_space(utf8_next(s, &at));
}

long first_indent(const gongwen_look *look) {
    long width = (look->size ? look->size : 32) * 10L; /* of a character, in twips */
    if (look->first_chars != NOT_SAID && look->first_chars) return look->first_chars;
    long first = look->first == NOT_SAID ? 0 : look->first;
    long left = look->left_chars != NOT_SAID && look->left_chars ? look->left_chars * width / 100
                : look->left == NOT_SAID                         ? 0
                                                                 : look->left;
    return (first + left) * 100 / width;
}

static void check_indent(checking *c, uint32_t index, const gongwen_look *look) {
    str s = c->d->blocks[index].text;
    long indent = first_indent(look);
    if (begins_blank(s) || look->align == ALIGNED_CENTRE || (indent >= 190 && indent <= 210))
        return;
    note_breach(c, RULE_INDENT, 0, index, "the first line is indented by %ld.%ld characters, not 2",
                indent / 100, (indent < 0 ? -indent : indent) % 100 / 10);
}

static void check_body(checking *c, uint32_t index, const gongwen_paragraph *p) {
    const block *b = &c->d->blocks[index];
    if (is_other_font(&p->body, FONTS_FANGSONG))
        note_breach(c, RULE_BODY_FONT, 0, index, "the text is set in %.*s, not in 仿宋",
                    (int)p->body.font.n, p->body.font.p);
    check_size(c, RULE_BODY_SIZE, 0, index, &p->body, 32, "the text");
    check_indent(c, index, &p->body);
    if (b->role == QW_ROLE_BODY || b->role == QW_ROLE_RUNIN) check_grid(c, index, &p->body);
}

/* Whether the label is the one of its level: 一、 （一） 1. （1）. Articles and chapters are those
 * of another kind of document. */
static bool is_usual_label(const label *l, unsigned level) {
    static const uint8_t schemes[] = {LABEL_HAN, LABEL_HAN_BRACKET, LABEL_DIGIT,
                                      LABEL_DIGIT_BRACKET};
    if (l->scheme == LABEL_UNIT) return true;
    if (l->scheme != schemes[level - 1]) return false;
    if (level == 1) return l->separator == 0x3001;
    if (level == 3) return l->separator == '.' || l->separator == 0xFF0E;
    return l->brackets == BRACKETS_FULL && !l->separator;
}

static void check_heading(checking *c, uint32_t index, const gongwen_paragraph *p) {
    static const char *const fonts[] = {FONTS_HEI, FONTS_KAI, FONTS_FANGSONG, FONTS_FANGSONG};
    static const char *const names[] = {"黑体", "楷体", "仿宋", "仿宋"};
    static const char *const labels[] = {"一、", "（一）", "1.", "（1）"};
    const block *b = &c->d->blocks[index];
    unsigned level = b->level;
    label l;
    if (level < 1 || level > LEVELS) return;
    bool labelled = !(b->flags & BLOCK_AUTO) && label_read(b->text, &l);
    if (labelled && !is_usual_label(&l, level))
        note_breach(c, RULE_HEADING_LABEL, level, index, "level %u is labelled %.*s, not like %s",
                    level, (int)l.size, b->text.p + l.at, labels[level - 1]);
    if (!p || (labelled && l.scheme == LABEL_UNIT && l.unit == UNIT_ARTICLE)) return;
    if (is_other_font(&p->lead, fonts[level - 1]))
        note_breach(c, RULE_HEADING_FONT, level, index,
                    "a heading of level %u is set in %.*s, not in %s", level, (int)p->lead.font.n,
                    p->lead.font.p, names[level - 1]);
    check_size(c, RULE_HEADING_SIZE, level, index, &p->lead, 32, "a heading");
    check_indent(c, index, &p->lead);
}

static void check_title(checking *c, uint32_t index, const gongwen_paragraph *p) {
    if (is_other_font(&p->body, FONTS_SMALL_SONG))
        note_breach(c, RULE_TITLE_FONT, 0, index, "the title is set in %.*s, not in 小标宋",
                    (int)p->body.font.n, p->body.font.p);
    check_size(c, RULE_TITLE_SIZE, 0, index, &p->body, 44, "the title");
    if (p->body.align != ALIGNED_CENTRE)
        note_breach(c, RULE_TITLE_PLACE, 0, index, "the title is not centred");
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* Judges a paragraph; p: how it looks, NULL where nothing is known of that. */
static void check_block(checking *c, uint32_t index, const gongwen_paragraph *p, bool *titled) {
    const block *b = &c->d->blocks[index];
    switch (b->role) {
    case QW_ROLE_TITLE:
        if (p && !*titled) check_title(c, index, p);
        *titled = true;
        break;
    case QW_ROLE_SALUTATION: check_salutation(c, index, p); break;
    case QW_ROLE_HEADING: check_heading(c, index, p); break;
    case QW_ROLE_RUNIN:
        check_heading(c, index, p);
        if (p) check_body(c, index, p);
        break;
    case QW_ROLE_DATE:
        if (block_dates_title(c->d, index)) break;
        check_date(c, index);
        if (p) check_signature(c, index, p);
        break;
    case QW_ROLE_SIGNATURE:
        if (p) check_signature(c, index, p);
        break;
    case QW_ROLE_NOTE: check_imprint(c, index, p); break;
    case QW_ROLE_ATTACHMENT: check_attachment(c, index); break;
    case QW_ROLE_BODY:
        if (!*titled) check_document_number(c, index);
        if (!*titled) check_head(c, index, p);
        if (p && *titled) check_body(c, index, p);
        break;
    case QW_ROLE_LIST:
        if (p) check_body(c, index, p);
        break;
    default: break;
    }
}

static bool is_body(const block *b) {
    return block_is_text(b) && b->region == REGION_BODY && b->text.n;
}

static bool has_title(const doc *d) {
    for (uint32_t i = 0; i < d->nblocks; i++)
        if (d->blocks[i].role == QW_ROLE_TITLE) return true;
    return false;
}

/* Judges the paragraphs in order; those that were read for their looks are in the same order. */
static void check_blocks(checking *c, bool looks) {
    const doc *d = c->d;
    const gongwen_facts *f = &c->facts;
    bool titled = !has_title(d);
    size_t next = 0;
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!is_body(b)) continue;
        while (looks && next < f->nparagraphs && f->paragraphs[next].off < b->off) next++;
        bool known = looks && next < f->nparagraphs && f->paragraphs[next].off == b->off;
        if (looks && !known) continue; /* in a box */
        if (known && f->paragraphs[next].in_table)
            check_imprint(c, i, &f->paragraphs[next]);
        else
            check_block(c, i, known ? &f->paragraphs[next] : NULL, &titled);
    }
}

static void report(checking *c) {
    for (size_t i = 0; i < BREACHES && doc_ok(c->d); i++) {
        const breach *b = &c->breaches[i];
        size_t rule = i / (LEVELS + 1);
        if (!b->count) continue;
        str more =
            b->count > 1 ? arena_printf(c->d->mem, "; likewise %u more", b->count - 1) : STR("");
        str why = arena_printf(c->d->mem, "GB/T 9704-2012 %s (%s): %.*s%.*s", rules[rule].clause,
                               rules[rule].force, (int)b->what.n, b->what.p, (int)more.n, more.p);
        edit_finding(c->d, b->block, 0, c->d->blocks[b->block].text.n,
                     (reason){str_of(rules[rule].name), why, 90});
    }
}

bool gongwen_check(doc *d, qw_error *why) {
    checking *c = arena_zalloc(d->mem, 1, sizeof *c);
    uint32_t first = 0;
    if (!c) return fail_memory(why);
    c->d = d;
    while (first < d->nblocks && !is_body(&d->blocks[first])) first++;
    if (first == d->nblocks) return true;
    bool docx = str_eq(d->format, STR("docx"));
    if (docx && !gongwen_read(&c->facts, d, why)) return false;
    d->filter = STR("gongwen");
    if (docx && c->facts.nsections) {
        check_page(c, first);
        check_page_number(c, first);
    }
    check_blocks(c, docx);
    report(c);
    if (doc_ok(d)) return true;
    *why = d->why;
    return false;
}

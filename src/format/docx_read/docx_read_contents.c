/* docx_read_contents: what stands in a paragraph: runs, fields, links, drawings, formulas.
 *
 * The text is what a reader of the page sees in the final view: tracked deletions, field codes and
 * the second copy of a drawing (mc:Fallback) are not part of it. Hidden text is no part of it
 * either: it makes a block of its own after the paragraph, marked hidden, so that filters can judge
 * it and no writer prints it. */
#include "base/utf8.h"
#include "format/docx_read/docx_read.h"
#include "ooxml/symbol.h"

static gatherer *target(story *s) {
    paragraph *p = story_now(s);
    return p->run.flags & SPAN_HIDDEN ? &p->hidden : &p->shown;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

static uint8_t link_flags(const paragraph *p) {
    return (uint8_t)((p->link.p ? SPAN_LINK : 0) | (p->inserted ? SPAN_INSERTED : 0) |
                     (p->deleted ? SPAN_DELETED : 0));
}

static const style *character_style(story *s, const run_properties *r) {
    return r->style.p ? styles_find(s->styles, r->style) : NULL;
}

/* Each character stands on the one before it: a Han character is as wide as it is high. */
static bool is_squeezed(const run_properties *r, uint16_t size) {
    enum { USUAL = 21 }; /* half-points */
    return r->spacing <= -9 * (size ? size : USUAL);
}

/* Whether what stands here was entered into a field that begins in the paragraph, or into a content
 * control. */
static bool is_entered(story *s) {
    const paragraph *p = story_now(s);
    return p->controls || p->simple_fields || s->nfields > p->fields;
}

static void take_look(story *s, const run_properties *r) {
    enum { FAINT_SIZE = 4 }; /* half-points: what is not larger cannot be read */
    paragraph *p = story_now(s);
    const style *character = character_style(s, r), *own = p->style;
    uint16_t size = r->size;
    if (!size && character) size = character->size;
    if (!size && own) size = own->size;
    if (!size) size = s->styles->defaults.size;
    bool white = r->white || (character && character->white) || (own && own->white);
    uint8_t bold = r->bold, ruled = r->ruled;
    if (!bold && character) bold = character->bold;
    if (!bold && own) bold = own->bold;
    if (!ruled && character) ruled = character->ruled;
    if (!ruled && own) ruled = own->ruled;
    if (!ruled) ruled = s->styles->defaults.ruled;
    p->run.size = size;
    p->run.flags = link_flags(p);
    p->run.link = p->link;
    if (styles_hides_run(s->styles, own, r)) p->run.flags |= SPAN_HIDDEN;
    if (bold == TOGGLE_ON) p->run.flags |= SPAN_BOLD;
    if (ruled == TOGGLE_ON || is_entered(s)) p->run.flags |= SPAN_ROOM;
    if (white || (size && size <= FAINT_SIZE)) p->run.flags |= SPAN_FAINT;
    if (r->narrow || r->clear || is_squeezed(r, size) || p->properties.unseen)
        p->run.flags |= SPAN_UNSEEN;
}

void story_begin_run(story *s) {
    static const run_properties none = {0};
    take_look(s, &none);
}

/* The same properties come again and again; they are recognized by their bytes. */
static void read_run_look(story *s) {
    xml_reader *xml = s->xml;
    for (unsigned i = 0; i < SEEN_MAX; i++) {
        const seen_run *seen = &s->seen_runs[i];
        if (!seen->n || !xml_skip_same(xml, seen->off, seen->n, seen->epoch)) continue;
        take_look(s, &seen->properties);
        return;
    }
    seen_run *seen = &s->seen_runs[s->next_run++ % SEEN_MAX];
    seen->off = xml->off;
    if (!read_run_properties(xml, &seen->properties)) return;
    seen->n = xml->at - seen->off;
    seen->epoch = xml->epoch;
    take_look(s, &seen->properties);
}

/* ---- Text ------------------------------------------------------------------------------------ */

static bool is_field_code(const story *s) {
    /* The result of a field that stands in the code of another is part of that code. */
    for (unsigned i = 0; i + 1 < s->nfields && i < FIELD_DEPTH_MAX; i++)
        if (s->fields[i] == FIELD_INSTRUCTION) return true;
    return false;
}

str story_text(story *s) {
    xml_reader *xml = s->xml;
    str text = str_cut(xml->bytes, xml->off, xml->off + xml->len);
    bool lines = memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n);
    if (xml->plain && !lines) return text;
    char *p = arena_alloc(s->d->mem, text.n);
    if (!p) return fail_memory(&s->d->why), (str){NULL, 0};
    size_t n = xml_decode(text, xml->cdata, p);
    for (size_t i = 0; lines && i < n; i++)
        if (p[i] == '\n') p[i] = ' ';
    arena_shrink(s->d->mem, p, text.n, n);
    return str_make(p, n);
}

/* The text of an element that holds nothing else, up to its end. */
static void read_text(story *s, gatherer *g, const look *how) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_TEXT || xml->depth != outside + 1) continue;
        gather_text(s, g, story_text(s), xml->off, xml->len, SPAN_TEXT, how);
    }
}

/* An element that stands for a character. */
static void add_character(story *s, const char *text, enum span_kind kind) {
    gather_text(s, target(s), str_of(text), s->xml->off, s->xml->len, kind, &story_now(s)->run);
}

static void add_mark(story *s, enum span_kind kind, str value) {
    gather_mark(s, target(s), s->xml->off, s->xml->len, kind, value, &story_now(s)->run);
}

/* Page and column breaks are no line breaks: a paragraph may hold one and no text at all. */
static void add_break(story *s) {
    str type = xml_attr(s->xml, XML_NS_W, "type");
    if (str_eq(type, STR("page")) || str_eq(type, STR("column")))
        add_mark(s, SPAN_BREAK, type);
    else
        add_character(s, "\n", SPAN_BREAK);
}

static uint32_t hexadecimal(str digits) {
    uint32_t c = 0;
    for (size_t i = 0; i < digits.n && i < 6; i++) {
        char d = digits.p[i], low = (char)(d | 32);
        if (d >= '0' && d <= '9')
            c = c * 16 + (uint32_t)(d - '0');
        else if (low >= 'a' && low <= 'f')
            c = c * 16 + (uint32_t)(low - 'a') + 10;
        else
            return 0;
    }
    return c;
}

static void add_symbol(story *s) {
    uint32_t c = hexadecimal(xml_attr(s->xml, XML_NS_W, "char"));
    char character[8] = {0};
    if (c >= 0x20) c = symbol_character(xml_attr(s->xml, XML_NS_W, "font"), c, false);
    if (c < 0x20) {
        story_now(s)->holds = true;
        return;
    }
    utf8_write(character, c);
    gather_text(s, target(s), arena_str(s->d->mem, str_of(character)), s->xml->off, s->xml->len,
                SPAN_TEXT, &story_now(s)->run);
}

static void add_note_reference(story *s, const char *prefix) {
    str id = xml_attr(s->xml, XML_NS_W, "id");
    if (id.p) add_mark(s, SPAN_NOTE, story_note_id(s, prefix, id));
}

/* ---- Fields ---------------------------------------------------------------------------------- */

static void field_begins(story *s) {
    if (s->nfields < FIELD_DEPTH_MAX) s->fields[s->nfields] = FIELD_INSTRUCTION;
    s->nfields++;
    if (s->nfields == 1) gather_begin(&s->instruction);
}

/* The code is whole: its place in the text is where its result begins. */
static void field_code_ends(story *s) {
    gatherer *g = &s->instruction;
    str code = str_trim(g->n ? str_make(g->text, g->n) : g->only);
    if (s->nfields == 1 && code.n) add_mark(s, SPAN_FIELD, arena_str(s->d->mem, code));
    gather_begin(g);
}

static void read_field_char(story *s) {
    str type = xml_attr(s->xml, XML_NS_W, "fldCharType");
    unsigned top = s->nfields - 1;
    if (str_eq(type, STR("begin"))) {
        field_begins(s);
    } else if (s->nfields && str_eq(type, STR("separate"))) {
        field_code_ends(s);
        if (top < FIELD_DEPTH_MAX) s->fields[top] = FIELD_RESULT;
    } else if (s->nfields && str_eq(type, STR("end"))) {
        if (top < FIELD_DEPTH_MAX && s->fields[top] == FIELD_INSTRUCTION) field_code_ends(s);
        s->nfields--;
    }
}

static void read_simple_field(story *s) {
    str code = str_trim(xml_attr(s->xml, XML_NS_W, "instr"));
    if (code.n) add_mark(s, SPAN_FIELD, code);
}

/* ---- All elements ---------------------------------------------------------------------------- */

/* Whether what was started is drawn or works in a run, though it may be no text. */
static bool is_held(const xml_reader *xml) {
    if (xml->depth < 2 || xml->open[xml->depth - 2].name != XML_W_r) return false;
    switch (xml->name) {
    case XML_W_rPr:
    case XML_W_t:
    case XML_W_delText:
    case XML_W_tab:
    case XML_W_ptab:
    case XML_W_br:
    case XML_W_cr:
    case XML_W_sym:
    case XML_W_noBreakHyphen:
    case XML_W_lastRenderedPageBreak: return false;
    default: return true;
    }
}

/* Elements that are not named here only wrap others. */
static void read_start(story *s) {
    xml_reader *xml = s->xml;
    paragraph *p = story_now(s);
    p->holds |= is_held(xml);
    switch (xml->name) {
    case XML_W_r:
    case XML_M_r: story_begin_run(s); break;
    case XML_W_rPr: read_run_look(s); break;
    case XML_W_t:
    case XML_W_delText:
        if (is_field_code(s) || (xml->name == XML_W_delText && !p->deleted))
            xml_skip(xml);
        else
            read_text(s, target(s), &p->run);
        break;
    case XML_M_t:
        if (s->linear) story_math_text(s, target(s));
        read_text(s, target(s), &p->run);
        break;
    case XML_W_tab:
    case XML_W_ptab: add_character(s, "\t", SPAN_TAB); break;
    case XML_W_br: add_break(s); break;
    case XML_W_cr: add_character(s, "\n", SPAN_BREAK); break;
    case XML_W_noBreakHyphen: add_character(s, "-", SPAN_TEXT); break;
    case XML_W_sym: add_symbol(s); break;
    case XML_W_footnoteReference: add_note_reference(s, ""); break;
    case XML_W_endnoteReference: add_note_reference(s, "e"); break;
    case XML_W_fldChar: read_field_char(s); break;
    case XML_W_fldSimple:
        read_simple_field(s);
        p->simple_fields++;
        break;
    case XML_W_sdtContent: p->controls++; break;
    case XML_W_instrText: read_text(s, &s->instruction, &(look){0}); break;
    case XML_W_hyperlink: story_read_hyperlink(s); break;
    case XML_W_ins:
    case XML_W_moveTo:
        if (story_enter_revision(s))
            p->inserted++;
        else
            p->holds = true;
        break;
    case XML_W_del:
    case XML_W_moveFrom:
        if (story_enter_revision(s))
            p->deleted++;
        else
            p->holds = true;
        break;
    case XML_WP_docPr: story_read_drawing_name(s); break;
    case XML_PIC_pic:
    case XML_V_imagedata: add_mark(s, SPAN_IMAGE, story_drawing_name(s)); break;
    case XML_V_textpath: story_read_text_path(s); break;
    case XML_W_txbxContent: story_read_text_box(s); break;
    case XML_W_p:
        p->holds = true;
        story_read_nested_paragraph(s);
        break;
    case XML_MC_AlternateContent:
    case XML_MC_Choice:
    case XML_MC_Fallback: story_enter_alternative(s); break;
    case XML_W_pPr: story_read_paragraph_look(s); break;
    case XML_W_delInstrText:
    case XML_W_rt:
    case XML_W_rubyPr:
    case XML_W_sdtPr:
    case XML_W_sdtEndPr: xml_skip(xml); break;
    default:
        if (s->linear && xml->ns == XML_NS_M) story_math_start(s, target(s));
        break;
    }
}

static void read_end(story *s) {
    paragraph *p = story_now(s);
    if (s->nmath && s->math[s->nmath - 1].depth == s->xml->depth + 1) story_math_end(s);
    switch (s->xml->name) {
    case XML_W_hyperlink: p->link = (str){NULL, 0}; break;
    case XML_W_ins:
    case XML_W_moveTo: p->inserted -= p->inserted > 0; break;
    case XML_W_del:
    case XML_W_moveFrom: p->deleted -= p->deleted > 0; break;
    case XML_W_drawing: p->drawing = (str){NULL, 0}; break;
    case XML_W_fldSimple: p->simple_fields -= p->simple_fields > 0; break;
    case XML_W_sdtContent: p->controls -= p->controls > 0; break;
    default: break;
    }
}

void story_read_contents(story *s) {
    xml_reader *xml = s->xml;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && doc_ok(s->d) && xml->depth > outside) {
        xml_event e = xml_next(xml);
        if (e == XML_START)
            read_start(s);
        else if (e == XML_END && xml->depth > outside)
            read_end(s);
    }
}

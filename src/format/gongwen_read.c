/* The facts of a DOCX that GB/T 9704 speaks of: sections, fonts, sizes, line pitch and indents of
 * each paragraph with what its styles give it (ECMA-376 part 1, 17.7.2), and page numbers. */
#include "format/gongwen.h"
#include "ooxml/package.h"

#include <stdlib.h>

/* What a style says itself. */
typedef struct plain_style {
    str id, based_on;
    bool paragraph, by_default;
    gongwen_look look;
} plain_style;

typedef struct reading {
    doc *d;
    qw_error *why;
    gongwen_facts *facts;
    package *package;
    relations relations;
    xml_reader *xml;
    gongwen_look defaults;
    plain_style *styles;
    size_t nstyles, styles_cap;
    const plain_style *normal; /* the default paragraph style */
} reading;

enum { STYLES_DEEP = 32 };

static const gongwen_look nothing_said = {.spacing = NOT_SAID,
                                          .line = NOT_SAID,
                                          .first = NOT_SAID,
                                          .first_chars = NOT_SAID,
                                          .left = NOT_SAID,
                                          .left_chars = NOT_SAID,
                                          .right = NOT_SAID,
                                          .right_chars = NOT_SAID};

static void *room_for(reading *r, void *list, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return list;
    size_t more = *cap ? *cap * 2 : 64;
    void *wider = arena_alloc(r->d->mem, more * size);
    if (!wider) return fail_memory(r->why), NULL;
    if (n) memcpy(wider, list, n * size);
    *cap = more;
    return wider;
}

/* ---- Looks ----------------------------------------------------------------------------------- */

static void add_length(long *to, long more) {
    if (more != NOT_SAID) *to = more;
}

/* What is said nearer to the text goes before what is said further off. */
static void add_look(gongwen_look *to, const gongwen_look *more) {
    if (more->font.p) to->font = more->font;
    if (more->size) to->size = more->size;
    if (more->align) to->align = more->align;
    if (more->rule) to->rule = more->rule;
    add_length(&to->spacing, more->spacing);
    add_length(&to->line, more->line);
    add_length(&to->first, more->first);
    add_length(&to->first_chars, more->first_chars);
    add_length(&to->left, more->left);
    add_length(&to->left_chars, more->left_chars);
    add_length(&to->right, more->right);
    add_length(&to->right_chars, more->right_chars);
}

static long length_of(xml_reader *xml, const char *name) {
    return xml_attr_int(xml, XML_NS_W, name, NOT_SAID);
}

static void read_fonts(xml_reader *xml, gongwen_look *to) {
    str font = xml_attr(xml, XML_NS_W, "eastAsia");
    if (xml_attr(xml, XML_NS_W, "eastAsiaTheme").n)
        to->font = STR("");
    else if (font.n)
        to->font = font;
}

/* After XML_START of w:rPr; *style is set to the id of the character style. */
static void read_run(xml_reader *xml, gongwen_look *to, str *style) {
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_rStyle: *style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_rFonts: read_fonts(xml, to); break;
        case XML_W_spacing: to->spacing = length_of(xml, "val"); break;
        case XML_W_sz: {
            long size = xml_attr_int(xml, XML_NS_W, "val", 0);
            to->size = size > 0 && size <= UINT16_MAX ? (uint16_t)size : 0;
            break;
        }
        case XML_W_rPrChange: xml_skip(xml); break;
        default: break;
        }
    }
}

static void read_lines(xml_reader *xml, gongwen_look *to) {
    str rule = xml_attr(xml, XML_NS_W, "lineRule");
    long line = length_of(xml, "line");
    if (line == NOT_SAID) return;
    to->line = line;
    to->rule = str_eq(rule, STR("exact"))     ? LINE_EXACT
               : str_eq(rule, STR("atLeast")) ? LINE_AT_LEAST
                                              : LINE_MULTIPLE;
}

/* A length that stands at one of two names (w:left is w:start in the strict form). */
static void read_side(xml_reader *xml, const char *name, const char *other, long *to) {
    add_length(to, length_of(xml, other));
    add_length(to, length_of(xml, name));
}

static void read_indent(xml_reader *xml, gongwen_look *to) {
    read_side(xml, "left", "start", &to->left);
    read_side(xml, "leftChars", "startChars", &to->left_chars);
    read_side(xml, "right", "end", &to->right);
    read_side(xml, "rightChars", "endChars", &to->right_chars);
    add_length(&to->first, length_of(xml, "firstLine"));
    add_length(&to->first_chars, length_of(xml, "firstLineChars"));
    long hanging = length_of(xml, "hanging");
    if (hanging != NOT_SAID && hanging) to->first = -hanging;
}

static uint8_t alignment_of(str value) {
    if (str_eq(value, STR("center"))) return ALIGNED_CENTRE;
    if (str_eq(value, STR("right")) || str_eq(value, STR("end"))) return ALIGNED_END;
    return value.n ? ALIGNED_START : ALIGNED_UNSET;
}

static void read_section(reading *r) {
    xml_reader *xml = r->xml;
    gongwen_section s = {.width = NOT_SAID, .top = NOT_SAID}, *to = &s;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_pgSz) {
            to->width = length_of(xml, "w");
            to->height = length_of(xml, "h");
        } else if (xml->name == XML_W_pgMar) {
            to->top = length_of(xml, "top");
            to->right = length_of(xml, "right");
            to->bottom = length_of(xml, "bottom");
            to->left = length_of(xml, "left");
            to->footer = length_of(xml, "footer");
        } else if (xml->name == XML_W_docGrid) {
            str type = xml_attr(xml, XML_NS_W, "type");
            to->grid_characters =
                str_eq(type, STR("linesAndChars")) || str_eq(type, STR("snapToChars"));
            to->grid_lines = to->grid_characters || str_eq(type, STR("lines"));
            to->pitch = xml_attr_int(xml, XML_NS_W, "linePitch", 0);
            to->character_space = xml_attr_int(xml, XML_NS_W, "charSpace", 0);
        }
    }
    if (!r->facts->nsections++) r->facts->section = s;
}

/* After XML_START of w:pPr; sections may be NULL. */
static void read_paragraph(reading *r, gongwen_look *to, str *style, bool sections) {
    xml_reader *xml = r->xml;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_pStyle: *style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_jc: to->align = alignment_of(xml_attr(xml, XML_NS_W, "val")); break;
        case XML_W_spacing: read_lines(xml, to); break;
        case XML_W_ind: read_indent(xml, to); break;
        case XML_W_sectPr:
            if (sections)
                read_section(r);
            else
                xml_skip(xml);
            break;
        case XML_W_rPr:
        case XML_W_pPrChange: xml_skip(xml); break;
        default: break;
        }
    }
}

/* ---- Styles ---------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b) {
    return str_cmp(((const plain_style *)a)->id, ((const plain_style *)b)->id);
}

static const plain_style *find_style(const reading *r, str id) {
    plain_style key = {.id = id};
    if (!id.n || !r->nstyles) return NULL;
    return bsearch(&key, r->styles, r->nstyles, sizeof key, by_id);
}

/* Adds a style and what it is based on, the furthest first. */
static void add_style(const reading *r, gongwen_look *to, const plain_style *s) {
    const plain_style *chain[STYLES_DEEP];
    unsigned n = 0;
    for (; s && n < STYLES_DEEP; s = find_style(r, s->based_on)) chain[n++] = s;
    while (n) add_look(to, &chain[--n]->look);
}

static plain_style *new_style(reading *r) {
    plain_style *room = room_for(r, r->styles, r->nstyles, &r->styles_cap, sizeof *room);
    if (!room) return NULL;
    r->styles = room;
    plain_style *s = &r->styles[r->nstyles++];
    *s = (plain_style){.look = nothing_said};
    s->id = xml_attr(r->xml, XML_NS_W, "styleId");
    s->paragraph = str_eq(xml_attr(r->xml, XML_NS_W, "type"), STR("paragraph"));
    s->by_default = str_eq(xml_attr(r->xml, XML_NS_W, "default"), STR("1")) ||
                    str_eq(xml_attr(r->xml, XML_NS_W, "default"), STR("true"));
    return s;
}

/* The part of a type that the main part has one of, as UTF-8; empty when it has none. */
static bool read_part(reading *r, const relation *of, str *name, str *text) {
    size_t i = of && !of->external ? package_find(r->package, of->target) : STR_NONE;
    str bytes;
    bool transcoded;
    *name = *text = STR("");
    if (i == STR_NONE) return true;
    *name = package_at(r->package, i)->name;
    return package_read(r->package, i, &bytes, r->why) &&
           xml_utf8(r->d->mem, *name, bytes, text, &transcoded, r->why);
}

static bool begin_part(reading *r, const relation *of, bool *there) {
    str name, text;
    if (!read_part(r, of, &name, &text)) return false;
    *there = text.n > 0;
    return !*there || xml_begin(r->xml, r->d->mem, name, text, r->why);
}

static bool read_styles(reading *r) {
    bool there;
    str ignored;
    plain_style *now = NULL;
    if (!begin_part(r, relations_find(&r->relations, "styles"), &there)) return false;
    xml_event e;
    while (there && (e = xml_next(r->xml)) != XML_END_OF_PART) {
        if (e != XML_START) continue;
        gongwen_look *look = now ? &now->look : &r->defaults;
        if (r->xml->name == XML_W_style && !(now = new_style(r))) return false;
        if (r->xml->name == XML_W_basedOn && now) now->based_on = xml_attr(r->xml, XML_NS_W, "val");
        if (r->xml->name == XML_W_rPr) read_run(r->xml, look, &ignored);
        if (r->xml->name == XML_W_pPr) read_paragraph(r, look, &ignored, false);
    }
    if (r->xml->failed) return false;
    if (r->nstyles) qsort(r->styles, r->nstyles, sizeof *r->styles, by_id);
    for (size_t i = 0; i < r->nstyles; i++)
        if (r->styles[i].paragraph && r->styles[i].by_default) r->normal = &r->styles[i];
    return true;
}

/* ---- Paragraphs ------------------------------------------------------------------------------ */

enum { LOOKS = 6 };

/* The paragraph at work: its looks and how much text has each. */
typedef struct gathering {
    gongwen_look paragraph, looks[LOOKS];
    size_t amounts[LOOKS], n;
    str style;
} gathering;

static bool same_look(const gongwen_look *a, const gongwen_look *b) {
    return a->size == b->size && str_eq(a->font, b->font) && a->spacing == b->spacing;
}

static void add_text(gathering *g, const gongwen_look *look, size_t amount) {
    for (size_t i = 0; i < g->n; i++) {
        if (!same_look(&g->looks[i], look)) continue;
        g->amounts[i] += amount;
        return;
    }
    if (g->n == LOOKS) return;
    g->looks[g->n] = *look;
    g->amounts[g->n++] = amount;
}

static size_t count_text(str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += (unsigned char)s.p[i] > ' ';
    return n;
}

/* After XML_START of w:r: reads it; what is drawn in it is passed over. */
static void gather_run(reading *r, gathering *g) {
    xml_reader *xml = r->xml;
    uint32_t outside = xml->depth - 1;
    gongwen_look own = nothing_said, look = g->paragraph;
    str style = {NULL, 0};
    size_t amount = 0;
    while (!xml->failed && xml->depth > outside) {
        xml_event e = xml_next(xml);
        if (e == XML_TEXT) amount += count_text(str_cut(xml->bytes, xml->off, xml->off + xml->len));
        if (e != XML_START) continue;
        if (xml->name == XML_W_rPr)
            read_run(xml, &own, &style);
        else if (xml->name != XML_W_t)
            xml_skip(xml);
    }
    add_style(r, &look, find_style(r, style));
    add_look(&look, &own);
    if (amount) add_text(g, &look, amount);
}

static bool is_drawn(uint16_t name) {
    return name == XML_W_drawing || name == XML_W_pict || name == XML_W_object ||
           name == XML_MC_AlternateContent || name == XML_W_txbxContent || name == XML_W_delText;
}

static void finish_paragraph(reading *r, gathering *g, size_t off) {
    gongwen_facts *f = r->facts;
    if (!g->n) return;
    gongwen_paragraph *room =
        room_for(r, f->paragraphs, f->nparagraphs, &f->paragraphs_cap, sizeof *room);
    if (!room) return;
    f->paragraphs = room;
    size_t most = 0;
    for (size_t i = 1; i < g->n; i++)
        if (g->amounts[i] > g->amounts[most]) most = i;
    f->paragraphs[f->nparagraphs++] = (gongwen_paragraph){off, g->looks[0], g->looks[most]};
}

static void begin_paragraph(reading *r, gathering *g) {
    *g = (gathering){.paragraph = r->defaults};
    add_style(r, &g->paragraph, r->normal);
}

/* After XML_START of w:p. */
static void gather_paragraph(reading *r, gathering *g) {
    xml_reader *xml = r->xml;
    uint32_t outside = xml->depth - 1;
    gongwen_look own = nothing_said;
    begin_paragraph(r, g);
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_pPr) {
            read_paragraph(r, &own, &g->style, true);
            const plain_style *style = find_style(r, g->style);
            if (style) g->paragraph = r->defaults, add_style(r, &g->paragraph, style);
            add_look(&g->paragraph, &own);
        } else if (xml->name == XML_W_r) {
            gather_run(r, g);
        } else if (is_drawn(xml->name) || xml->name == XML_W_del) {
            xml_skip(xml);
        }
    }
}

static bool read_body(reading *r, size_t main) {
    str bytes, text, name = package_at(r->package, main)->name;
    bool transcoded;
    gathering g;
    if (!package_read(r->package, main, &bytes, r->why) ||
        !xml_utf8(r->d->mem, name, bytes, &text, &transcoded, r->why) ||
        !xml_begin(r->xml, r->d->mem, name, text, r->why))
        return false;
    xml_event e;
    while ((e = xml_next(r->xml)) != XML_END_OF_PART) {
        if (e != XML_START) continue;
        size_t off = r->xml->off;
        if (r->xml->name == XML_W_tbl || is_drawn(r->xml->name)) {
            xml_skip(r->xml);
        } else if (r->xml->name == XML_W_sectPr) {
            read_section(r);
        } else if (r->xml->name == XML_W_p) {
            gather_paragraph(r, &g);
            finish_paragraph(r, &g, off);
        }
    }
    return !r->xml->failed;
}

/* ---- Page numbers ---------------------------------------------------------------------------- */

/* Reads a footer: the paragraph with a PAGE field (17.16.5.44) is that of the number. */
static bool read_number(reading *r, const relation *of, gongwen_number *to) {
    xml_reader *xml = r->xml;
    gathering g = {.paragraph = nothing_said};
    gongwen_look own = nothing_said;
    str style = {NULL, 0};
    bool there, frame = false;
    if (!begin_part(r, of, &there)) return false;
    xml_event e = XML_START;
    while (there && (e = xml_next(xml)) != XML_END_OF_PART) {
        str text = e == XML_TEXT ? str_cut(xml->bytes, xml->off, xml->off + xml->len) : STR("");
        if (e == XML_START && xml->name == XML_W_fldSimple) text = xml_attr(xml, XML_NS_W, "instr");
        if (str_find(text, STR("PAGE"), 0) != STR_NONE && !to->there) {
            to->there = true;
            to->outside = frame;
            add_style(r, &g.paragraph, find_style(r, style));
            add_look(&g.paragraph, &own);
            to->look = g.paragraph;
        }
        if (e != XML_START) continue;
        if (xml->name == XML_W_p && !to->there) begin_paragraph(r, &g), own = nothing_said;
        if (xml->name == XML_W_framePr)
            frame = str_eq(xml_attr(xml, XML_NS_W, "xAlign"), STR("outside"));
        if (xml->name == XML_W_pStyle) style = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_jc) own.align = alignment_of(xml_attr(xml, XML_NS_W, "val"));
        if (xml->name == XML_W_rFonts) read_fonts(xml, &own);
        if (xml->name == XML_W_sz) own.size = (uint16_t)xml_attr_int(xml, XML_NS_W, "val", 0);
    }
    return !xml->failed;
}

/* Which footers the sections name, the last of each kind, and their numbers. */
static bool read_footers(reading *r, size_t main) {
    str bytes, text, name = package_at(r->package, main)->name, odd = {NULL, 0}, even = {NULL, 0};
    bool transcoded, there;
    if (!package_read(r->package, main, &bytes, r->why) ||
        !xml_utf8(r->d->mem, name, bytes, &text, &transcoded, r->why) ||
        !xml_begin(r->xml, r->d->mem, name, text, r->why))
        return false;
    xml_event e;
    while ((e = xml_next(r->xml)) != XML_END_OF_PART) {
        if (e != XML_START || r->xml->name != XML_W_footerReference) continue;
        str id = xml_attr(r->xml, XML_NS_R, "id"), type = xml_attr(r->xml, XML_NS_W, "type");
        if (str_eq(type, STR("even")))
            even = id;
        else if (!str_eq(type, STR("first")))
            odd = id;
    }
    if (r->xml->failed) return false;
    if (odd.n && !read_number(r, relations_by_id(&r->relations, odd), &r->facts->odd)) return false;
    if (even.n && !read_number(r, relations_by_id(&r->relations, even), &r->facts->even))
        return false;
    if (!begin_part(r, relations_find(&r->relations, "settings"), &there)) return false;
    while (there && (e = xml_next(r->xml)) != XML_END_OF_PART)
        if (e == XML_START && r->xml->name == XML_W_evenAndOddHeaders)
            r->facts->even_and_odd = xml_attr_on(r->xml);
    return !r->xml->failed;
}

bool gongwen_read(gongwen_facts *f, doc *d, qw_error *why) {
    size_t main;
    reading r = {.d = d, .why = why, .facts = f, .defaults = nothing_said};
    *f = (gongwen_facts){0};
    r.xml = arena_zalloc(d->mem, 1, sizeof *r.xml);
    if (!r.xml) return fail_memory(why);
    r.xml->deepest = xml_deepest(d->limits.depth);
    r.package = package_open(d->mem, d->source, d->name, &d->limits, why);
    if (!r.package) return false;
    bool ok = package_main(r.package, &main, why) &&
              package_relations(r.package, package_at(r.package, main)->name, &r.relations, why) &&
              read_styles(&r) && read_body(&r, main) && read_footers(&r, main);
    package_close(r.package);
    return ok;
}

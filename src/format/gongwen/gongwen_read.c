/* The facts of a DOCX that GB/T 9704 speaks of: sections, fonts, sizes, line pitch and indents of
 * each paragraph with what its styles give it (ECMA-376 part 1, 17.7.2), and page numbers. */
#include "format/gongwen/gongwen_reading.h"

void read_section(reading *r) {
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

static bool is_drawn(uint16_t name) {
    return name == XML_W_drawing || name == XML_W_pict || name == XML_W_object ||
           name == XML_MC_AlternateContent || name == XML_W_txbxContent || name == XML_W_delText;
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
        if (e == XML_START) r->ruled |= is_drawn(xml->name);
        if (e == XML_TEXT) amount += count_text(str_cut(xml->bytes, xml->off, xml->off + xml->len));
        if (e != XML_START) continue;
        if (xml->name == XML_W_rPr)
            read_run(r, &own, &style);
        else if (xml->name != XML_W_t)
            xml_skip(xml);
    }
    add_style(r, &look, find_style(r, style));
    add_look(&look, &own);
    if (amount) add_text(g, &look, amount);
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
    f->paragraphs[f->nparagraphs++] =
        (gongwen_paragraph){off, g->looks[0], g->looks[most], r->tables > 0, r->ruled};
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
    r->ruled = false;
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
            r->ruled |= xml->name != XML_W_del;
            xml_skip(xml);
        }
    }
}

/* The width of a table is that of its columns (17.4.48); one in a cell is none of its own. */
static void read_table(reading *r, xml_event e, size_t off) {
    gongwen_facts *f = r->facts;
    if (r->xml->name == XML_W_tbl && e == XML_START) {
        if (!r->tables++) r->columns = 0;
    } else if (r->xml->name == XML_W_tbl && e == XML_END) {
        r->tables--;
    } else if (e == XML_START && r->xml->name == XML_W_gridCol && r->tables == 1) {
        long width = length_of(r->xml, "w");
        if (width > 0 && width < 100000 && r->columns < 1000000) r->columns += width;
        if (r->columns > f->table) f->table = r->columns, f->table_off = off;
    }
}

/* Begins to read the main part. */
static bool begin_main(reading *r, size_t main) {
    str bytes, text, name = package_at(r->package, main)->name;
    bool transcoded;
    return package_read(r->package, main, &bytes, r->why) &&
           xml_utf8(r->d->mem, name, bytes, &text, &transcoded, r->why) &&
           xml_begin(r->xml, r->d->mem, name, text, r->why);
}

static bool read_body(reading *r, size_t main) {
    gathering g;
    xml_event e;
    if (!begin_main(r, main)) return false;
    while ((e = xml_next(r->xml)) != XML_END_OF_PART) {
        size_t off = r->xml->off;
        read_table(r, e, off);
        if (e != XML_START) continue;
        if (is_drawn(r->xml->name)) {
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
        to->dashes |= str_find(text, STR("—"), 0) != STR_NONE ||
                      str_find(text, STR("－"), 0) != STR_NONE ||
                      str_find(text, STR("-"), 0) != STR_NONE;
        if (e != XML_START) continue;
        if (xml->name == XML_W_p && !to->there) begin_paragraph(r, &g), own = nothing_said;
        if (xml->name == XML_W_framePr)
            frame = str_eq(xml_attr(xml, XML_NS_W, "xAlign"), STR("outside"));
        if (xml->name == XML_W_pStyle) style = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_jc) own.align = alignment_of(xml_attr(xml, XML_NS_W, "val"));
        if (xml->name == XML_W_rFonts) read_fonts(r, &own);
        if (xml->name == XML_W_sz) own.size = (uint16_t)xml_attr_int(xml, XML_NS_W, "val", 0);
    }
    return !xml->failed;
}

/* Which footers the sections name, the last of each kind, and their numbers. */
static bool read_footers(reading *r, size_t main) {
    str odd = {NULL, 0}, even = {NULL, 0};
    bool there;
    xml_event e;
    if (!begin_main(r, main)) return false;
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
    reading r = {.d = d,
                 .why = why,
                 .facts = f,
                 .defaults = nothing_said,
                 .major = STR_INIT(""),
                 .minor = STR_INIT("")};
    *f = (gongwen_facts){0};
    r.xml = arena_zalloc(d->mem, 1, sizeof *r.xml);
    if (!r.xml) return fail_memory(why);
    r.xml->deepest = xml_deepest(d->limits.depth);
    r.package = package_open(d->mem, d->source, d->name, &d->limits, why);
    if (!r.package) return false;
    bool ok = package_main(r.package, &main, why) &&
              package_relations(r.package, package_at(r.package, main)->name, &r.relations, why) &&
              read_theme(&r) && read_styles(&r) && read_body(&r, main) && read_footers(&r, main);
    package_close(r.package);
    return ok;
}
